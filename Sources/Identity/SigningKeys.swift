import COpenSSL
import Foundation

/// The public keys with which a provider signs (RFC 7517): RSA of 2048 bits or more, and P-256.
package struct SigningKeys: Sendable {
    /// How a token may be signed. `none` and the HS family are not among them: whoever knows a public key could write those.
    package enum Algorithm: String, CaseIterable, Sendable {
        case rs256 = "RS256"
        case ps256 = "PS256"
        case es256 = "ES256"
    }

    static let rsaBytesMin = 256
    /// Larger ones only cost time.
    static let rsaBytesMax = 1024
    /// Of a set that is read.
    static let countMax = 100

    private struct Key: Sendable {
        var id: String?
        /// What the provider says it is for; nil where it says nothing.
        var algorithm: String?
        var isRSA: Bool
        /// SubjectPublicKeyInfo (RFC 5280).
        var encoded: [UInt8]
    }

    private var keys: [Key] = []

    /// Reads a key set; keys of other kinds or for encryption are left out.
    package init(json: [UInt8]) throws(IdentityError) {
        guard let object = (try? JSONSerialization.jsonObject(with: Data(json))) as? [String: Any], let rows = object["keys"] as? [[String: Any]] else {
            throw IdentityError(.provider, "the key set is no JSON object with keys")
        }
        keys = rows.prefix(SigningKeys.countMax).compactMap(SigningKeys.key)
    }

    private static func key(_ row: [String: Any]) -> Key? {
        if let use = row["use"] as? String, use != "sig" { return nil }
        func number(_ name: String) -> [UInt8]? { (row[name] as? String).flatMap { Base64URL.bytes($0) } }
        let (id, algorithm) = (row["kid"] as? String, row["alg"] as? String)
        switch row["kty"] as? String {
        case "RSA":
            guard let modulus = number("n"), let exponent = number("e"), rsaBytesMin...rsaBytesMax ~= modulus.drop(while: { $0 == 0 }).count else { return nil }
            // rsaEncryption with NULL (RFC 8017, A.1).
            let kind: [UInt8] = [0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0x00]
            let pair = DER.sequence(DER.integer(modulus) + DER.integer(exponent))
            return Key(id: id, algorithm: algorithm, isRSA: true, encoded: DER.sequence(kind + DER.tagged(0x03, [0] + pair)))
        case "EC":
            guard row["crv"] as? String == "P-256", let x = number("x"), let y = number("y"), x.count == 32, y.count == 32 else { return nil }
            // id-ecPublicKey with prime256v1 (RFC 5480).
            let kind: [UInt8] = [
                0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07,
            ]
            return Key(id: id, algorithm: algorithm, isRSA: false, encoded: DER.sequence(kind + DER.tagged(0x03, [0, 4] + x + y)))
        default: return nil
        }
    }

    /// Whether a key of this name is here; of a token that names none, whether there is any.
    package func has(_ id: String?) -> Bool { id == nil ? !keys.isEmpty : keys.contains { $0.id == id } }

    /// Whether one of the keys has signed.
    ///
    /// - Parameter id: the key that the token names; nil where it names none.
    func isSigned(_ bytes: [UInt8], _ signature: [UInt8], _ algorithm: Algorithm, by id: String?) -> Bool {
        keys.contains { key in
            (id == nil || key.id == id) && (key.algorithm == nil || key.algorithm == algorithm.rawValue) && key.isRSA == (algorithm != .es256)
                && SigningKeys.isSigned(bytes, signature, algorithm, key)
        }
    }

    private static func isSigned(_ bytes: [UInt8], _ signature: [UInt8], _ algorithm: Algorithm, _ key: Key) -> Bool {
        var signature = signature
        if algorithm == .es256 {
            // JWS has both numbers side by side (RFC 7518, 3.4), OpenSSL wants them as DER.
            guard signature.count == 64 else { return false }
            signature = DER.sequence(DER.integer(Array(signature[..<32])) + DER.integer(Array(signature[32...])))
        }
        let read = key.encoded.withUnsafeBufferPointer { buffer -> OpaquePointer? in
            var start = buffer.baseAddress
            return d2i_PUBKEY(nil, &start, buffer.count)
        }
        guard let read else { return false }
        defer { EVP_PKEY_free(read) }
        guard let context = EVP_MD_CTX_new() else { return false }
        defer { EVP_MD_CTX_free(context) }
        var inner: OpaquePointer?
        guard EVP_DigestVerifyInit(context, &inner, EVP_sha256(), nil, read) == 1 else { return false }
        if algorithm == .ps256 {
            guard EVP_PKEY_CTX_set_rsa_padding(inner, RSA_PKCS1_PSS_PADDING) == 1, EVP_PKEY_CTX_set_rsa_pss_saltlen(inner, RSA_PSS_SALTLEN_DIGEST) == 1
            else { return false }
        }
        return EVP_DigestVerify(context, signature, signature.count, bytes, bytes.count) == 1
    }
}

/// As much of DER (X.690) as public keys and signatures need.
enum DER {
    static func tagged(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        var length: [UInt8] = []
        var rest = content.count
        if rest < 128 { return [tag, UInt8(rest)] + content }
        while rest > 0 {
            length.insert(UInt8(rest & 255), at: 0)
            rest >>= 8
        }
        return [tag, 0x80 | UInt8(length.count)] + length + content
    }

    static func sequence(_ content: [UInt8]) -> [UInt8] { tagged(0x30, content) }

    /// A number that is not negative, from its bytes, the highest first.
    static func integer(_ bytes: [UInt8]) -> [UInt8] {
        var digits = Array(bytes.drop { $0 == 0 })
        if digits.first.map({ $0 >= 0x80 }) ?? true { digits.insert(0, at: 0) }
        return tagged(0x02, digits)
    }
}
