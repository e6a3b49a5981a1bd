package import Strategy
package import Telemetry
import Workload

/// Whose each device of a registry is, and what technology is in use at an instant. The one place where users of technology are
/// counted: indicators, goals and pages have their numbers from here.
package struct TechnologyRegister: Sendable {
    /// The resident of each device, known by the first device of the home: further devices are written as its reference with a
    /// hyphen and something more (`a-0001`, `a-0001-smoke`). A device without such a first one is a resident's by itself.
    let residents: [String: String]
    /// The kind of each device that has been registered at any time.
    let kinds: [String: TechnologyUse.Kind]
    private let devices: [ReportedMunicipality.Device]

    package init(_ devices: [ReportedMunicipality.Device]) {
        self.devices = devices
        let all = Set(devices.map(\.device))
        var residents: [String: String] = [:]
        for device in devices { residents[device.device] = TechnologyRegister.first(of: device.device, all) }
        self.residents = residents
        kinds = Dictionary(devices.compactMap { device in device.kind.map { (device.device, $0) } }) { first, _ in first }
    }

    private static func first(of device: String, _ all: Set<String>) -> String {
        var place = device.startIndex
        while let hyphen = device[place...].firstIndex(of: "-") {
            let start = String(device[..<hyphen])
            if all.contains(start) { return start }
            place = device.index(after: hyphen)
        }
        return device
    }

    /// The residents of some of the devices.
    func residents(of devices: [ReportedMunicipality.Device]) -> [String: String] {
        Dictionary(devices.map { ($0.device, residents[$0.device] ?? $0.device) }) { first, _ in first }
    }

    /// Distinct residents with at least one device of any technology, in some time; further devices of a home count for nobody.
    package func technologyUsers(in time: Range<EventTime>, zone: String? = nil) -> Int {
        var found: Set<String> = []
        for device in devices where device.isRegistered(in: time) && (zone == nil || device.zone == zone) {
            guard case .technology = device.kind else { continue }
            found.insert(residents[device.device] ?? device.device)
        }
        return found.count
    }

    /// What is registered in some time, of all zones or one: each technology and each kind of further device, with the distinct
    /// residents who have at least one. Technologies first, in their own order.
    package func uses(in time: Range<EventTime>, zone: String? = nil) -> [TechnologyUse] {
        var found: [TechnologyUse.Kind: (residents: Set<String>, devices: Int)] = [:]
        for device in devices where device.isRegistered(in: time) && (zone == nil || device.zone == zone) {
            guard let kind = device.kind else { continue }
            found[kind, default: ([], 0)].residents.insert(residents[device.device] ?? device.device)
            found[kind, default: ([], 0)].devices += 1
        }
        return found.map { TechnologyUse(kind: $0.key, users: $0.value.residents.count, devices: $0.value.devices) }.sorted { $0.kind < $1.kind }
    }
}

extension ReportedMunicipality.Device {
    /// Nil where the model is not known.
    var kind: TechnologyUse.Kind? {
        if let accessory { return .accessory(accessory, of: technology ?? .safetyAlarm) }
        return technology.map(TechnologyUse.Kind.technology) ?? (isSafetyAlarm ? .technology(.safetyAlarm) : nil)
    }

    func isRegistered(in time: Range<EventTime>) -> Bool { (from ?? .min) < time.upperBound && time.lowerBound < (to ?? .max) }
}
