import Staffing
import Strategy
import Workload

extension Report {
    /// The report as it is told to who may not see the sources: that something of them is lacking, not what.
    package var withoutSources: Report {
        var told = self
        told.dataQuality.hideSources()
        told.headlines = HeadlineWriter(report: told).headlines()
        return told
    }

    /// The report as who sees sums alone is told it: without hours of the week and shifts of one to four call-outs of a zone, and
    /// without those that they could be had from by subtraction. All formats are written from it.
    package var ofSums: Report {
        var told = self
        // Since when is one moment.
        told.dataQuality.openAlarms.oldest = nil
        guard !isExternal else { return told }
        told.withholdFewHours()
        told.withholdFewShifts()
        told.staffing.analysis = staffing.analysis?.ofSums
        told.headlines = HeadlineWriter(report: told).headlines()
        return told
    }

    private mutating func withholdFewHours() {
        var withheldOfZones = [Int](repeating: 0, count: PeriodGrid.hoursOfWeek)
        var callOutsOfZones = withheldOfZones
        for place in heatMaps.indices where heatMaps[place].zone != nil {
            let few = heatMaps[place].fewHours
            for hour in few {
                withheldOfZones[hour] += 1
                callOutsOfZones[hour] += heatMaps[place].callOuts[hour]
            }
            heatMaps[place].withhold(few)
        }
        for place in heatMaps.indices where heatMaps[place].zone == nil {
            let following = withheldOfZones.indices.filter {
                withheldOfZones[$0] == 1 || withheldOfZones[$0] > 0 && callOutsOfZones[$0] < Share.smallBelow
            }
            let few = heatMaps[place].fewHours
            heatMaps[place].withhold(few.union(following))
        }
        for place in staffing.profiles.indices {
            guard let map = heatMaps.first(where: { $0.zone == staffing.profiles[place].zone }) else { continue }
            staffing.profiles[place].withhold(map.withheld)
        }
    }

    private mutating func withholdFewShifts() {
        let isTold = ToldRows(staffing.rows.map { [$0.callOuts == 0 && $0.responseHours > 0 ? 1 : $0.callOuts] }).isTold
        let rows = zip(staffing.rows, isTold)
        staffing.withheldZones = zones.filter { zone in rows.contains { $0.zone == zone && !$1 } }
        staffing.rows = rows.filter(\.1).map(\.0)
    }
}

extension HeatMap {
    /// Hours of the week in which somebody was out, on fewer than five call-outs.
    fileprivate var fewHours: Set<Int> {
        Set(erlang.indices.filter { hour in callOuts[hour] < Share.smallBelow && (callOuts[hour] > 0 || (erlang[hour] ?? 0) > 0) })
    }

    fileprivate mutating func withhold(_ hours: Set<Int>) {
        withheld = hours
        for hour in hours { erlang[hour] = nil }
    }
}

extension WeekProfile {
    /// Also the load over days, each of whose percentiles is one day's.
    fileprivate mutating func withhold(_ hours: Set<Int>) {
        withheld = hours
        for hour in hours { (peaks[hour], erlang[hour], exceededQuarters[hour]) = (nil, nil, 0) }
        for hour in load.indices {
            load[hour]?.p50Erlang = 0
            load[hour]?.p90Erlang = 0
        }
    }
}
