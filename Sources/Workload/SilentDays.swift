package import Telemetry

extension LocalTime {
    /// Whole local days of a covered period in which nothing at all came, not even a sign of life: silent rather than quiet.
    ///
    /// Where alarms come and no device has ever given a sign of life nobody can tell the two apart; then there are none.
    ///
    /// - Parameters:
    ///   - cells: quarter cells of all zones, in any order.
    ///   - quiet: those that are not among them.
    ///   - expectsSigns: devices have given signs of life, though it be at another time.
    package func silentDays(of cells: [LoadCell], quiet: QuietCells = QuietCells(), in covered: Range<EventTime>, expectsSigns: Bool = false) -> [Day] {
        let hasSigns = expectsSigns || quiet.hasHeartbeats || cells.contains { $0.measures.heartbeats > 0 }
        guard hasSigns, !covered.isEmpty else { return [] }
        var heard = HeardDays(localTime: self)
        for quarter in quiet.quarters { heard.add(quarter * TimeRule.quarterMilliseconds) }
        for cell in cells where !cell.measures.isEmpty { heard.add(cell.start) }
        return days(covered).filter { day in
            !heard.days.contains(day) && instant(day) >= covered.lowerBound && instant(day.advanced(by: 1)) <= covered.upperBound
        }
    }

    /// All local days that a period touches.
    private func days(_ period: Range<EventTime>) -> [Day] {
        var days = [day(at: period.lowerBound)]
        while let last = days.last, instant(last.advanced(by: 1)) < period.upperBound { days.append(last.advanced(by: 1)) }
        return days
    }
}

/// The local days of instants, most of which come one after the other on the same day.
private struct HeardDays {
    let localTime: LocalTime
    private(set) var days: Set<LocalTime.Day> = []
    private var last: Range<EventTime> = 0..<0

    init(localTime: LocalTime) { self.localTime = localTime }

    mutating func add(_ time: EventTime) {
        guard !last.contains(time) else { return }
        let day = localTime.day(at: time)
        days.insert(day)
        last = localTime.bounds(of: day)
    }
}
