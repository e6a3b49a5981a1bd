import Foundation
import Hummingbird
package import Store
package import Telemetry
package import Workload

/// What the service tells about itself; given by the one who wires, so that Web knows no threads.
package struct ServiceFace: Sendable {
    package struct Status: Sendable {
        package var journalPosition: Int64
        package var broker: String
        package var isReady: Bool
        /// Why not, in words for the one who runs it.
        package var problem: String?

        package init(journalPosition: Int64, broker: String, isReady: Bool, problem: String?) {
            self.journalPosition = journalPosition
            self.broker = broker
            self.isReady = isReady
            self.problem = problem
        }
    }

    package var instance: String
    package var version: String
    package var startedAt: EventTime
    package var now: @Sendable () -> EventTime
    package var status: @Sendable () -> Status
    /// Prometheus text.
    package var metrics: @Sendable () -> String

    package init(
        instance: String,
        version: String,
        startedAt: EventTime,
        now: @escaping @Sendable () -> EventTime,
        status: @escaping @Sendable () -> Status,
        metrics: @escaping @Sendable () -> String
    ) {
        self.instance = instance
        self.version = version
        self.startedAt = startedAt
        self.now = now
        self.status = status
        self.metrics = metrics
    }
}

/// The answers of `/api/v1` (CONTRACT 8). Every question to the views is bounded here by what the caller may see.
package struct API: Sendable {
    static let alarmPage = 500
    static let atLeastSeconds = 5.0

    let face: ServiceFace
    let views: ViewsReader
    let plan: ZonePlan

    package struct Answer: Sendable {
        package var body: [UInt8]
        package var position: Int64
    }

    package init(face: ServiceFace, views: ViewsReader, plan: ZonePlan) {
        self.face = face
        self.views = views
        self.plan = plan
    }

    /// The answer below `/api/v1/`. Throws `Problem` for what the caller did wrong.
    package func answer(_ path: String, _ query: Query, _ caller: Access.Caller) async throws -> Answer {
        if let position = try query.position("atLeast") { try await wait(for: position) }
        switch path {
        case "status": return try status()
        case "municipalities": return try municipalities(caller)
        case "loads": return try loads(query, caller)
        case "alarms": return try alarms(query, caller)
        case "kpis": return try keyFigures(query, caller)
        case "sources": return try sources(query, caller)
        case "quarantine": return try quarantine(query, caller)
        default: throw Problem.notFound
        }
    }

    /// Waits until the views have reached a position, 5 s at most.
    private func wait(for position: Int64) async throws {
        let clock = ContinuousClock()
        let end = clock.now + .seconds(API.atLeastSeconds)
        while try views.position() < position {
            guard clock.now < end else {
                throw Problem(
                    status: .serviceUnavailable,
                    detail: "The views have not reached position \(position) within \(Int(API.atLeastSeconds)) s; ask again."
                )
            }
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    // MARK: - Bounds

    /// The municipality asked for, if the caller may see it, and the zones the answer is limited to (nil for all).
    private func bounds(_ query: Query, _ caller: Access.Caller) throws(Problem) -> (municipality: String, zones: [String]?) {
        let municipality = try query.municipality()
        guard caller.mayRead(municipality: municipality) else { throw .forbidden }
        guard let zone = try query.zone() else { return (municipality, caller.zones) }
        if let allowed = caller.zones, !allowed.contains(zone) { throw .forbidden }
        return (municipality, [zone])
    }

    /// The municipality of a question that has no zones: whoever is bound to zones has no answer.
    private func wholeMunicipality(_ query: Query, _ caller: Access.Caller) throws(Problem) -> String {
        let municipality = try query.municipality()
        guard caller.mayRead(municipality: municipality), caller.zones == nil else { throw .forbidden }
        return municipality
    }

    // MARK: - Answers

    private func status() throws -> Answer {
        let position = try views.position()
        let status = face.status()
        var json = JSONText()
        json.object { json in
            json.member("instance", face.instance)
            json.member("version", face.version)
            json.member("journalPosition", max(status.journalPosition, position))
            json.member("viewPosition", position)
            json.member("broker", status.broker)
            json.member("startedAt", Timestamp.format(face.startedAt))
        }
        return Answer(body: json.bytes, position: position)
    }

    private func municipalities(_ caller: Access.Caller) throws -> Answer {
        var json = JSONText()
        json.object { json in
            json.array("municipalities", plan.municipalities.filter { caller.mayRead(municipality: $0.number) }) { json, row in
                json.object { json in
                    json.member("number", row.number)
                    json.member("name", row.name)
                    json.array("zones", row.zones.filter { caller.zones?.contains($0.id) ?? true }) { json, zone in
                        json.object { json in
                            json.member("id", zone.id)
                            json.member("name", zone.name)
                        }
                    }
                }
            }
        }
        return Answer(body: json.bytes, position: try views.position())
    }

    private enum Published: String, CaseIterable { case first, present }

    private func loads(_ query: Query, _ caller: Access.Caller) throws -> Answer {
        let (municipality, zones) = try bounds(query, caller)
        let period = try query.period()
        let step = try query.word("step", default: LoadStep.quarter)
        let published = try query.word("published", default: Published.present)
        let stored = try views.cells(
            municipality: municipality,
            from: period.lowerBound,
            to: period.upperBound,
            zone: zones?.count == 1 ? zones?[0] : nil,
            publishedFirst: published == .first
        )
        let cells = step.sum(stored.value.filter { zones?.contains($0.zone) ?? true })
        var json = JSONText()
        json.object { json in
            json.member("municipality", municipality)
            json.member("from", Timestamp.format(period.lowerBound))
            json.member("to", Timestamp.format(period.upperBound))
            json.member("step", step.rawValue)
            json.member("position", stored.position)
            json.array("cells", cells) { json, cell in json.object { $0.members(of: cell) } }
        }
        return Answer(body: json.bytes, position: stored.position)
    }

    private enum State: String, CaseIterable { case open, closed, all }

    private func alarms(_ query: Query, _ caller: Access.Caller) throws -> Answer {
        let (municipality, zones) = try bounds(query, caller)
        let period = try query.period()
        let state = try query.word("state", default: State.all)
        let place = try query["cursor"].map { try API.place($0) }
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
            let next = page.value.count > API.alarmPage ? alarms.last.map(API.cursor) : nil
            json.member("next", next)
        }
        return Answer(body: json.bytes, position: page.position)
    }

    private static func cursor(_ alarm: AlarmRecord) -> String {
        Data("\(alarm.instant)/\(alarm.source)/\(alarm.alarm)".utf8).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_")
    }

    private static func place(_ cursor: String) throws(Problem) -> ViewsReader.AlarmPlace {
        let base64 = cursor.replacing("-", with: "+").replacing("_", with: "/").replacing(" ", with: "+")
        let parts = Data(base64Encoded: base64).map {
            String(decoding: $0, as: UTF8.self).split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
        }
        guard let parts, parts.count == 3, let instant = Int64(parts[0]) else {
            throw .badParameter("cursor", "is not one that a page of alarms gave as next")
        }
        return .init(instant: instant, source: String(parts[1]), alarm: String(parts[2]))
    }

    private func keyFigures(_ query: Query, _ caller: Access.Caller) throws -> Answer {
        let (municipality, zones) = try bounds(query, caller)
        let period = try query.period()
        let alarms = try views.alarms(
            municipality: municipality,
            from: period.lowerBound,
            to: period.upperBound,
            zones: zones
        )
        var json = JSONText()
        json.object { $0.members(of: KeyFigures(of: alarms.value)) }
        return Answer(body: json.bytes, position: alarms.position)
    }

    private func sources(_ query: Query, _ caller: Access.Caller) throws -> Answer {
        let municipality = try wholeMunicipality(query, caller)
        let ledgers = try views.ledgers(municipality: municipality)
        var json = JSONText()
        json.object { json in
            json.array("sources", ledgers.value.map(\.record)) { json, record in json.object { $0.members(of: record) } }
        }
        return Answer(body: json.bytes, position: ledgers.position)
    }

    private func quarantine(_ query: Query, _ caller: Access.Caller) throws -> Answer {
        let municipality = query["municipality"] == nil && caller.isAdmin ? nil : try wholeMunicipality(query, caller)
        let place = try query["cursor"].map { text throws(Problem) in
            let parts = text.split(separator: ".").compactMap { Int64($0) }
            guard parts.count == 2 else { throw .badParameter("cursor", "is not one that a page gave as next") }
            return (position: parts[0], index: Int(parts[1]))
        }
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
