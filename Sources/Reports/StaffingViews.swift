import Staffing
import Telemetry
import Workload

/// What the template of the staffing analysis sees.
struct StaffingViews {
    private let analysis: StaffingAnalysis
    private let words: StaffingWords
    /// The page that links to others; nil for a file.
    private let navigation: ReportNavigation?

    /// Rest findings named of each roster; the rest are counted.
    private static let findingsShownMax = 5

    init(_ analysis: StaffingAnalysis, _ navigation: ReportNavigation? = nil) {
        self.analysis = analysis
        self.navigation = navigation
        words = StaffingWords(analysis: analysis)
    }

    var view: View {
        [
            "headline": [words.claim?.text.sentence, words.advice, words.headline].compactMap(\.self).joined(separator: " "),
            "hasReplay": analysis.replay != nil, "within": words.within, "period": words.ownPeriod,
            "hasUnstaffed": !words.unstaffed.isEmpty, "unstaffed": words.unstaffed, "worst": words.worst, "mend": words.mend,
            "hasSteps": analysis.mend?.search.steps.isEmpty == false, "steps": steps,
            "hasPooling": !words.pooling.isEmpty, "pooling": words.pooling, "whatIfs": analysis.whatIfs.enumerated().map { whatIf($1, $0 + 1) },
            "hasAlternatives": !analysis.alternatives.isEmpty, "alternatives": analysis.alternatives.map(alternative),
            "alternativeNotes": alternativeNotes, "overlaps": OverlapBars(analysis: analysis).view.orHidden, "hasShifts": !shifts.isEmpty, "shifts": shifts,
            "hasRequired": !analysis.required.isEmpty, "required": required, "assumptions": [StaffingWords.whichModel] + words.failedAssumptions,
            "hasHelping": !analysis.helping.isEmpty, "helping": analysis.helping.map(helping), "capacity": capacity.orHidden,
            "notes": words.quality.map { ["pieces": navigation.pieces(of: $0)] as View },
        ]
    }

    private var steps: [View] {
        (analysis.mend?.search.steps ?? []).enumerated().map { place, step in
            [
                "number": "\(place + 1)", "change": words.change(step.change), "kroner": StaffingWords.kroner(step.kronerAYear),
                "before": Norwegian.count(step.missingBefore), "after": Norwegian.count(step.missingAfter),
                "share": step.withinNormShare.map { Norwegian.percent($0) } ?? "–", "isLeftOut": step.isLeftOut,
            ]
        }
    }

    private func replayCells(_ name: String, _ scope: ReplayEstimates.Scope) -> View {
        [
            "name": name, "callOuts": Norwegian.count(scope.figures.callOuts), "share": share(of: scope),
            "p90": scope.p90Minutes.map { StaffingWords.minutes($0.value) } ?? "–", "waited": Norwegian.count(scope.figures.waited),
            "cross": Norwegian.count(scope.figures.crossZone), "overtime": Norwegian.hours(Double(scope.figures.overtimeMilliseconds) / 3_600_000),
        ]
    }

    /// A replayed share with its interval below, or why there is none.
    private func share(of scope: ReplayEstimates.Scope?) -> View {
        var view = share(scope?.withinNorm)
        if let scope, let share = scope.withinNorm, share.low == nil || share.high == nil {
            view["interval"] = scope.tooFew == nil ? "ikke trukket" : "\(StaffingWords.unsure(scope)) til å si"
        }
        return view
    }

    /// A share with its interval below.
    private func share(_ estimate: Estimate?) -> View {
        guard let estimate else { return ["value": "–", "interval": ""] }
        let interval = estimate.low.flatMap { low in estimate.high.map { Norwegian.percentRange(low, $0) } }
        return ["value": Norwegian.percent(estimate.value), "interval": interval ?? "for få til å si"]
    }

    func todayAndChanged(_ outcome: WhatIfOutcome) -> [View] {
        [replayCells("I dag", outcome.comparison.today.total), replayCells("Endret", outcome.comparison.changed.total)]
    }

    private func whatIf(_ outcome: WhatIfOutcome, _ number: Int) -> View {
        let difference = outcome.comparison.total.estimates[.withinNormShare].map { StaffingWords.points($0) } ?? "–"
        return [
            "id": "hva-om-\(number)", "name": outcome.whatIf.name, "changes": outcome.whatIf.changes.map { words.change($0) }, "difference": difference,
            "cost": StaffingWords.kroner(outcome.kronerAYear), "hours": StaffingWords.signedHours(outcome.hoursAYear), "within": words.within,
            "unstaffed": words.holes(of: outcome),
            "rows": todayAndChanged(outcome),
        ]
    }

    private func alternative(_ outcome: AlternativeOutcome) -> View {
        let cost = outcome.figures.cost
        return [
            "name": outcome.alternative.name, "share": share(of: outcome.replay.total),
            "difference": outcome.comparison?.total.estimates[.withinNormShare].map { StaffingWords.points($0) } ?? "i dag",
            "load": outcome.replay.total.estimates[.busyShare].map { Norwegian.percent($0.value) } ?? "–", "hours": Norwegian.hours(cost.hours),
            "kroner": StaffingWords.kroner(cost.kroner), "night": Norwegian.percent(cost.nightShare, decimals: 0),
            "weekend": Norwegian.percent(cost.weekendShare, decimals: 0), "rest": words.findings(outcome.figures.rest),
        ]
    }

    private var alternativeNotes: [String] {
        analysis.alternatives.compactMap { roster in roster.alternative.note.map { "\(roster.alternative.name): \($0)" } }
            + analysis.alternatives.flatMap { words.holes(of: $0) }
            + analysis.alternatives.flatMap { words.namedFindings($0, max: StaffingViews.findingsShownMax) }
    }

    private var shifts: [View] {
        analysis.observed.shifts.filter { $0.zones.count == 1 }.map { row in
            let replayed = analysis.replay?.byShift.first { $0.zone == row.zones[0] && $0.kind == row.kind }
            let figures = row.figures
            let band = "\(Norwegian.number(figures.loadP50Erlang, decimals: 2))\(Norwegian.dash)\(Norwegian.number(figures.loadP90Erlang, decimals: 2))"
            func told(_ text: String) -> String { figures.told == .nothing ? withheldText : text }
            let arriving = replayed.map { Norwegian.count($0.figures.callOuts) } ?? (analysis.isSummed ? withheldText : Norwegian.count(0))
            return [
                "zone": analysis.name(row.zones).replacing("/", with: "/\u{200B}"), "kind": row.kind.rawValue,
                "arriving": arriving, "callOuts": told(Norwegian.count(figures.callOuts)),
                "share": share(of: replayed), "p90": replayed?.p90Minutes.map { StaffingWords.minutes($0.value) } ?? "–",
                "erlang": told(Norwegian.number(figures.loadErlang.value, decimals: 3)),
                "band": figures.told == .everything ? band : withheldText,
                "unplanned": figures.told == .nothing ? ["value": withheldText, "interval": ""] as View : share(figures.unplannedShare),
                "free": told(figures.freeMilliseconds.map { Norwegian.hours($0 / 3_600_000) } ?? "–"),
            ]
        }
    }

    private var required: [View] {
        analysis.required.filter { $0.days == .all }.map { shift in
            var view: View = [
                "zone": analysis.name(shift.zones), "kind": shift.kind.rawValue, "callOuts": Norwegian.count(shift.callOuts),
                "rostered": shift.rosteredPositionsMin.map { Norwegian.shortest($0) } ?? "–", "erlang": "–", "load": "–", "hour": "–",
                "verdict": words.verdict(shift),
            ]
            if case .positions(let figures) = shift.outcome {
                view["erlang"] = StaffingWords.positions(figures.positions)
                view["load"] = words.positionsByLoad(figures)
                view["hour"] = figures.hardestHour.map { StaffingWords.hour($0.hour) } ?? "–"
            }
            return view
        }
    }

    private func helping(_ need: HelpingNeed) -> View {
        var view: View = [
            "zones": analysis.name(need.zones), "kind": need.kind.rawValue, "need": words.helping(need), "share": "–", "cross": "–", "help": "–",
        ]
        if case .positions(let help) = need.outcome {
            view["share"] = Norwegian.percent(help.withinNormShare)
            view["cross"] = Norwegian.percent(help.crossZoneShare)
            view["help"] = StaffingWords.minutes(help.meanHelpMinutes)
        }
        return view
    }

    private var capacity: View? {
        guard let capacity = analysis.capacity else { return nil }
        return [
            "year": "\(capacity.chain.year)",
            "steps": capacity.chain.steps.map { step -> View in
                [
                    "name": step.name, "calculation": step.calculation, "isSum": step.kind == .net || step.kind == .user,
                    "hours": step.hours == 0 ? "" : Norwegian.number(step.hours, decimals: 1),
                    "remaining": Norwegian.number(step.remainingHours, decimals: 1), "source": step.source,
                ]
            },
            "hours": Norwegian.hours(capacity.cost.hours), "kroner": StaffingWords.kroner(capacity.cost.kroner),
            "equivalents": capacity.equivalents.figures.map { figure -> View in
                ["name": figure.name, "value": Norwegian.number(figure.value, decimals: 1), "explanation": figure.explanation]
            },
        ]
    }
}

/// The picture of how often several responses were open at once: a bar a shift, a third of it for each level.
struct OverlapBars {
    let analysis: StaffingAnalysis

    private static let left = 190.0
    private static let width = 500.0
    private static let rowHeight = 16.0
    private static let fills = ["#5896b1", "#0c4560", "url(#samtidig-p)"]
    private static let top = 18.0

    private var rows: [ObservedRow] { analysis.observed.shifts.filter { $0.figures.callOuts > 0 || $0.figures.told == .nothing } }

    /// Nil without responses.
    var view: View? {
        let rows = rows
        guard let most = rows.map(\.figures.atOnce[0].share.value).max(), most > 0 else { return nil }
        let scale = OverlapBars.scaleMax(most)
        let ticks = (0...4).map { tick -> View in
            let share = scale * Double(tick) / 4
            return [
                "x": Norwegian.svg(OverlapBars.left + OverlapBars.width * Double(tick) / 4), "text": Norwegian.percent(share, decimals: scale < 0.1 ? 1 : 0),
            ]
        }
        let height = OverlapBars.top + Double(rows.count) * OverlapBars.rowHeight + 6
        return [
            "height": Norwegian.svg(height), "bottom": Norwegian.svg(height - 4), "ticks": ticks,
            "bars": rows.enumerated().map { ["name": analysis.name($1.zones) + " " + $1.kind.rawValue, "textY": Norwegian.svg(y(of: $0) + 9)] as View },
            "levels": OverlapBars.fills.indices.compactMap { level($0, rows, scale) }, "summary": summary,
            "rows": rows.map { row -> View in
                [
                    "name": analysis.name(row.zones), "kind": row.kind.rawValue,
                    "levels": row.figures.atOnce.map { level -> View in
                        if level.isWithheld { return ["times": withheldText, "share": withheldText, "longest": withheldText] }
                        let longest = row.figures.told == .everything ? Norwegian.duration(milliseconds: level.longestMilliseconds) : withheldText
                        return [
                            "times": Norwegian.count(level.times), "share": Norwegian.percent(level.share.value),
                            "longest": level.times == 0 ? "–" : longest,
                        ]
                    },
                ]
            },
        ]
    }

    private func y(of place: Int) -> Double { OverlapBars.top + Double(place) * OverlapBars.rowHeight + 2 }

    /// The bars of all shifts at one level as one path: a hundred rectangles would weigh a twelfth of a page. Nil where no bar has a length.
    private func level(_ level: Int, _ rows: [ObservedRow], _ scale: Double) -> View? {
        let bars = rows.enumerated().compactMap { place, row -> String? in
            let width = Norwegian.svg(OverlapBars.width * row.figures.atOnce[level].share.value / scale)
            return width == "0" ? nil : "M\(Norwegian.svg(OverlapBars.left)) \(Norwegian.svg(y(of: place)))h\(width)v11h-\(width)z"
        }
        return bars.isEmpty ? nil : ["level": "\(level + 1)", "fill": OverlapBars.fills[level], "path": bars.joined()]
    }

    /// A round share that the longest bar fits in.
    private static func scaleMax(_ share: Double) -> Double {
        [0.01, 0.02, 0.04, 0.08, 0.12, 0.16, 0.2, 0.3, 0.4, 0.6, 0.8].first { $0 >= share } ?? 1
    }

    /// What the picture shows, in words.
    var summary: String {
        guard let most = rows.filter({ $0.zones.count == 1 }).max(by: { $0.figures.atOnce[1].share.value < $1.figures.atOnce[1].share.value }),
            most.figures.atOnce[1].times > 0
        else {
            return rows.contains { $0.figures.atOnce[1].isWithheld }
                ? "Hvor ofte to utrykninger var samtidig i samme sone, er for sjelden til å vises for rollen din."
                : "To utrykninger samtidig i samme sone skjedde ikke i perioden."
        }
        let two = most.figures.atOnce[1]
        guard most.figures.told == .everything else {
            return "Oftest to samtidig i én sone: \(analysis.name(most.zones)) \(most.kind.during), \(Norwegian.count(two.times)) ganger, "
                + "\(Norwegian.percent(two.share.value)) av tida."
        }
        return "Oftest to samtidig i én sone: \(analysis.name(most.zones)) \(most.kind.during), \(Norwegian.count(two.times)) ganger, "
            + "\(Norwegian.percent(two.share.value)) av tida, lengst \(Norwegian.duration(milliseconds: two.longestMilliseconds))."
    }
}
