import Staffing
import Workload

/// A what-if's answer in words first, then in tables.
struct WhatIfAnswer {
    private let outcome: WhatIfOutcome
    private let words: StaffingWords
    private let analysis: StaffingAnalysis
    /// Where the same answer is found again.
    private let path: String

    /// Nil where nothing was asked or played.
    init?(_ analysis: StaffingAnalysis, path: String) {
        guard let outcome = analysis.whatIfs.first else { return nil }
        self.outcome = outcome
        self.analysis = analysis
        self.path = path
        words = StaffingWords(analysis: analysis)
    }

    var view: View {
        let views = StaffingViews(analysis)
        return [
            "headline": headline, "tone": tone, "mark": mark, "sentences": sentences, "changes": outcome.whatIf.changes.map { words.change($0) },
            "path": path, "rows": views.todayAndChanged(outcome),
            "hasShifts": !shifts.isEmpty, "shifts": shifts, "within": words.within, "normNote": changedNorm == nil ? false : normNote,
        ]
    }

    private var difference: Estimate? { outcome.comparison.total.estimates[.withinNormShare] }

    private var changedNorm: AttendanceNorm? {
        for case .norm(let norm) in outcome.whatIf.changes { return norm }
        return nil
    }

    private var normNote: String {
        "Normen er endret: «i dag» er målt mot dagens norm, «endret» mot den nye."
    }

    private var isSure: Bool? {
        guard let difference, let low = difference.low, let high = difference.high else { return nil }
        return low > 0 || high < 0
    }

    private var headline: String {
        let (today, changed) = (outcome.comparison.today.total.withinNorm, outcome.comparison.changed.total.withinNorm)
        guard let today, let changed else { return "Det er ingen utrykninger i perioden å spille." }
        let within = changedNorm.map { "innen \(StaffingWords.minutes(Double($0.withinMilliseconds) / 60_000))" } ?? words.within
        let sure =
            switch isSure {
            case true?: "Det er mer enn tilfeldig."
            case false? where difference?.low == 0 && difference?.high == 0: "Det gjør ingen forskjell."
            case false?: "Det kan være tilfeldig."
            case nil: "Det er for få utrykninger eller uker til å si hvor sikkert det er."
            }
        let points = difference.map { ": \(StaffingWords.points($0))" } ?? ""
        return "Framme \(within): \(Norwegian.percent(changed.value)), mot \(Norwegian.percent(today.value)) i dag\(points). \(sure)"
    }

    /// Hours that the change leaves without anybody are a problem whatever the call-outs of the period met.
    private var tone: String { !outcome.unstaffed.isEmpty ? "problem" : isSure == true ? ((difference?.value ?? 0) > 0 ? "good" : "problem") : "neutral" }
    private var mark: String { tone == "good" ? "✓" : tone == "problem" ? "▲" : "•" }

    private var sentences: [String] {
        let (today, changed) = (outcome.comparison.today.total, outcome.comparison.changed.total)
        var lines = words.holes(of: outcome)
        if abs(outcome.hoursAYear) < 0.5, abs(outcome.kronerAYear) < 500 {
            lines.append("Vakttimene er de samme, så det koster ikke mer.")
        } else {
            let hours =
                abs(outcome.hoursAYear) < 0.5
                ? "vakttimene er like mange" : "\(Norwegian.hours(abs(outcome.hoursAYear))) timer \(outcome.hoursAYear < 0 ? "færre" : "flere") på vakt i året"
            lines.append(
                outcome.kronerAYear >= 0
                    ? "Det koster \(StaffingWords.kroner(outcome.kronerAYear)) mer i året: \(hours)."
                    : "Det sparer \(StaffingWords.kroner(-outcome.kronerAYear)) i året: \(hours)."
            )
        }
        if changed.figures.callOuts != today.figures.callOuts {
            lines.append("Utrykninger: \(Norwegian.count(changed.figures.callOuts)), mot \(Norwegian.count(today.figures.callOuts)) i dag.")
        }
        lines.append("Ville måttet vente på at noen ble ledig: \(Norwegian.count(changed.figures.waited)), mot \(Norwegian.count(today.figures.waited)) i dag.")
        if changed.figures.waited > 0 || today.figures.waited > 0 {
            lines.append(
                "Lengste ventetid: \(Norwegian.duration(milliseconds: changed.figures.waitMaxMilliseconds)), mot "
                    + "\(Norwegian.duration(milliseconds: today.figures.waitMaxMilliseconds)) i dag."
            )
        }
        if analysis.settings.rates.isExample, abs(outcome.kronerAYear) >= 500 { lines.append("Satsene er eksempler: bytt dem ut i staffing.yaml.") }
        return lines
    }

    /// Zones and shifts where anything differs.
    private var shifts: [View] {
        zip(outcome.comparison.byShift, zip(outcome.comparison.today.byShift, outcome.comparison.changed.byShift)).compactMap { difference, scopes in
            let (today, changed) = scopes
            guard today.figures != changed.figures, let zone = difference.zone, let kind = difference.kind else { return nil }
            return [
                "zone": analysis.name([zone]).replacing("/", with: "/\u{200B}"), "kind": kind.rawValue, "callOuts": Norwegian.count(changed.figures.callOuts),
                "today": StaffingWords.share(today.withinNorm), "changed": StaffingWords.share(changed.withinNorm),
                "difference": difference.estimates[.withinNormShare].map { StaffingWords.points($0) } ?? "–",
                "waited": "\(Norwegian.count(today.figures.waited)) → \(Norwegian.count(changed.figures.waited))",
            ]
        }
    }
}
