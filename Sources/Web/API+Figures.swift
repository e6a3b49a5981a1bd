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

    func loads(_ query: Query, _ caller: Access.Caller) async throws -> Answer {
        let (municipality, zones) = try bounds(query, caller)
        let period = try query.period()
        let step = try query.word("step", default: LoadStep.quarter)
        let published = try query.word("published", default: Published.present)
        try await settle(query)
        let cellsMax = Int((period.upperBound - period.lowerBound) / TimeRule.quarterMilliseconds) * max(1, zones?.count ?? 8)
        var json = JSONText(bytesLikely: step == .quarter ? min(cellsMax * API.cellBytes, API.reservedBytesMax) : 1024)
        var position: Int64 = 0
        try json.object { json in
            json.member("municipality", municipality)
            json.member("from", Timestamp.format(period.lowerBound))
            json.member("to", Timestamp.format(period.upperBound))
            json.member("step", step.rawValue)
            try json.array("cells") { json in
                var start: (time: EventTime, text: String)?
                var sums = LoadSums(step)
                func write(_ cell: borrowing LoadCell) {
                    if start?.time != cell.start { start = (cell.start, Timestamp.format(cell.start)) }
                    json.object { $0.members(of: cell, start: start?.text ?? "") }
                }
                position = try views.eachCell(
                    municipality: municipality,
                    from: period.lowerBound,
                    to: period.upperBound,
                    zone: zones?.count == 1 ? zones?[0] : nil,
                    publishedFirst: published == .first
                ) { cell in
                    if let zones, !zones.contains(cell.zone) { return }
                    sums.add(cell, write)
                }
                sums.finish(write)
            }
            json.member("position", position)
        }
        return Answer(body: json.bytes, position: position)
    }

    func keyFigures(_ query: Query, _ caller: Access.Caller) async throws -> Answer {
        let (municipality, zones) = try bounds(query, caller)
        let period = try query.period()
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
