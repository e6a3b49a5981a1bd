import Strategy
import Workload

extension Report {
    /// Nil where nothing was compared.
    var comparisonView: View? {
        guard !comparisons.isEmpty else { return nil }
        let known = comparisons.filter { $0.coveredShare > 0 }
        return [
            "periods": comparisons.map { comparison -> View in
                [
                    "title": comparison.place == .before ? "Perioden før" : "Samme periode i fjor", "period": comparison.period.title,
                    "sentence": sentence(comparison),
                ]
            },
            "hasRows": !known.isEmpty, "own": period.title,
            "heads": known.map { ["title": $0.place == .before ? "Før" : "I fjor", "period": $0.period.title] as View },
            "rows": PeriodComparison.Measure.allCases.enumerated().map { place, measure -> View in
                [
                    "name": measure.bokmal, "own": (known.first?.rows[place].own).map { measure.text($0) } ?? "–",
                    "others": known.map { comparison -> View in
                        let row = comparison.rows[place]
                        return [
                            "value": row.other.map { measure.text($0) } ?? "–", "change": row.change.map { $0.text } ?? "–",
                            "interval": row.change?.intervalText ?? "", "verdict": verdict(row), "isBeyond": row.change?.isBeyondChance == true,
                        ]
                    },
                ]
            },
        ]
    }

    private func verdict(_ row: PeriodComparison.Row) -> String {
        guard let change = row.change else { return "kan ikke sammenlignes" }
        switch change.isBeyondChance {
        case true?: return "mer enn tilfeldig"
        case false?: return "kan være tilfeldig"
        case nil: return "for få til å si"
        }
    }

    /// A share below 1 in whole percents, never as none or all.
    private static func part(_ share: Double) -> String { Norwegian.percent(min(max(share, 0.01), 0.99), decimals: 0) }

    /// What changed beyond chance, in words; that nothing could be tested is no calm.
    private func sentence(_ comparison: PeriodComparison) -> String {
        let period = comparison.period.title
        guard comparison.coveredShare > 0 else { return "Det er ingen data fra \(period)." }
        let part = comparison.coveredShare < 1 ? " (data fra \(Report.part(comparison.coveredShare)) av perioden)" : ""
        guard comparison.rows.contains(where: { $0.change?.isBeyondChance != nil }) else {
            let isNothingToCompare = comparison.rows.allSatisfy { $0.change == nil }
            return isNothingToCompare ? "Perioden kan ikke sammenlignes med \(period)\(part)." : "Mot \(period)\(part) er det for få til å si om noe er endret."
        }
        let changed = comparison.rows.filter { $0.change?.isBeyondChance == true }
        guard !changed.isEmpty else { return "Mot \(period)\(part) er ingen endring større enn tilfeldighetene kan gi." }
        let words = changed.compactMap { row in row.change.map { "\(row.measure.inSentence) \($0.text)" } }
        return "Mot \(period)\(part) er dette mer enn tilfeldig: \(Norwegian.list(words))."
    }
}

extension PeriodComparison.Measure {
    func text(_ value: Double) -> String { isShare ? Norwegian.percent(value) : Norwegian.number(value, decimals: value < 100 ? 1 : 0) }

    /// The name within a sentence.
    fileprivate var inSentence: String { bokmal.prefix(1).lowercased() + bokmal.dropFirst() }
}

extension PeriodChange {
    /// `+12 %` of a ratio, `+1,2 prosentpoeng` of a difference of shares.
    fileprivate var text: String {
        scale == .ratio ? "\(PeriodChange.signed(value - 1, 0))\(Norwegian.space)%" : "\(PeriodChange.signed(value, 1)) prosentpoeng"
    }

    /// `95 %: −3 til +29 %`; nil where nothing can be said.
    fileprivate var intervalText: String? {
        guard let interval else { return nil }
        let (base, decimals) = scale == .ratio ? (1.0, 0) : (0.0, 1)
        let unit = scale == .ratio ? "\(Norwegian.space)%" : ""
        return "95\(Norwegian.space)%: \(PeriodChange.signed(interval.lowerBound - base, decimals)) til "
            + "\(PeriodChange.signed(interval.upperBound - base, decimals))\(unit)"
    }

    private static func signed(_ share: Double, _ decimals: Int) -> String {
        let text = Norwegian.number(share * 100, decimals: decimals)
        return share > 0 && text.contains(where: { $0 != "0" && $0 != "," }) ? "+\(text)" : text
    }
}

extension Report {
    /// The comparison for files; without rows where nothing was compared.
    var comparisonTable: ReportTable {
        let columns: [ReportTable.Column] = [
            .init("Sammenlignet med", .text), .init("Tall", .text), .init("Enhet", .text), .init("Denne perioden", .number), .init("Den andre", .number),
            .init("Endringen er", .text), .init("Endring", .number), .init("Endring fra", .number), .init("Endring til", .number), .init("Dom", .text),
        ]
        let rows = comparisons.filter { $0.coveredShare > 0 }.flatMap { comparison in
            comparison.rows.map { row -> [ReportTable.Cell] in
                [
                    .text(comparison.period.title), .text(row.measure.bokmal), .text(row.measure.isShare ? "andel" : "per døgn"), .number(row.own),
                    .number(row.other), .text(row.change?.scale == .difference ? "differanse" : "forhold"), .number(row.change?.value),
                    .number(row.change?.interval?.lowerBound), .number(row.change?.interval?.upperBound), .text(verdict(row)),
                ]
            }
        }
        return ReportTable(id: "sammenligning", title: "Mot før og i fjor", columns: columns, rows: rows)
    }
}
