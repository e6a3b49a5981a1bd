import Staffing
import Strategy
import Telemetry
import Workload

/// Writes the sentences at the top: where people lack and when, how sure that is, what it means for the goals.
struct HeadlineWriter {
    let report: Report

    /// Hours are named only when more were out than rostered for at least two hours together,
    static let namedHoursQuartersMin = 8
    /// and when this share of it falls within three hours on end.
    static let namedHoursShareMin = 0.4
    /// More indicators than this that nothing can be said of yet are counted, not named.
    static let unknownNamesMax = 4

    func headlines() -> [Report.Headline] {
        guard report.hasData else { return [noData] }
        return [staffing, attendance, goals, volume, trust].compactMap(\.self)
    }

    private var noData: Report.Headline {
        // Data came, and none of them was an alarm from here.
        if report.hasCoverage {
            return .init(subject: .trust, tone: .neutral, title: report.noAlarmsText, detail: "Det var heller ingen utrykninger.")
        }
        return .init(
            subject: .trust,
            tone: .neutral,
            title: "Ingen data for \(report.period.title) ennå",
            detail:
                "Rapporten fylles når alarmsentralen har sendt hendelser fra perioden. Nederst står hva som er mottatt."
        )
    }

    // MARK: Staffing

    private var staffing: Report.Headline? {
        guard report.staffing.hasRoster else {
            return .init(
                subject: .staffing,
                tone: .neutral,
                title: "Ingen turnus å sammenligne med",
                detail: "\(Report.askForRoster) Da viser rapporten hvilke vakter som mangler folk."
            )
        }
        // Of rows of which some are left out nobody knows which is worst, nor whether all held.
        if report.staffing.isPartlyWithheld { return partlyWithheld }
        guard let worst = report.staffing.mostOut else { return noGap }
        let (zone, shifts) = (worst.zone.name, worst.shiftsExceeded)
        let other = words?.otherWorst(besides: worst).map { " \($0.weakest)" } ?? ""
        var detail =
            "I \(Norwegian.count(shifts.numerator)) av \(Norwegian.count(shifts.denominator)) \(worst.kind.shifts) var flere ute "
            + "samtidig enn turnusen har på vakt, til sammen \(Norwegian.count(worst.exceededQuarters)) kvarter."
        guard !shifts.small, let interval = shifts.interval else {
            return .init(
                subject: .staffing,
                tone: .neutral,
                title: "\(zone): flere ute enn på vakt \(worst.kind.during)",
                detail: detail + " For få vakter til å si om det er et mønster." + other
            )
        }
        detail +=
            " Usikkerhet: \(Norwegian.percentRange(interval.low, interval.high, decimals: 0)) av \(worst.kind.theShifts) (95\(Norwegian.space)%)."
        // Last, so that what is said of the shift itself is not read as the other's.
        var difference = ""
        if let second = report.staffing.gaps.dropFirst().first, let next = second.shiftsExceeded.interval, next.high >= interval.low {
            difference = " Forskjellen til \(second.zone.name) \(second.kind.during) er ikke sikker."
        }
        let reading = words?.reading(zone: worst.zone.id, kind: worst.kind)
        let byNorm = reading.map { " \($0.text)" } ?? ""
        if let weakest = words?.worstByNorm, weakest.isSurelyBelow, weakest.zone != worst.zone.id || weakest.kind != worst.kind {
            // One story: what the roster is to be measured by names the shift, here as in the staffing section.
            return .init(
                subject: .staffing,
                tone: .problem,
                title: "Under normen: \(weakest.text)",
                detail: "Oftest flere ute enn på vakt: \(zone) \(worst.kind.during). \(detail)\(byNorm)\(difference)"
            )
        }
        if !worst.isClearGap {
            return .init(
                subject: .staffing,
                tone: .neutral,
                title: "Ingen vakt mangler tydelig folk. Oftest flere ute enn på vakt: \(zone) \(worst.kind.during)",
                detail: detail + " Det kan være tilfeldig." + byNorm + difference + other
            )
        }
        if let reading, reading.verdict == .holds {
            return .init(
                subject: .staffing,
                tone: .neutral,
                title: "\(zone) \(worst.kind.during): flere ute enn på vakt, men \(reading.isSure ? "normen holdes" : "ikke tydelig under normen")",
                detail: detail + byNorm + difference + other
            )
        }
        if reading?.verdict == .tooFew {
            return .init(
                subject: .staffing,
                tone: .neutral,
                title: "\(zone) \(worst.kind.during): flere ute enn på vakt, for få utrykninger til å si om normen holdes",
                detail: detail + byNorm + difference + other
            )
        }
        let hours = namedHours(worst).map { ", mest kl.\(Norwegian.space)\($0)" } ?? ""
        return .init(
            subject: .staffing,
            tone: .problem,
            title: "\(zone) mangler folk \(worst.kind.during)\(hours)",
            detail: detail + byNorm + difference + other
        )
    }

    /// The words of the replay; nil where nothing is replayed.
    private var words: StaffingWords? { report.staffing.analysis.flatMap { $0.replay == nil ? nil : StaffingWords(analysis: $0) } }

    /// By the norm a weakest shift can still be named: it is told where it may be, or not at all.
    private var partlyWithheld: Report.Headline {
        let hidden =
            report.isExternal
            ? "Hvilken vakt som oftest hadde flere ute enn på vakt, står ikke i den eksterne utgaven: for noen vakter er antallet skjult."
            : "Hvilken vakt som oftest hadde flere ute enn på vakt, står ikke her: noen vakter har så få utrykninger at de er skjult for rollen din."
        if let weakest = words?.worstByNorm, weakest.isBelow {
            let chance = weakest.isSurelyBelow ? "" : "Det kan være tilfeldig. "
            return .init(
                subject: .staffing,
                tone: weakest.isSurelyBelow ? .problem : .neutral,
                title: "Under normen: \(weakest.text)",
                detail: chance + hidden
            )
        }
        return .init(
            subject: .staffing,
            tone: .neutral,
            title: report.staffing.rosteredShare.map { "Utrykningene tok \(Norwegian.percent($0)) av tiden i turnus" } ?? "Vaktene sammenlignes ikke her",
            detail: hidden
        )
    }

    private var noGap: Report.Headline {
        let highest = report.staffing.rows.max { ($0.unplannedShare ?? 0) < ($1.unplannedShare ?? 0) }
        var detail = "Ingen vakt hadde flere ute samtidig enn turnusen har på vakt."
        if let highest, let share = highest.unplannedShare, share > 0 {
            detail +=
                " Høyest belastning: \(highest.zone.name) \(highest.kind.during), der "
                + "\(Norwegian.percent(share)) av vakttiden gikk til utrykninger."
        }
        if let weakest = words?.worstByNorm, weakest.isBelow {
            let chance = weakest.isSurelyBelow ? "" : " Det kan være tilfeldig."
            return .init(subject: .staffing, tone: weakest.isSurelyBelow ? .problem : .neutral, title: "Under normen: \(weakest.text)", detail: detail + chance)
        }
        if let words, !words.unstaffedZones.isEmpty {
            let hours = words.unstaffed(words.analysis.unstaffed).joined(separator: " ")
            return .init(
                subject: .staffing,
                tone: .problem,
                title: "Timer uten noen på vakt: \(Norwegian.list(words.unstaffedZones))",
                detail: "\(hours) \(detail)"
            )
        }
        let place = report.selectedZone?.name ?? "alle soner"
        let isRunning = report.provenance.generatedAt < report.coverage.bounds.upperBound
        let hasEnd = report.coverage.covered.upperBound == report.coverage.bounds.upperBound
        return .init(
            subject: .staffing,
            tone: isRunning || !hasEnd ? .neutral : .good,
            title: isRunning
                ? "Turnusen har holdt så langt i \(place)" : "Turnusen holdt i \(place)" + (hasEnd ? "" : ", så langt det finnes data"),
            detail: detail
        )
    }

    /// The three hours on end, such as `02–05`, in which most of the gap lies; nil when it is spread, too small or not told by the hour.
    private func namedHours(_ row: ShiftRow) -> String? {
        guard row.exceededQuarters >= HeadlineWriter.namedHoursQuartersMin, !report.isExternal else { return nil }
        let counts = row.exceededQuartersByHour
        let sums = counts.indices.map { start in (0..<3).reduce(0) { $0 + counts[(start + $1) % 24] } }
        guard let start = sums.indices.max(by: { (sums[$0], $1) < (sums[$1], $0) }),
            Double(sums[start]) >= HeadlineWriter.namedHoursShareMin * Double(row.exceededQuarters)
        else { return nil }
        return "\(Norwegian.twoDigits(start))\(Norwegian.dash)\(Norwegian.twoDigits((start + 3) % 24))"
    }

    // MARK: Goals

    private var attendance: Report.Headline? {
        if let rounded = report.keyFigures.attendance.within[0].rounded {
            return .init(
                subject: .attendance,
                tone: .neutral,
                title: "\(rounded.text.uppercasedFirst) av utrykningene var framme innen 45 minutter",
                detail: "Avrundet: antallet bak er skjult i den eksterne utgaven."
            )
        }
        if report.isExternal, report.keyFigures.attendance.within[0].share == nil {
            return .init(
                subject: .attendance,
                tone: .neutral,
                title: "Andelen framme innen 45 minutter er skjult",
                detail: "Andelen, eller et tall som følger av den, gjelder så få utrykninger at den ikke fortelles utenfor kommunen."
            )
        }
        guard let share = report.keyFigures.attendance.within[0].share, let value = share.value,
            let interval = share.interval
        else { return nil }
        let n = "n\(Norwegian.space)=\(Norwegian.space)\(Norwegian.count(share.denominator))"
        if share.small {
            return .init(
                subject: .attendance,
                tone: .neutral,
                title: "Utrykningstid: for få til å si (\(n))",
                detail: "Minst 5 utrykninger trengs."
            )
        }
        var title = "\(Norwegian.percent(value)) av utrykningene var framme innen 45 minutter"
        var detail = "\(n), 95\(Norwegian.space)% sikkert \(Norwegian.percentBetween(interval.low, interval.high))."
        var tone = Report.Headline.Tone.neutral
        if let target = report.keyFigures.attendanceTarget {
            title += ", målet er \(Norwegian.shortest(target.target * 100))\(Norwegian.space)%"
            if let status = target.status {
                let isWithin = interval.low < target.target && target.target <= interval.high
                detail +=
                    " Målet\(target.isExample ? " (eksempel)" : "") er \(status.inSentence(isTargetWithin: isWithin))."
                tone = status.tone
            }
        }
        if let worst = worstZone, let zone = worst.attendance.within[0].share, !zone.small, let value = zone.value,
            let interval = zone.interval, let name = worst.zone?.name
        {
            detail +=
                " I \(name), der flere er ute enn på vakt: \(Norwegian.percent(value)) av \(Norwegian.count(zone.denominator)) "
                + "(\(Norwegian.percentRange(interval.low, interval.high)))."
        }
        return .init(subject: .attendance, tone: tone, title: title, detail: detail)
    }

    private var worstZone: KeyFigureRow? {
        guard report.selectedZone == nil, report.zones.count > 1, let gap = report.staffing.mostOut else { return nil }
        return report.keyFiguresByZone.first { $0.zone == gap.zone }
    }

    private var goals: Report.Headline? {
        // Of several frameworks the first is the one that the municipality reads first; the page of goals has the rest.
        guard let first = report.frameworks?.first(where: { !$0.indicators.isEmpty }) else { return nil }
        let rows = first.indicators
        let goals = first.goals.filter { !$0.indicators.isEmpty }
        let subject = goals.count == 1 ? goals[0].goal.name.beforeColon : first.framework.name
        let parts = GoalStatus.allCases.compactMap { status -> (count: String, names: String)? in
            let names = rows.filter { $0.status == status }.map { $0.indicator.name.lowercasedFirst.unbrokenPercent }
            guard !names.isEmpty else { return nil }
            // What cannot be said is many things at first; their names would hide what can.
            let isMany = status == .cannotSay && names.count > HeadlineWriter.unknownNamesMax
            return ("\(names.count) \(status.counted)", isMany ? "" : "\(status.bokmal.uppercasedFirst): \(Norwegian.list(names)).")
        }
        let counts = parts.map(\.count) + rows.hiddenStatuses
        let hasExamples = rows.contains { $0.indicator.target?.isExample ?? false }
        let note = hasExamples ? " Mål og nullpunkt er eksempler." : ""
        let isAllReached = rows.allSatisfy { $0.status == .reached }
        let tone: Report.Headline.Tone =
            rows.contains { $0.status == .off } ? .problem : isAllReached ? .good : .neutral
        return .init(
            subject: .goals,
            tone: tone,
            title: "\(subject): \(Norwegian.list(counts))",
            detail: parts.map(\.names).filter { !$0.isEmpty }.joined(separator: " ") + note
        )
    }

    // MARK: Volume and trust

    private var volume: Report.Headline? {
        guard let alarms = report.keyFigures.alarms else { return nil }
        var details: [String] = []
        if let share = report.keyFigures.closedAtCentre.share, let value = share.value, !share.small {
            details.append("\(Norwegian.percent(value)) av de lukkede ble løst på sentralen uten utrykning.")
        } else if let rounded = report.keyFigures.closedAtCentre.rounded {
            details.append("\(rounded.text.uppercasedFirst) av de lukkede ble løst på sentralen uten utrykning.")
        }
        if let share = report.staffing.rosteredShare { details.append("Utrykningene tok \(Norwegian.percent(share)) av tiden i turnus.") }
        return .init(subject: .volume, tone: .neutral, title: report.volumeText(alarms), detail: details.joined(separator: " "))
    }

    /// Only when something stands in the way of trusting the figures.
    private var trust: Report.Headline? {
        var doubts: [String] = []
        let missing = report.dataQuality.missingSequences
        if missing > 0 { doubts.append("\(report.countText(missing, "hendelse", "hendelser")) mangler fra sentralen") }
        if report.dataQuality.rejected > 0 { doubts.append("\(report.countText(report.dataQuality.rejected, "hendelse", "hendelser")) er avvist") }
        if report.dataQuality.hasLosses { doubts.append("noe fra kildene mangler eller er avvist") }
        if report.coverage.isPartial, let days = report.coverage.days {
            doubts.append("tallene dekker \(Norwegian.dates(days.lowerBound, days.upperBound))")
        }
        let silent = report.coverage.silentDays
        if !silent.isEmpty { doubts.append("det kom ingen signaler \(Norwegian.dates(silent))") }
        guard !doubts.isEmpty else { return nil }
        return .init(
            subject: .trust,
            tone: .neutral,
            title: "Les tallene med forbehold",
            detail: Norwegian.list(doubts).uppercasedFirst + "." + (report.isExternal || report.dataQuality.isWithoutSources ? "" : " Se Datakvalitet.")
        )
    }
}

extension Report {
    /// What a leader does about a roster that is not there: the files are for who runs the service (docs/leader.md, and «Turnus» of the help).
    package static let askForRoster = "Be den som drifter Vaktlast, legge inn hvor mange som er på vakt i hver sone, dag, kveld og natt."

    /// Whether there are data of any of the period: not of its silent days.
    var hasCoverage: Bool { coverage.days.map { coverage.silentDays.count <= $0.upperBound.number - $0.lowerBound.number } ?? false }

    /// That there were none though there are data; without the period, which the page is about.
    var noAlarmsText: String { selectedZone.map { "Ingen alarmer i \($0.name) i perioden" } ?? "Ingen alarmer i perioden" }

    /// `1 234 alarmer ga 312 utrykninger og 90 timer i arbeid`, as much of it as may be told.
    func volumeText(_ alarms: Int) -> String {
        let given = dispatched.map { "\(Norwegian.count($0, "utrykning", "utrykninger")) og \(Norwegian.hours(totals.responseHours)) timer i arbeid" }
        return "\(Norwegian.count(alarms, "alarm", "alarmer")) ga " + (given ?? "et antall utrykninger som er skjult")
    }

    /// `12 hendelser`; `noen få hendelser` where the number may not be told.
    func countText(_ count: Int64, _ one: String, _ many: String) -> String {
        isExternal && !Int(count).isTellable ? "noen få \(many)" : Norwegian.count(count, one, many)
    }
}

extension ShiftKind {
    /// `nattevakter`
    var shifts: String {
        switch self {
        case .day: "dagvakter"
        case .evening: "kveldsvakter"
        case .night: "nattevakter"
        }
    }

    var theShifts: String { shifts.dropLast(1) + "ne" }

    /// `om natten`
    var during: String {
        switch self {
        case .day: "om dagen"
        case .evening: "om kvelden"
        case .night: "om natten"
        }
    }
}

extension GoalStatus {
    var tone: Report.Headline.Tone {
        switch self {
        case .reached: .good
        case .off: .problem
        case .onTheWay, .cannotSay: .neutral
        }
    }

    /// As the end of «målet er …».
    ///
    /// - Parameter isTargetWithin: whether the interval holds the target.
    func inSentence(isTargetWithin: Bool) -> String {
        switch self {
        case .reached: "nådd"
        case .onTheWay where isTargetWithin: "innenfor usikkerheten: vi kan ikke si ennå om det er nådd, men vi er på vei fra nullpunktet"
        case .onTheWay: "ikke nådd, men vi er på vei fra nullpunktet"
        case .off: "ikke nådd"
        case .cannotSay: "innenfor usikkerheten: vi kan ikke si ennå om det er nådd"
        }
    }
}

extension String {
    /// `Vegvalg 6` of `Vegvalg 6: Aktiv bruk av teknologi`; the whole where there is no colon.
    var beforeColon: String { split(separator: ":", maxSplits: 1).first.map(String.init) ?? self }
    var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
    var uppercasedFirst: String { prefix(1).uppercased() + dropFirst() }
}
