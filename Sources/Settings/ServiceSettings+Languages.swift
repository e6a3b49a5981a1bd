import Devices
import Files
import Foundation
import Languages

extension ServiceSettings {
    /// The catalogues that the program brings along, and those of the folder that `languages: DIR` names; one of the same language there
    /// stands in place of the program's. `language: TAG` is what the pages are shown in to who has not chosen.
    static func readLanguages(_ file: YAMLReader, folder: String, _ problems: YAMLReader.Problems) -> (Languages, language: String) {
        var folders: [String] = []
        if let shipped = shippedCatalogues(program: DeviceProfiles.program) {
            folders.append(shipped)
        } else {
            problems.warnings.append(
                "no languages came with \(DeviceProfiles.program): the pages are in bokmål alone. They belong in share/vaktlast/languages beside its bin folder"
            )
        }
        if let own = file.text("languages").map({ Paths.resolve($0, in: folder) }) {
            if catalogueFiles(own) == nil {
                file.problem(key: "languages", "is no folder: \(own). It holds a catalogue a language, such as se.po")
            } else {
                folders.append(own)
            }
        }
        let languages = read(folders, problems)
        let known = languages.choices.map(\.tag)
        let language = file.text("language", "one of \(known.joined(separator: ", "))") { known.contains($0) }
        return (languages, language ?? Languages.source.tag)
    }

    private static func read(_ folders: [String], _ problems: YAMLReader.Problems) -> Languages {
        var catalogues: [Catalogue] = []
        for path in folders.flatMap({ catalogueFiles($0) ?? [] }) {
            do {
                let data = try Data(contentsOf: URL(fileURLWithPath: path))
                guard data.count <= Catalogue.bytesMax, let text = String(data: data, encoding: .utf8) else {
                    problems.lines.append("\(path): is not UTF-8 of at most \(Catalogue.bytesMax >> 20) MiB (save it as UTF-8)")
                    continue
                }
                let catalogue = try Catalogue(po: text, file: path)
                problems.warnings += catalogue.unfinished.map { "\(path):\($0.line): \($0.reason)" }
                catalogues.append(catalogue)
            } catch let error as FileError {
                problems.lines += error.description.split(separator: "\n").map(String.init)
            } catch {
                problems.lines.append("\(path): cannot be read: \(error.localizedDescription)")
            }
        }
        return Languages(catalogues)
    }

    /// The catalogues of a folder by name; nil where there is no such folder.
    private static func catalogueFiles(_ folder: String) -> [String]? {
        try? FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".po") }.sorted().map { "\(folder)/\($0)" }
    }

    /// The folder `languages` beside the shipped device profiles; nil where there is none.
    private static func shippedCatalogues(program: String) -> String? {
        guard let devices = DeviceProfiles.shippedFolder(program: program) else { return nil }
        let folder = URL(fileURLWithPath: devices).resolvingSymlinksInPath().deletingLastPathComponent().appendingPathComponent("languages").path
        return catalogueFiles(folder)?.isEmpty == false ? folder : nil
    }
}
