import Foundation
import Ingest
import Settings
import Telemetry
import Testing
import Workload

/// `municipality.yaml` and `devices.csv`, CONTRACT 10.
@Suite("municipality.yaml and devices.csv")
struct MunicipalityFileTests {
    static let zones = "zones: [{id: haugtun, name: Haugtun/Sentrum}, {id: biri}]\n"
    static let head = "number: \"3407\"\nname: Gjøvik\n" + zones

    /// A configuration with one municipality and, if wanted, its registry.
    private func folder(_ yaml: String, devices: Data? = nil) throws -> ConfigurationFolder {
        let folder = try ConfigurationFolder()
        try folder.write("municipalities/3407-gjovik/municipality.yaml", yaml)
        if let devices { try folder.write("municipalities/3407-gjovik/devices.csv", devices) }
        return folder
    }

    private func registry(_ csv: String) throws -> [RegisteredDevice] {
        try folder(Self.head + "devices: devices.csv\n", devices: Data(csv.utf8)).settings().municipalities[0].registry
    }

    private func problems(_ csv: String) throws -> [String] {
        try folder(Self.head + "devices: devices.csv\n", devices: Data(csv.utf8)).problems()
    }

    @Test("a municipality is read with its zones, files relative to its own")
    func good() throws {
        let staffing = "planned: planned.csv\nstaffing: staffing.yaml\nalternatives: alternatives.yaml\n"
        let folder = try folder(Self.head + "roster: roster.csv\n" + staffing + "goals: ../goals.yaml\n")
        for name in ["roster.csv", "planned.csv", "staffing.yaml", "alternatives.yaml"] { try folder.write("municipalities/3407-gjovik/\(name)", "x") }
        try folder.write("municipalities/goals.yaml", "x")
        try folder.write("municipalities/README.md", "no folder, so no municipality")
        let municipality = try #require(try folder.settings().municipalities.first)
        #expect(municipality.number == "3407" && municipality.name == "Gjøvik")
        // A zone without a name is called by its id.
        #expect(municipality.zones == [.init(id: "haugtun", name: "Haugtun/Sentrum"), .init(id: "biri", name: "biri")])
        #expect(municipality.registry.isEmpty)
        #expect(municipality.rosterFile == folder.path + "/municipalities/3407-gjovik/roster.csv")
        #expect(municipality.plannedFile == folder.path + "/municipalities/3407-gjovik/planned.csv")
        #expect(municipality.staffingFile == folder.path + "/municipalities/3407-gjovik/staffing.yaml")
        #expect(municipality.alternativesFile == folder.path + "/municipalities/3407-gjovik/alternatives.yaml")
        #expect(municipality.goalsFile == folder.path + "/municipalities/goals.yaml")
        #expect(municipality.file == folder.path + "/municipalities/3407-gjovik/municipality.yaml")
        #expect(municipality.plan == .init(number: "3407", name: "Gjøvik", zones: municipality.zones))
    }

    @Test("the files of goals and plans are found by their keys, and one that is named but not there is told")
    func planning() throws {
        let folder = try folder(Self.head + "kostra: kostra.csv\nusersByAge: alder.csv\nbenefitLedger: bok.csv\n")
        for name in ["kostra.csv", "alder.csv", "bok.csv"] { try folder.write("municipalities/3407-gjovik/\(name)", "x") }
        let planning = try #require(try folder.settings().municipalities.first).planning
        var expected = PlanningFiles()
        expected.kostra = folder.path + "/municipalities/3407-gjovik/kostra.csv"
        expected.usersByAge = folder.path + "/municipalities/3407-gjovik/alder.csv"
        expected.benefitLedger = folder.path + "/municipalities/3407-gjovik/bok.csv"
        #expect(planning == expected)
        let missing = try self.folder(Self.head + "capacity: nowhere.csv\n").problems()
        #expect(missing.contains { $0.contains("municipality.yaml:4: capacity") && $0.contains("nowhere.csv") }, "\(missing)")
    }

    static let broken: [(yaml: String, lead: String)] = [
        ("name: G\n" + zones, "1: number "),
        ("number: \"340\"\nname: G\n" + zones, "1: number "),
        ("name: G\nnumber: Gjøvik\n" + zones, "2: number "),
        ("number: \"3407\"\n" + zones, "1: name "),
        ("number: \"3407\"\nname: [G]\n" + zones, "2: name "),
        ("number: \"3407\"\nname: G\nzones: {}\n", "3: zones "),
        ("number: \"3407\"\nname: G\nzones:\n  - {id: biri}\n  - {name: x}\n", "5: zones[1].id "),
        ("number: \"3407\"\nname: G\nzones:\n  - {id: Biri}\n", "4: zones[0].id "),
        ("number: \"3407\"\nname: G\nzones:\n  - {id: ukjent}\n", "4: zones[0].id "),
        ("number: \"3407\"\nname: G\nzones:\n  - {id: biri}\n  - {id: biri}\n", "5: zones[1].id "),
        ("number: \"3407\"\nname: G\nzones:\n  - {id: biri, colour: red}\n", "4: zones[0].colour "),
        (head + "colour: red\n", "4: colour "),
        (head + "devices: nowhere.csv\n", "4: devices "),
        (head + "staffing: nowhere.yaml\n", "4: staffing "),
        (head + "roster: nowhere.csv\n", "4: roster "),
        (head + "goals: nowhere.yaml\n", "4: goals "),
    ]

    @Test("a problem names file, line and key", arguments: broken)
    func problem(yaml: String, lead: String) throws {
        let problems = try folder(yaml).problems()
        #expect(problems.count == 1, "\(problems)")
        let file = "municipalities/3407-gjovik/municipality.yaml:"
        #expect(problems.first?.hasPrefix(file + lead) == true, "\(problems)")
    }

    @Test("a number that two municipalities claim is told with both files")
    func twice() throws {
        let folder = try folder(Self.head)
        try folder.write("municipalities/other/municipality.yaml", Self.head)
        let problems = try folder.problems()
        #expect(problems.count == 1)
        #expect(problems.first?.hasPrefix("municipalities/other/municipality.yaml") == true)
        #expect(problems.first?.contains("municipalities/3407-gjovik/municipality.yaml") == true)
    }

    @Test("a folder in municipalities that holds no municipality is told")
    func emptyFolder() throws {
        let folder = try folder(Self.head)
        try folder.write("municipalities/3440-oyer/roster.csv", "x")
        let problems = try folder.problems()
        #expect(problems.count == 1)
        #expect(problems.first?.hasPrefix("municipalities/3440-oyer/municipality.yaml is missing") == true)
    }

    // MARK: - devices.csv

    @Test("a registry has device and zone, and what else it names")
    func devices() throws {
        let rows = try registry(
            """
            device;zone;profile;dwelling;step;from;to
            # the shower alarm moved
            d-1;biri;safety-alarm;own-home;1;;2026-10-25
            d-1;haugtun;;;;2026-10-25;
             d.2 ; biri ;"button";;;2026-03-29;2026-03-29T12:00:00+02:00

            """
        )
        // Local midnights: 22:00Z in summer time, 23:00Z in winter.
        #expect(
            rows.map(\.line) == [
                "d-1;biri;safety-alarm;own-home;1;;2026-10-24T22:00:00.000Z",
                "d-1;haugtun;;;;2026-10-24T22:00:00.000Z;",
                "d.2;biri;button;;;2026-03-28T23:00:00.000Z;2026-03-29T10:00:00.000Z",
            ]
        )
    }

    @Test("columns may come in any order, the last lines without their empty fields")
    func columns() throws {
        #expect(try registry("zone;device\nbiri;d-1\n").map(\.line) == ["d-1;biri;;;;;"])
        let short = try registry("device;zone;profile;from\nd-1;biri\n")
        #expect(short.map(\.line) == ["d-1;biri;;;;;"])
    }

    @Test("lines end as Windows ends them, and a byte order mark is skipped")
    func windowsLines() throws {
        let csv = "\u{FEFF}device;zone\r\nd-1;biri\r\nd-2;haugtun\r\n"
        #expect(try problems(csv) == [])
        #expect(try registry(csv).map(\.line) == ["d-1;biri;;;;;", "d-2;haugtun;;;;;"])
    }

    @Test("a file in Windows-1252, as Norwegian Excel writes it, is read")
    func windows1252() throws {
        // «omsorgsbolig på øya – nr. 1» with a dash that Latin-1 has none for.
        let text = "device;zone;dwelling\nd-1;biri;hytte på øya – nr. 1\n"
        let bytes = try #require(text.data(using: .windowsCP1252))
        #expect(String(data: bytes, encoding: .utf8) == nil)
        let folder = try folder(Self.head + "devices: devices.csv\n", devices: bytes)
        let settings = try folder.settings()
        // What is no kind of home is told and left out: alarms shall not wait for it.
        #expect(settings.municipalities[0].registry == [.init(device: "d-1", zone: "biri")])
        #expect(settings.warnings.contains { $0.contains("devices.csv:2: dwelling «hytte på øya – nr. 1» is not one of own-home") })
    }

    static let brokenRows: [(csv: String, lead: String, word: String)] = [
        ("device;zone;soner\nd-1;biri;x\n", "1: ", "soner"),
        ("zone;profile\nbiri;x\n", "1: ", "device"),
        ("device,zone,enhet\nd-1,biri,x\n", "1: ", "named twice"),
        ("device;zone\nd-1;biri\nd 2;biri\n", "3: ", "«d 2»"),
        ("device;zone\n;biri\n", "2: ", "device"),
        ("device;zone\nd-1;mars\n", "2: ", "«mars»"),
        ("device;zone\nd-1;\n", "2: ", "zone"),
        ("device;zone\nd-1;Biri\n", "2: ", "«Biri»"),
        ("device;zone;from\n\n# note\nd-1;biri;5/10/2026\n", "4: ", "from «5/10/2026»"),
        ("device;zone;to\nd-1;biri;2026-02-29\n", "2: ", "to «2026-02-29»"),
    ]

    @Test("a bad row is told with file, line and value", arguments: brokenRows)
    func badRow(csv: String, lead: String, word: String) throws {
        let problems = try problems(csv)
        #expect(problems.count == 1, "\(problems)")
        #expect(problems.first?.hasPrefix("municipalities/3407-gjovik/devices.csv:" + lead) == true, "\(problems)")
        #expect(problems.first?.contains(word) == true, "\(problems)")
    }

    @Test("every bad row is told, not only the first")
    func badRows() throws {
        #expect(try problems("device;zone\nd 1;biri\nd-2;mars\nd-3;biri\nd-4;venus\n").count == 3)
    }

    @Test("the fold gets zones and places of all municipalities")
    func plan() throws {
        let folder = try folder(
            Self.head + "devices: devices.csv\n",
            devices: Data("device;zone;from\nd-1;biri;2026-07-01\n".utf8)
        )
        try folder.write("municipalities/3440/municipality.yaml", "number: \"3440\"\nname: Øyer\nzones: []\n")
        let plan = try folder.settings().folding.plan
        #expect(plan.municipalities.map(\.number) == ["3407", "3440"])
        let from = "2026-06-30T22:00:00Z".withText(Timestamp.parse)
        #expect(plan.municipalities[0].registry == [.init(device: "d-1", zone: "biri", from: from)])
        #expect(plan.municipalities[1].zones.isEmpty)
    }
}

extension RegisteredDevice {
    /// The row written again, instants in UTC.
    fileprivate var line: String {
        [device, zone, profile, dwelling?.rawValue, step.map { "\($0)" }, from.map(Timestamp.format), to.map(Timestamp.format)]
            .map { $0 ?? "" }.joined(separator: ";")
    }
}
