import Accounts
import Foundation
import HTTPTypes
import Store
import Telemetry

/// A municipality's roster as CSV, given and taken.
extension API {
    /// The roster in force. Positions by zone and shift name no one, but belong to the whole municipality.
    func roster(_ query: Query, _ caller: Access.Caller) async throws -> Answer {
        let municipality = try wholeMunicipality(query, caller)
        try await settle(query)
        guard let text = face.roster?.held(municipality) else {
            throw Problem(status: .notFound, detail: "Municipality \(municipality) has no roster here; its municipality.yaml names it as roster: roster.csv.")
        }
        return Answer(body: Array(text.utf8), type: "text/csv; charset=utf-8", position: try views.position())
    }

    /// Takes a roster in the place of the one there is. For admins of the whole municipality.
    func takeRoster(_ table: Data, _ query: Query, _ caller: Access.Caller) async throws -> Answer {
        try query.check(names: [Route.Parameter.municipality.rawValue])
        let municipality = try wholeMunicipality(query, caller)
        try caller.require(.registry)
        guard let roster = face.roster else {
            throw Problem(status: .notImplemented, detail: "This service takes no rosters; put roster.csv beside municipality.yaml.")
        }
        let outcome: RosterExchange.Outcome
        do { outcome = try roster.take(municipality, table) } catch let refusal as RosterExchange.Refusal {
            switch refusal {
            case .noRoster(let detail): throw Problem(status: .conflict, detail: detail)
            case .notWritable(let detail): throw Problem(status: .serviceUnavailable, detail: detail)
            case .bad(let rows):
                let count = rows.count == 1 ? "there is a problem" : "there are \(rows.count) problems"
                throw Problem(status: .unprocessableContent, detail: "Nothing was taken: \(count). Mend and send again.", rows: rows)
            }
        }
        var json = JSONText()
        json.object { json in
            json.member("rows", Int64(outcome.rows))
            json.member("keptCopy", outcome.keptCopy)
            json.member("inForce", outcome.isInForce)
        }
        return Answer(body: json.bytes, position: try views.position())
    }
}
