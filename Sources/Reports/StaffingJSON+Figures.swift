import Staffing
import Telemetry
import Workload

/// Observed, required and capacity as members of JSON objects.
extension JSONText {
    mutating func members(of observed: ObservedStaffing) {
        object("observed") { json in
            switch observed.drawn {
            case .weeks(let count): json.member("weeksDrawn", Int64(count))
            case .days(let count): json.member("daysDrawn", Int64(count))
            case nil: break
            }
            for (name, rows) in [("shifts", observed.shifts), ("days", observed.days), ("hours", observed.hours)] {
                json.array(name, rows) { json, row in json.object { $0.members(of: row) } }
            }
            json.array("weeks", observed.weeks) { json, week in
                json.object { json in
                    json.strings("zones", week.zones)
                    json.array("hours", week.hours.enumerated().filter { $0.element != nil }) { json, hour in
                        json.object { $0.members(of: hour.element, hourOfWeek: hour.offset) }
                    }
                }
            }
        }
    }

    private mutating func members(of row: ObservedRow) {
        let figures = row.figures
        let isTold = figures.told != .nothing
        func whole(_ value: Double) -> Double? { figures.told == .everything ? value : nil }
        func told(_ value: Double?) -> Double? { isTold ? value : nil }
        strings("zones", row.zones)
        member("shift", row.kind.rawValue)
        member("day", row.dayClass.map { $0 == .holiday ? "helligdag" : Report.shortDays[$0.rawValue - 1] })
        member("hour", row.hour.map { Int64($0) })
        member("shifts", Int64(figures.days))
        member("coveredHours", Double(figures.coveredMilliseconds) / 3_600_000)
        member("callOuts", isTold ? Int64(figures.callOuts) : nil)
        estimate("loadErlang", isTold ? figures.loadErlang : nil)
        member("loadP50Erlang", whole(figures.loadP50Erlang))
        member("loadP90Erlang", whole(figures.loadP90Erlang))
        member("responseMinutes", told(Double(figures.responseMilliseconds) / 60_000))
        member("travelMinutes", told(Double(figures.travelMilliseconds) / 60_000))
        member("onSiteMinutes", told(Double(figures.onSiteMilliseconds) / 60_000))
        member("talkMinutes", whole(Double(figures.talkMilliseconds) / 60_000))
        member("rosteredHours", figures.rosteredMilliseconds.map { $0 / 3_600_000 })
        member("plannedHours", figures.plannedMilliseconds.map { $0 / 3_600_000 })
        member("freeHours", told(figures.freeMilliseconds.map { $0 / 3_600_000 }))
        estimate("unplannedShare", figures.unplannedShare)
        array("atOnce", figures.atOnce) { json, level in
            json.object { json in
                json.member("minutes", level.isWithheld ? nil : Double(level.milliseconds) / 60_000)
                json.estimate("share", level.isWithheld ? nil : level.share)
                json.member("times", level.isWithheld ? nil : Int64(level.times))
                json.member("longestMinutes", whole(Double(level.longestMilliseconds) / 60_000))
            }
        }
        member("tooFew", figures.isTooFew)
    }

    private mutating func members(of hour: ObservedHour?, hourOfWeek: Int) {
        guard let hour else { return }
        member("hourOfWeek", Int64(hourOfWeek))
        member("days", Int64(hour.days))
        member("meanErlang", hour.told == .nothing ? nil : hour.meanErlang)
        member("p50Erlang", hour.told == .everything ? hour.p50Erlang : nil)
        member("p90Erlang", hour.told == .everything ? hour.p90Erlang : nil)
        member("positions", hour.positions)
        member("plannedPositions", hour.plannedPositions)
        member("peakResponders", hour.peakResponders.map { Int64($0) })
        member("exceededQuarters", hour.told == .nothing ? nil : Int64(hour.exceededQuarters))
    }

    mutating func members(of shift: RequiredShift) {
        strings("zones", shift.zones)
        member("shift", shift.kind.rawValue)
        member("days", shift.days.word)
        member("callOuts", Int64(shift.callOuts))
        member("rosteredPositions", shift.rosteredPositionsMin)
        switch shift.outcome {
        case .tooFew(let callOutsMin):
            member("outcome", "too-few")
            member("callOutsMin", Int64(callOutsMin))
        case .travelMissesNorm(let share):
            member("outcome", "travel-misses-norm")
            member("reachableShare", share)
        case .normForEveryone: member("outcome", "norm-for-everyone")
        case .positions(let figures):
            member("outcome", "positions")
            estimate("positions", figures.positions)
            member("positionsByModifiedLoad", Int64(figures.positionsByModifiedLoad))
            switch shift.roster {
            case nil: member("roster", String?.none)
            case .enough: member("roster", "enough")
            case .sharedWithOtherZones: member("roster", "shared-with-other-zones")
            case .tooFewAtWork(let days):
                member("roster", "too-few-at-work")
                strings("tooFewAtWorkOn", days.map { RequiredDays.dayClass($0).word })
            }
            member("meanBoundSeconds", figures.meanBoundSeconds)
            member("urgentMeanWaitSeconds", figures.urgentMeanWaitSeconds)
            member("otherMeanWaitSeconds", figures.otherMeanWaitSeconds)
            array("hours", figures.hours) { json, hour in json.object { $0.members(of: hour) } }
        }
        array("assumptions", shift.assumptions) { json, check in
            json.object { json in
                json.member("assumption", check.assumption.rawValue)
                json.member("verdict", check.verdict.rawValue)
                json.member("callOuts", Int64(check.count))
                json.member("statistic", check.statistic)
                json.member("critical", check.critical)
                json.member("pValue", check.pValue)
            }
        }
        member("prefersReplay", shift.prefersReplay)
    }

    private mutating func members(of hour: RequiredHour) {
        member("hour", Int64(hour.hour))
        member("callOuts", Int64(hour.callOuts))
        member("exposureHours", Int64(hour.exposureHours))
        estimate("callOutsPerHour", hour.callOutsPerHour)
        member("offeredErlang", hour.offeredErlang)
        member("modifiedLoadErlang", hour.modifiedLoadErlang)
        estimate("positions", hour.positions)
        member("positionsByModifiedLoad", Int64(hour.positionsByModifiedLoad))
        member("withinNorm", hour.withinNormShare)
        member("rosteredPositions", hour.rosteredPositions)
        member("rosteredPositionsMin", hour.rosteredPositionsMin)
        member("rosteredWithinNorm", hour.rosteredWithinNormShare)
    }

    mutating func members(of need: HelpingNeed) {
        strings("zones", need.zones)
        member("shift", need.kind.rawValue)
        member("callOuts", Int64(need.callOuts))
        member("hardestHour", Int64(need.hardestHour))
        switch need.outcome {
        case .tooFew: member("outcome", "too-few")
        case .travelMissesNorm(let share):
            member("outcome", "travel-misses-norm")
            member("reachableShare", share)
        case .normForEveryone: member("outcome", "norm-for-everyone")
        case .positions(let help):
            member("outcome", "positions")
            array("positions", zip(need.zones, help.positions)) { json, part in
                json.object { json in
                    json.member("zone", part.0)
                    json.member("positions", Int64(part.1))
                }
            }
            member("withinNorm", help.withinNormShare)
            member("crossZoneShare", help.crossZoneShare)
            member("allBusyShare", help.allBusyShare)
            member("meanHelpMinutes", help.meanHelpMinutes)
            member("approximate", help.isApproximate)
        }
    }

    mutating func members(of capacity: StaffingAnalysis.Capacity) {
        member("year", Int64(capacity.chain.year))
        array("steps", capacity.chain.steps) { json, step in
            json.object { json in
                json.member("step", step.kind.rawValue)
                json.member("name", step.name)
                json.member("calculation", step.calculation)
                json.member("hours", step.hours)
                json.member("remainingHours", step.remainingHours)
                json.member("source", step.source)
                json.member("example", step.isExample)
            }
        }
        array("fullTimeEquivalents", capacity.equivalents.figures) { json, figure in
            json.object { json in
                json.member("definition", figure.definition.rawValue)
                json.member("name", figure.name)
                json.member("value", figure.value)
            }
        }
        member("rosterHoursAYear", capacity.cost.hours)
        member("rosterKronerAYear", capacity.cost.kroner)
    }
}

extension RequiredDays {
    /// `all`, `workdays`, `weekends`, or a day as in `roster.csv`.
    var word: String {
        switch self {
        case .all: "all"
        case .workdays: "workdays"
        case .weekends: "weekends"
        case .dayClass(.holiday): "helligdag"
        case .dayClass(let day): Report.shortDays[day.rawValue - 1]
        }
    }
}
