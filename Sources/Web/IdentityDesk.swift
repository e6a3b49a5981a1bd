import Accounts
import Foundation
package import Identity
import Telemetry

/// Where people come in who log in at the municipality's own provider (OpenID Connect, authorization code with PKCE).
package actor IdentityDesk {
    /// Asks the provider: an address, and a form to send by POST; without one it is GET. Gives status and body.
    package typealias Ask =
        @Sendable (_ address: String, _ form: [(name: String, value: String)]?, _ headers: [String]) async throws -> (status: Int, body: [UInt8])

    package static let startPath = "/logg-inn/oidc"
    package static let returnPath = "/logg-inn/tilbake"
    /// What the provider says of itself, and its keys, are asked for again after so long.
    static let keptMilliseconds: Int64 = 3_600_000
    /// For a key that is not known they are asked for at once, but not more often than this.
    static let keysPauseMilliseconds: Int64 = 60_000

    enum Outcome: Sendable {
        case isIn(name: String, reach: Reach, next: String)
        case hasNoRole(next: String)
    }

    private struct Kept<Value: Sendable> {
        var value: Value
        var at: EventTime

        func isFresh(_ now: EventTime, for milliseconds: Int64) -> Bool { 0..<milliseconds ~= now - at }
    }

    let settings: IdentitySettings
    private let ask: Ask
    private let isAllowed: @Sendable (String) -> Bool
    /// Cookies of another run are worth nothing.
    private let key = Secret.make()
    private var provider: Kept<IdentityProvider>?
    private var keys: Kept<SigningKeys>?
    /// States that have come back, until their time is over: none comes back twice.
    private var used: [String: EventTime] = [:]

    /// - Parameter isAllowed: whether an address that the provider names may be asked.
    package init(_ settings: IdentitySettings, isAllowed: @escaping @Sendable (String) -> Bool, ask: @escaping Ask) {
        (self.settings, self.isAllowed, self.ask) = (settings, isAllowed, ask)
    }

    /// Where a browser is sent to log in, and what its cookie is to hold meanwhile.
    func begin(next: String, now: EventTime) async throws -> (address: String, cookie: String) {
        let provider = try await provider(now)
        let login = LoginTry(next: next, now: now)
        let fields: [(name: String, value: String)] = [
            ("response_type", "code"), ("client_id", settings.clientID), ("redirect_uri", settings.redirectAddress),
            ("scope", settings.scopes.joined(separator: " ")), ("state", login.state), ("nonce", login.nonce), ("code_challenge", login.challenge),
            ("code_challenge_method", "S256"),
        ]
        return (IdentityProvider.address(provider.authorizationAddress, fields), login.sealed(key))
    }

    /// Ends a login that comes back.
    ///
    /// - Parameter cookie: of the browser that brings the answer; nil where it brings none.
    /// - Throws: `IdentityError`, or what asking the provider threw.
    func finish(_ query: Query, cookie: String?, now: EventTime) async throws -> Outcome {
        guard let login = cookie.flatMap({ LoginTry(sealed: $0, key: key, now: now) }) else {
            throw IdentityError(.state, "this browser began no login, or longer ago than \(LoginTry.lengthMilliseconds / 60_000) minutes")
        }
        guard Secret.isSame(query["state"] ?? "", login.state) else { throw IdentityError(.state, "the answer belongs to another login (state)") }
        used = used.filter { now - $0.value < LoginTry.lengthMilliseconds }
        guard used.updateValue(now, forKey: login.state) == nil else { throw IdentityError(.state, "the answer has been brought before (state)") }
        if let word = query["error"] {
            let isWord = 1...40 ~= word.utf8.count && word.utf8.allSatisfy { 97...122 ~= $0 || $0 == UInt8(ascii: "_") }
            throw IdentityError(.refused, "the provider said \(isWord ? word : "no")")
        }
        if let issuer = query["iss"], issuer != settings.issuer { throw IdentityError(.state, "the answer comes from another provider (iss)") }
        guard let code = query["code"], 1...4096 ~= code.utf8.count else { throw IdentityError(.refused, "the answer holds no code") }
        let text = try await token(code, login, now)
        let keys = try await keys(for: try IDToken.keyID(of: text), now)
        let token = try IDToken(text, keys: keys, issuer: settings.issuer, clientID: settings.clientID, nonce: login.nonce, now: now)
        guard let reach = settings.reach(of: token.values(of: settings.rolesClaim)) else { return .hasNoRole(next: login.next) }
        return .isIn(name: token.name(settings.nameClaim), reach: reach, next: login.next)
    }

    /// Where a logout goes on; nil where the provider offers nothing, or has not been asked yet.
    func logoutAddress() -> String? {
        provider?.value.logoutAddress.map {
            IdentityProvider.address($0, [("client_id", settings.clientID), ("post_logout_redirect_uri", settings.afterLogoutAddress)])
        }
    }

    // MARK: - Asking the provider

    private func token(_ code: String, _ login: LoginTry, _ now: EventTime) async throws -> String {
        let provider = try await provider(now)
        var form: [(name: String, value: String)] = [
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", settings.redirectAddress), ("code_verifier", login.verifier),
        ]
        var headers: [String] = []
        if let secret = settings.clientSecret, !provider.wantsSecretInForm {
            let pair = "\(settings.clientID.percentEncoded):\(secret.percentEncoded)"
            headers.append("Authorization: Basic \(Data(pair.utf8).base64EncodedString())")
        } else {
            form.append(("client_id", settings.clientID))
            if let secret = settings.clientSecret { form.append(("client_secret", secret)) }
        }
        let answer = try await ask(provider.tokenAddress, form, headers)
        guard answer.status == 200 else { throw IdentityError(.refused, "the provider gave no token for the code (status \(answer.status))") }
        guard let object = (try? JSONSerialization.jsonObject(with: Data(answer.body))) as? [String: Any], let token = object["id_token"] as? String else {
            throw IdentityError(.provider, "the provider's answer holds no id_token: is openid among oidc.scopes?")
        }
        return token
    }

    private func provider(_ now: EventTime) async throws -> IdentityProvider {
        if let provider, provider.isFresh(now, for: IdentityDesk.keptMilliseconds) { return provider.value }
        let body = try await get(IdentityProvider.descriptionAddress(issuer: settings.issuer))
        let read = try IdentityProvider(json: body, issuer: settings.issuer, isAllowed: isAllowed)
        provider = Kept(value: read, at: now)
        return read
    }

    private func keys(for id: String?, _ now: EventTime) async throws -> SigningKeys {
        if let keys, keys.isFresh(now, for: IdentityDesk.keptMilliseconds),
            id != nil && keys.value.has(id) || keys.isFresh(now, for: IdentityDesk.keysPauseMilliseconds)
        {
            return keys.value
        }
        let read = try SigningKeys(json: try await get(try await provider(now).keysAddress))
        keys = Kept(value: read, at: now)
        return read
    }

    private func get(_ address: String) async throws -> [UInt8] {
        let answer = try await ask(address, nil, [])
        guard answer.status == 200 else { throw IdentityError(.provider, "\(address) answers with status \(answer.status)") }
        return answer.body
    }
}
