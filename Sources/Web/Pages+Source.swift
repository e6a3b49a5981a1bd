import Reports
import Store
import Telemetry
import Workload

/// The start page of an alarm central: what came from its own source.
extension Pages {
    private static let refusedMax = 50

    func source(_ query: Query, _ caller: Access.Caller) throws -> Page {
        let municipality = try municipality(query, caller)
        guard let source = caller.source else { throw Problem.forbidden }
        let ledgers = try views.ledgers(municipality: municipality.number)
        let page = SourcePage(
            municipality: "\(municipality.name) kommune (\(municipality.number))",
            ledger: ledgers.value.map(\.record).first { $0.source == source } ?? LedgerRecord(municipality: municipality.number, source: source),
            lastAlarm: try views.lastAlarm(municipality: municipality.number, source: source),
            refused: try views.newestRefused(municipality: municipality.number, source: source, limit: Pages.refusedMax).map {
                .init(position: $0.position, received: $0.received, reason: $0.reason, id: $0.id)
            },
            apiPath: "/api/v1/\(Route.sources.rawValue)?municipality=\(municipality.number)",
            now: face.now()
        )
        let html = page.page.html(navigation: navigation(.source, municipality, caller), style: .linked(Pages.styleAddress))
        return Page(body: Array(html.utf8), position: ledgers.position)
    }
}
