package import Telemetry
package import Workload

/// What is behind one cell of the heat map: the quarters of an hour of the week over a period, and the alarms in them.
package struct HourPage: Sendable {
    /// One quarter of a zone with something in it.
    package struct Quarter: Sendable {
        package var zone: String
        package var start: EventTime
        package var measures: Measures
        /// Positions at work by the roster; nil without one for the zone.
        package var positions: Double?

        package init(zone: String, start: EventTime, measures: Measures, positions: Double?) {
            (self.zone, self.start, self.measures, self.positions) = (zone, start, measures, positions)
        }
    }

    package struct Alarm: Sendable {
        package var record: AlarmRecord
        package var zone: String

        package init(record: AlarmRecord, zone: String) {
            self.record = record
            self.zone = zone
        }
    }

    package var municipalityName: String
    package var municipalityNumber: String
    /// Nil for all zones.
    package var zoneName: String?
    package var period: ReportPeriod
    package var hour: HourOfWeek
    /// How many quarters of the hour there are data of, whether something happened in them or not.
    package var coveredQuarters: Int
    /// Those with something in them, in order.
    package var quarters: [Quarter]
    /// Told as sums over the period alone, and not those of a few: for a reader who may see no single event.
    package var isSummed: Bool
    /// Raised in the hour, or responded to in it; nil for a reader who may see counts alone.
    package var alarms: [Alarm]?
    /// Beyond those shown.
    package var alarmsLeftOut: Int
    /// The hour before and after, the same hour of other zones or all, and the report.
    package var links: Links
    /// Why single alarms are not shown to a reader who may see them; or what of the address was not understood.
    package var message: String?

    package struct Links: Sendable {
        package var before: String
        package var after: String
        package var report: String
        package var zones: [ReportNavigation.Link]

        package init(before: String, after: String, report: String, zones: [ReportNavigation.Link]) {
            (self.before, self.after, self.report, self.zones) = (before, after, report, zones)
        }
    }

    /// Alarms shown on one page.
    package static let alarmsMax = 80
    /// Sums of fewer alarms or call-outs are withheld from who may see no single one.
    static let countMin = 5
    /// Quarters shown on one page: a quarter of a year of one hour in three zones, of which a page of 100 KB has room.
    package static let quartersMax = 160

    package init(
        municipalityName: String,
        municipalityNumber: String,
        zoneName: String?,
        period: ReportPeriod,
        hour: HourOfWeek,
        coveredQuarters: Int,
        quarters: [Quarter],
        isSummed: Bool = false,
        alarms: [Alarm]?,
        alarmsLeftOut: Int,
        links: Links,
        message: String?
    ) {
        self.municipalityName = municipalityName
        self.municipalityNumber = municipalityNumber
        self.zoneName = zoneName
        self.period = period
        self.hour = hour
        self.coveredQuarters = coveredQuarters
        self.quarters = quarters
        self.isSummed = isSummed
        self.alarms = alarms
        self.alarmsLeftOut = alarmsLeftOut
        self.links = links
        self.message = message
    }

    package func html(navigation: ReportNavigation, style: Report.StylePlacement) -> String {
        let title = "\(hour.title.prefix(1).uppercased())\(hour.title.dropFirst())"
        let frame = PageFrame(title: "\(title) i \(period.title)", about: municipalityName, navigation: navigation, style: style, provenance: "")
        let before = HourOfWeek((hour.number + PeriodGrid.hoursOfWeek - 1) % PeriodGrid.hoursOfWeek)
        let after = HourOfWeek((hour.number + 1) % PeriodGrid.hoursOfWeek)
        return Templates.render(
            "hourPage",
            frame.view.merging([
                "municipality": "\(municipalityName) kommune (\(municipalityNumber))", "hour": title, "zoneTitle": zoneName ?? "alle soner",
                "periodTitle": period.title, "message": message.orHidden, "sentences": sentences,
                "empty": (quarters.isEmpty ? emptyText("Ingen alarmer eller utrykninger i denne timen.") : nil).orHidden, "isSummed": isSummed,
                "before": ["path": links.before, "title": before.title] as View, "after": ["path": links.after, "title": after.title] as View,
                "report": links.report, "zoneLinks": links.zones.map(\.view), "hasZoneLinks": links.zones.count > 1, "hasZones": zoneName == nil,
                "rows": quarters.prefix(HourPage.quartersMax).map(row),
                "moreQuarters": quarters.count > HourPage.quartersMax
                    ? "\(Norwegian.count(quarters.count - HourPage.quartersMax)) kvarter til er ikke vist. Velg en kortere periode eller én sone." : false,
                "alarms": alarms.map(alarmsView).orHidden, "seesCounts": alarms == nil && !isSummed,
            ]) { $1 }
        )
    }

    // MARK: Words

    private static let noData = "Det er ingen data fra denne timen i perioden."

    /// Why a section is empty: that there was nothing is said only where there are data of the hour.
    private func emptyText(_ nothing: String) -> String { coveredQuarters > 0 ? nothing : HourPage.noData }

    private var sentences: [String] {
        guard coveredQuarters > 0 else { return [HourPage.noData] }
        let hours = Double(coveredQuarters) / Double(PeriodGrid.quartersPerHour)
        let response = quarters.reduce(0) { $0 + $1.measures.responseMs }
        let covered = "Timen forekommer \(Norwegian.count(Int(hours.rounded()), "gang", "ganger")) i perioden med data."
        if isSummed, isOfFew { return [covered, "Under fem alarmer og utrykninger: tallene vises ikke."] }
        if isSummed, isOfFewCallOuts { return [covered, "Under fem utrykninger i timen, eller i en av sonene: tallene vises ikke."] }
        guard response > 0 else { return [covered, "Ingen var på utrykning."] }
        let erlang = Double(response) / (hours * Double(TimeRule.hourMilliseconds))
        var lines = [
            covered,
            "I snitt \(Norwegian.number(erlang, decimals: 2)) ute (erlang), til sammen \(Norwegian.duration(milliseconds: response)) på utrykning.",
        ]
        if isSummed { return lines }
        if let peak = quarters.max(by: { $0.measures.openPeak < $1.measures.openPeak }) {
            let place = zoneName == nil ? " i \(peak.zone)" : ""
            let rostered = peak.positions.map { ", på vakt \(Norwegian.shortest($0))" } ?? ""
            lines.append(
                "Flest ute samtidig: \(Norwegian.count(peak.measures.openPeak))\(place) \(day(peak.start)) kl.\(Norwegian.space)\(clock(peak.start))\(rostered)."
            )
        }
        let overlap = quarters.reduce(0) { $0 + $1.measures.overlapMs }
        if overlap > 0 { lines.append("To eller flere utrykninger samtidig i samme sone: \(Norwegian.duration(milliseconds: overlap)).") }
        let exceeded = quarters.count { quarter in quarter.positions.map { Double(quarter.measures.openPeak) > $0 + 1e-9 } ?? false }
        if exceeded > 0 { lines.append("Flere ute enn på vakt i \(Norwegian.count(exceeded, "kvarter", "kvarter")).") }
        return lines
    }

    /// Whether one to four things happened in all, so that their sums tell of each.
    private var isOfFew: Bool {
        let most = max(quarters.reduce(0) { $0 + $1.measures.raised }, quarters.reduce(0) { $0 + $1.measures.dispatched })
        return !quarters.isEmpty && most < HourPage.countMin
    }

    /// Whether somebody was out on fewer than five call-outs, of all or of zones whose part follows from the sum.
    private var isOfFewCallOuts: Bool {
        func isFew(_ quarters: [Quarter]) -> Bool {
            let callOuts = quarters.reduce(0) { $0 + $1.measures.dispatched }
            return callOuts < HourPage.countMin && quarters.contains { $0.measures.dispatched > 0 || $0.measures.responseMs > 0 }
        }
        let few = Dictionary(grouping: quarters, by: \.zone).values.filter(isFew)
        return isFew(quarters) || few.count == 1 || isFew(few.flatMap(\.self))
    }

    private func day(_ time: EventTime) -> String {
        let day = LocalTime.oslo.day(at: time)
        return "\(day.day).\(Norwegian.space)\(Norwegian.months[day.month - 1])"
    }

    private func clock(_ time: EventTime) -> String {
        Norwegian.clockTime(minutes: Int(LocalTime.oslo.wallClock(at: time).milliseconds / 60_000))
    }

    private func row(_ quarter: Quarter) -> View {
        func minutes(_ milliseconds: Int64) -> String { milliseconds == 0 ? "0" : Norwegian.number(Double(milliseconds) / 60_000, decimals: 1) }
        let measures = quarter.measures
        let exceeds = quarter.positions.map { Double(measures.openPeak) > $0 + 1e-9 } ?? false
        return [
            "day": "\(day(quarter.start))\(Norwegian.space)\(LocalTime.oslo.day(at: quarter.start).year)", "clock": clock(quarter.start),
            "zone": quarter.zone.breakable,
            "raised": Norwegian.count(measures.raised), "response": minutes(measures.responseMs), "travel": minutes(measures.travelMs),
            "onSite": minutes(measures.onSiteMs), "peak": Norwegian.count(measures.openPeak),
            "positions": quarter.positions.map { Norwegian.shortest($0) } ?? "–",
            "overlap": minutes(measures.overlapMs), "isGap": exceeds,
        ]
    }

    private func alarmsView(_ alarms: [Alarm]) -> View {
        [
            "empty": (alarms.isEmpty ? emptyText("Ingen alarmer ble utløst eller rykket ut til i denne timen.") : nil).orHidden,
            "more": alarmsLeftOut > 0 ? "\(Norwegian.count(alarmsLeftOut)) alarmer til er ikke vist. Velg en kortere periode." : false,
            "rows": alarms.map { alarm -> View in
                let record = alarm.record
                func time(_ step: Step) -> String { record.t(step).map(clock) ?? "–" }
                return [
                    "id": "alarm-\(record.source)-\(record.alarm)", "alarm": record.alarm, "day": day(record.instant), "zone": alarm.zone.breakable,
                    "kind": record.isTest ? "prøvealarm" : record.kind?.bokmal ?? "ukjent", "device": record.device ?? "–",
                    "raised": time(.raised), "answered": time(.answered), "dispatched": time(.dispatched), "arrived": time(.arrived), "closed": time(.closed),
                    "outcome": record.isOpen ? "åpen: \(record.state)" : record.outcome?.bokmal ?? "–",
                    "responders": record.t(.dispatched) == nil ? "–" : "\(record.responders)",
                ]
            },
        ]
    }
}
