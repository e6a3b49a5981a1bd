import Accounts
import Hummingbird
import Reports
import Store
import Telemetry
import Workload

/// Data quality, and reading again what was refused.
extension Pages {
    static let replayPath = "/datakvalitet/prov-igjen"
    private static let cursorField = "etter"

    func quality(_ query: Query, _ caller: Access.Caller) async throws -> Page {
        let municipality = try municipality(query, caller)
        let number = municipality.number
        let ledgers = try views.ledgers(municipality: number)
        let status = face.status()
        var page = QualityPage(
            municipality: "\(municipality.name) kommune (\(number))",
            service: .init(
                journalPosition: status.journalPosition,
                viewPosition: ledgers.position,
                isConnected: status.isReady,
                canaries: status.canaries,
                lanesStuck: status.lanesStuck,
                problem: status.problem
            ),
            signals: try signals(of: municipality, now: face.now()),
            ledgers: ledgers.value.map(\.record),
            now: face.now()
        )
        page.unknownZones = try views.unknownZones(municipality: number).map { ($0.zone, $0.count) }
        let registered = Set(municipality.devices.map(\.device))
        page.unregisteredDevices = try views.deviceDays(municipality: number).keys.count { !registered.contains($0) }
        page.refusals = try views.refusals(municipality: number).map {
            .init(source: Pages.source(of: $0.topic), reason: $0.reason, count: $0.count, first: $0.first, last: $0.last)
        }
        let navigation = navigation(.quality, municipality, caller)
        try addRefused(to: &page, number, query, navigation)
        addReplay(to: &page, caller)
        return Page(body: Array(page.html(navigation: navigation, style: .linked(Pages.styleAddress)).utf8), position: ledgers.position)
    }

    private func signals(of municipality: ReportedMunicipality, now: EventTime) throws -> QualityPage.Signals {
        let today = LocalTime.oslo.day(at: now)
        let end = LocalTime.oslo.instant(today)
        let start = LocalTime.oslo.instant(today.advanced(by: -QualityPage.signalDays))
        let cells = try views.loadCells(municipality: municipality.number, from: start, to: end).value
        let known = try views.dataBounds(municipality: municipality.number).map { max(start, $0.lowerBound)..<max(end, $0.lowerBound) }
        let expectsSigns = try municipality.expectsSigns(views: views)
        return .init(
            lastHeard: try views.lastQuarterEnd(municipality: municipality.number),
            silentDays: known.map { LocalTime.oslo.silentDays(of: cells.cells, quiet: cells.quiet, in: $0, expectsSigns: expectsSigns) } ?? [],
            silentMillisecondsMax: try municipality.silentMillisecondsMax(views: views)
        )
    }

    private func addRefused(to page: inout QualityPage, _ municipality: String, _ query: Query, _ navigation: ReportNavigation) throws {
        var place: (position: Int64, index: Int)?
        if let text = query[Pages.cursorField] {
            let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { Query.number($0) }
            guard parts.count == 2, let position = parts[0], let index = parts[1] else { throw API.badCursor }
            place = (position, Int(index))
        }
        let rows = try views.quarantine(municipality: municipality, after: place).value
        page.isFirstPage = place == nil
        page.refused = rows.map {
            .init(
                position: $0.position,
                index: $0.index,
                received: $0.received,
                source: Pages.source(of: $0.topic),
                reason: $0.reason,
                id: $0.id,
                excerpt: $0.excerpt
            )
        }
        if rows.count == ViewsReader.quarantinePage, let last = rows.last {
            let field = ReportNavigation.Field(name: Pages.cursorField, value: "\(last.position).\(last.index)")
            page.nextPath = ReportNavigation(path: navigation.path, fields: navigation.fields + [field]).address + "#karantene"
        }
    }

    /// The source that a topic names, else the topic itself.
    private static func source(of topic: String) -> String {
        if case .topic(let read) = Topic.read(topic) { read.source } else { topic }
    }

    private func addReplay(to page: inout QualityPage, _ caller: Access.Caller) {
        guard let replay = face.replay else { return }
        let progress = replay.progress()
        page.lastReplay = progress.last.map { .init(endedAt: $0.endedAt, by: Pages.shortName($0.who), counts: $0.counts) }
        if let running = progress.running {
            page.replay = .running(since: running.since, by: Pages.shortName(running.who))
        } else {
            page.replay = .possible(formToken: caller.session.map(Secret.formToken), path: Pages.replayPath)
        }
    }

    /// A name as people know it: `account:kari` and `oidc:kari` are Karis.
    static func shortName(_ who: String) -> String {
        let prefix = [Access.Caller.accountPrefix, Access.Caller.visitPrefix].first(where: who.hasPrefix)
        return String(who.dropFirst(prefix?.count ?? 0))
    }
}

extension Site {
    /// The form that has refused messages read again. What it changes concerns all municipalities alike, and harms none.
    func replay(_ request: Request) async throws -> Response {
        let caller = try access.caller(of: request, now: face.now())
        let form = try await form(of: request)
        if let session = caller.session { try Site.check(form, session) }
        let municipality = try pages.municipality(form, caller)
        guard SitePage.quality.isOpen(to: caller) else { throw Problem.forbidden }
        guard let replay = face.replay else { throw Problem(status: .notImplemented, detail: "Use vaktlast quarantine replay while the service is stopped.") }
        // Asked for twice, it is done once.
        _ = replay.begin(caller.name)
        return seeOther(ReportNavigation(path: QualityPage.path, fields: [.init(name: "municipality", value: municipality.number)]).address + "#karantene")
    }

    /// Where a browser goes on after a form.
    func seeOther(_ path: String) -> Response {
        var response = response([], Pages.htmlType, status: .seeOther)
        response.headers[.location] = path
        return response
    }
}
