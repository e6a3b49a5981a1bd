/// The AES keys of accounts that send encrypted DC-09 frames. Never written anywhere: not in logs, not in errors.
package struct DC09Keys: Equatable, Sendable, CustomStringConvertible {
    package struct Key: Equatable, Sendable, CustomStringConvertible {
        package var municipality: String
        package var source: String
        /// Nil for every account of the source that has no key of its own.
        package var account: String?
        fileprivate let bytes: [UInt8]

        /// Nil unless there are 32, 48 or 64 hexadecimal digits (AES-128, -192, -256).
        package init?(municipality: String, source: String, account: String?, hexadecimal: String) {
            guard let bytes = DC09Frame.bytes(ofHexadecimal: Array(hexadecimal.utf8)[...]), [16, 24, 32].contains(bytes.count) else { return nil }
            self.municipality = municipality
            self.source = source
            self.account = account
            self.bytes = bytes
        }

        package var description: String { "a key of \(municipality)/\(source)" }
    }

    private let keys: [Key]

    package init(_ keys: [Key] = []) { self.keys = keys }

    package var description: String { "\(keys.count) keys" }

    /// The key of an account, compared without regard to case as hexadecimal numbers are.
    func bytes(municipality: String, source: String, account: String) -> [UInt8]? {
        let ofSource = keys.filter { $0.municipality == municipality && $0.source == source }
        let own = ofSource.first { $0.account?.uppercased() == account.uppercased() }
        return (own ?? ofSource.first { $0.account == nil })?.bytes
    }
}
