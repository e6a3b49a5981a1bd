/// A table as Norwegian Excel writes CSV: `;` between cells, optional byte order mark, CRLF or LF, cells in
/// double quotes where needed. The first row names the columns; rows that are empty or begin with `#` are skipped.
package struct SemicolonTable: Sendable {
    /// One row with the number of its line in the file, counted from 1.
    package struct Row: Sendable {
        package var line: Int
        fileprivate var cells: [String]
        fileprivate var places: [String: Int]

        /// The cell under a column, without white space around it; nil where the row is too short.
        package subscript(column: String) -> String? {
            guard let place = places[column], place < cells.count else { return nil }
            return cells[place]
        }
    }

    package var rows: [Row] = []

    /// The largest number of rows read; more is an error, so that a wrong file cannot fill the memory.
    package static let rowCountMax = 20_000

    /// Reads a table. Every row is at hand even when the problems are not empty.
    package init(_ text: String, columns: [String], optional: [String] = [], problems: inout [TableProblem]) {
        var places: [String: Int]?
        for (line, cells) in SemicolonTable.split(text) {
            if cells.allSatisfy(\.isEmpty) || cells.first?.hasPrefix("#") == true { continue }
            guard let header = places else {
                places = SemicolonTable.header(cells, line: line, columns, optional, &problems)
                if places == nil { return }
                continue
            }
            guard rows.count < SemicolonTable.rowCountMax else {
                problems.append(
                    .init(line: line, problem: "more than 20,000 rows", wayOut: "split or shorten the file")
                )
                return
            }
            if let extra = cells.dropFirst(header.count).first(where: { !$0.isEmpty }) {
                let wayOut = "a row has \(header.count) cells, as the header; put a cell with ; in double quotes"
                problems.append(.init(line: line, value: extra, problem: "cell without a column", wayOut: wayOut))
            }
            rows.append(Row(line: line, cells: cells, places: header))
        }
        if places == nil {
            let wayOut = "the first row names the columns: \(columns.joined(separator: ";"))"
            problems.append(.init(line: 1, problem: "the file is empty", wayOut: wayOut))
        }
    }

    private static func header(
        _ cells: [String],
        line: Int,
        _ columns: [String],
        _ optional: [String],
        _ problems: inout [TableProblem]
    ) -> [String: Int]? {
        let allowed = columns + optional
        let countBefore = problems.count
        let wayOut = "the columns are \(allowed.joined(separator: ";"))"
        var places: [String: Int] = [:]
        for (place, cell) in cells.enumerated() {
            let name = cell.lowercased()
            if !allowed.contains(name) {
                problems.append(.init(line: line, value: cell, problem: "unknown column", wayOut: wayOut))
            } else if places.updateValue(place, forKey: name) != nil {
                problems.append(.init(line: line, value: cell, problem: "column named twice", wayOut: wayOut))
            }
        }
        for column in columns where places[column] == nil {
            problems.append(.init(line: line, column: column, problem: "column missing", wayOut: wayOut))
        }
        return problems.count == countBefore ? places : nil
    }

    /// Cells by line; works on bytes, since Swift counts CR LF as one character.
    private static func split(_ text: String) -> [(line: Int, cells: [String])] {
        var result: [(line: Int, cells: [String])] = []
        var cells: [String] = []
        var cell: [UInt8] = []
        var quoted = false
        var line = 1
        var startLine = 1
        var previousWasQuote = false

        func endCell() {
            cells.append(trimmed(cell))
            cell.removeAll(keepingCapacity: true)
        }

        func endRow() {
            endCell()
            result.append((startLine, cells))
            cells.removeAll()
        }

        for byte in text.utf8.drop(bomOf: text) {
            switch byte {
            case UInt8(ascii: "\""):
                if !quoted, previousWasQuote, !cell.isEmpty { cell.append(byte) }
                quoted.toggle()
                previousWasQuote = true
                continue
            case UInt8(ascii: ";") where !quoted:
                endCell()
            case UInt8(ascii: "\n"):
                line += 1
                if quoted {
                    cell.append(byte)
                } else {
                    endRow()
                    startLine = line
                }
            case UInt8(ascii: "\r") where !quoted:
                break
            default:
                cell.append(byte)
            }
            previousWasQuote = false
        }
        if !cell.isEmpty || !cells.isEmpty { endRow() }
        return result
    }

    private static func trimmed(_ cell: [UInt8]) -> String {
        let white: Set<UInt8> = [0x20, 0x09]
        let kept = cell.drop { white.contains($0) }
        let end = kept.lastIndex { !white.contains($0) }
        return String(decoding: end.map { kept[...$0] } ?? [], as: UTF8.self)
    }
}

extension String.UTF8View {
    fileprivate func drop(bomOf text: String) -> Substring.UTF8View {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        return starts(with: mark) ? dropFirst(3) : self[...]
    }
}

/// One thing wrong in a table, with what would mend it.
package struct TableProblem: Equatable, Sendable {
    package var line: Int
    package var column: String?
    package var value: String?
    package var problem: String
    package var wayOut: String

    package init(line: Int, column: String? = nil, value: String? = nil, problem: String, wayOut: String) {
        self.line = line
        self.column = column
        self.value = value
        self.problem = problem
        self.wayOut = wayOut
    }
}

/// Everything wrong in one file, so that it can be mended in one go.
package struct TableError: Error, CustomStringConvertible {
    package var file: String
    package var problems: [TableProblem]

    package init(file: String, problems: [TableProblem]) {
        self.file = file
        self.problems = problems
    }

    /// One line a problem: `file:line: column: "value": what is wrong (the way out)`.
    package var description: String {
        problems.map { problem in
            let column = problem.column.map { "column \($0): " } ?? ""
            let value = problem.value.map { "\"\($0)\": " } ?? ""
            return "\(file):\(problem.line): \(column)\(value)\(problem.problem) (\(problem.wayOut))"
        }
        .joined(separator: "\n")
    }
}
