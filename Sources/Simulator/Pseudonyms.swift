import Telemetry

/// Keyed pseudonyms: the same text under the same key gives the same pseudonym, and nobody without the key can tell
/// from which (HMAC-SHA-256, RFC 2104). Not reversible even with the key, but by trying all texts there are.
package struct Pseudonyms: Sendable {
    /// Digits of a pseudonym: 64 bits, upper-case hexadecimal, which every format of ours takes.
    private static let digitCount = 16
    private static let blockBytes = 64

    private let inner: [UInt8]
    private let outer: [UInt8]

    /// - Parameter key: at least 16 bytes.
    package init(key: [UInt8]) {
        precondition(key.count >= 16, "a key of less than 128 bits can be guessed")
        var block = key.count > Pseudonyms.blockBytes ? Pseudonyms.bytes(Digest.sha256(key)) : key
        block += [UInt8](repeating: 0, count: Pseudonyms.blockBytes - block.count)
        inner = block.map { $0 ^ 0x36 }
        outer = block.map { $0 ^ 0x5C }
    }

    /// The whole code, in lower-case hexadecimal.
    package func code(_ text: [UInt8]) -> String {
        Digest.sha256(outer + Pseudonyms.bytes(Digest.sha256(inner + text)))
    }

    package func pseudonym(_ text: String) -> String { String(code(Array(text.utf8)).prefix(Pseudonyms.digitCount)).uppercased() }

    /// Of a device reference: its parts between colons by themselves, so that a controller keeps its name in front of
    /// its sensors' numbers.
    package func device(_ reference: String) -> String {
        let parts = reference.split(separator: ":", omittingEmptySubsequences: false)
        return parts.enumerated().map { index, part in
            index > 0 && part.utf8.count <= 3 && part.utf8.allSatisfy { (0x30...0x39).contains($0) } ? String(part) : pseudonym(String(part))
        }.joined(separator: ":")
    }

    private static func bytes(_ hexadecimal: String) -> [UInt8] {
        let digits = hexadecimal.utf8.map { $0 >= 0x61 ? $0 - 0x61 + 10 : $0 - 0x30 }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}
