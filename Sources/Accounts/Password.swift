import CArgon2
import Foundation

/// Passwords as argon2id hashes (RFC 9106), written as `$argon2id$v=19$m=…,t=…,p=…$salt$hash`.
package enum Password {
    /// 19 MiB, two passes, one lane: the least that OWASP's password storage advice names (2023).
    private static let memoryKibibytes: UInt32 = 19_456
    private static let passes: UInt32 = 2
    private static let lanes: UInt32 = 1
    private static let saltBytes = 16
    private static let hashBytes = 32

    /// In Unicode scalars: NIST SP 800-63B asks for 15 where a password stands alone, and for no rule about its signs.
    package static let lengthMin = 15
    /// More would only be work for the hash.
    package static let bytesMax = 1024

    /// Why a password is not taken; nil where it is.
    package static func objection(to password: String, of name: String) -> String? {
        if password.unicodeScalars.count < lengthMin {
            return "a password has at least \(lengthMin) characters; several words in a row are easy to remember"
        }
        if password.utf8.count > bytesMax { return "a password has at most \(bytesMax) bytes" }
        let plain = password.lowercased()
        if Set(plain.unicodeScalars).count < 5 { return "a password has at least 5 different characters" }
        if plain.contains(name.lowercased()), name.count > 3 { return "a password does not hold the account's name" }
        return nil
    }

    /// About 20 ms of work, so that guessing is slow.
    package static func hash(_ password: String) -> String {
        var random = SystemRandomNumberGenerator()
        let salt = (0..<saltBytes).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        let bytes = Array(password.utf8)
        let length = argon2_encodedlen(passes, memoryKibibytes, lanes, UInt32(saltBytes), UInt32(hashBytes), Argon2_id)
        var text = [CChar](repeating: 0, count: length)
        let code = argon2id_hash_encoded(passes, memoryKibibytes, lanes, bytes, bytes.count, salt, salt.count, hashBytes, &text, length)
        precondition(code == ARGON2_OK.rawValue, "argon2id: \(String(cString: argon2_error_message(code)))")
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Compares in the same time wherever they differ.
    package static func isRight(_ password: String, for hash: String) -> Bool {
        guard password.utf8.count <= bytesMax else { return false }
        let bytes = Array(password.utf8)
        return argon2id_verify(hash, bytes, bytes.count) == ARGON2_OK.rawValue
    }

    /// Verified where there is no account, so that time does not tell which names exist.
    package static let decoy = hash("no account has this password, ever")
}
