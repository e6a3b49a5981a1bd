package import Telemetry
package import Workload

/// What a staffing analysis is made from; the caller reads it from views and configuration.
package struct StaffingInput: Sendable {
    package var municipalityNumber: String
    package var municipalityName: String
    /// Those that it is about, as if the municipality had no others. Of rosters the analysis looks at the rows that serve them.
    package var zones: [StaffingAnalysis.Zone]
    /// What the data cover of the period.
    package var covered: Range<EventTime>
    /// Where the period ends, whether there are data until then or not; nil: where these do.
    package var periodEnd: EventTime?
    package var position: Int64
    /// Days of it in which nothing came at all; they are left out, and told.
    package var silentDays: [LocalTime.Day] = []
    /// Quarter cells of these zones and the covered period, in any order.
    package var cells: [ObservedCell]
    /// Alarms of these zones listed in the covered period, and before it as far back as a response may reach into it.
    package var alarms: [AlarmRecord]
    /// Nil without one.
    package var roster: Roster?
    package var planned: PlannedWork?
    package var settings: StaffingSettings
    package var alternatives: [RosterAlternative]
    package var whatIfs: [WhatIf]

    package init(
        municipalityNumber: String,
        municipalityName: String,
        zones: [StaffingAnalysis.Zone],
        covered: Range<EventTime>,
        position: Int64,
        cells: [ObservedCell],
        alarms: [AlarmRecord],
        roster: Roster?,
        planned: PlannedWork? = nil,
        settings: StaffingSettings = StaffingSettings(),
        alternatives: [RosterAlternative] = [],
        whatIfs: [WhatIf] = []
    ) {
        self.municipalityNumber = municipalityNumber
        self.municipalityName = municipalityName
        self.zones = zones
        self.covered = covered
        self.position = position
        self.cells = cells
        self.alarms = alarms
        self.roster = roster
        self.planned = planned
        self.settings = settings
        self.alternatives = alternatives
        self.whatIfs = whatIfs
    }
}

/// How much of an analysis is made: pages cannot wait as long as a command.
package struct StaffingEffort: Hashable, Sendable {
    /// Replays of drawn weeks behind each interval; nil: as the settings say.
    package var replays: Int?
    /// The search for the cheapest mend plays at most so many call-outs.
    package var searchCallOutsMax: Int
    /// Whether the mend, one position more and the pooling with one fewer get intervals of their own.
    package var comparesMends: Bool
    /// Whether the best pair of zones gets an interval.
    package var comparesPooling: Bool
    /// Whether needs, mends, pairs of zones, what-ifs and alternatives are looked at, or today's roster alone.
    package var looksAtChanges: Bool

    package init(replays: Int?, searchCallOutsMax: Int, comparesMends: Bool, comparesPooling: Bool, looksAtChanges: Bool = true) {
        self.replays = replays
        self.searchCallOutsMax = searchCallOutsMax
        self.comparesMends = comparesMends
        self.comparesPooling = comparesPooling
        self.looksAtChanges = looksAtChanges
    }

    /// How many comparisons are drawn besides what-ifs and alternatives.
    package var comparisonCount: Int { (comparesMends ? 3 : 0) + (comparesPooling ? 1 : 0) }

    /// For who has asked and waits.
    package static let whole = StaffingEffort(replays: nil, searchCallOutsMax: 60_000_000, comparesMends: true, comparesPooling: true)
    /// For one who asks over the API.
    package static let answer = StaffingEffort(replays: nil, searchCallOutsMax: 2_000_000, comparesMends: false, comparesPooling: false)
    /// For a page: some tenths of a second for a month.
    package static let page = StaffingEffort(replays: 200, searchCallOutsMax: 2_000_000, comparesMends: false, comparesPooling: true)
    /// The same figures of today's roster, for a page that tells of nothing else: a tenth of a second for a month.
    package static let today = StaffingEffort(replays: 200, searchCallOutsMax: 0, comparesMends: false, comparesPooling: false, looksAtChanges: false)
    /// For a file that is kept and handed on, such as a PDF or a workbook: some seconds.
    package static let file = StaffingEffort(replays: nil, searchCallOutsMax: 6_000_000, comparesMends: true, comparesPooling: true)
}

extension StaffingInput {
    /// Whether two inputs give the same figures: all but the journal's position.
    package func isSameMatter(as other: StaffingInput) -> Bool {
        covered == other.covered && silentDays == other.silentDays && isSameQuestion(as: other) && cells == other.cells && alarms == other.alarms
    }

    /// Whether they ask the same of the same people, whatever the data are and until when.
    package func isSameQuestion(as other: StaffingInput) -> Bool {
        municipalityNumber == other.municipalityNumber && municipalityName == other.municipalityName && zones == other.zones
            && covered.lowerBound == other.covered.lowerBound && settings == other.settings && roster == other.roster && planned == other.planned
            && alternatives == other.alternatives && whatIfs == other.whatIfs
    }
}

extension StaffingInput {
    /// The call-outs to be played.
    var trace: Trace {
        var trace = Trace(alarms: alarms, zones: zones.map(\.id), period: covered, settings: settings)
        trace.silentDays = Set(silentDays)
        return trace
    }
}
