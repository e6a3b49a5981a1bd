import Telemetry

/// A municipality's registry with what an import adds to it: history is kept, so that a moved resident's October stays
/// where it was.
///
/// - A device with another zone, profile, dwelling or step from a date closes its open row at that date.
/// - `to` on what holds already ends it.
/// - The same row again changes nothing; a row that begins when another begins corrects it.
/// - Whatever would make a device stand in two places at one time is refused; of one table, both rows that begin together.
package struct RegistryMerge: Sendable {
    /// How many rows of an import did what.
    package struct Counts: Equatable, Sendable {
        package var added = 0
        /// Rows that closed an earlier one.
        package var moved = 0
        package var ended = 0
        package var corrected = 0
        package var unchanged = 0
    }

    package private(set) var rows: [RegisteredDevice]
    package private(set) var counts = Counts()
    package private(set) var bad: [RegistryTable.BadRow] = []
    private var places: [String: [Int]]

    package init(rows: [RegisteredDevice]) {
        self.rows = rows
        places = Dictionary(grouping: rows.indices, by: { rows[$0].device })
    }

    /// Whether anything is other than before.
    package var hasChanged: Bool { counts.added + counts.moved + counts.ended + counts.corrected > 0 }

    /// Takes a table's rows in the order of their beginnings, so that a device's history may stand in any order.
    package mutating func take(_ added: [RegistryTable.Row]) {
        let rivals = RegistryMerge.rivals(added)
        for row in added.sorted(by: { ($0.device.from ?? .min, $0.line) < ($1.device.from ?? .min, $1.line) }) {
            if let other = rivals[row.line] {
                bad.append(.init(line: row.line, reason: "line \(other) says something else of the device from the same date: only one can hold"))
            } else if let reason = take(row) {
                bad.append(.init(line: row.line, reason: reason))
            }
        }
        bad.sort { $0.line < $1.line }
    }

    /// Rows of one table that say different things of one device from one date, by line, each with the line of another.
    private static func rivals(_ added: [RegistryTable.Row]) -> [Int: Int] {
        struct Beginning: Hashable {
            var device: String
            var from: EventTime?
        }
        var rivals: [Int: Int] = [:]
        var firsts: [Beginning: RegistryTable.Row] = [:]
        for row in added {
            let beginning = Beginning(device: row.device.device, from: row.device.from)
            guard let first = firsts[beginning] else {
                firsts[beginning] = row
                continue
            }
            guard first.device != row.device else { continue }
            rivals[row.line] = first.line
            if rivals[first.line] == nil { rivals[first.line] = row.line }
        }
        return rivals
    }

    /// Why a row cannot be taken; nil when it was.
    private mutating func take(_ row: RegistryTable.Row) -> String? {
        var new = row.device
        guard new.period.start < new.period.end else { return "to does not lie behind from" }
        let own = places[new.device] ?? []
        let open = own.last { rows[$0].to == nil }
        // What a table without the column leaves unsaid stays as it was.
        if let before = open ?? own.last {
            if row.unsaid.contains("profile") { new.profile = rows[before].profile }
            if row.unsaid.contains("dwelling") { new.dwelling = rows[before].dwelling }
            if row.unsaid.contains("step") { new.step = rows[before].step }
        }
        if own.contains(where: { rows[$0] == new || isClosed($0, saying: new, own) }) {
            counts.unchanged += 1
            return nil
        }
        if own.isEmpty {
            add(new)
            counts.added += 1
            return nil
        }
        if let open, let reason = change(open, to: new, own) { return reason.text }
        if open == nil { return addBeside(new, own) }
        return nil
    }

    /// Whether a row says what a new one says, and was closed since by one that begins at its end: the same table once more.
    private func isClosed(_ place: Int, saying new: RegisteredDevice, _ own: [Int]) -> Bool {
        let row = rows[place]
        guard new.to == nil, let end = row.to, row.from == new.from, row.isSamePlace(as: new) else { return false }
        return own.contains { rows[$0].from == end }
    }

    private struct Refusal { var text: String }

    /// Changes the device's open row by a new one, or says why it cannot be.
    private mutating func change(_ open: Int, to new: RegisteredDevice, _ own: [Int]) -> Refusal? {
        let old = rows[open]
        if old.isSamePlace(as: new), (new.from ?? .min) >= (old.from ?? .min) || new.from == nil {
            guard let end = new.to else {
                // It stands there already, and has longer than the row says.
                counts.unchanged += 1
                return nil
            }
            guard old.period.start < end else { return Refusal(text: "to lies before the row's own from (\(RegistryFile.date(old.from)))") }
            rows[open].to = end
            counts.ended += 1
            return nil
        }
        if new.from == old.from, new.from != nil {
            rows[open] = new
            counts.corrected += 1
            return nil
        }
        guard let from = new.from else {
            return Refusal(text: "is registered with another zone, profile, dwelling or step: from is missing, the date from which this holds")
        }
        if from > old.period.start {
            rows[open].to = from
            add(new)
            counts.moved += 1
            return nil
        }
        return addBeside(new, own).map { Refusal(text: $0) }
    }

    /// Adds a row that touches no other of the device.
    private mutating func addBeside(_ new: RegisteredDevice, _ own: [Int]) -> String? {
        if let same = own.first(where: { rows[$0].from == new.from && new.from != nil && rows[$0].isSamePlace(as: new) }),
            !own.contains(where: { $0 != same && rows[$0].overlaps(new) })
        {
            rows[same].to = new.to
            counts.ended += 1
            return nil
        }
        if let other = own.first(where: { rows[$0].overlaps(new) }) {
            let (from, to) = (RegistryFile.date(rows[other].from), RegistryFile.date(rows[other].to))
            return "stands in \(rows[other].zone) from \(from.isEmpty ? "ever" : from) to \(to.isEmpty ? "now" : to) already: "
                + (new.from == nil ? "give from, the date from which this holds" : "give dates that touch no other row of the device")
        }
        add(new)
        counts.added += 1
        return nil
    }

    private mutating func add(_ row: RegisteredDevice) {
        places[row.device, default: []].append(rows.count)
        rows.append(row)
    }
}
