import Workload

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
    /// The live board as HTML, and the script that keeps it fresh; nil for none.
    package var board: String?
    package var scriptPath: String?
    /// Who has logged in, and what the form that logs out must bring; nil for none.
    package var account: Account?
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
    package func path(period: ReportPeriod, zone: String?) -> String {
        var query = fields + [Field(name: "period", value: period.description)]
        if let zone { query.append(Field(name: "zone", value: zone)) }
        return path + "?" + query.map { "\(encoded($0.name))=\(encoded($0.value))" }.joined(separator: "&")
    }

    /// Where the cells and alarms behind an indicator's figure are told.
    func lineagePath(_ report: Report, framework: String, goal: String, indicator: String) -> String {
        let zone = report.selectedZone.map { "&zone=\(encoded($0.id))" } ?? ""
        return "/api/v1/goals/" + [framework, goal, indicator].map(encoded).joined(separator: "/")
            + "/lineage?municipality=\(report.municipalityNumber)&from=\(report.period.firstDay.iso)&to=\(report.period.endDay.iso)\(zone)"
    }

    /// Percent-encodes all but RFC 3986's unreserved characters.
    private func encoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 48...57, 65...90, 97...122, 45, 46, 95, 126: bytes.append(byte)
            default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension ReportNavigation {
    func view(_ report: Report) -> View {
        let zone = report.selectedZone?.id
        let latest = report.coverage.days?.upperBound ?? report.period.firstDay
        let kinds: [(ReportPeriod.Kind, String)] = [
            (.day, "Dag"), (.week, "Uke"), (.month, "Måned"), (.quarter, "Kvartal"), (.year, "År"),
            (.fourWeeks, "Fire uker"),
        ]
        let previous = report.period.previous
        let next = report.period.next
        let hasNext = report.provenance.dataUntil.map { next.bounds().lowerBound < $0 } ?? false
        let choices = report.configuredZones.filter { zones?.contains($0.id) ?? true }
        let all: [View] = canChooseAllZones ? [["id": "", "name": "Alle soner", "isSelected": zone == nil]] : []
        return [
            "message": message.orHidden, "board": board.orHidden, "action": path, "period": report.period.description,
            "fields": fields.map { ["name": $0.name, "value": $0.value] as View },
            "zones": all + choices.map { ["id": $0.id, "name": $0.name, "isSelected": $0.id == zone] as View },
            "previous": ["path": path(period: previous, zone: zone), "title": previous.title] as View,
            "next": hasNext ? ["path": path(period: next, zone: zone), "title": next.title] as View : false,
            "kinds": kinds.map { kind, title in
                [
                    "path": path(period: ReportPeriod(kind, containing: latest), zone: zone), "title": title,
                    "isCurrent": kind == report.period.kind,
                ] as View
            },
            "hasDownloads": !downloads.isEmpty, "downloads": downloads.map(\.view),
        ]
    }
}

extension ReportNavigation.Link {
    var view: View { ["title": title, "path": path, "isCurrent": isCurrent] }
}
