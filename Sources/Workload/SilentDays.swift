package import Telemetry

extension LocalTime {
    /// Whole local days of a covered period in which nothing at all came, not even a sign of life: silent rather than quiet.
    ///
    /// Where alarms come and no device gives signs of life nobody can tell the two apart; then there are none.
    ///
    /// - Parameters:
    ///   - cells: quarter cells of all zones, in any order.
    ///   - expectsSigns: devices are known that give signs of life, whether any has come or not.
    package func silentDays(of cells: [LoadCell], in covered: Range<EventTime>, expectsSigns: Bool = false) -> [Day] {
        var days = HeardDays(self, expectsSigns: expectsSigns)
        for cell in cells { days.add(cell) }
        return days.silent(in: covered)
    }

    /// All local days that a period touches.
    fileprivate func days(_ period: Range<EventTime>) -> [Day] {
        var days = [day(at: period.lowerBound)]
        while let last = days.last, instant(last.advanced(by: 1)) < period.upperBound { days.append(last.advanced(by: 1)) }
        return days
    }
}

/// The same of cells that come one by one.
package struct HeardDays {
    private let localTime: LocalTime
    private var heard: Set<LocalTime.Day> = []
    private var hasSigns: Bool
    /// Of the last cell: those of a day come together.
    private var last: (day: LocalTime.Day, bounds: Range<EventTime>)?

    package init(_ localTime: LocalTime = .oslo, expectsSigns: Bool = false) { (self.localTime, hasSigns) = (localTime, expectsSigns) }

    package mutating func add(_ cell: LoadCell) {
        guard !cell.measures.isEmpty else { return }
        if cell.measures.heartbeats > 0 { hasSigns = true }
        if let last, last.bounds.contains(cell.start) { return }
        let day = localTime.day(at: cell.start)
        heard.insert(day)
        last = (day, localTime.bounds(of: day))
    }

    /// Whole days of a covered period in which nothing came.
    package func silent(in covered: Range<EventTime>) -> [LocalTime.Day] {
        guard !covered.isEmpty, hasSigns else { return [] }
        return localTime.days(covered).filter { day in
            guard !heard.contains(day) else { return false }
            let bounds = localTime.bounds(of: day)
            return bounds.lowerBound >= covered.lowerBound && bounds.upperBound <= covered.upperBound
        }
    }
}
