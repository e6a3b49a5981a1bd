import Foundation
import Simulator
import Testing

@Suite("Scenarios")
struct ScenarioTests {
    private static let head = "municipality: \"3407\"\nsource: helsevakten\nzones: [{id: haugtun}, {id: biri}]\n"

    @Test("every scenario in config can be read")
    func shipped() throws {
        let folder = projectFolder.appending(path: "config/scenarios")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".yaml") }
        #expect(names.count >= 2)
        for name in names { _ = try scenario(String(name.dropLast(5))) }
    }

    @Test("a scenario of three lines takes everything else from the defaults")
    func defaults() throws {
        let scenario = try Scenario(yaml: ScenarioTests.head, file: "s.yaml")
        #expect(scenario.alarms.perUserMonth == 3.6)
        #expect(scenario.zones.map(\.id) == ["haugtun", "biri"])
        #expect(scenario.registry().count >= 100)
    }

    @Test(
        "an error names file, line, key, value and what is allowed",
        arguments: [
            ("speed: 3", "4", "speed", "speed", "municipality"),
            ("alarms:\n  perUserMonth: many", "5", "alarms.perUserMonth", "'many'", "a number from 0.0 to"),
            ("alarms:\n  perUserMonth: -1", "5", "alarms.perUserMonth", "'-1'", "a number from 0.0 to"),
            ("alarms:\n  kinds:\n    manuel: 1", "6", "alarms.kinds.manuel", "manuel", "pull-cord"),
            ("alarms: {kinds: {manual: 0}}", "4", "alarms.kinds", "a mapping", "not all 0"),
            ("population: {residents: 2.5}", "4", "population.residents", "'2.5'", "a whole number from 1 to"),
            ("rhythm:\n  hours: [1, 2]", "5", "rhythm.hours", "a list", "24 numbers"),
            ("answer:\n  seconds: {median: 14, sigma: x}", "5", "answer.seconds.sigma", "'x'", "from 0.0 to 3.0"),
            (
                "faults: {battery-low: {perDeviceMonth: .nan}}", "4", "faults.battery-low.perDeviceMonth", "'.nan'",
                "number"
            ),
            ("alarms: 5", "4", "alarms", "'5'", "a mapping"),
            ("source: other", "4", "scenario", "source", "YAML"),
            ("alarms: [", "4", "scenario", "did not find", "YAML"),
        ]
    )
    func errors(yaml: String, line: String, key: String, value: String, allowed: String) throws {
        let error = #expect(throws: ScenarioError.self) {
            try Scenario(yaml: ScenarioTests.head + yaml, file: "s.yaml")
        }
        let found = try #require(error)
        #expect(found.file == "s.yaml")
        if key != "scenario" { #expect(String(found.line) == line) }
        #expect(found.key == key)
        #expect(found.value.contains(value))
        #expect(found.allowed.contains(allowed))
        #expect(found.description.hasPrefix("s.yaml:\(found.line): \(key): "))
    }

    @Test(
        "what must be there is missed by name",
        arguments: [
            ("source: c\nzones: [{id: a}]", "municipality"), ("municipality: \"3407\"\nzones: [{id: a}]", "source"),
            ("municipality: \"3407\"\nsource: c", "zones"), ("", "municipality"),
            ("municipality: \"3407\"\nsource: c\nzones: [{weight: 1}]", "zones[0].id"),
        ]
    )
    func missing(yaml: String, key: String) throws {
        let error = #expect(throws: ScenarioError.self) { try Scenario(yaml: yaml, file: "s.yaml") }
        #expect(error?.key == key)
        #expect(error?.kind == .missing)
        #expect(error?.description.contains("\(key): is missing: give ") == true)
    }

    @Test("each kind of mistake has a sentence that leads to its mending")
    func words() throws {
        let said = [
            ("speed: 3", "s.yaml:4: speed: is an unknown key; known here: municipality"),
            ("alarms: {perUserMonth: many}", "s.yaml:4: alarms.perUserMonth: 'many'; allowed: a number from 0.0 to"),
            ("alarms: [", "scenario: is not YAML: did not find expected"),
            ("seed: 1\nseed: 2", "scenario: is not YAML: twice the same key: seed"),
        ]
        for (yaml, words) in said {
            let error = try #require(#expect(throws: ScenarioError.self) { try Scenario(yaml: ScenarioTests.head + yaml, file: "s.yaml") })
            #expect(error.description.contains(words), "\(error)")
        }
    }

    @Test("the demo's registry lists exactly the devices that its scenario simulates")
    func registry() throws {
        let scenario = try scenario("gjovik")
        let file = projectFolder.appending(path: "config/municipalities/3407-gjovik/devices.csv")
        #expect(try String(contentsOf: file, encoding: .utf8) == scenario.registryCSV())

        let registered = Set(scenario.registry().map(\.device))
        #expect(registered.count == scenario.registry().count)
        #expect(scenario.registry().count { $0.profile == "safety-alarm" } == 600)
        var heard: Set<String> = []
        var simulation = Simulation(scenario: scenario, seed: 99, start: monday)
        for event in simulation.all(before: monday + 2 * day) {
            let text = String(decoding: event.json, as: UTF8.self)
            if let match = text.firstMatch(of: /"device":"([^"]*)"/) { heard.insert(String(match.1)) }
        }
        #expect(heard.isSubset(of: registered))
        #expect(heard.count > registered.count * 9 / 10)
    }

    @Test("zones share the residents by weight, all of them")
    func apportionment() throws {
        let scenario = try scenario("normal-week")
        let counts = Dictionary(grouping: scenario.registry().filter { $0.profile == "safety-alarm" }, by: \.zone)
            .mapValues(\.count)
        #expect(counts == ["nord": 40, "sor": 20])
    }
}
