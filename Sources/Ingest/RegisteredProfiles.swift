import Devices
import Store
package import Telemetry
package import Workload

/// Which profile the registry names for a device, and when.
package struct RegisteredProfiles: Sendable {
    package struct Registration: Sendable {
        package var municipality: String
        package var device: String
        package var profile: String
        /// Half-open; open ends where nil.
        package var from: EventTime?
        package var to: EventTime?

        package init(municipality: String, device: String, profile: String, from: EventTime?, to: EventTime?) {
            self.municipality = municipality
            self.device = device
            self.profile = profile
            self.from = from
            self.to = to
        }
    }

    private struct Key: Hashable, Sendable {
        var municipality: String
        var device: String
    }

    private let byDevice: [Key: [Registration]]

    /// Of several rows for one time the first counts, as for zones.
    package init(_ registrations: [Registration] = []) {
        byDevice = Dictionary(grouping: registrations) { Key(municipality: $0.municipality, device: $0.device) }
    }

    /// What a plan's registries say.
    package init(_ plan: ZonePlan) {
        self.init(
            plan.municipalities.flatMap { municipality in
                municipality.registry.compactMap { row in
                    row.profile.map { .init(municipality: municipality.number, device: row.device, profile: $0, from: row.from, to: row.to) }
                }
            }
        )
    }

    package func profile(of device: String, municipality: String, at time: EventTime) -> String? {
        byDevice[Key(municipality: municipality, device: device)]?.first {
            ($0.from.map { $0 <= time } ?? true) && ($0.to.map { time < $0 } ?? true)
        }?.profile
    }
}

/// The memory of codecs as rows of the views.
extension DeviceMemory {
    init(stored rows: [DeviceMemoryRow]) {
        var entries: [Key: Entry] = [:]
        for row in rows {
            entries[Key(municipality: row.municipality, source: row.source, device: row.device, path: row.path)] = Entry(
                value: row.value,
                message: row.message,
                previous: row.previous
            )
        }
        self.init(entries: entries)
    }

    mutating func takeRows() -> [DeviceMemoryRow] {
        takeDirty().map { key, entry in
            DeviceMemoryRow(
                municipality: key.municipality,
                source: key.source,
                device: key.device,
                path: key.path,
                value: entry.value,
                message: entry.message,
                previous: entry.previous
            )
        }
    }
}
