import COpenSSL
import Foundation

/// A key that signs as providers do, made anew. It shares no code with what reads its tokens.
package final class Signer: @unchecked Sendable {
    // Unchecked: the key is never changed after `init`.
    package enum Kind: String, CaseIterable, Sendable {
        case rs256 = "RS256"
        case ps256 = "PS256"
        case es256 = "ES256"
    }

    package let kind: Kind
    package let id: String?
    private let key: OpaquePointer

    package init(_ kind: Kind, id: String?, bits: Int32 = 2048) {
        (self.kind, self.id) = (kind, id)
        let context = EVP_PKEY_CTX_new_id(kind == .es256 ? EVP_PKEY_EC : EVP_PKEY_RSA, nil)
        defer { EVP_PKEY_CTX_free(context) }
        EVP_PKEY_keygen_init(context)
        if kind == .es256 {
            EVP_PKEY_CTX_set_ec_paramgen_curve_nid(context, NID_X9_62_prime256v1)
        } else {
            EVP_PKEY_CTX_set_rsa_keygen_bits(context, bits)
        }
        var made: OpaquePointer?
        EVP_PKEY_keygen(context, &made)
        guard let made else { preconditionFailure("no key") }
        key = made
    }

    deinit { EVP_PKEY_free(key) }

    /// The public half as a JSON Web Key.
    package var publicKey: [String: String] {
        var row = ["use": "sig", "alg": kind.rawValue]
        if let id { row["kid"] = id }
        if kind == .es256 {
            row.merge(["kty": "EC", "crv": "P-256", "x": number("qx", bytes: 32), "y": number("qy", bytes: 32)]) { $1 }
        } else {
            row.merge(["kty": "RSA", "n": number("n"), "e": number("e")]) { $1 }
        }
        return row
    }

    private func number(_ name: String, bytes: Int? = nil) -> String {
        var value: OpaquePointer?
        EVP_PKEY_get_bn_param(key, name, &value)
        defer { BN_free(value) }
        let count = bytes ?? Int((BN_num_bits(value) + 7) / 8)
        var digits = [UInt8](repeating: 0, count: count)
        BN_bn2binpad(value, &digits, Int32(count))
        return Signer.base64URL(digits)
    }

    /// A signed token.
    ///
    /// - Parameter header: in the place of the right one's members.
    package func token(_ claims: [String: Any], header: [String: Any] = [:]) -> String {
        var head: [String: Any] = ["alg": kind.rawValue, "typ": "JWT"]
        if let id { head["kid"] = id }
        head.merge(header) { $1 }
        let text = "\(Signer.part(head)).\(Signer.part(claims))"
        return "\(text).\(Signer.base64URL(signature(Array(text.utf8))))"
    }

    private func signature(_ bytes: [UInt8]) -> [UInt8] {
        let context = EVP_MD_CTX_new()
        defer { EVP_MD_CTX_free(context) }
        var inner: OpaquePointer?
        EVP_DigestSignInit(context, &inner, EVP_sha256(), nil, key)
        if kind == .ps256 {
            EVP_PKEY_CTX_set_rsa_padding(inner, RSA_PKCS1_PSS_PADDING)
            EVP_PKEY_CTX_set_rsa_pss_saltlen(inner, RSA_PSS_SALTLEN_DIGEST)
        }
        var count = 1024
        var signature = [UInt8](repeating: 0, count: count)
        EVP_DigestSign(context, &signature, &count, bytes, bytes.count)
        signature.removeLast(signature.count - count)
        guard kind == .es256 else { return signature }
        // SEQUENCE { INTEGER r, INTEGER s }, each of at most 33 bytes.
        let first = Array(signature[4..<4 + Int(signature[3])])
        let second = Array(signature[(6 + first.count)...])
        func padded(_ digits: [UInt8]) -> [UInt8] {
            let digits = Array(digits.drop { $0 == 0 })
            return [UInt8](repeating: 0, count: 32 - digits.count) + digits
        }
        return padded(first) + padded(second)
    }

    package static func part(_ object: [String: Any]) -> String {
        base64URL(Array((try? JSONSerialization.data(withJSONObject: object, options: [.sortedKeys])) ?? Data()))
    }

    package static func base64URL(_ bytes: [UInt8]) -> String {
        var text = Data(bytes).base64EncodedString()
        text.removeAll { $0 == "=" }
        return String(text.map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 })
    }
}
