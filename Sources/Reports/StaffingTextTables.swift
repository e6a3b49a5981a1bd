import Staffing
import Telemetry
import Workload

/// The tables of the analysis as lines of plain text, whole and the worst rows alone. Empty where there is nothing to show.
struct StaffingTextTables {
    private let analysis: StaffingAnalysis
    private let words: StaffingWords

    /// Rows of a table that the short text shows.
    private static let rowsShownMax = 5

    init(_ analysis: StaffingAnalysis) {
        self.analysis = analysis
        words = StaffingWords(analysis: analysis)
    }

    // MARK: Shift by shift

    var shifts: [String] {
        let rows = analysis.observed.shifts.filter { $0.zones.count == 1 }
        return rows.isEmpty ? [] : [StaffingTextTables.shiftColumns, "", shiftTable(rows)]
    }

    /// The shifts with the smallest share in time, of those with enough call-outs to say so.
    var weakestShifts: [String] {
        let rows = analysis.observed.shifts.filter { $0.zones.count == 1 }
        let able = rows.filter { row in replayed(row).map { $0.isTelling && $0.withinNorm != nil } == true }
        let weakest = able.sorted { (replayed($0)?.withinNorm?.value ?? 1) < (replayed($1)?.withinNorm?.value ?? 1) }.prefix(StaffingTextTables.rowsShownMax)
        guard !weakest.isEmpty else { return [] }
        let others = rows.count - weakest.count
        let few = rows.count - able.count
        var rest = "\(Norwegian.count(others, "vakt", "vakter")) til"
        if few > 0 { rest += ", \(Norwegian.count(few)) av dem med for få utrykninger til å si noe sikkert" }
        return [StaffingTextTables.shiftColumns, "", shiftTable(Array(weakest))] + (others > 0 ? ["\(rest): --full."] : [])
    }

    private static let shiftColumns =
        "Hit: utrykninger til alarmer i sonen, spilt mot turnusen; «framme» og «9 av 10» regnes av dem.\n"
        + "Herfra: utrykninger sonens egne folk tok, slik det ble målt; resten regnes av dem."

    private func replayed(_ row: ObservedRow) -> ReplayEstimates.Scope? {
        analysis.replay?.byShift.first { $0.zone == row.zones[0] && $0.kind == row.kind }
    }

    private func shiftTable(_ rows: [ObservedRow]) -> String {
        var table = AlignedTable([
            ("Sone", .left), ("Vakt", .left), ("Hit", .right), ("Framme \(words.within)", .right), ("9 av 10 på", .right), ("Herfra", .right),
            ("Erlang", .right), ("p50–p90 over vakter", .right), ("Andel av vakttiden", .right), ("Ledig etter planlagt", .right),
        ])
        for row in rows {
            let replayed = replayed(row)
            let figures = row.figures
            table.add([
                analysis.name(row.zones), row.kind.rawValue, Norwegian.count(replayed?.figures.callOuts ?? 0), StaffingWords.share(of: replayed),
                replayed?.p90Minutes.map { StaffingWords.minutes($0.value) } ?? "–", Norwegian.count(figures.callOuts),
                Norwegian.number(figures.loadErlang.value, decimals: 3),
                "\(Norwegian.number(figures.loadP50Erlang, decimals: 2))–\(Norwegian.number(figures.loadP90Erlang, decimals: 2))",
                figures.unplannedShare.map { StaffingWords.share($0) } ?? "–",
                figures.freeMilliseconds.map { "\(Norwegian.hours($0 / 3_600_000)) t" } ?? "–",
            ])
        }
        return table.text
    }

    var overlapSummary: [String] { OverlapBars(analysis: analysis).view == nil ? [] : [OverlapBars(analysis: analysis).summary] }

    var overlaps: [String] {
        var table = AlignedTable(
            [("Sone", .left), ("Vakt", .left)]
                + [1, 2, 3].flatMap { level -> [(title: String, side: AlignedTable.Side)] in
                    [("≥ \(level): ganger", .right), ("andel av tida", .right), ("lengst", .right)]
                }
        )
        for row in analysis.observed.shifts {
            table.add(
                [analysis.name(row.zones), row.kind.rawValue]
                    + row.figures.atOnce.flatMap { level in
                        [
                            Norwegian.count(level.times), Norwegian.percent(level.share.value),
                            level.times == 0 ? "–" : Norwegian.duration(milliseconds: level.longestMilliseconds),
                        ]
                    }
            )
        }
        return table.isEmpty ? [] : [table.text]
    }

    // MARK: Models and capacity

    var required: [String] {
        let table = requiredTable(analysis.required.filter { $0.days == .all })
        return table.isEmpty ? [] : [table, StaffingWords.whichModel] + words.failedAssumptions
    }

    /// The shifts that the models do not call enough, and how many they do.
    var requiredSummary: [String] {
        let shifts = analysis.required.filter { $0.days == .all && $0.zones.count == 1 }
        guard !shifts.isEmpty else { return [] }
        var (enough, few) = (0, 0)
        let others = shifts.filter { shift in
            switch shift.outcome {
            case .tooFew: few += 1
            case .positions where shift.roster == .enough: enough += 1
            default: return true
            }
            return false
        }
        var line = "Nok på vakt etter formlene i \(Norwegian.count(enough)) av \(Norwegian.count(shifts.count, "vakt", "vakter"))"
        if few > 0 { line += "; i \(Norwegian.count(few)) er det for få utrykninger til å si det" }
        return [line + "."] + (others.isEmpty ? [] : ["", requiredTable(others), StaffingWords.whichModel])
    }

    private func requiredTable(_ shifts: [RequiredShift]) -> String {
        var table = AlignedTable([
            ("Sone", .left), ("Vakt", .left), ("Utrykninger", .right), ("I turnus, færrest", .right), ("Erlang C", .right), ("Tilbudt last", .right),
            ("Tyngste time", .left), ("Dom", .left),
        ])
        for shift in shifts {
            let rostered = shift.rosteredPositionsMin.map { Norwegian.shortest($0) } ?? "–"
            var cells = [analysis.name(shift.zones), shift.kind.rawValue, Norwegian.count(shift.callOuts), rostered]
            if case .positions(let figures) = shift.outcome {
                cells += [
                    StaffingWords.positions(figures.positions),
                    words.positionsByLoad(figures), figures.hardestHour.map { "kl. \(StaffingWords.hour($0.hour))" } ?? "–",
                ]
            } else {
                cells += ["–", "–", "–"]
            }
            table.add(cells + [words.verdict(shift)])
        }
        return table.text
    }

    var helping: [String] {
        var table = AlignedTable([
            ("Soner", .left), ("Vakt", .left), ("Utrykninger", .right), ("Tyngste time", .left), ("Framme \(words.within)", .right),
            ("Hjelp mellom soner", .right),
            ("Ekstra reise", .right), ("Trengs i alt", .left),
        ])
        for need in analysis.helping {
            var cells = [analysis.name(need.zones), need.kind.rawValue, Norwegian.count(need.callOuts), "kl. \(StaffingWords.hour(need.hardestHour))"]
            if case .positions(let help) = need.outcome {
                cells += [
                    Norwegian.percent(help.withinNormShare), Norwegian.percent(help.crossZoneShare), StaffingWords.minutes(help.meanHelpMinutes),
                ]
            } else {
                cells += ["–", "–", "–"]
            }
            table.add(cells + [words.helping(need)])
        }
        return table.isEmpty ? [] : [table.text]
    }

    var capacity: [String] {
        guard let capacity = analysis.capacity else { return [] }
        var steps = AlignedTable([
            ("Et årsverk \(capacity.chain.year)", .left), ("Regnet slik", .left), ("Timer", .right), ("Igjen", .right), ("Kilde", .left),
        ])
        for step in capacity.chain.steps {
            let taken = step.hours == 0 ? "" : Norwegian.number(step.hours, decimals: 1)
            steps.add([step.name, step.calculation, taken, Norwegian.number(step.remainingHours, decimals: 1), step.source])
        }
        var equivalents = AlignedTable([("Turnusens \(Norwegian.hours(capacity.cost.hours)) timer i året", .left), ("Årsverk", .right), ("", .left)])
        for figure in capacity.equivalents.figures { equivalents.add([figure.name, Norwegian.number(figure.value, decimals: 1), figure.explanation]) }
        return [steps.text, "", equivalents.text, "", "Turnusen koster \(StaffingWords.kroner(capacity.cost.kroner)) i året."]
    }

    var capacitySummary: [String] {
        guard let capacity = analysis.capacity else { return [] }
        func number(_ definition: FullTimeEquivalents.Definition) -> String { Norwegian.number(capacity.equivalents[definition], decimals: 1) }
        return [
            "Turnusens \(Norwegian.hours(capacity.cost.hours)) timer i året er \(number(.roster)) årsverk brutto, \(number(.covered)) med dekning for ferie, "
                + "fravær og opplæring, og koster \(StaffingWords.kroner(capacity.cost.kroner)).",
            "Av \(Norwegian.hours(capacity.chain.grossHours)) avtalte timer i et årsverk blir \(Norwegian.hours(capacity.chain.netHours)) netto og "
                + "\(Norwegian.hours(capacity.chain.userHours)) hos brukere.",
        ]
    }
}
