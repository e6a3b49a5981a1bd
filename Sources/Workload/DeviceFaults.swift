package import Telemetry

/// The newest word on each fault of each device, by (t, id): order and copies change nothing.
struct DeviceFaults {
    struct Key: Hashable {
        var device: UInt32
        var fault: Fault
    }

    struct Record {
        var t: EventTime
        var id: String
        var isOpen: Bool
    }

    private var records: [Key: Record] = [:]
    private var dirty: Set<Key> = []

    mutating func note(_ key: Key, _ record: Record) {
        if let known = records[key] {
            let isNewer = record.t != known.t ? record.t > known.t : known.id.utf8.lexicographicallyPrecedes(record.id.utf8)
            guard isNewer else { return }
        }
        records[key] = record
        dirty.insert(key)
    }

    mutating func restore(_ key: Key, _ record: Record) { records[key] = record }

    mutating func takeDirty() -> [(key: Key, record: Record)] {
        defer { dirty = [] }
        return dirty.compactMap { key in records[key].map { (key, $0) } }
    }
}

extension State {
    /// Notes what a `device.fault` or `device.restored` says.
    mutating func noteFault(_ fault: Fault, _ event: UnsafePointer<Event>, device: UInt32, watched: Int32, t: EventTime) {
        let isOpen = event.pointee.type == .deviceFault
        faults.note(.init(device: device, fault: fault), .init(t: t, id: event.pointee.id.storable, isOpen: isOpen))
        if fault == .batteryLow, watched >= 0 { watch.noteBattery(watched, isLow: isOpen, t: t) }
    }

    func municipalityName(ofDevice number: UInt32) -> String {
        zones.municipalities[Int(devices.table.scope(of: Int(number)))]
    }

    package mutating func restore(_ row: DeviceFaultRow) {
        let device = restoredDevice(row.device, municipality: row.municipality)
        faults.restore(.init(device: device, fault: row.fault), .init(t: row.t, id: row.id, isOpen: row.isOpen))
    }

    package mutating func restore(_ row: BatteryRow) {
        let device = restoredDevice(row.device, municipality: row.municipality)
        watch.restore(devices.watched(device), battery: row.battery)
    }

    /// Puts back through which source a device was last heard; after the ledgers, which name the sources.
    package mutating func restore(_ row: DeviceSourceRow) {
        let device = restoredDevice(row.device, municipality: row.municipality)
        guard let source = number(ofSource: row.source, in: row.municipality) else { return }
        watch.restore(devices.watched(device), source: source)
    }

    private mutating func restoredDevice(_ name: String, municipality: String) -> UInt32 {
        let municipality = zones.municipality(municipality)
        return name.withText { devices.number($0, municipality: municipality) }
    }
}

/// Whether a device has a fault, by the newest event that says.
package struct DeviceFaultRow: Equatable, Sendable {
    package var municipality: String
    package var device: String
    package var fault: Fault
    package var t: EventTime
    package var id: String
    package var isOpen: Bool

    package init(municipality: String, device: String, fault: Fault, t: EventTime, id: String, isOpen: Bool) {
        self.municipality = municipality
        self.device = device
        self.fault = fault
        self.t = t
        self.id = id
        self.isOpen = isOpen
    }
}

/// Through which source a watched device was last heard, so that an outage of it is known after a restart.
package struct DeviceSourceRow: Equatable, Sendable {
    package var municipality: String
    package var device: String
    package var source: String

    package init(municipality: String, device: String, source: String) {
        (self.municipality, self.device, self.source) = (municipality, device, source)
    }
}

/// A watched device's battery.
package struct BatteryRow: Equatable, Sendable {
    package var municipality: String
    package var device: String
    package var battery: DeviceBattery

    package init(municipality: String, device: String, battery: DeviceBattery) {
        self.municipality = municipality
        self.device = device
        self.battery = battery
    }
}
