import Foundation
import Identity
import TestProvider
import Testing

/// Whose token is believed, and what is refused.
@Suite("ID tokens")
struct IDTokenTests {
    private static let now = 1_793_000_000
    private static let signer = Signer(.rs256, id: "k1")
    private static var claims: [String: Any] { TestProvider.claims(nonce: "n-1", now: now) }

    private func keys(_ signers: [Signer]) throws -> SigningKeys { try keys(rows: signers.map(\.publicKey)) }

    private func keys(rows: [[String: String]]) throws -> SigningKeys {
        try SigningKeys(json: Array(try JSONSerialization.data(withJSONObject: ["keys": rows])))
    }

    private func read(_ token: String, _ keys: SigningKeys? = nil, now: Int = Self.now) throws -> IDToken {
        let keys = try keys ?? self.keys([Self.signer])
        return try IDToken(token, keys: keys, issuer: TestProvider.issuer, clientID: TestProvider.clientID, nonce: "n-1", now: Int64(now) * 1000)
    }

    @Test("a token is read that any of three algorithms has signed, with and without a key's name", arguments: Signer.Kind.allCases)
    func good(kind: Signer.Kind) throws {
        for id in ["k1", nil] {
            // Signatures differ at each try; some numbers of ES256 are short.
            for _ in 0..<(kind == .es256 ? 40 : 2) {
                let signer = Signer(kind, id: id)
                let token = try read(signer.token(Self.claims), try keys([Signer(.es256, id: "other"), signer]))
                #expect(token.subject == "00u1" && token.name("preferred_username") == "kari@kommune.example")
                #expect(token.values(of: "roles") == ["vaktlast-leder", "annet"] && token.values(of: "realm_access.roles") == ["inne"])
                #expect(token.values(of: "sub") == ["00u1"] && token.values(of: "realm_access") == [] && token.values(of: "none.there") == [])
            }
        }
    }

    @Test("none, the HS family and whatever else is no signature of a key of ours are refused")
    func algorithms() throws {
        let publicKey = try JSONSerialization.data(withJSONObject: Self.signer.publicKey)
        for algorithm in ["none", "None", "HS256", "HS512", "RS384", "ES512", "rs256", ""] {
            let unsigned = "\(Signer.part(["alg": algorithm, "kid": "k1"])).\(Signer.part(Self.claims))."
            #expect(throws: IdentityError.self, "\(algorithm)") { try read(unsigned) }
            #expect(throws: IdentityError.self, "\(algorithm)") { try read(unsigned + Signer.base64URL(Array(publicKey))) }
            #expect(throws: IdentityError.self, "\(algorithm)") { try read(Self.signer.token(Self.claims, header: ["alg": algorithm])) }
        }
        // RSA signatures of one kind do not count as the other, nor with a key that is for the other.
        let other = Signer(.ps256, id: "k1")
        #expect(throws: IdentityError.self) { try read(other.token(Self.claims, header: ["alg": "RS256"]), try keys([other])) }
        #expect(throws: IdentityError.self) { try read(Self.signer.token(Self.claims, header: ["crit": ["b64"], "b64": false])) }
    }

    @Test("another's key, a key of another name, for encryption, or too short signs nothing")
    func wrongKeys() throws {
        let good = Self.signer.token(Self.claims)
        _ = try read(good)
        #expect(throws: IdentityError.self) { try read(good, try keys([Signer(.rs256, id: "k1")])) }
        #expect(throws: IdentityError.self) { try read(good, try keys([])) }
        var row = Self.signer.publicKey
        row["kid"] = "k2"
        #expect(throws: IdentityError.self) { try read(good, try keys(rows: [row])) }
        row = Self.signer.publicKey
        row["use"] = "enc"
        #expect(throws: IdentityError.self) { try read(good, try keys(rows: [row])) }
        let short = Signer(.rs256, id: "k1", bits: 1024)
        #expect(throws: IdentityError.self) { try read(short.token(Self.claims), try keys([short])) }
    }

    @Test("no bit of a token can be turned", arguments: 0..<3)
    func tampered(part: Int) throws {
        let parts = Self.signer.token(Self.claims).split(separator: ".").map(String.init)
        let letters = Array(parts[part])
        for place in stride(from: 0, to: letters.count, by: 7) {
            for letter in ["A", "b", "_"] where String(letters[place]) != letter {
                var changed = letters
                changed[place] = Character(letter)
                var all = parts
                all[part] = String(changed)
                #expect(throws: IdentityError.self) { try read(all.joined(separator: ".")) }
            }
        }
        for text in ["", ".", "..", "a.b.c", parts.joined(), parts.joined(separator: ".") + ".x", parts.joined(separator: ".") + "="] {
            #expect(throws: IdentityError.self) { try read(text) }
        }
    }

    static let wrong: [(claim: String, value: String?)] = [
        // JSON of the value; nil leaves the claim out.
        ("iss", "\"https://login.kommune.example/realm/\""), ("iss", nil), ("aud", "\"another\""), ("aud", nil), ("aud", "[]"), ("aud", "[\"another\"]"),
        ("aud", "[\"vaktlast\",\"another\"]"), ("azp", "\"another\""), ("azp", "7"), ("exp", nil), ("exp", "\"1793000300\""), ("exp", "\(now - 60)"),
        ("exp", "0"),
        ("exp", "1e300"), ("iat", nil), ("iat", "\(now + 61)"), ("iat", "\(now - 661)"), ("nbf", "\(now + 61)"), ("nbf", "\"x\""), ("nonce", "\"n-2\""),
        ("nonce", nil), ("nonce", "7"), ("nonce", "\"\""), ("sub", nil), ("sub", "\"\""), ("sub", "5"),
    ]

    @Test("a token of another issuer, client, time or login is refused", arguments: wrong)
    func claims(row: (claim: String, value: String?)) throws {
        var claims = Self.claims
        claims[row.claim] = try row.value.map { try JSONSerialization.jsonObject(with: Data($0.utf8), options: [.fragmentsAllowed]) }
        let error = #expect(throws: IdentityError.self) { try read(Self.signer.token(claims)) }
        #expect(error?.kind == .token)
    }

    @Test("clocks may be a minute apart, and several may be meant if the one it was given to is ours")
    func allowed() throws {
        for (claim, value) in [("exp", Self.now - 59), ("iat", Self.now + 60), ("iat", Self.now - 660), ("nbf", Self.now + 60)] {
            var claims = Self.claims
            claims[claim] = value
            _ = try read(Self.signer.token(claims))
        }
        var claims = Self.claims
        claims["aud"] = ["another", "vaktlast"]
        claims["azp"] = "vaktlast"
        _ = try read(Self.signer.token(claims))
    }

    @Test("a name that could mislead whoever reads the log is not used")
    func names() throws {
        for name in ["", "kari\nola", "kari\u{202E}ola", String(repeating: "x", count: 129)] {
            var claims = Self.claims
            claims["preferred_username"] = name
            #expect(try read(Self.signer.token(claims)).name("preferred_username") == "00u1")
        }
    }
}
