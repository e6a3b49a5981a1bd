/// Something that happens at random times with a daily and weekly rhythm: a Poisson process whose rate varies.
struct Process: Sendable {
    enum Happening: Sendable {
        case alarm, test, selfTest, silence
        case observation(DeviceKind)
        case assist(DeviceKind)
        case fault(Int)
    }

    var happening: Happening
    /// The mean time between two, over a whole week, in milliseconds.
    private let meanMilliseconds: Double
    /// The rate of each hour of the week against the greatest.
    private let acceptance: [Double]
    /// The greatest rate against the mean.
    private let peak: Double

    static let evenHours = [Double](repeating: 1, count: 24)
    static let evenWeekdays = [Double](repeating: 1, count: 7)

    /// Nil when it never happens.
    init?(
        _ happening: Happening,
        perDay: Double,
        hours: [Double] = Process.evenHours,
        weekdays: [Double] = Process.evenWeekdays
    ) {
        guard perDay > 0 else { return nil }
        let weights = weekdays.flatMap { weekday in hours.map { weekday * $0 } }
        let greatest = weights.max() ?? 1
        let mean = weights.reduce(0, +) / Double(weights.count)
        self.happening = happening
        meanMilliseconds = 86_400_000 / perDay
        acceptance = weights.map { $0 / greatest }
        peak = greatest / mean
    }

    /// The next time after `time`, by thinning (Lewis & Shedler 1979).
    func next(after time: Int64, _ clock: WallClock, _ generator: inout SeededGenerator) -> Int64 {
        var candidate = Double(time)
        while true {
            candidate += generator.exponential(mean: meanMilliseconds / peak)
            let hour = clock.hourOfWeek(Int64(candidate))
            if generator.uniform() < acceptance[hour] { return max(Int64(candidate), time + 1) }
        }
    }
}

/// What the wall shows, for the rhythm: from a time since the simulation's start to the hour of the week.
struct WallClock: Sendable {
    var start: Int64
    /// How far the local week has gone at the start, in milliseconds.
    var startOfWeek: Int64
    /// Milliseconds that local time is ahead of UTC at an instant.
    var offset: (@Sendable (Int64) -> Int64)?

    /// 0 (Monday 00–01) to 167 (Sunday 23–24).
    func hourOfWeek(_ time: Int64) -> Int {
        var wall = time + startOfWeek
        if let offset { wall += offset(start + time) - offset(start) }
        let inWeek = wall % 604_800_000
        return Int((inWeek < 0 ? inWeek + 604_800_000 : inWeek) / 3_600_000)
    }

    func isNight(_ time: Int64) -> Bool {
        let hour = hourOfWeek(time) % 24
        return hour >= 22 || hour < 6
    }
}
