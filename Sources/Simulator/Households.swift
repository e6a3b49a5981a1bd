/// A device as the municipality's registry lists it.
package struct RegisteredDevice: Equatable, Sendable {
    /// A pseudonym; the key to the person stays with the municipality.
    package var device: String
    package var zone: String
    package var profile: String
    package var dwelling: String
    /// The step of the care ladder on which its user is.
    package var step: String
}

/// The simulated people and what they have, as the scenario's population describes them.
struct Households: Sendable {
    struct Resident: Sendable {
        /// How often they use their alarm, against the mean of 1.
        var activity: Double
        /// Indexes of their devices, the safety alarm first.
        var devices: [Int]
    }

    struct Device: Sendable {
        var reference: String
        var kind: DeviceKind
        var zone: Int
        var dwelling: String
        var step: String
        var codec: NativeCodec?
        var sensor: SensorProfile?
    }

    private(set) var residents: [Resident] = []
    private(set) var devices: [Device] = []

    init(_ scenario: Scenario) {
        let population = scenario.population
        var generator = SeededGenerator(seed: population.seed, stream: 1)
        var natives = SeededGenerator(seed: population.seed, stream: 5)
        let dwellings = Weighted(population.dwellings)
        let steps = Weighted(population.steps)
        let mean = Spread(median: 1, sigma: population.activitySigma).mean
        let counts = Households.apportion(population.residents, by: scenario.zones.map(\.weight))
        for (zone, count) in counts.enumerated() {
            for number in 1...max(count, 1) where number <= count {
                let reference = "\(population.prefix)-\(scenario.zones[zone].id)-\(Households.padded(number))"
                let dwelling = dwellings.draw(&generator) ?? "own-home"
                let step = steps.draw(&generator) ?? "1"
                let activity = Spread(median: 1 / mean, sigma: population.activitySigma).draw(&generator)
                var resident = Resident(activity: activity, devices: [])
                for kind in DeviceKind.allCases {
                    let share = kind == .safetyAlarm ? 1 : population.devices[kind] ?? 0
                    guard generator.happens(share) else { continue }
                    resident.devices.append(devices.count)
                    devices.append(
                        Device(
                            reference: reference + kind.suffix,
                            kind: kind,
                            zone: zone,
                            dwelling: dwelling,
                            step: step
                        )
                    )
                    speakNatively(devices.count - 1, scenario.natives, &natives)
                }
                residents.append(resident)
            }
        }
    }

    /// Gives a device the format of its group. Accounts of DC-09 and LoRaWAN's identifiers are hexadecimal digits.
    private mutating func speakNatively(_ index: Int, _ groups: [Scenario.NativeGroup], _ generator: inout SeededGenerator) {
        for group in groups where group.kind == devices[index].kind && devices[index].codec == nil {
            guard generator.happens(group.share) else { continue }
            devices[index].codec = group.codec
            devices[index].sensor = group.profile
            if group.codec == .dc09 { devices[index].reference = String(0xA0_0000 + index, radix: 16, uppercase: true) }
            if group.codec == .chirpstack || group.codec == .thingsStack { devices[index].reference = SensorWriter.extendedIdentifier(index) }
        }
    }

    /// Splits a count by weights so that the parts sum to it exactly (largest remainder, Hamilton).
    static func apportion(_ count: Int, by weights: [Double]) -> [Int] {
        let total = weights.reduce(0, +)
        let quotas = weights.map { Double(count) * $0 / total }
        var parts = quotas.map { Int($0) }
        let byRemainder = quotas.indices.sorted {
            (quotas[$0] - Double(parts[$0]), -$0) > (quotas[$1] - Double(parts[$1]), -$1)
        }
        for index in byRemainder.prefix(count - parts.reduce(0, +)) { parts[index] += 1 }
        return parts
    }

    /// At least 4 digits, so that references sort as they are numbered.
    private static func padded(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
    }
}

extension Scenario {
    /// The registry that belongs to the scenario, whatever seed it is run with.
    package func registry() -> [RegisteredDevice] {
        Households(self).devices.map { device in
            RegisteredDevice(
                device: device.reference,
                zone: zones[device.zone].id,
                profile: device.sensor?.rawValue ?? device.kind.rawValue,
                dwelling: device.dwelling,
                step: device.step
            )
        }
    }

    /// The registry as a `devices.csv` of CONTRACT 10, every device valid without limit.
    package func registryCSV() -> String {
        var text = "device;zone;profile;dwelling;step;from;to\n"
        for row in registry() { text += "\(row.device);\(row.zone);\(row.profile);\(row.dwelling);\(row.step);;\n" }
        return text
    }
}
