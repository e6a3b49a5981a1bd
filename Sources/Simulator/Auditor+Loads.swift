/// The load cells of CONTRACT 6, present and first published.
extension Auditor {
    package enum Step: String, Sendable {
        case quarter = "PT15M", hour = "PT1H", day = "P1D"

        /// The start of the step in which a quarter starts.
        fileprivate func start(_ quarter: Int64) -> Int64 {
            switch self {
            case .quarter: quarter
            case .hour: AuditClock.floor(quarter, 3_600_000) * 3_600_000
            case .day: AuditClock.startOfOsloDay(quarter)
            }
        }
    }

    private struct Cell: Hashable {
        var start: Int64
        var zone: String
    }

    /// The rows of `/api/v1/loads`, by start and zone, empty ones left out.
    ///
    /// - Parameters:
    ///   - from: on a quarter, as is `to`.
    ///   - publishedFirst: the figures as first published; cells not yet published are left out.
    package func loads(
        municipality: String,
        from: Int64,
        to: Int64,
        zone: String? = nil,
        step: Step = .quarter,
        publishedFirst: Bool = false
    ) -> [AuditValue] {
        precondition(from % 900_000 == 0 && to % 900_000 == 0, "from and to lie on quarters")
        var cells: [Cell: AuditFigures] = [:]
        var revised: Set<Cell> = []
        let lots = lots(municipality)
        let others = Dictionary(
            grouping: events.filter { $0.municipality == municipality && !$0.isAlarm },
            by: \.quarter
        )
        var touching: [Int64: [Lot]] = [:]
        for lot in lots { for quarter in lot.quarters { touching[quarter, default: []].append(lot) } }
        for quarter in Set(touching.keys).union(others.keys).sorted() where from <= quarter * 900_000 && quarter * 900_000 < to {
            let (here, touching) = (others[quarter] ?? [], touching[quarter] ?? [])
            let now = AuditQuarter(quarter, alarms: touching.map(\.alarm), others: here).zones
            let first = firstPublished(quarter, municipality, touching, here)
            let start = step.start(quarter * 900_000)
            for name in Set(now.keys).union((first ?? [:]).keys) where zone == nil || zone == name {
                let present = now[name] ?? AuditFigures()
                let cell = Cell(start: start, zone: name)
                if let first, first[name] ?? AuditFigures() != present { revised.insert(cell) }
                let shown = publishedFirst ? first?[name] ?? AuditFigures() : present
                if !shown.isEmpty { cells[cell, default: AuditFigures()].merge(shown) }
            }
        }
        return cells.sorted { ($0.key.start, $0.key.zone) < ($1.key.start, $1.key.zone) }
            .map { Auditor.row($0.key, $0.value, revised: revised.contains($0.key)) }
    }

    /// An alarm with the quarters that it can touch.
    private struct Lot {
        var alarm: AuditAlarm
        var quarters: Set<Int64>
        /// The last message that brought something of it outside `history`.
        var lastMessage: Int
    }

    private func lots(_ municipality: String) -> [Lot] {
        merged(municipality).map { alarm in
            Lot(
                alarm: alarm,
                quarters: Auditor.quarters(alarm.events.map(\.quarter)),
                lastMessage: alarm.events.filter { !$0.isHistory }.map(\.message).max() ?? -1
            )
        }
    }

    /// Where an alarm can count: with each event and in the 6 hours behind it, for no interval is longer.
    private static func quarters(_ events: [Int64]) -> Set<Int64> {
        guard let last = events.max() else { return [] }
        return Set(events.flatMap { $0...min(last, $0 + 24) })
    }

    /// What a quarter showed just before the first message received an hour or more after its end, with what
    /// `history` has added since; nil when no such message has come.
    private func firstPublished(
        _ quarter: Int64,
        _ municipality: String,
        _ lots: [Lot],
        _ others: [AuditEvent]
    ) -> [String: AuditFigures]? {
        let due = (quarter + 1) * 900_000 + 3_600_000
        guard let publishing = receivedTimes.firstIndex(where: { $0 >= due }) else { return nil }
        let alarms = lots.compactMap { lot -> AuditAlarm? in
            // Nothing came of it since: as it is now. Only a short cut; the other way gives the same.
            if lot.lastMessage < publishing { return lot.alarm }
            let events = lot.alarm.events.filter { $0.message < publishing || $0.isHistory }
            return events.isEmpty ? nil : AuditAlarm(events, municipality: municipalities[municipality])
        }
        let then = others.filter { $0.message < publishing || $0.isHistory }
        return AuditQuarter(quarter, alarms: alarms, others: then).zones
    }

    private static func row(_ cell: Cell, _ figures: AuditFigures, revised: Bool) -> AuditValue {
        var row: [String: AuditValue] = [
            "zone": .string(cell.zone), "start": .instant(cell.start), "revised": .bool(revised),
        ]
        for name in AuditFigures.names { row[name] = .integer(figures.counts[name] ?? 0) }
        row["outcomes"] = .object(figures.outcomes.filter { $0.value > 0 }.mapValues { .integer($0) })
        return .object(row)
    }
}
