import Accounts
import HTTPTypes
import Reports
import Store
import Strategy
import Telemetry
import Workload

/// What a figure on the pages was made of.
extension Pages {
    /// Alarms of a lineage on a page: with long names, too, it stays under 100 kB.
    private static let lineageAlarmsMax = 150
    /// The place of an indicator among the goals, in an address.
    static let indicatorFields = [Report.frameworkField, Report.goalField, Report.indicatorField]

    func lineage(_ query: Query, _ caller: Access.Caller, withheld: Withheld?) async throws -> Page {
        let municipality = try municipality(query, caller)
        let zone = try zone(query, caller, municipality)
        let asked = AskedPeriod(query, caller, now: face.now())
        let period = try asked.period ?? caller.period(latestPeriod(municipality), now: face.now())
        if let word = query[LoadLineage.Choice.field] {
            return try loadLineage(word, municipality, period, zone, query, caller, message: withheld?.text ?? asked.message)
        }
        let place = Pages.indicatorFields.map { query[$0] ?? "" }
        guard let goals = municipality.goals, let indicator = goals.indicator(at: place) else {
            throw Problem(status: .notFound, detail: "\(municipality.name) har ingen indikator på denne adressen: gå fra siden Mål.")
        }
        let mayList = caller.rights.contains(.alarms)
        let (answer, shown, side) = try municipality.lineageAnswer(
            place,
            indicator,
            period: period,
            zone: zone,
            reach: .init(mayList: mayList, zones: caller.zones, after: nil, side: Pages.side(query), alarmsMax: Pages.lineageAlarmsMax),
            views: views.frozen(),
            now: face.now()
        )
        let navigation = navigation(.lineage, municipality, caller)
        let own = Report.tracePath(place, navigation, period: period, zone: zone)
        let fields = place[0] == Goals.noGoal ? [] : zip(Pages.indicatorFields, place).prefix(2).map { ($0, $1) }
        let page = LineagePage(
            answer,
            municipality: (municipality.name, municipality.number),
            zoneName: zone.map(municipality.name(ofZone:)),
            links: (
                goals: navigation.path(at: SitePage.goals.rawValue, period: period, zone: zone, Dictionary(uniqueKeysWithValues: fields)),
                json: Report.lineagePath(place, answer.scope), load: Pages.loadPath(navigation, period, zone),
                whole: caller.zones == nil ? Report.tracePath(place, navigation, period: period, zone: nil) : nil
            ),
            sides: .init(number: side.number, last: side.last) { "\(own)&\(Pages.sideField)=\($0)" },
            message: withheld?.text ?? asked.message
        ) { municipality.place(of: $0) }
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

    /// The period's load, hour by hour: what figures of time are made of.
    static func loadPath(_ navigation: ReportNavigation, _ period: ReportPeriod, _ zone: String?) -> String {
        navigation.path(at: SitePage.load.rawValue, period: period, zone: zone) + "#belastning"
    }

    /// What the counts of a technology, or of the whole period, were made of.
    private func loadLineage(
        _ word: String,
        _ municipality: ReportedMunicipality,
        _ period: ReportPeriod,
        _ zone: String?,
        _ query: Query,
        _ caller: Access.Caller,
        message: String?
    ) throws -> Page {
        guard let lineage = try municipality.loadLineage(word, period: period, zone: zone, views: views.frozen(), now: face.now()) else {
            throw Problem(status: .notFound, detail: "\(municipality.name) har ingen slik teknologi i perioden: gå fra siden Mål.")
        }
        let navigation = navigation(.lineage, municipality, caller)
        func path(side: Int) -> String {
            let fields = [LoadLineage.Choice.field: word, Pages.sideField: "\(side)"]
            return navigation.path(at: LineagePage.path, period: period, zone: zone, fields)
        }
        func path(_ measure: IndicatorMeasure) -> String {
            Report.tracePath([Goals.noGoal, Goals.noGoal, measure.rawValue], navigation, period: period, zone: zone)
        }
        let mayList = caller.rights.contains(.alarms)
        // Responses go over zones: an alarm of another zone counts, but is shown to nobody who may not see that zone.
        let reachable = lineage.loads.filter { caller.zones?.contains($0.alarm.zone) ?? true }
        let last = max(1, (reachable.count + Pages.lineageAlarmsMax - 1) / Pages.lineageAlarmsMax)
        let side = min(Pages.side(query), last)
        let shown = reachable.dropFirst((side - 1) * Pages.lineageAlarmsMax).prefix(Pages.lineageAlarmsMax)
        let page = LoadLineagePage(
            lineage,
            municipality: (municipality.name, municipality.number),
            zoneName: zone.map(municipality.name(ofZone:)),
            listed: mayList
                ? .alarms(
                    shown,
                    outOfReach: lineage.loads.count - reachable.count,
                    before: side > 1 ? path(side: side - 1) : nil,
                    after: side < last ? path(side: side + 1) : nil
                ) : .notAllowed,
            links: .init(
                goals: navigation.path(at: SitePage.goals.rawValue, period: period, zone: zone),
                load: Pages.loadPath(navigation, period, zone),
                wholeDayCallOuts: path(.callOutsPer100Users),
                wholeDayHours: path(.callOutHoursPer100Users)
            ),
            message: message
        ) { municipality.place(of: $0) }
        return Page(
            body: Array(page.html(navigation: navigation, style: .linked(Pages.styleAddress)).utf8),
            position: lineage.position,
            shown: mayList && !shown.isEmpty
                ? .init(
                    municipality: municipality.number,
                    zones: zone.map { [$0] } ?? caller.zones,
                    alarms: shown.map { .init(source: $0.alarm.source, alarm: $0.alarm.alarm) }
                )
                : nil,
            status: message == nil ? .ok : .badRequest
        )
    }

    /// Which page of a long list of alarms.
    private static let sideField = "side"

    /// The page asked for, from 1; the first where none is.
    private static func side(_ query: Query) -> Int { max(1, query[sideField].flatMap(Query.number).map { Int(clamping: $0) } ?? 1) }
}

extension ReportedMunicipality {
    /// Where an alarm is told, and what its zone and its technology are called.
    fileprivate func place(of alarm: AlarmRecord) -> LineagePage.Place {
        let kind = alarm.device.flatMap { register.kinds[$0] }
        return .init(path: Pages.path(to: alarm), zone: name(ofZone: alarm.zone), technology: kind?.bokmal ?? "ikke registrert")
    }
}
