import Staffing
import Strategy
import Workload

extension ReportBuilder {
    /// In an external report there are no profiles by hour and no analysis by zone and shift: an hour may be one resident's visit, and
    /// the tables of an analysis could be taken from one another.
    func staffing(_ totals: LoadTotals) -> StaffingFigures {
        let all = zones.indices.flatMap(shiftRows)
        let rows = input.isExternal ? told(all) : all
        let rostered = all.filter { $0.rosteredHours != nil }
        let hours = rostered.reduce(0) { $0 + ($1.rosteredHours ?? 0) }
        let isShareTold = !input.isExternal || Int(totals.dispatched).isTellable
        return StaffingFigures(
            hasRoster: zones.contains(where: input.hasRoster),
            rows: rows,
            profiles: input.isExternal ? [] : zones.indices.map(profile),
            withheldZones: zones.filter { zone in rows.count { $0.zone == zone } < all.count { $0.zone == zone } },
            rosteredShare: isShareTold && hours > 0 ? rostered.reduce(0) { $0 + $1.responseHours } / hours : nil,
            analysis: input.isExternal ? nil : input.staffing
        )
    }

    /// The rows that may leave the municipality, by their call-outs; none where these are not known. A zone has all its shifts or none:
    /// what a zone has in all, and what all have at night, stands elsewhere.
    private func told(_ rows: [ShiftRow]) -> [ShiftRow] {
        guard let observed = input.staffing?.observed.shifts else { return [] }
        let byZone = zones.map { zone in rows.filter { $0.zone == zone } }
        let callOuts = byZone.map { rows in
            rows.map { row in
                let count = observed.first { $0.zones == [row.zone.id] && $0.kind == row.kind }?.figures.callOuts ?? 0
                // What goes on from the shift before is one at least.
                return count == 0 && row.responseHours > 0 ? 1 : count
            }
        }
        return zip(byZone, ToldRows(callOuts).isTold).filter(\.1).flatMap { rows, _ in
            rows.map { row in
                var row = row
                // Of a shift that is cut, and not counted, there are hours nevertheless.
                row.isGapWithheld = !row.shiftsExceeded.isTellable || row.shiftsExceeded.numerator == 0 && row.exceededQuarters > 0
                // Where more out than on duty are two at once, the shifts with two and no more are a count too.
                let further = row.isGapWithheld ? 0 : row.shiftsWithOverlap.numerator - row.shiftsExceeded.numerator
                let isCut = row.shiftsWithOverlap.numerator == 0 && row.overlapHours > 0
                row.isOverlapWithheld = !row.shiftsWithOverlap.isTellable || isCut || !further.isTellable
                // More than are on duty, and not told, would be less than five.
                (row.exceededQuartersByHour, row.peak) = ([], nil)
                return row
            }
        }
    }

    private func shiftRows(_ place: Int) -> [ShiftRow] {
        let (zone, tally, shifts) = (zones[place], tallies[place], load.shiftGrids[place])
        var quarters = [0, 0, 0]
        var days: [Set<Int>] = [[], [], []]
        for index in grid.coveredIndices {
            let order = shifts.kinds[index].order
            quarters[order] += 1
            days[order].insert(shifts.shiftDays[index])
        }
        return ShiftKind.allCases.map { kind in
            let figures = tally.shifts[kind.order]
            let all = days[kind.order].union(figures.daysExceeded).union(figures.daysWithOverlap)
            // Half a night at the edge of a period is no night; where there are none but such, they are all that can be told.
            let whole = all.subtracting(shifts.cutDays[kind.order])
            let counted = whole.isEmpty ? all : whole
            return ShiftRow(
                zone: zone,
                kind: kind,
                rosteredHours: input.hasRoster(zone) ? shifts.rosteredMilliseconds[kind.order] / 3_600_000 : nil,
                responseHours: Double(figures.responseMilliseconds) / 3_600_000,
                callOuts: figures.callOuts,
                coveredHours: Double(quarters[kind.order]) / 4,
                exceededQuarters: figures.exceededQuarters,
                exceededQuartersByHour: figures.exceededQuartersByHour,
                shiftsExceeded: Share(figures.daysExceeded.intersection(counted).count, of: counted.count),
                peak: figures.peak,
                overlapHours: Double(figures.overlapMilliseconds) / 3_600_000,
                shiftsWithOverlap: Share(figures.daysWithOverlap.intersection(counted).count, of: counted.count)
            )
        }
    }

    private func profile(_ place: Int) -> WeekProfile {
        var positions = [Double](repeating: 0, count: PeriodGrid.hoursOfWeek)
        for index in grid.coveredIndices {
            positions[grid.slots[index].hourOfWeek] += load.shiftGrids[place].positions[index]
        }
        let rostered = input.hasRoster(zones[place])
        let counts = grid.coveredQuarters
        return WeekProfile(
            zone: zones[place],
            peaks: counts.indices.map { counts[$0] == 0 ? nil : tallies[place].peakByHour[$0] },
            positions: counts.indices.map { counts[$0] == 0 || !rostered ? nil : positions[$0] / Double(counts[$0]) },
            erlang: erlang(tallies[place].responseByHour),
            exceededQuarters: tallies[place].exceededByHour,
            load: input.staffing?.observed.weeks.first { $0.zones == [zones[place].id] }?.hours ?? []
        )
    }
}
