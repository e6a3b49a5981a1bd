package import Telemetry
package import Workload

/// Planned work by zone and hour of a period, laid out once for many replays.
package struct PlannedLoad: Equatable, Sendable {
    /// Starts of the hours, the end of the last one after them. Hours of the clock: an autumn night has one more.
    let hours: [EventTime]
    /// Minutes in the hour, by zone and then hour.
    let minutes: [Double]
    let zones: [String]

    /// - Parameter minutes: planned minutes (with users and on the way) of a zone in an hour (0–23) of a local day, 0 or more.
    package init(
        zones: [String],
        period: Range<EventTime>,
        localTime: LocalTime = .oslo,
        minutes: (_ zone: String, _ day: LocalTime.Day, _ hour: Int) -> Double
    ) {
        let days = PeriodDays(period, localTime: localTime)
        let first = days.days[0].start
        hours = Array(stride(from: first, through: max(first, period.upperBound - 1) + TimeRule.hourMilliseconds, by: Int(TimeRule.hourMilliseconds)))
        self.zones = zones
        var list: [Double] = []
        for zone in zones {
            for start in hours.dropLast() {
                let clock = days.wallClock(at: start)
                list.append(minutes(zone, days.days[clock.day].day, Int(clock.milliseconds / TimeRule.hourMilliseconds)))
            }
        }
        self.minutes = list
    }

    var hourCount: Int { hours.count - 1 }

    /// People that the planned work of an hour takes.
    func people(zone: Int, hour: Int) -> Double { minutes[zone * hourCount + hour] / 60 }
}
