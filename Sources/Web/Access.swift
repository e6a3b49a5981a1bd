package import Accounts
import Foundation
import HTTPTypes
import Hummingbird
package import Store
import Telemetry

/// Who may see what: the tokens of CONTRACT 10, those that were issued, and people who have logged in. Where there are
/// none of all these, everyone who reaches the (loopback) address may see all.
package struct Access: Sendable {
    /// A token of `vaktlast.yaml`.
    package struct Token: Sendable {
        package var name: String
        package var sha256: String
        package var reach: Reach
        /// Why it asks for alarms; nil where each request may say so.
        package var purpose: Purpose?

        package init(name: String, sha256: String, reach: Reach, purpose: Purpose? = nil) {
            self.purpose = purpose
            self.name = name
            self.sha256 = sha256
            self.reach = reach
        }
    }

    /// The one who asks.
    package struct Caller: Sendable {
        /// As the access log has it: a token's name, `account:` and an account's, or `oidc:` and a name of the municipality's own login.
        package var name: String
        package var rights: Set<Right>
        /// Nil for all.
        package var municipalities: [String]?
        package var zones: [String]?
        /// Of the role `central`: the one whose ledger it sees.
        package var source: String?
        /// The session's name, of someone who has logged in; `Secret.formToken` of it is what forms bring.
        package var session: String?
        /// Why single alarms are looked at; nil where nobody said.
        package var purpose: Purpose?

        /// What the names of accounts begin with in the access log, and those of people who log in elsewhere.
        static let (accountPrefix, visitPrefix) = ("account:", "oidc:")

        /// Whoever reaches a service without tokens and accounts.
        package static let loopback = Caller(name: "loopback", rights: Set(Right.allCases))

        init(name: String, rights: Set<Right>) {
            self.name = name
            self.rights = rights
        }

        init(name: String, _ reach: Reach, session: String? = nil, purpose: Purpose? = nil) {
            self.purpose = purpose
            self.name = name
            rights = reach.role.rights
            municipalities = reach.municipalities
            zones = reach.zones
            source = reach.source
            self.session = session
        }

        func mayRead(municipality: String) -> Bool { municipalities?.contains(municipality) ?? true }

        /// People say why before they see single alarms; programs say so with their token, or not at all.
        var mustSayWhy: Bool { session != nil && purpose == nil }

        /// The account of whoever has logged in; nil for someone whom another login vouches for, who has none here.
        var account: String? { session == nil || !name.hasPrefix(Caller.accountPrefix) ? nil : String(name.dropFirst(Caller.accountPrefix.count)) }

        /// Whether the caller may see all of some municipalities; all of none may be seen by everyone.
        func reaches(_ municipalities: [String]) -> Bool {
            guard let own = self.municipalities else { return true }
            return Set(municipalities).isSubset(of: own)
        }

        func require(_ right: Right) throws(Problem) {
            guard rights.contains(right) else { throw .forbidden }
        }
    }

    /// The cookie's name. Behind TLS browsers take one of such a name from this very host alone, and from no other of its domain.
    static func cookie(isSecure: Bool) -> String { isSecure ? "__Host-vaktlast" : "vaktlast" }

    static let purposeField = HTTPField.Name("Vaktlast-Purpose")!

    private let tokens: [Token]
    let store: AccountStore?

    /// Whether people log in elsewhere, by OpenID Connect: then nobody is let in without, as with the first account.
    private let hasProvider: Bool

    package init(tokens: [Token], store: AccountStore? = nil, hasProvider: Bool = false) {
        self.tokens = tokens
        self.store = store
        self.hasProvider = hasProvider
    }

    /// Whether a person without a token is sent to the page where one logs in.
    func hasAccounts() throws -> Bool { try hasProvider || store?.hasAccounts() ?? false }

    /// The caller of a request; a token comes as Bearer, or as the password of Basic for a browser.
    ///
    /// - Parameter isActivity: false for what a page asks for by itself, which keeps no session alive.
    func caller(of request: Request, now: EventTime, isActivity: Bool = true) throws -> Caller {
        if tokens.isEmpty, !hasProvider, try store?.isInUse() != true {
            // A page from elsewhere may have made its own name lead here: it must not read as whoever sits at this machine.
            guard Access.isLoopback(request.head.authority) else {
                throw Problem(status: .misdirectedRequest, detail: "Without accounts and tokens this service answers 127.0.0.1, ::1 and localhost alone.")
            }
            // What a proxy lets in is not loopback, whatever address it comes from.
            guard request.headers[.forwardedFor] == nil else {
                throw Problem(status: .unauthorized, detail: "There are no accounts and tokens yet: make the first with vaktlast users add.")
            }
            return .loopback
        }
        if let secret = Access.secret(request.headers[.authorization]) {
            let digest = Secret.digest(secret)
            // All are compared, each in full, so that time tells nothing.
            let matches = tokens.filter { Secret.isSame($0.sha256, digest) }
            if let token = matches.first { return Caller(name: token.name, token.reach, purpose: try token.purpose ?? Access.purpose(of: request)) }
            if let token = try store?.token(secret, now: now) {
                return Caller(name: token.name, token.reach, purpose: try token.purpose ?? Access.purpose(of: request))
            }
            throw Problem(status: .unauthorized, detail: "The token is not known here, or it has run out.")
        }
        if let secret = Access.session(of: request), let session = try store?.session(secret, now: now, isActivity: isActivity) {
            let who = "\(session.isVisit ? Caller.visitPrefix : Caller.accountPrefix)\(session.account.name)"
            return Caller(name: who, session.account.reach, session: session.name, purpose: session.purpose)
        }
        throw Problem(status: .unauthorized, detail: "Send a token: Authorization: Bearer <token>.")
    }

    /// Why a program says that it asks.
    private static func purpose(of request: Request) throws(Problem) -> Purpose? {
        guard let text = request.headers[purposeField], !text.isEmpty else { return nil }
        guard let purpose = Purpose(rawValue: text) else {
            throw .badParameter("Vaktlast-Purpose", "is one of \(Purpose.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return purpose
    }

    /// Whether vaktlast.yaml has a token of this name.
    func isConfigured(token name: String) -> Bool { tokens.contains { $0.name == name } }

    /// Whether a request names this machine itself, with or without a port.
    private static func isLoopback(_ authority: String?) -> Bool {
        guard let authority else { return true }
        let host = authority.hasPrefix("[") ? authority.prefix { $0 != "]" } + "]" : authority.prefix { $0 != ":" }
        return ["127.0.0.1", "[::1]", "localhost"].contains(host.lowercased())
    }

    /// The secret of the session that a browser brings.
    static func session(of request: Request) -> String? { cookie(cookie(isSecure: request.isSecure), of: request) }

    /// A cookie by its name.
    static func cookie(_ name: String, of request: Request) -> String? {
        for field in request.headers[values: .cookie] {
            for pair in field.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1)
                guard parts.count == 2, parts[0].drop(while: { $0 == " " }) == name else { continue }
                return String(parts[1])
            }
        }
        return nil
    }

    private static func secret(_ header: String?) -> String? {
        guard let header else { return nil }
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        switch parts[0].lowercased() {
        case "bearer": return String(parts[1])
        case "basic":
            guard let data = Data(base64Encoded: String(parts[1])) else { return nil }
            let pair = String(decoding: data, as: UTF8.self).split(separator: ":", maxSplits: 1)
            return pair.count == 2 ? String(pair[1]) : nil
        default: return nil
        }
    }
}

extension Request {
    /// Whether it came to the proxy before us over TLS.
    var isSecure: Bool { headers[.forwardedProto] == "https" }
}
