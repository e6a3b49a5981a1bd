import CCurl
import Foundation

/// The server that takes our mail, and how it is spoken to.
package struct MailServer: Equatable, Sendable {
    package enum Encryption: String, CaseIterable, Sendable {
        /// TLS before the first word (`smtps://`).
        case implicit
        /// Plain at first, then STARTTLS, or nothing is sent.
        case startTLS
        /// For a server on this machine or in the same locked room.
        case none
    }

    /// `smtp://host:port` or `smtps://host:port`.
    package var url: String
    package var encryption: Encryption
    package var user: String?
    package var password: String?
    /// Authorities to believe in the place of the system's.
    package var caFile: String?
    /// As it stands in `From`: a bare address, or `Name <address>`.
    package var from: MailAddress

    package init(url: String, encryption: Encryption, user: String? = nil, password: String? = nil, caFile: String? = nil, from: MailAddress) {
        self.url = url
        self.encryption = encryption
        self.user = user
        self.password = password
        self.caFile = caFile
        self.from = from
    }

    /// Hands a message over to the server, and returns when the server has taken it on itself (250 after the message).
    ///
    /// - Throws: `OutboundError`; then the server has promised nothing, though it may have taken the message all the same
    ///   where the line broke before its answer.
    package func send(_ message: MailMessage, limits: OutboundLimits = OutboundLimits()) throws(OutboundError) {
        var transfer = try Transfer(url: url, limits: limits, caFile: caFile)
        let bytes = TransferBytes(message.bytes(from: from))
        transfer.set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        transfer.set(CURLOPT_USE_SSL, encryption == .none ? 0 : Int(CURLUSESSL_ALL.rawValue))
        if let user { transfer.set(CURLOPT_USERNAME, user) }
        if let password { transfer.set(CURLOPT_PASSWORD, password) }
        transfer.set(CURLOPT_MAIL_FROM, "<\(from.address)>")
        transfer.set(CURLOPT_MAIL_RCPT, list: ["<\(message.to)>"])
        transfer.set(CURLOPT_READFUNCTION, TransferBytes.give)
        transfer.set(CURLOPT_READDATA, pointer: bytes.pointer)
        transfer.set(CURLOPT_UPLOAD, 1)
        _ = try transfer.run()
        withExtendedLifetime(bytes) {}
    }
}

/// A mail address with the name shown for it.
package struct MailAddress: Equatable, Sendable {
    package var name: String?
    package var address: String

    /// Reads `address` or `Name <address>`; nil where the address is none.
    package init?(_ text: String) {
        guard let open = text.lastIndex(of: "<") else {
            guard MailAddress.isAddress(text) else { return nil }
            address = text
            return
        }
        guard text.hasSuffix(">") else { return nil }
        address = String(text[text.index(after: open)...].dropLast())
        guard MailAddress.isAddress(address) else { return nil }
        let shown = text[..<open].trimmingCharacters(in: CharacterSet(charactersIn: " \""))
        guard !shown.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else { return nil }
        name = shown.isEmpty ? nil : shown
    }

    /// What follows the @.
    package var domain: String { address.split(separator: "@").last.map(String.init) ?? address }

    /// A local part and a domain in ASCII, without quotes and comments: what every server takes. A domain with æ, ø or å
    /// is written in its `xn--` form.
    package static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, 1...64 ~= parts[0].utf8.count, 1...253 ~= parts[1].utf8.count else { return false }
        let local = parts[0].utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
            default: Array("!#$%&'*+-/=?^_`{|}~.".utf8).contains(byte)
            }
        }
        let domain = parts[1].split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
            1...63 ~= label.utf8.count
                && label.utf8.allSatisfy { byte in
                    switch byte {
                    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"): true
                    default: false
                    }
                }
        }
        return local && domain && !parts[0].hasPrefix(".") && !parts[0].hasSuffix(".")
    }
}
