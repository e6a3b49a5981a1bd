import Reports
import Strategy
import Telemetry
import Workload

/// A period's indicators against the goals, as people and spreadsheets read them.
extension GoalsAnswer {
    var text: String {
        var parts = [
            "Mål og indikatorer for \(name)\(zone.map { ", sone \($0)" } ?? ""), \(period.title). \(wholeDays) hele døgn med data, posisjon \(position)."
        ]
        for framework in goals.frameworks {
            let ladder = framework.careLadder.map { " (\($0))" } ?? ""
            parts.append("\(framework.name)\(ladder)\n\(framework.document ?? "")".trimmingLines)
            for goal in framework.goals { parts.append(text(framework, goal)) }
        }
        if let freed { parts.append(text(freed)) }
        if rows.contains(where: { $0.indicator.baseline?.isExample == true || $0.indicator.target?.isExample == true }) {
            parts.append("Merket *: mål, nullpunkt eller tall som bygger på eksempler; kommunen må bytte dem ut med sine egne.")
        }
        return parts.joined(separator: "\n\n")
    }

    private func text(_ framework: Goals.Framework, _ goal: Goals.Goal) -> String {
        var lines = ["\(goal.name)\(goal.reference.map { "  [\($0)]" } ?? "")"]
        let own = rows.filter { $0.framework.id == framework.id && $0.goal.id == goal.id }
        if !own.isEmpty {
            var table = AlignedTable(["Indikator", "Verdi", "95 %", "n", "Nullpunkt", "Mål", "Frist", "Status", "Utvikling"], numbers: [1, 2, 3, 4, 5])
            for row in own {
                table.rows.append([
                    row.indicator.name, value(row.figure.value, row.figure.measure) + (row.figure.restsOnExample ? " *" : ""), interval(row.figure),
                    row.figure.isMeasured ? Norwegian.count(row.figure.count) : "–", marked(row.indicator.baseline.map { ($0.value, $0.isExample) }, row),
                    marked(row.indicator.target.map { ($0.value, $0.isExample) }, row), deadline(row),
                    row.status.bokmal, trend(row.trend),
                ])
            }
            lines.append(table.text)
        }
        if let notMeasured = goal.notMeasured { lines.append("Måles ikke: \(notMeasured)") }
        return lines.joined(separator: "\n")
    }

    private func text(_ freed: FreedHours) -> String {
        var table = AlignedTable(["Teknologi", "Erstatter", "Antall", "Frigjort t", "Nytt arbeid t", "Netto t", "lav–høy"], numbers: [2, 3, 4, 5, 6])
        for row in freed.rows {
            table.rows.append([
                row.technology.bokmal, row.replaces, Norwegian.count(row.counts.done), hours(row.freed.main), hours(row.newWork.main), hours(row.net.main),
                "\(hours(row.net.low)) til \(hours(row.net.high))",
            ])
        }
        let uncounted = freed.uncounted.map(\.bokmal)
        let rest = uncounted.isEmpty ? "" : "\nIkke talt opp her ennå: \(Norwegian.list(uncounted))."
        let example = freed.rows.contains(where: \.hasExample) ? " Forutsetningene er eksempler." : ""
        return "Frigjort tid i perioden: et regnestykke, ikke en måling, og ikke realisert gevinst.\(example)\n\(table.text)\(rest)"
    }

    private func hours(_ value: Double) -> String { Norwegian.number(value, decimals: 1) }

    private func value(_ value: Double?, _ measure: IndicatorMeasure) -> String {
        guard let value else { return "–" }
        switch measure.unit {
        case .share: return Norwegian.percent(value)
        case .kroner: return Norwegian.number(value, decimals: 0) + " kr"
        case .hoursPer100UsersAnd30Days, .hoursPer30Days, .hours: return Norwegian.number(value, decimals: 1) + " t"
        case .callOutsPer100UsersAnd30Days, .usersPer1000: return Norwegian.number(value, decimals: 1)
        }
    }

    private func interval(_ figure: IndicatorFigure) -> String {
        guard let low = figure.low, let high = figure.high else { return figure.isMeasured ? "for få" : figure.unmeasuredText }
        if figure.definition.uncertainty == .account { return "ført" }
        return "\(value(low, figure.measure)) til \(value(high, figure.measure))"
    }

    private func deadline(_ row: Row) -> String {
        guard let deadline = row.indicator.deadline else { return "–" }
        return Norwegian.date(deadline) + (row.indicator.isOverdue(row.status, until: until) ? ", fristen er ute" : "")
    }

    private func marked(_ known: (value: Double, isExample: Bool)?, _ row: Row) -> String {
        known.map { value($0.value, row.figure.measure) + ($0.isExample ? " *" : "") } ?? "–"
    }

    private func trend(_ trend: Trend) -> String {
        guard let probability = trend.probability else { return trend.direction.bokmal }
        return "\(trend.direction.bokmal) (\(trend.test), \(trend.count) perioder, p = \(Norwegian.number(probability, decimals: 3)))"
    }

    var csv: String {
        let header = [
            "framework", "goal", "indicator", "measure", "unit", "value", "low", "high", "n", "numerator", "denominator", "baseline", "target", "deadline",
            "status", "trend",
        ]
        let lines = rows.map { row in
            [row.framework.id, row.goal.id, row.indicator.id, row.figure.measure.rawValue, row.unit]
                + [row.figure.value, row.figure.low, row.figure.high].map { spreadsheetNumber($0, decimals: 4) }
                + ["\(row.figure.count)"]
                + [row.figure.numerator, row.figure.denominator, row.indicator.baseline?.value, row.indicator.target?.value]
                .map { spreadsheetNumber($0, decimals: 4) }
                + [row.indicator.deadline?.iso ?? "", "\(row.status)", row.trend.direction.rawValue]
        }
        return AlignedTable.csv([header] + lines)
    }
}

extension String {
    /// Without line breaks at the end.
    fileprivate var trimmingLines: String {
        var text = self[...]
        while text.last?.isNewline == true { text.removeLast() }
        return String(text)
    }
}
