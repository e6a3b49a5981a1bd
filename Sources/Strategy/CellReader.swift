import Files
import Workload

/// Reads the cells of one row of a table and collects what is wrong with them.
struct CellReader {
    let row: CSVTable.Row
    private(set) var problems: [FileProblem] = []

    init(row: CSVTable.Row) { self.row = row }

    mutating func fail(_ column: String, _ problem: String, _ wayOut: String) {
        problems.append(.init(line: row.line, column: row.heading(column), value: row[column], problem: problem, wayOut: wayOut))
    }

    mutating func text(_ column: String, _ wayOut: String) -> String? {
        guard let cell = row[column], !cell.isEmpty else {
            problems.append(.init(line: row.line, column: row.heading(column), problem: "empty cell", wayOut: wayOut))
            return nil
        }
        return cell
    }

    /// A number with a decimal comma or point and, between thousands, spaces.
    mutating func number(_ column: String, in range: ClosedRange<Double>) -> Double? {
        let wayOut = "a number from \(Int(range.lowerBound)) to \(Int(range.upperBound)), such as 12 or 12,5"
        guard let cell = text(column, wayOut) else { return nil }
        if let number = CellReader.number(cell), range.contains(number) { return number }
        fail(column, "not an allowed number", wayOut)
        return nil
    }

    /// A whole number.
    mutating func count(_ column: String, in range: ClosedRange<Int>) -> Int? {
        let wayOut = "a whole number from \(range.lowerBound) to \(range.upperBound)"
        guard let cell = text(column, wayOut) else { return nil }
        // What is too large for a whole number is no whole number: `Int(_:)` of it would end the program.
        if let number = CellReader.number(cell).flatMap({ Int(exactly: $0) }), range.contains(number) { return number }
        fail(column, "not an allowed whole number", wayOut)
        return nil
    }

    /// Percent with at most three decimals, in thousandths of a percent: exact, so that sums are as people add them.
    mutating func thousandthsOfPercent(_ column: String) -> Int? {
        let wayOut = "percent from 0 to 100 with at most three decimals, such as 9,58"
        guard let cell = text(column, wayOut) else { return nil }
        let parts = cell.replacing("%", with: "").filter { !$0.isWhitespace }.replacing(",", with: ".")
            .split(separator: ".", omittingEmptySubsequences: false)
        if (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let whole = Int(parts[0]), whole <= 100, (parts.count == 1 ? 0 : parts[1].count) <= 3
        {
            let decimals = parts.count == 1 ? "" : String(parts[1])
            let thousandths = Int(decimals + String(repeating: "0", count: 3 - decimals.count)) ?? 0
            if whole * 1000 + thousandths <= 100_000 { return whole * 1000 + thousandths }
        }
        fail(column, "not percent", wayOut)
        return nil
    }

    mutating func word<Word: RawRepresentable & CaseIterable>(_ column: String, _: Word.Type) -> Word? where Word.RawValue == String {
        let wayOut = "one of \(Word.allCases.map(\.rawValue).joined(separator: ", "))"
        guard let cell = text(column, wayOut) else { return nil }
        if let word = Word(rawValue: cell.lowercased()) { return word }
        fail(column, "not an allowed value", wayOut)
        return nil
    }

    /// Years of age as `AgeGroup` reads them.
    mutating func age(_ column: String) -> AgeGroup? {
        let wayOut = "an age such as 67, 67 år, 80-89, 90+ or 105 år eller eldre, also with its code before it: 067 67 år"
        guard let cell = text(column, wayOut) else { return nil }
        if let age = AgeGroup(cell) { return age }
        if let (code, told) = AgeGroup.coded(cell), let age = AgeGroup(plain: told) {
            fail(column, "the code says \(code) and the text behind it says \(age)", "write one of them: \(code) or \(age)")
        } else {
            fail(column, "not an age", wayOut)
        }
        return nil
    }

    mutating func day(_ column: String) -> LocalTime.Day? {
        let wayOut = "a date such as 2027-12-31"
        guard let cell = text(column, wayOut) else { return nil }
        if let day = LocalTime.Day(iso: cell) { return day }
        fail(column, "not a date", wayOut)
        return nil
    }

    static func number(_ cell: String) -> Double? {
        let text = cell.filter { !$0.isWhitespace && $0 != "\u{A0}" }.replacing(",", with: ".")
        let isDecimal = text.utf8.allSatisfy { (48...57).contains($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
        return isDecimal ? Double(text) : nil
    }
}

extension LocalTime.Day {
    /// A date written as 2027-12-31 that the calendar has; years 1900–2200.
    init?(iso text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard text.utf8.count == 10, parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2],
            (1900...2200).contains(year), (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        let date = LocalTime.Day(year: year, month: month, day: day)
        guard LocalTime.Day(number: date.number) == date else { return nil }
        self = date
    }
}
