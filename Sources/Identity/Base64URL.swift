import Foundation

/// Base64 with the alphabet for addresses, without padding (RFC 4648, 5; RFC 7515, 2).
package enum Base64URL {
    package static func text(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// Nil for anything but what `text` writes: with padding, white space or leftover bits it is another text for the same.
    package static func bytes(_ text: some StringProtocol) -> [UInt8]? {
        let plain = String(text).replacing("-", with: "+").replacing("_", with: "/")
        let padding = String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: plain + padding), Base64URL.text(Array(data)) == text else { return nil }
        return Array(data)
    }
}
