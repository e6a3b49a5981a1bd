import Accounts
import Hummingbird
import HTTPTypes
import Store

/// What holds for every request and answer, whatever it is about.
extension Site {
    /// The policy of what is no page: nothing in it may be fetched or run, and it stands in nobody's frame.
    static let nothing = "default-src 'none'; frame-ancestors 'none'"
    /// A body must have come within so long: a whole registry takes seconds from a proxy on this machine.
    static let bodySecondsMax = 60

    /// The largest body that an address takes; nil where it takes none.
    func bodyBytesMax(_ path: String) -> Int? {
        switch path {
        case Site.devicesPath: face.devices?.bytesMax ?? 0
        case Site.rosterPath: face.roster?.bytesMax ?? 0
        case Site.staffingPath, Site.projectionPath: API.whatIfBytesMax
        case LoginDesk.loginPath, LoginDesk.logoutPath, PurposeDesk.path, OwnAccount.path, OwnAccount.choicePath: LoginDesk.bytesMax
        default: AdministrationPage(path: path)?.takesForms == true ? LoginDesk.bytesMax : nil
        }
    }

    /// Refuses a body that says itself to be too large before any of it is read.
    func checkLength(_ request: Request) throws(Problem) {
        guard let text = request.headers[.contentLength] else { return }
        // A length that does not fit a number is too large for everything.
        let length = Int(text) ?? .max
        let limit = bodyBytesMax(request.uri.path) ?? LoginDesk.bytesMax
        guard length <= limit else { throw Problem(status: .contentTooLarge, detail: "At most \(limit) bytes are taken at this address.") }
    }

    /// The whole body. One that drips in is given up.
    static func body(of request: Request, upTo limit: Int, _ tooLarge: String) async throws -> ByteBuffer {
        try await withThrowingTaskGroup { group in
            group.addTask {
                do { return try await request.body.collect(upTo: limit) } catch is CancellationError { throw CancellationError() } catch {
                    throw Problem(status: .contentTooLarge, detail: "\(tooLarge) Or it did not come whole.")
                }
            }
            group.addTask {
                try await Task.sleep(for: .seconds(bodySecondsMax))
                throw Problem(status: .requestTimeout, detail: "The body did not come within \(bodySecondsMax) s.")
            }
            defer { group.cancelAll() }
            guard let body = try await group.next() else { throw CancellationError() }
            return body
        }
    }

    /// Headers of every answer. Nothing of it is kept on the way, shown within other sites' pages, or told to them.
    static func guardHeaders(_ request: Request, _ response: inout Response) {
        let headers: [(HTTPField.Name, String)] = [
            (.cacheControl, "no-store"), (.xContentTypeOptions, "nosniff"), (.contentSecurityPolicy, nothing),
            // With «no-referrer» browsers would say Origin: null when our own forms are sent.
            (.referrerPolicy, "same-origin"), (.permissionsPolicy, "camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
            (.openerPolicy, "same-origin"), (.resourcePolicy, "same-origin"),
        ]
        for (name, value) in headers where response.headers[name] == nil { response.headers[name] = value }
        // Browsers believe it over TLS alone.
        if request.isSecure { response.headers[.strictTransportSecurity] = "max-age=31536000" }
    }

    /// Gives a browser a new secret for its session, when the one it has has served its time. Pages alone: what a page asks for
    /// by itself may come after the page that replaced it.
    func renewSession(_ request: Request, _ response: inout Response) throws {
        guard request.method == .get, response.status == .ok, response.headers[.setCookie] == nil, request.uri.path != Pages.boardAddress,
            response.headers[.contentType] == Pages.htmlType, let secret = Access.session(of: request)
        else { return }
        guard let new = try access.store?.renewSession(secret, now: face.now()) else { return }
        Site.setCookie(Site.sessionCookie(new), request, &response)
    }
}

extension HTTPField.Name {
    static let referrerPolicy = HTTPField.Name("Referrer-Policy")!
    static let permissionsPolicy = HTTPField.Name("Permissions-Policy")!
    static let openerPolicy = HTTPField.Name("Cross-Origin-Opener-Policy")!
    static let resourcePolicy = HTTPField.Name("Cross-Origin-Resource-Policy")!
}
