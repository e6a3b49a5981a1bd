/// Where the service says something else than the auditor.
package struct Disagreement: Equatable, Sendable, CustomStringConvertible {
    /// Which answer: `loads PT15M`, `kpis`, `receipts` …
    package var answer: String
    /// Whose figure: a cell, an alarm, a source.
    package var place: String
    package var figure: String
    package var expected: String
    package var got: String

    package var description: String { "\(answer) \(place): \(figure) expected \(expected), got \(got)" }
}

/// Holds the service's answers against the auditor's, figure by figure.
///
/// Pure but for `ask`, which asks the API: a path without `/api/v1/` and its query.
package struct Verification {
    package typealias Ask = (_ path: String, _ query: String) throws -> AuditValue

    /// What was compared of one answer.
    package struct Tally: Sendable {
        package var answer: String
        /// Cells, alarms, sources or rows.
        package var places = 0
        package var figures = 0
        package var wrong = 0
    }

    /// An answer without what it must have.
    package struct Unreadable: Error, CustomStringConvertible {
        package var description: String
    }

    private static let tolerance = 1e-12

    private let auditor: Auditor
    /// First figures depend on every message of the instance; they are compared where all of them are known.
    private let comparesFirstFigures: Bool
    private let ask: Ask
    package private(set) var tallies: [Tally] = []
    package private(set) var disagreements: [Disagreement] = []

    package init(auditor: Auditor, comparesFirstFigures: Bool, ask: @escaping Ask) {
        self.auditor = auditor
        self.comparesFirstFigures = comparesFirstFigures
        self.ask = ask
    }

    /// Asks and compares everything there is of every municipality.
    ///
    /// - Parameter position: up to which the views must have come.
    package mutating func compareAll(atLeast position: Int64, progress: (String) -> Void = { _ in }) throws {
        for municipality in auditor.municipalityNumbers {
            let place = "municipality=\(municipality)"
            let settled = "\(place)&atLeast=\(position)"
            progress("sources")
            try compareRows("sources", at: ["source"], auditor.sources(municipality: municipality), ask("sources", settled)["sources"])
            progress("quarantine")
            try compareRows(
                "quarantine",
                at: ["position", "index"],
                auditor.quarantine(municipality: municipality),
                pages("quarantine", "items", settled)
            )
            guard let counted = auditor.period(municipality: municipality) else { continue }
            // Intervals of 6 hours at the most reach beyond the last event; whole days, for P1D.
            let from = AuditClock.startOfOsloDay(counted.lowerBound)
            let to = AuditClock.startOfOsloDay(AuditClock.startOfOsloDay(counted.upperBound + 6 * 3_600_000) + 36 * 3_600_000)
            let period = "\(settled)&from=\(AuditClock.text(from))&to=\(AuditClock.text(to))"
            try compareLoads(municipality, from, to, period, progress)
            progress("alarms")
            try compareRows(
                "alarms",
                at: ["source", "alarm"],
                auditor.alarms(municipality: municipality, from: from, to: to),
                pages("alarms", "alarms", period)
            )
            progress("key figures")
            for zone in [nil] + (auditor.municipalities[municipality]?.zones ?? []).map(Optional.some) + ["ukjent"] {
                let query = period + (zone.map { "&zone=\($0)" } ?? "")
                let answer = try ask("kpis", query)
                count("kpis", places: 1)
                compare("kpis", zone ?? "all zones", auditor.kpis(municipality: municipality, from: from, to: to, zone: zone), answer)
            }
        }
    }

    private mutating func compareLoads(_ municipality: String, _ from: Int64, _ to: Int64, _ period: String, _ progress: (String) -> Void) throws {
        for step in [Auditor.Step.quarter, .hour, .day] {
            for first in comparesFirstFigures ? [false, true] : [false] {
                let name = "loads \(step.rawValue)\(first ? " as first published" : "")"
                progress(name)
                var expected = auditor.loads(municipality: municipality, from: from, to: to, step: step, publishedFirst: first)
                if !comparesFirstFigures { expected = expected.map { $0.without("revised") } }
                let answer = try ask("loads", "\(period)&step=\(step.rawValue)\(first ? "&published=first" : "")")
                try compareRows(name, at: ["start", "zone"], expected, answer["cells"])
            }
        }
    }

    /// Holds receipts against what they must say.
    package mutating func compareReceipts(_ pairs: [(expected: AuditValue, got: AuditValue)]) {
        count("receipts", places: pairs.count)
        for (expected, got) in pairs {
            compare("receipts", "position \(expected["position"]?.text ?? "")", expected, got)
        }
    }

    // MARK: Rows

    /// Rows that go on from page to page.
    private func pages(_ path: String, _ member: String, _ query: String) throws -> AuditValue {
        var rows: [AuditValue] = []
        var cursor: String?
        repeat {
            let answer = try ask(path, query + (cursor.map { "&cursor=\($0)" } ?? ""))
            guard case .array(let page)? = answer[member] else { throw Unreadable(description: "/api/v1/\(path) has no \(member)") }
            rows += page
            if case .string(let next)? = answer["next"], next != cursor { cursor = next } else { cursor = nil }
        } while cursor != nil
        return .array(rows)
    }

    private mutating func compareRows(_ answer: String, at keys: [String], _ expected: [AuditValue], _ got: AuditValue?) throws {
        guard case .array(let rows)? = got else { throw Unreadable(description: "/api/v1/\(answer) has no list of rows") }
        func place(_ row: AuditValue) -> String { keys.map { row[$0]?.text ?? "?" }.joined(separator: " ") }
        count(answer, places: expected.count)
        var mine = Dictionary(grouping: expected, by: place)
        for row in rows {
            let name = place(row)
            guard let own = mine[name]?.popLast() else {
                disagree(answer, name, "the row", "none", row.text)
                continue
            }
            compare(answer, name, own, row)
        }
        for (name, missing) in mine.sorted(by: { $0.key < $1.key }) {
            for row in missing { disagree(answer, name, "the row", row.text, "none") }
        }
    }

    private mutating func count(_ answer: String, places: Int) {
        if let index = tallies.firstIndex(where: { $0.answer == answer }) {
            tallies[index].places += places
        } else {
            tallies.append(Tally(answer: answer, places: places))
        }
    }

    /// Every member of `expected`; what the service says beyond them is its own affair (CONTRACT 8).
    private mutating func compare(_ answer: String, _ place: String, _ expected: AuditValue, _ got: AuditValue) {
        for (figure, value) in expected.leaves {
            if let index = tallies.firstIndex(where: { $0.answer == answer }) { tallies[index].figures += 1 }
            let theirs = figure.isEmpty ? got : got.at(figure)
            guard let theirs, value.difference(from: theirs, tolerance: Verification.tolerance) == nil else {
                disagree(answer, place, figure.joined(separator: "."), value.text, theirs?.text ?? "nothing")
                continue
            }
        }
        // What is left out for being 0, or not there, must be left out by the service too.
        for name in ["outcomes", "steps"] {
            guard case .object(let mine)? = expected[name], case .object(let theirs)? = got[name] else { continue }
            for (member, value) in theirs.sorted(by: { $0.key < $1.key }) where mine[member] == nil {
                disagree(answer, place, "\(name).\(member)", "nothing", value.text)
            }
        }
    }

    private mutating func disagree(_ answer: String, _ place: String, _ figure: String, _ expected: String, _ got: String) {
        disagreements.append(Disagreement(answer: answer, place: place, figure: figure, expected: expected, got: got))
        if let index = tallies.firstIndex(where: { $0.answer == answer }) { tallies[index].wrong += 1 }
    }
}

extension AuditValue {
    /// The paths and values that are compared one by one: members of objects, down to what is no object. Lists are
    /// compared as wholes, and an empty object says that there is nothing in it.
    fileprivate var leaves: [(path: [String], value: AuditValue)] {
        guard case .object(let members) = self else { return [([], self)] }
        if members.isEmpty { return [([], self)] }
        return members.sorted { $0.key < $1.key }.flatMap { name, value in value.leaves.map { ([name] + $0.path, $0.value) } }
    }

    fileprivate func at(_ path: [String]) -> AuditValue? {
        path.reduce(Optional(self)) { $0?[$1] }
    }

    fileprivate func without(_ name: String) -> AuditValue {
        guard case .object(var members) = self else { return self }
        members[name] = nil
        return .object(members)
    }

    /// Short and readable, for messages.
    package var text: String {
        switch self {
        case .null: "null"
        case .bool(let value): "\(value)"
        case .number(let value): value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
        case .string(let text): text
        case .array(let elements): "[\(elements.map(\.text).joined(separator: ", "))]"
        case .object(let members): "{\(members.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.text)" }.joined(separator: ", "))}"
        }
    }
}
