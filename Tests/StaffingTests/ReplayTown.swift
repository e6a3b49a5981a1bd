import Foundation
import Staffing
import Telemetry
import Workload

/// Random numbers of the tests' own: SplitMix64.
struct Dice {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
    mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }
    mutating func exponential(mean: Double) -> Double { -log(1 - uniform()) * mean }
    mutating func one<Item>(of items: [Item]) -> Item { items[below(items.count)] }
}

/// Plans and call-outs made for tests.
enum ReplayTown {
    static let minute: Int64 = 60_000

    static func at(_ year: Int, _ month: Int, _ day: Int, _ hour: Int = 0, _ minute: Int = 0) -> EventTime {
        LocalTime.oslo.instant(LocalTime.Day(year: year, month: month, day: day), milliseconds: Int64(hour * 60 + minute) * ReplayTown.minute)
    }

    static func shift(
        _ zones: [String],
        _ kind: ShiftKind,
        _ hours: (Int, Int),
        _ positions: Double,
        days: RosterDays = .weekdays(Set(1...7))
    ) -> Roster.Shift {
        Roster.Shift(
            zones: zones,
            role: "pleie",
            kind: kind,
            days: days,
            startMinutes: hours.0 * 60,
            endMinutes: hours.1 * 60,
            positions: positions
        )
    }

    /// Three shifts round the clock with the same positions in each zone.
    static func roster(_ zones: [String], day: Double, evening: Double, night: Double) -> Roster {
        Roster(shifts: zones.flatMap { [shift([$0], .day, (7, 15), day), shift([$0], .evening, (15, 23), evening), shift([$0], .night, (23, 31), night)] })
    }

    /// People who never go home, so that a replay is a queue of the books.
    static func forever(_ zones: [String], positions: Double, period: Range<EventTime>) -> StaffingPlan {
        let day = LocalTime.oslo.day(at: period.lowerBound).advanced(by: -1)
        let days = Int((period.upperBound - period.lowerBound) / TimeRule.dayMilliseconds) + 40
        let shifts = zones.map { shift([$0], .day, (0, days * 24), positions) }
        return StaffingPlan(spans: Roster(shifts: shifts).spans(on: day))
    }

    /// Poisson arrivals with exponential times bound; the way is a tenth of it.
    static func poisson(
        zones: [String],
        count: Int,
        meanBetweenSeconds: Double,
        meanBusySeconds: Double,
        urgentShare: Double = 0,
        seed: UInt64
    ) -> Trace {
        var dice = Dice(seed)
        let start = at(2026, 1, 5)
        var time = Double(start)
        var callOuts: [CallOut] = []
        for _ in 0..<count {
            time += dice.exponential(mean: meanBetweenSeconds * 1000)
            let busy = max(1, Int64(dice.exponential(mean: meanBusySeconds * 1000).rounded()))
            callOuts.append(
                CallOut(
                    zone: Int32(dice.below(zones.count)),
                    time: EventTime(time),
                    delayMilliseconds: 0,
                    travelMilliseconds: busy / 10,
                    busyMilliseconds: busy,
                    isUrgent: dice.uniform() < urgentShare
                )
            )
        }
        return Trace(zones: zones, period: start..<EventTime(time) + 1, callOuts: callOuts)
    }

    /// Call-outs over a period with a day's rhythm, everything about them drawn.
    static func trace(zones: [String], period: Range<EventTime>, count: Int, meanBusyMinutes: Double = 40, seed: UInt64) -> Trace {
        var dice = Dice(seed)
        let callOuts = (0..<count).map { _ in
            let zone = Int32(dice.below(zones.count))
            // Whole minutes, so that things happen at the same instant too.
            let time = period.lowerBound + Int64(dice.below(Int((period.upperBound - period.lowerBound) / minute))) * minute
            let travel = Int64(2 + dice.below(20)) * minute
            return CallOut(
                zone: zone,
                time: time,
                delayMilliseconds: Int64(dice.below(8)) * minute,
                travelMilliseconds: travel,
                busyMilliseconds: travel + minute + Int64(dice.exponential(mean: meanBusyMinutes)) * minute,
                responders: dice.below(6) == 0 ? Int32(2 + dice.below(2)) : 1,
                isUrgent: dice.below(5) == 0
            )
        }
        return Trace(zones: zones, period: period, callOuts: callOuts)
    }
}
