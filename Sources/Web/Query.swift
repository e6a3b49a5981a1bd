import Foundation
import Hummingbird
import Telemetry
import Workload

/// The parameters of a request, read by the rules of CONTRACT 8.
package struct Query: Sendable {
    private let values: [String: String]

    init(_ request: Request) { self.init(request.uri.query ?? "") }

    /// Reads what follows the question mark.
    package init(_ text: String) {
        var values: [String: String] = [:]
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            // A plus is left as it is: it belongs to an offset more often than it means a space.
            guard let name = String(parts[0]).removingPercentEncoding else { continue }
            values[name] = parts.count == 2 ? String(parts[1]).removingPercentEncoding : ""
        }
        self.values = values
    }

    subscript(name: String) -> String? { values[name].flatMap { $0.isEmpty ? nil : $0 } }

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

    private func instant(_ name: String) throws(Problem) -> EventTime {
        guard let text = self[name] else {
            throw .badParameter(name, "is missing; give an instant with offset or a date, e.g. \(name)=2026-10-05")
        }
        guard let instant = Query.instant(text) else {
            throw .badParameter(name, "is no instant with offset (2026-10-05T06:00:00Z) and no date (2026-10-05)")
        }
        guard instant % TimeRule.quarterMilliseconds == 0 else {
            throw .badParameter(name, "does not lie on a quarter of an hour")
        }
        return instant
    }

    /// An instant with offset, or a local date's midnight.
    static func instant(_ text: String) -> EventTime? {
        // In an address a plus may have become a space on its way.
        let text = text.replacing(" ", with: "+")
        if let instant = text.withText(Timestamp.parse) { return instant }
        guard text.utf8.count == 10, let midnight = "\(text)T00:00:00Z".withText(Timestamp.parse) else { return nil }
        return LocalTime.oslo.instant(.init(number: Int(TimeRule.floorDivide(midnight, TimeRule.dayMilliseconds))))
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
        guard let position = Int64(text), position >= 0 else { throw .badParameter(name, "is a position: a whole number") }
        return position
    }
}
