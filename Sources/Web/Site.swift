import Accounts
import Foundation
import HTTPTypes
import Hummingbird
package import Logging
import Reports
package import Store
import Telemetry
import UnixSignals
package import Workload

/// Every address of the service and what it gives.
package struct Site: Sendable {
    /// Answers of the API may not be kept by anyone on the way.
    static let json = "application/json"
    private static let devicesPath = "/api/v1/devices"
    private static let rosterPath = "/api/v1/roster"
    private static let staffingPath = "/api/v1/staffing"
    /// A connection on which nothing comes or goes for so long is closed; a PDF of a year takes less.
    private static let idleSecondsMax: Int64 = 150
    private static let projectionPath = "/api/v1/projection"
    private static let html = "text/html; charset=utf-8"

    let face: ServiceFace
    private let views: ViewsReader
    let access: Access
    let desk: LoginDesk?
    private let accessLog: AccessLog
    private let api: API
    let pages: Pages
    let streams = StreamCounter()

    package init(
        face: ServiceFace,
        views: ViewsReader,
        access: Access,
        accessLog: AccessLog,
        plan: ZonePlan,
        registry: RegistryBoard
    ) {
        self.face = face
        self.views = views
        self.access = access
        desk = access.store.map { LoginDesk($0) }
        self.accessLog = accessLog
        let staffing = StaffingDesk()
        api = API(face: face, views: views, plan: plan, registry: registry, staffing: staffing)
        pages = Pages(face: face, views: views, registry: registry, staffing: staffing)
    }

    /// Serves until the task is cancelled or the process is told to end.
    package func serve(host: String, port: Int, logger: Logger, onRunning: @escaping @Sendable () async -> Void) async throws {
        let application = Application(
            responder: CallbackResponder<BasicRequestContext> { request, _ in
                let response = await respond(to: request, logger: logger)
                return request.method == .head ? response.createHeadResponse() : response
            },
            server: .http1(configuration: .init(idleTimeout: .seconds(Site.idleSecondsMax))),
            configuration: .init(address: .hostname(host, port: port), serverName: "vaktlast"),
            onServerRunning: { _ in await onRunning() },
            logger: logger
        )
        try await application.runService(gracefulShutdownSignals: [.sigterm, .sigint])
    }

    private func respond(to request: Request, logger: Logger) async -> Response {
        do {
            return try await answer(request, logger)
        } catch let problem as Problem {
            return response(problem, request)
        } catch {
            logger.error("\(request.uri.path): \(error)")
            return response(Problem(status: .internalServerError, detail: "The answer could not be made; the log says why."), request)
        }
    }

    private func answer(_ request: Request, _ logger: Logger) async throws -> Response {
        let path = request.uri.path
        if request.method == .post {
            try Site.checkOrigin(request)
            switch path {
            case Site.devicesPath: return try await takeTable(request, bytesMax: face.devices?.bytesMax, api.takeDevices)
            case Site.rosterPath: return try await takeTable(request, bytesMax: face.roster?.bytesMax, api.takeRoster)
            case Site.staffingPath: return try await answerFile(request, api.staffing(whatIf:_:_:))
            case Site.projectionPath: return try await answerFile(request, api.projection(assumptions:_:_:))
            case LoginDesk.loginPath: return try await login(request)
            case LoginDesk.logoutPath: return try await logout(request)
            default: break
            }
        }
        guard request.method == .get || request.method == .head else {
            throw Problem(
                status: .methodNotAllowed,
                detail: "Only GET is answered here, and POST of devices, rosters, what-ifs of staffing and assumptions of projections."
            )
        }
        switch path {
        case "/healthz": return response("ok\n", "text/plain; charset=utf-8")
        case "/readyz": return readiness()
        case "/metrics": return response(face.metrics(), "text/plain; version=0.0.4; charset=utf-8")
        // Browsers ask for it by themselves, also where no page names one.
        case "/favicon.ico": return Response(status: .noContent)
        case "/openapi.json": return response(OpenAPI.document(version: face.version), Site.json)
        default: break
        }
        if path.hasPrefix("/api/v1/") {
            let caller = try access.caller(of: request, now: face.now())
            let answer = try await api.answer(String(path.dropFirst("/api/v1/".count)), Query(request), caller)
            if let shown = answer.shown { try await record(shown, request, caller, answer.position, logger) }
            var response = response(answer.body, answer.type, position: answer.position)
            if let rest = answer.rest { response.body = Site.body(answer.body, rest) }
            return response
        }
        if let sheet = Pages.sheet(path) { return response(sheet.body, sheet.type, security: sheet.security) }
        if path == LoginDesk.loginPath { return loginPage(Query(request)) }
        if Site.wantsStream(request) { return try await stream(request, logger) }
        let caller = try access.caller(of: request, now: face.now(), isActivity: path != Pages.boardAddress)
        if let file = ReportFile(path: path) {
            try caller.require(.figures)
            let made = try await pages.file(file, Query(request), caller)
            var response = response(made.bytes, file.type, position: made.position)
            response.headers[.contentDisposition] = "attachment; filename=\"\(made.name)\""
            return response
        }
        guard var page = try await pages.page(path, Query(request), caller) else { throw Problem.notFound }
        if let location = page.location {
            var response = response([], Pages.htmlType, status: page.isMovedForGood ? .movedPermanently : .seeOther)
            response.headers[.location] = location
            return response
        }
        if let shown = page.shown {
            do { try await record(shown, request, caller, page.position ?? 0, logger) } catch let problem as Problem where problem.status == .serviceUnavailable
            {
                // The rest of the page names no alarm.
                var plain = caller
                plain.rights.remove(.alarms)
                page = try await pages.page(path, Query(request), plain, isLogDown: true) ?? page
            }
        }
        return response(page.body, page.type, position: page.position, security: page.security)
    }

    /// A table for the registry or the roster. The type keeps other sites' forms out: a browser asks before it sends such a one.
    private func takeTable(
        _ request: Request,
        bytesMax: Int?,
        _ take: (Data, Query, Access.Caller) async throws -> API.Answer
    ) async throws -> Response {
        let caller = try access.caller(of: request, now: face.now())
        guard request.headers[.contentType]?.lowercased().hasPrefix("text/csv") == true else {
            throw Problem(status: .unsupportedMediaType, detail: "Send the table as Content-Type: text/csv.")
        }
        let limit = bytesMax ?? 0
        let table: ByteBuffer
        do { table = try await request.body.collect(upTo: limit) } catch {
            throw Problem(status: .contentTooLarge, detail: "The table is larger than \(limit >> 20) MiB, or did not come whole; send it in parts.")
        }
        let answer = try await take(Data(table.readableBytesView), Query(request), caller)
        return response(answer.body, answer.type, position: answer.position)
    }

    /// A what-if or assumptions: nothing is changed by it. Forms of other sites cannot send the types taken.
    private func answerFile(
        _ request: Request,
        _ answer: (Data, Query, Access.Caller) async throws -> API.Answer
    ) async throws -> Response {
        let caller = try access.caller(of: request, now: face.now())
        try caller.require(.figures)
        let type = request.headers[.contentType]?.lowercased() ?? ""
        guard ["application/json", "application/yaml"].contains(where: type.hasPrefix) else {
            throw Problem(status: .unsupportedMediaType, detail: "Send it as Content-Type: application/json or application/yaml.")
        }
        let body: ByteBuffer
        do { body = try await request.body.collect(upTo: API.whatIfBytesMax) } catch {
            throw Problem(status: .contentTooLarge, detail: "It is larger than \(API.whatIfBytesMax >> 10) KiB, or did not come whole.")
        }
        let answer = try await answer(Data(body.readableBytesView), Query(request), caller)
        return response(answer.body, answer.type, position: answer.position)
    }

    /// Writes down who is shown which alarms, before the answer leaves.
    func record(
        _ shown: API.Shown,
        _ request: Request,
        _ caller: Access.Caller,
        _ position: Int64,
        _ logger: Logger
    ) async throws {
        do {
            try await accessLog.record(
                .init(
                    time: face.now(),
                    who: caller.name,
                    path: request.uri.path,
                    asked: request.uri.query ?? "",
                    municipality: shown.municipality,
                    zones: shown.zones,
                    alarms: shown.alarms,
                    position: position
                )
            )
        } catch {
            logger.error("\(request.uri.path): \(error)")
            throw Problem(
                status: .serviceUnavailable,
                detail: "Alarms are shown only when the access log has it, and it cannot be written now; the service's log says why."
            )
        }
    }

    /// A body of which the rest is still being made.
    private static func body(_ first: [UInt8], _ rest: AsyncThrowingStream<[UInt8], any Error>) -> ResponseBody {
        ResponseBody { writer in
            try await writer.write(ByteBuffer(bytes: first))
            for try await piece in rest { try await writer.write(ByteBuffer(bytes: piece)) }
            try await writer.finish(nil)
        }
    }

    private func readiness() -> Response {
        let status = face.status()
        let text = status.isReady ? "ready\n" : "not ready: \(status.problem ?? "broker \(status.broker)")\n"
        return response(text, "text/plain; charset=utf-8", status: status.isReady ? .ok : .serviceUnavailable)
    }

    // MARK: - Responses

    private func response(_ text: String, _ type: String, status: HTTPResponse.Status = .ok) -> Response {
        response(Array(text.utf8), type, status: status)
    }

    func response(
        _ body: [UInt8],
        _ type: String,
        status: HTTPResponse.Status = .ok,
        position: Int64? = nil,
        security: String = "default-src 'none'"
    ) -> Response {
        var headers = HTTPFields()
        headers[.contentType] = type
        headers[.cacheControl] = "no-store"
        headers[.contentSecurityPolicy] = security
        headers[.xContentTypeOptions] = "nosniff"
        headers[.vaktlastPosition] = "\(position ?? (try? views.position()) ?? 0)"
        return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: body)))
    }

    private func response(_ problem: Problem, _ request: Request) -> Response {
        let isForPeople = !request.uri.path.hasPrefix("/api/") && request.headers[.accept]?.contains("text/html") == true
        if isForPeople, problem.status == .unauthorized, (try? access.hasAccounts()) == true {
            var response = response([], Pages.htmlType, status: .seeOther)
            let next = request.uri.query.map { "\(request.uri.path)?\($0)" } ?? request.uri.path
            let isPlain = next == "/" || Site.localPath(next) != next
            let allowed = CharacterSet.urlQueryAllowed.subtracting(CharacterSet(charactersIn: "&+#"))
            response.headers[.location] = LoginDesk.loginPath + (isPlain ? "" : "?neste=\(next.addingPercentEncoding(withAllowedCharacters: allowed) ?? "")")
            return response
        }
        let page = isForPeople ? ErrorPage(status: problem.status.code).html(styleAddress: Pages.styleAddress) : nil
        var response =
            page.map { self.response(Array($0.utf8), Pages.htmlType, status: problem.status, security: Pages.security) }
            ?? self.response(problem.body, "application/problem+json", status: problem.status)
        if problem.status == .unauthorized {
            let isPage = !request.uri.path.hasPrefix("/api/")
            response.headers[.wwwAuthenticate] = isPage ? "Basic realm=\"Vaktlast\"" : "Bearer realm=\"vaktlast\""
        }
        if problem.status == .methodNotAllowed {
            let takesTables = [Site.devicesPath, Site.rosterPath, Site.staffingPath, Site.projectionPath].contains(request.uri.path)
            response.headers[.allow] = takesTables ? "GET, HEAD, POST" : "GET, HEAD"
        }
        return response
    }
}

extension HTTPField.Name {
    static let vaktlastPosition = HTTPField.Name("Vaktlast-Position")!
}
