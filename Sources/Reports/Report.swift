package import Staffing
package import Strategy
package import Telemetry
package import Workload

/// All figures of one report, computed once; every format is written from this value and computes nothing itself.
///
/// In an external report what may not be told is already gone from the value: nil and `isWithheld`.
package struct Report: Sendable {
    package var municipalityNumber: String
    package var municipalityName: String
    /// The zones the report is about, in configured order; `ukjent` last where it has load.
    package var zones: [ReportInput.Zone]
    /// All zones to choose from.
    package var configuredZones: [ReportInput.Zone]
    package var selectedZone: ReportInput.Zone?
    package var period: ReportPeriod
    package var coverage: Coverage
    package var isExternal: Bool
    package var headlines: [Headline]
    package var totals: LoadTotals
    /// Call-outs of the period; nil when withheld.
    package var dispatched: Int?
    /// Against other periods; empty where none was asked for.
    package var comparisons: [PeriodComparison] = []
    package var keyFigures: KeyFigureRow
    package var keyFiguresByZone: [KeyFigureRow]
    /// None in an external report, where an hour of the week may be one resident's visit.
    package var heatMaps: [HeatMap]
    package var staffing: StaffingFigures
    /// Nil where no device is registered.
    package var availability: AvailabilityFigures?
    /// Nil without goals.
    package var frameworks: [FrameworkFigures]?
    /// What technology there is and what it gives; nil without goals.
    package var benefits: BenefitFigures?
    package var planning: PlanningFigures?
    package var dataQuality: DataQuality
    package var provenance: Provenance

    /// Alarms or load: something to report about.
    package var hasData: Bool { keyFigures.alarms != 0 || totals.cells > 0 }

    /// How much of the period there are data of.
    package struct Coverage: Equatable, Sendable {
        package var covered: Range<EventTime>
        package var bounds: Range<EventTime>
        /// The first and last local day touched; nil when nothing is covered.
        package var days: ClosedRange<LocalTime.Day>?
        package var wholeDayCount: Int
        package var dayCount: Int
        /// Covered days in which nothing came at all, not even a sign of life.
        package var silentDays: [LocalTime.Day]

        package var isPartial: Bool { covered != bounds || !silentDays.isEmpty }
    }

    /// A sentence a leader reads first.
    package struct Headline: Equatable, Sendable {
        package enum Tone: Sendable {
            case problem, good, neutral
        }

        package enum Subject: Sendable {
            case staffing, attendance, goals, volume, trust
        }

        package var subject: Subject
        package var tone: Tone
        package var title: String
        /// How sure, and what follows.
        package var detail: String
    }

    /// Where a figure came from, so that it can be made again.
    package struct Provenance: Equatable, Sendable {
        package var generatedAt: EventTime
        package var position: Int64
        package var dataUntil: EventTime?
        /// Changes when a definition changes.
        package var definitions: String
    }

    /// The edition of the figures' definitions: that of the catalogue, which counts up whenever one of them does.
    package static let definitionsEdition = "\(IndicatorDefinition.edition)"
}

/// A share as it may be shown.
package struct ReportedShare: Equatable, Sendable {
    /// Nil when withheld.
    package var share: Share?
    /// Where the share's counts are withheld and this may be told nevertheless.
    package var rounded: RoundedShare?
    package var isWithheld: Bool { share == nil }

    init(_ share: Share, isWithheld: Bool) {
        self.share = isWithheld ? nil : share
    }

    /// Of counts that may not be told.
    init(rounded share: RoundedShare?) { rounded = share }
}

/// Waits between two steps as they may be shown.
package struct ReportedWait: Equatable, Sendable {
    package var within: [ReportedShare]
    package var p50Milliseconds: Int64?
    package var p90Milliseconds: Int64?
    /// Alarms without the second step, and with the steps in the wrong order; nil when withheld.
    package var none: Int?
    package var negative: Int?

    /// All of it.
    init(_ figures: WaitFigures) { self.init(figures, within: figures.within.map { ReportedShare($0, isWithheld: false) }, isRestTold: true) }

    /// - Parameters:
    ///   - within: what may be told of the shares.
    ///   - isRestTold: what is in no share may be told.
    init(_ figures: WaitFigures, within: [ReportedShare], isRestTold: Bool) {
        self.within = within
        // A percentile beyond a limit tells how many are at least.
        let isTold = within.allSatisfy { !$0.isWithheld }
        p50Milliseconds = isTold ? figures.p50Milliseconds : nil
        p90Milliseconds = isTold ? figures.p90Milliseconds : nil
        none = isRestTold ? figures.none : nil
        negative = isRestTold ? figures.negative : nil
    }
}

/// The KPIs of CONTRACT 6 for a zone or all.
package struct KeyFigureRow: Sendable {
    /// Nil for all zones together.
    package var zone: ReportInput.Zone?
    /// Nil when withheld.
    package var alarms: Int?
    package var answer: ReportedWait
    package var attendance: ReportedWait
    package var closedAtCentre: ReportedShare
    package var unintended: ReportedShare
    package var answerTarget: TargetComparison?
    package var attendanceTarget: TargetComparison?
}

/// A figure held against its target from `goals.yaml`.
package struct TargetComparison: Equatable, Sendable {
    package var target: Double
    package var isExample: Bool
    /// Nil when withheld.
    package var status: GoalStatus?
}

/// Mean response load by weekday and hour of one zone or all.
package struct HeatMap: Sendable {
    /// Nil for all zones together.
    package var zone: ReportInput.Zone?
    /// Erlang by hour of the week; nil where the period or the data have no such hour.
    package var erlang: [Double?]
    /// By hour of the week.
    package var callOuts: [Int]
    /// Hours of the week that are not told to who sees sums alone; nil in `erlang`.
    package var withheld: Set<Int> = []

    package var maximum: Double { erlang.reduce(0) { max($0, $1 ?? 0) } }
}

/// Load against roster, by zone and shift.
package struct StaffingFigures: Sendable {
    package var hasRoster: Bool
    /// One row a zone and shift, zones in order, day before evening before night.
    package var rows: [ShiftRow]
    package var profiles: [WeekProfile]
    /// Zones of which some shift is left out of `rows` in a report that leaves the municipality.
    package var withheldZones: [ReportInput.Zone]
    /// Response as a share of all rostered time, also of rows that are left out; nil without a roster, or when withheld.
    package var rosteredShare: Double?
    /// Replay, mends and alternatives; nil where they were not asked for, and in a report that leaves the municipality.
    package var analysis: StaffingAnalysis?

    /// Something of the rows is withheld, so that nothing can be said of the highest of them or of all.
    package var isPartlyWithheld: Bool { !withheldZones.isEmpty || rows.contains { $0.isGapWithheld || $0.isOverlapWithheld } }

    /// Rows in which more were out than rostered, worst first: by the lower end of the interval, then by hours.
    package var gaps: [ShiftRow] {
        rows.filter { $0.exceededQuarters > 0 && !$0.isGapWithheld }.sorted { left, right in
            let (leftLow, rightLow) = (left.shiftsExceeded.interval?.low ?? 0, right.shiftsExceeded.interval?.low ?? 0)
            return leftLow != rightLow ? leftLow > rightLow : left.exceededQuarters > right.exceededQuarters
        }
    }
}

/// All shifts of one kind in one zone over the covered part of the period.
package struct ShiftRow: Sendable {
    package var zone: ReportInput.Zone
    package var kind: ShiftKind
    /// Nil without a roster (for this zone).
    package var rosteredHours: Double?
    package var responseHours: Double
    package var callOuts: Int
    /// Length of the shifts' quarters, whoever is at work.
    package var coveredHours: Double
    /// Quarters in which more responders were at work at one instant than positions rostered.
    package var exceededQuarters: Int
    package var exceededQuartersByHour: [Int]
    /// Shifts with at least one such quarter, of the shifts that touch the covered part.
    package var shiftsExceeded: Share
    /// The most responders at work at one instant; nil where it may not be told.
    package var peak: Int?
    /// Hours with two or more responses open.
    package var overlapHours: Double
    package var shiftsWithOverlap: Share
    /// What stands of more out than rostered, and of two at once, concerns a handful of shifts and may not be told.
    package var isGapWithheld = false
    package var isOverlapWithheld = false

    /// A gap is called clear when the 95 % interval of the shifts concerned lies wholly above this share.
    package static let clearGapShareMin = 0.05

    package var isClearGap: Bool {
        guard !shiftsExceeded.small, let interval = shiftsExceeded.interval else { return false }
        return interval.low >= ShiftRow.clearGapShareMin
    }

    /// Unplanned response as a share of rostered time; nil without rostered time.
    package var unplannedShare: Double? {
        guard let rosteredHours, rosteredHours > 0 else { return nil }
        return responseHours / rosteredHours
    }

    package var overlapShare: Double? { coveredHours > 0 ? overlapHours / coveredHours : nil }
}

/// A zone's week: the most out at once against the positions at work, by hour of the week.
package struct WeekProfile: Sendable {
    package var zone: ReportInput.Zone
    /// The largest number at work at once; nil where the data have no such hour.
    package var peaks: [Int?]
    /// Mean positions rostered; nil as above and without a roster.
    package var positions: [Double?]
    /// Mean load in erlang.
    package var erlang: [Double?]
    /// Quarters in which more were out than rostered.
    package var exceededQuarters: [Int]
    /// Load over days and what planned work binds, by hour of the week; empty where it was not analysed.
    package var load: [ObservedHour?] = []
    /// Hours of the week that are not told to who sees sums alone.
    package var withheld: Set<Int> = []
}

/// A framework of `goals.yaml` with what was measured.
package struct FrameworkFigures: Sendable {
    package var framework: Goals.Framework
    package var goals: [GoalFigures]
}

package struct GoalFigures: Sendable {
    package var goal: Goals.Goal
    package var indicators: [IndicatorRow]
}

package struct IndicatorRow: Sendable {
    package var indicator: Goals.Indicator
    /// Nil when withheld.
    package var figure: IndicatorFigure?
    /// `figure` is a value in round numbers, without its counts and interval, which are withheld.
    package var isRounded = false
    /// In which words, where it is a share.
    package var roundedShare: RoundedShare?
    /// Nil when withheld: it would tell more than the figure.
    package var status: GoalStatus?
    /// Over the period and those before it; nil where there are none before, or it is withheld.
    package var trend: Trend?
}

/// What a reader must know before trusting the rest.
package struct DataQuality: Sendable {
    package var ledgers: [LedgerRecord]
    package var openAlarms: ReportInput.OpenAlarms
    package var unknownZones: [ReportInput.NamedCount]
    package var unregisteredDevices: Int
    package var lateInPeriod: Int64
    package var cells: Int
    package var revisedCells: Int
    /// What each source sent is not told, nor zones and devices that nobody here knows: the sources are the whole municipality's.
    package private(set) var isWithoutSources = false
    /// Whether something of the sources is missing or was refused.
    package private(set) var hasLosses = false

    package mutating func hideSources() {
        (isWithoutSources, hasLosses) = (true, missingSequences > 0 || rejected > 0)
        (ledgers, unknownZones, unregisteredDevices) = ([], [], 0)
    }

    package var missingSequences: Int64 {
        ledgers.reduce(0) { $0 + $1.missing.reduce(0) { $0 + Int64($1.count) } }
    }
    package var rejected: Int64 { ledgers.reduce(0) { $0 + $1.rejected } }
    package var clockFlags: Int64 { ledgers.reduce(0) { $0 + $1.noClock + $1.unsetClock + $1.future } }
}
