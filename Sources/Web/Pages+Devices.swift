import Accounts
import Reports
import Store
import Telemetry
import Workload

/// The devices of a municipality, as far as the caller may see them.
extension Pages {
    static let devicesOnPage = 50
    /// A municipality has no more: beyond it, the list ends.
    private static let devicesMax = 200_000
    private static let searchLengthMax = 64
    private static let daysShown: Int64 = 28

    /// Which devices are wanted by their state.
    private enum Wanted: String, CaseIterable {
        case all = "", silent = "taus", outage = "utfall", faulty = "feil", battery = "batteri", notJudged = "ikke-vurdert", registered = "registrert"
        case unregistered = "uregistrert"

        var title: String {
            switch self {
            case .all: "Alle"
            case .silent: "Tause"
            case .outage: "I utfall"
            case .faulty: "Med feil"
            case .battery: "Lavt batteri"
            case .notJudged: "Ikke vurdert"
            case .registered: "I registeret"
            case .unregistered: "Ikke i registeret"
            }
        }
    }

    /// A device with what the form chooses by.
    private struct Listed {
        var zone: String
        var profile: String?
        var isRegistered: Bool
        var shown: DevicePage.Device

        var isSilent: Bool { if case .silent = shown.state { true } else { isInOutage } }
        var isInOutage: Bool { if case .inOutage = shown.state { true } else { false } }
        var isNotJudged: Bool { if case .notJudged = shown.state { true } else { false } }
        var needsCare: Bool { isSilent || !shown.faults.isEmpty || shown.isBatteryLow }

        func fits(_ wanted: Wanted) -> Bool {
            switch wanted {
            case .all: true
            case .silent: isSilent
            case .outage: isInOutage
            case .faulty: !shown.faults.isEmpty
            case .battery: shown.isBatteryLow
            case .notJudged: isNotJudged
            case .registered: isRegistered
            case .unregistered: !isRegistered
            }
        }
    }

    func devices(_ query: Query, _ caller: Access.Caller) async throws -> Page {
        let municipality = try municipality(query, caller)
        let (all, position) = try await devices(of: municipality, caller)
        let navigation = navigation(.devices, municipality, caller)
        if let reference = query[DevicePage.deviceField] { return try device(reference, municipality, all, navigation, caller, position) }
        var (page, found) = try choice(query, municipality, caller, all)
        let count = max(1, (found.count + Pages.devicesOnPage - 1) / Pages.devicesOnPage)
        guard let number = query["side"].map({ Query.number($0) }) ?? 1, (1...Int64(count)).contains(number) else {
            throw Problem.badParameter("side", "is a page from 1 to \(count)")
        }
        let first = (Int(number) - 1) * Pages.devicesOnPage
        page.devices = found.dropFirst(first).prefix(Pages.devicesOnPage).map(\.shown)
        (page.found, page.first) = (found.count, first + 1)
        let fields = navigation.fields + Pages.carried(query)
        page.tableAddress = ReportNavigation(path: DevicePage.tablePath, fields: fields).address
        func address(_ side: Int64) -> String { ReportNavigation(path: DevicePage.path, fields: fields + [.init(name: "side", value: "\(side)")]).address }
        if number > 1 { page.previousPath = address(number - 1) }
        if number < count { page.nextPath = address(number + 1) }
        return Page(body: Array(page.html(navigation: navigation, style: .linked(Pages.styleAddress)).utf8), position: position, showsDevices: true)
    }

    /// The chosen devices as a table, and what the access log is to say of it.
    func deviceTable(_ query: Query, _ caller: Access.Caller) async throws -> (Page, API.Shown) {
        try caller.require(.devices)
        let municipality = try municipality(query, caller)
        let (all, position) = try await devices(of: municipality, caller)
        var (page, found) = try choice(query, municipality, caller, all)
        page.devices = found.map(\.shown)
        let table = Page(body: Array(page.csv().utf8), type: ReportFile.csv.type, position: position)
        return (table, .init(municipality: municipality.number, zones: caller.zones, alarms: []))
    }

    /// What the form chose, to be carried from page to page.
    private static func carried(_ query: Query) -> [ReportNavigation.Field] {
        ["sok", "zone", "modell", "tilstand"].compactMap { name in query[name].map { .init(name: name, value: $0) } }
    }

    // MARK: - Choosing

    private func choice(
        _ query: Query,
        _ municipality: ReportedMunicipality,
        _ caller: Access.Caller,
        _ all: [Listed]
    ) throws -> (page: DevicePage, found: [Listed]) {
        let zone = try zone(query, caller, municipality, isOne: false)
        let wanted = try query.word("tilstand", default: Wanted.all)
        let search = String((query["sok"] ?? "").prefix(Pages.searchLengthMax))
        let model = query["modell"]
        let found = all.filter { device in
            (zone == nil || device.zone == zone) && device.fits(wanted)
                && (model == nil || device.profile == model || device.shown.technology?.rawValue == model)
                && (search.isEmpty || device.shown.reference.lowercased().contains(search.lowercased()))
        }
        var page = DevicePage(municipality: "\(municipality.name) kommune (\(municipality.number))", counts: Pages.counts(all), now: face.now())
        page.search = search
        let zones = municipality.zones.map { ($0.id, $0.name) } + [(ZonePlan.unknownZone, "Ukjent sone")]
        let visible = zones.filter { caller.zones?.contains($0.0) ?? true }
        page.zones =
            [DevicePage.Choice(value: "", title: "Alle soner", isSelected: zone == nil)]
            + visible.map { .init(value: $0.0, title: $0.1, isSelected: $0.0 == zone) }
        let technologies = Technology.allCases.filter { technology in all.contains { $0.shown.technology == technology } }
        let kinds = technologies.map { ($0.rawValue, DevicePage.title(of: $0)) }
        let names = Dictionary(all.compactMap { device in device.profile.map { ($0, device.shown.modelName ?? $0) } }) { first, _ in first }
        // A model may be called what its technology is called.
        let models =
            kinds
            + names.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map { id, name in (id, kinds.contains { $0.1 == name } ? "\(name) (modell)" : name) }
        page.models =
            [DevicePage.Choice(value: "", title: "Alle", isSelected: model == nil)] + models.map { .init(value: $0.0, title: $0.1, isSelected: $0.0 == model) }
        page.states = Wanted.allCases.map { .init(value: $0.rawValue, title: $0.title, isSelected: $0 == wanted) }
        return (page, found)
    }

    private static func counts(_ all: [Listed]) -> DevicePage.Counts {
        var counts = DevicePage.Counts()
        for device in all {
            guard device.isRegistered else {
                counts.unregistered += 1
                continue
            }
            counts.registered += 1
            if device.isSilent { counts.silent += 1 }
            if device.isInOutage { counts.inOutage += 1 }
            if device.isNotJudged { counts.notJudged += 1 }
            if !device.shown.faults.isEmpty { counts.faulty += 1 }
            if device.shown.isBatteryLow { counts.batteryLow += 1 }
        }
        return counts
    }

    // MARK: - Reading

    /// All that the caller may see: those that need care first, then by reference.
    private func devices(of municipality: ReportedMunicipality, _ caller: Access.Caller) async throws -> (devices: [Listed], position: Int64) {
        let snapshot = await face.liveness()
        let registry = self.registry.current
        // In the moment of a change the two may speak of different registries: then nobody can say.
        let liveness = snapshot?.generation == registry.generation ? snapshot : nil
        let number = municipality.number
        let list = registry.lists[number] ?? DeviceList([])
        let page = try list.page(
            after: nil,
            limit: Pages.devicesMax,
            at: face.now(),
            seen: { try views.devicesSeen(municipality: number, after: $0, limit: $1) },
            liveness: { liveness?.device($0, municipality: number) },
            where: { caller.zones?.contains($0.zone) ?? true }
        )
        let conditions = try views.deviceConditions(municipality: number, from: "", to: "\u{10FFFF}")
        let names = Dictionary(municipality.zones.map { ($0.id, $0.name) }) { first, _ in first }
        let outages = (liveness?.report.outages ?? []).filter { $0.name.municipality == number }
        let devices = page.devices.map { listed($0, conditions[$0.device] ?? .init(), outages, names) }
        return (devices.filter(\.needsCare) + devices.filter { !$0.needsCare }, page.position)
    }

    private func listed(
        _ device: DeviceList.Device,
        _ condition: ViewsReader.DeviceCondition,
        _ outages: [LivenessReport.Outage],
        _ names: [String: String]
    ) -> Listed {
        let state: DevicePage.Device.State
        switch device.liveness?.isOverdue {
        case _ where device.registration == nil: state = .unregistered
        case true? where device.liveness?.isInOutage == true:
            let mine = outages.filter { $0.zones[device.zone] != nil }
            let texts = mine.map { $0.name.scope == .zone ? "sone \(names[$0.name.name] ?? $0.name.name)" : "kilde \($0.name.name)" }
            state = .inOutage(names: texts, since: mine.map(\.since).min() ?? device.liveness?.overdueSince)
        case true?: state = .silent(since: device.liveness?.overdueSince)
        case false?: state = .alive
        case nil: state = .notJudged
        }
        let isLow = condition.battery?.isLow == true || condition.faults.contains { $0.fault == .batteryLow }
        return Listed(
            zone: device.zone,
            profile: device.registration?.profile,
            isRegistered: device.registration != nil,
            shown: .init(
                reference: device.device,
                zoneName: names[device.zone] ?? "Ukjent sone",
                model: device.registration?.profile,
                modelName: device.registration?.profileName,
                technology: device.registration?.technology,
                lastSeen: device.lastSeen,
                state: state,
                faults: condition.faults,
                battery: condition.battery.flatMap { battery in battery.percent.map { (Double($0), battery.readAt) } },
                isBatteryLow: isLow
            )
        )
    }

    // MARK: - One device

    private func device(
        _ reference: String,
        _ municipality: ReportedMunicipality,
        _ all: [Listed],
        _ navigation: ReportNavigation,
        _ caller: Access.Caller,
        _ position: Int64
    ) throws -> Page {
        // Whoever is bound to zones is not told whether there is such a device elsewhere.
        guard let found = all.first(where: { $0.shown.reference == reference }) else { throw caller.zones == nil ? Problem.notFound : Problem.forbidden }
        let now = face.now()
        let today = TimeRule.floorDivide(now, TimeRule.dayMilliseconds)
        let days = (today - Pages.daysShown + 1)..<(today + 1)
        let seen = try views.deviceDays(municipality: municipality.number)[reference]
        let names = Dictionary(municipality.zones.map { ($0.id, $0.name) }) { first, _ in first }
        let rows = municipality.devices.filter { $0.device == reference && (caller.zones?.contains($0.zone) ?? true) }
        let page = SingleDevicePage(
            municipality: "\(municipality.name) kommune (\(municipality.number))",
            device: found.shown,
            registrations: rows.map {
                .init(zoneName: names[$0.zone] ?? $0.zone, model: $0.profile, dwelling: $0.dwelling, step: $0.step, from: $0.from, to: $0.to)
            },
            firstDay: .init(number: Int(days.lowerBound)),
            heard: days.map { (seen?.count(in: $0..<$0 + 1) ?? 0) > 0 },
            now: now
        )
        return Page(body: Array(page.html(navigation: navigation, style: .linked(Pages.styleAddress)).utf8), position: position, showsDevices: true)
    }
}
