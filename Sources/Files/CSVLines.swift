/// The cells of a text by line; works on bytes, since Swift counts CR LF as one character.
struct CSVLines {
    private(set) var rows: [(line: Int, cells: [String])] = []
    /// The line of a double quote that is never closed.
    private(set) var openQuoteLine: Int?

    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let quote = UInt8(ascii: "\"")

    /// `separators`: the first of them that the first row that is no comment holds, else the first.
    init(_ text: String, separators: [Character]) {
        var text = text
        text.withUTF8 { bytes in
            let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
            let start = bytes.starts(with: mark) ? 3 : 0
            let content = UnsafeBufferPointer(rebasing: bytes[start...])
            read(content, separator: CSVLines.separator(of: content, among: separators.compactMap(\.asciiValue)))
        }
    }

    private static func separator(of bytes: UnsafeBufferPointer<UInt8>, among separators: [UInt8]) -> UInt8 {
        for line in bytes.split(whereSeparator: { $0 == lineFeed || $0 == carriageReturn }) {
            guard let first = line.first(where: { !isWhite($0) }), first != UInt8(ascii: "#") else { continue }
            return separators.first(where: line.contains) ?? separators.first ?? UInt8(ascii: ";")
        }
        return separators.first ?? UInt8(ascii: ";")
    }

    private mutating func read(_ bytes: UnsafeBufferPointer<UInt8>, separator: UInt8) {
        var cells: [String] = []
        var cell: [UInt8] = []
        var isQuoted = false
        var previousWasQuote = false
        var (line, startLine, quoteLine) = (1, 1, 1)
        for (index, byte) in bytes.enumerated() {
            if byte == CSVLines.quote {
                if !isQuoted, previousWasQuote, !cell.isEmpty { cell.append(byte) }
                isQuoted.toggle()
                previousWasQuote = true
                quoteLine = line
                continue
            }
            previousWasQuote = false
            let endsLine =
                byte == CSVLines.lineFeed
                || byte == CSVLines.carriageReturn && (index + 1 == bytes.count || bytes[index + 1] != CSVLines.lineFeed)
            if endsLine { line += 1 }
            if isQuoted {
                cell.append(byte)
            } else if byte == separator {
                cells.append(CSVLines.trimmed(cell))
                cell.removeAll(keepingCapacity: true)
            } else if endsLine {
                cells.append(CSVLines.trimmed(cell))
                cell.removeAll(keepingCapacity: true)
                rows.append((startLine, cells))
                cells.removeAll()
                startLine = line
            } else if byte != CSVLines.carriageReturn {
                cell.append(byte)
            }
        }
        if isQuoted { openQuoteLine = quoteLine }
        if !cell.isEmpty || !cells.isEmpty { rows.append((startLine, cells + [CSVLines.trimmed(cell)])) }
    }

    private static func isWhite(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    private static func trimmed(_ cell: [UInt8]) -> String {
        guard let first = cell.firstIndex(where: { !isWhite($0) }), let last = cell.lastIndex(where: { !isWhite($0) }) else { return "" }
        return String(decoding: cell[first...last], as: UTF8.self)
    }
}
