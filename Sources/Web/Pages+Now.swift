import Accounts
import Reports
import Store
import Telemetry
import Workload

/// The page of what goes on now, and the board in it.
extension Pages {
    static let wallField = "vegg"

    /// The board as it stands in the page, counts alone, for programs and old pages that ask for it again and again.
    func boardPart(_ query: Query, _ caller: Access.Caller) async throws -> Page {
        try caller.require(.live)
        var plain = caller
        plain.rights.remove(.alarms)
        let made = try await board(query, plain)
        return Page(body: Array(made.html.utf8), position: made.position)
    }

    func now(_ query: Query, _ caller: Access.Caller, withheld: Withheld?) async throws -> Page {
        let municipality = try municipality(query, caller)
        let fields = [ReportNavigation.Field(name: "municipality", value: municipality.number)]
        // Links to the report were sent out before the report had an address of its own.
        if let period = query["period"] {
            let zone = query["zone"].map { [ReportNavigation.Field(name: "zone", value: $0)] } ?? []
            return Page(
                location: ReportNavigation.address(SitePage.load.rawValue, fields + [.init(name: "period", value: period)] + zone),
                isMovedForGood: true
            )
        }
        let made = try await board(query, caller)
        let zone = try zone(query, caller, municipality, isOne: false)
        var navigation = navigation(.now, municipality, caller)
        navigation.scriptPath = Pages.scriptAddress
        let isWall = query[Pages.wallField] != nil
        // A wall is read from afar: what goes on now fills it.
        let weeks = caller.rights.contains(.figures) && !isWall ? try await self.weeks(municipality, zone ?? caller.zones?.first, navigation, caller) : nil
        func path(_ zone: String?, isWall: Bool) -> String {
            ReportNavigation.address(
                SitePage.now.rawValue,
                fields + (zone.map { [.init(name: "zone", value: $0)] } ?? []) + (isWall ? [.init(name: Pages.wallField, value: "1")] : [])
            )
        }
        let choices = municipality.zones.filter { caller.zones?.contains($0.id) ?? true }
        let page = NowPage(
            municipalityName: municipality.name,
            municipalityNumber: municipality.number,
            board: made.board,
            weeks: weeks,
            zones: [.init(title: caller.zones == nil ? "Alle soner" : "Alle dine soner", path: path(nil, isWall: isWall), isCurrent: zone == nil)]
                + choices.map { .init(title: $0.name, path: path($0.id, isWall: isWall), isCurrent: $0.id == zone) },
            isWall: isWall,
            ownPath: path(zone, isWall: isWall),
            otherPath: path(zone, isWall: !isWall),
            message: withheld?.text,
            messageLink: withheld == .noPurpose ? .init(title: "Velg formål", path: Site.address(PurposeDesk.path, onTo: path(zone, isWall: isWall))) : nil
        )
        return Page(body: Array(page.html(navigation: navigation, style: .linked(Pages.boardStyleAddress)).utf8), position: made.position, shown: made.shown)
    }

    /// Why single alarms are left out of a page for someone who may see them.
    enum Withheld {
        case logDown, noPurpose

        var text: String {
            switch self {
            case .logDown: "Enkeltalarmer vises ikke nå, fordi innsynsloggen ikke kan skrives. Tjenestens logg sier hvorfor."
            case .noPurpose: "Enkeltalarmene vises når du har sagt hvorfor du ser på dem."
            }
        }
    }

    // MARK: The board

    /// The board that the caller may see of the municipality and zone asked for.
    func board(_ query: Query, _ caller: Access.Caller) async throws -> BoardDesk.Made {
        let municipality = try municipality(query, caller)
        let zone = try zone(query, caller, municipality, isOne: false)
        let key = BoardDesk.Key(
            municipality: municipality.number,
            zones: zone.map { [$0] } ?? caller.zones,
            sight: !caller.rights.contains(.moments) ? .devices : caller.rights.contains(.alarms) ? .alarms : .counts,
            isWall: query[Pages.wallField] != nil
        )
        let now = face.now()
        let faults = await boards.faults(face.status(), viewPosition: try views.position(), now: now)
        return try await boards.board(key, now: now) { try make(key, municipality, faults, now) }
    }

    private func silence(_ municipality: ReportedMunicipality, _ now: EventTime) throws -> [LiveBoard.Fault] {
        let last = try views.lastQuarterEnd(municipality: municipality.number)
        return try last.flatMap { now - $0 > (try municipality.silentMillisecondsMax(views: views)) ? [.silent(since: $0)] : nil } ?? []
    }

    private func make(_ key: BoardDesk.Key, _ municipality: ReportedMunicipality, _ faults: [LiveBoard.Fault], _ now: EventTime) throws -> BoardDesk.Made {
        let rows = try views.zonesNow(municipality: municipality.number, now: now)
        let last = try views.lastAlarms(municipality: municipality.number, since: now - Int64(LiveBoard.lastAlarmDaysMax) * TimeRule.dayMilliseconds)
        let zones = (municipality.zones.map(\.id) + [ZonePlan.unknownZone]).filter { id in
            key.zones?.contains(id) ?? (id != ZonePlan.unknownZone || rows[id] != nil)
        }
        let report = face.livenessReport()
        let outages = (report?.outages ?? []).filter { outage in
            outage.name.municipality == municipality.number && zones.contains { outage.zones[$0] != nil }
        }
        var alarms: ViewsReader.Answer<[AlarmRecord]>?
        if key.sight == .alarms {
            let limit = key.isWall ? LiveBoard.wallAlarmsMax : LiveBoard.alarmsMax
            alarms = try views.openAlarmList(municipality: municipality.number, zones: key.zones, limit: limit)
        }
        let board = LiveBoard(
            zones: zones.map { id in
                .init(
                    name: municipality.name(ofZone: id),
                    figures: .init(rows[id] ?? .init(), last[id], report?.zones[.init(municipality: municipality.number, zone: id)])
                )
            },
            outages: outages.map { outage in
                let name = outage.name.scope == .zone ? "sone \(municipality.name(ofZone: outage.name.name))" : "kilde \(outage.name.name)"
                return .init(name: name, devices: outage.devices, since: outage.since)
            },
            sight: key.sight,
            alarms: alarms?.value.map { .init(record: $0, zone: municipality.name(ofZone: $0.zone), path: Pages.path(to: $0)) },
            faults: faults + (try silence(municipality, now)),
            isWall: key.isWall,
            now: now
        )
        let html = board.html
        return BoardDesk.Made(
            board: board,
            html: html,
            event: EventStream.event("tavle", html),
            shown: alarms.flatMap { answer in
                answer.value.isEmpty
                    ? nil
                    : .init(municipality: municipality.number, zones: key.zones, alarms: answer.value.map { .init(source: $0.source, alarm: $0.alarm) })
            },
            position: try alarms?.position ?? views.position()
        )
    }

    /// Where an alarm is told step by step: in the hour in which it was raised.
    static func path(to alarm: AlarmRecord) -> String {
        let (day, milliseconds) = LocalTime.oslo.wallClock(at: alarm.instant)
        let hour = HourOfWeek((day.weekday - 1) * 24 + Int(milliseconds / TimeRule.hourMilliseconds))
        return ReportNavigation.address(
            SitePage.hours.rawValue,
            [
                .init(name: "municipality", value: alarm.municipality), .init(name: "period", value: day.iso),
                .init(name: HourOfWeek.field, value: hour.word), .init(name: "zone", value: alarm.zone),
            ]
        ) + "#alarm-\(alarm.source)-\(alarm.alarm)"
    }

    // MARK: The sentences

    /// What the last four weeks say; without sentences where the report of them could not be made.
    private func weeks(
        _ municipality: ReportedMunicipality,
        _ zone: String?,
        _ navigation: ReportNavigation,
        _ caller: Access.Caller
    ) async throws -> NowPage.Weeks {
        let period = try latestPeriod(municipality)
        let reportPath = navigation.path(at: SitePage.load.rawValue, period: period, zone: zone)
        let report = caller.told(try await plainReport(period, zone, municipality, caller))
        let staffingPath = SitePage.staffing.isOpen(to: caller) ? navigation.path(at: SitePage.staffing.rawValue, period: period, zone: zone) : nil
        return .init(headlines: report.headlines, period: period, reportPath: reportPath, staffingPath: staffingPath)
    }

    /// The report of a period without what goals, years to come and comparisons add.
    func plainReport(_ period: ReportPeriod, _ zone: String?, _ municipality: ReportedMunicipality, _ caller: Access.Caller) async throws -> Report {
        let question = ReportDesk.Question(
            municipality: municipality.number,
            revision: registry.current.revision,
            period: period,
            zone: zone,
            extent: [],
            staffing: SitePage.now.staffing,
            readerZones: caller.zones
        )
        return try await report(question, municipality)
    }
}

extension LiveBoard.Figures {
    fileprivate init(_ now: ViewsReader.ZoneNow, _ lastAlarm: EventTime?, _ devices: LivenessReport.Figures?) {
        self.init()
        openAlarms = now.openAlarms
        openResponses = now.openResponses
        waiting = now.waiting
        waitingSince = now.waitingSince
        lastDay = now.lastDay
        self.lastAlarm = lastAlarm
        signalsLastHour = now.signalsLastHour
        guard let devices else { return }
        silentDevices =
            devices.watched > 0
            ? .init(all: devices.overdue, inOutage: devices.inOutage, unknown: devices.unknown, watched: devices.watched) : nil
        batteriesLow = devices.batteryLow
    }
}
