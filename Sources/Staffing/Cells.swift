import Workload

/// How days, clock times, dates and numbers are written in the files of staffing, the same in tables and in YAML.
enum Cells {
    static let daysWayOut = "days such as man-fre, lør-søn, man,ons,fre, alle or helligdag"
    static let dateWayOut = "a date such as 2026-10-05 or 05.10.2026"

    private static let dayNames = ["man", "tir", "ons", "tor", "fre", "lør", "søn"]

    /// `man-fre`, `fre-man` (over the weekend), lists with commas, `alle`, `helligdag`.
    static func days(_ cell: String) -> RosterDays? {
        let text = cell.lowercased()
        if text == "helligdag" { return .holidays }
        if text == "alle" { return .weekdays(Set(1...7)) }
        var result: Set<Int> = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { end in
                dayNames.firstIndex(of: String(end.filter { $0 != " " }))
            }
            guard (1...2).contains(ends.count), let first = ends.first ?? nil, let last = ends.last ?? nil else { return nil }
            let length = (last - first + 7) % 7
            for step in 0...length { result.insert((first + step) % 7 + 1) }
        }
        return .weekdays(result)
    }

    /// Minutes of `7:30`, `07:30` or, as Excel sometimes writes, `07:30:00`.
    static func minutes(_ cell: String, max: Int) -> Int? {
        let parts = cell.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), (1...2).contains(parts[0].count), parts[1].count == 2,
            parts.count == 2 || parts[2] == "00", cell.utf8.allSatisfy({ (48...58).contains($0) }),
            let hours = Int(parts[0]), let minutes = Int(parts[1]), minutes < 60
        else { return nil }
        let total = hours * 60 + minutes
        return total <= max ? total : nil
    }

    /// A number of at least 0, with decimal comma or point.
    static func number(_ cell: String, max: Double) -> Double? {
        let digits = cell.utf8.allSatisfy { (48...57).contains($0) || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ".") }
        guard digits, let value = Double(cell.replacing(",", with: ".")), value <= max else { return nil }
        return value
    }

    static func whole(_ cell: String, in range: ClosedRange<Int>) -> Int? {
        guard cell.utf8.allSatisfy({ (48...57).contains($0) }), let value = Int(cell), range.contains(value) else { return nil }
        return value
    }

    /// `2026-10-05` or `05.10.2026`, in the years 1900–2200.
    static func date(_ cell: String) -> LocalTime.Day? {
        let isNorwegian = cell.contains(".")
        let parts = cell.split(separator: isNorwegian ? "." : "-", omittingEmptySubsequences: false).map { whole(String($0), in: 1...2200) }
        guard parts.count == 3, let first = parts[0], let month = parts[1], let last = parts[2] else { return nil }
        let (year, day) = isNorwegian ? (last, first) : (first, last)
        guard (1900...2200).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
        let date = LocalTime.Day(year: year, month: month, day: day)
        return LocalTime.Day(number: date.number) == date ? date : nil
    }

    /// Weeks of a rotation: `1`, `1,3`, `1-3` and lists of these, each from 1 to `count`.
    static func weeks(_ cell: String, count: Int) -> Set<Int>? {
        var result: Set<Int> = []
        for part in cell.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { whole($0.filter { $0 != " " }, in: 1...count) }
            guard (1...2).contains(ends.count), let first = ends.first ?? nil, let last = ends.last ?? nil, first <= last else { return nil }
            result.formUnion(first...last)
        }
        return result
    }

    /// Zones that the same people serve: `biri`, `haugtun+biri`, `haugtun,biri`; each once.
    static func zones(_ cell: String, among known: Set<String>?) -> [String]? {
        let parts = cell.split(omittingEmptySubsequences: false) { $0 == "+" || $0 == "," }.map { $0.filter { $0 != " " } }
        let isKnown = parts.allSatisfy { !$0.isEmpty && known?.contains($0) != false }
        return isKnown && Set(parts).count == parts.count ? parts : nil
    }
}
