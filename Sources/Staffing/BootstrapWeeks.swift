import Telemetry
import Workload

/// Draws a period anew from its own weeks: each week's place takes the call-outs of a drawn week, day by weekday, at the same
/// time of the wall clock. So what belongs together within a week stays together (block bootstrap; Künsch 1989).
///
/// Weeks begin on Mondays. A day that the drawn week lacks, because the period begins or ends within it, comes from another
/// drawn week that has it. The roster stays where it is: a public holiday's place keeps its holiday roster.
struct BootstrapWeeks: Sendable {
    private let days: PeriodDays
    /// By week and weekday (0 Monday), the place of the day; −1 outside the period.
    private let dayOfWeek: ContiguousArray<Int32>
    private let weekCount: Int
    /// Call-outs by day and then wall clock, and where each day begins among them.
    private let calls: ContiguousArray<Int32>
    private let wallClock: ContiguousArray<Int64>
    private let dayStarts: ContiguousArray<Int32>

    init(days: PeriodDays, times: ContiguousArray<EventTime>) {
        self.days = days
        let firstWeek = TimeRule.floorDivide(Int64(days.days[0].day.number) + 3, 7)
        let lastWeek = TimeRule.floorDivide(Int64(days.days[days.days.count - 1].day.number) + 3, 7)
        weekCount = Int(lastWeek - firstWeek) + 1
        var dayOfWeek = ContiguousArray<Int32>(repeating: -1, count: weekCount * 7)
        for (place, day) in days.days.enumerated() {
            dayOfWeek[day.day.number + 3 - Int(firstWeek) * 7] = Int32(place)
        }
        self.dayOfWeek = dayOfWeek
        let clocks = times.map { days.wallClock(at: $0) }
        let sorted = times.indices.sorted { (clocks[$0].day, clocks[$0].milliseconds, $0) < (clocks[$1].day, clocks[$1].milliseconds, $1) }
        calls = ContiguousArray(sorted.map { Int32($0) })
        wallClock = ContiguousArray(sorted.map { clocks[$0].milliseconds })
        var starts = ContiguousArray<Int32>(repeating: 0, count: days.days.count + 1)
        for clock in clocks { starts[clock.day + 1] += 1 }
        for day in days.days.indices { starts[day + 1] += starts[day] }
        dayStarts = starts
    }

    /// The day that each day takes its call-outs from: a function of the seed, the number and the period's days alone.
    func draw(_ number: Int, seed: UInt64) -> ContiguousArray<Int32> {
        var draws = SeededDraws(seed: seed, stream: UInt64(number))
        var sources = ContiguousArray<Int32>(repeating: 0, count: days.days.count)
        for week in 0..<weekCount {
            let drawn = draws.below(weekCount)
            for weekday in 0..<7 {
                let place = dayOfWeek[week * 7 + weekday]
                guard place >= 0 else { continue }
                var source = dayOfWeek[drawn * 7 + weekday]
                while source < 0 { source = dayOfWeek[draws.below(weekCount) * 7 + weekday] }
                sources[Int(place)] = source
            }
        }
        return sources
    }

    /// The arrivals of a drawn period, ascending.
    func arrivals(_ sources: ContiguousArray<Int32>, times: inout ContiguousArray<EventTime>, order: inout ContiguousArray<Int32>) {
        times.removeAll(keepingCapacity: true)
        order.removeAll(keepingCapacity: true)
        for (day, source) in sources.enumerated() {
            let first = times.count
            for place in Int(dayStarts[Int(source)])..<Int(dayStarts[Int(source) + 1]) {
                times.append(days.instant(day: day, milliseconds: wallClock[place]))
                order.append(calls[place])
            }
            // In the hour that spring leaves out the order may turn.
            if days.days[day].changeFrom != .max { BootstrapWeeks.sort(&times, &order, from: first) }
        }
    }

    /// Insertion: all but a few are in order.
    private static func sort(_ times: inout ContiguousArray<EventTime>, _ order: inout ContiguousArray<Int32>, from first: Int) {
        for place in first..<times.count {
            var current = place
            while current > first, times[current - 1] > times[current] {
                times.swapAt(current - 1, current)
                order.swapAt(current - 1, current)
                current -= 1
            }
        }
    }
}
