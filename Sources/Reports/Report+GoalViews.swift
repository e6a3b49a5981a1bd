import Strategy
import Workload

extension Report {
    var goalsView: View {
        let goals = (frameworks ?? []).flatMap(\.goals)
        return [
            "title": goals.count == 1 ? goals[0].goal.name : "Mål og indikatorer", "isEmpty": goals.isEmpty,
            "isSeveral": goals.count > 1,
            "frameworks": (frameworks ?? []).map { framework in
                [
                    "about": about(framework.framework), "own": (framework.framework.note?.sentence).orHidden,
                    "hasExamples": framework.goals.flatMap(\.indicators).contains { $0.indicator.hasExample },
                    "goals": framework.goals.map { goalView($0, framework.framework, nil) },
                ] as View
            },
        ]
    }

    func about(_ framework: Goals.Framework) -> String {
        var parts = [framework.name]
        if let ladder = framework.careLadder { parts.append("bygger på \(ladder)") }
        return parts.joined(separator: ", ") + "." + (framework.document.map { " \($0.sentence)" } ?? "")
    }

    /// - Parameter lineage: the page that links figures to what is behind them; nil for a file.
    func goalView(_ figures: GoalFigures, _ framework: Goals.Framework, _ lineage: ReportNavigation?) -> View {
        let goal = figures.goal
        let hasTrend = figures.indicators.contains { $0.trend != nil }
        return [
            // Where the document calls the goal what its name begins with, it stands above already.
            "name": goal.name, "reference": (goal.reference.flatMap { $0 == goal.name.beforeColon ? nil : $0.sentence }).orHidden,
            "note": (goal.note?.sentence).orHidden,
            "notMeasured": (goal.notMeasured?.sentence).orHidden, "id": "c-maal-\(goal.id)", "period": period.title,
            "hasIndicators": !figures.indicators.isEmpty, "hasTrend": hasTrend,
            "rows": figures.indicators.map { row -> View in
                // What is told of all zones alone has nothing behind it here.
                let isElsewhere = row.figure?.missing == .wholeMunicipality
                let path = lineage.map { Report.tracePath([framework.id, goal.id, row.indicator.id], $0, period: period, zone: selectedZone?.id) }
                return indicatorView(row).merging([
                    "hasTrend": hasTrend, "lineage": (isElsewhere ? nil : path).orHidden,
                    "whole": (isElsewhere ? self.path(.wholeMunicipality, lineage) : nil).orHidden,
                ]) { $1 }
            },
        ]
    }

    private func indicatorView(_ row: IndicatorRow) -> View {
        let indicator = row.indicator
        let measure = indicator.measure
        let baseline = indicator.baseline
        return [
            "name": indicator.name.unbrokenPercent, "note": indicator.note ?? "",
            "baseline": baseline.map { measure.text($0.value) } ?? "–",
            "baselineSource": baseline.map { "\($0.period), \($0.source)" } ?? "",
            "target": indicator.target.map { measure.text($0.value) } ?? "–",
            "direction": indicator.direction == .up ? "eller høyere" : "eller lavere",
            "value": row.valueText,
            "interval": row.interval, "fraction": row.fraction, "picture": (BulletPicture(row)?.view).orHidden,
            "status": row.status?.bokmal ?? withheldText, "tone": row.status.css, "mark": row.status.mark,
            "trend": row.trend?.sentence ?? (row.figure == nil ? withheldText : "ikke vurdert"), "definition": Report.definitionID(measure),
            "deadline": indicator.deadline.map(Norwegian.date) ?? "–", "isOverdue": isOverdue(row), "owner": indicator.owner ?? "",
        ]
    }

    /// The deadline was out before the period was, or before the report was made, and the target is not reached.
    func isOverdue(_ row: IndicatorRow) -> Bool {
        row.indicator.isOverdue(row.status, until: min(period.endDay, LocalTime.oslo.day(at: provenance.generatedAt)))
    }
}

extension Trend {
    /// Where it goes; by which test, over how many periods, and how rare by chance alone.
    var sentence: String {
        if self == .ofRunningSum { return test }
        let periods = Norwegian.count(count, "periode", "perioder")
        guard let probability else { return "\(direction.bokmal) (\(periods))" }
        return "\(direction.bokmal) (\(test), \(periods), p\(Norwegian.space)=\(Norwegian.space)\(Norwegian.number(probability, decimals: 3)))"
    }
}

extension Goals.Indicator {
    var hasExample: Bool { baseline?.isExample ?? false || target?.isExample ?? false }
}

extension IndicatorMeasure {
    /// A value as it is written: `77,4 %`, `42,3 t`.
    func text(_ value: Double) -> String {
        switch unit {
        case .share: Norwegian.percent(value)
        case .hoursPer100UsersAnd30Days, .hoursPer30Days, .hours: Norwegian.hours(value) + "\u{A0}t"
        case .callOutsPer100UsersAnd30Days, .usersPer1000: Norwegian.number(value, decimals: 1)
        case .kroner: Norwegian.number(value, decimals: 0) + "\u{A0}kr"
        }
    }
}

extension IndicatorMeasure {
    /// A sum that leaders have entered.
    var isAccount: Bool { self == .realisedHours || self == .realisedKroner }
}

extension IndicatorMeasure {
    /// A round value: `24 %`.
    fileprivate func roundedText(_ value: Double) -> String { unit == .share ? Norwegian.percent(value, decimals: 0) : text(value.rounded()) }
}

extension IndicatorRow {
    fileprivate var valueText: String {
        guard let figure else { return withheldText }
        guard let value = figure.value else { return "–" }
        return roundedShare?.text ?? (isRounded ? "\(Report.aboutText) \(figure.measure.roundedText(value))" : figure.measure.text(value))
    }

    /// `minst`, `høyst` or `aboutText`; nil of what is not rounded.
    var roundingWords: String? { roundedShare?.words.bokmal ?? (isRounded ? Report.aboutText : nil) }

    var interval: String {
        guard let figure else { return "" }
        if isRounded, figure.low == nil { return "avrundet" }
        guard let low = figure.low, let high = figure.high else { return figure.isMeasured ? "for få til å si" : figure.unmeasuredText }
        switch figure.measure.unit {
        case .share: return Norwegian.percentRange(low, high)
        case .hoursPer100UsersAnd30Days: return "\(Norwegian.hours(low))–\(Norwegian.hours(high))\u{A0}t"
        case _ where figure.definition.uncertainty == .account: return "ført av lederne"
        case .hoursPer30Days: return "\(Norwegian.hours(low)) til \(figure.measure.text(high)) etter forutsetningene"
        default: return "\(figure.measure.text(low))\(Norwegian.dash)\(figure.measure.text(high))"
        }
    }

    /// Numerator and denominator in words, and that they are made up where they are.
    var fraction: String { (figure?.restsOnExample ?? false) ? "\(countedText) · eksempeltall" : countedText }

    private var countedText: String {
        guard let figure, !isRounded else { return "" }
        let (top, bottom) = (Int64(figure.numerator), Int64(figure.denominator))
        switch figure.measure {
        case _ where !figure.isMeasured: return ""
        case .callOutHoursPer100Users:
            let users =
                figure.count > 0 ? Norwegian.number(figure.denominator * 3000 / Double(figure.count), decimals: 0) : "–"
            return "\(Norwegian.hours(figure.numerator))\u{A0}t · \(users) brukere · \(figure.count) døgn"
        case .deviceAvailability: return "\(Norwegian.count(top)) av \(Norwegian.count(bottom)) enhetsdøgn"
        case .callOutsPer100Users, .nightCallOutsPer100Users: return Norwegian.count(top, "utrykning", "utrykninger")
        case _ where figure.measure.unit == .usersPer1000: return Norwegian.count(top, "bruker", "brukere")
        case .unplannedShare: return "\(Norwegian.hours(figure.numerator)) av \(Norwegian.hours(figure.denominator))\u{A0}t"
        case .freedHours: return Norwegian.count(Int64(figure.count), "telling", "tellinger")
        case .realisedHours, .realisedKroner: return Norwegian.count(Int64(figure.count), "linje", "linjer")
        default: return "\(Norwegian.count(top)) av \(Norwegian.count(bottom))"
        }
    }
}

extension String {
    /// With a full stop at the end.
    var sentence: String { ".!?".contains(last ?? ".") ? self : self + "." }
}
