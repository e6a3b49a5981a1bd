import Files
import Staffing
import Testing
import Workload

@Suite("alternatives.yaml")
struct RosterAlternativeTests {
    private struct Missing: Error, CustomStringConvertible { let description = "is not there" }

    private func read(_ yaml: String) throws -> [RosterAlternative] {
        try RosterAlternative.read(yaml: yaml, zones: ["biri"]) { path in
            switch path {
            case "a.csv": .init(name: "folder/a.csv", text: RosterTests.header + "biri;pleie;dag;alle;07:00;15:00;2")
            case "bad.csv": .init(name: "folder/bad.csv", text: RosterTests.header + "biri;pleie;dag;alle;07:00;15:00;mange")
            default: throw Missing()
            }
        }
    }

    @Test("each alternative comes with its roster, and with what can be said of it without alarms")
    func good() throws {
        let alternatives = try read("alternatives:\n  - {name: A, roster: a.csv, note: som i dag}\n  - {name: B, roster: a.csv}")
        #expect(alternatives.map(\.name) == ["A", "B"] && alternatives.map(\.note) == ["som i dag", nil] && alternatives[0].roster.shifts.count == 1)
        let settings = StaffingSettings()
        let figures = alternatives[0].figures(settings, on: LocalTime.Day(year: 2026, month: 10, day: 5))
        #expect(abs(figures.cost.hours - 364 * 16) < 1e-6 && figures.rest == .init(lines: [], findings: []))
        #expect(abs(figures.fullTimeEquivalents[.roster] - 364 * 16 / 1846) < 1e-9)
    }

    @Test(
        "what is wrong is named with file, line, key, value and way out; a roster's own problems with its own",
        arguments: [
            ("alternatives: []", "alternatives.yaml:1: alternatives: an empty list"),
            ("alternatives:\n  - {name: A}", "alternatives.yaml:2: alternatives[1].roster: missing"),
            ("alternatives:\n  - {name: A, roster: a.csv}\n  - {name: A, roster: a.csv}", "alternatives.yaml:3: alternatives[2].name: \"A\": used twice"),
            ("alternatives:\n  - {name: A, roster: c.csv}", "alternatives.yaml:2: alternatives[1].roster: \"c.csv\": is not there"),
            ("alternatives:\n  - {name: A, roster: bad.csv}", "folder/bad.csv:2: column positions: \"mange\": not understood"),
        ]
    )
    func problems(yaml: String, message: String) throws {
        let error = try #require(throws: FileError.self) { try read(yaml) }
        #expect(error.description.hasPrefix(message), "\(error.description)")
    }
}
