import Accounts
import Foundation
import HTTPTypes
import Hummingbird
package import Logging
import Reports
package import Store
package import Telemetry
import UnixSignals
package import Workload

/// Every address of the service and what it gives.
package struct Site: Sendable {
    /// Answers of the API may not be kept by anyone on the way.
    static let json = "application/json"
    static let devicesPath = "/api/v1/devices"
    static let rosterPath = "/api/v1/roster"
    static let staffingPath = "/api/v1/staffing"
    /// A connection is closed on which no whole head of a request, or piece of its body, has come for so long. It may be silent
    /// for longer while an answer is being made.
    private static let idleSecondsMax: Int64 = 30
    static let projectionPath = "/api/v1/projection"

    let face: ServiceFace
    private let views: ViewsReader
    let access: Access
    let desk: LoginDesk?
    /// Nil where nobody logs in elsewhere.
    let identity: IdentityDesk?
    let accessLog: AccessLog
    private let api: API
    let pages: Pages
    let streams = StreamCounter()
    let administration: AdministrationDesk?
    /// What the last look at the access log has found; nil where nobody looks.
    let accessLogKeeper: AccessLogKeeper?

    package init(
        face: ServiceFace,
        views: ViewsReader,
        access: Access,
        accessLog: AccessLog,
        accessLogKeeper: AccessLogKeeper? = nil,
        plan: ZonePlan,
        registry: RegistryBoard,
        staffing: StaffingDesk = StaffingDesk(),
        benefits: BenefitBook? = nil,
        identity: IdentityDesk? = nil
    ) {
        administration = access.store.map { AdministrationDesk(store: $0, log: accessLog, isConfigured: access.isConfigured(token:)) }
        self.accessLogKeeper = accessLogKeeper
        self.identity = identity
        self.face = face
        self.views = views
        self.access = access
        desk = access.store.map { LoginDesk($0) }
        self.accessLog = accessLog
        api = API(face: face, views: views, plan: plan, registry: registry, staffing: staffing)
        pages = Pages(face: face, views: views, registry: registry, staffing: staffing, benefits: benefits)
    }

    /// Serves until the task is cancelled or, with `endsOnSignals`, the process is told to end (SIGTERM, SIGINT). Signals are
    /// the process's, so one site of a process at most may listen: Dispatch on Linux traps at times when many listeners
    /// to a signal come and go.
    package func serve(
        host: String,
        port: Int,
        endsOnSignals: Bool = false,
        logger: Logger,
        onRunning: @escaping @Sendable () async -> Void
    ) async throws {
        let connections = ConnectionLimit()
        let application = Application(
            responder: CallbackResponder<BasicRequestContext> { request, _ in
                let response = await respond(to: request, logger: logger)
                return request.method == .head ? response.createHeadResponse() : response
            },
            server: .http1(
                configuration: .init(additionalChannelHandlers: [ConnectionLimit.Handler(connections)], idleTimeout: .seconds(Site.idleSecondsMax))
            ),
            configuration: .init(address: .hostname(host, port: port), serverName: "vaktlast"),
            onServerRunning: { _ in await onRunning() },
            logger: logger
        )
        try await application.runService(gracefulShutdownSignals: endsOnSignals ? [.sigterm, .sigint] : [])
    }

    /// Begins to make ready what takes longest, of the municipalities whose pages are kept ready; while a service restores its state.
    ///
    /// - Parameters:
    ///   - municipalities: all, in order.
    ///   - staffing: the desk that the site is given.
    package static func prepare(
        _ municipalities: [ReportedMunicipality],
        _ views: ViewsReader,
        _ staffing: StaffingDesk,
        now: @escaping @Sendable () -> EventTime
    ) {
        Pages.prepare(municipalities, views, staffing, now: now)
    }

    /// Keeps the usual pages ready until the task is cancelled; for a service that people look at.
    package func keepReady() async { await pages.keepReady() }

    private func respond(to request: Request, logger: Logger) async -> Response {
        var response: Response
        do {
            if let chosen = languageChoice(request) {
                response = chosen
            } else {
                response = try await answer(request, logger)
                try renewSession(request, &response)
            }
        } catch let problem as Problem {
            response = self.response(problem, request)
        } catch is PurposeDesk.Needed {
            response = askWhy(request)
        } catch {
            logger.error("\(request.uri.path): \(error)")
            response = self.response(Problem(status: .internalServerError, detail: "The answer could not be made; the log says why."), request)
        }
        do { response = try await spoken(response, request) } catch { logger.error("\(request.uri.path): \(error)") }
        Site.guardHeaders(request, &response)
        return response
    }

    private func answer(_ request: Request, _ logger: Logger) async throws -> Response {
        let path = request.uri.path
        try checkLength(request)
        if request.method == .post {
            try Site.checkOrigin(request)
            switch path {
            case Site.devicesPath: return try await takeTable(request, bytesMax: face.devices?.bytesMax, api.takeDevices)
            case Site.rosterPath: return try await takeTable(request, bytesMax: face.roster?.bytesMax, api.takeRoster)
            case Site.staffingPath: return try await answerFile(request, api.staffing(whatIf:_:_:))
            case Site.projectionPath: return try await answerFile(request, api.projection(assumptions:_:_:))
            case LoginDesk.loginPath: return try await login(request)
            case LoginDesk.logoutPath: return try await logout(request)
            case PurposeDesk.path: return try await choosePurpose(request)
            case OwnAccount.path: return try await changeOwnPassword(request)
            case OwnAccount.choicePath: return try await choosePassword(request)
            case LedgerSection.path: return try await enterBenefit(request)
            case Pages.replayPath: return try await replay(request)
            default:
                if let page = AdministrationPage(path: path), page.takesForms { return try await administer(page, request, logger) }
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
            if answer.showsDevices { try PurposeDesk.ask(caller) }
            var response = response(answer.body, answer.type, position: answer.position)
            if let rest = answer.rest { response.body = Site.body(answer.body, rest) }
            return response
        }
        if let sheet = Pages.sheet(path) { return response(sheet.body, sheet.type, security: sheet.security) }
        // Also whoever cannot log in must be able to read whom to tell.
        if path == AccessibilityPage.path, (try? access.caller(of: request, now: face.now(), isActivity: false)) == nil {
            return response(pages.accessibility(nil, nil).body, Pages.htmlType, security: Pages.security)
        }
        if path == LoginDesk.loginPath { return loginPage(Query(request)) }
        if Site.wantsStream(request) { return try await stream(request, logger) }
        if path == OwnAccount.choicePath { return try passwordChoicePage(Query(request)) }
        if let answer = try await identityAnswer(request, logger) { return answer }
        let caller = try access.caller(of: request, now: face.now(), isActivity: path != Pages.boardAddress)
        let query = Query(request)
        try query.requireReadable()
        if let file = ReportFile(path: path) {
            try caller.require(.figures)
            try pages.check(file, query, caller)
            try PurposeDesk.ask(caller)
            let made = try await pages.file(file, query, caller, translator(request))
            try await recordExport(made.name, request, caller, municipality: made.municipality, position: made.position, logger)
            var response = response(made.bytes, file.type, position: made.position)
            response.headers[.contentDisposition] = "attachment; filename=\"\(made.name)\""
            return response
        }
        if path == DevicePage.tablePath {
            let (table, shown) = try await pages.deviceTable(query, caller)
            let name = "vaktlast-\(shown.municipality)-enheter.csv"
            try await recordExport(name, request, caller, municipality: shown.municipality, position: table.position ?? 0, logger)
            var response = response(table.body, table.type, position: table.position)
            response.headers[.contentDisposition] = "attachment; filename=\"\(name)\""
            return response
        }
        switch path {
        case PurposeDesk.path: return purposePage(query, caller)
        case OwnAccount.path: return try ownAccountPage(caller)
        default: break
        }
        if let page = AdministrationPage(path: path) { return try await administrationPage(page, request, caller, logger) }
        guard var page = try await pages.page(path, query, caller) else { throw Problem.notFound }
        if let location = page.location {
            var response = response([], Pages.htmlType, status: page.isMovedForGood ? .movedPermanently : .seeOther)
            response.headers[.location] = location
            return response
        }
        if page.showsDevices { try PurposeDesk.ask(caller) }
        if let shown = page.shown, let withheld = try await show(shown, path, request, caller, page.position ?? 0, logger) {
            var plain = caller
            plain.rights.remove(.alarms)
            page = try await pages.page(path, query, plain, withheld: withheld) ?? page
        }
        return response(page.body, page.type, status: page.status, position: page.position, security: page.security)
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
        let table = try await Site.body(of: request, upTo: limit, "The table is larger than \(limit >> 20) MiB; send it in parts.")
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
        let body = try await Site.body(of: request, upTo: API.whatIfBytesMax, "It is larger than \(API.whatIfBytesMax >> 10) KiB.")
        let answer = try await answer(Data(body.readableBytesView), Query(request), caller)
        return response(answer.body, answer.type, position: answer.position)
    }

    /// Writes down what a page shows of alarms; gives why they are left out of it instead. The first page is shown without them to
    /// someone who has not said why, any other asks first.
    private func show(
        _ shown: API.Shown,
        _ path: String,
        _ request: Request,
        _ caller: Access.Caller,
        _ position: Int64,
        _ logger: Logger
    ) async throws -> Pages.Withheld? {
        do {
            try await record(shown, request, caller, position, logger)
            return nil
        } catch let problem as Problem where problem.status == .serviceUnavailable {
            return .logDown
        } catch is PurposeDesk.Needed where path == SitePage.now.rawValue {
            return .noPurpose
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
        security: String = Site.nothing
    ) -> Response {
        var headers = HTTPFields()
        headers[.contentType] = type
        headers[.cacheControl] = "no-store"
        headers[.contentSecurityPolicy] = security
        headers[.xContentTypeOptions] = "nosniff"
        headers[.vaktlastPosition] = "\(position ?? (try? views.position()) ?? 0)"
        return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: body)))
    }

    func response(_ problem: Problem, _ request: Request) -> Response {
        let isForPeople = !request.uri.path.hasPrefix("/api/") && request.headers[.accept]?.contains("text/html") == true
        if isForPeople, problem.status == .unauthorized, (try? access.hasAccounts()) == true {
            var response = response([], Pages.htmlType, status: .seeOther)
            response.headers[.location] = Site.address(LoginDesk.loginPath, onTo: request)
            return response
        }
        var response = isForPeople ? errorPage(problem, request) : self.response(problem.body, "application/problem+json", status: problem.status)
        if problem.status == .unauthorized {
            let isPage = !request.uri.path.hasPrefix("/api/")
            response.headers[.wwwAuthenticate] = isPage ? "Basic realm=\"Vaktlast\"" : "Bearer realm=\"vaktlast\""
        }
        if problem.status == .methodNotAllowed {
            response.headers[.allow] = bodyBytesMax(request.uri.path) == nil ? "GET, HEAD" : "GET, HEAD, POST"
        }
        return response
    }
}

extension Site {
    /// Why there is no page. Whoever has logged in has the bar on it as on any, to go on by, and the way out.
    private func errorPage(_ problem: Problem, _ request: Request) -> Response {
        let error = ErrorPage(status: problem.status.code)
        if let caller = try? access.caller(of: request, now: face.now(), isActivity: false), caller.session != nil {
            return page(error.page, caller, status: problem.status)
        }
        let html = error.html(styleAddress: Pages.styleAddress)
        return response(Array(html.utf8), Pages.htmlType, status: problem.status, security: Pages.security)
    }
}

extension HTTPField.Name {
    static let vaktlastPosition = HTTPField.Name("Vaktlast-Position")!
}
