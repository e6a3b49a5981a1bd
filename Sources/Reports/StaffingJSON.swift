package import Staffing
import Telemetry
import Workload

extension StaffingAnalysis {
    /// The analysis as JSON, as `/api/v1/staffing` gives it and `/openapi.json` describes it. Shares are 0–1, instants RFC 3339.
    package var json: [UInt8] {
        var json = JSONText(bytesLikely: 256 << 10)
        json.object { json in
            json.member("municipality", municipalityNumber)
            json.member("name", municipalityName)
            json.member("from", Timestamp.format(covered.lowerBound))
            json.member("to", Timestamp.format(covered.upperBound))
            json.member("hasData", !covered.isEmpty)
            json.member("position", position)
            json.array("zones", zones) { json, zone in
                json.object { json in
                    json.member("id", zone.id)
                    json.member("name", zone.name)
                }
            }
            json.object("norm") { json in json.members(of: settings.norm) }
            json.member("callOutsMin", Int64(settings.callOutsMin))
            json.member("seed", String(settings.seed))
            json.member("hasRoster", hasRoster)
            json.unstaffed(unstaffed)
            json.members(of: quality)
            json.optional("replay", replay) { json, replay in json.members(of: replay) }
            json.optional("worst", worst) { json, worst in json.members(of: worst) }
            json.optional("mend", mend) { json, mend in json.members(of: mend) }
            json.optional("pooling", bestPooling) { json, pooling in json.members(of: pooling, name: name(pooling.pair.zones)) }
            json.array("poolings", poolings) { json, pair in json.object { $0.members(of: pair) } }
            json.array("whatIfs", whatIfs) { json, outcome in json.object { $0.members(of: outcome) } }
            json.array("alternatives", alternatives) { json, outcome in json.object { $0.members(of: outcome) } }
            json.array("required", required) { json, shift in json.object { $0.members(of: shift) } }
            json.array("helping", helping) { json, need in json.object { $0.members(of: need) } }
            json.members(of: observed)
            json.optional("capacity", capacity) { json, capacity in json.members(of: capacity) }
        }
        return json.bytes
    }
}

extension JSONText {
    /// An object, or null where there is nothing.
    mutating func optional<Value>(_ name: String, _ value: Value?, _ body: (inout JSONText, Value) -> Void) {
        guard let value else { return member(name, String?.none) }
        object(name) { body(&$0, value) }
    }

    mutating func estimate(_ name: String, _ estimate: Estimate?) {
        optional(name, estimate) { json, estimate in
            json.member("value", estimate.value)
            json.member("low", estimate.low)
            json.member("high", estimate.high)
        }
    }

    mutating func strings(_ name: String, _ texts: [String]) { array(name, texts) { json, text in json.value(text) } }

    private mutating func days(_ days: RosterDays?) {
        switch days {
        case nil: member("days", String?.none)
        case .holidays: member("days", "helligdag")
        case .weekdays(let weekdays): member("days", weekdays.sorted().map { Report.shortDays[$0 - 1] }.joined(separator: ","))
        }
    }

    fileprivate mutating func members(of norm: AttendanceNorm) {
        member("share", norm.share)
        member("withinMinutes", Double(norm.withinMilliseconds) / 60_000)
        member("source", norm.source)
    }

    fileprivate mutating func members(of quality: StaffingAnalysis.Quality) {
        object("quality") { json in
            json.array("silentDays", quality.silentDays) { $0.value($1.iso) }
            json.member("leftOut", Int64(quality.leftOut))
            json.member("drawnWays", Int64(quality.drawnWays))
            let measured = quality.measured.within.first
            json.member("measuredCallOuts", Int64(quality.measured.n))
            json.optional("measuredWithinNorm", measured.flatMap { share in share.interval.map { (share.value ?? 0, $0) } }) { json, share in
                json.member("value", share.0)
                json.member("low", share.1.low)
                json.member("high", share.1.high)
            }
            json.member("replayedWithinNorm", quality.replayedWithinNorm)
            func minutes(_ milliseconds: Estimate) -> Estimate {
                Estimate(milliseconds.value / 60_000, low: milliseconds.low.map { $0 / 60_000 }, high: milliseconds.high.map { $0 / 60_000 })
            }
            json.estimate("measuredP50Minutes", quality.measuredP50Milliseconds.map(minutes))
            json.estimate("measuredP90Minutes", quality.measuredP90Milliseconds.map(minutes))
            json.member("replayedP50Minutes", quality.replayedP50Milliseconds.map { Double($0) / 60_000 })
            json.member("replayedP90Minutes", quality.replayedP90Milliseconds.map { Double($0) / 60_000 })
            json.strings("replayOff", quality.replayOff.map(\.rawValue))
            json.member("hasPlannedWork", quality.hasPlannedWork)
            json.member("waitedWithoutPlannedWork", quality.waitedWithoutPlannedWork.map { Int64($0) })
            json.member("hasExamples", quality.hasExamples)
        }
    }

    fileprivate mutating func unstaffed(_ hours: [UnstaffedHours]) {
        array("unstaffed", hours) { json, hours in
            json.object { json in
                json.member("zone", hours.zone)
                json.days(.weekdays(hours.weekdays))
                json.member("startMinutes", Int64(hours.startMinutes))
                json.member("endMinutes", Int64(hours.endMinutes))
                json.member("everyWeek", hours.isEveryWeek)
            }
        }
    }

    // MARK: Replayed

    fileprivate mutating func members(of replay: ReplayEstimates) {
        member("replays", Int64(replay.replays))
        object("total") { $0.members(of: replay.total) }
        array("zones", replay.byZone) { json, scope in json.object { $0.members(of: scope) } }
        array("shifts", replay.byShift.filter { $0.figures.callOuts > 0 }) { json, scope in json.object { $0.members(of: scope) } }
    }

    fileprivate mutating func members(of scope: ReplayEstimates.Scope) {
        let figures = scope.figures
        member("zone", scope.zone)
        member("shift", scope.kind?.rawValue)
        member("callOuts", Int64(figures.callOuts))
        estimate("withinNorm", scope.withinNorm)
        estimate("attendanceP50Minutes", scope.p50Minutes)
        estimate("attendanceP90Minutes", scope.p90Minutes)
        member("waited", Int64(figures.waited))
        estimate("waitedShare", scope.estimates[.waitedShare])
        estimate("meanWaitMinutes", scope.meanWaitMinutes)
        member("longestWaitMinutes", Double(figures.waitMaxMilliseconds) / 60_000)
        member("neverReached", Int64(figures.neverReached))
        member("crossZone", Int64(figures.crossZone))
        member("shortHanded", Int64(figures.shortHanded))
        member("overtimeHours", Double(figures.overtimeMilliseconds) / 3_600_000)
        member("rosteredHours", Double(figures.rosteredMilliseconds) / 3_600_000)
        estimate("busyShare", scope.estimates[.busyShare])
        member("displacedHours", figures.displacedMilliseconds.map { Double($0) / 3_600_000 })
        switch scope.tooFew {
        case nil: member("tooFew", String?.none)
        case .callOuts: member("tooFew", "call-outs")
        case .weeks: member("tooFew", "weeks")
        }
        member("surelyUnderNorm", scope.isSurelyUnderNorm)
    }

    fileprivate mutating func members(of worst: WorstShift) {
        member("zone", worst.scope.zone)
        member("shift", worst.scope.kind?.rawValue)
        estimate("withinNorm", worst.scope.withinNorm)
        member("agreement", worst.agreement)
        member("hour", worst.hour.map { Int64($0.hour) })
        object("oneMore") { json in
            let after = worst.oneMore.comparison.changed.byShift.first { $0.zone == worst.scope.zone && $0.kind == worst.scope.kind }
            json.estimate("withinNorm", after?.withinNorm)
            json.member("kronerAYear", worst.oneMore.kronerAYear)
            json.member("hoursAYear", worst.oneMore.hoursAYear)
        }
        optional("second", worst.second) { json, second in
            json.member("zone", second.zone)
            json.member("shift", second.kind?.rawValue)
            json.estimate("withinNorm", second.withinNorm)
        }
    }

    fileprivate mutating func members(of comparison: ReplayComparison) {
        object("today") { $0.members(of: comparison.today.total) }
        object("changed") { $0.members(of: comparison.changed.total) }
        estimate("withinNormDifference", comparison.total.estimates[.withinNormShare])
        array("shifts", comparison.byShift.filter { $0.estimates[.withinNormShare] != nil }) { json, difference in
            json.object { json in
                json.member("zone", difference.zone)
                json.member("shift", difference.kind?.rawValue)
                json.estimate("withinNormDifference", difference.estimates[.withinNormShare])
            }
        }
    }

    // MARK: Changed

    fileprivate mutating func members(of mend: Mend) {
        member("outcome", mend.search.verdict.word)
        member("metNorm", mend.search.verdict == .met || mend.search.verdict == .mended)
        member("kronerAYear", mend.search.kronerAYear)
        member("hoursAYear", mend.hoursAYear)
        member("withinNormBefore", mend.search.before.total.withinNormShare)
        member("withinNormAfter", mend.search.after.total.withinNormShare)
        array("steps", mend.search.steps) { json, step in
            json.object { json in
                json.members(of: step.change)
                json.member("kronerAYear", step.kronerAYear)
                json.member("lateBefore", Int64(step.missingBefore))
                json.member("lateAfter", Int64(step.missingAfter))
                json.member("withinNorm", step.withinNormShare)
                json.member("leftOut", step.isLeftOut)
            }
        }
        for (name, places) in [("outOfReach", mend.search.outOfReach), ("tooFew", mend.search.tooFew)] {
            array(name, places) { json, place in
                json.object { json in
                    json.member("zone", place.zone)
                    json.member("shift", place.kind.rawValue)
                }
            }
        }
    }

    fileprivate mutating func members(of pair: PoolingOfTwo) {
        strings("zones", pair.zones)
        member("shift", pair.kind.rawValue)
        member("callOuts", Int64(pair.today.callOuts))
        member("tooFew", pair.isTooFew)
        member("withinNormToday", pair.today.withinNormShare)
        member("withinNormPooled", pair.pooled.withinNormShare)
        member("waitedToday", Int64(pair.today.waited))
        member("waitedPooled", Int64(pair.pooled.waited))
    }

    fileprivate mutating func members(of pooling: BestPooling, name: String) {
        strings("zones", pooling.pair.zones)
        member("shift", pooling.pair.kind.rawValue)
        member("callOuts", Int64(pooling.pair.today.callOuts))
        member("withinNormToday", pooling.pair.today.withinNormShare)
        member("withinNormPooled", pooling.pair.pooled.withinNormShare)
        member("waitedToday", Int64(pooling.pair.today.waited))
        member("waitedPooled", Int64(pooling.pair.pooled.waited))
        member("longestWaitTodayMinutes", Double(pooling.pair.today.waitMaxMilliseconds) / 60_000)
        member("longestWaitPooledMinutes", Double(pooling.pair.pooled.waitMaxMilliseconds) / 60_000)
        estimate("withinNormDifference", pooling.comparison.total.estimates[.withinNormShare])
        member("beyondNoise", pooling.isBeyondNoise)
        member("oneFewerZone", pooling.oneFewerZone)
        optional("oneFewer", pooling.oneFewer) { json, fewer in json.members(of: fewer, name: name) }
    }

    fileprivate mutating func members(of outcome: WhatIfOutcome, name: String? = nil) {
        member("name", name ?? outcome.whatIf.name)
        array("changes", outcome.whatIf.changes) { json, change in json.object { $0.members(of: change) } }
        member("kronerAYear", outcome.kronerAYear)
        member("hoursAYear", outcome.hoursAYear)
        unstaffed(outcome.unstaffed)
        array("cutShort", outcome.cutShort) { json, place in
            json.object {
                $0.member("zone", place.zone)
                $0.member("shift", place.kind.rawValue)
            }
        }
        members(of: outcome.comparison)
    }

    fileprivate mutating func members(of change: StaffingChange) {
        switch change {
        case .positions(let zones, let kind, let days, let delta):
            member("positions", delta)
            strings("zones", zones)
            member("shift", kind.rawValue)
            self.days(days)
        case .start(let zones, let kind, let laterMinutes):
            member("laterMinutes", Int64(laterMinutes))
            strings("zones", zones)
            member("shift", kind.rawValue)
        case .pool(let zones, let kinds):
            strings("pool", zones)
            strings("shifts", kinds.map(\.rawValue))
        case .norm(let norm): object("norm") { $0.members(of: norm) }
        case .closedAtCentre(let share): member("closedAtCentrePercent", share * 100)
        case .travel(let factor): member("travelFactor", factor)
        case .load(let factor): member("loadFactor", factor)
        }
    }

    fileprivate mutating func members(of outcome: AlternativeOutcome) {
        member("name", outcome.alternative.name)
        member("note", outcome.alternative.note)
        object("replay") { $0.members(of: outcome.replay.total) }
        estimate("withinNormDifference", outcome.comparison?.total.estimates[.withinNormShare])
        member("hoursAYear", outcome.figures.cost.hours)
        member("kronerAYear", outcome.figures.cost.kroner)
        member("nightShare", outcome.figures.cost.nightShare)
        member("weekendShare", outcome.figures.cost.weekendShare)
        unstaffed(outcome.unstaffed)
        member("linesChecked", Int64(outcome.figures.rest.lines.count))
        array("restFindings", outcome.figures.rest.findings) { json, finding in
            json.object { json in
                json.member("line", finding.line)
                json.member("rule", finding.kind.rawValue)
                json.member("week", Int64(finding.week))
                json.member("weekday", finding.weekday.map { Int64($0) })
                json.member("date", finding.date?.iso)
                json.member("foundHours", finding.foundHours)
                json.member("requiredHours", finding.requiredHours)
            }
        }
    }
}

extension RosterSearch.Verdict {
    /// As the API says it.
    fileprivate var word: String {
        switch self {
        case .met: "met"
        case .mended: "mended"
        case .notMended: "not-mended"
        case .outOfReach: "out-of-reach"
        case .tooFew: "too-few"
        }
    }
}
