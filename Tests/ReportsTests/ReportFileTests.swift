import Foundation
import Testing
import Workload

import Reports

/// The same report value in its files.
@Suite("A report's files")
struct ReportFileTests {
    static func report(isExternal: Bool = false) throws -> Report {
        let fixture = ReportFixture(seed: 3407, period: try ReportPeriod("2026-10"))
        var input = try fixture.input()
        input.isExternal = isExternal
        return Report(input)
    }

    @Test("the page shows every share and every shift's hours of the tables")
    func page() throws {
        let report = try Self.report()
        let page = report.html()
        let tables = report.tables()
        #expect(
            tables.map(\.id) == ["om", "nokkeltall", "tider", "belastning", "bemanning", "uka", "livstegn", "maal", "datakvalitet", "kilder", "definisjoner"]
        )
        let shares = try #require(tables.first { $0.id == "nokkeltall" })
        #expect(shares.rows.count == 6 * 7)
        for row in shares.rows where row[0] != .text("Utilsiktet") {
            guard case .number(let share) = row[2], case .number(let low) = row[3], case .number(let high) = row[4] else { continue }
            #expect(page.contains(Norwegian.percent(share)), "\(row)")
            let isShownWithInterval = [.text("Besvart innen 60 sekunder"), .text("Framme innen 45 minutter"), .text("Løst på sentralen")].contains(row[0])
            #expect(!isShownWithInterval || page.contains(Norwegian.percentRange(low, high)), "\(row)")
        }
        let shifts = try #require(tables.first { $0.id == "bemanning" })
        #expect(shifts.rows.count == 6 * 3)
        for row in shifts.rows {
            guard case .number(let hours) = row[3] else { throw Failure("no hours in \(row)") }
            #expect(page.contains(">\(Norwegian.hours(hours))<"))
        }
    }

    @Test("CSV for Excel and for programs hold the tables' numbers, JSON too", arguments: ReportTable.Dialect.allCases)
    func csv(dialect: ReportTable.Dialect) throws {
        let report = try Self.report()
        let json = try #require(try JSONSerialization.jsonObject(with: Data(report.json())) as? [String: Any])
        #expect(json["position"] as? Int64 == report.provenance.position && json["period"] as? String == "2026-10")
        let described = try #require(json["tables"] as? [[String: Any]])
        #expect(described.count == report.tables().count)
        for (table, jsonTable) in zip(report.tables(), described) {
            let text = try #require(report.csv(dialect, table: table.id))
            #expect(text.hasPrefix("\u{FEFF}") == (dialect == .excel))
            let rows = Self.rows(text.trimmingPrefix("\u{FEFF}"), separator: dialect == .excel ? ";" : ",").dropFirst()
            let jsonRows = try #require(jsonTable["rows"] as? [[Any]])
            try #require(rows.count == table.rows.count && jsonRows.count == table.rows.count, "\(table.id)")
            for (cells, (row, jsonRow)) in zip(table.rows, zip(rows, jsonRows)) {
                try #require(row.count == cells.count && jsonRow.count == cells.count)
                for (place, cell) in cells.enumerated() {
                    switch cell {
                    case .number(let number):
                        let read = try #require(Double(row[place].replacing(",", with: ".")), "\(row)")
                        let expected = dialect == .excel && table.columns[place].unit == .share ? number * 100 : number
                        #expect(abs(read - expected) <= 5e-7, "\(table.id) \(row)")
                        // JSONSerialization on Linux reads the last digit of some numbers wrong.
                        #expect(abs((jsonRow[place] as? Double ?? .nan) - number) <= abs(number) * 1e-14)
                    case .none: #expect(row[place] == "" && jsonRow[place] is NSNull)
                    case .withheld: #expect(row[place] == "skjult" && jsonRow[place] as? String == "withheld")
                    case .text(let text): #expect(jsonRow[place] as? String == Norwegian.plain(text) && !row[place].contains("\u{2060}"))
                    case .day: #expect(jsonRow[place] as? String == row[place])
                    }
                }
            }
        }
        #expect(report.csv(dialect, table: "finnes-ikke") == nil)
    }

    /// The workbook as Python's zipfile and XML reader see it: sheets' names and their numbers in order.
    @Test("the workbook has a sheet a table with the tables' numbers as numbers, frozen headings and Excel's own charts")
    func workbook() throws {
        let report = try Self.report()
        let path = NSTemporaryDirectory() + "vaktlast-\(UUID().uuidString).xlsx"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try report.writeWorkbook(to: path)
        let read = try Self.python(
            """
            import json, re, sys, zipfile
            import xml.etree.ElementTree as tree
            book = zipfile.ZipFile(sys.argv[1])
            m = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
            names = [s.get("name") for s in tree.fromstring(book.read("xl/workbook.xml")).iter(m + "sheet")]
            sheets = []
            for place, name in enumerate(names):
                sheet = tree.fromstring(book.read(f"xl/worksheets/sheet{place + 1}.xml"))
                cells = [c for c in sheet.iter(m + "c")]
                numbers = [float(c.find(m + "v").text) for c in cells if c.get("t") is None and c.find(m + "v") is not None]
                sheets.append({"name": name, "numbers": numbers, "frozen": any(p.get("state") == "frozen" for p in sheet.iter(m + "pane"))})
            charts = sum(bool(re.match("xl/charts/chart", n)) for n in book.namelist())
            print(json.dumps({"sheets": sheets, "charts": charts}))
            """,
            path
        )
        let sheets = try #require(read["sheets"] as? [[String: Any]])
        let tables = report.tables()
        #expect(sheets.map { $0["name"] as? String } == tables.map(\.title))
        #expect(read["charts"] as? Int == tables.reduce(0) { $0 + $1.charts.count })
        for (sheet, table) in zip(sheets, tables) {
            #expect(sheet["frozen"] as? Bool == true)
            let numbers = try #require(sheet["numbers"] as? [Double])
            let expected = table.rows.flatMap { row in
                row.compactMap { cell -> Double? in
                    switch cell {
                    case .number(let number): number
                    // Excel counts days from 30 December 1899.
                    case .day(let day): Double(day.number - LocalTime.Day(year: 1899, month: 12, day: 30).number)
                    case .text, .withheld, .none: nil
                    }
                }
            }
            try #require(numbers.count == expected.count, "\(table.id)")
            #expect(zip(numbers, expected).allSatisfy { abs($0 - $1) <= abs($1) * 1e-12 }, "\(table.id)")
        }
    }

    @Test("a workbook that cannot be written is an error that names it")
    func unwritable() throws {
        let report = try Self.report()
        #expect(throws: Report.WorkbookError.self) { try report.writeWorkbook(to: "/proc/no/such/folder/a.xlsx") }
    }

    @Test("the page for paper has no variables left, nothing that is not seen, rows that stay whole, and in every picture the rules for what is in it")
    func paper() throws {
        let page = try Self.report().paper()
        #expect(!page.contains("var(--"))
        #expect(!page.contains("\u{2060}") && !page.contains("\u{200B}"), "found and copied text holds what is seen")
        #expect(page.contains("tr,td,th,caption,figure,") && page.ranges(of: "font-weight:").allSatisfy { page[$0.upperBound...].prefix(3).hasSuffix("00") })
        let pictures = page.matches(of: #/<svg[^>]*>.*?<\/svg>/#.dotMatchesNewlines()).map(\.output)
        for (word, rule) in [("class=\"grid\"", ".grid{stroke:#"), ("class=\"point\"", ".point{fill:#"), ("class=\"meter\"", ".meter rect{fill:#")] {
            let having = pictures.filter { $0.contains(word) }
            #expect(!having.isEmpty && having.allSatisfy { $0.contains("<style>") && $0.contains(rule) }, "\(word)")
        }
        #expect(pictures.filter { !$0.contains("class=") }.allSatisfy { !$0.contains("<style>") })
        #expect(page.contains(".heat .h5,.swatch.h5{background:#0c4560"))
    }

    @Test("text that Excel would take for a formula stays text")
    func formula() throws {
        let fixture = ReportFixture(seed: 3407, period: try ReportPeriod("2026-10"))
        var input = try fixture.input()
        input.zones[0].name = "=1+1;\"x\""
        let text = try #require(Report(input).csv(table: "bemanning"))
        #expect(text.contains("\"'=1+1;\"\"x\"\"\";dag"))
    }

    private struct Failure: Error {
        var text: String
        init(_ text: String) { self.text = text }
    }

    /// A slow, obvious reader of CSV.
    private static func rows(_ text: some StringProtocol, separator: Character) -> [[String]] {
        var rows: [[String]] = []
        var row = [""]
        var isQuoted = false
        for character in text {
            switch character {
            case "\"":
                // A quote that opens again where one just closed stands for itself.
                if !isQuoted, row[row.count - 1].hasSuffix("\u{0}") {
                    row[row.count - 1].removeLast()
                    row[row.count - 1] += "\""
                } else if isQuoted {
                    row[row.count - 1] += "\u{0}"
                }
                isQuoted.toggle()
            case separator where !isQuoted: row.append("")
            case "\r\n" where !isQuoted:
                rows.append(row.map { $0.replacing("\u{0}", with: "") })
                row = [""]
            default: row[row.count - 1].append(character)
            }
        }
        return rows
    }

    private static func python(_ program: String, _ argument: String) throws -> [String: Any] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = ["-c", program, argument]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0, let read = try JSONSerialization.jsonObject(with: data) as? [String: Any] else {
            throw Failure("python3 could not read the workbook")
        }
        return read
    }
}
