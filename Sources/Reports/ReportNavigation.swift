import Telemetry
package import Workload

/// What the web page shows around a report: links and a period picker. A file has none.
package struct ReportNavigation: Sendable {
    package struct Link: Equatable, Sendable {
        package var title: String
        package var path: String
        package var isCurrent: Bool

        package init(title: String, path: String, isCurrent: Bool = false) {
            self.title = title
            self.path = path
            self.isCurrent = isCurrent
        }
    }

    /// A query parameter carried along unchanged.
    package struct Field: Equatable, Sendable {
        package var name: String
        package var value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    package struct Account: Equatable, Sendable {
        package var name: String
        package var formToken: String
        /// Where the form is sent.
        package var logoutPath: String

        package init(name: String, formToken: String, logoutPath: String) {
            self.name = name
            self.formToken = formToken
            self.logoutPath = logoutPath
        }
    }

    /// The site's pages, for the bar at the top.
    package var pages: [Link] = []
    /// The same page of other municipalities.
    package var links: [Link]
    /// The path of this page without query; the form goes there with `period` and `zone`.
    package var path: String
    /// Carried along, such as `municipality`.
    package var fields: [Field]
    /// The same report in other formats.
    package var downloads: [Link]
    /// Shown above the form, e.g. when a period was not understood.
    package var message: String?
    /// Where in the page what the message says can be mended: a form's anchor.
    package var messageForm: String?
    /// The script that adds to the page; nil for none.
    package var scriptPath: String?
    /// Where the hours behind the heat map are told, and staffing; nil where the reader has no such pages.
    package var hoursPath: String?
    package var staffingPath: String?
    /// Who has logged in, and what the form that logs out must bring; nil for none.
    package var account: Account?
    /// The kinds of period that the reader may choose among.
    package var kinds = ReportPeriod.Kind.offered
    /// The last day that a period offered to the reader may begin on; nil for any with data.
    package var lastDay: LocalTime.Day?
    /// Zones the reader may choose among; nil for all configured.
    package var zones: [String]?
    /// May all zones be chosen together?
    package var canChooseAllZones: Bool

    package init(
        path: String,
        fields: [Field] = [],
        links: [Link] = [],
        downloads: [Link] = [],
        message: String? = nil,
        zones: [String]? = nil,
        canChooseAllZones: Bool = true
    ) {
        self.path = path
        self.fields = fields
        self.links = links
        self.downloads = downloads
        self.message = message
        self.zones = zones
        self.canChooseAllZones = canChooseAllZones
    }

    /// The address of the same page for another period.
    package func path(period: ReportPeriod, zone: String?) -> String { path(at: path, period: period, zone: zone) }

    /// The address of another page with what is carried along, of a period and zone, and more fields.
    package func path(at path: String, period: ReportPeriod, zone: String?, _ more: [String: String] = [:]) -> String {
        var query = fields + [Field(name: "period", value: period.description)]
        if let zone { query.append(Field(name: "zone", value: zone)) }
        query += more.sorted { $0.key < $1.key }.map { Field(name: $0.key, value: $0.value) }
        return ReportNavigation.address(path, query)
    }

    /// A path with fields behind it.
    package static func address(_ path: String, _ fields: [Field]) -> String {
        fields.isEmpty ? path : path + "?" + fields.map { "\($0.name.percentEncoded)=\($0.value.percentEncoded)" }.joined(separator: "&")
    }
}

extension ReportNavigation {
    func view(_ report: Report) -> View {
        view(
            .init(
                period: report.period,
                zone: report.selectedZone?.id,
                zones: report.configuredZones,
                latestDay: report.coverage.days?.upperBound,
                dataUntil: report.provenance.dataUntil
            )
        )
    }

    /// What a period picker begins with.
    struct Picked {
        var period: ReportPeriod
        /// Nil for all.
        var zone: String?
        /// All that are configured.
        var zones: [ReportInput.Zone]
        /// The last day with data in the period; nil without.
        var latestDay: LocalTime.Day?
        var dataUntil: EventTime?
    }

    func view(_ picked: Picked) -> View {
        let (period, zone) = (picked.period, picked.zone)
        let told = picked.latestDay ?? period.firstDay
        let latest = lastDay.map { min($0, told) } ?? told
        let previous = period.previous
        let next = period.next
        // Of 28 days that move with the day only such as have come to their end are offered.
        let nextFrom = period.kind == .fourWeeks ? next.endDay.advanced(by: -1) : next.firstDay
        let isNextOpen = lastDay.map { next.firstDay <= $0 } ?? true
        let hasNext = isNextOpen && picked.dataUntil.map { LocalTime.oslo.instant(nextFrom) < $0 } ?? false
        let day = period.days.contains(latest) ? latest : period.firstDay
        // Days to come have no figures.
        let dayWithData = picked.dataUntil.map { LocalTime.oslo.day(at: $0) } ?? LocalTime.Day(year: ReportPeriod.years.upperBound, month: 12, day: 31)
        let dayMax = max(day, lastDay.map { min($0, dayWithData) } ?? dayWithData)
        let choices = picked.zones.filter { zones?.contains($0.id) ?? true }
        let all: [View] = canChooseAllZones ? [["id": "", "name": "Alle soner", "isSelected": zone == nil]] : []
        return [
            "message": message.orHidden, "messageForm": messageForm.orHidden, "action": path, "period": period.description, "zone": zone.orHidden,
            "day": day.iso, "lastDay": dayMax.iso,
            "choices": kinds.map { ["word": $0.word, "title": $0.title, "isCurrent": $0 == period.kind] as View },
            "fields": fields.map { ["name": $0.name, "value": $0.value] as View },
            "zones": all + choices.map { ["id": $0.id, "name": $0.name, "isSelected": $0.id == zone] as View },
            "previous": ["path": path(period: previous, zone: zone), "title": previous.title] as View,
            "next": hasNext ? ["path": path(period: next, zone: zone), "title": next.title] as View : false,
            "kinds": kinds.map { kind in
                [
                    "path": path(period: ReportPeriod(kind, containing: latest), zone: zone), "title": kind.title,
                    "isCurrent": kind == period.kind,
                ] as View
            },
            "hasDownloads": !downloads.isEmpty, "downloads": downloads.map(\.view),
        ]
    }
}

extension ReportNavigation {
    /// In the foot of every page: what the figures mean, and the accessibility statement.
    package static let footLinks = [Link(title: "Hjelp: hva tallene betyr", path: Glossary.path), Link(title: "Tilgjengelighet", path: AccessibilityPage.path)]
}

extension ReportNavigation? {
    /// A text for the template `pieces`: where it says «Se Bemanning.», or names another page of the bar so, that leads there, to the same period
    /// and zone. A file has no other pages, and no reader a link to a page that is not his.
    func pieces(of text: String) -> [View] {
        for page in self?.pages ?? [] where !page.isCurrent {
            guard let found = text.firstRange(of: "Se \(page.title).") else { continue }
            let link: View = ["text": String(text[found]), "path": page.path]
            return pieces(of: String(text[..<found.lowerBound])) + [link] + pieces(of: String(text[found.upperBound...]))
        }
        return text.isEmpty ? [] : [["text": text, "path": false]]
    }
}

/// A text some parts of which are links.
let piecesTemplate = """
    {{#pieces}}{{#path}}<a href="{{path}}">{{text}}</a>{{/path}}{{^path}}{{text}}{{/path}}{{/pieces}}
    """

extension ReportNavigation.Link {
    var view: View { ["title": title, "path": path, "isCurrent": isCurrent] }
}
