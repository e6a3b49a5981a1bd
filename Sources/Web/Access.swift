import Foundation
import Hummingbird
import Telemetry

/// Who may see what: tokens of CONTRACT 10. Without tokens everyone who reaches the (loopback) address may see all.
package struct Access: Sendable {
    package struct Token: Sendable {
        package var name: String
        package var sha256: String
        package var isAdmin: Bool
        package var municipalities: [String]
        package var zones: [String]?

        package init(name: String, sha256: String, isAdmin: Bool, municipalities: [String], zones: [String]?) {
            self.name = name
            self.sha256 = sha256
            self.isAdmin = isAdmin
            self.municipalities = municipalities
            self.zones = zones
        }
    }

    /// The one who asks.
    package struct Caller: Sendable {
        package var name: String
        package var isAdmin: Bool
        /// Nil for all.
        package var municipalities: [String]?
        package var zones: [String]?

        /// Whoever reaches a service without tokens.
        package static let loopback = Caller(name: "loopback", isAdmin: true, municipalities: nil, zones: nil)

        func mayRead(municipality: String) -> Bool { municipalities?.contains(municipality) ?? true }
    }

    private let tokens: [Token]

    package init(tokens: [Token]) { self.tokens = tokens }

    /// The caller of a request; a token comes as Bearer, or as the password of Basic for a browser.
    func caller(of request: Request) throws(Problem) -> Caller {
        if tokens.isEmpty { return .loopback }
        guard let secret = Access.secret(request.headers[.authorization]) else {
            throw Problem(status: .unauthorized, detail: "Send a token: Authorization: Bearer <token>.")
        }
        let digest = Digest.sha256(Array(secret.utf8))
        // All are compared, each in full, so that time tells nothing.
        let matches = tokens.filter { Access.isSame($0.sha256, digest) }
        guard let token = matches.first else {
            throw Problem(status: .unauthorized, detail: "The token is not known here.")
        }
        return Caller(name: token.name, isAdmin: token.isAdmin, municipalities: token.municipalities, zones: token.zones)
    }

    private static func secret(_ header: String?) -> String? {
        guard let header else { return nil }
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        switch parts[0].lowercased() {
        case "bearer": return String(parts[1])
        case "basic":
            guard let data = Data(base64Encoded: String(parts[1])) else { return nil }
            let pair = String(decoding: data, as: UTF8.self).split(separator: ":", maxSplits: 1)
            return pair.count == 2 ? String(pair[1]) : nil
        default: return nil
        }
    }

    private static func isSame(_ left: String, _ right: String) -> Bool {
        guard left.utf8.count == right.utf8.count else { return false }
        return zip(left.utf8, right.utf8).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
