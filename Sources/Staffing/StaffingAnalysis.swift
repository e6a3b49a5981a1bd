package import Telemetry
package import Workload

/// Everything that load against staffing comes to for a municipality and a period: the one value that command, API and
/// report are written from. They compute nothing themselves.
package struct StaffingAnalysis: Sendable {
    package struct Zone: Hashable, Sendable {
        package var id: String
        package var name: String

        package init(id: String, name: String) {
            self.id = id
            self.name = name
        }
    }

    package var municipalityNumber: String
    package var municipalityName: String
    /// Those it is about, in the municipality's order.
    package var zones: [Zone]
    /// What the data cover of the period.
    package var covered: Range<EventTime>
    /// The journal position that the views stood for.
    package var position: Int64
    package var settings: StaffingSettings
    package var hasRoster: Bool
    /// Told to who sees sums alone: rows of one to four call-outs are left out.
    package var isSummed = false
    /// Times of the week in which today's roster has nobody at work for a zone; empty without a roster.
    package var unstaffed: [UnstaffedHours] = []
    package var observed: ObservedStaffing
    /// By zone and group, shift and days; empty without call-outs.
    package var required: [RequiredShift] = []
    /// Groups of the settings whose zones help one another, by shift, on all days.
    package var helping: [HelpingNeed] = []
    /// Today's roster; nil without one or without call-outs, as is all that is played.
    package var replay: ReplayEstimates?
    package var worst: WorstShift?
    package var mend: Mend?
    /// All pairs of zones whose people help one another at night, the best first; those with too few call-outs last.
    package var poolings: [PoolingOfTwo] = []
    /// The best pair with its uncertainty, whether it gains anything or not; nil where no pair has enough call-outs.
    package var bestPooling: BestPooling?
    package var whatIfs: [WhatIfOutcome] = []
    /// Today's roster first, where there are others to hold against it.
    package var alternatives: [AlternativeOutcome] = []
    /// Nil without a roster.
    package var capacity: Capacity?
    package var quality: Quality

    /// Names of zones for the reader, a group by its own name where the settings give one.
    package func name(_ zones: [String]) -> String {
        if zones.count > 1, zones.count == self.zones.count { return "Alle soner" }
        if let group = settings.zoneGroups.first(where: { $0.zones == zones }) { return group.name }
        return zones.map { id in self.zones.first { $0.id == id }?.name ?? id }.joined(separator: " + ")
    }

    /// What there is to know of the data before the figures are trusted.
    package struct Quality: Equatable, Sendable {
        /// Alarms with a response that could not be played: open, in illegal order, implausible, or of no zone.
        package var leftOut: Int
        /// Call-outs played with a drawn way, since another zone's people went or the way was not told.
        package var drawnWays = 0
        /// Days in which nothing came at all, not even a sign of life: played as quiet.
        package var silentDays: [LocalTime.Day] = []
        /// Attendance as it was measured, `within[0]` the norm.
        package var measured: WaitFigures
        /// Its median and ninth decile with their intervals; nil where too few were measured.
        package var measuredP50Milliseconds: Estimate?
        package var measuredP90Milliseconds: Estimate?
        /// The same by the replay of today's roster; nil without.
        package var replayedWithinNorm: Double?
        package var replayedP50Milliseconds: Int64?
        package var replayedP90Milliseconds: Int64?
        package var hasPlannedWork: Bool
        /// Call-outs that would have waited if no planned work bound anybody; nil where none does.
        package var waitedWithoutPlannedWork: Int?
        /// Rates or the capacity chain hold values that are marked as examples.
        package var hasExamples: Bool
    }

    package struct Capacity: Equatable, Sendable {
        package var chain: CapacityChain
        package var equivalents: FullTimeEquivalents
        package var cost: RosterCost
    }
}

/// The zone and shift where the smallest share is reached in time.
package struct WorstShift: Sendable {
    package var scope: ReplayEstimates.Scope
    /// In what share of the drawn replays it is the worst, 0–1; nil without draws.
    package var agreement: Double?
    /// The next worst.
    package var second: ReplayEstimates.Scope?
    /// The hour of the day with the most call-outs that missed the norm; nil where it has fewer than 5.
    package var hour: Hour?
    /// What one position more in it would do, also where the norm is met.
    package var oneMore: WhatIfOutcome

    package struct Hour: Equatable, Sendable {
        /// 0–23.
        package var hour: Int
        package var missed: Int
    }
}

/// The cheapest change of the roster that was found to meet the norm.
package struct Mend: Sendable {
    package var search: RosterSearch.Result
    /// Position-hours a year more than today, of the steps kept.
    package var hoursAYear: Double
    /// Mended against today, over the same drawn weeks; nil where nothing is mended.
    package var comparison: ReplayComparison?
}

/// The pair of zones that gains the most by helping one another at night.
package struct BestPooling: Sendable {
    package var pair: PoolingOfTwo
    /// Pooled against today, over the same drawn weeks.
    package var comparison: ReplayComparison
    /// The same with one position fewer, and what that saves in kroner a year; nil where there is none to take away.
    package var oneFewer: WhatIfOutcome?
    /// Where it is fewer.
    package var oneFewerZone: String?

    /// Whether more is gained within the norm than chance gives: the 95 % interval of the difference lies over 0. Nil where no interval
    /// is told.
    package var isBeyondNoise: Bool? {
        guard pair.pooled.withinNorm > pair.today.withinNorm else { return false }
        return comparison.total.estimates[.withinNormShare]?.low.map { $0 > 0 }
    }
}

/// A what-if against today.
package struct WhatIfOutcome: Sendable {
    package var whatIf: WhatIf
    package var comparison: ReplayComparison
    /// A year more than today, under 0 where it saves: kroner, and position-hours.
    package var kronerAYear: Double
    package var hoursAYear: Double
    /// Times of the week in which somebody is at work for a zone today, and nobody after the changes.
    package var unstaffed: [UnstaffedHours] = []
    /// Where the changes take away more positions than there are on some day, so that only those are taken.
    package var cutShort: [RosterSearch.ZoneShift] = []
}

/// One of the rosters held side by side.
package struct AlternativeOutcome: Sendable {
    package var alternative: RosterAlternative
    package var figures: RosterAlternative.Figures
    package var replay: ReplayEstimates
    /// Against today; nil for today's own.
    package var comparison: ReplayComparison?
    /// Times of the week in which it has nobody at work for a zone.
    package var unstaffed: [UnstaffedHours] = []
}

/// What zones that help one another need in a shift, by the hypercube.
package struct HelpingNeed: Sendable {
    package var kind: ShiftKind
    package var zones: [String]
    package var callOuts: Int
    /// 0–23: the shift's hour with the most call-outs, for which it holds.
    package var hardestHour: Int
    package var outcome: HelpingZones.Outcome
}
