import Reports
import Strategy
import Telemetry

/// A projection as people and spreadsheets read it.
extension ProjectionAnswer {
    var text: String {
        var parts = [heading, today, load.text, people.text]
        parts += [technology.text, conclusion] + [caution].compactMap(\.self)
        parts.append(method)
        return parts.joined(separator: "\n\n")
    }

    private var heading: String {
        var lines = ["Framskriving for \(name). Lav, hoved og høy følger befolkningens alternativ og forutsetningene; de er ikke statistiske intervaller."]
        if projection.isSynthetic { lines.append("SYNTETISK EKSEMPEL: befolkning eller brukere er laget for demonstrasjon.") }
        if projection.hasExample { lines.append("Forutsetninger merket example er eksempler som kommunen må bytte ut.") }
        return lines.joined(separator: "\n")
    }

    private var today: String {
        let today = assumptions.today
        let usersToday = users.rows.reduce(0) { $0 + ($1.technology == .safetyAlarm ? $1.users : 0) }
        return """
            I dag (\(today.year)): \(Norwegian.count(usersToday)) brukere av trygghetsalarm
              utrykninger per 30 døgn   \(range(today.callOutsPer30Days.range, 0))   (\(today.callOutsPer30Days.source))
              minutter per utrykning    \(range(today.minutesPerCallOut.range, 1))   (\(today.minutesPerCallOut.source))
              lukket på sentralen       \(range(today.closedAtCentre.range.scaled(by: 100), 1)) %   (\(today.closedAtCentre.source))
              \(projection.readiness > 0 ? "årsverk på vakt        " : "årsverk til utrykninger")   \(number(projection.staffingToday, 2))   (\(today.fullTimeEquivalents?.source ?? need.shortBokmal))\(readiness)
            """
    }

    private var readiness: String {
        guard projection.readiness > 0 else { return "" }
        return "\n  av dem beredskap          \(number(projection.readiness, 2))   (noen må være på vakt uansett)"
    }

    private var load: AlignedTable {
        let technologies = users.technologies
        let names = technologies.map { $0.bokmal.prefix(1).uppercased() + $0.bokmal.dropFirst() }
        var table = AlignedTable(
            ["År", "Nivå", "Innb. 80+"] + names + ["Alarmer/30 døgn", "Utrykn./30 døgn", "Timer/år", "× i dag"],
            numbers: Set(2...(6 + names.count))
        )
        for row in projection.rows {
            table.rows.append(
                place(row) + [row.inhabitants80.map { Norwegian.count($0) } ?? "–"]
                    + technologies.map { number(row.usersByTechnology[$0], 0) }
                    + [number(row.alarmsPer30Days, 0), number(row.callOutsPer30Days, 0), number(row.responseHoursPerYear, 0), number(row.loadFactor, 2)]
            )
        }
        return table
    }

    private var people: AlignedTable {
        var table = AlignedTable(["År", "Nivå", "Årsverk trengs", "Arbeidsstyrke × i dag", "Årsverk å få", "Gap"], numbers: [2, 3, 4, 5])
        for row in projection.rows {
            table.rows.append(
                place(row) + [number(row.fullTimeEquivalents, 2), number(row.workforceFactor, 2), number(row.available, 2), gap(row)]
            )
        }
        return table
    }

    private var technology: AlignedTable {
        var table = AlignedTable(
            ["År", "Nivå", "Utrykninger som må bort for dagens bemanning", "… gir lukket på sentralen", "… for den bemanningen som er å få"],
            numbers: [2, 3, 4]
        )
        for row in projection.rows {
            table.rows.append(
                place(row) + [
                    part(row.replacedToKeepStaffing), part(row.closedAtCentreToKeepStaffing), row.available == nil ? "–" : part(row.replacedToMeetWorkforce),
                ]
            )
        }
        return table
    }

    private var conclusion: String {
        guard let last = projection.rows.last?.year else { return "" }
        let rows = projection.rows.filter { $0.year == last }
        let parts = rows.map { "\(part($0.replacedToKeepStaffing)) (\($0.level.bokmal))" }
        return "For å klare \(last) med dagens bemanning må teknologi lukke på sentralen eller erstatte \(Norwegian.list(parts)) av utrykningene."
    }

    private var method: String {
        var lines = ["Slik er det regnet:"]
        lines.append("- Alarmene har ikke alder. Brukere etter aldersgruppe er kommunens egen telling; andelen i hver aldersgruppe holdes som i dag.")
        lines.append("- Hver bruker kaller like ofte som i dag, ganger vekten som er oppgitt for aldersgruppen (1 der ingenting er oppgitt).")
        lines.append("- " + need.bokmal(assumptions.staffing))
        lines.append("- " + ProjectionAnswer.levels)
        if let ratio = assumptions.dependencyRatio {
            lines.append("- Arbeidsstyrken følger yrkesaktive per pensjonist × antall på \(ratio.pensionAge) år og eldre. Kilde: \(ratio.source).")
        } else {
            lines.append("- Arbeidsstyrken følger antall innbyggere på 20–66 år.")
        }
        for change in assumptions.changes {
            let factors = [
                ("brukere", change.users), ("utrykninger per bruker", change.callOutsPerUser), ("minutter per utrykning", change.minutesPerCallOut),
            ].compactMap { name, assumption in assumption.map { "\(name) × \(range($0.range, 2))\($0.isExample ? " [eksempel]" : "")" } }
            lines.append("- \(change.name), fullt ut i \(change.fullYear): \(factors.joined(separator: ", ")).")
        }
        return lines.joined(separator: "\n")
    }

    private func gap(_ row: Projection.Row) -> String {
        row.available.map { Norwegian.difference(row.fullTimeEquivalents, $0, decimals: 2) } ?? "–"
    }

    private func place(_ row: Projection.Row) -> [String] { ["\(row.year)", row.level.bokmal] }

    private func number(_ value: Double?, _ decimals: Int) -> String { value.map { Norwegian.number($0, decimals: decimals) } ?? "–" }

    private func part(_ value: Double?) -> String { value.map { Norwegian.percent($0) } ?? "mer enn alle" }

    private func range(_ range: Range3, _ decimals: Int) -> String {
        let main = Norwegian.number(range.main, decimals: decimals)
        if range.low == range.high { return main }
        return "\(main) (\(Norwegian.number(range.low, decimals: decimals))–\(Norwegian.number(range.high, decimals: decimals)))"
    }

    var csv: String {
        let header = [
            "year", "level", "alternative", "inhabitants80", "safetyAlarmUsers", "alarmsPer30Days", "callOutsPer30Days", "responseHoursPerYear", "loadFactor",
            "fullTimeEquivalents", "workforceFactor", "available", "gap", "replacedToKeepStaffing", "closedAtCentreToKeepStaffing",
            "replacedToMeetWorkforce",
        ]
        let rows = projection.rows.map { row in
            ["\(row.year)", row.level.rawValue, row.alternative, row.inhabitants80.map(String.init) ?? ""]
                + [
                    row.usersByTechnology[.safetyAlarm], row.alarmsPer30Days, row.callOutsPer30Days, row.responseHoursPerYear, row.loadFactor,
                    row.fullTimeEquivalents,
                    row.workforceFactor, row.available, row.gap, row.replacedToKeepStaffing, row.closedAtCentreToKeepStaffing,
                    row.replacedToMeetWorkforce,
                ].map { spreadsheetNumber($0, decimals: 4) }
        }
        return AlignedTable.csv([header] + rows)
    }
}
