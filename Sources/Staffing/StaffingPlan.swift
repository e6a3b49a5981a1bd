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
    /// Groups of zones that the same people served when travel was measured: their ways are in the measured ones and nothing
    /// is added. In any other span of several zones people are at home in the one named first.
    package var measuredTogether: Set<Set<String>>

    /// - Parameter today: the spans in whose time travel was measured; nil: these.
    package init(spans: [Roster.Span], pools: [Pool] = [], measuredWith today: [Roster.Span]? = nil) {
        self.spans = spans
        self.pools = pools
        measuredTogether = Set((today ?? spans).map { Set($0.zones) })
    }

    /// A roster's shifts in a period and the day after: who waits at its end is taken then.
    package init(roster: Roster, period: Range<EventTime>, measuredWith today: Roster? = nil, localTime: LocalTime = .oslo) {
        let range = period.lowerBound..<(period.upperBound + TimeRule.dayMilliseconds)
        let spans = roster.spans(in: range, localTime: localTime)
        self.init(spans: spans, measuredWith: today?.spans(in: range, localTime: localTime))
    }

    /// Zones that people at home in some zones also help in a shift.
    func helped(by homes: [String], kind: ShiftKind) -> Set<String> {
        var result: Set<String> = []
        for pool in pools where pool.kinds.contains(kind) && !Set(pool.zones).isDisjoint(with: homes) { result.formUnion(pool.zones) }
        return result.subtracting(homes)
    }
}
