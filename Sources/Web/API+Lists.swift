import Accounts
import Foundation
import Store
import Telemetry
import Workload

/// Single alarms, sources, what was refused; the long ones page by page.
extension API {
    func alarms(_ query: Query, _ caller: Access.Caller) async throws -> Answer {
        let (municipality, zones) = try bounds(query, caller)
        let period = try query.period()
        let state = try query.word("state", default: AlarmState.all)
        let place = try query["cursor"].map { try API.place($0) }
        try await settle(query)
        let page = try views.alarms(
            municipality: municipality,
            from: period.lowerBound,
            to: period.upperBound,
            zones: zones,
            isOpen: state == .all ? nil : state == .open,
            after: place,
            limit: API.alarmPage + 1
        )
        let alarms = page.value.prefix(API.alarmPage)
        var json = JSONText()
        json.object { json in
            json.array("alarms", alarms) { json, alarm in json.object { $0.members(of: alarm) } }
            json.member("next", page.value.count > API.alarmPage ? alarms.last.map(API.cursor) : nil)
        }
        let shown = Shown(
            municipality: municipality,
            zones: zones,
            alarms: alarms.map { .init(source: $0.source, alarm: $0.alarm) }
        )
        return Answer(body: json.bytes, position: page.position, shown: shown)
    }

    static func cursor(_ alarm: AlarmRecord) -> String {
        Data("\(alarm.instant)/\(alarm.source)/\(alarm.alarm)".utf8).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_")
    }

    static func place(_ cursor: String) throws(Problem) -> ViewsReader.AlarmPlace {
        let base64 = cursor.replacing("-", with: "+").replacing("_", with: "/").replacing(" ", with: "+")
        let parts = Data(base64Encoded: base64).map {
            String(decoding: $0, as: UTF8.self).split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
        }
        guard let parts, parts.count == 3, let instant = Int64(parts[0]) else { throw badCursor }
        return .init(instant: instant, source: String(parts[1]), alarm: String(parts[2]))
    }

    static let badCursor = Problem.badParameter("cursor", "is none that a page here gave as next; leave it out for the first page")

    func sources(_ query: Query, _ caller: Access.Caller) async throws -> Answer {
        let municipality = try wholeMunicipality(query, caller)
        try await settle(query)
        let ledgers = try views.ledgers(municipality: municipality)
        let unknownZones = try views.unknownZones(municipality: municipality)
        var json = JSONText()
        json.object { json in
            let records = ledgers.value.map(\.record).filter { caller.source == nil || $0.source == caller.source }
            json.array("sources", records) { json, record in json.object { $0.members(of: record) } }
            json.array("unknownZones", caller.source == nil ? unknownZones : []) { json, row in
                json.object { json in
                    json.member("zone", row.zone)
                    json.member("count", row.count)
                }
            }
        }
        return Answer(body: json.bytes, position: ledgers.position)
    }

    func quarantine(_ query: Query, _ caller: Access.Caller) async throws -> Answer {
        let municipality: String?
        if query["municipality"] == nil {
            // What lies in no municipality concerns whoever runs the whole.
            try caller.require(.administration)
            guard caller.zones == nil else { throw Problem.forbidden }
            municipality = nil
        } else {
            municipality = try wholeMunicipality(query, caller)
        }
        let place = try query["cursor"].map { text throws(Problem) in
            let parts = text.split(separator: ".", omittingEmptySubsequences: false)
            guard parts.count == 2, let position = Query.number(parts[0]), let index = Query.number(parts[1]) else {
                throw API.badCursor
            }
            return (position: position, index: Int(index))
        }
        try await settle(query)
        let page = try views.quarantine(municipality: municipality, after: place)
        var json = JSONText()
        json.object { json in
            json.array("items", page.value) { json, row in json.object { $0.members(of: row) } }
            let isFull = page.value.count == ViewsReader.quarantinePage
            json.member("next", isFull ? page.value.last.map { "\($0.position).\($0.index)" } : nil)
        }
        return Answer(body: json.bytes, position: page.position)
    }
}
