package import Telemetry
package import Workload

/// What goes on now in a municipality's zones, as page, part of a page and stream show it.
package struct LiveBoard: Sendable {
    package struct Figures: Equatable, Sendable {
        package var openAlarms = 0
        package var openResponses = 0
        /// Open alarms without an answer, and when the one that has waited longest was raised.
        package var waiting = 0
        package var waitingSince: EventTime?
        /// Alarms raised in the last 24 hours.
        package var lastDay = 0
        /// When the last alarm was raised; nil where that is longer ago than `lastAlarmDaysMax`.
        package var lastAlarm: EventTime?
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

    package struct Zone: Sendable {
        package var name: String
        package var figures: Figures

        package init(name: String, figures: Figures) {
            self.name = name
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

    /// An open alarm, for readers who may see single alarms.
    package struct Alarm: Sendable {
        package var record: AlarmRecord
        package var zone: String
        /// Where the alarm is told step by step.
        package var path: String

        package init(record: AlarmRecord, zone: String, path: String) {
            self.record = record
            self.zone = zone
            self.path = path
        }
    }

    /// What is wrong with the service itself, so that quiet is not taken for calm.
    package enum Fault: Equatable, Sendable {
        /// No session with the broker: nothing new comes in.
        case brokerAway
        /// Messages that are received and safe, but not in the figures yet.
        case viewsLag(messages: Int64)
        /// Nothing at all has come since then, for longer than can be quiet.
        case silent(since: EventTime)
        case other(String)
    }

    /// How far back a zone's last alarm is looked for.
    package static let lastAlarmDaysMax = 31
    /// Open alarms shown one by one; more are counted.
    package static let alarmsMax = 60
    /// The same on a wall, where nobody scrolls: so many stand beside eight zones on a screen of 1280 × 800.
    package static let wallAlarmsMax = 8
    /// Who has waited longer for an answer is pointed at: the shorter limit of CONTRACT 6.
    static let waitingMillisecondsMax = KeyFigures.answerLimitsMilliseconds[0]

    /// What of it a reader may see.
    package enum Sight: Sendable {
        /// Open alarms one by one; alarms as counts; devices and signals, nothing of alarms.
        case alarms, counts, devices
    }

    package var zones: [Zone]
    package var outages: [Outage]
    package var sight: Sight
    /// Nil for a reader who may not see them.
    package var alarms: [Alarm]?
    package var faults: [Fault]
    /// Set for a screen on a wall: fewer alarms, and of each zone what is urgent.
    package var isWall: Bool
    package var now: EventTime

    package init(
        zones: [Zone],
        outages: [Outage] = [],
        sight: Sight = .counts,
        alarms: [Alarm]? = nil,
        faults: [Fault] = [],
        isWall: Bool = false,
        now: EventTime
    ) {
        self.zones = zones
        self.outages = outages
        self.sight = sight
        self.alarms = alarms
        self.faults = faults
        self.isWall = isWall
        self.now = now
    }

    /// The part of the page that is exchanged as time goes on. The clock is not in it: as long as nothing changes it is the same.
    package var html: String { Templates.render(isWall ? "wallBoard" : "board", view) }

    /// `14:05:30`
    package var clock: String {
        let seconds = Int(LocalTime.oslo.wallClock(at: now).milliseconds / 1000)
        return "\(Norwegian.clockTime(minutes: seconds / 60)):\(Norwegian.twoDigits(seconds % 60))"
    }
}

extension LiveBoard {
    private var view: View {
        let open = sight == .devices ? 0 : zones.reduce(0) { $0 + $1.figures.openAlarms }
        return [
            "faults": faults.map(\.words), "totals": sight == .devices ? deviceTotals : alarmTotals(open: open), "open": "\(open)",
            "zones": zones.map { sight == .devices ? deviceZone($0) : zone($0) },
            "outages": outages.map { outage in
                "Utfall i \(outage.name): \(Norwegian.count(outage.devices, "enhet", "enheter")) har vært tause siden \(Norwegian.instant(outage.since, .oslo))."
            },
            "alarms": alarms.map { alarmsView($0, open: open) }.orHidden, "seesCounts": sight != .devices && alarms == nil, "seesDevices": sight == .devices,
        ]
    }

    private var silent: SilentDevices? { LiveBoard.sum(zones.compactMap(\.figures.silentDevices)) }

    private func alarmTotals(open: Int) -> [View] {
        let responses = zones.reduce(0) { $0 + $1.figures.openResponses }
        let waiting = zones.compactMap(\.figures.waitingSince).min()
        return [
            total("apne", "Åpne alarmer", "\(open)", open > 0 ? "" : "ingen venter"),
            total("apne-utrykninger", "Ute på utrykning", "\(responses)", ""),
            total("venter", "Venter lengst på svar", waiting.map(age) ?? "–", waiting == nil ? "ingen venter" : "", isLate: waiting.map(isLate) ?? false),
            total("taus", "Tause enheter", LiveBoard.count(silent), LiveBoard.note(silent)),
        ]
    }

    private var deviceTotals: [View] {
        let outages = outages.count
        return [
            total("taus", "Tause enheter", LiveBoard.count(silent), LiveBoard.note(silent)),
            total("utfall", "Utfall", Norwegian.count(outages), outages > 0 ? "" : "ingen nå", isLate: outages > 0),
            total("lavt-batteri", "Lavt batteri", Norwegian.count(zones.reduce(0) { $0 + $1.figures.batteriesLow }), ""),
            total("signaler", "Livstegn og målinger siste time", Norwegian.count(zones.reduce(0) { $0 + $1.figures.signalsLastHour }), ""),
        ]
    }

    private func deviceZone(_ zone: Zone) -> View {
        let silent = zone.figures.silentDevices?.all ?? 0
        return [
            "name": zone.name.breakable, "tone": silent > 0 ? "busy" : "calm", "isWaiting": false,
            "state": silent > 0 ? Norwegian.count(silent, "taus enhet", "tause enheter") : "Ingen tause enheter",
            "figures": deviceFigures(zone.figures),
        ]
    }

    private func silentFigure(_ figures: Figures) -> View {
        ["name": "Tause enheter", "help": Glossary.address("taus"), "value": LiveBoard.silent(figures.silentDevices)]
    }

    private func deviceFigures(_ figures: Figures) -> [View] {
        [
            silentFigure(figures),
            ["name": "Lavt batteri", "help": Glossary.address("lavt-batteri"), "value": Norwegian.count(figures.batteriesLow)],
            ["name": "Livstegn og målinger siste time", "help": Glossary.address("signaler"), "value": Norwegian.count(figures.signalsLastHour)],
        ]
    }

    private func total(_ definition: String, _ name: String, _ value: String, _ note: String, isLate: Bool = false) -> View {
        ["name": name, "help": Glossary.address(definition), "value": value, "note": note.isEmpty ? false : note, "isLate": isLate]
    }

    private func zone(_ zone: Zone) -> View {
        let figures = zone.figures
        let isWaiting = figures.waitingSince.map(isLate) ?? false
        let state =
            figures.openAlarms == 0
            ? "Ingen åpne alarmer" : Norwegian.count(figures.openAlarms, "åpen alarm", "åpne alarmer") + (isWaiting ? waitingText(figures) : "")
        return [
            "name": zone.name.breakable, "tone": isWaiting ? "problem" : figures.openAlarms > 0 ? "busy" : "calm", "isWaiting": isWaiting, "state": state,
            "figures": [
                ["name": "Ute på utrykning", "help": Glossary.address("apne-utrykninger"), "value": "\(figures.openResponses)"] as View,
                ["name": "Venter lengst", "help": Glossary.address("venter"), "value": figures.waitingSince.map(age) ?? "–"],
                ["name": "Alarmer siste døgn", "help": Glossary.address("siste-dogn"), "value": Norwegian.count(figures.lastDay)],
                [
                    "name": "Siste alarm", "help": Glossary.address("alarmer"),
                    "value": figures.lastAlarm.map(moment) ?? "ingen på \(LiveBoard.lastAlarmDaysMax) døgn",
                ],
            ] + (isWall ? [silentFigure(figures)] : deviceFigures(figures)),
        ]
    }

    /// `, 1 venter på svar` of several; of one open alarm, and where all of them wait, the number has been said.
    private func waitingText(_ figures: Figures) -> String {
        if figures.openAlarms == 1 { return ", venter på svar" }
        return figures.waiting == figures.openAlarms ? ", alle venter på svar" : ", \(Norwegian.count(max(1, figures.waiting))) venter på svar"
    }

    private func alarmsView(_ alarms: [Alarm], open: Int) -> View {
        let shown = alarms.prefix(isWall ? LiveBoard.wallAlarmsMax : LiveBoard.alarmsMax)
        return [
            "isEmpty": alarms.isEmpty, "more": open > shown.count ? "\(Norwegian.count(open - shown.count)) åpne alarmer til er ikke vist." : false,
            "rows": shown.map { alarm in
                [
                    "age": age(alarm.record.instant), "since": moment(alarm.record.instant), "state": alarm.record.state, "zone": alarm.zone,
                    "kind": alarm.record.kind?.bokmal ?? "ukjent", "path": alarm.path, "alarm": alarm.record.alarm, "device": alarm.record.device ?? "–",
                    "isLate": alarm.record.t(.answered) == nil && isLate(alarm.record.instant),
                ] as View
            },
        ]
    }

    private func isLate(_ since: EventTime) -> Bool { now - since > LiveBoard.waitingMillisecondsMax }

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

    /// `3`, or a dash where nobody can say.
    private static func count(_ devices: SilentDevices?) -> String {
        guard let devices, devices.unknown < devices.watched else { return "–" }
        return Norwegian.count(devices.all)
    }

    /// `40 i utfall, 7 ikke vurdert ennå`
    private static func note(_ devices: SilentDevices?) -> String {
        guard let devices else { return "" }
        var notes: [String] = []
        if devices.inOutage > 0 { notes.append("\(Norwegian.count(devices.inOutage)) i utfall") }
        if devices.unknown > 0 { notes.append("\(Norwegian.count(devices.unknown)) ikke vurdert ennå") }
        return notes.joined(separator: ", ")
    }

    private static func silent(_ devices: SilentDevices?) -> String {
        let notes = note(devices)
        return notes.isEmpty ? count(devices) : "\(count(devices)) (\(notes))"
    }

    /// `40 s`, `3 min`, `2 t 5 min`, `3 døgn`: seconds only where they matter.
    private func age(_ since: EventTime) -> String {
        let seconds = max(0, now - since) / 1000
        if seconds < 120 { return "\(seconds / 5 * 5)\(Norwegian.space)s" }
        let minutes = seconds / 60
        if minutes < 60 { return "\(minutes)\(Norwegian.space)min" }
        if minutes < 48 * 60 {
            return "\(minutes / 60)\(Norwegian.space)t" + (minutes % 60 == 0 ? "" : " \(minutes % 60)\(Norwegian.space)min")
        }
        return "\(Norwegian.count(minutes / 60 / 24))\(Norwegian.space)døgn"
    }

    /// `kl. 14:05` today, else `21. november kl. 14:05`.
    private func moment(_ time: EventTime) -> String {
        let (today, clock) = (LocalTime.oslo.day(at: now), LocalTime.oslo.wallClock(at: time))
        let hour = "kl.\(Norwegian.space)\(Norwegian.clockTime(minutes: Int(clock.milliseconds / 60_000)))"
        return clock.day == today ? hour : "\(clock.day.day).\(Norwegian.space)\(Norwegian.months[clock.day.month - 1]) \(hour)"
    }
}

extension LiveBoard.Fault {
    /// What it means for who looks at the board, and what is safe.
    var words: String {
        switch self {
        case .brokerAway:
            "Vaktlast har ikke kontakt med meldingstjeneren. Nye alarmer vises ikke her før den er tilbake; alarmsentralen varsler som før."
        case .viewsLag(let messages):
            "Tallene henger etter: \(Norwegian.count(messages, "melding", "meldinger")) er mottatt, men ikke regnet med ennå. Ingenting er tapt."
        case .silent(let since):
            "Ingen signaler siden \(Norwegian.instant(since, .oslo)). Stille er ikke rolig: nye alarmer kan mangle her. Spør alarmsentralen om forbindelsen er oppe."
        case .other(let text): "Tjenesten melder om feil: \(text)"
        }
    }
}

extension AlarmRecord {
    /// How far it has come, in bokmål.
    var state: String {
        if t(.closed) != nil { return "avsluttet" }
        if t(.arrived) != nil { return "framme" }
        if t(.departed) != nil { return "på vei" }
        if t(.accepted) != nil { return "utrykning tatt" }
        if t(.dispatched) != nil { return "utrykning bedt om" }
        return t(.answered) != nil ? "besvart" : "venter på svar"
    }
}
