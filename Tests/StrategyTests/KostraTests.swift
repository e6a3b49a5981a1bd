import Files
import Foundation
import Strategy
import Testing

@Suite("KOSTRA and capacity")
struct KostraTests {
    private func shipped(_ name: String) throws -> String {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return try String(contentsOf: folder.appending(path: "config/municipalities/3407-gjovik/\(name)"), encoding: .utf8)
    }

    @Test("Gjøvik 2020 as its plan has it: 10.8 % against 7.8 %, 120 users; 44.8 % against 38.3 %, 99 users")
    func gjovik() throws {
        let comparison = try KostraComparison(csv: shipped("kostra.csv"), municipality: "3407")
        let younger = try #require(comparison.groups.first { $0.age == "67-79" })
        #expect(younger.municipality.sum == 10_800 && younger.group.sum == 7_800 && younger.difference == 3_000)
        #expect(younger.inhabitants == 4010 && younger.usersAbove == 120 && younger.groupName == "Kostragruppe 10")
        let older = try #require(comparison.groups.first { $0.age == "80+" })
        #expect(older.municipality.sum == 44_800 && older.group.sum == 38_300 && older.usersAbove == 99 && older.inhabitants == 1522)
        // 433 of 4,010: Wilson 9.88 to 11.80 %, so 83 to 160 users above, and no chance.
        let bounds = try #require(younger.usersAboveBounds)
        #expect((bounds.low, bounds.high) == (83, 160) && younger.isBeyondChance && older.isBeyondChance)
    }

    @Test("fewer than the group is under zero, rounded the same way")
    func fewer() {
        let group = KostraComparison.AgeGroup(
            year: 2020,
            age: "80+",
            municipality: .init(home: 27_400, institution: 10_900),
            inhabitants: 1522,
            groupName: "Gjøvik",
            group: .init(home: 38_900, institution: 5_900)
        )
        #expect(group.usersAbove == -99)
    }

    @Test("a small municipality's difference may be chance")
    func chance() {
        let group = KostraComparison.AgeGroup(
            year: 2020,
            age: "67-79",
            municipality: .init(home: 10_000, institution: 0),
            inhabitants: 60,
            groupName: "Kostragruppe 1",
            group: .init(home: 7_000, institution: 0)
        )
        #expect(group.usersAbove == 2 && !group.isBeyondChance)
    }

    static let good = """
        year;age;who;home;institution;inhabitants
        2020;67-79;3407;9,58;1.22;4 010
        2020;67-79;Kostragruppe 10;6,19;1,61;
        """

    @Test(
        "what is wrong in kostra.csv is named with line, column, value and way out",
        arguments: [
            ("9,58", "958", 2, "column home: \"958\": not percent", "such as 9,58"),
            ("9,58", "9,5812", 2, "column home: \"9,5812\": not percent", "at most three decimals"),
            ("4 010", "", 2, "column inhabitants: empty cell", "a whole number from 1"),
            ("Kostragruppe 10", "3441", 3, "column who: \"3441\": another municipality", "the municipality's number 3407"),
            ("Kostragruppe 10", "3407", 3, "column inhabitants: empty cell", "whole number"),
            ("2020;67-79;Kostragruppe 10", "2021;67-79;Kostragruppe 10", 2, "1 rows of the municipality and 0 of a group", "one row with 3407"),
            ("1.22", "99", 2, "column institution: \"99\": more than 100 %", "percent of the age group"),
            ("year;", "aar;", 1, "\"aar\": unknown column", "the columns are year;age;who"),
        ]
    )
    func problems(from: String, to: String, line: Int, problem: String, wayOut: String) throws {
        let text = KostraTests.good.replacing(from, with: to)
        let error = try #require(throws: FileError.self) { try KostraComparison(csv: text, file: "k.csv", municipality: "3407") }
        let isNamed = error.description.split(separator: "\n").contains { $0.hasPrefix("k.csv:\(line):") && $0.contains(problem) && $0.contains(wayOut) }
        #expect(isNamed, "\(error.description)")
    }

    @Test("a row that cannot be read is told once, not again as missing")
    func once() throws {
        let error = try #require(throws: FileError.self) {
            try KostraComparison(csv: KostraTests.good.replacing("9,58", with: "95x"), municipality: "3407")
        }
        #expect(error.problems.map(\.line) == [2])
    }

    @Test("Gjøvik's places and dwellings: the plan's sums, by area and by step, and those that can be converted beside")
    func capacity() throws {
        let capacity = try CareCapacity(csv: shipped("capacity.csv"))
        #expect(CareCapacity.Kind.housing.map { capacity.places($0) } == [168, 134, 230, 624])
        #expect(capacity.places(.convertible) == 119 && capacity.places(.dayPlace) == 40)
        #expect(capacity.places(.institution, area: "Sørbyen") == 36 && capacity.places(.institution, area: "Åslundmarka/Hunndalen") == nil)
        #expect(capacity.places(.sharedHousing, area: "Biri") == 42 && capacity.places(.municipalRental, area: "Haugtun/Sentrum") == 272)
        #expect(capacity.areas(with: CareCapacity.Kind.housing).count == 7)
        #expect(capacity.byStep.reduce(0) { $0 + $1.places } == 168 + 134 + 230 + 624)
        let coverage = try #require(capacity.coverage([.institution], inhabitants80: 1522))
        #expect(abs(coverage - 11.0381) < 1e-4 && capacity.coverage([.institution], inhabitants80: 0) == nil)
        #expect(capacity.rows.first { $0.kind == .dayPlace && $0.area == "Biri" }?.daysPerWeek == 3)
    }

    @Test("what is wrong in capacity.csv is named")
    func capacityProblems() throws {
        let error = try #require(throws: FileError.self) {
            try CareCapacity(csv: "område;type;plasser;trinn\nBiri;hytte;3;12\nBiri;institusjon;2,5;\n", file: "c.csv")
        }
        #expect(error.problems.map(\.line) == [2, 2, 3])
        #expect(error.description.contains("c.csv:2: column type: \"hytte\": not an allowed value (one of institusjon, bokollektiv"))
    }
}
