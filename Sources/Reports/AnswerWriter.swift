import Strategy
import Telemetry
import Workload

/// A question that a leader asks, and what the figures answer.
struct Answer: Equatable {
    var question: String
    var claim: String
    /// How sure that is, and what it rests on.
    var detail: String
    var tone = Report.Headline.Tone.neutral
    /// Where its figures lead, the claim's first.
    var traces: [Trace] = []
}

/// Answers what a municipality asks of its technology and its goals, from the figures alone.
struct AnswerWriter {
    let report: Report
    /// The indicators that «the goal» means.
    let rows: [IndicatorRow]

    /// All questions of a goal about technology; freed and realised hours are two answers, never one.
    var technology: [Answer] { [use, load, freed, realised] + nearness }

    /// How near the goal is and how sure that is: what can be said of any goal.
    var nearness: [Answer] { rows.isEmpty ? [] : [near, certainty] }

    /// Whether some indicators are about technology, so that all questions are worth asking.
    static func isAboutTechnology(_ rows: [IndicatorRow]) -> Bool {
        rows.contains { row in
            switch row.indicator.measure {
            case .freedHours, .realisedHours, .technologyUsersPer1000, .closedAtCentre, .deviceAvailability: true
            case let measure: measure.technology != nil
            }
        }
    }

    // MARK: Technology

    var use: Answer {
        let question = "Hvor mye teknologi er i bruk?"
        guard let benefits = report.benefits, !benefits.uses.isEmpty else {
            return Answer(
                question: question,
                claim: "Ukjent: ingen enhet med kjent teknologi er registrert",
                detail: "Be den som drifter Vaktlast, legge inn enhetene."
            )
        }
        guard let users = benefits.users else { return Answer(question: question, claim: "Skjult: tallet ville fortalt om få brukere", detail: "") }
        let parts = benefits.uses.map { "\($0.users.map { Norwegian.count($0) } ?? "skjult antall") med \($0.technology.bokmal)" }
        var detail = "En bruker er en bolig i registeret og telles én gang i alt; den som har to teknologier, står under begge." + accessories
        let figure = benefits.usersPer1000
        if let value = figure.value {
            let interval = figure.low.flatMap { low in
                figure.high.map { ", 95\(Norwegian.space)%: \(Norwegian.number(low, decimals: 0))–\(Norwegian.number($0, decimals: 0))" }
            }
            let example = benefits.isPopulationSynthetic ? "; folketallet er et eksempel" : ""
            detail = "Det er \(Norwegian.number(value, decimals: 0)) per 1000 innbyggere på 80 år og eldre\(interval ?? "")\(example). " + detail
        }
        return Answer(
            question: question,
            claim: "\(Norwegian.count(users)) teknologibrukere: \(Norwegian.list(parts))",
            detail: detail,
            traces: [.measure(.technologyUsersPer1000)]
        )
    }

    /// Further devices of homes, which make nobody a user of technology.
    private var accessories: String {
        let parts = (report.benefits?.kinds ?? []).compactMap { use -> String? in
            guard case .accessory(let word, _)? = use.kind, let users = use.users, users > 0 else { return nil }
            return "\(Norwegian.count(users)) med \(word)"
        }
        return parts.isEmpty ? "" : " Tilleggsenheter, som ikke er regnet med: \(Norwegian.list(parts))."
    }

    /// What each kind of technology gave of load; empty where no device is known.
    private var loadByKind: String {
        guard let benefits = report.benefits, benefits.kinds.contains(where: { $0.alarms != 0 }) else { return "" }
        let sent = benefits.kinds.compactMap { kind in kind.callOuts.map { (count: $0, name: kind.kind?.bokmal ?? "") } }.filter { $0.count > 0 }
        let parts = sent.sorted { $0.count > $1.count }.map { "\(Norwegian.count($0.count)) fra \($0.name)" }
        let unknown = benefits.alarmsOfUnknown?.callOuts ?? 0
        let all = parts + (unknown > 0 ? ["\(Norwegian.count(unknown)) fra enheter som ikke er registrert"] : [])
        let isPart = benefits.kinds.contains { $0.callOuts == nil } || benefits.alarmsOfUnknown == nil
        let rest = isPart ? " Resten er skjult: for få." : ""
        if all.isEmpty { return isPart ? "" : "Ingen alarm førte til utrykning." }
        return "Alarmer som førte til utrykning: \(Norwegian.list(all)).\(rest)"
    }

    var load: Answer {
        let question = "Hvilken belastning tar og gir den?"
        guard let alarms = report.keyFigures.alarms else {
            return Answer(question: question, claim: "Skjult: for få alarmer til å fortelle utenfor kommunen", detail: report.coverageText)
        }
        guard report.hasCoverage || alarms > 0 else {
            return Answer(question: question, claim: "Ingen data fra perioden", detail: "Vi vet ikke om det kom alarmer.")
        }
        guard alarms > 0 else { return Answer(question: question, claim: "Ingen alarmer i perioden", detail: report.coverageText) }
        var details: [String] = []
        if let share = report.keyFigures.closedAtCentre.share, let value = share.value, let interval = share.interval, !share.small {
            details.append(
                "Tar: \(Norwegian.percent(value)) av alarmene ble løst på sentralen uten utrykning (95\(Norwegian.space)%: \(Norwegian.percentRange(interval.low, interval.high)), "
                    + "n = \(Norwegian.count(share.denominator)))."
            )
        } else if let rounded = report.keyFigures.closedAtCentre.rounded {
            details.append("Tar: \(rounded.text) av alarmene ble løst på sentralen uten utrykning (avrundet).")
        }
        if let newWork { details.append("Gir: \(newWork).") }
        if !loadByKind.isEmpty { details.append(loadByKind) }
        let newWorkTraces: [Trace] = newWork == nil ? [] : [.measure(.freedHours)]
        let hasRoster = report.staffing.rosteredShare != nil
        if let share = report.staffing.rosteredShare { details.append("Utrykningene tok \(Norwegian.percent(share)) av tiden i turnus.") }
        return Answer(
            question: question,
            claim: report.volumeText(alarms),
            detail: details.joined(separator: " "),
            traces: [.load, .measure(.closedAtCentre)] + newWorkTraces + (hasRoster ? [.measure(.unplannedShare)] : [])
        )
    }

    /// Counts of the work that technology made, none too: that there was none is an answer.
    private var newWork: String? {
        guard let freed = report.benefits?.freed, !freed.rows.isEmpty else { return nil }
        guard let counts = freed.newWork else { return "nytt arbeid, hvor mye er skjult" }
        let parts = BenefitAssumptions.NewWork.allCases.compactMap { kind in counts[kind].map(kind.counted) }
        return parts.isEmpty ? nil : Norwegian.list(parts)
    }

    /// From the alarms closed at the centre to those that are reckoned as freed.
    var reconciliation: String {
        guard let found = report.benefits?.reconciliation else { return "" }
        return "Av \(Norwegian.count(found.closedAtCentre, "alarm", "alarmer")) lukket på sentralen er \(Norwegian.count(found.counted)) regnet med: "
            + "\(Norwegian.count(found.otherTechnology)) kom fra enheter av annen teknologi, \(Norwegian.count(found.unintended)) var utilsiktet og "
            + "\(Norwegian.count(found.technical)) teknisk, og \(Norwegian.count(found.outsideWholeDays)) kom i døgn som ikke er helt dekket av data. "
            + "Alarmer fra enheter uten egen teknologi, som røykvarslere, er regnet som trygghetsalarm."
    }

    /// New work that was counted, but that nobody has said what takes; empty where there is none.
    var withoutMinutes: String {
        let parts = (report.benefits?.freed?.rows ?? []).filter { !$0.withoutMinutes.isEmpty && $0.freed != nil }.map { row in
            "\(Norwegian.list(row.withoutMinutes.map(\.bokmal))) for \(row.technology?.bokmal ?? "")"
        }
        return parts.isEmpty ? "" : "Uten satte minutter i benefits.yaml, og derfor uten timer som nytt arbeid: \(Norwegian.list(parts))."
    }

    var freed: Answer {
        let question = "Hva ble frigjort?"
        guard let benefits = report.benefits, let freed = benefits.freed, freed.isCounted, benefits.freedDays > 0 else {
            return Answer(
                question: question,
                claim: "Ikke regnet ut",
                detail: "Det krever forutsetninger (benefits.yaml), data fra hele døgn og tellinger fra enhetene."
            )
        }
        guard let net = freed.sum.net else {
            return Answer(
                question: question,
                claim: "Skjult: for få tellinger til å fortelle utenfor kommunen",
                detail: "Timene er regnet ut, men de ville røpet tall under 5."
            )
        }
        let range = "\(Norwegian.number(net.low, decimals: 0)) til \(Norwegian.number(net.high, decimals: 0))"
        let hours = "\(Norwegian.number(net.main, decimals: 0)) timer"
        let claim = freed.sum.isRounded ? "Netto om lag \(hours)" : "Netto \(hours)"
        let example = freed.rows.contains(where: \.hasExample) ? " Forutsetningene er eksempler." : ""
        let uncounted = freed.uncounted.map(\.bokmal)
        let rest = uncounted.isEmpty ? "" : " Ikke talt opp: \(Norwegian.list(uncounted))."
        var basis = "Avrundet til nærmeste fem timer: i stedet for tall som er skjult, er midten av det de kan være, brukt; regnet på"
        if let saved = freed.sum.freed, let newWork = freed.sum.newWork {
            let decimals = Norwegian.decimals(of: saved.main, minus: newWork.main)
            let parts = [saved.main, newWork.main].map { Norwegian.number($0, decimals: decimals) }
            basis = "\(parts[0]) timer spart minus \(parts[1]) timer nytt arbeid på"
        }
        return Answer(
            question: question,
            claim: "\(claim), fra \(range) etter forutsetningene",
            detail:
                "\(basis) \(Norwegian.count(benefits.freedDays)) døgn. Et regnestykke, ikke en måling, og ikke det samme som realisert.\(example)\(rest)",
            traces: [.measure(.freedHours)]
        )
    }

    var realised: Answer {
        let question = "Hva ble realisert?"
        guard let sum = report.benefits?.realised else {
            let isZone = report.selectedZone != nil
            return Answer(
                question: question,
                claim: isZone ? "Føres bare for hele kommunen" : "Det føres ikke noe gevinstregnskap",
                detail: isZone ? "Lederne fører gevinster samlet, ikke for hver sone." : "Lederne fører uttak i benefit-ledger.csv.",
                traces: isZone ? [.wholeMunicipality] : []
            )
        }
        let year = report.period.endDay.advanced(by: -1).year
        guard sum.lines > 0 else {
            return Answer(question: question, claim: "Ingenting er ført i \(year)", detail: "Frigjort tid blir ikke gevinst av seg selv.")
        }
        let kroner = "\(Norwegian.number(sum.kroner, decimals: 0))\(Norwegian.space)kr"
        return Answer(
            question: question,
            claim: "\(Norwegian.hours(sum.hours)) timer og \(kroner) ført hittil i \(year)",
            detail: "\(Norwegian.count(sum.lines, "linje", "linjer")) i gevinstregnskapet som lederne fører. Legges aldri sammen med frigjort tid."
                + (sum.isExample ? " Linjene som fulgte med, er eksempler." : ""),
            traces: [.measure(.realisedHours), .measure(.realisedKroner)]
        )
    }

    // MARK: Goals

    var near: Answer {
        let parts = GoalStatus.allCases.compactMap { status -> (count: String, names: String)? in
            let names = rows.filter { $0.status == status }.map { $0.indicator.name.lowercasedFirst.unbrokenPercent }
            guard !names.isEmpty else { return nil }
            let isMany = names.count > HeadlineWriter.unknownNamesMax
            return ("\(names.count) \(status.counted)", isMany ? "" : "\(status.bokmal.uppercasedFirst): \(Norwegian.list(names)).")
        }
        let hasExamples = rows.contains { $0.indicator.hasExample }
        let isAllReached = rows.allSatisfy { $0.status == .reached }
        let isNothingSaid = rows.allSatisfy { $0.status == .cannotSay }
        let overdue = rows.count(where: report.isOverdue)
        var details = parts.map(\.names).filter { !$0.isEmpty }
        if overdue > 0 { details.append("Fristen er ute for \(overdue) uten at målet er nådd.") }
        if hasExamples { details.append("Mål og nullpunkt er eksempler.") }
        let many = Norwegian.count(rows.count, "indikator", "indikatorer")
        return Answer(
            question: "Er målet nær?",
            claim: isNothingSaid ? "Vi kan ikke si det ennå, for noen av \(many)" : "Av \(many) er \(Norwegian.list(parts.map(\.count) + rows.hiddenStatuses))",
            detail: details.joined(separator: " "),
            tone: rows.contains { $0.status == .off } ? .problem : isAllReached ? .good : .neutral
        )
    }

    var certainty: Answer {
        let decided = rows.count { $0.status.map { $0 != .cannotSay } ?? false }
        let withoutInterval = rows.filter { $0.figure.map { $0.low == nil } ?? false && !$0.isRounded }
        let unmeasured = withoutInterval.count { $0.figure?.isMeasured == false }
        let few = withoutInterval.count - unmeasured
        let hidden = rows.count { $0.figure == nil }
        let rounded = rows.count(where: \.isRounded)
        var details: [String] = []
        if hidden > 0 { details.append("\(hidden) er skjult i den eksterne utgaven: for få å fortelle om.") }
        if rounded > 0 { details.append("\(rounded) er avrundet, fordi tallene bak er skjult.") }
        let untold = rows.count { $0.figure != nil && $0.status == nil }
        if untold > 0 { details.append("For \(untold) av de avrundede er statusen skjult: den ville fortalt antallet.") }
        if few > 0 { details.append("\(few) har for få hendelser.") }
        if unmeasured > 0 { details.append("\(unmeasured) er ikke målt her.") }
        let open = rows.filter { $0.status == .cannotSay && $0.figure?.low != nil }
        let wide = open.count { $0.indicator.target != nil }
        if wide > 0 { details.append("For \(wide) er intervallet for bredt.") }
        if open.count > wide { details.append("For \(open.count - wide) er målet ikke satt.") }
        details.append(report.coverageText)
        details.append(trends)
        let examples = rows.count { $0.figure?.restsOnExample ?? false }
        if examples > 0 { details.append("\(examples) av tallene bygger på eksempler.") }
        return Answer(
            question: "Hvor sikre er vi?",
            claim: "Tallene er sikre nok til å si status for \(decided) av \(rows.count)",
            detail: details.filter { !$0.isEmpty }.joined(separator: " ")
        )
    }

    /// What goes somewhere, beyond chance; empty where nothing was tested.
    private var trends: String {
        let tested = rows.compactMap { row in row.trend.flatMap { $0.probability == nil ? nil : (row.indicator.name.lowercasedFirst, $0.direction) } }
        guard !tested.isEmpty else { return "" }
        let moving = tested.filter { $0.1 == .rising || $0.1 == .falling }.map { "\($0.0) \($0.1.bokmal)" }
        return moving.isEmpty ? "Ingen utvikling er mer enn tilfeldig variasjon." : "Utvikling utover tilfeldig variasjon: \(Norwegian.list(moving))."
    }
}

extension [IndicatorRow] {
    /// `2 skjult`, one or none.
    var hiddenStatuses: [String] {
        let hidden = count { $0.status == nil }
        return hidden == 0 ? [] : ["\(hidden) \(withheldText)"]
    }
}

extension GoalStatus {
    /// Behind a number: `3 som vi ikke kan si noe om ennå`.
    var counted: String { self == .cannotSay ? "som vi ikke kan si noe om ennå" : bokmal }
}

extension BenefitAssumptions.NewWork {
    /// `3 tekniske besøk`
    func counted(_ count: Int) -> String {
        switch self {
        case .followUp: Norwegian.count(count, "oppfølging", "oppfølginger")
        case .falseAlarm: Norwegian.count(count, "utrykning til utilsiktet alarm", "utrykninger til utilsiktede alarmer")
        case .technicalVisit: Norwegian.count(count, "teknisk besøk", "tekniske besøk")
        }
    }
}
