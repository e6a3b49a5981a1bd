import Accounts
import Foundation
import Hummingbird
import Reports
import Staffing
import Store
import Telemetry
import Workload

/// The pages for people, in bokmål. Each is made on the server; the script only keeps the live board fresh.
struct Pages: Sendable {
    static let htmlType = "text/html; charset=utf-8"
    static let security =
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

    struct Page {
        var body: [UInt8]
        var type = Pages.htmlType
        var position: Int64?
        var security = Pages.security
    }

    static let styleAddress = "/stil.css"
    static let scriptAddress = "/na.js"
    static let boardAddress = "/na"

    let face: ServiceFace
    let views: ViewsReader
    let registry: RegistryBoard
    let staffing: StaffingDesk

    private var municipalities: [ReportedMunicipality] { registry.current.municipalities }

    /// The page at an address; nil where there is none.
    func page(_ path: String, _ query: Query, _ caller: Access.Caller) async throws -> Page? {
        switch path {
        case "/", "/belastning": return try await report(path, query, caller)
        case Pages.boardAddress: return try board(query, caller)
        default: return nil
        }
    }

    /// What the pages refer to; the same for everyone, so that also a refusal has its looks.
    static func sheet(_ path: String) -> Page? {
        switch path {
        case styleAddress: Page(body: Array(Report.styleSheet.utf8), type: "text/css; charset=utf-8")
        case scriptAddress: Page(body: Array(script.utf8), type: "text/javascript; charset=utf-8")
        default: nil
        }
    }

    private func municipality(_ query: Query, _ caller: Access.Caller) throws(Problem) -> ReportedMunicipality {
        let visible = municipalities.filter { caller.mayRead(municipality: $0.number) }
        guard let number = query["municipality"] else {
            guard let first = visible.first else {
                throw Problem(
                    status: .notFound,
                    detail: "Ingen kommune er satt opp ennå: legg en mappe med municipality.yaml i config/municipalities."
                )
            }
            return first
        }
        guard let found = visible.first(where: { $0.number == number }) else { throw .forbidden }
        return found
    }

    // MARK: - The report

    /// The report of the page with the same query, as a file with a name of its own.
    func file(_ file: ReportFile, _ query: Query, _ caller: Access.Caller) async throws -> (bytes: [UInt8], name: String, position: Int64) {
        let municipality = try municipality(query, caller)
        let zone = try zone(query, caller, municipality)
        let period: ReportPeriod
        do { period = try ReportPeriod(query["period"] ?? "") } catch { throw Problem.badParameter("period", "\(error)") }
        var input = try municipality.reportInput(period: period, zone: zone, views: views, now: face.now())
        input.staffing = try await analysis(municipality, period, zone)
        let bytes = try await file.bytes(of: Report(input), pdf: face.pdf)
        return (bytes, "vaktlast-\(municipality.number)-\(period)\(zone.map { "-\($0)" } ?? "").\(file.rawValue)", input.position)
    }

    private func report(_ path: String, _ query: Query, _ caller: Access.Caller) async throws -> Page {
        let municipality = try municipality(query, caller)
        let zone = try zone(query, caller, municipality)
        var message: String?
        var period = ReportPeriod(.fourWeeks, containing: LocalTime.oslo.day(at: face.now()))
        if let text = query["period"] {
            do { period = try ReportPeriod(text) } catch { message = error.bokmal }
        }
        var input = try municipality.reportInput(period: period, zone: zone, views: views, now: face.now())
        input.staffing = try await analysis(municipality, period, zone)
        var navigation = ReportNavigation(
            path: path,
            fields: [.init(name: "municipality", value: municipality.number)],
            links: links(municipality, caller),
            message: message,
            zones: caller.zones,
            canChooseAllZones: caller.zones == nil
        )
        navigation.downloads = ReportFile.allCases.filter { $0 != .pdf || face.pdf != nil }.map { file in
            let address = ReportNavigation(path: ReportFile.path + file.rawValue, fields: navigation.fields).path(period: period, zone: zone)
            return .init(title: file.title, path: address)
        }
        navigation.account = caller.session.map {
            .init(name: String(caller.name.trimmingPrefix("account:")), formToken: Secret.formToken(of: $0), logoutPath: LoginDesk.logoutPath)
        }
        navigation.board = try boardHTML(municipality, caller)
        navigation.scriptPath = Pages.scriptAddress
        let html = Report(input).html(navigation: navigation, style: .linked(Pages.styleAddress))
        return Page(body: Array(html.utf8), position: input.position)
    }

    /// Load against staffing; nil where it takes too long for a page, which then tells the rest.
    private func analysis(_ municipality: ReportedMunicipality, _ period: ReportPeriod, _ zone: String?) async throws -> StaffingAnalysis? {
        guard municipality.roster != nil else { return nil }
        let input = try municipality.staffingInput(period: period.bounds(), zones: zone.map { [$0] }, views: views, now: face.now())
        do { return try await staffing.analysis(input, effort: .page) } catch is StaffingDesk.Refusal { return nil }
    }

    private func zone(_ query: Query, _ caller: Access.Caller, _ municipality: ReportedMunicipality) throws(Problem) -> String? {
        if let asked = try query.zone() {
            guard municipality.zones.contains(where: { $0.id == asked }) || asked == ZonePlan.unknownZone else {
                throw .badParameter("zone", "\(municipality.name) has no zone «\(asked)»")
            }
            if let allowed = caller.zones, !allowed.contains(asked) { throw .forbidden }
            return asked
        }
        // Who is bound to zones sees one at a time.
        return caller.zones?.first
    }

    private func links(_ current: ReportedMunicipality, _ caller: Access.Caller) -> [ReportNavigation.Link] {
        let visible = municipalities.filter { caller.mayRead(municipality: $0.number) }
        guard visible.count > 1 else { return [] }
        return visible.map {
            .init(title: $0.name, path: "/?municipality=\($0.number)", isCurrent: $0.number == current.number)
        }
    }

    // MARK: - The live board

    private func board(_ query: Query, _ caller: Access.Caller) throws -> Page {
        let municipality = try municipality(query, caller)
        return Page(body: Array(try boardHTML(municipality, caller).utf8))
    }

    private func boardHTML(_ municipality: ReportedMunicipality, _ caller: Access.Caller) throws -> String {
        let now = face.now()
        let rows = try views.zonesNow(municipality: municipality.number, now: now)
        let zones = municipality.zones.map { ($0.id, $0.name) } + [(ZonePlan.unknownZone, "Ukjent sone")]
        let shown = zones.filter { id, _ in
            caller.zones?.contains(id) ?? (id != ZonePlan.unknownZone || rows[id] != nil)
        }
        let report = face.livenessReport()
        let names = Dictionary(zones.map { ($0.0, $0.1) }) { first, _ in first }
        let outages = (report?.outages ?? []).filter { outage in
            outage.name.municipality == municipality.number && shown.contains { outage.zones[$0.0] != nil }
        }
        return LiveBoard.html(
            rows: shown.map { id, name in
                .init(zone: name, rows[id] ?? .init(), report?.zones[.init(municipality: municipality.number, zone: id)])
            },
            outages: outages.map { outage in
                let name = outage.name.scope == .zone ? "sone \(names[outage.name.name] ?? outage.name.name)" : "kilde \(outage.name.name)"
                return .init(name: name, devices: outage.devices, since: outage.since)
            },
            now: now
        )
    }

    /// Takes the place of reading the page again: asks for the board alone, every two seconds.
    private static let script = """
        "use strict";
        (function () {
          var board = document.getElementById("na");
          if (!board) return;
          var address = "\(boardAddress)" + window.location.search;
          window.setInterval(function () {
            if (document.hidden) return;
            fetch(address, { credentials: "same-origin" })
              .then(function (answer) { return answer.ok ? answer.text() : Promise.reject(answer.status); })
              .then(function (text) { board.innerHTML = text; })
              .catch(function () { board.querySelectorAll("[data-state]").forEach(function (n) { n.textContent = "uten kontakt med tjenesten"; }); });
          }, 2000);
        })();
        """
}

extension LiveBoard.Row {
    fileprivate init(zone: String, _ now: ViewsReader.ZoneNow, _ devices: LivenessReport.Figures?) {
        var figures = LiveBoard.Figures()
        figures.openAlarms = now.openAlarms
        figures.openResponses = now.openResponses
        figures.waitingSince = now.waitingSince
        figures.lastDay = now.lastDay
        figures.signalsLastHour = now.signalsLastHour
        if let devices {
            figures.silentDevices =
                devices.watched > 0
                ? .init(all: devices.overdue, inOutage: devices.inOutage, unknown: devices.unknown, watched: devices.watched) : nil
            figures.batteriesLow = devices.batteryLow
        }
        self.init(zone: zone, figures: figures)
    }
}
