import Accounts
import Foundation
package import Telemetry

/// Who has logged in at the provider, as a token says it whose signature and claims have been checked
/// (OpenID Connect Core 1.0, 3.1.3.7).
package struct IDToken: Sendable {
    /// How far the provider's clock may be from ours.
    package static let clockSkewMilliseconds: Int64 = 60_000
    /// A token is taken so long after it was made, whatever it says of its end: it comes straight from the provider.
    package static let ageMaxMilliseconds: Int64 = 10 * 60_000
    static let bytesMax = 65_536

    /// Unique at the provider, and never another's.
    package var subject: String
    private var claims: [String: Claim]

    /// A claim as far as it is of use here.
    private enum Claim: Sendable {
        case text(String)
        case list([String])
        case object([String: Claim])
    }

    /// The names of key and algorithm that a token gives, to fetch keys by before it is checked.
    package static func keyID(of token: String) throws(IdentityError) -> String? { try header(parts(token)[0]).keyID }

    /// Reads and checks a token.
    ///
    /// - Throws: `IdentityError` with the first thing that is wrong; nothing of a token that is wrong is used.
    package init(_ token: String, keys: SigningKeys, issuer: String, clientID: String, nonce: String, now: EventTime) throws(IdentityError) {
        let parts = try IDToken.parts(token)
        let header = try IDToken.header(parts[0])
        guard let algorithm = SigningKeys.Algorithm(rawValue: header.algorithm) else {
            let taken = SigningKeys.Algorithm.allCases.map(\.rawValue).joined(separator: ", ")
            throw IdentityError(.token, "signed with \(header.algorithm.prefix(16)), which is not taken; taken: \(taken)")
        }
        guard let signature = Base64URL.bytes(parts[2]), keys.isSigned(Array("\(parts[0]).\(parts[1])".utf8), signature, algorithm, by: header.keyID) else {
            throw IdentityError(.token, "the signature is not the provider's")
        }
        guard let claims = IDToken.object(parts[1]) else { throw IdentityError(.token, "the claims are no JSON object") }
        guard claims["iss"] as? String == issuer else { throw IdentityError(.token, "made by another issuer") }
        let audience = (claims["aud"] as? String).map { [$0] } ?? claims["aud"] as? [String] ?? []
        guard audience.contains(clientID) else { throw IdentityError(.token, "made for another client") }
        let party = claims["azp"] as? String
        guard party == nil && audience.count == 1 && claims["azp"] == nil || party == clientID else {
            throw IdentityError(.token, "given to another client")
        }
        guard let end = IDToken.time(claims["exp"]), now < end + IDToken.clockSkewMilliseconds else { throw IdentityError(.token, "it has run out") }
        guard let made = IDToken.time(claims["iat"]), made <= now + IDToken.clockSkewMilliseconds else {
            throw IdentityError(.token, "made in the future: look at the clocks of both machines")
        }
        guard now - made <= IDToken.ageMaxMilliseconds + IDToken.clockSkewMilliseconds else { throw IdentityError(.token, "made too long ago") }
        if claims["nbf"] != nil {
            guard let begin = IDToken.time(claims["nbf"]), begin <= now + IDToken.clockSkewMilliseconds else { throw IdentityError(.token, "not valid yet") }
        }
        guard let brought = claims["nonce"] as? String, Secret.isSame(brought, nonce) else { throw IdentityError(.token, "made for another login (nonce)") }
        guard let subject = claims["sub"] as? String, 1...255 ~= subject.utf8.count else { throw IdentityError(.token, "it says of nobody (sub)") }
        self.subject = subject
        self.claims = claims.compactMapValues(IDToken.claim)
    }

    /// The texts of a claim: of one that is a text, this one. Empty where there is none.
    ///
    /// - Parameter path: names from the outside in, with points between. A claim whose own name holds the points goes first.
    package func values(of path: String) -> Set<String> {
        switch IDToken.find(path, in: claims) {
        case .text(let text): [text]
        case .list(let texts): Set(texts)
        case .object, nil: []
        }
    }

    /// What to call the person, 1–128 bytes without control characters; the subject where the claim has nothing of that kind.
    package func name(_ path: String) -> String {
        guard case .text(let text) = IDToken.find(path, in: claims), 1...128 ~= text.utf8.count,
            text.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control && $0.properties.generalCategory != .format })
        else { return subject }
        return text
    }

    // MARK: - Reading

    private static func find(_ path: String, in claims: [String: Claim]) -> Claim? {
        if let found = claims[path] { return found }
        let parts = path.split(separator: ".", maxSplits: 1)
        guard parts.count == 2, case .object(let inner) = claims[String(parts[0])] else { return nil }
        return find(String(parts[1]), in: inner)
    }

    private static func claim(_ value: Any) -> Claim? {
        switch value {
        case let text as String: .text(text)
        case let list as [Any]: .list(list.compactMap { $0 as? String })
        case let object as [String: Any]: .object(object.compactMapValues(claim))
        default: nil
        }
    }

    private static func parts(_ token: String) throws(IdentityError) -> [Substring] {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard token.utf8.count <= bytesMax, parts.count == 3 else { throw IdentityError(.token, "it is no signed token") }
        return parts
    }

    private static func header(_ part: Substring) throws(IdentityError) -> (algorithm: String, keyID: String?) {
        guard let header = object(part), let algorithm = header["alg"] as? String else { throw IdentityError(.token, "its header cannot be read") }
        // What must be understood is not (RFC 7515, 4.1.11).
        guard header["crit"] == nil else { throw IdentityError(.token, "it asks for what is not known here (crit)") }
        return (algorithm, header["kid"] as? String)
    }

    private static func object(_ part: Substring) -> [String: Any]? {
        Base64URL.bytes(part).flatMap { try? JSONSerialization.jsonObject(with: Data($0)) } as? [String: Any]
    }

    /// Seconds since 1970, to the year 9999.
    private static func time(_ value: Any?) -> EventTime? {
        guard let seconds = (value as? NSNumber)?.doubleValue, seconds > 0, seconds < 253_402_300_800 else { return nil }
        return EventTime(seconds * 1000)
    }
}
