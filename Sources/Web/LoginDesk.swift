import Accounts
import Foundation
import HTTPTypes
import Hummingbird
import Reports
import Store
import Telemetry

/// Where people log in and out. One password is checked at a time: hashing is meant to be slow, and a crowd of guesses
/// must not take both processors from the alarms.
actor LoginDesk {
    static let loginPath = "/logg-inn"
    static let logoutPath = "/logg-ut"
    /// A form with name, password and where to go on.
    static let bytesMax = 8192

    private let store: AccountStore
    private var throttle = LoginThrottle()

    init(_ store: AccountStore) { self.store = store }

    enum Outcome {
        /// The secret of the new session.
        case isIn(String)
        case isWrong
        case mustWait(seconds: Int)
    }

    enum Check {
        case isRight
        case isWrong
        case mustWait(seconds: Int)
    }

    func login(name: String, password: String, address: String, now: EventTime) throws -> Outcome {
        switch try check(name: name, password: password, address: address, now: now) {
        case .isRight: .isIn(try store.beginSession(of: name, now: now))
        case .isWrong: .isWrong
        case .mustWait(let seconds): .mustWait(seconds: seconds)
        }
    }

    /// Whether the password is that of an active account.
    func check(name: String, password: String, address: String, now: EventTime) throws -> Check {
        // What is no name is one entry, so that a flood of them takes no room.
        let key = Account.isName(name) ? name : "?"
        let wait = throttle.wait(account: key, address: address, now: now)
        guard wait == 0 else { return .mustWait(seconds: Int((wait + 999) / 1000)) }
        let found = try store.account(key)
        // Without an account the same work is done.
        let isRight = Password.isRight(password, for: found?.hash ?? Password.decoy)
        guard isRight, found?.account.isActive == true else {
            throttle.failed(account: key, address: address, now: now)
            return .isWrong
        }
        throttle.succeeded(account: key, address: address, now: now)
        return .isRight
    }
}

extension Site {
    /// The page where one logs in.
    func loginPage(_ query: Query) -> Response {
        let next = Site.localPath(query["neste"])
        return page(LoginPage(next: next, elsewhere: elsewhere(next: next)), status: .ok)
    }

    func page(_ login: LoginPage, status: HTTPResponse.Status) -> Response {
        response(
            Array(login.html(styleAddress: Pages.styleAddress, action: LoginDesk.loginPath).utf8),
            Pages.htmlType,
            status: status,
            security: Pages.security
        )
    }

    func login(_ request: Request) async throws -> Response {
        guard let desk else { throw Problem.notFound }
        let form = try await form(of: request)
        let (name, next) = (form["navn"] ?? "", Site.localPath(form["neste"]))
        switch try await desk.login(name: name, password: form["passord"] ?? "", address: Site.address(of: request), now: face.now()) {
        case .isIn(let secret):
            if let old = Access.session(of: request) { try access.store?.endSession(old) }
            return redirect(to: next, cookie: Site.sessionCookie(secret), request)
        case .isWrong: return page(LoginPage(next: next, name: name, message: .wrong, elsewhere: elsewhere(next: next)), status: .unauthorized)
        case .mustWait(let seconds):
            var response = page(LoginPage(next: next, name: name, message: .wait(seconds: seconds), elsewhere: elsewhere(next: next)), status: .tooManyRequests)
            response.headers[.retryAfter] = "\(seconds)"
            return response
        }
    }

    func logout(_ request: Request) async throws -> Response {
        let form = try await form(of: request)
        var leaving: String?
        if let secret = Access.session(of: request) {
            // One that has ended already is gone for good.
            if let session = try access.store?.session(secret, now: face.now()) {
                try Site.check(form, session.name)
                if session.isVisit { leaving = await identity?.logoutAddress() }
            }
            try access.store?.endSession(secret)
        }
        if let leaving {
            var response = leavingPage(leaving, request)
            Site.setCookie("; Max-Age=0", request, &response)
            return response
        }
        return redirect(to: LoginDesk.loginPath, cookie: "; Max-Age=0", request)
    }

    /// A form sent from a page of ours must bring what only that page knows.
    static func check(_ form: Query, _ session: String) throws(Problem) {
        guard Secret.isSame(form["skjema"] ?? "", Secret.formToken(of: session)) else {
            throw Problem(status: .forbidden, detail: "The form does not belong to this session; open the page again.")
        }
    }

    /// What browsers say of who sends; programs say nothing. Nothing is changed for another site's page, whatever it brings.
    static func checkOrigin(_ request: Request) throws(Problem) {
        let isOwn = request.headers[.secFetchSite].map { $0 == "same-origin" || $0 == "none" } ?? true
        let origin = request.headers[.origin].map { $0.split(separator: "/").last.map(String.init) == request.head.authority } ?? true
        guard isOwn, origin else { throw Problem(status: .forbidden, detail: "Changes are taken from our own pages and from programs alone.") }
    }

    /// The fields of a form.
    func form(of request: Request) async throws -> Query {
        guard request.headers[.contentType]?.lowercased().hasPrefix("application/x-www-form-urlencoded") == true else {
            throw Problem(status: .unsupportedMediaType, detail: "Send the form as application/x-www-form-urlencoded.")
        }
        let body = try await Site.body(of: request, upTo: LoginDesk.bytesMax, "The form is larger than \(LoginDesk.bytesMax) bytes.")
        return Query(String(buffer: body).replacing("+", with: "%20"))
    }

    /// What the browser is told to keep.
    static func sessionCookie(_ secret: String) -> String { "\(secret); Max-Age=\(Session.lengthMilliseconds / 1000)" }

    func redirect(to path: String, cookie: String? = nil, _ request: Request) -> Response {
        var response = response([], Pages.htmlType, status: .seeOther)
        response.headers[.location] = path
        if let cookie { Site.setCookie(cookie, request, &response) }
        return response
    }

    static func setCookie(_ value: String, _ request: Request, _ response: inout Response) {
        let name = Access.cookie(isSecure: request.isSecure)
        response.headers[.setCookie] = "\(name)=\(value); Path=/; HttpOnly; SameSite=Lax" + (request.isSecure ? "; Secure" : "")
    }

    /// An address that leads on, when its form is filled in, to what was asked for.
    static func address(_ path: String, onTo request: Request) -> String {
        address(path, onTo: request.uri.query.map { "\(request.uri.path)?\($0)" } ?? request.uri.path)
    }

    static func address(_ path: String, onTo next: String) -> String {
        guard next != "/", localPath(next) == next else { return path }
        let allowed = CharacterSet.urlQueryAllowed.subtracting(CharacterSet(charactersIn: "&+#"))
        return "\(path)?neste=\(next.addingPercentEncoding(withAllowedCharacters: allowed) ?? "")"
    }

    /// A path of this site, so that no link can lead from the login to another.
    static func localPath(_ text: String?) -> String {
        guard let text, text.hasPrefix("/"), !text.hasPrefix("//"), !text.contains("\\"),
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), !text.hasPrefix(LoginDesk.loginPath)
        else { return "/" }
        return text
    }

    /// Whom the proxy before us names; only a proxy on this machine can reach us.
    static func address(of request: Request) -> String {
        request.headers[.forwardedFor].flatMap { $0.split(separator: ",").last.map { $0.filter { $0 != " " } } } ?? "loopback"
    }
}

extension HTTPField.Name {
    static let forwardedFor = HTTPField.Name("X-Forwarded-For")!
    static let forwardedProto = HTTPField.Name("X-Forwarded-Proto")!
    static let secFetchSite = HTTPField.Name("Sec-Fetch-Site")!
}
