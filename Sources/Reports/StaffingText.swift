package import Staffing
import Telemetry
import Workload

extension StaffingAnalysis {
    /// The analysis for people at a terminal, in bokmål: the worst shift first, then what mends it, then the tables.
    package var text: String { StaffingText(self).text }
}

/// Writes the analysis as plain text.
private struct StaffingText {
    private let analysis: StaffingAnalysis
    private let words: StaffingWords

    /// Rest findings named of each roster; the rest are counted.
    private static let findingsShownMax = 5

    init(_ analysis: StaffingAnalysis) {
        self.analysis = analysis
        words = StaffingWords(analysis: analysis)
    }

    var text: String {
        let sections =
            [
                section("Bemanning mot belastning: \(analysis.municipalityName) (\(analysis.municipalityNumber))", words.headline, underline: "="),
                section("Svakeste vakt", words.worst.joined(separator: "\n")), section("Å bøte på det", mend),
                section("Slå sammen to soner om natten", words.pooling.joined(separator: "\n")),
            ] + analysis.whatIfs.map { section("Hva om: \($0.whatIf.name)", whatIf($0)) } + [
                section("Turnusalternativer", alternatives), section("Vakt for vakt", shifts), section("Samtidighet", overlaps),
                section("Hva modellene krever", required), section("Soner som hjelper hverandre (hyperkube)", helping), section("Kapasitet", capacity),
                section("Om tallene", notes),
            ]
        // A terminal breaks no lines at spaces, so that plain ones can be searched for.
        return (sections.compactMap(\.self).joined(separator: "\n\n") + "\n").replacing("\u{2060}", with: "").replacing(Norwegian.space, with: " ")
    }

    private func section(_ title: String, _ body: String, underline: Character = "-") -> String? {
        body.isEmpty ? nil : "\(title)\n\(String(repeating: underline, count: title.count))\n\(body)"
    }

    // MARK: What to do

    private var mend: String {
        guard let mend = analysis.mend else { return "" }
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
        return (words.mend + (table.isEmpty ? [] : ["", table.text])).joined(separator: "\n")
    }

    private func whatIf(_ outcome: WhatIfOutcome) -> String {
        var table = replayTable()
        let comparison = outcome.comparison
        add("I dag", comparison.today.total, to: &table)
        add("Endret", comparison.changed.total, to: &table)
        var lines = outcome.whatIf.changes.map { "– \(words.change($0))" }
        if let difference = comparison.total.estimates[.withinNormShare] { lines.append("Forskjell: \(StaffingWords.points(difference)).") }
        lines.append("Kostnad: \(StaffingWords.kroner(outcome.kronerAYear)) i året (\(StaffingWords.signedHours(outcome.hoursAYear))).")
        return lines.joined(separator: "\n") + "\n\n" + table.text
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
            name, Norwegian.count(figures.callOuts), StaffingWords.share(scope.withinNorm), scope.p50Minutes.map { StaffingWords.minutes($0.value) } ?? "–",
            scope.p90Minutes.map { StaffingWords.minutes($0.value) } ?? "–", Norwegian.count(figures.waited), Norwegian.count(figures.crossZone),
            Norwegian.hours(Double(figures.overtimeMilliseconds) / 3_600_000),
        ])
    }

    private var alternatives: String {
        var table = AlignedTable([
            ("Turnus", .left), ("Framme \(words.within)", .right), ("Mot i dag", .left), ("Av tida på utrykning", .right), ("Timer i året", .right),
            ("Kroner i året", .right), ("Natt", .right), ("Helg", .right), ("Hvilefunn", .right),
        ])
        for roster in analysis.alternatives {
            let cost = roster.figures.cost
            table.add([
                roster.alternative.name, StaffingWords.share(roster.replay.total.withinNorm),
                roster.comparison?.total.estimates[.withinNormShare].map { StaffingWords.points($0) } ?? "",
                roster.replay.total.estimates[.busyShare].map { Norwegian.percent($0.value) } ?? "–", Norwegian.hours(cost.hours),
                StaffingWords.kroner(cost.kroner), Norwegian.percent(cost.nightShare, decimals: 0), Norwegian.percent(cost.weekendShare, decimals: 0),
                words.findings(roster.figures.rest),
            ])
        }
        let notes = analysis.alternatives.compactMap { roster in roster.alternative.note.map { "\(roster.alternative.name): \($0)" } }
        let findings = analysis.alternatives.flatMap { words.namedFindings($0, max: StaffingText.findingsShownMax) }
        guard !table.isEmpty else { return "" }
        return ([table.text, ""] + notes + findings).joined(separator: "\n")
    }

    // MARK: Tables

    private var shifts: String {
        var table = AlignedTable([
            ("Sone", .left), ("Vakt", .left), ("Utrykninger", .right), ("Framme \(words.within)", .right), ("9 av 10 på", .right), ("Erlang", .right),
            ("p50–p90 over vakter", .right), ("Andel av vakttiden", .right), ("Ledig etter planlagt", .right),
        ])
        for row in analysis.observed.shifts where row.zones.count == 1 {
            let replayed = analysis.replay?.byShift.first { $0.zone == row.zones[0] && $0.kind == row.kind }
            let figures = row.figures
            table.add([
                analysis.name(row.zones), row.kind.rawValue, Norwegian.count(figures.callOuts), StaffingWords.share(replayed?.withinNorm),
                replayed?.p90Minutes.map { StaffingWords.minutes($0.value) } ?? "–", Norwegian.number(figures.loadErlang.value, decimals: 3),
                "\(Norwegian.number(figures.loadP50Erlang, decimals: 2))–\(Norwegian.number(figures.loadP90Erlang, decimals: 2))",
                figures.unplannedShare.map { StaffingWords.share($0) } ?? "–",
                figures.freeMilliseconds.map { "\(Norwegian.hours($0 / 3_600_000)) t" } ?? "–",
            ])
        }
        return table.text
    }

    private var overlaps: String {
        var table = AlignedTable(
            [("Sone", .left), ("Vakt", .left)]
                + [1, 2, 3].flatMap { level -> [(title: String, side: AlignedTable.Side)] in
                    [("≥ \(level): ganger", .right), ("andel av tida", .right), ("lengst", .right)]
                }
        )
        for row in analysis.observed.shifts {
            table.add(
                [analysis.name(row.zones), row.kind.rawValue]
                    + row.figures.atOnce.flatMap { level in
                        [
                            Norwegian.count(level.times), Norwegian.percent(level.share.value),
                            level.times == 0 ? "–" : Norwegian.duration(milliseconds: level.longestMilliseconds),
                        ]
                    }
            )
        }
        return table.text
    }

    private var required: String {
        var table = AlignedTable([
            ("Sone", .left), ("Vakt", .left), ("Utrykninger", .right), ("I turnus, færrest", .right), ("Erlang C", .right), ("Tilbudt last", .right),
            ("Tyngste time", .left), ("Dom", .left),
        ])
        for shift in analysis.required where shift.days == .all {
            var cells = [analysis.name(shift.zones), shift.kind.rawValue, Norwegian.count(shift.callOuts)]
            if case .positions(let figures) = shift.outcome {
                cells += [
                    figures.rosteredPositionsMin.map { Norwegian.shortest($0) } ?? "–", StaffingWords.positions(figures.positions),
                    Norwegian.count(figures.positionsByModifiedLoad), figures.hardestHour.map { "kl. \(StaffingWords.hour($0.hour))" } ?? "–",
                ]
            } else {
                cells += ["–", "–", "–", "–"]
            }
            table.add(cells + [words.verdict(shift)])
        }
        guard !table.isEmpty else { return "" }
        return ([table.text] + words.failedAssumptions).joined(separator: "\n")
    }

    private var helping: String {
        var table = AlignedTable([
            ("Soner", .left), ("Vakt", .left), ("Utrykninger", .right), ("Tyngste time", .left), ("Framme \(words.within)", .right),
            ("Hjelp mellom soner", .right),
            ("Ekstra reise", .right), ("Trengs i alt", .left),
        ])
        for need in analysis.helping {
            var cells = [analysis.name(need.zones), need.kind.rawValue, Norwegian.count(need.callOuts), "kl. \(StaffingWords.hour(need.hardestHour))"]
            if case .positions(let help) = need.outcome {
                cells += [
                    Norwegian.percent(help.withinNormShare), Norwegian.percent(help.crossZoneShare), StaffingWords.minutes(help.meanHelpMinutes),
                ]
            } else {
                cells += ["–", "–", "–"]
            }
            table.add(cells + [words.helping(need)])
        }
        return table.text
    }

    private var capacity: String {
        guard let capacity = analysis.capacity else { return "" }
        var steps = AlignedTable([("Et årsverk \(capacity.chain.year)", .left), ("Timer", .right), ("Igjen", .right), ("Kilde", .left)])
        for step in capacity.chain.steps {
            let taken = step.hours == 0 ? "" : Norwegian.number(step.hours, decimals: 1)
            steps.add([step.name, taken, Norwegian.number(step.remainingHours, decimals: 1), step.source])
        }
        var equivalents = AlignedTable([("Turnusens \(Norwegian.hours(capacity.cost.hours)) timer i året", .left), ("Årsverk", .right)])
        for figure in capacity.equivalents.figures { equivalents.add([figure.name, Norwegian.number(figure.value, decimals: 1)]) }
        return "\(steps.text)\n\n\(equivalents.text)\n\nTurnusen koster \(StaffingWords.kroner(capacity.cost.kroner)) i året."
    }

    private var notes: String { words.quality.map { "– \($0)" }.joined(separator: "\n") }
}
