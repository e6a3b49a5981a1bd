import Accounts
import Foundation
import HTTPTypes
import Hummingbird
import Identity
import Logging
import Reports
import Store
import Telemetry

/// Logging in with the municipality's own account, and out of it again.
extension Site {
    /// Where the page of logging in leads to the municipality's own; nil where there is none.
    func elsewhere(next: String) -> String? {
        guard identity != nil else { return nil }
        return next == "/" ? IdentityDesk.startPath : IdentityProvider.address(IdentityDesk.startPath, [("neste", next)])
    }

    /// The answer at an address of this login; nil for all others.
    func identityAnswer(_ request: Request, _ logger: Logger) async throws -> Response? {
        guard let identity, let store = access.store, request.method == .get else { return nil }
        switch request.uri.path {
        case IdentityDesk.startPath:
            do {
                let begun = try await identity.begin(next: Site.localPath(Query(request)["neste"]), now: face.now())
                return leave(to: begun.address, tryCookie: "\(begun.cookie); Max-Age=\(LoginTry.lengthMilliseconds / 1000)", request)
            } catch {
                logger.error("login with the municipality's account cannot begin: \(error)")
                return page(.elsewhereFailed, next: "/", status: .serviceUnavailable, request)
            }
        case IdentityDesk.returnPath:
            do {
                switch try await identity.finish(Query(request), cookie: Access.cookie(Site.tryCookieName(request), of: request), now: face.now()) {
                case .isIn(let name, let reach, let next):
                    if let old = Access.session(of: request) { try store.endSession(old) }
                    let secret = try store.beginVisit(of: name, reach, now: face.now())
                    var response = redirect(to: next, cookie: Site.sessionCookie(secret), request)
                    response.headers.append(.init(name: .setCookie, value: Site.tryCookie("; Max-Age=0", request)))
                    return response
                case .hasNoRole(let next):
                    logger.notice("login with the municipality's account: no role that oidc.roles names")
                    return page(.noRole(contact: identity.settings.contact), next: next, status: .forbidden, request)
                }
            } catch let error as StoreError {
                throw error
            } catch {
                logger.warning("login with the municipality's account was not taken: \(error)")
                let isOurs = (error as? IdentityError)?.kind == .state
                return page(.elsewhereFailed, next: "/", status: isOurs ? .badRequest : .forbidden, request)
            }
        default: return nil
        }
    }

    /// On to the provider's logout. By a header and not by a redirect: after a form our own policy lets no redirect leave.
    func leavingPage(_ address: String, _ request: Request) -> Response {
        let html = LogoutPage.html(styleAddress: Pages.styleAddress, address: address)
        var response = response(Array(html.utf8), Pages.htmlType, security: Pages.security)
        response.headers[.refresh] = "0; url=\(address)"
        return response
    }

    private func leave(to address: String, tryCookie: String, _ request: Request) -> Response {
        var response = response([], Pages.htmlType, status: .seeOther)
        response.headers[.location] = address
        response.headers[.setCookie] = Site.tryCookie(tryCookie, request)
        return response
    }

    private func page(_ message: LoginPage.Message, next: String, status: HTTPResponse.Status, _ request: Request) -> Response {
        var response = page(LoginPage(next: next, message: message, elsewhere: elsewhere(next: next)), status: status)
        response.headers[.setCookie] = Site.tryCookie("; Max-Age=0", request)
        return response
    }

    private static func tryCookie(_ value: String, _ request: Request) -> String {
        "\(tryCookieName(request))=\(value); Path=/; HttpOnly; SameSite=Lax" + (request.isSecure ? "; Secure" : "")
    }

    /// Beside the session's, and bound to this host as that is: a neighbour's host cannot begin a login in its place.
    private static func tryCookieName(_ request: Request) -> String { "\(Access.cookie(isSecure: request.isSecure))-innlogging" }
}

extension HTTPField.Name {
    static let refresh = HTTPField.Name("Refresh")!
}
