import Staffing
import Workload

/// Load against staffing as tables: the same figures as the page's, which it is written from too.
extension Report {
    /// Replayed shifts, what mends them, pooled pairs, alternatives, rest findings, models and capacity; empty where nothing was analysed.
    var staffingTables: [ReportTable] {
        guard let analysis = staffing.analysis else { return [] }
        return [
            replayTable(analysis), mendTable(analysis), poolingTable(analysis), alternativeTable(analysis), restTable(analysis), requiredTable(analysis),
            capacityTable(analysis),
        ]
    }

    /// Value and interval.
    private func cells(_ estimate: Estimate?) -> [ReportTable.Cell] { [.number(estimate?.value), .number(estimate?.low), .number(estimate?.high)] }

    private func minutes(_ milliseconds: Int64) -> ReportTable.Cell { .number(Double(milliseconds) / 60_000) }

    private func replayTable(_ analysis: StaffingAnalysis) -> ReportTable {
        let columns: [ReportTable.Column] = [
            .init("Sone", .text), .init("Vakt", .text), .init("Utrykninger", .count), .init("Framme innen normen", .share), .init("Fra", .share),
            .init("Til", .share), .init("Halvparten på", .minutes), .init("Ni av ti på", .minutes), .init("Måtte vente", .count),
            .init("Lengste venting", .minutes), .init("Hjelp fra annen sone", .count), .init("Ingen på vakt", .count), .init("Overtid", .hours),
            .init("Av tida på utrykning", .share),
        ]
        func row(_ scope: ReplayEstimates.Scope) -> [ReportTable.Cell] {
            let figures = scope.figures
            return [
                .text(scope.zone.map { analysis.name([$0]) } ?? "Alle soner"), .text(scope.kind?.rawValue ?? "alle"), .count(figures.callOuts),
            ] + cells(scope.withinNorm) + [
                .number(scope.p50Minutes?.value), .number(scope.p90Minutes?.value), .count(figures.waited), minutes(figures.waitMaxMilliseconds),
                .count(figures.crossZone), .count(figures.neverReached), .number(Double(figures.overtimeMilliseconds) / 3_600_000),
                .number(scope.estimates[.busyShare]?.value),
            ]
        }
        let scopes = analysis.replay.map { replay in replay.byShift.filter { $0.figures.callOuts > 0 } + [replay.total] } ?? []
        return ReportTable(id: "bemanning-avspilt", title: "Spilt mot turnusen", columns: columns, rows: scopes.map(row))
    }

    private func mendTable(_ analysis: StaffingAnalysis) -> ReportTable {
        let columns: [ReportTable.Column] = [
            .init("Steg", .count), .init("Endring", .text), .init("Kroner i året", .kroner), .init("For sene før", .count), .init("For sene etter", .count),
            .init("Framme innen normen", .share), .init("Merknad", .text),
        ]
        let words = StaffingWords(analysis: analysis)
        let rows = (analysis.mend?.search.steps ?? []).enumerated().map { place, step -> [ReportTable.Cell] in
            [
                .count(place + 1), .text(words.change(step.change)), .number(step.kronerAYear), .count(step.missingBefore), .count(step.missingAfter),
                .number(step.withinNormShare), .text(step.isLeftOut ? "trengtes ikke likevel" : ""),
            ]
        }
        return ReportTable(id: "bemanning-steg", title: "Å bøte på det", columns: columns, rows: rows)
    }

    private func poolingTable(_ analysis: StaffingAnalysis) -> ReportTable {
        let columns: [ReportTable.Column] = [
            .init("Soner", .text), .init("Vakt", .text), .init("Utrykninger", .count), .init("Framme innen normen i dag", .share),
            .init("Om de hjelper hverandre", .share), .init("Måtte vente i dag", .count), .init("Måtte vente da", .count),
        ]
        let rows = analysis.poolings.map { pair -> [ReportTable.Cell] in
            [
                .text(analysis.name(pair.zones)), .text(pair.kind.rawValue), .count(pair.today.callOuts), .number(pair.today.withinNormShare),
                .number(pair.pooled.withinNormShare), .count(pair.today.waited), .count(pair.pooled.waited),
            ]
        }
        return ReportTable(id: "bemanning-sammen", title: "Soner som hjelper hverandre", columns: columns, rows: rows)
    }

    private func alternativeTable(_ analysis: StaffingAnalysis) -> ReportTable {
        let columns: [ReportTable.Column] = [
            .init("Turnus", .text), .init("Framme innen normen", .share), .init("Fra", .share), .init("Til", .share), .init("Mot i dag", .share),
            .init("Mot i dag, fra", .share), .init("Mot i dag, til", .share), .init("Av tida på utrykning", .share), .init("Timer i året", .hours),
            .init("Kroner i året", .kroner), .init("Natt", .share), .init("Helg", .share), .init("Hvilefunn", .count),
        ]
        let rows = analysis.alternatives.map { outcome -> [ReportTable.Cell] in
            let cost = outcome.figures.cost
            let rest = outcome.figures.rest
            return [.text(outcome.alternative.name)] + cells(outcome.replay.total.withinNorm)
                + cells(outcome.comparison?.total.estimates[.withinNormShare]) + [
                    .number(outcome.replay.total.estimates[.busyShare]?.value), .number(cost.hours), .number(cost.kroner), .number(cost.nightShare),
                    .number(cost.weekendShare), rest.lines.isEmpty ? .none : .count(rest.findings.count),
                ]
        }
        return ReportTable(id: "bemanning-alternativer", title: "Turnusalternativer", columns: columns, rows: rows)
    }

    private func restTable(_ analysis: StaffingAnalysis) -> ReportTable {
        let columns: [ReportTable.Column] = [
            .init("Turnus", .text), .init("Linje", .text), .init("Uke", .count), .init("Dag", .text), .init("Hvile", .text), .init("Funnet", .hours),
            .init("Krav", .hours),
        ]
        let rows = analysis.alternatives.flatMap { outcome in
            outcome.figures.rest.findings.map { finding -> [ReportTable.Cell] in
                [
                    .text(outcome.alternative.name), .text(finding.line), .count(finding.week),
                    .text(finding.date.map { Norwegian.date($0) } ?? finding.weekday.map { Norwegian.weekdays[$0 - 1] } ?? ""),
                    .text(finding.kind.word), .number(finding.foundHours), .number(finding.requiredHours),
                ]
            }
        }
        return ReportTable(id: "bemanning-hvile", title: "Hvilefunn", columns: columns, rows: rows)
    }

    private func requiredTable(_ analysis: StaffingAnalysis) -> ReportTable {
        let columns: [ReportTable.Column] = [
            .init("Sone", .text), .init("Vakt", .text), .init("Utrykninger", .count), .init("I turnus, færrest", .positions), .init("Erlang C", .positions),
            .init("Fra", .positions), .init("Til", .positions), .init("Tilbudt last", .positions), .init("Tyngste time", .text), .init("Dom", .text),
        ]
        let words = StaffingWords(analysis: analysis)
        let rows = analysis.required.filter { $0.days == .all }.map { shift -> [ReportTable.Cell] in
            var positions: [ReportTable.Cell] = [.none, .none, .none, .none, .none]
            if case .positions(let figures) = shift.outcome {
                positions =
                    cells(figures.positions) + [
                        .count(figures.positionsByModifiedLoad), figures.hardestHour.map { .text(StaffingWords.hour($0.hour)) } ?? .none,
                    ]
            }
            return [.text(analysis.name(shift.zones)), .text(shift.kind.rawValue), .count(shift.callOuts), .number(shift.rosteredPositionsMin)] + positions + [
                .text(words.verdict(shift))
            ]
        }
        return ReportTable(id: "bemanning-krav", title: "Hva modellene krever", columns: columns, rows: rows)
    }

    private func capacityTable(_ analysis: StaffingAnalysis) -> ReportTable {
        let columns: [ReportTable.Column] = [
            .init("Ledd", .text), .init("Regnet slik", .text), .init("Timer", .hours), .init("Igjen", .hours), .init("Årsverk", .number),
            .init("Kilde", .text),
        ]
        let steps = (analysis.capacity?.chain.steps ?? []).map { step -> [ReportTable.Cell] in
            [
                .text(step.name), .text(step.calculation), step.hours == 0 ? .none : .number(step.hours), .number(step.remainingHours), .none,
                .text(step.source),
            ]
        }
        let equivalents = (analysis.capacity?.equivalents.figures ?? []).map { figure -> [ReportTable.Cell] in
            [.text(figure.name), .text(figure.explanation), .none, .none, .number(figure.value), .text("turnusen og leddene over")]
        }
        return ReportTable(id: "bemanning-kapasitet", title: "Kapasitet", columns: columns, rows: steps + equivalents)
    }
}
