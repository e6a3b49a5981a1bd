import Accounts
import HTTPTypes
import Reports
import Store
import Strategy
import Telemetry
import Workload

/// What a figure on the pages was made of.
extension Pages {
    /// Alarms of a lineage on a page.
    private static let lineageAlarmsMax = 200
    /// The place of an indicator among the goals, in an address.
    static let indicatorFields = [Report.frameworkField, Report.goalField, Report.indicatorField]

    func lineage(_ query: Query, _ caller: Access.Caller, withheld: Withheld?) async throws -> Page {
        let municipality = try municipality(query, caller)
        let zone = try zone(query, caller, municipality)
        let asked = AskedPeriod(query, caller, now: face.now())
        let period = try asked.period ?? caller.period(latestPeriod(municipality), now: face.now())
        let place = Pages.indicatorFields.map { query[$0] ?? "" }
        guard let goals = municipality.goals, let indicator = goals.indicator(at: place) else {
            throw Problem(status: .notFound, detail: "\(municipality.name) har ingen indikator på denne adressen: gå fra siden Mål.")
        }
        let mayList = caller.rights.contains(.alarms)
        let (answer, shown) = try municipality.lineageAnswer(
            place,
            indicator,
            period: period,
            zone: zone,
            reach: .init(mayList: mayList, zones: caller.zones, after: nil, alarmsMax: Pages.lineageAlarmsMax),
            views: views.frozen(),
            now: face.now()
        )
        let navigation = navigation(.lineage, municipality, caller)
        let fields = zip(Pages.indicatorFields, place).prefix(2).map { ($0, $1) }
        let page = LineagePage(
            answer,
            municipality: (municipality.name, municipality.number),
            zoneName: zone.map(municipality.name(ofZone:)),
            links: (
                goals: navigation.path(at: SitePage.goals.rawValue, period: period, zone: zone, Dictionary(uniqueKeysWithValues: fields)),
                json: Report.lineagePath(place, answer.scope), hours: navigation.path(at: SitePage.hours.rawValue, period: period, zone: zone)
            ),
            message: withheld?.text ?? asked.message
        ) { (path: Pages.path(to: $0), zone: municipality.name(ofZone: $0.zone)) }
        return Page(
            body: Array(page.html(navigation: navigation, style: .linked(Pages.styleAddress)).utf8),
            position: answer.position,
            shown: mayList && !shown.isEmpty
                ? .init(
                    municipality: municipality.number,
                    zones: zone.map { [$0] } ?? caller.zones,
                    alarms: shown.map { .init(source: $0.source, alarm: $0.alarm) }
                )
                : nil,
            status: asked.message == nil ? .ok : .badRequest
        )
    }
}

extension Goals {
    /// The indicator at the ids of framework, goal and indicator; nil where there is none.
    func indicator(at place: [String]) -> Indicator? {
        frameworks.first { $0.id == place[0] }?.goals.first { $0.id == place[1] }?.indicators.first { $0.id == place[2] }
    }
}
