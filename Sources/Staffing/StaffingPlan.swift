package import Telemetry
package import Workload

/// Who is at work when, and which zones help one another: what a replay is played against.
package struct StaffingPlan: Equatable, Sendable {
    /// Zones whose people help one another in some shifts. Each stays at home in the own zone: helping costs
    /// `StaffingSettings.helpMinutes`.
    package struct Pool: Equatable, Sendable {
        package var zones: [String]
        package var kinds: [ShiftKind]

        package init(zones: [String], kinds: [ShiftKind]) {
            self.zones = zones
            self.kinds = kinds
        }
    }

    package var spans: [Roster.Span]
    package var pools: [Pool]
    /// The local days on which a change may put a shift, those on which nobody is rostered too; ascending.
    package let days: [LocalTime.Day]
    /// Groups of zones that the same people served when travel was measured: their ways are in the measured ones and nothing
    /// is added. In any other span of several zones people are at home in the one named first.
    package var measuredTogether: Set<Set<String>>

    /// - Parameters:
    ///   - days: nil: from the first day of the spans to the last.
    ///   - today: the spans in whose time travel was measured; nil: these.
    package init(spans: [Roster.Span], days: [LocalTime.Day]? = nil, pools: [Pool] = [], measuredWith today: [Roster.Span]? = nil) {
        self.spans = spans
        let numbers = spans.map(\.day.number)
        self.days = days ?? ((numbers.min() ?? 0)..<(numbers.max() ?? -1) + 1).map(LocalTime.Day.init(number:))
        self.pools = pools
        measuredTogether = Set((today ?? spans).map { Set($0.zones) })
    }

    /// A roster's shifts in a period and the day after: who waits at its end is taken then.
    package init(roster: Roster, period: Range<EventTime>, measuredWith today: Roster? = nil, localTime: LocalTime = .oslo) {
        let range = period.lowerBound..<(period.upperBound + TimeRule.dayMilliseconds)
        let spans = roster.spans(in: range, localTime: localTime)
        // The night that began the evening before is at work too.
        let days = localTime.day(at: range.lowerBound).number - 1...localTime.day(at: range.upperBound - 1).number
        self.init(spans: spans, days: days.map(LocalTime.Day.init(number:)), measuredWith: today?.spans(in: range, localTime: localTime))
    }

    /// Zones that people at home in some zones also help in a shift.
    func helped(by homes: [String], kind: ShiftKind) -> Set<String> {
        var result: Set<String> = []
        for pool in pools where pool.kinds.contains(kind) && !Set(pool.zones).isDisjoint(with: homes) { result.formUnion(pool.zones) }
        return result.subtracting(homes)
    }
}
