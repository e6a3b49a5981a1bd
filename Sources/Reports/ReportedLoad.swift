import Staffing
import Telemetry
package import Workload

/// A period's cells summed by zone beside the roster: what takes longest of a report, and rests on nothing that its indicators are counted from.
package struct ReportedLoad: Sendable {
    /// Those of the report: the one that is asked for, or all and, where something came from it, the unknown one.
    let zones: [ReportInput.Zone]
    let grid: PeriodGrid
    let silentDays: [LocalTime.Day]
    /// Of each zone, as `shiftGrids`.
    private(set) var tallies: [LoadTally]
    let shiftGrids: [ShiftGrid]

    /// - Parameter input: its cells, the zones' key figures and the roster have been read. O(cells + quarters of the period × zones).
    package init(_ input: ReportInput, localTime: LocalTime = .oslo) {
        var zones = input.zones
        let hasUnknown = input.quiet.byZone[ReportInput.unknownZone] != nil || input.cells.contains { $0.zone == ReportInput.unknownZone }
        if hasUnknown || input.keyFiguresByZone[ReportInput.unknownZone].map({ $0.alarms > 0 }) == true {
            zones.append(.init(id: ReportInput.unknownZone, name: "Ukjent sone"))
        }
        if let zone = input.zone { zones = zones.filter { $0.id == zone } }
        self.zones = zones
        let (grid, silentDays) = input.grid(localTime)
        (self.grid, self.silentDays) = (grid, silentDays)
        let spans = input.roster?.spans(in: grid.bounds, localTime: localTime).atWork ?? []
        shiftGrids = zones.map { ShiftGrid(zone: $0.id, spans: spans, grid: grid) }
        tallies = zones.map { _ in LoadTally(dayCount: grid.days.count) }
        add(input)
    }

    private mutating func add(_ input: ReportInput) {
        let places = Dictionary(uniqueKeysWithValues: zones.enumerated().map { ($1.id, $0) })
        let rostered = zones.map { input.hasRoster($0) }
        var (lastZone, lastPlace) = ("", Int?.none)
        for cell in input.cells {
            if cell.zone != lastZone { (lastZone, lastPlace) = (cell.zone, places[cell.zone]) }
            guard let place = lastPlace, let index = grid.index(of: cell.start) else { continue }
            tallies[place].add(cell, at: index, grid, shiftGrids[place], hasRoster: rostered[place])
        }
        for (zone, place) in places {
            if let count = input.quiet.byZone[zone] { tallies[place].totals.add(count) }
        }
    }
}

extension ReportInput {
    /// A zone without a single row in the roster is not compared with it.
    func hasRoster(_ zone: Zone) -> Bool { roster?.shifts.contains { $0.zones.contains(zone.id) } ?? false }
}
