import Staffing
import Telemetry
import Workload

/// The cells of one zone, summed every way the report needs, in one pass.
struct LoadTally {
    /// `responseMs` by hour of the week.
    var responseByHour = [Int64](repeating: 0, count: PeriodGrid.hoursOfWeek)
    /// `dispatched` by hour of the week.
    var callOutsByHour = [Int](repeating: 0, count: PeriodGrid.hoursOfWeek)
    /// The largest `openPeak` by hour of the week.
    var peakByHour = [Int](repeating: 0, count: PeriodGrid.hoursOfWeek)
    /// Quarters in which more were out than rostered, by hour of the week.
    var exceededByHour = [Int](repeating: 0, count: PeriodGrid.hoursOfWeek)
    var responseByDay: [Int64]
    var shifts: [ShiftTally]
    var totals = LoadTotals()

    init(dayCount: Int) {
        responseByDay = [Int64](repeating: 0, count: dayCount)
        shifts = ShiftKind.allCases.map { _ in ShiftTally() }
    }

    /// Adds the quarter `index` of the grid.
    mutating func add(_ cell: LoadCell, at index: Int, _ grid: PeriodGrid, _ shiftGrid: ShiftGrid, hasRoster: Bool) {
        let slot = grid.slots[index]
        let measures = cell.measures
        totals.add(measures, revised: cell.revised)
        responseByHour[slot.hourOfWeek] += measures.responseMs
        callOutsByHour[slot.hourOfWeek] += Int(measures.dispatched)
        peakByHour[slot.hourOfWeek] = max(peakByHour[slot.hourOfWeek], Int(measures.openPeak))
        responseByDay[slot.day] += measures.responseMs
        let kind = shiftGrid.kinds[index]
        let exceeds = hasRoster && Double(measures.openPeak) > shiftGrid.positions[index] + 1e-9
        if exceeds { exceededByHour[slot.hourOfWeek] += 1 }
        shifts[kind.order].add(measures, hour: slot.hour, day: shiftGrid.shiftDays[index], exceeds: exceeds)
    }
}

/// Sums over a zone or the whole municipality.
package struct LoadTotals: Equatable, Sendable {
    package internal(set) var raised: Int64 = 0
    package internal(set) var dispatched: Int64 = 0
    package internal(set) var tests: Int64 = 0
    package internal(set) var repeated: Int64 = 0
    package internal(set) var talkMilliseconds: Int64 = 0
    package internal(set) var responseMilliseconds: Int64 = 0
    package internal(set) var travelMilliseconds: Int64 = 0
    package internal(set) var onSiteMilliseconds: Int64 = 0
    package internal(set) var late: Int64 = 0
    package internal(set) var cells = 0
    package internal(set) var revisedCells = 0

    package var responseHours: Double { Double(responseMilliseconds) / 3_600_000 }

    mutating func add(_ measures: Measures, revised: Bool) {
        raised += measures.raised
        dispatched += measures.dispatched
        tests += measures.tests
        repeated += measures.repeated
        talkMilliseconds += measures.talkMs
        responseMilliseconds += measures.responseMs
        travelMilliseconds += measures.travelMs
        onSiteMilliseconds += measures.onSiteMs
        late += measures.late
        cells += 1
        revisedCells += revised ? 1 : 0
    }

    mutating func add(_ quiet: QuietCells.Count) {
        cells += quiet.cells
        revisedCells += quiet.revised
    }

    mutating func add(_ other: LoadTotals) {
        raised += other.raised
        dispatched += other.dispatched
        tests += other.tests
        repeated += other.repeated
        talkMilliseconds += other.talkMilliseconds
        responseMilliseconds += other.responseMilliseconds
        travelMilliseconds += other.travelMilliseconds
        onSiteMilliseconds += other.onSiteMilliseconds
        late += other.late
        cells += other.cells
        revisedCells += other.revisedCells
    }
}

/// What happened in all the shifts of one kind in one zone.
struct ShiftTally {
    var responseMilliseconds: Int64 = 0
    var callOuts = 0
    var overlapMilliseconds: Int64 = 0
    var peak = 0
    var exceededQuarters = 0
    var exceededQuartersByHour = [Int](repeating: 0, count: 24)
    /// Days (by number) of the shifts in which more were out than rostered, and in which two responses overlapped.
    var daysExceeded: Set<Int> = []
    var daysWithOverlap: Set<Int> = []

    mutating func add(_ measures: Measures, hour: Int, day: Int, exceeds: Bool) {
        responseMilliseconds += measures.responseMs
        callOuts += Int(measures.dispatched)
        overlapMilliseconds += measures.overlapMs
        peak = max(peak, Int(measures.openPeak))
        if measures.overlapMs > 0 { daysWithOverlap.insert(day) }
        if exceeds {
            exceededQuarters += 1
            exceededQuartersByHour[hour] += 1
            daysExceeded.insert(day)
        }
    }
}
