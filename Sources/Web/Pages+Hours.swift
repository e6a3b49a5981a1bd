import Accounts
import HTTPTypes
import Reports
import Store
import Telemetry
import Workload

/// What is behind a cell of the heat map.
extension Pages {
    func hours(_ query: Query, _ caller: Access.Caller, withheld: Withheld?) async throws -> Page {
        let municipality = try municipality(query, caller)
        let zone = try zone(query, caller, municipality)
        let asked = AskedPeriod(query, caller, now: face.now())
        let period = try asked.period ?? caller.period(latestPeriod(municipality), now: face.now())
        // Which hour has most would tell of one whose figures are withheld.
        let busiest = caller.rights.contains(.moments) ? try municipality.busiestHour(period, zones: zone.map { [$0] }, views: views) : nil
        let hour = try self.hour(query) ?? busiest ?? HourOfWeek(8)
        let figures = try municipality.hourFigures(
            hour,
            period,
            zones: zone.map { [$0] },
            includesAlarms: caller.rights.contains(.alarms),
            alarmZones: caller.zones,
            views: views,
            now: face.now()
        )
        let alarms = figures.alarms.map { Array($0.prefix(HourPage.alarmsMax)) }
        let navigation = navigation(.hours, municipality, caller)
        func path(_ number: Int, _ zone: String?) -> String {
            let hour = HourOfWeek((number + PeriodGrid.hoursOfWeek) % PeriodGrid.hoursOfWeek)
            return navigation.path(at: SitePage.hours.rawValue, period: period, zone: zone, [HourOfWeek.field: hour.word])
        }
        let choices = municipality.zones.filter { caller.zones?.contains($0.id) ?? true }
        let all: [ReportNavigation.Link] = caller.zones == nil ? [.init(title: "Alle soner", path: path(hour.number, nil), isCurrent: zone == nil)] : []
        let page = HourPage(
            municipalityName: municipality.name,
            municipalityNumber: municipality.number,
            zoneName: zone.map(municipality.name(ofZone:)),
            period: period,
            hour: hour,
            coveredQuarters: figures.coveredQuarters,
            quarters: figures.quarters,
            isSummed: !caller.rights.contains(.moments),
            alarms: alarms?.map { .init(record: $0, zone: municipality.name(ofZone: $0.zone)) },
            alarmsLeftOut: (figures.alarms?.count ?? 0) - (alarms?.count ?? 0),
            links: .init(
                before: path(hour.number - 1, zone),
                after: path(hour.number + 1, zone),
                report: navigation.path(at: SitePage.load.rawValue, period: period, zone: zone),
                zones: all + choices.map { .init(title: $0.name, path: path(hour.number, $0.id), isCurrent: $0.id == zone) }
            ),
            message: withheld?.text ?? asked.message
        )
        var shown: API.Shown?
        if let alarms, !alarms.isEmpty {
            shown = .init(
                municipality: municipality.number,
                zones: zone.map { [$0] } ?? caller.zones,
                alarms: alarms.map { .init(source: $0.source, alarm: $0.alarm) }
            )
        }
        return Page(
            body: Array(page.html(navigation: navigation, style: .linked(Pages.styleAddress)).utf8),
            position: figures.position,
            shown: shown,
            status: asked.message == nil ? .ok : .badRequest
        )
    }

    private func hour(_ query: Query) throws(Problem) -> HourOfWeek? {
        guard let word = query[HourOfWeek.field] else { return nil }
        guard let hour = HourOfWeek(word) else {
            throw .badParameter(HourOfWeek.field, "is an hour of the week: the day 1–7, Monday first, and the hour 00–23, e.g. \(HourOfWeek.field)=5-08")
        }
        return hour
    }
}

/// The period that a page was asked for.
struct AskedPeriod {
    /// Nil where none was asked for, or none that can be read.
    var period: ReportPeriod?
    /// What of it was not understood, for the reader.
    var message: String?
    /// It was chosen by kind and day, and has a shorter address. A day alone is no choice: the form of realised benefits has one too.
    var isChosen = false

    /// The message, and of which period the page tells instead.
    func message(insteadOf shown: ReportPeriod) -> String? { message.map { "\($0) Under står \(shown.title)." } }

    init(_ query: Query, _ caller: Access.Caller, now: EventTime) {
        if query[ReportPeriod.kindField] != nil {
            do {
                period = try ReportPeriod(kind: query[ReportPeriod.kindField], day: query[ReportPeriod.dayField])
                isChosen = true
            } catch { message = error.bokmal }
        } else if let text = query["period"] {
            do { period = try ReportPeriod(text) } catch { message = error.bokmal }
        }
        if let asked = period, !caller.maySee(asked, now: now) { (period, message, isChosen) = (nil, Problem.sumsAloneBokmal, false) }
        if let asked = period, asked.bounds().lowerBound > now { (period, message, isChosen) = (nil, "Perioden \(asked.title) har ikke begynt ennå.", false) }
    }
}
