import Foundation
import Languages
import Settings
import Testing

@Suite("languages: and language: in vaktlast.yaml")
struct LanguageSettingsTests {
    private static let sami = "msgid \"\"\nmsgstr \"\"\n\"Language: se\\n\"\n\"X-Vaktlast-Name: Davvisámegiella\\n\"\n\nmsgid \"Sone\"\nmsgstr \"Guovlu\"\n"

    private func folder(_ rest: String, _ catalogue: String = sami, name: String = "se.po") throws -> ConfigurationFolder {
        let folder = try ConfigurationFolder(ConfigurationFolder.smallest + rest)
        try folder.write("own/\(name)", catalogue)
        return folder
    }

    @Test("own catalogues stand beside the shipped ones, and one of them can be what is shown first")
    func beside() throws {
        let settings = try folder("languages: own\nlanguage: se\n").settings()
        #expect(settings.languages.choices.map(\.tag) == ["nb", "nn", "en", "se"] && settings.language == "se")
        #expect(settings.languages.translator("se")?.translation(of: "Sone").text == "Guovlu")
        let plain = try ConfigurationFolder().settings()
        #expect(plain.languages.choices.map(\.name) == ["Bokmål", "Nynorsk", "English"] && plain.language == "nb")
    }

    @Test("an own catalogue of a shipped language stands in its place")
    func instead() throws {
        let settings = try folder("languages: own\n", Self.sami.replacing("se\\n", with: "en\\n"), name: "en.po").settings()
        #expect(settings.languages.translator("en")?.translation(of: "Sone").text == "Guovlu")
    }

    @Test("what is wrong with them stops the start, told with file, line and key; what is not finished is a warning")
    func problems() throws {
        let faulty = try folder("languages: own\n", Self.sami + "\nmsgid \"Alarm {1}\"\nmsgstr \"Alarbma\"\n").problems()
        #expect(
            faulty.count == 1 && faulty[0].hasPrefix("own/se.po:10: msgstr: \"Alarbma\": has not the holes of its msgid (use each of {1} once"),
            "\(faulty)"
        )
        let missing = try folder("languages: other\n").problems()
        #expect(missing.count == 1 && missing[0].hasPrefix("vaktlast.yaml:2: languages is no folder: "), "\(missing)")
        let unknown = try folder("language: fr\n").problems()
        #expect(unknown.count == 1 && unknown[0].hasPrefix("vaktlast.yaml:2: language ") && unknown[0].contains("nb, nn, en"), "\(unknown)")
        let folder = try folder("languages: own\n", Self.sami + "\nmsgid \"Time\"\nmsgstr \"\"\n")
        let warnings = ServiceSettings.read(folder: folder.path, environment: [:]).warnings
        #expect(
            warnings.count == 1 && warnings[0].hasSuffix("se.po:9: msgid: \"Time\": is not translated (its sentence stays bokmål until it is done)"),
            "\(warnings)"
        )
    }
}
