package import Telemetry
package import Workload

/// One device: its signs of life, faults, battery and places in the registry. Alarms are not on it: whom they are about is
/// nobody's business who mends a device.
package struct SingleDevicePage: Sendable {
    /// A row of the registry.
    package struct Registration: Sendable {
        package var zoneName: String
        package var model: String?
        package var dwelling: String?
        package var step: Int?
        package var from: EventTime?
        package var to: EventTime?

        package init(zoneName: String, model: String?, dwelling: String?, step: Int?, from: EventTime?, to: EventTime?) {
            self.zoneName = zoneName
            self.model = model
            self.dwelling = dwelling
            self.step = step
            self.from = from
            self.to = to
        }
    }

    package var municipality: String
    package var device: DevicePage.Device
    package var registrations: [Registration]
    /// UTC days, the first of them first, and whether it was heard on each.
    package var firstDay: LocalTime.Day
    package var heard: [Bool]
    package var now: EventTime

    package init(
        municipality: String,
        device: DevicePage.Device,
        registrations: [Registration],
        firstDay: LocalTime.Day,
        heard: [Bool],
        now: EventTime
    ) {
        self.municipality = municipality
        self.device = device
        self.registrations = registrations
        self.firstDay = firstDay
        self.heard = heard
        self.now = now
    }

    package func html(navigation: ReportNavigation, style: Report.StylePlacement) -> String {
        let frame = PageFrame(
            title: "Enhet \(device.reference)",
            about: municipality,
            navigation: navigation,
            style: style,
            provenance: "Slik det var \(Norwegian.instant(now, .oslo))."
        )
        let count = heard.count { $0 }
        let silent = heard.indices.filter { !heard[$0] }.map { Norwegian.date(firstDay.advanced(by: $0)) }
        return Templates.render(
            "singleDevicePage",
            frame.view.merging(device.view(now: now)) { $1 }.merging([
                "municipality": municipality, "list": navigation.address, "batteryTime": (device.battery.map { Norwegian.instant($0.readAt, .oslo) }).orHidden,
                "days": "Livstegn på \(count) av de siste \(Norwegian.count(heard.count, "døgn", "døgn")).",
                "silentDays": silent.isEmpty || silent.count > SingleDevicePage.namedDaysMax ? false : Norwegian.list(silent) as Any,
                "strip": heard.indices.map { ["x": "\($0 * 12)", "isHeard": heard[$0]] as View }, "width": "\(heard.count * 12)",
                "hasRegistrations": !registrations.isEmpty,
                "registrations": registrations.map { row in
                    [
                        "zone": row.zoneName, "model": row.model ?? "–", "dwelling": row.dwelling.map(SingleDevicePage.bokmal) ?? "–",
                        "step": row.step.map { "\($0)" } ?? "–",
                        "from": row.from.map { Norwegian.instant($0, .oslo) } ?? "fra begynnelsen",
                        "to": row.to.map { Norwegian.instant($0, .oslo) } ?? "fortsatt",
                    ] as View
                },
            ]) { $1 }
        )
    }

    /// The registry's words for homes, as people say them.
    private static func bokmal(dwelling: String) -> String {
        switch dwelling {
        case "own-home": "egen bolig"
        case "municipal-rental": "kommunal utleiebolig"
        case "care-home": "omsorgsbolig"
        case "shared-housing": "bokollektiv"
        case "institution": "institusjon"
        default: dwelling
        }
    }

    /// More silent days than these are counted, not named.
    private static let namedDaysMax = 7
}
