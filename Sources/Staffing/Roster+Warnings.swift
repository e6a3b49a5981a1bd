extension Roster {
    /// Lines of `roster.csv`, or of another table, that say the very same as one before them, which is named first of the pair. Both count: nothing forbids
    /// it, but it is most often a slip of copying.
    package static func repeatedLines(csv text: String) -> [(first: Int, line: Int)] {
        var firstLines: [Substring: Int] = [:]
        var repeated: [(first: Int, line: Int)] = []
        for (place, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            guard !line.allSatisfy({ $0 == ";" || $0 == "," || $0.isWhitespace }), line.first != "#" else { continue }
            if let first = firstLines[line] { repeated.append((first, place + 1)) } else { firstLines[line] = place + 1 }
        }
        return repeated
    }
}
