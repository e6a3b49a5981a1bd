import Accounts
import Foundation
import HTTPTypes
import Store
import Telemetry
import Workload

/// Devices: what is known of them, and taking them into the registry.
extension API {
    func devices(_ query: Query, _ caller: Access.Caller) async throws -> Answer {
        let (municipality, zones) = try bounds(query, caller)
        let registered = try query.word("registered", default: Registered.all)
        let overdue = try query.word("overdue", default: Overdue.all)
        let cursor = query["cursor"]
        if let cursor {
            guard cursor.withText(\.isDeviceReference) else { throw API.badCursor }
        }
        try await settle(query)
        let snapshot = await face.liveness()
        let registry = self.registry.current
        // In the moment of a change the two may speak of different registries: then nobody can say.
        let liveness = snapshot?.generation == registry.generation ? snapshot : nil
        let list = registry.lists[municipality] ?? DeviceList([])
        let page = try list.page(
            after: cursor,
            limit: API.devicePage,
            at: face.now(),
            seen: { try views.devicesSeen(municipality: municipality, after: $0, limit: $1) },
            liveness: { liveness?.device($0, municipality: municipality) },
            where: { device in
                (zones?.contains(device.zone) ?? true) && (registered == .all || (device.registration != nil) == (registered == .yes))
                    && (overdue == .all || device.liveness?.isOverdue == (overdue == .true))
            }
        )
        var conditions: [String: ViewsReader.DeviceCondition] = [:]
        if let first = page.devices.first?.device, let last = page.devices.last?.device {
            conditions = try views.deviceConditions(municipality: municipality, from: first, to: last)
        }
        let outages = (liveness?.report.outages ?? []).filter { outage in
            outage.name.municipality == municipality && (zones.map { zones in outage.zones.keys.contains(where: zones.contains) } ?? true)
        }
        var json = JSONText()
        json.object { json in
            json.array("devices", page.devices) { json, device in
                json.object { $0.members(of: device, conditions[device.device] ?? .init()) }
            }
            json.array("outages", outages) { json, outage in json.object { $0.members(of: outage) } }
            json.member("next", page.next)
        }
        return Answer(body: json.bytes, position: page.position, showsDevices: true)
    }

    /// Takes a table of devices into the registry. For admins of the whole municipality.
    func takeDevices(_ table: Data, _ query: Query, _ caller: Access.Caller) async throws -> Answer {
        try query.check(names: [Route.Parameter.municipality, .partial].map(\.rawValue))
        let municipality = try wholeMunicipality(query, caller)
        try caller.require(.registry)
        let isPartial = try query.word("partial", default: Partial.false) == .true
        guard let devices = face.devices else {
            throw Problem(status: .notImplemented, detail: "This service takes no devices; use vaktlast devices import.")
        }
        let outcome: DeviceImport.Outcome
        do {
            outcome = try await devices.take(municipality, table, isPartial)
        } catch let refusal as DeviceImport.Refusal {
            throw Problem(status: refusal.cause == .noRegistry ? .conflict : .serviceUnavailable, detail: refusal.detail)
        }
        guard outcome.bad.isEmpty || isPartial else {
            let hasGoodRows = outcome.added + outcome.moved + outcome.ended + outcome.corrected + outcome.unchanged > 0
            throw Problem(
                status: .unprocessableContent,
                detail: "Nothing was taken: \(outcome.bad.count == 1 ? "a row is" : "\(outcome.bad.count) rows are") bad. "
                    + (hasGoodRows ? "Mend and send again, or take the good ones with partial=true." : "Mend and send again."),
                rows: outcome.bad
            )
        }
        var json = JSONText()
        json.object { json in
            json.member("added", Int64(outcome.added))
            json.member("moved", Int64(outcome.moved))
            json.member("ended", Int64(outcome.ended))
            json.member("corrected", Int64(outcome.corrected))
            json.member("unchanged", Int64(outcome.unchanged))
            json.array("bad", outcome.bad) { json, row in json.object { $0.members(of: row) } }
            json.array("warnings", outcome.warnings) { json, row in json.object { $0.members(of: row) } }
            json.member("inForce", outcome.isInForce)
        }
        return Answer(body: json.bytes, position: try views.position())
    }
}

extension JSONText {
    mutating func members(of row: DeviceImport.Row) {
        member("line", Int64(row.line))
        member("reason", row.reason)
    }

    fileprivate mutating func members(of device: DeviceList.Device, _ condition: ViewsReader.DeviceCondition) {
        let registration = device.registration
        member("device", device.device)
        member("zone", device.zone)
        member("registered", registration != nil)
        member("profile", registration?.profile)
        member("dwelling", registration?.dwelling)
        member("step", registration?.step.map { Int64($0) })
        member("from", registration?.from.map(Timestamp.format))
        member("to", registration?.to.map(Timestamp.format))
        member("lastSeen", device.lastSeen.map(Timestamp.format))
        member("overdue", registration == nil ? nil : device.liveness?.isOverdue)
        member("overdueSince", device.liveness?.overdueSince.map(Timestamp.format))
        member("outage", device.liveness?.isInOutage ?? false)
        array("faults", condition.faults) { json, fault in
            json.object { json in
                json.member("fault", fault.fault.rawValue)
                json.member("since", Timestamp.format(fault.since))
            }
        }
        guard let battery = condition.battery else { return member("battery", String?.none) }
        object("battery") { json in
            // By its shortest text: 14.9, not the nearest binary number in full.
            json.member("percent", battery.percent.flatMap { Double("\($0)") })
            json.member("time", battery.percent == nil ? nil : Timestamp.format(battery.readAt))
            json.member("low", battery.isLow)
        }
    }
}
