import Reports
import Strategy
import Telemetry
import Web
import Workload

/// A period's indicators against the goals, as people and programs read them.
struct GoalsAnswer {
    struct Row {
        var framework: Goals.Framework
        var goal: Goals.Goal
        var indicator: Goals.Indicator
        var figure: IndicatorFigure
        var status: GoalStatus
        var trend: Trend
    }

    let name: String
    let zone: String?
    let period: ReportPeriod
    let goals: Goals
    let position: Int64
    let wholeDays: Int
    let freed: FreedHours?
    let rows: [Row]

    /// - Parameter earlier: the periods before, in order.
    init(name: String, zone: String?, period: ReportPeriod, goals: Goals, current: ReportedMunicipality.Indicators, earlier: [IndicatorData]) {
        self.name = name
        self.zone = zone
        self.period = period
        self.goals = goals
        position = current.position
        wholeDays = current.wholeDays
        freed = current.data.freed
        rows = goals.frameworks.flatMap { framework in
            framework.goals.flatMap { goal in
                goal.indicators.map { indicator in
                    let figure = IndicatorFigure(indicator.measure, current.data)
                    let series = earlier.map { IndicatorFigure(indicator.measure, $0) } + [figure]
                    return Row(
                        framework: framework,
                        goal: goal,
                        indicator: indicator,
                        figure: figure,
                        status: GoalStatus(figure, indicator),
                        trend: Trend(figures: series)
                    )
                }
            }
        }
    }

    // MARK: Text

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
                    marked(row.indicator.target.map { ($0.value, $0.isExample) }, row), row.indicator.deadline.map(Norwegian.date) ?? "–",
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
        guard let low = figure.low, let high = figure.high else { return figure.isMeasured ? "for få" : "ikke målt" }
        if figure.definition.uncertainty == .account { return "ført" }
        return "\(value(low, figure.measure)) til \(value(high, figure.measure))"
    }

    private func marked(_ known: (value: Double, isExample: Bool)?, _ row: Row) -> String {
        known.map { value($0.value, row.figure.measure) + ($0.isExample ? " *" : "") } ?? "–"
    }

    private func trend(_ trend: Trend) -> String {
        guard let probability = trend.probability else { return trend.direction.bokmal }
        return "\(trend.direction.bokmal) (\(trend.test), \(trend.count) perioder, p = \(Norwegian.number(probability, decimals: 3)))"
    }

    // MARK: For programs

    private struct Indicator: Encodable {
        var framework: String
        var goal: String
        var indicator: String
        var name: String
        var measure: String
        var definitionVersion: Int
        var definition: String
        var unit: String
        var category: String
        var uncertainty: String
        var value: Double?
        var low: Double?
        var high: Double?
        var numerator: Double
        var denominator: Double
        var n: Int
        var baseline: Double?
        var target: Double?
        /// The target or the baseline is made up; the value rests on something made up.
        var isExample: Bool
        var restsOnExample: Bool
        var deadline: String?
        var owner: String?
        var status: String
        var trend: String
        var trendTest: String
        var trendProbability: Double?
        var trendPeriods: Int
    }

    private var indicators: [Indicator] {
        rows.map { row in
            let definition = row.figure.definition
            return Indicator(
                framework: row.framework.id,
                goal: row.goal.id,
                indicator: row.indicator.id,
                name: row.indicator.name,
                measure: row.figure.measure.rawValue,
                definitionVersion: definition.version,
                definition: definition.text,
                unit: row.figure.measure.unit == .share ? "andel 0–1" : row.figure.measure.unit.bokmal,
                category: definition.category.rawValue,
                uncertainty: definition.uncertainty.bokmal,
                value: row.figure.value,
                low: row.figure.low,
                high: row.figure.high,
                numerator: row.figure.numerator,
                denominator: row.figure.denominator,
                n: row.figure.count,
                baseline: row.indicator.baseline?.value,
                target: row.indicator.target?.value,
                isExample: row.indicator.baseline?.isExample == true || row.indicator.target?.isExample == true,
                restsOnExample: row.figure.restsOnExample,
                deadline: row.indicator.deadline.map { "\($0.year)-\(Norwegian.twoDigits($0.month))-\(Norwegian.twoDigits($0.day))" },
                owner: row.indicator.owner,
                status: "\(row.status)",
                trend: row.trend.direction.rawValue,
                trendTest: row.trend.test,
                trendProbability: row.trend.probability,
                trendPeriods: row.trend.count
            )
        }
    }

    func json() throws -> String {
        struct Answer: Encodable {
            var municipality: String
            var zone: String?
            var period: String
            var position: Int64
            var wholeDays: Int
            var indicators: [Indicator]
        }
        let answer = Answer(municipality: name, zone: zone, period: period.description, position: position, wholeDays: wholeDays, indicators: indicators)
        return try answer.planningJSON()
    }

    var csv: String {
        let header = [
            "framework", "goal", "indicator", "measure", "unit", "value", "low", "high", "n", "numerator", "denominator", "baseline", "target", "deadline",
            "status", "trend",
        ]
        let lines = indicators.map { row in
            [row.framework, row.goal, row.indicator, row.measure, row.unit]
                + [row.value, row.low, row.high].map { spreadsheetNumber($0, decimals: 4) }
                + ["\(row.n)"] + [row.numerator, row.denominator, row.baseline, row.target].map { spreadsheetNumber($0, decimals: 4) }
                + [row.deadline ?? "", row.status, row.trend]
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
