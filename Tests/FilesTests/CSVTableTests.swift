import Foundation
import Files
import Testing

@Suite("CSV as people's programs write it")
struct CSVTableTests {
    private static let shape = CSVTable.Shape(
        columns: ["device", "zone"],
        optional: ["note"],
        aliases: ["enhet": "device", "sone": "zone"],
        separators: [";", ","],
        rowCountMax: 3
    )

    private func cells(_ text: String) -> [String] {
        var problems: [FileProblem] = []
        let table = CSVTable(text, Self.shape, problems: &problems)
        return table.rows.map { "\($0.line):\($0["device"])|\($0["zone"])|\($0["note"])" } + problems.map { "\($0.line)! \($0.problem)" }
    }

    static let tables: [(text: String, rows: [String])] = [
        ("device;zone\nd-1;biri\n", ["2:d-1|biri|"]),
        ("device,zone,note\r\nd-1,biri,\"a, b\"\r\n", ["2:d-1|biri|a, b"]),
        ("\u{FEFF}Enhet;SONE\r\nd-1;biri\r\n", ["2:d-1|biri|"]),
        ("device;zone\rd-1;biri\rd-2;biri", ["2:d-1|biri|", "3:d-2|biri|"]),
        ("device;zone;note\nd-1;biri;\"two\nlines\"\nd-2;biri;\"say \"\"hi\"\"\"\n", ["2:d-1|biri|two\nlines", "4:d-2|biri|say \"hi\""]),
        ("# a note, with commas; and more\ndevice,zone\n# another\n\n d-1 ,\tbiri\n", ["5:d-1|biri|"]),
        ("device;zone;;\nd-1;biri;;\n", ["2:d-1|biri|"]),
        ("device;zone\nd-1\n", ["2:d-1|nil|nil".replacing("nil", with: "")]),
        ("device;zone\nd-1;\"biri\n", ["2:d-1|biri\n|", "2! a double quote is not closed"]),
        ("device;zone\nd-1;biri;x\n", ["2:d-1|biri|", "2! cell without a column"]),
        ("device;zone\na;b\na;b\na;b\na;b\n", ["2:a|b|", "3:a|b|", "4:a|b|", "5! more than 3 rows"]),
        ("device;colour\n", ["1! unknown column", "1! column missing"]),
        ("enhet;device;zone\n", ["1! column named twice"]), ("", ["1! the file is empty"]),
    ]

    @Test("a table is read, and what is wrong is told with its line", arguments: tables)
    func table(text: String, rows: [String]) {
        #expect(cells(text) == rows)
    }

    @Test("a column is called what the file's own header calls it, also where another one is unknown")
    func headings() throws {
        var problems: [FileProblem] = []
        let table = CSVTable("Enhet;zone\nd-1;biri\n", Self.shape, problems: &problems)
        let row = try #require(table.rows.first)
        #expect(["device", "zone", "note"].map { row.heading($0) } == ["Enhet", "zone", "note"] && problems.isEmpty)
        let other = CSVTable("Enhet;farge;sone\n", Self.shape, problems: &problems)
        #expect(other.headings.isEmpty && problems.map(\.wayOut) == ["the columns are Enhet;sone;note"])
    }

    @Test("text comes as UTF-8 or Windows-1252; UTF-16 is none of it")
    func encodings() throws {
        let text = "Snertingdal – på øya"
        #expect(CSVTable.text(of: Data(text.utf8)) == text)
        #expect(CSVTable.text(of: try #require(text.data(using: .windowsCP1252))) == text)
        #expect(CSVTable.text(of: try #require(text.data(using: .utf16))) == nil)
        #expect(CSVTable.text(of: try #require(text.data(using: .utf16LittleEndian))) == nil)
    }
}

extension String.StringInterpolation {
    fileprivate mutating func appendInterpolation(_ value: String?) { appendLiteral(value ?? "") }
}
