import Accounts
import COpenSSL
import Foundation
package import Telemetry

/// One login on its way through the provider and back. It travels in a cookie of the browser that began it, sealed so
/// that nobody makes or changes one; so a flood of logins begun takes no room here.
package struct LoginTry: Equatable, Sendable {
    /// A login that takes longer begins again.
    package static let lengthMilliseconds: Int64 = 10 * 60_000

    /// Comes back with the answer: it belongs to this browser's login.
    package var state: String
    /// Comes back in the token: it was made for this login.
    package var nonce: String
    /// What the code is worth nothing without (PKCE, RFC 7636).
    package var verifier: String
    package var beganAt: EventTime
    /// The path to go on to.
    package var next: String

    package init(next: String, now: EventTime) {
        (state, nonce, verifier) = (Secret.make(), Secret.make(), Secret.make())
        (beganAt, self.next) = (now, next)
    }

    /// `code_challenge` of the method S256.
    package var challenge: String {
        var digest = [UInt8](repeating: 0, count: 32)
        _ = SHA256(Array(verifier.utf8), verifier.utf8.count, &digest)
        return Base64URL.text(digest)
    }

    /// As the cookie holds it.
    ///
    /// - Parameter key: a secret of this run of the service.
    package func sealed(_ key: String) -> String {
        let text = Base64URL.text(Array([state, nonce, verifier, "\(beganAt)", next].joined(separator: "\n").utf8))
        return "\(text).\(LoginTry.seal(text, key))"
    }

    /// Nil where the cookie was not sealed with this key, or the login took too long.
    package init?(sealed: String, key: String, now: EventTime) {
        let parts = sealed.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, Secret.isSame(parts[1], LoginTry.seal(parts[0], key)), let bytes = Base64URL.bytes(parts[0]) else { return nil }
        let fields = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard fields.count == 5, let began = EventTime(fields[3]), began <= now, now - began < LoginTry.lengthMilliseconds else { return nil }
        (state, nonce, verifier, beganAt, next) = (fields[0], fields[1], fields[2], began, fields[4])
    }

    /// Twice under the key, as HMAC does, so that nothing can be added to a text whose seal is known.
    private static func seal(_ text: String, _ key: String) -> String { Secret.digest("\(key) outer \(Secret.digest("\(key) inner \(text)"))") }
}
