import Strategy
import Telemetry
import Workload

/// Tables of goals, of what technology gives, and of plans.
extension Report {
    var goalTable: ReportTable {
        let columns: [ReportTable.Column] =
            [
                .init("Rammeverk", .text), .init("Mål", .text), .init("Indikator", .text), .init("Måles med", .text), .init("Enhet", .text),
                .init("Verdi", .number),
                .init("Fra", .number), .init("Til", .number), .init("n", .count), .init("Nullpunkt", .number), .init("Målverdi", .number), .init("Frist", .day),
                .init("Status", .text), .init("Utvikling", .text), .init("p for utvikling", .number), .init("Grunnlag", .text), .init("Eksempel", .text),
            ] + roundedColumns
        let rows = (frameworks ?? []).flatMap { framework in
            framework.goals.flatMap { goal in goal.indicators.map { row($0, framework.framework, goal.goal) } }
        }
        return ReportTable(id: "maal", title: "Mål", columns: columns, rows: rows)
    }

    private func row(_ row: IndicatorRow, _ framework: Goals.Framework, _ goal: Goals.Goal) -> [ReportTable.Cell] {
        let indicator = row.indicator
        let unit = indicator.measure.unit
        let scale = unit == .share ? 100.0 : 1
        func shown(_ value: Double?) -> ReportTable.Cell { row.figure == nil ? .withheld : .number(value.map { $0 * scale }) }
        let examples = [indicator.hasExample ? "mål eller nullpunkt" : nil, row.figure?.restsOnExample == true ? "verdi" : nil].compactMap(\.self)
        return [
            .text(framework.name), .text(goal.name), .text(indicator.name), .text(indicator.measure.rawValue), .text(unit.bokmal),
            shown(row.figure?.value), shown(row.figure?.low), shown(row.figure?.high),
            row.figure.map { row.isRounded || isExternal && !$0.count.isTellable && !indicator.measure.isAccount ? .withheld : .count($0.count) } ?? .withheld,
            .number(indicator.baseline.map { $0.value * scale }), .number(indicator.target.map { $0.value * scale }),
            indicator.deadline.map { .day($0) } ?? .none, row.status.map { .text($0.bokmal) } ?? .withheld,
            row.trend.map { .text($0.direction.bokmal) } ?? .none,
            .number(row.trend?.probability), .text(row.fraction), .text(Norwegian.list(examples)),
        ] + roundedCells(row.roundingWords)
    }

    /// Before round hours, and values without their counts.
    static let aboutText = "om lag"

    /// Of an external report: which figures are round numbers.
    var roundedColumns: [ReportTable.Column] { isExternal ? [.init("Avrundet", .text)] : [] }
    /// - Parameter words: of what is rounded.
    func roundedCells(_ words: String?) -> [ReportTable.Cell] { isExternal ? [.text(words ?? "")] : [] }

    /// What each kind of technology has and gave.
    var technologyTable: ReportTable {
        let columns: [ReportTable.Column] = [
            .init("Teknologi eller tilleggsenhet", .text), .init("Brukere", .count), .init("Enheter", .count), .init("Alarmer", .count),
            .init("Utrykninger", .count), .init("Utilsiktede", .count), .init("Tekniske", .count),
        ]
        func count(_ value: Int?) -> ReportTable.Cell { value.map { .count($0) } ?? .withheld }
        func row(_ load: BenefitFigures.Load) -> [ReportTable.Cell] {
            [.text(load.kind?.bokmal ?? "alle"), load.kind == nil ? .none : count(load.users), count(load.devices)]
                + [load.alarms, load.callOuts, load.unintended, load.technical].map { hasCoverage ? count($0) : .none }
        }
        var rows = (benefits?.kinds ?? []).map(row)
        if let benefits, !rows.isEmpty {
            let unknown = benefits.alarmsOfUnknown
            if unknown?.alarms != 0 { rows.append([.text("ikke registrert"), .none, .none, count(unknown?.alarms), count(unknown?.callOuts), .none, .none]) }
            rows.append(row(benefits.kindsSum))
        }
        return ReportTable(id: "teknologi", title: "Teknologi", columns: columns, rows: rows)
    }

    var freedTable: ReportTable {
        let columns: [ReportTable.Column] =
            [
                .init("Teknologi", .text), .init("I stedet for", .text), .init("Antall", .count), .init("Spart", .hours), .init("Nytt arbeid", .hours),
                .init("Netto", .hours), .init("Netto lav", .hours), .init("Netto høy", .hours), .init("Eksempel", .text),
            ] + roundedColumns
        func hours(_ value: Double?) -> ReportTable.Cell { value.map { .number($0) } ?? .withheld }
        let freed = benefits?.freed
        let rows = ((freed?.rows ?? []) + (freed?.rows.isEmpty == false ? [freed?.sum].compactMap(\.self) : [])).map { row -> [ReportTable.Cell] in
            [
                .text(row.technology?.bokmal ?? "alle"), .text(row.replaces), row.done.map { .count($0) } ?? .withheld, hours(row.freed?.main),
                hours(row.newWork?.main), hours(row.net?.main), hours(row.net?.low), hours(row.net?.high),
                .text(row.hasExample ? "forutsetninger" : ""),
            ] + roundedCells(row.isRounded ? Report.aboutText : nil)
        }
        return ReportTable(id: "frigjort", title: "Frigjort tid", columns: columns, rows: rows)
    }

    /// A table of its own, so that nobody adds it to what was freed.
    var realisedTable: ReportTable {
        let rows = (benefits?.realised).map { sum -> [[ReportTable.Cell]] in
            [[.count(sum.lines), .number(sum.hours), .number(sum.kroner), .text(sum.isExample ? "ja" : "")]]
        }
        let columns: [ReportTable.Column] = [
            .init("Linjer hittil i året", .count), .init("Realisert", .hours), .init("Realiserte kroner", .number), .init("Eksempel", .text),
        ]
        return ReportTable(id: "realisert", title: "Realisert gevinst", columns: columns, rows: rows ?? [])
    }

    var projectionTable: ReportTable {
        let columns: [ReportTable.Column] = [
            .init("År", .text), .init("Nivå", .text), .init("Alternativ", .text), .init("Innbyggere 80+", .count), .init("Brukere av trygghetsalarm", .number),
            .init("Alarmer per 30 døgn", .number), .init("Utrykninger per 30 døgn", .number), .init("Utrykningstimer i året", .hours),
            .init("Ganger i dag", .number), .init("Årsverk som trengs", .number), .init("Årsverk å få", .number), .init("Gap i årsverk", .number),
            .init("Må bort for dagens bemanning", .share), .init("Løst på sentralen da", .share), .init("Må bort for den som er å få", .share),
            .init("Eksempel", .text),
        ]
        let projection = planning?.projection?.projection
        let example = [projection?.isSynthetic == true ? "befolkning" : nil, projection?.hasExample == true ? "forutsetninger" : nil].compactMap(\.self)
        let rows = (projection?.rows ?? []).map { row -> [ReportTable.Cell] in
            [
                .text("\(row.year)"), .text(row.level.bokmal), .text(row.alternative), .count(row.inhabitants80),
                planning?.projection?.usersToday == nil ? .withheld : .number(row.usersByTechnology[.safetyAlarm]),
                .number(row.alarmsPer30Days), .number(row.callOutsPer30Days), .number(row.responseHoursPerYear), .number(row.loadFactor),
                .number(row.fullTimeEquivalents), .number(row.available), .number(row.gap), .number(row.replacedToKeepStaffing),
                .number(row.closedAtCentreToKeepStaffing), .number(row.replacedToMeetWorkforce), .text(Norwegian.list(example)),
            ]
        }
        let chart = ReportTable.Chart(kind: .columns, title: "Årsverk som trengs og er å få", categories: 0...1, values: [9, 10], rows: 0..<rows.count)
        return ReportTable(id: "framskriving", title: "Framskriving", columns: columns, rows: rows, charts: rows.isEmpty ? [] : [chart])
    }

    var kostraTable: ReportTable {
        let columns: [ReportTable.Column] = [
            .init("År", .text), .init("Alder", .text), .init("Hjemmetjenester", .share), .init("Institusjon", .share), .init("Kommunen", .share),
            .init("Gruppen", .share), .init("Differanse i prosentpoeng", .number), .init("Innbyggere", .count), .init("Brukere mot gruppen", .count),
            .init("Fra", .count), .init("Til", .count), .init("Gruppe", .text),
        ]
        func share(_ thousandths: Int) -> ReportTable.Cell { .number(Double(thousandths) / 100_000) }
        let rows = (planning?.kostra?.groups ?? []).map { group -> [ReportTable.Cell] in
            [
                .text("\(group.year)"), .text(group.age), share(group.municipality.home), share(group.municipality.institution), share(group.municipality.sum),
                share(group.group.sum), .number(Double(group.difference) / 1000), .count(group.inhabitants), .count(group.usersAbove),
                .count(group.usersAboveBounds?.low), .count(group.usersAboveBounds?.high), .text(group.groupName),
            ]
        }
        let chart = ReportTable.Chart(kind: .columns, title: "Andel med tjenester", categories: 0...1, values: [4, 5], rows: 0..<rows.count)
        return ReportTable(id: "kostra", title: "KOSTRA", columns: columns, rows: rows, charts: rows.isEmpty ? [] : [chart])
    }

    var capacityTable: ReportTable {
        let columns: [ReportTable.Column] = [
            .init("Område", .text), .init("Slag", .text), .init("Plasser", .count), .init("Trinn", .count), .init("Dager i uka", .count),
            .init("Merknad", .text),
        ]
        let rows = (planning?.capacity?.rows ?? []).map { row -> [ReportTable.Cell] in
            [.text(row.area), .text(row.kind.rawValue), .count(row.places), .count(row.step), .count(row.daysPerWeek), .text(row.note)]
        }
        return ReportTable(id: "plasser", title: "Plasser og boliger", columns: columns, rows: rows)
    }
}
