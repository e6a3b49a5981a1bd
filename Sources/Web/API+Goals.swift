import Accounts
import Dispatch
import Files
import Foundation
import HTTPTypes
import Reports
import Store
import Strategy
import Telemetry
import Workload

/// Indicators against goals, what each figure was made of, and today's load in years to come.
extension API {
    /// Alarms of a lineage on a page.
    static let lineagePage = 500

    func goals(_ query: Query, _ caller: Access.Caller) async throws -> Answer {
        let (municipality, goals, zone) = try goals(of: query, caller)
        let period = try query.reportPeriod(of: caller, now: face.now())
        try await settle(query)
        let answer = try await API.apart { [views, face] in
            try municipality.goalsAnswer(goals, period: period, zone: zone, views: views.frozen(), now: face.now())
        }
        return Answer(body: answer.json, position: answer.position)
    }

    /// - Parameter place: ids of framework, goal and indicator.
    func lineage(_ place: [String], _ query: Query, _ caller: Access.Caller) async throws -> Answer {
        let (municipality, goals, zone) = try goals(of: query, caller)
        let period = try query.reportPeriod(of: caller, now: face.now())
        let after = try query["cursor"].map { try API.place($0) }
        guard let indicator = goals.indicator(at: place)
        else {
            throw Problem(
                status: .notFound,
                detail: "Municipality \(municipality.number) has no indicator at this address; /api/v1/goals gives each one's address as lineage."
            )
        }
        try await settle(query)
        let mayList = caller.rights.contains(.alarms)
        let (answer, listed, _) = try await API.apart { [views, face] in
            try municipality.lineageAnswer(
                place,
                indicator,
                period: period,
                zone: zone,
                reach: .init(mayList: mayList, zones: caller.zones, after: after, alarmsMax: API.lineagePage),
                views: views.frozen(),
                now: face.now()
            )
        }
        let shown = listed.map { AccessLog.AlarmName(source: $0.source, alarm: $0.alarm) }
        return Answer(
            body: answer.json,
            position: answer.position,
            shown: mayList && indicator.measure.listedUnit != nil
                ? Shown(municipality: municipality.number, zones: zone.map { [$0] }, alarms: shown) : nil
        )
    }

    func projection(_ query: Query, _ caller: Access.Caller) async throws -> Answer {
        try await projection(query, caller) { municipality in
            guard let assumptions = municipality.sources.projection else { throw API.missing("projection", municipality) }
            return assumptions
        }
    }

    /// With other assumptions than the municipality's: as `projection.yaml` has them, YAML, or JSON, which is YAML.
    func projection(assumptions body: Data, _ query: Query, _ caller: Access.Caller) async throws -> Answer {
        try query.check(names: Route.projection.parameters.map(\.rawValue))
        guard let text = String(data: body, encoding: .utf8) else {
            throw Problem(status: .unprocessableContent, detail: "The assumptions are not UTF-8 text.")
        }
        return try await projection(query, caller) { _ in
            do throws(FileError) {
                return try ProjectionAssumptions(yaml: text, file: "assumptions")
            } catch {
                throw API.unusable(error)
            }
        }
    }

    private func projection(
        _ query: Query,
        _ caller: Access.Caller,
        _ assumptions: (ReportedMunicipality) throws -> ProjectionAssumptions
    ) async throws -> Answer {
        let municipality = try configured(try wholeMunicipality(query, caller), caller)
        guard let years = ReportedMunicipality.years(query["years"] ?? ReportedMunicipality.projectionYears) else {
            throw Problem.badParameter("years", "are years from 2000 to 2200 with commas between, e.g. years=2030,2040,2050")
        }
        let isMeasured = query["from"] != nil || query["to"] != nil
        let period = isMeasured ? try query.reportPeriod(of: caller, now: face.now()) : nil
        guard let population = municipality.sources.population else { throw API.missing("population", municipality) }
        guard let users = municipality.sources.usersByAge else { throw API.missing("usersByAge", municipality) }
        let input = ReportedMunicipality.ProjectionInput(
            population: population,
            users: users,
            assumptions: try assumptions(municipality),
            years: years
        )
        try await settle(query)
        do {
            let answer = try await API.apart { [views, face] in
                try municipality.projection(input, measured: try period.map { ($0, try views.frozen()) }, now: face.now())
            }
            return Answer(body: answer.json, position: try answer.measured?.position ?? views.position())
        } catch let error as ReportedMunicipality.TooLittleMeasured {
            throw Problem(status: .conflict, detail: "\(error)")
        } catch let error as FileError {
            throw API.unusable(error)
        }
    }

    // MARK: - Bounds

    /// The municipality asked for with its goals, and the one zone that the answer is of; nil for all.
    private func goals(of query: Query, _ caller: Access.Caller) throws -> (ReportedMunicipality, Goals, zone: String?) {
        let (number, zones) = try bounds(query, caller)
        if let zones, zones.count != 1 {
            throw Problem.badParameter("zone", "is missing; who is bound to zones asks for one at a time: \(zones.joined(separator: ", "))")
        }
        let municipality = try configured(number, caller)
        guard let goals = municipality.goals else { throw API.missing("goals", municipality) }
        if let zone = zones?.first, zone != ZonePlan.unknownZone, !municipality.zones.contains(where: { $0.id == zone }) {
            let known = municipality.zones.map(\.id).filter { caller.zones?.contains($0) ?? true }.joined(separator: ", ")
            throw Problem(status: .notFound, detail: "Municipality \(number) has no zone \(zone); its zones are \(known).")
        }
        return (municipality, goals, zones?.first)
    }

    func configured(_ number: String, _ caller: Access.Caller) throws(Problem) -> ReportedMunicipality {
        guard let municipality = registry.current.municipalities.first(where: { $0.number == number }) else {
            throw Problem(status: .notFound, detail: "Municipality \(number) is not configured here.")
        }
        return municipality.told(to: caller.zones)
    }

    private static func missing(_ key: String, _ municipality: ReportedMunicipality) -> Problem {
        Problem(
            status: .notFound,
            detail: "Municipality \(municipality.number) has no \(key): add the key \(key) with the file's name to its municipality.yaml."
        )
    }

    private static func unusable(_ error: FileError) -> Problem {
        Problem(
            status: .unprocessableContent,
            detail: "This cannot be projected: \(error)",
            rows: error.problems.map { .init(line: $0.line, reason: "\($0.place.map { "\($0): " } ?? "")\($0.problem) (\($0.wayOut))") }
        )
    }

    /// Work of some tenths of a second, on a thread that answers nobody else.
    private static func apart<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global(qos: .userInitiated).async { continuation.resume(with: Result { try body() }) }
        }
    }
}
