import Staffing
import Telemetry
import Workload

/// Words for models, rest rules and data quality.
extension StaffingWords {
    /// So many places are named one by one; more are counted.
    static let namedMax = 4

    func findings(_ check: RestRules.Check) -> String {
        check.lines.isEmpty ? "ingen linjer" : check.findings.isEmpty ? "ingen" : Norwegian.count(check.findings.count)
    }

    /// `linje 3, uke 2, onsdag: døgnhvile 9 t, krav 11 t`
    func finding(_ finding: RestRules.Finding) -> String {
        let day = finding.weekday.map { ", \(Norwegian.weekdays[$0 - 1])" } ?? ""
        let dated = finding.date.map { "\(finding.kind == .weekly ? "uka fra " : "")\(Norwegian.date($0))" }
        let place = "linje \(finding.line), \(dated ?? "uke \(finding.week)\(day)")"
        guard finding.kind != .overlap else { return "\(place): to vakter samtidig i \(Norwegian.shortest(finding.foundHours)) t" }
        return "\(place): \(finding.kind.word) \(Norwegian.shortest(finding.foundHours)) t, "
            + "krav \(Norwegian.shortest(finding.requiredHours)) t"
    }

    /// The first findings of a roster one by one, and how many more there are.
    func namedFindings(_ outcome: AlternativeOutcome, max count: Int) -> [String] {
        let findings = outcome.figures.rest.findings
        let named = findings.prefix(count).map { "\(outcome.alternative.name): \(finding($0))." }
        let rest = findings.count - named.count
        guard rest > 0 else { return named }
        return named + ["\(outcome.alternative.name): og \(Norwegian.count(rest)) til. Alle \(Norwegian.count(findings.count)) står i JSON og i regnearket."]
    }

    /// Positions with the interval of the arrival rate: `2 (1–3)`.
    static func positions(_ estimate: Estimate) -> String {
        guard let low = estimate.low, let high = estimate.high, low != high else { return Norwegian.shortest(estimate.value) }
        return "\(Norwegian.shortest(estimate.value)) (\(Norwegian.shortest(low))\(Norwegian.dash)\(Norwegian.shortest(high)))"
    }

    /// What the models say of a shift, against the roster.
    func verdict(_ shift: RequiredShift) -> String {
        let text: String
        switch shift.outcome {
        case .tooFew(let callOutsMin): return "for få til å si (under \(callOutsMin))"
        case .travelMissesNorm(let share): text = "reisen alene: bare \(Norwegian.percent(share, decimals: 0)) \(within)"
        case .normForEveryone: text = "normen gjelder alle: se avspillingen"
        case .positions:
            switch shift.roster {
            case nil: text = "ingen turnus"
            case .enough: text = "nok"
            case .sharedWithOtherZones: text = "deles med andre soner: se avspillingen"
            case .tooFewAtWork: text = "for få på vakt"
            }
        }
        return shift.prefersReplay ? "\(text)*" : text
    }

    /// Positions by square-root staffing, a dash under one erlang: there the rule, made for large loads, says too little.
    func positionsByLoad(_ figures: RequiredFigures) -> String {
        guard let hour = figures.hardestHour, hour.offeredErlang >= 1 else { return "–" }
        return Norwegian.count(figures.positionsByModifiedLoad)
    }

    /// Which of the models' two columns to go by.
    static let whichModel =
        "Gå etter Erlang C. «Tilbudt last» er en tommelfingerregel for mange samtidige utrykninger, og vises bare der "
        + "det i snitt er minst én ute i den tyngste timen."

    /// What the star of a verdict means: the assumptions that fail, with where.
    var failedAssumptions: [String] {
        AssumptionCheck.Assumption.allCases.compactMap { assumption in
            let failing = analysis.required.filter { shift in
                shift.days == .all && shift.assumptions.contains { $0.assumption == assumption && $0.verdict == .fails }
            }
            guard !failing.isEmpty else { return nil }
            let names = failing.map { "\(analysis.name($0.zones)) \($0.kind.rawValue)" }
            let places = names.count > StaffingWords.namedMax ? "\(Norwegian.count(names.count)) vakter" : Norwegian.list(names)
            return "* \(assumption.words): \(places). Der er avspillingen et bedre svar."
        }
    }

    /// What a reader must know before trusting the figures.
    var quality: [String] {
        let quality = analysis.quality
        var lines: [String] = []
        if let measured = quality.measured.within.first, let value = measured.value, let interval = measured.interval {
            var line =
                "Målt i perioden: \(Norwegian.percent(value)) framme \(within) (95\(Norwegian.space)% sikkert "
                + "\(Norwegian.percentRange(interval.low, interval.high)), n\(Norwegian.space)=\(Norwegian.space)\(Norwegian.count(measured.denominator)))"
            if let replayed = quality.replayedWithinNorm { line += "; avspilt mot dagens turnus \(Norwegian.percent(replayed))" }
            lines.append(line + ".")
            if quality.measured.none > 0 {
                let asked = Norwegian.count(measured.denominator + quality.measured.none, "utrykning", "utrykninger")
                lines.append(
                    "For \(Norwegian.count(quality.measured.none)) av \(asked) er det ikke meldt når de ble sendt eller var framme. De er med i "
                        + "avspillingen, med en reisetid trukket blant sonens egne, men ikke i det målte."
                )
            }
            if quality.isReplayOff {
                lines.append(
                    "Avspillingen treffer ikke det målte nivået (\(Norwegian.list(quality.replayOff.map(\.words)))): stol mer på forskjellene mellom turnuser enn på nivået."
                )
            }
        }
        if !quality.silentDays.isEmpty {
            lines.append(
                "Ingen signaler i det hele tatt \(Norwegian.dates(quality.silentDays)): de døgnene er ikke regnet med. "
                    + "Det kan være et brudd hos sentralen. Se Datakvalitet."
            )
        }
        if quality.leftOut > 0 {
            lines.append(
                "\(Norwegian.count(quality.leftOut, "utrykning", "utrykninger")) er ikke med: uten slutt, i feil rekkefølge, lengre enn 6 timer eller uten sone."
            )
        }
        if quality.drawnWays > 0, let total = analysis.replay?.total.figures.callOuts {
            lines.append(
                "\(Norwegian.count(quality.drawnWays)) av \(Norwegian.count(total, "utrykning", "utrykninger")) kom fra en annen sone eller uten meldt reisetid; "
                    + "reisa er trukket blant sonens egne, på nytt i hver avspilling."
            )
        }
        if let firm = firmPlanned { lines.append(firm) }
        if !quality.hasPlannedWork { lines.append("Planlagt arbeid er ikke lagt inn (planned.csv): det virkelige presset er høyere.") }
        if quality.hasExamples { lines.append("Satser eller årsverk bygger på eksempler som kommunen må bytte ut med egne (staffing.yaml).") }
        lines.append(
            "Norm: \(Norwegian.percent(analysis.settings.norm.share, decimals: 0)) framme \(within) (\(analysis.settings.norm.source)). "
                + "Under \(analysis.settings.callOutsMin) utrykninger sies ingen usikkerhet."
        )
        if let replay = analysis.replay, replay.replays > 0 {
            lines.append("Usikkerhet: \(Norwegian.count(replay.replays)) avspillinger av uker trukket tilfeldig fra perioden.")
        }
        return lines
    }
}

extension StaffingWords {
    /// That planned work binds people first in each hour, and how many waited because of it; nil where none does.
    private var firmPlanned: String? {
        guard let waited = analysis.replay?.total.figures.waited, let without = analysis.quality.waitedWithoutPlannedWork else { return nil }
        let share = Norwegian.percent(analysis.settings.firmPlannedShare, decimals: 0)
        let text = "\(share) av det planlagte arbeidet regnes som besøk ingen kan gå fra. Det legges først i hver klokketime, og binder folk da."
        guard waited > 0 else { return text }
        return text + " Av \(Norwegian.count(waited)) som måtte vente, ventet \(Norwegian.count(max(0, waited - without))) av den grunn."
    }

    /// What zones that help one another need: `2 (Biri 1, Snertingdal 1)`, or why it cannot be said.
    func helping(_ need: HelpingNeed) -> String {
        switch need.outcome {
        case .tooFew(let callOutsMin): return "for få til å si (under \(callOutsMin))"
        case .travelMissesNorm(let share): return "reisen alene: bare \(Norwegian.percent(share, decimals: 0)) \(within)"
        case .normForEveryone: return "normen gjelder alle: se avspillingen"
        case .positions(let help):
            let parts = zip(need.zones, help.positions).filter { $0.1 > 0 }.map { "\(analysis.name([$0.0])) \($0.1)" }
            return "\(help.positions.reduce(0, +)) (\(parts.joined(separator: ", ")))"
        }
    }
}

extension RestRules.Kind {
    var word: String {
        switch self {
        case .daily: "døgnhvile"
        case .weekly: "ukehvile"
        case .overlap: "to vakter samtidig"
        }
    }
}

extension ReplayMeasure {
    /// What the replay misses, in words.
    fileprivate var words: String {
        switch self {
        case .withinNormShare: "andelen i tide"
        case .attendanceP50Milliseconds: "tiden halvparten ble nådd innen"
        case .attendanceP90Milliseconds: "tiden ni av ti ble nådd innen"
        default: rawValue
        }
    }
}

extension AssumptionCheck.Assumption {
    /// The assumption that fails, in words.
    var words: String {
        switch self {
        case .poissonArrivals: "Utrykningene kommer ikke tilfeldig spredt (Poisson)"
        case .exponentialService: "Tiden en utrykning tar er ikke eksponentialfordelt"
        case .oneResponder: "Utrykninger tar ofte mer enn én"
        }
    }
}

extension RequiredFigures {
    var hardestHour: RequiredHour? { hours.indices.contains(hardest) ? hours[hardest] : nil }
}
