import Foundation
import GRDB
package import Telemetry
package import Workload

/// Faults, batteries and last sources of devices in the views.
extension Views {
    static func write(conditions changes: StateChanges, _ db: Database) throws {
        let fault = try db.cachedStatement(sql: "INSERT OR REPLACE INTO device_fault VALUES (?,?,?,?,?,?)")
        for row in changes.faults {
            try fault.execute(arguments: [row.municipality, row.device, row.fault.rawValue, row.t, row.id, row.isOpen])
        }
        let battery = try db.cachedStatement(sql: "INSERT OR REPLACE INTO device_battery VALUES (?,?,?,?,?,?)")
        for row in changes.batteries {
            let known = row.battery
            try battery.execute(arguments: [
                row.municipality, row.device, known.percent.map { Double($0) }, known.percent == nil ? nil : known.readAt,
                known.decidedAt == .min ? nil : known.decidedAt, known.isLow,
            ])
        }
        let source = try db.cachedStatement(sql: "INSERT OR REPLACE INTO device_source VALUES (?,?,?)")
        for row in changes.deviceSources { try source.execute(arguments: [row.municipality, row.device, row.source]) }
    }

    static func restoreConditions(_ db: Database, _ state: inout State) throws {
        let faults = try Row.fetchCursor(db, sql: "SELECT * FROM device_fault")
        while let row = try faults.next() {
            guard let fault = faultRow(row) else {
                throw StoreError("views.db holds a fault that this version does not know: run `vaktlast rebuild`")
            }
            state.restore(fault)
        }
        let batteries = try Row.fetchCursor(db, sql: "SELECT * FROM device_battery")
        while let row = try batteries.next() {
            state.restore(BatteryRow(municipality: row["municipality"], device: row["device"], battery: battery(row)))
        }
        let sources = try Row.fetchCursor(db, sql: "SELECT * FROM device_source")
        while let row = try sources.next() {
            state.restore(DeviceSourceRow(municipality: row["municipality"], device: row["device"], source: row["source"]))
        }
    }

    fileprivate static func faultRow(_ row: Row) -> DeviceFaultRow? {
        Fault(rawValue: row["fault"]).map { fault in
            DeviceFaultRow(
                municipality: row["municipality"],
                device: row["device"],
                fault: fault,
                t: row["t"],
                id: row["id"],
                isOpen: row["is_open"]
            )
        }
    }

    fileprivate static func battery(_ row: Row) -> DeviceBattery {
        DeviceBattery(
            percent: (row["percent"] as Double?).map { Float($0) },
            readAt: row["read_at"] ?? .min,
            decidedAt: row["decided_at"] ?? .min,
            isLow: row["is_low"]
        )
    }
}

extension ViewsReader {
    /// What is wrong with a device, and what its battery says.
    package struct DeviceCondition: Equatable, Sendable {
        /// Open faults by name. `battery-low` is left out where a newer reading says that it is good again.
        package var faults: [(fault: Fault, since: EventTime)] = []
        package var battery: DeviceBattery?

        package init() {}

        package static func == (left: DeviceCondition, right: DeviceCondition) -> Bool {
            left.battery == right.battery && left.faults.elementsEqual(right.faults) { $0 == $1 }
        }
    }

    /// The conditions of the devices from one to another, both included, in bytewise order; those without any are left out.
    package func deviceConditions(municipality: String, from first: String, to last: String) throws -> [String: DeviceCondition] {
        try look { db in
            var conditions: [String: DeviceCondition] = [:]
            let bounds: StatementArguments = [municipality, first, last]
            let batteries = try Row.fetchCursor(
                db,
                sql: "SELECT * FROM device_battery WHERE municipality = ? AND device >= ? AND device <= ?",
                arguments: bounds
            )
            while let row = try batteries.next() { conditions[row["device"], default: .init()].battery = Views.battery(row) }
            let faults = try Row.fetchCursor(
                db,
                sql: "SELECT * FROM device_fault WHERE municipality = ? AND device >= ? AND device <= ? AND is_open = 1 ORDER BY device, fault",
                arguments: bounds
            )
            while let row = try faults.next() {
                guard let fault = Views.faultRow(row) else { continue }
                if fault.fault == .batteryLow, let battery = conditions[fault.device]?.battery, !battery.isLow { continue }
                conditions[fault.device, default: .init()].faults.append((fault.fault, fault.t))
            }
            return conditions
        }
    }
}
