package import Telemetry
import Workload

/// The pages about devices: a list of them, counts first, and one by itself. Who may see which is the caller's affair.
package struct DevicePage: Sendable {
    /// What is known of a device now.
    package struct Device: Sendable {
        /// As the service sees it.
        package enum State: Sendable {
            case alive
            /// Since when it should have been heard.
            case silent(since: EventTime?)
            /// Silent together with many: which outages it can be, since the first of them.
            case inOutage(names: [String], since: EventTime?)
            case notJudged
            case unregistered
        }

        package var reference: String
        package var zoneName: String
        /// The id of its profile.
        package var model: String?
        /// What that is called, where it is known.
        package var modelName: String?
        package var technology: Technology?
        package var lastSeen: EventTime?
        package var state: State
        package var faults: [(fault: Fault, since: EventTime)]
        /// In percent, with when it was read.
        package var battery: (percent: Double, readAt: EventTime)?
        package var isBatteryLow: Bool

        package init(
            reference: String,
            zoneName: String,
            model: String?,
            modelName: String? = nil,
            technology: Technology?,
            lastSeen: EventTime?,
            state: State,
            faults: [(fault: Fault, since: EventTime)],
            battery: (percent: Double, readAt: EventTime)?,
            isBatteryLow: Bool
        ) {
            self.reference = reference
            self.zoneName = zoneName
            self.model = model
            self.modelName = modelName
            self.technology = technology
            self.lastSeen = lastSeen
            self.state = state
            self.faults = faults
            self.battery = battery
            self.isBatteryLow = isBatteryLow
        }
    }

    /// One thing to choose among in the form.
    package struct Choice: Sendable {
        package var value: String
        package var title: String
        package var isSelected: Bool

        package init(value: String, title: String, isSelected: Bool) { (self.value, self.title, self.isSelected) = (value, title, isSelected) }
    }

    /// How many there are, of all that the reader may see.
    package struct Counts: Sendable {
        package var registered = 0
        package var silent = 0
        /// Of the silent.
        package var inOutage = 0
        package var notJudged = 0
        package var faulty = 0
        package var batteryLow = 0
        package var unregistered = 0

        package init() {}
    }

    package static let path = "/enheter"
    package static let tablePath = "/enheter.csv"

    package var municipality: String
    package var counts: Counts
    /// The devices of this page of the list; of the whole list where it becomes a file.
    package var devices: [Device]
    /// How many the choice leaves.
    package var found: Int
    /// The number of the first, counted from 1.
    package var first: Int
    package var zones: [Choice]
    package var models: [Choice]
    package var states: [Choice]
    package var search: String
    package var previousPath: String?
    package var nextPath: String?
    package var tableAddress: String
    package var now: EventTime

    package init(municipality: String, counts: Counts, now: EventTime) {
        self.municipality = municipality
        self.counts = counts
        self.now = now
        devices = []
        (found, first) = (0, 1)
        (zones, models, states) = ([], [], [])
        search = ""
        tableAddress = DevicePage.tablePath
    }

    /// The list as one HTML page.
    package func html(navigation: ReportNavigation, style: Report.StylePlacement) -> String {
        let frame = PageFrame(title: "Enheter", about: municipality, navigation: navigation, style: style, provenance: "Slik det var \(instant(now)).")
        func options(_ choices: [Choice]) -> [View] { choices.map { ["value": $0.value, "title": $0.title, "isSelected": $0.isSelected] } }
        let isChosen = !search.isEmpty || (zones + models + states).contains { $0.isSelected && !$0.value.isEmpty }
        return Templates.render(
            "devicePage",
            frame.view.merging([
                "municipality": municipality, "summary": summary, "action": DevicePage.path,
                "all": navigation.fields.first.map { field in
                    "\(DevicePage.path)?\(field.name)=\(field.value)"
                } ?? DevicePage.path,
                "fields": navigation.fields.map { ["name": $0.name, "value": $0.value] as View }, "zones": options(zones), "models": options(models),
                "states": options(states), "search": search, "isEmpty": devices.isEmpty, "isNothing": counts.registered + counts.unregistered == 0,
                "isChosen": isChosen, "rows": devices.map { row($0, navigation) }, "found": foundText, "previous": previousPath.orHidden,
                "next": nextPath.orHidden, "hasPages": !navigation.pages.isEmpty, "hasMore": previousPath != nil || nextPath != nil, "table": tableAddress,
            ]) { $1 }
        )
    }

    private var foundText: String {
        guard found > 0 else { return "" }
        let last = first + devices.count - 1
        return devices.count == found
            ? Norwegian.count(found, "enhet", "enheter") : "\(Norwegian.count(first))–\(Norwegian.count(last)) av \(Norwegian.count(found, "enhet", "enheter"))"
    }

    /// What one would say when asked how the devices are.
    var summary: [String] {
        guard counts.registered + counts.unregistered > 0 else { return [] }
        var sentences: [String] = []
        if counts.registered > 0 {
            func said(_ count: Int, _ what: String) -> String { (count == 0 ? "ingen" : Norwegian.count(count)) + " " + what }
            var parts = [said(counts.faulty, "har meldt feil"), said(counts.batteryLow, "har lavt batteri")]
            // Where nobody can say whether any is silent, nothing is said of it.
            if counts.notJudged < counts.registered {
                let outage = counts.inOutage > 0 ? " (\(Norwegian.count(counts.inOutage)) i utfall)" : ""
                parts.insert(said(counts.silent, "er tause") + outage, at: 0)
            }
            sentences.append("\(Norwegian.count(counts.registered, "registrert enhet", "registrerte enheter")): \(Norwegian.list(parts)).")
        }
        if counts.notJudged > 0 {
            sentences.append(
                "\(Norwegian.count(counts.notJudged)) kan ikke vurderes: modellen har ingen kjent tid mellom livstegn, eller tjenesten er nettopp startet."
            )
        }
        if counts.unregistered > 0 {
            sentences.append("\(Norwegian.count(counts.unregistered, "enhet sender", "enheter sender")) uten å stå i registeret.")
        }
        return sentences
    }

    private func row(_ device: Device, _ navigation: ReportNavigation) -> View {
        let own = ReportNavigation(path: DevicePage.path, fields: navigation.fields + [.init(name: DevicePage.deviceField, value: device.reference)])
        return device.view(now: now).merging(["path": own.address]) { $1 }
    }

    /// What the address of a device's own page calls it.
    package static let deviceField = "enhet"

    private func instant(_ time: EventTime) -> String { Norwegian.instant(time, .oslo) }
}

extension ReportNavigation {
    /// The path with the fields as its query.
    package var address: String { ReportNavigation.address(path, fields) }
}
