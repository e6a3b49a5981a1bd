import Store
import Telemetry
import Workload

/// Status, municipalities, load, key figures.
extension API {
    func status(_ query: Query) async throws -> Answer {
        try await settle(query)
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

    func municipalities(_ query: Query, _ caller: Access.Caller) async throws -> Answer {
        try await settle(query)
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

    func keyFigures(_ query: Query, _ caller: Access.Caller) async throws -> Answer {
        let (municipality, zones) = try bounds(query, caller)
        let period = try query.period()
        try caller.requireFigures(of: period, now: face.now())
        try await settle(query)
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
}
