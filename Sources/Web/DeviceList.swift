import Store
import Telemetry
import Workload

/// The devices of a municipality: those of its registry and those that were only heard of, in one order.
struct DeviceList: Sendable {
    struct Device: Sendable {
        var device: String
        /// By the registry now; `ukjent` for a device that it does not know now.
        var zone: String
        var isRegistered: Bool
        /// Start of the quarter of its last sign of life.
        var lastSeen: EventTime?
    }

    struct Page {
        var devices: [Device]
        /// The device that the next page comes after; nil for the last page.
        var next: String?
        var position: Int64
    }

    /// References in bytewise order, each once, with their registrations.
    private let references: [String]
    private let registrations: [String: [ZonePlan.Registration]]

    init(_ registry: [ZonePlan.Registration]) {
        registrations = Dictionary(grouping: registry, by: \.device)
        references = registrations.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// The devices behind `place` that are wanted, at most `limit`. `seen` gives those that the views know behind a
    /// device, in the same order. O(devices passed over).
    func page(
        after place: String?,
        limit: Int,
        at now: EventTime,
        seen: (_ place: String?, _ limit: Int) throws -> ViewsReader.Answer<[ViewsReader.DeviceSeen]>,
        where isWanted: (Device) -> Bool
    ) throws -> Page {
        var found: [Device] = []
        var index = place.map(firstIndex) ?? 0
        var heard = try seen(place, limit + 1)
        let position = heard.position
        var next = 0
        while found.count <= limit {
            if next == heard.value.count, next > limit {
                heard = try seen(heard.value[next - 1].device, limit + 1)
                next = 0
            }
            let known = index < references.count ? references[index] : nil
            let sighting = next < heard.value.count ? heard.value[next] : nil
            guard let reference = DeviceList.first(known, sighting?.device) else { break }
            if known == reference { index += 1 }
            let lastSeen = sighting?.device == reference ? sighting?.lastSeen : nil
            if lastSeen != nil { next += 1 }
            let zone = zone(of: reference, at: now)
            let device = Device(
                device: reference,
                zone: zone ?? ZonePlan.unknownZone,
                isRegistered: zone != nil,
                lastSeen: lastSeen
            )
            if isWanted(device) { found.append(device) }
        }
        let devices = Array(found.prefix(limit))
        return Page(devices: devices, next: found.count > limit ? devices.last?.device : nil, position: position)
    }

    private static func first(_ left: String?, _ right: String?) -> String? {
        guard let left else { return right }
        guard let right else { return left }
        return right.utf8.lexicographicallyPrecedes(left.utf8) ? right : left
    }

    private func firstIndex(behind place: String) -> Int {
        var range = references.startIndex..<references.endIndex
        while !range.isEmpty {
            let middle = (range.lowerBound + range.upperBound) / 2
            if place.utf8.lexicographicallyPrecedes(references[middle].utf8) {
                range = range.lowerBound..<middle
            } else {
                range = middle + 1..<range.upperBound
            }
        }
        return range.lowerBound
    }

    private func zone(of device: String, at now: EventTime) -> String? {
        registrations[device]?.first { ($0.from ?? .min) <= now && now < ($0.to ?? .max) }?.zone
    }
}
