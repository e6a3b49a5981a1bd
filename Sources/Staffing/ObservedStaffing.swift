package import Telemetry
package import Workload

/// What was observed in a period, for every zone, for all zones together and for groups of zones: by shift, by shift and day,
/// and by shift, day and hour.
///
/// Load is counted where the responders came from (CONTRACT 6 `responseMs`), talk where the alarm was. The rows' sums equal
/// those of the cells.
package struct ObservedStaffing: Equatable, Sendable {
    /// Zones first, then groups; day before evening before night. Rows without covered time are left out.
    package var shifts: [ObservedRow] = []
    package var days: [ObservedRow] = []
    package var hours: [ObservedRow] = []
    package var weeks: [ObservedWeek] = []
    /// What the bootstrap drew: weeks where there are enough, else days; nil where there are too few for intervals.
    package var drawn: Drawn?

    package enum Drawn: Equatable, Sendable {
        case weeks(Int), days(Int)
    }

    /// Under so many weeks days are drawn, and under so many days nothing.
    package static let weeksMin = 4
    package static let daysMin = 7

    /// What it is made from.
    package struct Input: Sendable {
        /// In the order in which they are told.
        package var zones: [String]
        /// Groups of zones, besides each zone alone.
        package var groups: [[String]]
        /// What the data cover; cut to whole quarters.
        package var covered: Range<EventTime>
        /// Days of it in which nothing at all came: left out.
        package var silentDays: Set<LocalTime.Day> = []
        /// Quarters, in any order; those of other zones are passed over.
        package var cells: [ObservedCell]
        /// Those open in the period, also those that began before it.
        package var responses: [ObservedResponse]
        package var spans: [Roster.Span]
        /// Zones with a row in the roster.
        package var rosteredZones: Set<String>
        /// Minutes of planned work (user time and travel) in a zone, on a kind of day, in an hour of the wall clock; nil without a plan.
        package var plannedMinutes: (@Sendable (String, DayClass, Int) -> Double)?
        package var callOutsMin: Int
        package var resamples: Int
        package var seed: UInt64

        package init(zones: [String], groups: [[String]] = [], covered: Range<EventTime>, settings: StaffingSettings) {
            self.zones = zones
            self.groups = groups
            self.covered = covered
            cells = []
            responses = []
            spans = []
            rosteredZones = []
            callOutsMin = settings.callOutsMin
            resamples = settings.replays
            seed = settings.seed
        }
    }

    /// O(groups × (quarters + spans + responses) + cells + rows × resamples × weeks); pure: the same input gives the same figures.
    package init(_ input: Input, localTime: LocalTime = .oslo) {
        let grid = ObservedGrid(input.covered, silentDays: input.silentDays, localTime: localTime)
        guard grid.count > 0 else { return }
        let clockDays = grid.days.indices.dropFirst().filter { !grid.isSilent[$0] }
        let weeks = Set(clockDays.map(grid.week)).count
        drawn = weeks >= ObservedStaffing.weeksMin ? .weeks(weeks) : clockDays.count >= ObservedStaffing.daysMin ? .days(clockDays.count) : nil
        let places = Dictionary(grouping: input.cells.indices) { input.cells[$0].zone }
        let responses = Dictionary(grouping: input.responses, by: \.zone)
        for zones in input.zones.map({ [$0] }) + input.groups {
            var tally = ObservedTally(zones: Set(zones), grid: grid, spans: input.spans, plannedMinutes: input.plannedMinutes)
            for zone in zones {
                for place in places[zone] ?? [] {
                    if let quarter = grid.quarter(of: input.cells[place].start) { tally.add(input.cells[place], quarter: quarter) }
                }
            }
            tally.add(zones.flatMap { (responses[$0] ?? []).map(\.time) })
            let summary = ObservedSummary(
                tally: tally,
                zones: zones,
                hasRoster: zones.contains(where: input.rosteredZones.contains),
                hasPlan: input.plannedMinutes != nil,
                callOutsMin: input.callOutsMin,
                resamples: input.resamples,
                seed: input.seed,
                drawn: drawn
            )
            shifts += summary.shifts()
            days += summary.days()
            hours += summary.hours()
            self.weeks.append(summary.week())
        }
    }
}
