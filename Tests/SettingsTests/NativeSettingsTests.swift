import Devices
import Foundation
import Ingest
import Settings
import Telemetry
import Testing

@Suite("Settings for devices' own formats")
struct NativeSettingsTests {
    private static let key = "0102030405060708090a0b0c0d0e0f10"

    private func folder(_ yaml: String) throws -> ConfigurationFolder {
        let folder = try ConfigurationFolder(ConfigurationFolder.smallest + yaml)
        try folder.write("municipalities/3407/municipality.yaml", "number: \"3407\"\nname: G\nzones: [{id: biri}]\n")
        return folder
    }

    private func write(_ text: String, as name: String, mode: Int = 0o600, in folder: ConfigurationFolder) throws {
        try folder.write(name, text)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: "\(folder.path)/\(name)")
    }

    @Test("foreign trees are read")
    func foreign() throws {
        let settings = try folder(
            """
            foreign:
              - {topics: "zigbee2mqtt/#", municipality: "3407", source: zigbee-haugtun, codec: zigbee2mqtt}
              - {topics: "v3/+/devices/+/up", municipality: "3407", source: ttn, codec: things-stack}
            """
        ).settings()
        #expect(
            settings.foreign.trees == [
                .init(filter: "zigbee2mqtt/#", municipality: "3407", source: "zigbee-haugtun", codec: "zigbee2mqtt"),
                .init(filter: "v3/+/devices/+/up", municipality: "3407", source: "ttn", codec: "things-stack"),
            ]
        )
        #expect(settings.folding.foreign == settings.foreign && settings.warnings.isEmpty)
    }

    @Test(
        "a tree that cannot be read stops the start, with file, line and key",
        arguments: [
            ("{topics: \"a/#/b\", municipality: \"3407\", source: z, codec: scaip}", "vaktlast.yaml:3: foreign[0].topics «a/#/b» is not a topic filter"),
            ("{topics: \"$SYS/#\", municipality: \"3407\", source: z, codec: scaip}", "vaktlast.yaml:3: foreign[0].topics «$SYS/#» is not a topic filter"),
            ("{topics: a, municipality: \"34\", source: z, codec: scaip}", "vaktlast.yaml:3: foreign[0].municipality «34» is not four digits"),
            ("{topics: a, municipality: \"3407\", source: zone, codec: scaip}", "vaktlast.yaml:3: foreign[0].source «zone» is not"),
            (
                "{topics: a, municipality: \"3407\", source: z, codec: zigbee}",
                "vaktlast.yaml:3: foreign[0].codec «zigbee» is not one of scaip, dc09, zigbee2mqtt"
            ),
            ("{topics: a, municipality: \"3407\", source: z}", "vaktlast.yaml:3: foreign[0].codec is missing"),
            ("{topics: a, municipality: \"3407\", source: z, codec: scaip, qos: 1}", "vaktlast.yaml:3: foreign[0].qos is unknown"),
            ("{topics: \"#\", municipality: \"3407\", source: z, codec: scaip}", "vaktlast.yaml:3: foreign[0].topics «#» takes in topics of vaktlast/v1/#"),
            ("{topics: \"+/v1/+/+/alarm\", municipality: \"3407\", source: z, codec: scaip}", "vaktlast.yaml:3: foreign[0].topics «+/v1/+/+/alarm» takes in"),
            (
                "{topics: \"a/+\", municipality: \"3407\", source: z, codec: scaip}\n  - {topics: \"a/#\", municipality: \"3407\", source: y, codec: dc09}",
                "vaktlast.yaml:4: foreign[1].topics «a/#» and «a/+»"
            ),
        ]
    )
    func badTree(_ row: String, _ problem: String) throws {
        let problems = try folder("foreign:\n  - \(row)\n").problems()
        #expect(problems.count == 1 && problems[0].hasPrefix(problem), "\(problems)")
    }

    @Test("keys are read from files, and never shown")
    func keys() throws {
        let folder = try folder(
            """
            dc09Keys:
              - {municipality: "3407", source: a, account: "12AB", keyFile: keys/a.key}
              - {municipality: "3407", source: a, keyFile: keys/all.key}
            """
        )
        try write(Self.key + "\n", as: "keys/a.key", in: folder)
        try write(String(Self.key.reversed()), as: "keys/all.key", mode: 0o640, in: folder)
        let settings = try folder.settings()
        let wanted = [
            DC09Keys.Key(municipality: "3407", source: "a", account: "12AB", hexadecimal: Self.key),
            DC09Keys.Key(municipality: "3407", source: "a", account: nil, hexadecimal: String(Self.key.reversed())),
        ]
        #expect(settings.dc09Keys == DC09Keys(wanted.compactMap { $0 }) && settings.folding.dc09Keys == settings.dc09Keys)
        #expect(
            settings.warnings.count == 1 && settings.warnings[0].contains("vaktlast.yaml:4: dc09Keys[1].keyFile") && settings.warnings[0].contains("mode 640")
        )
        #expect(!"\(settings)".contains(Self.key) && !"\(settings.warnings)".contains(Self.key))
    }

    @Test("a key that is none stops the start, without being shown")
    func badKeys() throws {
        for text in ["", "secret", Self.key + "00", Self.key + " " + Self.key] {
            let folder = try folder("dc09Keys:\n  - {municipality: \"3407\", source: a, keyFile: k}\n")
            try write(text, as: "k", in: folder)
            let problems = try folder.problems()
            #expect(problems.count == 1 && problems[0].hasPrefix("vaktlast.yaml:3: dc09Keys[0].keyFile") && problems[0].contains("32, 48 or 64"))
            #expect(text.isEmpty || !problems[0].contains(text))
        }
        let missing = try folder("dc09Keys:\n  - {municipality: \"3407\", source: a, keyFile: nothing}\n").problems()
        #expect(missing.count == 1 && missing[0].contains("cannot be read"))
        let twice = try folder(
            "dc09Keys:\n  - {municipality: \"3407\", source: a, account: ab, keyFile: k}\n  - {municipality: \"3407\", source: a, account: AB, keyFile: k}\n"
        )
        try write(Self.key, as: "k", in: twice)
        #expect(try twice.problems().map { String($0.prefix(39)) } == ["vaktlast.yaml:4: dc09Keys[1].account ha"])
    }
}
