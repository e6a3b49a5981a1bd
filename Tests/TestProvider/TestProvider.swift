import COpenSSL
import Foundation
import Synchronization

/// An OpenID provider in the test itself: description, keys, codes and tokens. It checks the client as strictly as real
/// ones do: secret, redirect address, and the verifier of the code, once.
package final class TestProvider: Sendable {
    package static let issuer = "https://login.kommune.example/realm"
    package static let clientID = "vaktlast"
    package static let secret = "hemmelig: æ&"
    package static let redirect = "https://vaktlast.kommune.example/logg-inn/tilbake"

    private struct Grant {
        var nonce: String
        var challenge: String
    }

    private struct State {
        var signers: [Signer]
        var published: [Signer]
        var grants: [String: Grant] = [:]
        var asked: [String] = []
        var isAway = false
    }

    private let state: Mutex<State>
    /// Seconds since 1970.
    private let now: Int

    package init(now: Int, signer: Signer = Signer(.rs256, id: "k1")) {
        self.now = now
        state = Mutex(State(signers: [signer], published: [signer]))
    }

    /// Addresses asked so far, without the issuer.
    package var asked: [String] { state.withLock { $0.asked } }

    /// Answers nothing any more, or again.
    package func setAway(_ isAway: Bool) { state.withLock { $0.isAway = isAway } }

    /// Signs with another key, which is published or not.
    package func rotate(to signer: Signer, isPublished: Bool = true) {
        state.withLock {
            $0.signers = [signer]
            if isPublished { $0.published = [signer] }
        }
    }

    /// What someone finds who follows the address of a login and logs in: the query that the browser is sent back with.
    package func login(at address: String, fields: [String: String] = [:]) -> [String: String] {
        let query = TestProvider.query(address)
        guard address.hasPrefix("\(TestProvider.issuer)/authorize?"), query["client_id"] == TestProvider.clientID, query["response_type"] == "code",
            query["redirect_uri"] == TestProvider.redirect, query["code_challenge_method"] == "S256", query["scope"]?.contains("openid") == true,
            let challenge = query["code_challenge"], let nonce = query["nonce"], let given = query["state"]
        else { return ["error": "invalid_request"] }
        let code = "code-\(UUID().uuidString)"
        state.withLock { $0.grants[code] = Grant(nonce: nonce, challenge: challenge) }
        return ["code": code, "state": given, "iss": TestProvider.issuer].merging(fields) { $1 }
    }

    /// Answers as the provider's server does.
    ///
    /// - Parameter change: claims and header of the token in the place of the right ones; nil members are left out.
    package func answer(
        _ address: String,
        _ form: [(name: String, value: String)]?,
        _ headers: [String],
        claims change: [String: Any?] = [:],
        header: [String: Any] = [:]
    ) -> (status: Int, body: [UInt8]) {
        let path = String(address.dropFirst(TestProvider.issuer.count))
        return state.withLock { state in
            state.asked.append(path)
            guard !state.isAway else { return (503, []) }
            switch path {
            case "/.well-known/openid-configuration":
                return TestProvider.json([
                    "issuer": TestProvider.issuer, "authorization_endpoint": "\(TestProvider.issuer)/authorize",
                    "token_endpoint": "\(TestProvider.issuer)/token", "jwks_uri": "\(TestProvider.issuer)/keys",
                    "end_session_endpoint": "\(TestProvider.issuer)/logout",
                ])
            case "/keys": return TestProvider.json(["keys": state.published.map(\.publicKey)])
            case "/token":
                let fields = Dictionary((form ?? []).map { ($0.name, $0.value) }) { first, _ in first }
                let pair = "vaktlast:hemmelig%3A%20%C3%A6%26"
                guard headers.contains("Authorization: Basic \(Data(pair.utf8).base64EncodedString())") else { return (401, []) }
                guard let grant = state.grants.removeValue(forKey: fields["code"] ?? ""), fields["grant_type"] == "authorization_code",
                    fields["redirect_uri"] == TestProvider.redirect, TestProvider.challenge(fields["code_verifier"] ?? "") == grant.challenge
                else { return TestProvider.json(["error": "invalid_grant"], status: 400) }
                var claims = TestProvider.claims(nonce: grant.nonce, now: now)
                for (name, value) in change { claims[name] = value }
                return TestProvider.json(["token_type": "Bearer", "id_token": state.signers[0].token(claims, header: header)])
            default: return (404, [])
            }
        }
    }

    /// What a good token says.
    package static func claims(nonce: String, now: Int) -> [String: Any] {
        [
            "iss": issuer, "aud": clientID, "sub": "00u1", "nonce": nonce, "iat": now, "exp": now + 300, "preferred_username": "kari@kommune.example",
            "roles": ["vaktlast-leder", "annet"], "realm_access": ["roles": ["inne"]],
        ]
    }

    private static func challenge(_ verifier: String) -> String {
        var digest = [UInt8](repeating: 0, count: 32)
        _ = SHA256(Array(verifier.utf8), verifier.utf8.count, &digest)
        return Signer.base64URL(digest)
    }

    private static func json(_ object: [String: Any], status: Int = 200) -> (status: Int, body: [UInt8]) {
        (status, Array((try? JSONSerialization.data(withJSONObject: object)) ?? Data()))
    }

    /// The fields of an address's query.
    package static func query(_ address: String) -> [String: String] {
        let items = URLComponents(string: address)?.queryItems ?? []
        return Dictionary(items.map { ($0.name, $0.value ?? "") }) { first, _ in first }
    }
}
