import Accounts
import Foundation
import Hummingbird
package import Store
package import Workload

/// The answers of `/api/v1` (CONTRACT 8). Every question to the views is bounded here by what the caller may see.
///
/// The order of refusals: no token 401 (before this), no such address 404, a query that breaks the rules of its
/// route 400, a municipality or zone out of reach 403, a value that is none 400, views that do not get there 503.
package struct API: Sendable {
    static let alarmPage = 500
    static let devicePage = 500
    static let atLeastSeconds = 5.0
    let face: ServiceFace
    let views: ViewsReader
    let plan: ZonePlan
    let registry: RegistryBoard
    let staffing: StaffingDesk

    package struct Answer: Sendable {
        package var body: [UInt8]
        /// What follows the body, made while it is sent; nil where it is whole.
        package var rest: AsyncThrowingStream<[UInt8], any Error>?
        package var type = Site.json
        package var position: Int64
        /// The single alarms that the body shows; nil where it shows none by its nature.
        package var shown: Shown?
        /// Whether it names devices of residents, so that a person says why first.
        package var showsDevices = false
    }

    /// Alarms shown to someone, which the access log must say.
    package struct Shown: Sendable {
        package var municipality: String
        /// The zones the answer was limited to; nil for all.
        package var zones: [String]?
        package var alarms: [AccessLog.AlarmName]
    }

    package init(face: ServiceFace, views: ViewsReader, plan: ZonePlan, registry: RegistryBoard? = nil, staffing: StaffingDesk = StaffingDesk()) {
        self.face = face
        self.views = views
        self.plan = plan
        self.staffing = staffing
        self.registry = registry ?? RegistryBoard(.init(municipalities: plan.municipalities.map { ReportedMunicipality($0) }))
    }

    /// The answer below `/api/v1/`. Throws `Problem` for what the caller did wrong.
    package func answer(_ path: String, _ query: Query, _ caller: Access.Caller) async throws -> Answer {
        guard let (route, place) = Route.at(path) else { throw Problem.notFound }
        try query.check(names: route.parameters.map(\.rawValue))
        if let right = route.right { try caller.require(right) }
        switch route {
        case .status: return try await status(query)
        case .municipalities: return try await municipalities(query, caller)
        case .loads: return try await loads(query, caller)
        case .alarms: return try await alarms(query, caller)
        case .kpis: return try await keyFigures(query, caller)
        case .sources: return try await sources(query, caller)
        case .quarantine: return try await quarantine(query, caller)
        case .devices: return try await devices(query, caller)
        case .roster: return try await roster(query, caller)
        case .staffing: return try await staffing(query, caller)
        case .goals: return try await goals(query, caller)
        case .lineage: return try await lineage(place, query, caller)
        case .projection: return try await projection(query, caller)
        }
    }

    /// Waits until the views have reached the position that the query asks for, 5 s at most. Called when nothing
    /// else is left to refuse.
    func settle(_ query: Query) async throws {
        guard let position = try query.position("atLeast") else { return }
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
    func bounds(_ query: Query, _ caller: Access.Caller) throws(Problem) -> (municipality: String, zones: [String]?) {
        let municipality = try query.municipality()
        guard caller.mayRead(municipality: municipality) else { throw .forbidden }
        guard let zone = try query.zone() else { return (municipality, caller.zones) }
        if let allowed = caller.zones, !allowed.contains(zone) { throw .forbidden }
        return (municipality, [zone])
    }

    /// The municipality of a question that has no zones: whoever is bound to zones has no answer.
    func wholeMunicipality(_ query: Query, _ caller: Access.Caller) throws(Problem) -> String {
        let municipality = try query.municipality()
        guard caller.mayRead(municipality: municipality), caller.zones == nil else { throw .forbidden }
        return municipality
    }
}
