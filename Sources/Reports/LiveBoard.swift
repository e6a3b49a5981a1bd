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
        /// Watched devices that have been silent for too long, and those of them that an outage stands for; nil where none is watched.
        package var silentDevices: (all: Int, inOutage: Int)?
        package var batteriesLow = 0

        package static func == (left: Figures, right: Figures) -> Bool {
            left.openAlarms == right.openAlarms && left.openResponses == right.openResponses && left.waitingSince == right.waitingSince
                && left.lastDay == right.lastDay && left.signalsLastHour == right.signalsLastHour
                && left.silentDevices?.all == right.silentDevices?.all && left.silentDevices?.inOutage == right.silentDevices?.inOutage
                && left.batteriesLow == right.batteriesLow
        }

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

    /// Many devices that fell silent together.
    package struct Outage: Sendable {
        /// What they have in common, such as `sone Biri`.
        package var name: String
        package var devices: Int
        package var since: EventTime

        package init(name: String, devices: Int, since: EventTime) {
            self.name = name
            self.devices = devices
            self.since = since
        }
    }

    package static func html(rows: [Row], outages: [Outage] = [], now: EventTime) -> String {
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
                        "silent": silent(row.figures.silentDevices), "batteryLow": Norwegian.count(row.figures.batteriesLow),
                    ] as View
                },
                "openAlarms": "\(rows.reduce(0) { $0 + $1.figures.openAlarms })",
                "openResponses": "\(rows.reduce(0) { $0 + $1.figures.openResponses })",
                "lastDay": Norwegian.count(rows.reduce(0) { $0 + $1.figures.lastDay }),
                "signals": Norwegian.count(rows.reduce(0) { $0 + $1.figures.signalsLastHour }),
                "silent": silent(sum(rows.compactMap(\.figures.silentDevices))),
                "batteryLow": Norwegian.count(rows.reduce(0) { $0 + $1.figures.batteriesLow }),
                "outages": outages.map { outage in
                    "Utfall i \(outage.name): \(Norwegian.count(outage.devices, "enhet", "enheter")) har vært tause siden \(Norwegian.instant(outage.since, .oslo))."
                },
            ]
        )
    }

    private static func sum(_ silent: [(all: Int, inOutage: Int)]) -> (all: Int, inOutage: Int)? {
        silent.isEmpty ? nil : (silent.reduce(0) { $0 + $1.all }, silent.reduce(0) { $0 + $1.inOutage })
    }

    /// `3`, `42 (40 i utfall)`, or a dash where nobody can say.
    private static func silent(_ devices: (all: Int, inOutage: Int)?) -> String {
        guard let devices else { return "–" }
        return Norwegian.count(devices.all) + (devices.inOutage > 0 ? " (\(Norwegian.count(devices.inOutage)) i utfall)" : "")
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
