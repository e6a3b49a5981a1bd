import Telemetry

/// Random secrets that are shown once and kept as digests.
package enum Secret {
    /// 256 bits as 43 characters of base64url.
    package static func make() -> String {
        var random = SystemRandomNumberGenerator()
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        return String(decoding: (0..<43).map { _ in alphabet[Int.random(in: 0..<64, using: &random)] }, as: UTF8.self)
    }

    /// SHA-256 in hexadecimal: a secret of 256 bits needs no slow hash.
    package static func digest(_ secret: String) -> String { Digest.sha256(Array(secret.utf8)) }

    /// What a form of the session must bring, found from its name alone, which no other site can know.
    package static func formToken(of session: String) -> String { digest("form \(session)") }

    /// Compared in full, so that time tells nothing.
    package static func isSame(_ left: String, _ right: String) -> Bool {
        guard left.utf8.count == right.utf8.count else { return false }
        return zip(left.utf8, right.utf8).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
