import Files
import Strategy
import Telemetry
import Testing
import Workload

@Suite("What cannot be right in the files of goals and plans")
struct ImplausibleFileTests {
    /// Larger than a whole number can be; the largest that it can, which no Double is; not a number's end.
    static let tooLarge = [
        "99999999999999999999", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "1" + String(repeating: "0", count: 400),
    ]

    private func problem<Value>(_ body: () throws -> Value) -> String {
        do {
            _ = try body()
            return "read"
        } catch {
            return "\(error)"
        }
    }

    @Test("a count that no whole number holds is refused with line and column, in every file of counts", arguments: tooLarge)
    func counts(text: String) {
        let kostra = "year;age;who;home;institution;inhabitants\n2020;67-79;3407;9,58;1,22;\(text)\n2020;67-79;Gruppe;6,19;1,61;\n"
        #expect(problem { try KostraComparison(csv: kostra, municipality: "3407") }.contains("kostra.csv:2: column inhabitants: \"\(text)\""))
        let capacity = "area;kind;places\nBiri;institusjon;\(text)\n"
        #expect(problem { try CareCapacity(csv: capacity) }.contains("capacity.csv:2: column places: \"\(text)\""))
        let population = "region;alder;år;alternativ;personer\n3407 Gjøvik;80+;2026;hoved;\(text)\n"
        #expect(problem { try Population(csv: population, municipality: "3407") }.contains("population.csv:2: column personer: \"\(text)\""))
        let year = "region;alder;år;alternativ;personer\n3407 Gjøvik;80+;\(text);hoved;1\n"
        #expect(problem { try Population(csv: year, municipality: "3407") }.contains("population.csv:2: column år: \"\(text)\""))
        #expect(problem { try UsersByAge(csv: "age;technology;users\n80+;safety-alarm;\(text)\n") }.contains("users-by-age.csv:2: column users: \"\(text)\""))
    }

    @Test("the same age, year and alternative twice would count twice; the two sexes are no such thing")
    func population() throws {
        let rows = "3407 Gjøvik;80+;2026;hoved;100\n3407 Gjøvik;80+;2030;hoved;120\n"
        let head = "region;alder;år;alternativ;personer\n"
        let found = problem { try Population(csv: head + rows + rows, municipality: "3407") }
        #expect(found.contains("population.csv:4: column alder: \"80+\": the same age, year and alternative as line 2") && found.contains(":5:"))
        let sexes = "region;kjønn;alder;år;alternativ;personer\n3407;Menn;80+;2026;hoved;40\n3407;Kvinner;80+;2026;hoved;60\n"
        #expect(try Population(csv: sexes, municipality: "3407").persons(AgeGroup(from: 80, to: nil), year: 2026, alternative: "hoved") == 100)
    }

    @Test("the same row of places twice is refused; another note or step makes another row")
    func capacity() throws {
        let row = "Biri;institusjon;16;6;\n"
        #expect(
            problem { try CareCapacity(csv: "area;kind;places;step;note\n\(row)\(row)") }.contains("capacity.csv:3: column area: \"Biri\": the same row twice")
        )
        #expect(try CareCapacity(csv: "area;kind;places;step;note\n\(row)Biri;institusjon;16;6;avlastning\n").places(.institution) == 32)
    }

    @Test("a ledger's line that is entered twice is told, with both lines; a correction is none")
    func ledger() throws {
        let row = "2026-03-01;12;0;færre vakter;\n"
        let ledger = try BenefitLedger(csv: "date;hours;kroner;use;note\n\(row)\(row)2026-03-01;-12;0;færre vakter;\n2026-03-01;12;0;færre vakter;natt\n")
        #expect(ledger.repeated.map { [$0.entry.line, $0.firstLine] } == [[3, 2]])
        // It still counts: the leader knows.
        #expect(ledger.sum(from: .init(year: 2026, month: 1, day: 1), until: .init(year: 2027, month: 1, day: 1)).hours == 24)
    }

    @Test("more users than inhabitants, and a change that was complete before today, are refused")
    func projection() {
        let users = UsersByAge(rows: [.init(age: AgeGroup(from: 80, to: nil), technology: .safetyAlarm, users: 401, line: 3)])
        let found = problem {
            try Projection(
                population: Population(csv: ProjectionTests.population, municipality: "5027"),
                users: users,
                assumptions: ProjectionAssumptions(yaml: ProjectionTests.assumptions),
                years: [2040]
            ) { $0 }
        }
        #expect(found.contains("users-by-age.csv:3: column users: \"401\": more users of safety-alarm than the 400 inhabitants of 80+ in 2020"))
        let change = "\nchanges:\n  - {id: a, name: A, fullYear: 2020, users: {main: 1.1, source: s}}\n"
        #expect(
            problem { try ProjectionAssumptions(yaml: ProjectionTests.assumptions + change) }.contains("changes[1].fullYear: \"2020\": not after today.year")
        )
    }

    @Test("a target on the wrong side of its baseline, and a goal that says nothing at all, are refused with their lines")
    func goals() throws {
        func yaml(_ direction: String, _ target: Int) -> String {
            """
            frameworks:
              - id: a
                name: A
                goals:
                  - id: b
                    name: B
                    indicators:
                      - id: c
                        name: C
                        measure: closed-at-centre
                        direction: \(direction)
                        baseline: {value: 70, period: "2025", source: s}
                        target: {value: \(target)}
            """
        }
        let place = "goals.yaml:13: frameworks[1].goals[1].indicators[1].target"
        #expect(problem { try Goals(yaml: yaml("up", 65)) }.contains("\(place): worse than the baseline: 65 against 70 (up: "))
        #expect(problem { try Goals(yaml: yaml("down", 75)) }.contains("worse than the baseline: 75 against 70 (down: a target of at most the baseline"))
        for (direction, target) in [("up", 75), ("down", 65), ("up", 70)] { #expect(try Goals(yaml: yaml(direction, target)).indicators.count == 1) }
        let empty = "frameworks: [{id: a, name: A, goals: [{id: b, name: B, indicators: []}]}]"
        #expect(problem { try Goals(yaml: empty) }.contains("frameworks[1].goals[1].notMeasured: missing"))
        #expect(try Goals(yaml: empty.replacing("indicators: []", with: "notMeasured: Ingen teller det, indicators: []")).frameworks.count == 1)
    }
}
