import Files
import Foundation
import HTTPTypes
import Reports
import Staffing
import Store
import Telemetry
import Workload

/// Load against staffing: required against rostered, replayed, and a what-if.
extension API {
    /// The longest period that is analysed at once, a year and a day more.
    static let staffingDaysMax = 367
    /// The largest what-if that is read.
    static let whatIfBytesMax = 64 << 10

    func staffing(_ query: Query, _ caller: Access.Caller) async throws -> Answer {
        try await staffing(query, caller) { _, _ in [] }
    }

    /// A what-if as its file has it: YAML, or JSON, which is YAML.
    func staffing(whatIf body: Data, _ query: Query, _ caller: Access.Caller) async throws -> Answer {
        try query.check(names: Route.staffing.parameters.map(\.rawValue))
        guard let text = String(data: body, encoding: .utf8) else {
            throw Problem(status: .unprocessableContent, detail: "The what-if is not UTF-8 text.")
        }
        return try await staffing(query, caller) { municipality, asked in
            do {
                let zones = Set(municipality.zones.map(\.id)).filter { asked?.contains($0) ?? true }
                guard !zones.isEmpty else {
                    throw Problem(status: .conflict, detail: "There is no roster to change there: none of the zones asked for is configured.")
                }
                return [try WhatIf(yaml: text, file: "what-if", zones: zones, settings: municipality.staffing, roster: municipality.roster)]
            } catch let error as FileError {
                throw Problem(
                    status: .unprocessableContent,
                    detail: "The what-if cannot be used: \(error)",
                    rows: error.problems.map { .init(line: $0.line, reason: $0.reason) }
                )
            }
        }
    }

    private func staffing(
        _ query: Query,
        _ caller: Access.Caller,
        _ whatIfs: (ReportedMunicipality, [String]?) throws -> [WhatIf]
    ) async throws -> Answer {
        let (number, zones) = try bounds(query, caller)
        let period = try query.period()
        try caller.require(period, now: face.now())
        guard period.upperBound - period.lowerBound <= Int64(API.staffingDaysMax) * TimeRule.dayMilliseconds else {
            throw .badParameter("to", "lies more than \(API.staffingDaysMax) days after from; ask for a year at most") as Problem
        }
        let municipality = try configured(number, caller)
        if let zone = try query.zone(), !municipality.zones.contains(where: { $0.id == zone }) {
            throw .badParameter("zone", "is no zone of municipality \(number)") as Problem
        }
        let asked = try whatIfs(municipality, zones)
        guard asked.isEmpty || municipality.roster != nil else {
            throw Problem(
                status: .conflict,
                detail: "Municipality \(number) has no roster, so that there is nothing to change; its municipality.yaml names one as roster: roster.csv."
            )
        }
        try await settle(query)
        let input = try municipality.staffingInput(period: period, zones: zones, views: views.frozen(), now: face.now(), whatIfs: asked)
        do {
            let analysis = caller.told(try await staffing.analysis(input, effort: asked.isEmpty ? .page : .answer))
            return Answer(body: analysis.json, position: analysis.position)
        } catch StaffingDesk.Refusal.busy {
            throw Problem(status: .serviceUnavailable, detail: "Other analyses are being made; ask again in some seconds.")
        } catch StaffingDesk.Refusal.tooLarge(let callOuts) {
            throw Problem(
                status: .unprocessableContent,
                detail: "\(callOuts) alarms are too many for an answer in time; ask for a shorter period, or use vaktlast staffing."
            )
        }
    }
}
