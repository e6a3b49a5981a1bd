package import Staffing
import Telemetry
import Workload

extension StaffingAnalysis {
    /// The analysis for people at a terminal, in bokmål, on some screens: the worst shift first, then what mends it, then the worst
    /// rows of the tables.
    package var text: String { StaffingText(self).summary }

    /// The same with every table whole.
    package var fullText: String { StaffingText(self).whole }
}

/// Writes the analysis as plain text.
private struct StaffingText {
    private let analysis: StaffingAnalysis
    private let words: StaffingWords

    /// Rest findings named of each roster where every table is whole; the rest are counted.
    private static let findingsShownMax = 5

    init(_ analysis: StaffingAnalysis) {
        self.analysis = analysis
        words = StaffingWords(analysis: analysis)
    }

    var summary: String {
        let tables = StaffingTextTables(analysis)
        return text(
            findingsMax: 1,
            [
                section("De svakeste vaktene", tables.weakestShifts), section("Samtidighet", tables.overlapSummary),
                section("Hva modellene krever", tables.requiredSummary), section("Kapasitet", tables.capacitySummary),
                section("Om tallene", notes + ["– Her står det viktigste. Alle tabeller: --full. Alle tall: --format json eller html; rad for rad: csv."]),
            ]
        )
    }

    var whole: String {
        let tables = StaffingTextTables(analysis)
        return text(
            findingsMax: StaffingText.findingsShownMax,
            [
                section("Vakt for vakt", tables.shifts), section("Samtidighet", tables.overlaps), section("Hva modellene krever", tables.required),
                section("Soner som hjelper hverandre (hyperkube)", tables.helping), section("Kapasitet", tables.capacity), section("Om tallene", notes),
            ]
        )
    }

    /// What both begin with, then their tables.
    private func text(findingsMax: Int, _ tables: [String?]) -> String {
        let sections =
            [
                section("Bemanning mot belastning: \(analysis.municipalityName) (\(analysis.municipalityNumber))", [words.headline], underline: "="),
                section("Ingen på vakt", words.unstaffed), section("Svakeste vakt", words.worst), section("Å bøte på det", mend),
                section("Slå sammen to soner om natten", words.pooling),
            ] + analysis.whatIfs.map { section("Hva om: \($0.whatIf.name)", whatIf($0)) } + [section("Turnusalternativer", alternatives(findingsMax))] + tables
        // A terminal breaks no lines at spaces, so that plain ones can be searched for.
        return Norwegian.plain(sections.compactMap(\.self).joined(separator: "\n\n") + "\n")
    }

    private func section(_ title: String, _ lines: [String], underline: Character = "-") -> String? {
        lines.isEmpty ? nil : ([title, String(repeating: underline, count: title.count)] + lines).joined(separator: "\n")
    }

    // MARK: What to do

    private var mend: [String] {
        guard let mend = analysis.mend else { return [] }
        var table = AlignedTable([
            ("", .right), ("Endring", .left), ("Kroner i året", .right), ("For sene før", .right), ("etter", .right), ("Framme \(words.within)", .right),
            ("", .left),
        ])
        for (place, step) in mend.search.steps.enumerated() {
            table.add([
                "\(place + 1)", words.change(step.change), StaffingWords.kroner(step.kronerAYear), Norwegian.count(step.missingBefore),
                Norwegian.count(step.missingAfter), step.withinNormShare.map { Norwegian.percent($0) } ?? "–",
                step.isLeftOut ? "trengtes ikke likevel" : "",
            ])
        }
        return words.mend + (table.isEmpty ? [] : ["", table.text])
    }

    private func whatIf(_ outcome: WhatIfOutcome) -> [String] {
        var table = replayTable()
        let comparison = outcome.comparison
        add("I dag", comparison.today.total, to: &table)
        add("Endret", comparison.changed.total, to: &table)
        var lines = outcome.whatIf.changes.map { "– \(words.change($0))" }
        if let difference = comparison.total.estimates[.withinNormShare] { lines.append("Forskjell: \(StaffingWords.points(difference)).") }
        lines.append("Kostnad: \(StaffingWords.kroner(outcome.kronerAYear)) i året (\(StaffingWords.signedHours(outcome.hoursAYear))).")
        lines += words.holes(of: outcome)
        return lines + ["", table.text]
    }

    private func replayTable() -> AlignedTable {
        AlignedTable([
            ("", .left), ("Utrykninger", .right), ("Framme innen normen", .right), ("Halvparten på", .right), ("9 av 10 på", .right),
            ("Måtte vente", .right), ("Hjelp fra annen sone", .right), ("Overtid (t)", .right),
        ])
    }

    private func add(_ name: String, _ scope: ReplayEstimates.Scope, to table: inout AlignedTable) {
        let figures = scope.figures
        table.add([
            name, Norwegian.count(figures.callOuts), StaffingWords.share(of: scope), scope.p50Minutes.map { StaffingWords.minutes($0.value) } ?? "–",
            scope.p90Minutes.map { StaffingWords.minutes($0.value) } ?? "–", Norwegian.count(figures.waited), Norwegian.count(figures.crossZone),
            Norwegian.hours(Double(figures.overtimeMilliseconds) / 3_600_000),
        ])
    }

    private func alternatives(_ findingsMax: Int) -> [String] {
        var table = AlignedTable([
            ("Turnus", .left), ("Framme \(words.within)", .right), ("Mot i dag", .left), ("Av tida på utrykning", .right), ("Timer i året", .right),
            ("Kroner i året", .right), ("Natt", .right), ("Helg", .right), ("Hvilefunn", .right),
        ])
        for roster in analysis.alternatives {
            let cost = roster.figures.cost
            table.add([
                roster.alternative.name, StaffingWords.share(of: roster.replay.total),
                roster.comparison?.total.estimates[.withinNormShare].map { StaffingWords.points($0) } ?? "",
                roster.replay.total.estimates[.busyShare].map { Norwegian.percent($0.value) } ?? "–", Norwegian.hours(cost.hours),
                StaffingWords.kroner(cost.kroner), Norwegian.percent(cost.nightShare, decimals: 0), Norwegian.percent(cost.weekendShare, decimals: 0),
                words.findings(roster.figures.rest),
            ])
        }
        let notes = analysis.alternatives.compactMap { roster in roster.alternative.note.map { "\(roster.alternative.name): \($0)" } }
        let unstaffed = analysis.alternatives.flatMap { words.holes(of: $0) }
        let findings = analysis.alternatives.flatMap { words.namedFindings($0, max: findingsMax) }
        guard !table.isEmpty else { return [] }
        return [table.text, ""] + notes + unstaffed + findings
    }

    private var notes: [String] { words.quality.map { "– \($0)" } }
}
