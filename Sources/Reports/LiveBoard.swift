package import Telemetry
import Workload

/// What goes on now, a table of zones; a part of the page that a script may fetch again by itself.
package enum LiveBoard {
    package struct Figures: Equatable, Sendable {
        package var openAlarms = 0
        package var openResponses = 0
        /// When the alarm that has waited longest without an answer was raised.
        package var waitingSince: EventTime?
        /// Alarms raised in the last 24 hours.
        package var lastDay = 0
        /// Signs of life and observations of the last hour.
        package var signalsLastHour: Int64 = 0

        package init() {}
    }

    package struct Row: Sendable {
        package var zone: String
        package var figures: Figures

        package init(zone: String, figures: Figures) {
            self.zone = zone
            self.figures = figures
        }
    }

    package static func html(rows: [Row], now: EventTime) -> String {
        Templates.render(
            "board",
            [
                "time": LiveBoard.timeOfDay(now),
                "rows": rows.map { row in
                    [
                        "zone": row.zone, "openAlarms": "\(row.figures.openAlarms)",
                        "openResponses": "\(row.figures.openResponses)", "isOpen": row.figures.openAlarms > 0,
                        "waiting": row.figures.waitingSince.map { waiting($0, now) } ?? "–",
                        "lastDay": Norwegian.count(row.figures.lastDay),
                        "signals": Norwegian.count(row.figures.signalsLastHour),
                    ] as View
                },
                "openAlarms": "\(rows.reduce(0) { $0 + $1.figures.openAlarms })",
                "openResponses": "\(rows.reduce(0) { $0 + $1.figures.openResponses })",
                "lastDay": Norwegian.count(rows.reduce(0) { $0 + $1.figures.lastDay }),
                "signals": Norwegian.count(rows.reduce(0) { $0 + $1.figures.signalsLastHour }),
            ]
        )
    }

    private static func timeOfDay(_ time: EventTime) -> String {
        let seconds = Int(LocalTime.oslo.wallClock(at: time).milliseconds / 1000)
        return "\(Norwegian.clockTime(minutes: seconds / 60)):\(Norwegian.twoDigits(seconds % 60))"
    }

    private static func waiting(_ since: EventTime, _ now: EventTime) -> String {
        let seconds = max(0, now - since) / 1000
        return seconds < 120 ? "\(seconds)\(Norwegian.space)s" : "\(seconds / 60)\(Norwegian.space)min"
    }
}
