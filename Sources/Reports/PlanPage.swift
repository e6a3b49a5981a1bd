import Strategy
import Telemetry
package import Workload

extension Report {
    /// The page of years to come, of the comparison with other municipalities and of places, as one HTML document. It is about
    /// the whole municipality: no zone has ages or places of its own.
    package func planPage(navigation: ReportNavigation? = nil, style: StylePlacement = .inline, localTime: LocalTime = .oslo) -> String {
        let parts = [planning?.projection.map { _ in "framskriving" }, planning?.kostra.map { _ in "KOSTRA" }, planning?.capacity.map { _ in "plasser" }]
        let names = parts.compactMap(\.self)
        let view = frame("Framskriving og sammenligning", navigation, style, localTime).merging([
            "lead": names.isEmpty ? "" : "\(Norwegian.list(names).uppercasedFirst) for hele kommunen.", "isEmpty": planning?.isEmpty ?? true,
            "isProjectionWithheld": planning?.isProjectionWithheld ?? false,
            "projection": (planning?.projection).map { ProjectionViews($0, isExternal: isExternal).view }.orHidden,
            "starts": starts(navigation), "hasStarts": !starts(navigation).isEmpty, "sources": navigation == nil ? startSourcesView.orHidden : false,
            "kostra": (planning?.kostra).map { KostraViews(name: municipalityName, comparison: $0).view }.orHidden,
            "capacity": (planning?.capacity).map { CapacityViews(capacity: $0, old: planning?.old).view }.orHidden,
        ]) { $1 }
        return Templates.render("planPage", view)
    }

    /// Where each figure of today leads that the projection begins from.
    private func starts(_ navigation: ReportNavigation?) -> [View] {
        guard navigation != nil else { return [] }
        var links = startMeasures.compactMap { start in tracePath(start.measure, navigation).map { (name: start.name, path: $0) } }
        if case .requiredPositions? = planning?.projection?.need, let path = path(.staffing, navigation) { links.append(("årsverk", path)) }
        return Report.links(links)
    }
}

/// A projection in words, pictures and a table.
struct ProjectionViews {
    private let projected: ProjectionAnswer
    private var projection: Projection { projected.projection }
    private var today: ProjectionAssumptions.Today { projected.assumptions.today }

    private let isExternal: Bool

    static let question = "Hva kommer?"

    init(_ projected: ProjectionAnswer, isExternal: Bool = false) { (self.projected, self.isExternal) = (projected, isExternal) }

    var view: View {
        [
            "banner": banner.orHidden, "conclusion": conclusion, "caution": projected.caution.orHidden, "today": todayText,
            "pictures": [staffingPicture.view, technologyPicture.view],
            "years": years.map { year in ["rows": rows(year)] as View }, "method": method,
        ]
    }

    private var years: [Int] { Set(projection.rows.map(\.year)).sorted() }

    private func row(_ year: Int, _ level: Projection.Level) -> Projection.Row? { projection.rows.first { $0.year == year && $0.level == level } }

    private var banner: String? {
        var parts: [String] = []
        if projection.isSynthetic {
            parts.append("Syntetisk eksempel: befolkning eller brukere er laget for demonstrasjon, ikke Statistisk sentralbyrås tall.")
        }
        if projection.hasExample { parts.append("Forutsetninger er eksempler som kommunen må bytte ut.") }
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }

    /// What a period must have to be begun from.
    static let measuredMin =
        "Det trengs minst \(ProjectionAnswer.Measured.wholeDaysMin) hele døgn med data og \(ProjectionAnswer.Measured.callOutsMin) utrykninger: velg en lengre periode."

    /// What it takes, for the last year.
    var conclusion: String {
        guard let year = years.last, let main = row(year, .main) else { return "" }
        let kind = isReadiness ? "på vakt for utrykninger" : "til utrykninger"
        let need =
            (projected.isFromTooLittle ? "Perioden er for kort til å framskrive fra; dette er regnet fra forutsetninger i stedet. " : "")
            + "I \(year) trengs \(number(main.fullTimeEquivalents, 1)) årsverk \(kind) mot \(number(projection.staffingToday, 1)) i dag\(between(year))."
            + readiness(main)
        guard let part = main.replacedToKeepStaffing else { return need + " Ikke engang om alle utrykninger falt bort, holdt dagens bemanning." }
        let levels = [row(year, .low), row(year, .high)].map { $0?.replacedToKeepStaffing.map { Norwegian.percent($0, decimals: 0) } ?? "mer enn alle" }
        guard part > 0 else {
            let high = row(year, .high)?.replacedToKeepStaffing ?? 1
            return need + " Dagens bemanning holder" + (high > 0 ? " i hovedalternativet (høy: \(levels[1]) av utrykningene må bort)." : ".")
        }
        return need + " For å klare det med dagens folk må teknologi lukke på sentralen eller erstatte \(Norwegian.percent(part, decimals: 0)) av utrykningene "
            + "(lav \(levels[0]), høy \(levels[1]))."
    }

    /// For the council's sheet: what it takes, what that rests on, and what there will be of working people.
    ///
    /// - Parameter traces: where what it begins from leads.
    func answer(_ traces: [Trace]) -> Answer {
        // On one sheet the caution says what was measured as well.
        var parts = [projected.caution ?? basis]
        if let ratio { parts.append(ratio) }
        if projection.isSynthetic || projection.hasExample { parts.append("Folketall eller forutsetninger er eksempler.") }
        return Answer(question: ProjectionViews.question, claim: conclusion, detail: parts.joined(separator: " "), traces: traces)
    }

    /// `Yrkesaktive per pensjonist: 4 i 2020, 2,5 i 2040 og 2,2 i 2050.`
    private var ratio: String? {
        projected.assumptions.dependencyRatio.map { ratio in
            "Yrkesaktive per pensjonist: \(Norwegian.list(ratio.points.map { "\(Norwegian.shortest($0.ratio)) i \($0.year)" }))."
        }
    }

    /// Somebody is on watch whatever comes: full-time equivalents that no technology at the centre saves.
    private var isReadiness: Bool { projection.readiness > 0 }

    private func readiness(_ main: Projection.Row) -> String {
        guard isReadiness else { return "" }
        let all = number(main.fullTimeEquivalents, 1)
        let fixed = number(projection.readiness, 1)
        let rest = main.fullTimeEquivalents - projection.readiness < 0.05 ? "alt" : "\(fixed)"
        return " Av \(all) årsverk er \(rest) beredskap som ikke blir mindre: noen må være på vakt, også når ingen ringer."
    }

    private func between(_ year: Int) -> String {
        guard let low = row(year, .low), let high = row(year, .high) else { return "" }
        return " (lav \(number(low.fullTimeEquivalents, 1)), høy \(number(high.fullTimeEquivalents, 1)))"
    }

    private var todayText: String {
        let users = projected.usersToday.map { Norwegian.count($0) } ?? "skjult antall"
        return
            "I dag (\(today.year)): \(users) brukere av trygghetsalarm, \(number(today.callOutsPer30Days.range.main, 0)) utrykninger per 30 døgn à "
            + "\(number(today.minutesPerCallOut.range.main, 0)) minutter, \(Norwegian.percent(today.closedAtCentre.range.main, decimals: 0)) løst på sentralen. "
            + origin + (ratio.map { " \($0)" } ?? "")
    }

    /// What today's load rests on, in a sentence.
    private var basis: String {
        switch projected.basis {
        case .assumed: return "Dagens belastning er forutsatt, ikke målt."
        case .measured: return "Bygger på dagens belastning, \(today.callOutsPer30Days.source.sentence)"
        case .tooLittle: return "Dagens belastning er forutsatt: perioden har for lite til å måle den."
        }
    }

    private var origin: String {
        let assumed = "Dette er forutsatt, ikke målt: \(today.callOutsPer30Days.source.sentence)"
        switch projected.basis {
        case .assumed: return assumed
        case .measured(let found):
            let scaled = found.wholeDays == found.days ? "" : " Regnet om til 30 døgn; resten av perioden er uten hele døgn med data."
            return "Dette er \(today.callOutsPer30Days.source.sentence)" + scaled
                + " Andelen løst på sentralen: \(today.closedAtCentre.source.sentence)"
        case .tooLittle(let found):
            return assumed
                + " Perioden har for lite å bygge på: \(found.wholeDays) av \(found.days) hele døgn og "
                + "\(isExternal ? "et antall utrykninger som er skjult" : Norwegian.count(found.callOuts, "utrykning", "utrykninger")). "
                + ProjectionViews.measuredMin
        }
    }

    private var staffingPicture: YearPicture {
        let now = projection.staffingToday
        let later = years.compactMap { year -> YearPicture.Point? in
            guard let low = row(year, .low), let main = row(year, .main), let high = row(year, .high) else { return nil }
            return .init(year: year, low: low.fullTimeEquivalents, main: main.fullTimeEquivalents, high: high.fullTimeEquivalents, other: main.available)
        }
        let hasWorkforce = later.contains { $0.other != nil }
        return YearPicture(
            id: "b-aarsverk",
            title: isReadiness ? "Årsverk på vakt for utrykninger" : "Årsverk til utrykninger",
            description: "Streken er hovedalternativet, feltet går fra lavt til høyt."
                + (hasWorkforce ? " Den stiplede streken er årsverkene som er å få når arbeidsstyrken endrer seg." : ""),
            points: [.init(year: today.year, low: now, main: now, high: now, other: hasWorkforce ? now : nil)] + later,
            text: { Norwegian.number($0, decimals: 1) },
            scaleMin: 0.4
        )
    }

    private var technologyPicture: YearPicture {
        let later = years.compactMap { year -> YearPicture.Point? in
            guard let low = row(year, .low), let main = row(year, .main), let high = row(year, .high) else { return nil }
            let parts = [low, main, high].map { $0.replacedToKeepStaffing ?? 1 }
            return .init(year: year, low: parts.min() ?? 0, main: parts[1], high: parts.max() ?? 0)
        }
        return YearPicture(
            id: "b-teknologi",
            title: "Utrykninger som teknologi må lukke eller erstatte for at dagens bemanning skal holde",
            description: "Andel av utrykningene. Streken er hovedalternativet, feltet går fra lavt til høyt.",
            points: [.init(year: today.year, low: 0, main: 0, high: 0)] + later,
            text: { Norwegian.percent($0, decimals: 0) },
            scaleMin: 0.1
        )
    }

    private func rows(_ year: Int) -> [View] {
        let rows = projection.rows.filter { $0.year == year }
        return rows.enumerated().map { place, row in
            [
                "isFirst": place == 0, "count": "\(rows.count)", "year": "\(row.year)", "level": row.level.bokmal,
                "old": row.inhabitants80.map { Norwegian.count($0) } ?? "–",
                "users": projected.usersToday == nil ? "skjult" : number(row.usersByTechnology[.safetyAlarm], 0),
                "callOuts": number(row.callOutsPer30Days, 0), "hours": number(row.responseHoursPerYear, 0), "need": number(row.fullTimeEquivalents, 2),
                "available": number(row.available, 2),
                "gap": row.available.map { Norwegian.difference(row.fullTimeEquivalents, $0, decimals: 2) } ?? "–",
                "replaced": part(row.replacedToKeepStaffing),
                "centre": part(row.closedAtCentreToKeepStaffing),
            ]
        }
    }

    private var method: [String] {
        let assumptions = projected.assumptions
        var lines = [
            "Alarmene har ikke alder. Brukere etter aldersgruppe er kommunens egen telling; andelen i hver gruppe holdes som i dag.",
            projected.need.bokmal(assumptions.staffing), ProjectionAnswer.levels,
        ]
        lines.append(
            assumptions.dependencyRatio.map {
                "Arbeidsstyrken følger yrkesaktive per pensjonist × antall på \($0.pensionAge) år og eldre. Kilde: \($0.source.sentence)"
            }
                ?? "Arbeidsstyrken følger antall innbyggere på 20–66 år."
        )
        for change in assumptions.changes {
            let factors = [("brukere", change.users), ("utrykninger per bruker", change.callOutsPerUser), ("minutter per utrykning", change.minutesPerCallOut)]
            let texts = factors.compactMap { name, factor in
                factor.map {
                    "\(name) × \(number($0.range.main, 2)) (\(number($0.range.low, 2))–\(number($0.range.high, 2)))\($0.isExample ? ", eksempel" : "")"
                }
            }
            lines.append("\(change.name), fullt ut i \(change.fullYear): \(texts.joined(separator: "; ")).")
        }
        return lines
    }

    private func number(_ value: Double?, _ decimals: Int) -> String { value.map { Norwegian.number($0, decimals: decimals) } ?? "–" }

    private func part(_ value: Double?) -> String { value.map { Norwegian.percent($0, decimals: isExternal ? 0 : 1) } ?? "mer enn alle" }
}
