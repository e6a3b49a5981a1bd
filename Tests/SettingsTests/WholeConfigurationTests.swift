import Foundation
import Settings
import Testing

/// What `check` finds: everything at once, what stops apart from what does not.
@Suite("A configuration as a whole")
struct WholeConfigurationTests {
    private static let municipality = "number: \"3407\"\nname: Gjøvik\nzones: [{id: biri}, {id: haugtun}]\ndevices: devices.csv\n"

    private func reading(_ yaml: String, devices: String = "device;zone\n") throws -> (ConfigurationFolder, ServiceSettings.Reading) {
        let folder = try ConfigurationFolder(ConfigurationFolder.smallest + yaml)
        try folder.write("municipalities/3407-gjovik/municipality.yaml", Self.municipality)
        try folder.write("municipalities/3407-gjovik/devices.csv", devices)
        return (folder, ServiceSettings.read(folder: folder.path, environment: [:]))
    }

    private static func token(_ name: String, _ digit: String, _ rest: String) -> String {
        "  - {name: \(name), sha256: \"\(String(repeating: digit, count: 64))\", role: leader, \(rest)}\n"
    }

    private static let problems: [(yaml: String, lead: String)] = [
        ("sources:\n  - {municipality: \"3407\", source: zone}\n", "vaktlast.yaml:3: sources[0].source «zone» "),
        ("sources:\n  - {municipality: \"3407\", source: service}\n", "vaktlast.yaml:3: sources[0].source «service» "),
        ("sources:\n  - {municipality: \"3407\", source: Alarm_1}\n", "vaktlast.yaml:3: sources[0].source «Alarm_1» "),
        (
            "sources:\n  - {municipality: \"3407\", source: a, receipts: all}\n  - {municipality: \"3407\", source: a}\n",
            "vaktlast.yaml:4: sources[1].source «a» "
        ),
        (
            "tokens:\n" + token("t", "0", "municipalities: [\"3407\"]") + token("t", "1", "municipalities: [\"3407\"]"),
            "vaktlast.yaml:4: tokens[1].name «t» "
        ),
        (
            "tokens:\n" + token("t", "a", "municipalities: [\"3407\"]") + token("u", "A", "municipalities: [\"3407\"]"),
            "vaktlast.yaml:4: tokens[1].sha256 "
        ),
    ]

    @Test("what is reserved, ill-formed or there twice stops the start", arguments: problems)
    func problem(yaml: String, lead: String) throws {
        let (folder, reading) = try reading(yaml)
        let problems = reading.problems.map { $0.replacing(folder.path + "/", with: "") }
        #expect(problems.count == 1 && problems.first?.hasPrefix(lead) == true, "\(problems)")
        #expect(reading.serviceProblems.isEmpty)
        #expect(throws: SettingsError.self) { try folder.settings() }
    }

    private static let warnings: [(yaml: String, devices: String, lead: String)] = [
        (
            "tokens:\n" + token("t", "0", "municipalities: [\"9999\"]"), "device;zone\n",
            "vaktlast.yaml:3: tokens[0].municipalities of «t» names municipality 9999"
        ),
        ("tokens:\n" + token("t", "0", "municipalities: []"), "device;zone\n", "vaktlast.yaml:3: tokens[0].municipalities of «t» is an empty list"),
        (
            "tokens:\n" + token("t", "0", "municipalities: [\"3407\"], zones: [biri, tretten]"), "device;zone\n",
            "vaktlast.yaml:3: tokens[0].zones of «t» names zone «tretten»"
        ),
        ("sources:\n  - {municipality: \"3440\", source: a}\n", "device;zone\n", "vaktlast.yaml:3: sources[0].municipality 3440 "),
        ("", "device;zone\nd-1;biri\nd-2;biri\nd-1;haugtun\n", "municipalities/3407-gjovik/devices.csv:4: «d-1» is registered in line 2 "),
        (
            "", "device;zone;from;to\nd-1;biri;2026-01-01;2026-03-01\nd-1;biri;2026-02-28;\n",
            "municipalities/3407-gjovik/devices.csv:3: «d-1» is registered in line 2 "
        ),
        ("", "device;zone;from;to\nd-1;biri;2026-03-01;2026-03-01\n", "municipalities/3407-gjovik/devices.csv:2: to of «d-1» "),
        ("", "device;zone\n24E124791D00000F;biri\n", "municipalities/3407-gjovik/devices.csv:2: «24E124791D00000F» looks like a LoRaWAN EUI in capitals"),
    ]

    @Test("what is odd is a warning, and the settings hold", arguments: warnings)
    func warning(yaml: String, devices: String, lead: String) throws {
        let (folder, reading) = try reading(yaml, devices: devices)
        #expect(reading.problems.isEmpty && reading.serviceProblems.isEmpty, "\(reading.problems)")
        let warnings = reading.warnings.map { $0.replacing(folder.path + "/", with: "") }
        #expect(warnings.count == 1 && warnings.first?.hasPrefix(lead) == true, "\(warnings)")
        #expect(try folder.settings().warnings == reading.warnings)
    }

    @Test("a device that moves at a date has no overlap")
    func moving() throws {
        let csv = "device;zone;from;to\nd-1;biri;;2026-03-01\nd-1;haugtun;2026-03-01;2026-05-01\nd-1;biri;2026-05-01;\n"
        #expect(try reading("", devices: csv).1.warnings.isEmpty)
    }

    @Test("an address that is not loopback stops the service, told with its place; other commands go on")
    func address() throws {
        let (folder, reading) = try reading("http:\n  host: 0.0.0.0\n")
        #expect(reading.problems.isEmpty && reading.serviceProblems.count == 1)
        #expect(reading.serviceProblems[0].hasPrefix("\(folder.path)/vaktlast.yaml:3: http.host «0.0.0.0» "))
        #expect(try folder.settings().httpHost == "0.0.0.0")
        for host in ["127.0.0.1", "::1", "localhost"] {
            #expect(try self.reading("http: {host: \"\(host)\"}\n").1.serviceProblems.isEmpty, "\(host)")
        }
        let variable = ServiceSettings.read(folder: folder.path, environment: ["VAKTLAST_HTTP_HOST": "10.0.0.1"])
        #expect(variable.serviceProblems.first?.hasPrefix("VAKTLAST_HTTP_HOST «10.0.0.1» ") == true)
    }

    @Test("an empty password file is a warning")
    func emptyPassword() throws {
        let folder = try ConfigurationFolder("broker:\n  url: mqtt://h\n  passwordFile: password\n")
        try folder.write("password", "\n")
        let reading = ServiceSettings.read(folder: folder.path, environment: [:])
        #expect(reading.problems.isEmpty)
        #expect(reading.warnings.count == 1 && reading.warnings[0].contains("vaktlast.yaml:3: broker.passwordFile "))
    }

    @Test("municipalities are read also where vaktlast.yaml has problems, so that all of it is told at once")
    func goesOn() throws {
        let (_, reading) = try reading("colour: red\n", devices: "device;zone\nd-1;nowhere\n")
        #expect(reading.problems.count == 2)
        #expect(reading.settings?.municipalities.map(\.number) == ["3407"])
    }
}
