package import Staffing
package import Strategy
package import Telemetry
package import Workload

/// Everything one report is made from; the caller reads it from views and configuration.
package struct ReportInput: Sendable {
    package struct Zone: Hashable, Sendable {
        package var id: String
        package var name: String

        package init(id: String, name: String) {
            self.id = id
            self.name = name
        }
    }

    package struct OpenAlarms: Equatable, Sendable {
        package var count: Int
        package var oldest: EventTime?
        /// Those of them that only imported history knows: the live board is without them.
        package var ofHistory: Int

        package init(count: Int, oldest: EventTime? = nil, ofHistory: Int = 0) {
            (self.count, self.oldest, self.ofHistory) = (count, oldest, ofHistory)
        }
    }

    /// Days × devices of the period: registered, and those of them with any sign of life.
    package struct DeviceDays: Equatable, Sendable {
        package var withSign: Int
        package var registered: Int

        package init(withSign: Int, registered: Int) {
            self.withSign = withSign
            self.registered = registered
        }
    }

    package struct NamedCount: Equatable, Sendable {
        package var name: String
        package var count: Int

        package init(name: String, count: Int) {
            self.name = name
            self.count = count
        }
    }

    /// The zone of what has no known zone. It may come among the cells without being configured.
    package static let unknownZone = "ukjent"

    package var municipalityNumber: String
    package var municipalityName: String
    package var zones: [Zone]
    /// A report about one zone alone; nil for all.
    package var zone: String?
    package var period: ReportPeriod
    /// The part of the period that everything is counted over: of an external report from its first whole day with data until its last;
    /// nil for all of it.
    package var counted: Range<EventTime>?
    /// Quarter-hour cells of the period, in any order; empty ones left out.
    package var cells: [LoadCell] = []
    /// Cells without load that are counted here instead of being among them.
    package var quiet = QuietCells()
    /// All alarms of the period, and of a day before and after it, by instant: not for the report itself, but for what else is read for it.
    package var alarms: [AlarmRecord] = []
    package var keyFigures: KeyFigures = .none
    /// Other periods of the same zones, to be compared with.
    package var compared: [ComparedPeriod] = []
    package var keyFiguresByZone: [String: KeyFigures] = [:]
    package var ledgers: [LedgerRecord] = []
    package var openAlarms = OpenAlarms(count: 0)
    /// Registered users, or devices where users are not known.
    package var usersByZone: [String: Int] = [:]
    package var deviceDaysByZone: [String: DeviceDays] = [:]
    package var deviceDaysByGroup: [DeviceGroup: DeviceGroupDays] = [:]
    package var unknownZones: [NamedCount] = []
    package var unregisteredDevices = 0
    package var roster: Roster?
    package var goals: Goals?
    /// Of the same period and zones; nil where none is wanted.
    package var staffing: StaffingAnalysis?
    /// What the goals' indicators are computed from; nil: from what else is here, which is less.
    package var indicatorData: IndicatorData?
    /// The same of the periods before it, in order: what trends are told over. Without any, none is told.
    package var earlierIndicators: [IndicatorData] = []
    /// Projection, comparison and places of the whole municipality; nil where none is wanted.
    package var planning: PlanningFigures?
    package var generatedAt: EventTime
    /// The journal position that the views stand for.
    package var position: Int64
    /// The first instant there are data of; nil when there are from before the period.
    package var dataFrom: EventTime?
    /// Up to when data are complete: for a running period, now. Nil when nothing has been read yet.
    package var dataUntil: EventTime?
    /// The report leaves the municipality: figures with a denominator under 5 are withheld.
    package var isExternal = false
    /// Devices have given signs of life, so that a day without any is silent.
    package var expectsSigns = false

    /// From the first instant counted to the last, as far as data can be.
    package var countedBounds: Range<EventTime> { counted ?? period.bounds() }

    /// The quarters of the period that data cover and that are counted, silent days left out; these beside it. O(quarters).
    package func grid(_ localTime: LocalTime = .oslo) -> (grid: PeriodGrid, silentDays: [LocalTime.Day]) {
        let cells = cellSpan
        let from = dataFrom.map { min($0, cells?.lowerBound ?? $0) }
        let until = [dataUntil, cells?.upperBound].compactMap(\.self).max()
        // What lies outside what is counted is as if there were no data of it.
        var grid = PeriodGrid(
            period: period,
            dataFrom: counted.map { max($0.lowerBound, from ?? $0.lowerBound) } ?? from,
            dataUntil: counted.map { min($0.upperBound, until ?? $0.lowerBound) } ?? until,
            localTime: localTime
        )
        let silentDays = localTime.silentDays(of: self.cells, quiet: quiet, in: grid.covered, expectsSigns: expectsSigns)
        grid.leaveOut(silentDays)
        return (grid, silentDays)
    }

    /// From the start of the first cell to the end of the last, with load or without; nil without any.
    package var cellSpan: Range<EventTime>? {
        let quarter = TimeRule.quarterMilliseconds
        return cells.reduce(quiet.span) { span, cell in
            span.map { min($0.lowerBound, cell.start)..<max($0.upperBound, cell.start + quarter) } ?? cell.start..<cell.start + quarter
        }
    }

    package init(
        municipalityNumber: String,
        municipalityName: String,
        zones: [Zone],
        period: ReportPeriod,
        generatedAt: EventTime,
        position: Int64
    ) {
        self.municipalityNumber = municipalityNumber
        self.municipalityName = municipalityName
        self.zones = zones
        self.period = period
        self.generatedAt = generatedAt
        self.position = position
    }
}

extension KeyFigures {
    /// The figures of no alarms.
    package static let none = KeyFigures(
        alarms: 0,
        answer: WaitFigures(waits: [], none: 0, negative: 0, limitsMilliseconds: KeyFigures.answerLimitsMilliseconds),
        attendance: WaitFigures(
            waits: [],
            none: 0,
            negative: 0,
            limitsMilliseconds: KeyFigures.attendanceLimitsMilliseconds
        ),
        closedAtCentre: Share(0, of: 0),
        unintended: Share(0, of: 0)
    )
}
