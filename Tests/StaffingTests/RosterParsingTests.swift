import Staffing
import Files
import Testing
import Workload

@Suite("roster.csv")
struct RosterParsingTests {
    @Test("it is read as Norwegian Excel writes it: byte order mark, CRLF, decimal comma, quotes, empty rows, comments")
    func excel() throws {
        let text =
            "\u{FEFF}zone;role;shift;weekdays;start;end;positions\r\n# eksempel;;;;;;\r\n;;;;;;\r\n"
            + "\"biri\";\"pleie; dag\";Dag;man-fre;7:00;15:00:00;2,5\r\n"
        let roster = try Roster(csv: text)
        let expected = Roster.Shift(
            zones: ["biri"],
            role: "pleie; dag",
            kind: .day,
            days: .weekdays([1, 2, 3, 4, 5]),
            startMinutes: 420,
            endMinutes: 900,
            positions: 2.5
        )
        #expect(roster.shifts == [expected])
    }

    @Test(
        "days are written as ranges, lists, alle and helligdag",
        arguments: [
            ("man-fre", [1, 2, 3, 4, 5]), ("lør-søn", [6, 7]), ("fre-man", [1, 5, 6, 7]), ("ons", [3]),
            ("man, ons,fre", [1, 3, 5]), ("alle", [1, 2, 3, 4, 5, 6, 7]), ("LØR", [6]),
        ]
    )
    func days(cell: String, weekdays: [Int]) throws {
        let roster = try Roster(csv: RosterTests.header + "biri;pleie;dag;\(cell);07:00;15:00;1")
        #expect(roster.shifts[0].days == .weekdays(Set(weekdays)))
    }

    @Test("an end before the start is on the next day; 24:00 is midnight")
    func midnight() throws {
        let roster = try Roster(
            csv: RosterTests.header + "biri;pleie;natt;alle;23:00;07:00;1\nbiri;pleie;kveld;alle;15:00;24:00;1"
        )
        #expect(roster.shifts.map(\.endMinutes) == [1860, 1440])
    }

    @Test(
        "what is wrong is named with line, column, value and way out",
        arguments: [
            (
                "oslo;pleie;dag;alle;07:00;15:00;1",
                "r.csv:2: column zone: \"oslo\": not understood (one of biri, sorbyen; several"
            ),
            (
                "biri;;dag;alle;07:00;15:00;1",
                "r.csv:2: column role: empty cell (a word for who they are, such as pleie)"
            ),
            (
                "biri;pleie;day;alle;07:00;15:00;1",
                "r.csv:2: column shift: \"day\": not understood (one of dag, kveld, natt)"
            ),
            ("biri;pleie;dag;mon;07:00;15:00;1", "r.csv:2: column weekdays: \"mon\": not understood"),
            ("biri;pleie;dag;man-tir-ons;07:00;15:00;1", "r.csv:2: column weekdays: \"man-tir-ons\": not understood"),
            ("biri;pleie;dag;alle;24:00;15:00;1", "r.csv:2: column start: \"24:00\": not understood"),
            ("biri;pleie;dag;alle;07:60;15:00;1", "r.csv:2: column start: \"07:60\": not understood"),
            ("biri;pleie;dag;alle;07:00;07:00;1", "r.csv:2: column end: \"07:00\": start and end are the same"),
            ("biri;pleie;dag;alle;07:00;15:00;-1", "r.csv:2: column positions: \"-1\": not understood"),
            ("biri;pleie;dag;alle;07:00;15:00;to", "r.csv:2: column positions: \"to\": not understood"),
            ("biri;pleie;dag;alle;07:00;15:00;501", "r.csv:2: column positions: \"501\": not understood"),
            ("biri;pleie;dag;alle;07:00;15:00", "r.csv:2: column positions: empty cell"),
            ("biri;pleie;dag;alle;07:00;15:00;1;9", "r.csv:2: \"9\": cell without a column"),
        ]
    )
    func problems(row: String, message: String) throws {
        let error = try #require(throws: FileError.self) {
            try Roster(csv: RosterTests.header + row, file: "r.csv", zones: ["biri", "sorbyen"])
        }
        #expect(error.description.hasPrefix(message), "\(error.description)")
    }

    @Test("all problems of all lines come at once")
    func collected() throws {
        let rows = "biri;pleie;x;y;07:00;15:00;1\n\nbiri;pleie;dag;alle;7;15:00;1"
        let error = try #require(throws: FileError.self) { try Roster(csv: RosterTests.header + rows) }
        #expect(error.problems.map(\.line) == [2, 2, 4])
        #expect(error.problems.map(\.place) == ["column shift", "column weekdays", "column start"])
    }

    @Test(
        "a header with a missing, unknown or doubled column is an error, and so is a file without rows",
        arguments: [
            ("zone;role;shift;weekdays;start;end\n", "column positions: column missing"),
            ("zone;role;shift;weekdays;start;end;positions;antall\n", "\"antall\": unknown column"),
            ("zone;role;shift;weekdays;start;end;positions;zone\n", "\"zone\": column named twice"),
            ("zone,role\n", "column shift: column missing"), ("", "the file is empty"),
            (RosterTests.header, "no rows below the header"),
        ]
    )
    func header(text: String, message: String) throws {
        let error = try #require(throws: FileError.self) { try Roster(csv: text) }
        #expect(error.description.contains(message), "\(error.description)")
    }
}
