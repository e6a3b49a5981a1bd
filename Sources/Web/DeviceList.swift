import Store
import Telemetry
import Workload

/// The devices of a municipality: those of its registry and those that were only heard of, in one order.
package struct DeviceList: Sendable {
    struct Device: Sendable {
        var device: String
        /// What the registry says of it now; nil for a device that it does not know now.
        var registration: ReportedMunicipality.Device?
        /// Exactly where it is known, else the start of the quarter of its last sign of life.
        var lastSeen: EventTime?
        var liveness: LivenessSnapshot.Device?

        /// By the registry now; `ukjent` for a device that it does not know now.
        var zone: String { registration?.zone ?? ZonePlan.unknownZone }
    }

    struct Page {
        var devices: [Device]
        /// The device that the next page comes after; nil for the last page.
        var next: String?
        var position: Int64
    }

    private struct Known {
        /// In the order in which the registry names devices first, as the fold numbers them.
        var place: Int
        var registrations: [ReportedMunicipality.Device]
    }

    /// References in bytewise order, each once, with their registrations.
    private let references: [String]
    private let known: [String: Known]

    package init(_ registry: [ReportedMunicipality.Device]) {
        var known: [String: Known] = [:]
        for row in registry {
            let place = known.count
            known[row.device, default: Known(place: place, registrations: [])].registrations.append(row)
        }
        self.known = known
        references = known.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// The devices behind `place` that are wanted, at most `limit`. `seen` gives those that the views know behind a
    /// device, in the same order; `liveness` what is known of a registered one by its place. O(devices passed over).
    func page(
        after place: String?,
        limit: Int,
        at now: EventTime,
        seen: (_ place: String?, _ limit: Int) throws -> ViewsReader.Answer<[ViewsReader.DeviceSeen]>,
        liveness: (_ place: Int) -> LivenessSnapshot.Device?,
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
            let device = device(reference, lastSeen: lastSeen, at: now, liveness: liveness)
            if isWanted(device) { found.append(device) }
        }
        let devices = Array(found.prefix(limit))
        return Page(devices: devices, next: found.count > limit ? devices.last?.device : nil, position: position)
    }

    private func device(
        _ reference: String,
        lastSeen: EventTime?,
        at now: EventTime,
        liveness: (_ place: Int) -> LivenessSnapshot.Device?
    ) -> Device {
        let known = known[reference]
        let live = known.flatMap { liveness($0.place) }
        return Device(
            device: reference,
            registration: known?.registrations.first { ($0.from ?? .min) <= now && now < ($0.to ?? .max) },
            lastSeen: [lastSeen, live?.lastSeen].compactMap(\.self).max(),
            liveness: live
        )
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
}
