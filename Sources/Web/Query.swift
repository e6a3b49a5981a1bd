import Foundation
import Hummingbird
import Reports
import Telemetry
import Workload

/// The parameters of a request, read by the rules of CONTRACT 8.
///
/// The API takes them strictly (`check`): each known, once, and with a value. Pages take them as browsers send
/// forms, where an empty field means none.
package struct Query: Sendable {
    /// The longest query that is read.
    static let bytesMax = 8192
    /// The years in which an instant may lie, as instants: what four digits can say.
    private static let writableInstants: Range<EventTime> = -62_167_219_200_000..<253_402_300_800_000

    private var values: [String: String] = [:]
    private var repeated: Set<String> = []
    private var isMalformed = false

    /// Whether nothing at all is asked.
    var isEmpty: Bool { values.isEmpty && !isMalformed }

    init(_ request: Request) { self.init(request.uri.query ?? "") }

    /// Reads what follows the question mark.
    package init(_ text: String) {
        guard text.utf8.count <= Query.bytesMax else {
            isMalformed = true
            return
        }
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            // A plus is left as it is: it belongs to an offset more often than it means a space.
            guard let name = String(parts[0]).removingPercentEncoding,
                let value = parts.count == 2 ? String(parts[1]).removingPercentEncoding : ""
            else {
                isMalformed = true
                continue
            }
            if values.updateValue(value, forKey: name) != nil { repeated.insert(name) }
        }
    }

    /// Refuses what is no query: a page of what could be read of it would answer another question than was asked.
    func requireReadable() throws(Problem) {
        guard !isMalformed else {
            throw Problem(
                status: .badRequest,
                detail: "The query cannot be read: write name=value pairs, percent-encoded UTF-8, at most \(Query.bytesMax) bytes."
            )
        }
    }

    /// Refuses what is no query, parameters given twice or empty, and those that no path knows: a misspelt `zone`
    /// would otherwise show the whole municipality. One that only other paths know is left unread.
    func check(names: [String]) throws(Problem) {
        try requireReadable()
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
            guard names.contains(name) || Route.Parameter(rawValue: name) != nil else {
                let known = names.isEmpty ? "none" : names.joined(separator: ", ")
                throw .badParameter("«\(name.shown)»", "is unknown here; known: \(known)")
            }
            guard !repeated.contains(name) else { throw .badParameter(name, "is given twice; give it once") }
            guard !value.isEmpty else { throw .badParameter(name, "is empty; give a value or leave it out") }
        }
    }

    /// A parameter's value; nil where it is absent or empty.
    subscript(name: String) -> String? { values[name].flatMap { $0.isEmpty ? nil : $0 } }

    /// What follows a beginning in the names of all fields with a value: which of many ticks were set.
    func ticks(_ beginning: String) -> [String] {
        values.filter { $0.key.hasPrefix(beginning) && !$0.value.isEmpty }.map { String($0.key.dropFirst(beginning.count)) }.sorted()
    }

    func municipality() throws(Problem) -> String {
        guard let text = self["municipality"] else {
            throw .badParameter("municipality", "is missing; give the municipality number, e.g. municipality=3407")
        }
        guard Topic.isMunicipality(text) else { throw .badParameter("municipality", "is four digits, e.g. 3407") }
        return text
    }

    func zone() throws(Problem) -> String? {
        guard let text = self["zone"] else { return nil }
        guard Topic.isSource(text) else { throw .badParameter("zone", "is a zone id: 1–32 of a–z, 0–9 and -") }
        return text
    }

    /// `[from, to)`, both on a quarter.
    func period() throws(Problem) -> Range<EventTime> {
        let from = try instant("from")
        let to = try instant("to")
        guard from <= to else { throw .badParameter("to", "lies before from") }
        return from..<to
    }

    /// The period of indicators: from and to as one of the kinds a report is made of. Without one of them the 28 days after or
    /// before the other; without both the 28 days that ended with yesterday.
    func reportPeriod(of caller: Access.Caller, now: EventTime) throws(Problem) -> ReportPeriod {
        var period = try reportPeriod(now: now)
        if self["from"] == nil, self["to"] == nil { period = caller.period(period, now: now) }
        try caller.require(period, now: now)
        return period
    }

    private func reportPeriod(now: EventTime) throws(Problem) -> ReportPeriod {
        let first = try day("from")
        let last = try day("to")?.advanced(by: -1)
        guard let first else { return ReportPeriod(.fourWeeks, containing: last ?? LocalTime.oslo.day(at: now).advanced(by: -1)) }
        guard let last else { return ReportPeriod(.fourWeeks, containing: first.advanced(by: 27)) }
        for kind in ReportPeriod.Kind.allCases {
            let period = ReportPeriod(kind, containing: last)
            if period.firstDay == first, period.days.last == last { return period }
        }
        throw .badParameter("to", "makes with from no day, ISO week, month, quarter, year or 28 days; of other periods no trend could be told")
    }

    /// The local day that begins at an instant.
    private func day(_ name: String) throws(Problem) -> LocalTime.Day? {
        guard self[name] != nil else { return nil }
        let instant = try instant(name)
        let day = LocalTime.oslo.day(at: instant)
        guard LocalTime.oslo.instant(day) == instant, ReportPeriod.years.contains(day.year) else {
            throw .badParameter(name, "is no local midnight of the years 2000 to 2199; give a date, e.g. \(name)=2026-10-05")
        }
        return day
    }

    private func instant(_ name: String) throws(Problem) -> EventTime {
        guard let text = self[name] else {
            throw .badParameter(name, "is missing; give an instant with offset or a date, e.g. \(name)=2026-10-05")
        }
        if let midnight = Query.midnight(text) { return try Query.writable(midnight, name) }
        guard let instant = Query.instant(text) else {
            throw .badParameter(name, "is no instant with offset (2026-10-05T06:00:00Z) and no date (2026-10-05)")
        }
        guard instant % TimeRule.quarterMilliseconds == 0, !Query.hasFraction(text) else {
            throw .badParameter(name, "does not lie on a quarter of an hour; give e.g. 06:00, 06:15, 06:30 or 06:45")
        }
        return try Query.writable(instant, name)
    }

    private static func writable(_ instant: EventTime, _ name: String) throws(Problem) -> EventTime {
        guard writableInstants.contains(instant) else { throw .badParameter(name, "lies outside the years 0001 to 9999") }
        return instant
    }

    /// An instant with offset, or a local date's midnight; nil for anything else.
    package static func instant(_ text: String) -> Int64? {
        // In an address a plus may have become a space on its way.
        text.replacing(" ", with: "+").withText(Timestamp.parse) ?? midnight(text)
    }

    /// A date's local midnight, which need not lie on a quarter: before 1895 Norway kept the sun's time.
    private static func midnight(_ text: String) -> EventTime? {
        guard text.utf8.count == 10, let midnight = "\(text)T00:00:00Z".withText(Timestamp.parse) else { return nil }
        return LocalTime.oslo.instant(.init(number: Int(TimeRule.floorDivide(midnight, TimeRule.dayMilliseconds))))
    }

    /// Whether the seconds have a fraction other than 0, however small.
    private static func hasFraction(_ text: String) -> Bool {
        guard let point = text.utf8.firstIndex(of: UInt8(ascii: ".")) else { return false }
        return text.utf8[text.utf8.index(after: point)...].prefix(while: Query.isDigit)
            .contains { $0 != UInt8(ascii: "0") }
    }

    func word<Word: RawRepresentable<String> & CaseIterable>(_ name: String, default value: Word) throws(Problem) -> Word {
        guard let text = self[name] else { return value }
        guard let word = Word(rawValue: text) else {
            let known = Word.allCases.map(\.rawValue).joined(separator: ", ")
            throw .badParameter(name, "is one of \(known)")
        }
        return word
    }

    func position(_ name: String) throws(Problem) -> Int64? {
        guard let text = self[name] else { return nil }
        guard let position = Query.number(text) else {
            throw .badParameter(name, "is a position: a whole number from 0 to \(Int64.max)")
        }
        return position
    }

    /// Decimal digits and nothing else; nil also beyond 64 bits.
    static func number(_ text: some StringProtocol) -> Int64? {
        text.utf8.allSatisfy(Query.isDigit) ? Int64(text) : nil
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
