import Strategy
import Workload

extension Report {
    var keyFiguresView: View {
        let rows = (keyFiguresByZone.count > 1 ? keyFiguresByZone : []) + [keyFigures]
        return [
            "empty": (keyFigures.alarms == 0 ? emptyText("Ingen alarmer i perioden.") : nil).orHidden,
            "cards": [
                card("Svartid", keyFigures.answer, keyFigures.answerTarget, "besvart innen 60 sekunder"),
                card("Utrykningstid", keyFigures.attendance, keyFigures.attendanceTarget, "framme innen 45 minutter"),
            ],
            "rows": rows.map(keyFigureView), "note": keyFiguresNote,
        ]
    }

    private func card(_ title: String, _ wait: ReportedWait, _ comparison: TargetComparison?, _ what: String) -> View {
        let first = wait.within[0]
        var sure = ""
        if let share = first.share, let interval = share.interval, !share.small {
            sure =
                "95\u{A0}% sikkert \(Norwegian.percentBetween(interval.low, interval.high)), "
                + "n\u{A0}=\u{A0}\(Norwegian.count(share.denominator))"
        } else if let share = first.share {
            sure = "For få til å si: n\u{A0}=\u{A0}\(share.denominator)"
        }
        if let p50 = wait.p50Milliseconds, let p90 = wait.p90Milliseconds {
            sure +=
                ". Halvparten innen \(Norwegian.duration(milliseconds: p50)), ni av ti innen \(Norwegian.duration(milliseconds: p90))."
        }
        let target = comparison.map {
            "Mål \(Norwegian.shortest($0.target * 100))\u{A0}%\($0.isExample ? " (eksempel)" : ""): \($0.status?.bokmal ?? withheldText)"
        }
        return [
            "title": title, "what": what, "value": (first.view["value"] as? String) ?? "", "interval": sure,
            "target": target ?? "Ikke satt mål", "tone": (comparison?.status).css,
            "mark": (comparison?.status).mark,
        ]
    }

    private func keyFigureView(_ row: KeyFigureRow) -> View {
        [
            "zone": (row.zone ?? selectedZone)?.breakableName ?? "Alle soner", "isSum": row.zone == nil,
            "alarms": row.alarms.map { Norwegian.count($0) } ?? withheldText,
            "answer1": row.answer.within[0].view, "answer2": row.answer.within[1].view,
            "answerWaits": waits(row.answer),
            "attendance1": row.attendance.within[0].view, "attendance2": row.attendance.within[1].view,
            "attendanceWaits": waits(row.attendance), "centre": row.closedAtCentre.view,
        ]
    }

    private func waits(_ wait: ReportedWait) -> String {
        guard let p50 = wait.p50Milliseconds, let p90 = wait.p90Milliseconds else { return "–" }
        return "\(Norwegian.duration(milliseconds: p50)) / \(Norwegian.duration(milliseconds: p90))"
    }

    /// What is not in the shares: alarms without the second step, and those with the steps in the wrong order.
    private var keyFiguresNote: String {
        var parts: [String] = []
        if let none = keyFigures.answer.none, none > 0 {
            parts.append("\(Norwegian.count(none, "alarm", "alarmer")) er ikke besvart")
        }
        if let none = keyFigures.attendance.none, none > 0 {
            parts.append("\(Norwegian.count(none, "utrykning", "utrykninger")) mangler melding om framme")
        }
        let negative = (keyFigures.answer.negative ?? 0) + (keyFigures.attendance.negative ?? 0)
        if negative > 0 { parts.append("\(Norwegian.count(negative)) har trinn i feil rekkefølge") }
        guard !parts.isEmpty else { return "" }
        return "Ikke med i andelene: \(Norwegian.list(parts))."
    }
}
