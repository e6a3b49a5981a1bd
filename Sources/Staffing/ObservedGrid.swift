import Telemetry
import Workload

/// The quarters of a covered stretch of time with the local day and hour each lies in.
///
/// Quarters are counted, not assumed: days of 23 and 25 hours come out right.
struct ObservedGrid {
    /// In whole quarters.
    let covered: Range<EventTime>
    /// The local days touched, and before them the one on which a shift may have begun that reaches into the first.
    let days: [LocalTime.Day]
    let dayClasses: [DayClass]
    /// By day: nothing at all came.
    let isSilent: [Bool]
    /// By quarter: index of the local day it lies on, and the hour by the wall clock.
    private(set) var dayOfQuarter: [Int32] = []
    private(set) var hourOfQuarter: [Int8] = []

    /// The whole quarters within `range`.
    init(_ range: Range<EventTime>, silentDays: Set<LocalTime.Day> = [], localTime: LocalTime) {
        let first = TimeRule.floorDivide(range.lowerBound + TimeRule.quarterMilliseconds - 1, TimeRule.quarterMilliseconds)
        let end = TimeRule.floorDivide(range.upperBound, TimeRule.quarterMilliseconds)
        covered = first * TimeRule.quarterMilliseconds..<max(first, end) * TimeRule.quarterMilliseconds
        guard !covered.isEmpty else {
            (days, dayClasses, isSilent) = ([], [], [])
            return
        }
        let firstDay = localTime.day(at: covered.lowerBound).number
        let lastDay = localTime.day(at: covered.upperBound - 1).number
        days = (firstDay - 1...lastDay).map { LocalTime.Day(number: $0) }
        dayClasses = days.map { DayClass($0) }
        isSilent = days.map(silentDays.contains)
        dayOfQuarter.reserveCapacity(count)
        hourOfQuarter.reserveCapacity(count)
        for (index, day) in days.enumerated() {
            let bounds = localTime.bounds(of: day)
            let changesClock = bounds.upperBound - bounds.lowerBound != TimeRule.dayMilliseconds
            let part = bounds.clamped(to: covered)
            for time in stride(from: part.lowerBound, to: part.upperBound, by: Int(TimeRule.quarterMilliseconds)) {
                let milliseconds = changesClock ? localTime.wallClock(at: time).milliseconds : time - bounds.lowerBound
                dayOfQuarter.append(Int32(index))
                hourOfQuarter.append(Int8(milliseconds / TimeRule.hourMilliseconds))
            }
        }
    }

    var count: Int { Int((covered.upperBound - covered.lowerBound) / TimeRule.quarterMilliseconds) }

    /// The quarter an instant falls in; nil outside.
    func quarter(of time: EventTime) -> Int? {
        covered.contains(time) ? Int((time - covered.lowerBound) / TimeRule.quarterMilliseconds) : nil
    }

    func start(of quarter: Int) -> EventTime { covered.lowerBound + Int64(quarter) * TimeRule.quarterMilliseconds }

    /// The calendar week of a day, counted from any Monday.
    func week(ofDay index: Int) -> Int { Int(TimeRule.floorDivide(Int64(days[index].number) + 3, 7)) }
}
