import Files
import Strategy
import Testing
import Workload

@Suite("goals.yaml")
struct GoalsParsingTests {
    static let good = """
        frameworks:
          - id: vegvalg
            name: Vegvalg
            careLadder: mestringstrappa
            goals:
              - id: vegvalg-6
                name: "Vegvalg 6: Aktiv bruk av teknologi"
                indicators:
                  - id: lost
                    name: Løst på sentralen
                    measure: closed-at-centre
                    direction: up
                    baseline: {value: 70.5, period: "2025", source: egen telling}
                    target: {value: 75, example: true}
                    deadline: 2027-12-31
        """

    @Test("a whole file is read; percent become shares")
    func whole() throws {
        let goals = try Goals(yaml: GoalsParsingTests.good)
        #expect(goals.frameworks.map(\.careLadder) == ["mestringstrappa"])
        let indicator = try #require(goals.indicator(of: .closedAtCentre))
        #expect(indicator.baseline == .init(value: 0.705, period: "2025", source: "egen telling", isExample: false))
        #expect(indicator.target == .init(value: 0.75, isExample: true))
        #expect(indicator.deadline == LocalTime.Day(year: 2027, month: 12, day: 31))
        #expect(goals.indicator(of: .unintended) == nil)
    }

    @Test(
        "what is wrong is named with line, key, value and what is allowed",
        arguments: [
            ("direction: up", "direction: higher", 12, "indicators[1].direction: \"higher\"", "allowed: up, down"),
            (
                "measure: closed-at-centre", "measure: x", 11, "indicators[1].measure: \"x\"",
                "allowed: closed-at-centre, lowest-"
            ),
            (
                "direction: up", "direction: up\n            goal: 3", 13, "indicators[1].goal: unknown key",
                "allowed: id, name, measure"
            ),
            (
                "value: 70.5", "value: 170.5", 13, "baseline.value: \"170.5\"",
                "a number from 0 to 100, with a decimal point"
            ),
            ("value: 70.5", "value: 70,5", 13, "baseline.5: unknown key", "(decimals with a point: 70.5)"),
            ("value: 75", "value: 97,50", 14, "target.50: unknown key", "(decimals with a point: 97.50)"),
            ("value: 75", "value: 97,5 prosent", 14, "target.5 prosent: unknown key", "allowed: value, example"),
            ("example: true", "example: true, 5", 14, "target.5: unknown key", "allowed: value, example"),
            ("value: 75", "value: mange", 14, "target.value: \"mange\"", "a number from 0 to 100"),
            ("example: true", "example: ja", 14, "target.example: \"ja\"", "allowed: true, false"),
            (
                "deadline: 2027-12-31", "deadline: 2027-02-29", 15, "deadline: \"2027-02-29\"",
                "a date such as 2027-12-31"
            ),
            ("id: lost", "id: Løst", 9, "indicators[1].id: \"Løst\": not an id", "1 to 64 of a-z, 0-9 and -"),
            ("careLadder:", "ladder:", 4, "frameworks[1].ladder: unknown key", "allowed: id, name, goals, careLadder"),
            ("            direction: up\n", "", 9, "indicators[1].direction: missing", "required"),
            ("period: \"2025\", ", "", 13, "baseline.period: missing", "required"),
            ("frameworks:", "framework:", 1, "frameworks: missing", "required"),
        ]
    )
    func problems(from: String, to: String, line: Int, key: String, wayOut: String) throws {
        let text = GoalsParsingTests.good.replacing(from, with: to)
        let error = try #require(throws: FileError.self) { try Goals(yaml: text, file: "g.yaml") }
        let lines = error.description.split(separator: "\n")
        let isNamed = lines.contains { $0.hasPrefix("g.yaml:\(line):") && $0.contains(key) && $0.contains(wayOut) }
        #expect(isNamed, "\(error.description)")
    }

    @Test("two decimal commas make one key twice: the way out is the decimal point as well")
    func decimalCommas() throws {
        let text = ProjectionTests.assumptions.replacing("{main: 70,", with: "{low: 60,5, main: 70,5, high: 80,5,")
        let error = try #require(throws: FileError.self) { try ProjectionAssumptions(yaml: text) }
        #expect(error.problems.first?.problem == "key written twice" && error.problems.first?.wayOut.hasPrefix("decimals with a point: 0.5, not 0,5") == true)
    }

    @Test("one measure with two targets in one goal is found with both lines; in two goals, or with one target, it is nothing")
    func contradictions() throws {
        func second(_ target: String) -> String {
            "\n          - {id: lost-2, name: Løst, measure: closed-at-centre, direction: up\(target)}"
        }
        func found(_ text: String) throws -> [[Int]] {
            try Goals(yaml: text).frameworks.flatMap(\.goals).flatMap(\.contradictions).map { [$0.first.line, $0.second.line] }
        }
        #expect(try found(GoalsParsingTests.good + second(", target: {value: 80}")) == [[9, 16]])
        #expect(try found(GoalsParsingTests.good + second(", target: {value: 75}")).isEmpty)
        #expect(try found(GoalsParsingTests.good + second("")).isEmpty)
        let other = "\n      - id: vegvalg-7\n        name: Vegvalg 7\n        indicators:"
        #expect(try found(GoalsParsingTests.good + other + second(", target: {value: 80}")).isEmpty)
    }

    @Test("shares that look like fractions are doubted with key, value and what was meant; one that goes with a few percent is believed")
    func fractions() throws {
        func doubts(_ baseline: String, _ target: String, _ direction: String = "up") throws -> [Goals.Doubt] {
            let text = Self.good.replacing("value: 70.5", with: "value: \(baseline)").replacing("value: 75", with: "value: \(target)")
            return try Goals(yaml: text.replacing("direction: up", with: "direction: \(direction)")).doubts
        }
        let found = try doubts("0.70", "0.75")
        #expect(found.map(\.line) == [9, 9])
        #expect(found.first?.text.hasPrefix("lost: baseline.value: 0.7 is 0.7 %: did you mean 70? Shares are written in percent") == true)
        #expect(found.last?.text.hasPrefix("lost: target.value: 0.75 is 0.75 %: did you mean 75?") == true)
        #expect(try doubts("18", "0.15", "down").map(\.line) == [9])
        // From 90 % to all: one percent is as odd as the fraction beside it.
        let whole = try doubts("0.9", "1.0")
        #expect(
            whole.map { $0.text.prefix { $0 != "?" } } == [
                "lost: baseline.value: 0.9 is 0.9 %: did you mean 90", "lost: target.value: 1 is 1 %: did you mean 100",
            ]
        )
        #expect(try doubts("0.70", "65").first?.text.contains("did you mean 70?") == true)
        for (baseline, target, direction) in [("70.5", "75", "up"), ("2", "0.5", "down"), ("1", "0.5", "down"), ("0", "1", "up"), ("1", "1", "up")] {
            #expect(try doubts(baseline, target, direction).isEmpty, "\(baseline) \(target)")
        }
    }

    @Test("a target that is worse than a baseline that looks like a fraction is refused with what was meant")
    func fractionRefused() throws {
        for (baseline, target, direction) in [("0.70", "65", "down"), ("65", "0.70", "up")] {
            let text = Self.good.replacing("value: 70.5", with: "value: \(baseline)").replacing("value: 75", with: "value: \(target)")
            let error = try #require(throws: FileError.self) { try Goals(yaml: text.replacing("direction: up", with: "direction: \(direction)")) }
            #expect(
                error.description.contains("worse than the baseline") && error.description.contains("did you mean 70 for 0.7? Shares are written in percent")
            )
        }
        let text = Self.good.replacing("value: 75", with: "value: 65")
        let error = try #require(throws: FileError.self) { try Goals(yaml: text) }
        #expect(!error.description.contains("did you mean"))
    }

    @Test("a measure that is to rise in one place and to fall in another is doubted, with both lines")
    func opposites() throws {
        func doubts(_ direction: String) throws -> [Goals.Doubt] {
            try Goals(yaml: Self.good + "\n          - {id: lost-2, name: Løst, measure: closed-at-centre, direction: \(direction)}").doubts
        }
        let found = try doubts("down")
        #expect(found.map(\.line) == [16])
        #expect(found.first?.text.hasPrefix("lost-2: closed-at-centre is to go down, and up in lost on line 9:") == true)
        #expect(try doubts("up").isEmpty)
    }

    @Test("all problems come at once, by line")
    func collected() throws {
        let text = GoalsParsingTests.good.replacing("direction: up", with: "direction: x").replacing("75", with: "-1")
        let error = try #require(throws: FileError.self) { try Goals(yaml: text) }
        #expect(error.problems.map(\.line) == [12, 14])
    }

    @Test("text that is no YAML, no text at all, and a key written twice are errors with a line")
    func notYAML() throws {
        let broken = try #require(throws: FileError.self) { try Goals(yaml: "frameworks:\n  - id: [x") }
        #expect(broken.problems[0].line >= 2)
        let empty = try #require(throws: FileError.self) { try Goals(yaml: "") }
        #expect(empty.description == "goals.yaml:1: frameworks: the file is empty (the file begins with frameworks:)")
        let twice = GoalsParsingTests.good.replacing("direction: up", with: "direction: up\n            direction: up")
        let error = try #require(throws: FileError.self) { try Goals(yaml: twice) }
        #expect(error.problems[0].problem == "key written twice")
    }
}
