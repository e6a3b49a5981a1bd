package import Staffing
import Workload

extension StaffingAnalysis {
    /// The rows by shift, by shift and day and by shift, day and hour, as Norwegian Excel reads them: UTF-8 with a byte order
    /// mark, semicolons, decimal commas. What cannot or may not be said is empty. Then how each roster was played, level `avspilt`, by shift and (without
    /// one) in all; in the last column which: today, the cheapest mend, an alternative, a what-if. Last the times of the week in which nobody is at work for a zone,
    /// level `ubemannet`: today, and with the rosters and what-ifs held against it, named in the last column.
    package var csv: String {
        let titles = [
            "nivå", "sone", "vakt", "dag", "time", "vakter", "utrykninger", "erlang", "erlang_lav", "erlang_høy", "erlang_p50", "erlang_p90",
            "utrykningsminutter", "reiseminutter", "minutter_på_stedet", "samtaleminutter", "vakttimer", "planlagte_timer", "ledige_timer",
            "andel_av_vakttid", "andel_av_vakttid_lav", "andel_av_vakttid_høy", "minst_1_minutter", "minst_2_minutter", "minst_3_minutter",
            "minst_2_ganger", "minst_2_lengst_minutter", "framme_innen_norm", "framme_innen_norm_lav", "framme_innen_norm_høy", "p90_minutter", "ventet",
            "turnus",
        ]
        let rows = [("vakt", observed.shifts), ("dag", observed.days), ("time", observed.hours)].flatMap { level, rows in rows.map { csvRow(level, $0) + [""] }
        }
        // Today's roster among the alternatives is the first.
        let tried = alternatives.filter { $0.comparison != nil || $0.alternative.name != "I dag" }
        let others = tried.map { ($0.alternative.name, $0.unstaffed) } + whatIfs.map { ($0.whatIf.name, $0.unstaffed) }
        let unstaffed = ([("I dag", unstaffed)] + others).flatMap { roster, hours in
            hours.map { hours -> [String] in
                let days = hours.days + (hours.isEveryWeek ? "" : " i noen uker")
                let head = ["ubemannet", StaffingAnalysis.quoted(name([hours.zone])), "", days, hours.clock].map { $0.replacing("\u{2060}", with: "") }
                return head + Array(repeating: "", count: titles.count - head.count - 1) + [StaffingAnalysis.quoted(roster)]
            }
        }
        let rosters =
            [("I dag", replay), ("det billigste som ble funnet", mend?.comparison?.changed)]
            + tried.map { ($0.alternative.name, $0.replay) } + whatIfs.map { ($0.whatIf.name, $0.comparison.changed) }
        let played = rosters.flatMap { roster, replay in
            (replay.map { $0.byShift + [$0.total] } ?? []).map { scope -> [String] in
                let head = ["avspilt", StaffingAnalysis.quoted(scope.zone.map { name([$0]) } ?? "Alle soner"), scope.kind?.rawValue ?? "", "", "", ""]
                let attendance = ["\(scope.figures.callOuts)"] + Array(repeating: "", count: 20) + attendance(scope)
                return head + attendance + [StaffingAnalysis.quoted(roster)]
            }
        }
        return "\u{FEFF}" + ([titles] + rows + played + unstaffed).map { $0.joined(separator: ";") }.joined(separator: "\r\n") + "\r\n"
    }

    private func csvRow(_ level: String, _ row: ObservedRow) -> [String] {
        let figures = row.figures
        let replayed =
            row.dayClass == nil && row.zones.count == 1 ? replay?.byShift.first { $0.zone == row.zones[0] && $0.kind == row.kind } : nil
        func minutes(_ milliseconds: Int64) -> String { number(Double(milliseconds) / 60_000) }
        func hours(_ milliseconds: Double?) -> String { number(milliseconds.map { $0 / 3_600_000 }) }
        let isTold = figures.told != .nothing
        func told(_ text: String) -> String { isTold ? text : "" }
        func whole(_ text: String) -> String { figures.told == .everything ? text : "" }
        let head = [
            level, StaffingAnalysis.quoted(name(row.zones)), row.kind.rawValue, row.dayClass?.word ?? "", row.hour.map { "\($0)" } ?? "",
            "\(figures.days)", told("\(figures.callOuts)"),
        ]
        let percentiles = [number(figures.loadP50Erlang), number(figures.loadP90Erlang)].map(whole)
        let load = estimate(isTold ? figures.loadErlang : nil) + percentiles
        let out = [figures.responseMilliseconds, figures.travelMilliseconds, figures.onSiteMilliseconds].map { told(minutes($0)) }
        let time = out + [whole(minutes(figures.talkMilliseconds))]
        let rostered = [hours(figures.rosteredMilliseconds), hours(figures.plannedMilliseconds), told(hours(figures.freeMilliseconds))]
        let overlap =
            figures.atOnce.map { $0.isWithheld ? "" : minutes($0.milliseconds) }
            + [figures.atOnce[1].isWithheld ? "" : "\(figures.atOnce[1].times)", whole(minutes(figures.atOnce[1].longestMilliseconds))]
        return head + load + time + rostered + estimate(figures.unplannedShare) + overlap + attendance(replayed)
    }

    private func attendance(_ scope: ReplayEstimates.Scope?) -> [String] {
        estimate(scope?.withinNorm) + [number(scope?.p90Minutes?.value), scope.map { "\($0.figures.waited)" } ?? ""]
    }

    private func estimate(_ estimate: Estimate?) -> [String] { [number(estimate?.value), number(estimate?.low), number(estimate?.high)] }

    private func number(_ value: Double?) -> String {
        guard let value, value.isFinite else { return "" }
        return "\((value * 10_000).rounded() / 10_000)".replacing(".", with: ",")
    }

    /// A cell that holds a semicolon or a quote, quoted (RFC 4180); one that a spreadsheet would take for a formula, as text.
    private static func quoted(_ text: String) -> String {
        let safe = text.first.map { "=+-@".contains($0) } == true ? "'" + text : text
        return safe.contains { ";\"\n\r".contains($0) } ? "\"\(safe.replacing("\"", with: "\"\""))\"" : safe
    }
}
