package import Foundation

/// A table as Norwegian Excel writes CSV (`;` between cells, optional byte order mark, CRLF, LF or CR, cells in double
/// quotes where needed) or, where the caller allows it, as RFC 4180 has it (`,`). The first row names the columns; rows
/// that are empty or begin with `#` are skipped.
package struct CSVTable: Sendable {
    /// One row with the number of its line in the file, counted from 1.
    package struct Row: Sendable {
        package var line: Int
        fileprivate var cells: [String]
        fileprivate var places: [String: Int]
        fileprivate var headings: [String: String]

        /// The cell under a column, without white space around it; nil where the row is too short.
        package subscript(column: String) -> String? {
            guard let place = places[column], place < cells.count else { return nil }
            return cells[place]
        }

        /// What the file's own header calls a column: `alder` for age.
        package func heading(_ column: String) -> String { headings[column] ?? column }

        /// All cells, also those without a column.
        package var allCells: [String] { cells }
    }

    /// What a table may look like.
    package struct Shape: Sendable {
        package var columns: [String]
        package var optional: [String] = []
        /// Other names of columns, in small letters, and what they stand for.
        package var aliases: [String: String] = [:]
        /// What may stand between cells; the header row shows which of them does.
        package var separators: [Character] = [";"]
        /// The largest number of rows read; more is an error, so that a wrong file cannot fill the memory.
        package var rowCountMax = 20_000

        package init(
            columns: [String],
            optional: [String] = [],
            aliases: [String: String] = [:],
            separators: [Character] = [";"],
            rowCountMax: Int = 20_000
        ) {
            self.columns = columns
            self.optional = optional
            self.aliases = aliases
            self.separators = separators
            self.rowCountMax = rowCountMax
        }
    }

    package private(set) var rows: [Row] = []
    /// Rows that begin with `#`, as they stand in the file.
    package private(set) var comments: [(line: Int, text: String)] = []
    /// The columns that the header names.
    package private(set) var columns: Set<String> = []
    /// What the file's own header calls its columns: `alder` for age.
    package private(set) var headings: [String: String] = [:]

    /// The text of a file in UTF-8, else Windows-1252; nil for UTF-16, which Excel writes as «Unicode text».
    package static func text(of bytes: Data) -> String? {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) || bytes.contains(0) { return nil }
        if let text = String(data: bytes, encoding: .utf8) { return text }
        return String(data: bytes, encoding: .windowsCP1252) ?? String(data: bytes, encoding: .isoLatin1)
    }

    /// Reads a table. Every row is at hand even when the problems are not empty. O(bytes).
    package init(_ text: String, _ shape: Shape, problems: inout [FileProblem]) {
        var places: [String: Int]?
        let lines = CSVLines(text, separators: shape.separators)
        for (line, cells) in lines.rows {
            if cells.allSatisfy(\.isEmpty) { continue }
            if cells.first?.hasPrefix("#") == true {
                comments.append((line, cells.joined(separator: ";")))
                continue
            }
            guard let header = places else {
                places = CSVTable.header(cells, line: line, shape, &problems)
                guard let places else { return }
                columns = Set(places.keys)
                headings = places.mapValues { cells[$0] }
                continue
            }
            guard rows.count < shape.rowCountMax else {
                problems.append(
                    .init(line: line, problem: "more than \(CSVTable.grouped(shape.rowCountMax)) rows", wayOut: "split or shorten the file")
                )
                return
            }
            if let extra = cells.dropFirst(header.count).first(where: { !$0.isEmpty }) {
                let wayOut = "a row has \(header.count) cells, as the header; put a cell with ; in double quotes"
                problems.append(.init(line: line, value: extra, problem: "cell without a column", wayOut: wayOut))
            }
            rows.append(Row(line: line, cells: cells, places: header, headings: headings))
        }
        if let line = lines.openQuoteLine {
            problems.append(.init(line: line, problem: "a double quote is not closed", wayOut: "close it, or write \"\" for a quote in a cell"))
        }
        if places == nil {
            let wayOut = "the first row names the columns: \(shape.columns.joined(separator: ";"))"
            problems.append(.init(line: 1, problem: "the file is empty", wayOut: wayOut))
        }
    }

    private static func header(
        _ cells: [String],
        line: Int,
        _ shape: Shape,
        _ problems: inout [FileProblem]
    ) -> [String: Int]? {
        let allowed = shape.columns + shape.optional
        let countBefore = problems.count
        // By the names that the file has for them.
        let own = Dictionary(cells.map { (shape.aliases[$0.lowercased()] ?? $0.lowercased(), $0) }) { first, _ in first }
        let wayOut = "the columns are \(allowed.map { own[$0] ?? $0 }.joined(separator: ";"))"
        var places: [String: Int] = [:]
        for (place, cell) in cells.enumerated() {
            // Excel leaves cells behind the last column empty.
            if cell.isEmpty, cells[place...].allSatisfy(\.isEmpty) { break }
            let written = cell.lowercased()
            let name = shape.aliases[written] ?? written
            if !allowed.contains(name) {
                problems.append(.init(line: line, value: cell, problem: "unknown column", wayOut: wayOut))
            } else if places.updateValue(place, forKey: name) != nil {
                problems.append(.init(line: line, value: cell, problem: "column named twice", wayOut: wayOut))
            }
        }
        for column in shape.columns where places[column] == nil {
            problems.append(.init(line: line, column: column, problem: "column missing", wayOut: wayOut))
        }
        return problems.count == countBefore ? places : nil
    }

    private static func grouped(_ number: Int) -> String {
        var digits = String(number)
        var place = digits.count - 3
        while place > 0 {
            digits.insert(",", at: digits.index(digits.startIndex, offsetBy: place))
            place -= 3
        }
        return digits
    }
}
