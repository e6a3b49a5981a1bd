import Staffing
import Strategy
import Workload

extension Report {
    /// The worst gaps named in words.
    static let namedGapsMax = 3

    var staffingView: View {
        let gaps = staffing.gaps
        let charts = staffing.profiles.enumerated().map { WeekChart(profile: $1, number: $0 + 1).view }
        let groups = Dictionary(grouping: staffing.rows, by: \.zone)
        let shareMax = staffing.rows.reduce(0) { max($0, $1.unplannedShare ?? 0) }
        // Without data a roster that holds would be praise for nothing.
        let hasNothing = !hasCoverage || staffing.rows.allSatisfy { $0.rosteredHours == nil }
        return [
            "empty": (hasNothing ? noResponsesText : nil).orHidden,
            "hasRoster": staffing.hasRoster, "hasGaps": !gaps.isEmpty && !staffing.isPartlyWithheld, "hasHeld": gaps.isEmpty && !staffing.isPartlyWithheld,
            "hasRows": !staffing.rows.isEmpty,
            "gaps": gaps.prefix(Report.namedGapsMax).map {
                ["name": "\($0.zone.name), \($0.kind.rawValue)", "text": gapText($0)] as View
            },
            "groups": zones.compactMap { groups[$0] }.map { rows in
                ["rows": rows.enumerated().map { shiftView($1, isFirst: $0 == 0, shareMax) }, "rowCount": "\(rows.count)"] as View
            },
            "charts": charts, "weekText": isExternal ? hoursWithheldText : weekText,
            "analysis": staffing.analysis.map { StaffingViews($0).view }.orHidden,
            "twoMeasures": gaps.isEmpty ? false : twoMeasures,
            "withheld": withheldShiftsText.orHidden,
        ]
    }

    /// Of which zones shifts are left out; nil where none are.
    var withheldShiftsText: String? {
        let withheld = staffing.withheldZones.map(\.name)
        guard !withheld.isEmpty else { return nil }
        return "Skjult, fordi noen vakter har færre enn 5 utrykninger: \(staffing.rows.isEmpty ? "alle soner" : "vakter i \(Norwegian.list(withheld))")."
    }

    private var weekText: String {
        let isSummed = staffing.analysis?.isSummed == true || staffing.profiles.contains { !$0.withheld.isEmpty }
        let hasLoad = !isSummed && staffing.profiles.contains { !$0.load.isEmpty }
        return WeekChart.explanation(hasLoad: hasLoad) + (isSummed ? " " + WeekChart.withheldText : "")
    }

    /// How more out than on duty and the norm belong together; hidden where nothing is replayed.
    private var twoMeasures: Any {
        guard let analysis = staffing.analysis, analysis.replay != nil else { return false }
        return StaffingWords(analysis: analysis).twoMeasures
    }

    /// What was measured of a gap, and what the replay says of the same shift.
    private func gapText(_ row: ShiftRow) -> String {
        guard let analysis = staffing.analysis, let reading = StaffingWords(analysis: analysis).reading(zone: row.zone.id, kind: row.kind)
        else { return row.gapText }
        return "\(row.gapText) \(reading.text)"
    }

    private func shiftView(_ row: ShiftRow, isFirst: Bool, _ shareMax: Double) -> View {
        let interval = row.shiftsExceeded.small ? nil : row.shiftsExceeded.interval
        let isCompared = row.rosteredHours != nil
        let gapText = row.isGapWithheld ? withheldText : nil
        let share = row.unplannedShare.map { Norwegian.percent($0) } ?? (isCompared ? "ingen på vakt" : "–")
        return [
            "zone": isFirst ? row.zone.breakableName : false, "kind": row.kind.rawValue, "isGap": row.isClearGap && !row.isGapWithheld,
            "gapMark": row.exceededQuarters == 0 || row.isGapWithheld ? false : row.isClearGap ? "▲" : "△",
            "rostered": row.rosteredHours.map { Norwegian.hours($0) } ?? "–",
            "response": Norwegian.hours(row.responseHours),
            "share": share, "width": Norwegian.svg(shareMax > 0 ? 100 * (row.unplannedShare ?? 0) / shareMax : 0),
            "peak": row.peak.map { Norwegian.count($0) } ?? withheldText,
            "exceeded": isCompared ? gapText ?? Norwegian.count(row.exceededQuarters) : "–",
            "shifts": isCompared ? gapText ?? "\(row.shiftsExceeded.numerator) av \(row.shiftsExceeded.denominator)" : "–",
            "interval": isCompared && row.exceededQuarters > 0 && gapText == nil
                ? interval.map { "(\(Norwegian.percentRange($0.low, $0.high, decimals: 0)))" } ?? "for få til å si" : "",
        ]
    }

    var overlapView: View {
        let rows = Dictionary(grouping: staffing.rows, by: \.zone)
        let shareMax = staffing.rows.reduce(0) { max($0, $1.isOverlapWithheld ? 0 : $1.overlapShare ?? 0) }
        return [
            "empty": noResponsesText.orHidden, "hasRows": !staffing.rows.isEmpty, "kinds": ShiftKind.allCases.map(\.rawValue),
            "summary": overlapSummary,
            "rows": zones.compactMap { rows[$0] }.map { rows in
                [
                    "zone": rows[0].zone.breakableName,
                    "cells": ShiftKind.allCases.map { kind -> View in
                        guard let row = rows.first(where: { $0.kind == kind }), !row.isOverlapWithheld else {
                            return ["hours": withheldText, "width": "0", "shifts": ""]
                        }
                        return [
                            "hours":
                                "\(Norwegian.hours(row.overlapHours)) (\(Norwegian.percent(row.overlapShare ?? 0)))",
                            "width": Norwegian.svg(shareMax > 0 ? 100 * (row.overlapShare ?? 0) / shareMax : 0),
                            "shifts": "\(row.shiftsWithOverlap.numerator) av \(row.shiftsWithOverlap.denominator)",
                        ]
                    },
                ] as View
            },
        ]
    }

    private var overlapSummary: String {
        if staffing.isPartlyWithheld { return "Hvor det skjer oftest, står ikke her: noen vakter er skjult." }
        let hours = staffing.rows.reduce(0) { $0 + $1.overlapHours }
        guard hours > 0, let most = staffing.rows.max(by: { ($0.overlapShare ?? 0) < ($1.overlapShare ?? 0) }) else {
            return "Det skjedde ikke i perioden."
        }
        let count = most.shiftsWithOverlap
        return "Til sammen \(Norwegian.hours(hours)) timer. Oftest i \(most.zone.name) \(most.kind.during): "
            + "\(Norwegian.percent(most.overlapShare ?? 0)) av tiden, i \(count.numerator) av \(count.denominator) \(most.kind.shifts)."
    }
}

extension StaffingFigures {
    /// The shift in which most often more were out than on duty; nil without any, and where some are withheld, so that nobody knows.
    package var mostOut: ShiftRow? { isPartlyWithheld ? nil : gaps.first }
}

extension ShiftRow {
    /// The gap in a sentence, with how sure it is.
    var gapText: String {
        let count = "\(shiftsExceeded.numerator) av \(shiftsExceeded.denominator) \(kind.shifts)"
        var text = "flere ute enn på vakt i \(count), til sammen \(Norwegian.count(exceededQuarters)) kvarter"
        text += peak.map { "; på det meste \($0) ute." } ?? "."
        if let interval = shiftsExceeded.interval, !shiftsExceeded.small {
            text +=
                " Usikkerhet: \(Norwegian.percentRange(interval.low, interval.high, decimals: 0)) av \(kind.theShifts)."
        } else {
            text += " For få vakter til å si om det er et mønster."
        }
        return text
    }
}

extension Norwegian {
    /// A coordinate: at most one decimal, with a point.
    static func svg(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        let sign = tenths < 0 ? "-" : ""
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(sign)\(abs(tenths) / 10).\(abs(tenths) % 10)"
    }
}
