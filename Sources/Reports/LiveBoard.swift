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
        /// Watched devices that have been silent for too long; nil where none is watched.
        package var silentDevices: SilentDevices?
        package var batteriesLow = 0

        package init() {}
    }

    package struct SilentDevices: Equatable, Sendable {
        package var all: Int
        /// Of them, those that an outage stands for.
        package var inOutage: Int
        /// Watched devices of which nobody can say yet.
        package var unknown: Int
        package var watched: Int

        package init(all: Int, inOutage: Int, unknown: Int, watched: Int) {
            (self.all, self.inOutage, self.unknown, self.watched) = (all, inOutage, unknown, watched)
        }
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

    private static func sum(_ silent: [SilentDevices]) -> SilentDevices? {
        silent.isEmpty
            ? nil
            : SilentDevices(
                all: silent.reduce(0) { $0 + $1.all },
                inOutage: silent.reduce(0) { $0 + $1.inOutage },
                unknown: silent.reduce(0) { $0 + $1.unknown },
                watched: silent.reduce(0) { $0 + $1.watched }
            )
    }

    /// `3`, `42 (40 i utfall, 7 ikke vurdert ennå)`, or a dash where nobody can say.
    private static func silent(_ devices: SilentDevices?) -> String {
        guard let devices else { return "–" }
        var notes: [String] = []
        if devices.inOutage > 0 { notes.append("\(Norwegian.count(devices.inOutage)) i utfall") }
        if devices.unknown > 0 { notes.append("\(Norwegian.count(devices.unknown)) ikke vurdert ennå") }
        let count = devices.unknown == devices.watched ? "–" : Norwegian.count(devices.all)
        return notes.isEmpty ? count : "\(count) (\(notes.joined(separator: ", ")))"
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
