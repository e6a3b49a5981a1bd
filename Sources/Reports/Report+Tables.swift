import Staffing
import Strategy
import Telemetry
package import Workload

extension Report {
    /// Every table of the report, in the order of its sections; those without rows are left out.
    package func tables(_ localTime: LocalTime = .oslo) -> [ReportTable] {
        let tables =
            [aboutTable(localTime), shareTable, waitTable, comparisonTable, loadTable, shiftTable, weekTable] + staffingTables + [
                availabilityTable, goalTable, technologyTable, freedTable, realisedTable, projectionTable, kostraTable, capacityTable,
                isExternal ? ReportTable(id: "datakvalitet", title: "Avstemming", columns: [], rows: []) : ledgerTable,
                sourceTable, definitionTable(localTime),
            ]
        return tables.filter { !$0.rows.isEmpty }
    }

    /// What is withheld, in the one wording of all pages and tables of an external report.
    static var externalText: String {
        "antall alarmer, brukere, enheter og vakter fra 1 til 4 er skjult, også de som kunne regnes ut av summer. Bare hele døgn med data er regnet med."
    }

    private func aboutTable(_ localTime: LocalTime) -> ReportTable {
        var rows: [[ReportTable.Cell]] = [
            [.text("Kommune"), .text("\(municipalityName) (\(municipalityNumber))")],
            [.text("Sone"), .text(selectedZone?.name ?? "Alle soner")],
            [.text("Periode"), .text(period.title)], [.text("Dekning"), .text(coverageText)],
            [.text("Laget"), .text(provenanceText(localTime))],
        ]
        if isExternal { rows.append([.text("Utlevering"), .text("Ekstern utgave: \(Report.externalText)")]) }
        if let withheldShiftsText { rows.append([.text("Turnus"), .text(withheldShiftsText)]) }
        rows += headlines.map { [.text("Hovedfunn"), .text("\($0.title.sentence) \($0.detail)")] }
        return ReportTable(id: "om", title: "Om rapporten", columns: [.init("Hva", .text), .init("Innhold", .text)], rows: rows)
    }

    // MARK: Key figures

    private var keyFigureRows: [KeyFigureRow] {
        guard keyFigures.alarms != 0 else { return [] }
        return (keyFiguresByZone.count > 1 ? keyFiguresByZone : []) + [keyFigures]
    }

    private func name(_ row: KeyFigureRow) -> ReportTable.Cell { .text((row.zone ?? selectedZone)?.name ?? "Alle soner") }

    private var shareTable: ReportTable {
        let figures: [(String, (KeyFigureRow) -> ReportedShare)] = [
            ("Besvart innen 60 sekunder", { $0.answer.within[0] }), ("Besvart innen 180 sekunder", { $0.answer.within[1] }),
            ("Framme innen 45 minutter", { $0.attendance.within[0] }), ("Framme innen 60 minutter", { $0.attendance.within[1] }),
            ("Løst på sentralen", \.closedAtCentre), ("Utilsiktet", \.unintended),
        ]
        let rows = keyFigureRows
        let columns: [ReportTable.Column] =
            [
                .init("Nøkkeltall", .text), .init("Sone", .text), .init("Andel", .share), .init("Fra", .share), .init("Til", .share),
                .init("Teller", .count), .init("Nevner", .count),
            ] + roundedColumns
        return ReportTable(
            id: "nokkeltall",
            title: "Nøkkeltall",
            columns: columns,
            rows: figures.flatMap { figure in rows.map { [.text(figure.0), name($0)] + cells(figure.1($0)) } },
            charts: figures.enumerated().map { place, figure in
                .init(kind: .columns, title: figure.0, categories: 1...1, values: [2], rows: place * rows.count..<(place + 1) * rows.count)
            }
        )
    }

    /// Share, interval, numerator and denominator.
    private func cells(_ reported: ReportedShare?) -> [ReportTable.Cell] {
        guard let reported else { return [.none, .none, .none, .none, .none] + roundedCells(nil) }
        guard let share = reported.share else {
            let rounded = reported.rounded
            return [rounded.map { .number(Double($0.percent) / 100) } ?? .withheld, .withheld, .withheld, .withheld, .withheld]
                + roundedCells(rounded?.words.bokmal)
        }
        let interval = share.small ? nil : share.interval
        return [.number(share.value), .number(interval?.low), .number(interval?.high), .count(share.numerator), .count(share.denominator)]
            + roundedCells(nil)
    }

    private var waitTable: ReportTable {
        let kinds: [(String, KeyPath<KeyFigureRow, ReportedWait>)] = [("Svartid", \.answer), ("Utrykningstid", \.attendance)]
        let columns: [ReportTable.Column] = [
            .init("Tid", .text), .init("Sone", .text), .init("Alarmer", .count), .init("Halvparten innen", .seconds),
            .init("Ni av ti innen", .seconds), .init("Uten neste trinn", .count), .init("Trinn i feil rekkefølge", .count),
        ]
        let rows = kinds.flatMap { kind in
            keyFigureRows.map { row -> [ReportTable.Cell] in
                let wait = row[keyPath: kind.1]
                let isWithheld = wait.within.contains(where: \.isWithheld)
                return [
                    .text(kind.0), name(row), row.alarms.map { .count($0) } ?? .withheld,
                    isWithheld ? .withheld : .seconds(milliseconds: wait.p50Milliseconds),
                    isWithheld ? .withheld : .seconds(milliseconds: wait.p90Milliseconds),
                    wait.none.map { .count($0) } ?? .withheld, wait.negative.map { .count($0) } ?? .withheld,
                ]
            }
        }
        return ReportTable(id: "tider", title: "Svartid og utrykningstid", columns: columns, rows: rows)
    }

    // MARK: Load and roster

    private var loadTable: ReportTable {
        let hours = Report.hourNames.map { ReportTable.Column("kl. \($0)", .erlang) }
        let rows = heatMaps.flatMap { map in
            (0..<7).map { day -> [ReportTable.Cell] in
                let cells = (0..<24).map { $0 + day * 24 }.map { map.withheld.contains($0) ? ReportTable.Cell.withheld : .number(map.erlang[$0]) }
                return [.text(map.zone?.name ?? "Alle soner"), .text(Norwegian.weekdays[day])] + cells
            }
        }
        return ReportTable(
            id: "belastning",
            title: "Belastning",
            columns: [.init("Sone", .text), .init("Ukedag", .text)] + hours,
            rows: totals.responseMilliseconds == 0 ? [] : rows
        )
    }

    private var shiftTable: ReportTable {
        let columns: [ReportTable.Column] = [
            .init("Sone", .text), .init("Vakt", .text), .init("Timer i turnus", .hours), .init("Utrykningstimer", .hours),
            .init("Andel av vakttiden", .share), .init("Flest ute samtidig", .count), .init("Kvarter med flere ute enn på vakt", .count),
            .init("Vakter med flere ute", .count), .init("Vakter", .count), .init("Andel vakter", .share), .init("Fra", .share),
            .init("Til", .share), .init("To eller flere utrykninger", .hours), .init("Andel av tiden", .share),
        ]
        let rows = (hasCoverage ? staffing.rows : []).map { row -> [ReportTable.Cell] in
            let isCompared = row.rosteredHours != nil
            let interval = isCompared && !row.shiftsExceeded.small ? row.shiftsExceeded.interval : nil
            func gap(_ cell: ReportTable.Cell) -> ReportTable.Cell { !isCompared ? .none : row.isGapWithheld ? .withheld : cell }
            func overlap(_ cell: ReportTable.Cell) -> ReportTable.Cell { row.isOverlapWithheld ? .withheld : cell }
            return [
                .text(row.zone.name), .text(row.kind.rawValue), .number(row.rosteredHours), .number(row.responseHours),
                .number(row.unplannedShare), row.peak.map { .count($0) } ?? .withheld, gap(.count(row.exceededQuarters)),
                gap(.count(row.shiftsExceeded.numerator)), .count(row.shiftsExceeded.denominator), gap(.number(row.shiftsExceeded.value)),
                gap(.number(interval?.low)), gap(.number(interval?.high)), overlap(.number(row.overlapHours)), overlap(.number(row.overlapShare)),
            ]
        }
        let chart = ReportTable.Chart(kind: .columns, title: "Andel av vakttiden", categories: 0...1, values: [4], rows: 0..<rows.count)
        return ReportTable(id: "bemanning", title: "Turnus", columns: columns, rows: rows, charts: rows.isEmpty ? [] : [chart])
    }

    private var weekTable: ReportTable {
        let columns: [ReportTable.Column] = [
            .init("Sone", .text), .init("Ukedag", .text), .init("Time", .text), .init("Belastning", .erlang),
            .init("Flest ute samtidig", .count), .init("På vakt", .positions), .init("Kvarter med flere ute enn på vakt", .count),
        ]
        let profiles = hasCoverage ? staffing.profiles : []
        let rows = profiles.flatMap { profile in
            (0..<PeriodGrid.hoursOfWeek).map { hour -> [ReportTable.Cell] in
                func told(_ cell: ReportTable.Cell) -> ReportTable.Cell { profile.withheld.contains(hour) ? .withheld : cell }
                return [
                    .text(profile.zone.name), .text(Norwegian.weekdays[hour / 24]), .text(Report.hourNames[hour % 24]),
                    told(.number(profile.erlang[hour])), told(.count(profile.peaks[hour])), .number(profile.positions[hour]),
                    told(.count(profile.exceededQuarters[hour])),
                ]
            }
        }
        let charts = profiles.enumerated().map { place, profile in
            ReportTable.Chart(
                kind: .lines,
                title: "\(profile.zone.name): ute og på vakt",
                categories: 1...2,
                values: [3, 4, 5],
                rows: place * PeriodGrid.hoursOfWeek..<(place + 1) * PeriodGrid.hoursOfWeek
            )
        }
        return ReportTable(id: "uka", title: "Uka time for time", columns: columns, rows: rows, charts: charts)
    }

    // MARK: Devices, goals, quality

    private var availabilityTable: ReportTable {
        let columns: [ReportTable.Column] =
            [
                .init("Sone", .text), .init("Teknologi", .text), .init("Døgn med livstegn", .share), .init("Fra", .share), .init("Til", .share),
                .init("Teller", .count), .init("Nevner", .count),
            ] + roundedColumns
        let names = (availability?.technologies ?? []).map { ($0?.bokmal ?? "Uten kjent modell").capitalizedFirst } + ["Alle"]
        let rows = (availability?.rows ?? []).flatMap { row in
            zip(names, row.shares).filter { $1 != nil }.map { technology, share in
                [.text((row.zone ?? selectedZone)?.name ?? "Alle soner"), .text(technology)] + cells(share)
            }
        }
        return ReportTable(id: "livstegn", title: "Livstegn", columns: columns, rows: rows)
    }

    private var ledgerTable: ReportTable {
        let names = ["Mottatt", "Godtatt", "Kopier", "Avvist", "Forsinket", "Feil klokke", "Nummer brukt om igjen", "Mangler"]
        let rows = dataQuality.ledgers.map { ledger -> [ReportTable.Cell] in
            let missing = ledger.missing.reduce(0) { $0 + Int64($1.count) }
            return [
                .text(ledger.source), .count(ledger.received), .count(ledger.accepted), .count(ledger.duplicates), .count(ledger.rejected),
                .count(ledger.late), .count(ledger.noClock + ledger.unsetClock + ledger.future), .count(ledger.sequenceReuse), .count(missing),
            ]
        }
        return ReportTable(
            id: "datakvalitet",
            title: "Avstemming",
            columns: [.init("Kilde", .text)] + names.map { .init($0, .count) },
            rows: rows
        )
    }

    private func definitionTable(_ localTime: LocalTime) -> ReportTable {
        ReportTable(
            id: "definisjoner",
            title: "Definisjoner",
            columns: [.init("Begrep", .text), .init("Forklaring", .text)],
            rows: definitions(localTime).map { [.text($0.term), .text($0.text)] }
        )
    }
}
