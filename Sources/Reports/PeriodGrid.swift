package import Telemetry
package import Workload

/// The quarters of a period, each with its local day, weekday and hour: the one place where reports ask what the
/// wall clock showed. Days of 23 and 25 hours come out right because quarters are counted, not assumed.
package struct PeriodGrid: Sendable {
    package struct Slot: Sendable {
        /// Index of the local day, counted from the period's first.
        package var day: Int
        /// 0–167: (weekday − 1) × 24 + hour by the wall clock.
        package var hourOfWeek: Int

        package var hour: Int { hourOfWeek % 24 }
    }

    package static let hoursOfWeek = 168
    package static let quartersPerHour = 4

    package let bounds: Range<EventTime>
    /// The part of the period that the data cover, in whole quarters; empty when nothing is known.
    package let covered: Range<EventTime>
    package let days: [LocalTime.Day]
    package let slots: [Slot]
    /// The quarters of `covered`, less silent days, as indexes of `slots`.
    package private(set) var coveredIndices: [Int]
    /// How many of them each hour of the week has: what sums are divided by.
    package private(set) var coveredQuarters: [Int]
    /// Local days that lie wholly within `covered` and are not silent, as indexes of `days`.
    package private(set) var wholeDays: [Int]

    /// O(quarters of the period).
    ///
    /// - Parameters:
    ///   - dataFrom: the first instant with data; nil for the period's start.
    ///   - dataUntil: the end of the data; nil for none.
    package init(
        period: ReportPeriod,
        dataFrom: EventTime?,
        dataUntil: EventTime?,
        localTime: LocalTime = .oslo
    ) {
        bounds = period.bounds(localTime)
        days = period.days
        let starts = days.map { localTime.instant($0) } + [bounds.upperBound]
        slots = PeriodGrid.slots(days, starts, localTime)
        let limits = bounds
        func quarterStart(_ time: EventTime) -> EventTime {
            TimeRule.quarter(of: min(max(time, limits.lowerBound), limits.upperBound)) * TimeRule.quarterMilliseconds
        }
        let from = quarterStart(dataFrom ?? bounds.lowerBound)
        let until = dataUntil.map { quarterStart($0 + TimeRule.quarterMilliseconds - 1) } ?? from
        let covered = from..<max(from, until)
        self.covered = covered
        let first = Int((covered.lowerBound - bounds.lowerBound) / TimeRule.quarterMilliseconds)
        coveredIndices = Array(first..<first + Int((covered.upperBound - covered.lowerBound) / TimeRule.quarterMilliseconds))
        coveredQuarters = PeriodGrid.byHourOfWeek(coveredIndices, slots)
        wholeDays = days.indices.filter { starts[$0] >= covered.lowerBound && starts[$0 + 1] <= covered.upperBound }
    }

    /// Silent days (`LocalTime.silentDays`) are neither quiet nor anything else: nothing is divided by them.
    package mutating func leaveOut(_ silentDays: [LocalTime.Day]) {
        guard !silentDays.isEmpty else { return }
        let silent = Set(days.indices.filter { silentDays.contains(days[$0]) })
        coveredIndices.removeAll { silent.contains(slots[$0].day) }
        coveredQuarters = PeriodGrid.byHourOfWeek(coveredIndices, slots)
        wholeDays.removeAll(where: silent.contains)
    }

    private static func byHourOfWeek(_ indices: [Int], _ slots: [Slot]) -> [Int] {
        indices.reduce(into: [Int](repeating: 0, count: hoursOfWeek)) { $0[slots[$1].hourOfWeek] += 1 }
    }

    /// Days of 24 hours.
    package var coveredDays: Double { Double(Int64(coveredIndices.count) * TimeRule.quarterMilliseconds) / Double(TimeRule.dayMilliseconds) }

    private static func slots(_ days: [LocalTime.Day], _ starts: [EventTime], _ localTime: LocalTime) -> [Slot] {
        var result: [Slot] = []
        result.reserveCapacity(days.count * 100)
        for (index, day) in days.enumerated() {
            let quarters = Int((starts[index + 1] - starts[index]) / TimeRule.quarterMilliseconds)
            let changesClock = quarters != 96
            for quarter in 0..<quarters {
                var hour = quarter / quartersPerHour
                if changesClock {
                    let time = starts[index] + Int64(quarter) * TimeRule.quarterMilliseconds
                    hour = Int(localTime.wallClock(at: time).milliseconds / TimeRule.hourMilliseconds)
                }
                result.append(Slot(day: index, hourOfWeek: (day.weekday - 1) * 24 + hour))
            }
        }
        return result
    }

    /// The index of the quarter that an instant falls in; nil outside the period.
    package func index(of time: EventTime) -> Int? {
        guard bounds.contains(time) else { return nil }
        return Int((time - bounds.lowerBound) / TimeRule.quarterMilliseconds)
    }
}
