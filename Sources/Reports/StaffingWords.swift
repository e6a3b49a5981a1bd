import Staffing
import Telemetry
import Workload

/// The sentences about load against staffing, in bokmål: one wording for the terminal and the report.
struct StaffingWords {
    let analysis: StaffingAnalysis

    private var norm: AttendanceNorm { analysis.settings.norm }

    /// `innen 45 min`
    var within: String { "innen \(StaffingWords.minutes(Double(norm.withinMilliseconds) / 60_000))" }

    /// `Egne tall fra oktober 2026`, `Egne tall 5.–18. oktober 2026`: what was played.
    var ownPeriod: String {
        guard !analysis.covered.isEmpty else { return "Uten egne tall" }
        let first = LocalTime.oslo.day(at: analysis.covered.lowerBound)
        let last = LocalTime.oslo.day(at: analysis.covered.upperBound - 1)
        let isMonth = first.day == 1 && last.advanced(by: 1).day == 1 && first.month == last.month && first.year == last.year
        return isMonth ? "Egne tall fra \(ReportPeriod(.month, containing: first).title)" : "Egne tall \(Norwegian.dates(first, last))"
    }

    // MARK: The replay

    /// The figure leaders see first.
    var headline: String {
        guard analysis.hasRoster else { return "Det er ikke lagt inn turnus å spille utrykningene mot." }
        guard let total = analysis.replay?.total, let share = total.withinNorm else {
            if analysis.isSummed { return "Under fem utrykninger i perioden: tallene vises ikke for rollen din." }
            if analysis.covered.isEmpty { return "Ingen data fra perioden å spille mot turnusen." }
            let cause =
                analysis.quality.silentDays.isEmpty
                ? "Ingen utrykninger" : "Det kom ingen signaler \(Norwegian.dates(analysis.quality.silentDays)), og ingen utrykninger"
            return "\(cause) i perioden å spille mot turnusen."
        }
        return "\(ownPeriod), spilt mot dagens turnus: \(Norwegian.percent(share.value)) av "
            + "\(Norwegian.count(total.figures.callOuts, "utrykning", "utrykninger")) ville vært framme \(within)\(sure(share, total))\(measured). "
            + "Normen er \(Norwegian.percent(norm.share, decimals: 0))."
    }

    /// `; målt: 93,2 %`, so that what is reckoned is not taken for what was; nothing where nothing was measured.
    private var measured: String {
        guard let share = analysis.quality.measured.within.first?.value else { return "" }
        return "; målt: \(Norwegian.percent(share))"
    }

    /// ` (95 % sikkert 91,0–94,2 %)`, or why it is not said.
    func sure(_ estimate: Estimate, _ scope: ReplayEstimates.Scope) -> String {
        guard let low = estimate.low, let high = estimate.high else {
            return scope.tooFew == nil ? " (hvor sikkert er ikke trukket)" : " (\(StaffingWords.unsure(scope)) til å si hvor sikkert)"
        }
        return " (95\(Norwegian.space)% sikkert \(Norwegian.percentRange(low, high)))"
    }

    /// Why no interval is told: `for få`, where there are too few call-outs or weeks, or that nothing was drawn.
    static func unsure(_ scope: ReplayEstimates.Scope) -> String {
        switch scope.tooFew {
        case nil: "ikke trukket"
        case .callOuts: "for få"
        case .weeks: "for få uker"
        }
    }

    func name(_ scope: ReplayEstimates.Scope) -> String {
        "\(scope.zone.map { analysis.name([$0]) } ?? "Alle soner")\(scope.kind.map { " \($0.during)" } ?? "")"
    }

    /// Whether the worst shift is under the norm.
    var isWorstBelow: Bool { analysis.worst?.scope.withinNorm.map { $0.value < norm.share } ?? false }

    /// Whether a shift is under the norm beyond chance.
    func isSurelyBelow(_ scope: ReplayEstimates.Scope) -> Bool { scope.withinNorm?.high.map { $0 < norm.share } == true }

    /// Whether it holds the norm beyond chance.
    func isSurelyHeld(_ scope: ReplayEstimates.Scope) -> Bool { scope.withinNorm?.low.map { $0 >= norm.share } == true }

    /// Whether the roster holds the norm, as short as it can be said; nil where no shift has enough call-outs.
    var claim: (text: String, tone: Report.Headline.Tone)? {
        guard let worst = analysis.worst, worst.scope.withinNorm != nil else { return nil }
        guard isWorstBelow else {
            return isSurelyHeld(worst.scope)
                ? ("Turnusen holder normen i alle vakter som har nok utrykninger til å si noe", .good)
                : ("Ingen vakt er tydelig under normen", .neutral)
        }
        return isSurelyBelow(worst.scope)
            ? ("Under normen: \(name(worst.scope))", .problem) : ("\(name(worst.scope)) er under normen, men det kan være tilfeldig", .neutral)
    }

    /// The worst shift and how sure it is, a sentence each; the next worst last, so that «der» is the worst.
    var worst: [String] {
        guard let worst = analysis.worst, let share = worst.scope.withinNorm else {
            return analysis.replay == nil ? [] : ["Ingen vakt har nok utrykninger (minst \(analysis.settings.callOutsMin)) til å peke ut en svakeste."]
        }
        var lines: [String] = []
        if !isWorstBelow {
            lines.append("Ingen vakt med nok utrykninger (minst \(analysis.settings.callOutsMin)) er under normen.")
            if share.value == 1 { return lines + (worst.second == nil ? [onlyOne(worst)] : []) + ["Der ville alle blitt nådd i tide."] }
        }
        lines.append(
            "\(isWorstBelow ? "" : "Lavest er ")\(name(worst.scope)): \(Norwegian.percent(share.value)) framme \(within)\(sure(share, worst.scope)), "
                + "av \(Norwegian.count(worst.scope.figures.callOuts, "utrykning", "utrykninger"))."
        )
        if isWorstBelow {
            lines.append(
                isSurelyBelow(worst.scope) ? "Den ligger sikkert under normen." : "Den ligger under normen, men det kan være tilfeldig."
            )
        } else {
            lines.append(isSurelyHeld(worst.scope) ? "Også den holder normen." : "Den holder normen, men det kan være tilfeldig.")
        }
        if worst.scope.tooFewCallOuts != nil {
            lines.append("Den har under \(analysis.settings.callOutsMin) utrykninger, men så mange kom for sent at det neppe er tilfeldig.")
        }
        if worst.second == nil {
            lines.append(onlyOne(worst))
        } else if let agreement = worst.agreement {
            lines.append("Spilt på nytt med ukene trukket tilfeldig er den svakest i \(Norwegian.percent(agreement, decimals: 0)) av gangene.")
        }
        if let hour = worst.hour {
            lines.append("Flest ville kommet for sent kl.\(Norwegian.space)\(StaffingWords.hour(hour.hour)): \(Norwegian.count(hour.missed)).")
        }
        let figures = worst.scope.figures
        if figures.waited > 0 {
            lines.append(
                "\(Norwegian.count(figures.waited)) ville måttet vente på at noen ble ledig, lengst \(Norwegian.duration(milliseconds: figures.waitMaxMilliseconds))."
            )
        }
        if figures.neverReached > 0 { lines.append("\(Norwegian.count(figures.neverReached)) ville aldri blitt nådd: ingen var på vakt.") }
        lines.append(oneMore(worst))
        if worst.agreement != nil, let second = worst.second, let next = second.withinNorm {
            lines.append("Nest svakest: \(name(second)) med \(Norwegian.percent(next.value)).")
        }
        return lines
    }

    private func onlyOne(_ worst: WorstShift) -> String {
        "Ingen annen vakt har nok utrykninger (minst \(analysis.settings.callOutsMin)) til å sammenlignes med \(name(worst.scope))."
    }

    private func oneMore(_ worst: WorstShift) -> String {
        let place = worst.scope
        if analysis.mend?.search.outOfReach.contains(where: { $0.zone == place.zone && $0.kind == place.kind }) == true {
            return "Reisen alene bryter normen der, så flere på vakt hjelper ikke."
        }
        let more = worst.oneMore
        let after = more.comparison.changed.byShift.first { $0.zone == worst.scope.zone && $0.kind == worst.scope.kind }
        let gain = after.map { $0.figures.withinNorm > place.figures.withinNorm } ?? true
        let share = gain ? "gitt \(after?.withinNorm.map { Norwegian.percent($0.value) } ?? "–")" : "ikke gitt flere i tide"
        return
            "Én til på vakt der ville \(share) og kostet \(StaffingWords.kroner(more.kronerAYear)) i året (\(StaffingWords.signedHours(more.hoursAYear)))."
    }

    /// What would help, in a sentence: the conclusion of what is said below of the worst shift, of mends and of times without anybody; nil
    /// where nothing of it was looked at, and where there are too few call-outs to say.
    var advice: String? {
        guard let mend = analysis.mend, let worst = analysis.worst else { return nil }
        guard analysis.unstaffed.isEmpty else { return "Gjør først: sett noen på vakt i timene uten folk i \(Norwegian.list(unstaffedZones))." }
        let search = mend.search
        let changes = Norwegian.list(search.changes.map(change))
        switch search.verdict {
        case .met where worst.scope.withinNorm?.value == 1: return "Normen krever ingen endring."
        case .met: return "Normen krever ingen endring. Skal noen styrkes, er \(name(worst.scope)) den svakeste. \(oneMore(worst))"
        case .mended: return "Det billigste som holder normen: \(changes), \(StaffingWords.kroner(search.kronerAYear)) i året."
        case .notMended where !search.changes.isEmpty, .outOfReach where !search.changes.isEmpty:
            return "Det som hjelper mest: \(changes), \(StaffingWords.kroner(search.kronerAYear)) i året. Normen nås likevel ikke overalt."
        case .notMended: return "Ingen enkeltendring hjelper."
        case .outOfReach: return "Flere på vakt hjelper ikke: reisen alene bryter normen."
        case .tooFew: return nil
        }
    }

    /// The shifts of which too little happened to say whether they hold the norm, the busiest first; nil without any.
    var tooFewToSay: String? {
        // The worst first, though nobody can say that it is.
        func rank(_ scope: ReplayEstimates.Scope) -> (Double, Int) { (scope.withinNorm?.value ?? 1, -scope.figures.callOuts) }
        let few = (analysis.replay?.byShift ?? []).filter { !$0.isTelling && $0.figures.callOuts > 0 }.sorted { rank($0) < rank($1) }
        guard !few.isEmpty else { return nil }
        let named = few.prefix(3).map { scope in
            "\(name(scope)) (\(Norwegian.count(scope.figures.withinNorm)) av \(Norwegian.count(scope.figures.attended)) i tide)"
        }
        let rest = few.count - named.count
        return "For få utrykninger til å si om normen holdes: \(Norwegian.list(named + (rest > 0 ? ["\(rest) vakter til"] : [])))."
    }

    // MARK: Mending

    /// What mending costs, or why there is nothing to mend; a sentence each.
    var mend: [String] {
        guard let mend = analysis.mend else { return [] }
        let search = mend.search
        var lines: [String] = []
        if search.changes.isEmpty {
            switch search.verdict {
            case .met, .mended:
                let rest =
                    analysis.unstaffed.isEmpty
                    ? "Der er det ingenting å bøte på. Viser belastningen at flere var ute enn på vakt, avtal hvem som hjelper da."
                    : "Men noen timer står uten folk: se «Ingen på vakt»."
                lines.append("Turnusen holder normen i alle vakter som har nok utrykninger til å si noe. \(rest)")
                if let tooFewToSay { lines.append(tooFewToSay) }
            case .notMended:
                lines += broken + ["Ingen enkeltendring hjelper: flere på vakt, annen starttid og hjelp mellom soner er prøvd."]
            case .outOfReach: lines += broken + ["Ingen endring av turnusen hjelper."]
            case .tooFew:
                lines.append(
                    "Ingen vakt har nok utrykninger (minst \(analysis.settings.callOutsMin)) til å si om turnusen holder normen. Velg en lengre periode."
                )
            }
        } else {
            let before = search.before.total.withinNormShare.map { Norwegian.percent($0) } ?? "–"
            let after = search.after.total.withinNormShare.map { Norwegian.percent($0) } ?? "–"
            let found = search.verdict == .mended ? "Det billigste som ble funnet" : "Det nærmeste som ble funnet (normen nås ikke overalt)"
            lines.append(
                "\(found): \(Norwegian.count(search.changes.count, "endring", "endringer")) for \(StaffingWords.kroner(search.kronerAYear)) i året "
                    + "(\(StaffingWords.signedHours(mend.hoursAYear)) på vakt). Framme \(within) går fra \(before) til \(after)."
            )
            if let difference = mend.comparison?.total.estimates[.withinNormShare] { lines.append("Forskjell: \(StaffingWords.points(difference)).") }
            lines += mend.comparison.map(displaced) ?? []
        }
        if !search.outOfReach.isEmpty {
            let names = search.outOfReach.map { "\(analysis.name([$0.zone])) \($0.kind.during)" }
            lines.append("Reisen alene bryter normen, så flere på vakt hjelper ikke: \(Norwegian.list(names)).")
        }
        return lines
    }

    /// Where the norm is missed, and where that may be chance, by the same measure as of the worst shift.
    private var broken: [String] {
        let below = (analysis.replay?.byShift ?? []).filter { scope in scope.isTelling && scope.withinNorm.map { $0.value < norm.share } ?? false }
        let (sure, unsure) = (below.filter(isSurelyBelow), below.filter { !isSurelyBelow($0) })
        func names(_ scopes: [ReplayEstimates.Scope]) -> String { Norwegian.list(scopes.map(name)) }
        guard !sure.isEmpty else {
            return [unsure.isEmpty ? "Normen holdes ikke." : "Normen holdes ikke i \(names(unsure)), men det kan være tilfeldig."]
        }
        let also = unsure.isEmpty ? [] : ["Det samme gjelder \(names(unsure)), men der kan det være tilfeldig."]
        return ["Normen holdes ikke i \(names(sure))."] + also
    }

    /// A change in words: `+1 på vakt: Biri, natt lørdag og søndag`.
    func change(_ change: StaffingChange) -> String {
        switch change {
        case .positions(let zones, let kind, let days, let delta):
            let when = days.map { " \($0.words)" } ?? ""
            return "\(delta < 0 ? "−" : "+")\(Norwegian.shortest(abs(delta))) på vakt: \(places(zones)), \(kind.rawValue)\(when)"
        case .start(let zones, let kind, let minutes):
            return "\(kind.rawValue) begynner \(Norwegian.count(abs(minutes))) min \(minutes < 0 ? "før" : "senere"): \(places(zones))"
        case .pool(let zones, let kinds):
            return "\(places(zones)) hjelper hverandre\(kinds.isEmpty ? "" : " \(Norwegian.list(kinds.map(\.during)))")"
        case .norm(let norm):
            return "norm: \(Norwegian.percent(norm.share, decimals: 0)) innen \(StaffingWords.minutes(Double(norm.withinMilliseconds) / 60_000))"
        case .closedAtCentre(let share): return "\(Norwegian.percent(share, decimals: 0)) av utrykningene løses på sentralen"
        case .travel(let factor): return "reisetid × \(Norwegian.shortest(factor))"
        case .load(let factor): return "antall utrykninger × \(Norwegian.shortest(factor))"
        }
    }

    private func places(_ zones: [String]) -> String { zones.isEmpty ? "alle soner" : Norwegian.list(zones.map { analysis.name([$0]) }) }

    // MARK: Pooling

    /// What pooling two zones at night would do, a sentence each.
    var pooling: [String] {
        guard let best = analysis.bestPooling else { return [] }
        let pair = best.pair
        guard let before = pair.today.withinNormShare, let after = pair.pooled.withinNormShare else { return [] }
        var lines = [
            "\(analysis.name(pair.zones)): hjalp de hverandre \(pair.kind.during), gikk framme \(within) fra \(Norwegian.percent(before)) til "
                + "\(Norwegian.percent(after)) av deres \(Norwegian.count(pair.today.callOuts, "utrykning", "utrykninger")) \(pair.kind.during), og "
                + "\(Norwegian.count(pair.today.waited)) som måtte vente ble \(Norwegian.count(pair.pooled.waited))."
        ]
        if pair.today.waitMaxMilliseconds > 0 || pair.pooled.waitMaxMilliseconds > 0 {
            lines.append(
                "Det lengste noen der måtte vente: \(Norwegian.duration(milliseconds: pair.today.waitMaxMilliseconds)) i dag, "
                    + "\(Norwegian.duration(milliseconds: pair.pooled.waitMaxMilliseconds)) om de hjelper hverandre."
            )
        }
        if best.isBeyondNoise != true { lines.insert(poolingGivesLittle(best), at: 0) }
        if let difference = best.comparison.total.estimates[.withinNormShare], difference.low != nil {
            lines.append("For alle utrykninger i kommunen: \(StaffingWords.points(difference)).")
        }
        guard let fewer = best.oneFewer, let zone = best.oneFewerZone else {
            lines.append("Én færre på vakt i tillegg går ikke: da blir det tider uten noen på vakt.")
            return lines
        }
        if let share = fewer.comparison.changed.result.total.withinNormShare, let today = fewer.comparison.today.result.total.withinNormShare {
            lines.append(
                "Med én færre på vakt i \(analysis.name([zone])) i tillegg: \(Norwegian.percent(today)) blir \(Norwegian.percent(share)) "
                    + "i hele kommunen\(fewerSure(fewer.comparison)), lengste ventetid \(longestWait(fewer.comparison)), og "
                    + "\(StaffingWords.kroner(-fewer.kronerAYear)) i året spares."
            )
        }
        return lines + displaced(fewer.comparison)
    }

    /// That no pair gains more than chance does, and how many were tried.
    private func poolingGivesLittle(_ best: BestPooling) -> String {
        let tried = Norwegian.count(analysis.poolings.count, "par", "par")
        let few = analysis.poolings.count { $0.isTooFew }
        let rest = few > 0 ? " (\(Norwegian.count(few)) av dem har for få utrykninger til å si noe)" : ""
        if best.isBeyondNoise == nil, best.comparison.total.tooFew == nil {
            return "\(tried) er prøvd\(rest). Hvor sikkert det er, er ikke trukket her; vaktlast staffing gir det. Best ut kom:"
        }
        return best.isBeyondNoise == nil
            ? "\(tried) er prøvd\(rest). Det er for få utrykninger eller uker til å si om noen av dem gir mer enn tilfeldighetene. Best ut kom:"
            : "\(tried) er prøvd\(rest). Ingen gir mer enn tilfeldighetene kan gi. Best ut kom:"
    }

    /// ` (−0,3 prosentpoeng, 95 % sikkert −1,2 til 0,0)`
    private func fewerSure(_ comparison: ReplayComparison) -> String {
        guard let difference = comparison.total.estimates[.withinNormShare], difference.low != nil else { return "" }
        return " (\(StaffingWords.points(difference)))"
    }

    private func longestWait(_ comparison: ReplayComparison) -> String {
        Norwegian.duration(milliseconds: comparison.changed.total.figures.waitMaxMilliseconds)
    }

    // MARK: Numbers

    /// `02–03`
    static func hour(_ hour: Int) -> String { "\(Norwegian.twoDigits(hour))\(Norwegian.dash)\(Norwegian.twoDigits((hour + 1) % 24))" }

    static func minutes(_ minutes: Double) -> String { "\(Norwegian.shortest((minutes * 10).rounded() / 10))\(Norwegian.space)min" }

    /// `1 240 000 kr`: to the nearest thousand, for more would promise too much.
    static func kroner(_ kroner: Double) -> String { "\(Norwegian.number((kroner / 1000).rounded() * 1000, decimals: 0))\(Norwegian.space)kr" }

    /// `+1 456 timer`
    static func signedHours(_ hours: Double) -> String { "\(hours > 0 ? "+" : "")\(Norwegian.hours(hours)) timer" }

    /// `+3,1 prosentpoeng, 95 % sikkert +1,2 til +4,8`
    static func points(_ difference: Estimate) -> String {
        func signed(_ value: Double) -> String { "\(value >= 0.0005 ? "+" : "")\(Norwegian.number(value * 100, decimals: 1))" }
        let text = "\(signed(difference.value)) prosentpoeng"
        guard let low = difference.low, let high = difference.high else { return text }
        if low == 0, high == 0 { return "\(text), i alle trekninger" }
        return "\(text), 95\(Norwegian.space)% sikkert \(signed(low)) til \(signed(high))"
    }

    /// The share within the norm of a replay, and without an interval why.
    static func share(of scope: ReplayEstimates.Scope?) -> String {
        guard let scope, let share = scope.withinNorm, share.low == nil || share.high == nil else { return self.share(scope?.withinNorm) }
        return "\(Norwegian.percent(share.value)) (\(unsure(scope)))"
    }

    /// `94,1 % (91,2–96,0)`; without an interval that there are too few.
    static func share(_ estimate: Estimate?) -> String {
        guard let estimate else { return "–" }
        guard let low = estimate.low, let high = estimate.high else { return "\(Norwegian.percent(estimate.value)) (for få)" }
        return "\(Norwegian.percent(estimate.value)) (\(Norwegian.number(low * 100, decimals: 1))\(Norwegian.dash)\(Norwegian.number(high * 100, decimals: 1)))"
    }
}

extension DayClass {
    /// `mandag` … `søndag`, `helligdag`
    var word: String { self == .holiday ? "helligdag" : Norwegian.weekdays[rawValue - 1] }
}

extension RosterDays {
    /// `lørdag og søndag`, `mandag–fredag`, `helligdag`
    var words: String {
        switch self {
        case .holidays: "helligdag"
        case .weekdays(let days) where days == Set(1...7): "alle dager"
        case .weekdays(let days) where days == Set(1...5): "mandag\(Norwegian.dash)fredag"
        case .weekdays(let days): Norwegian.list(days.sorted().map { Norwegian.weekdays[$0 - 1] })
        }
    }
}
