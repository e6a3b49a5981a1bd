import CCurl
import Foundation
import Telemetry

/// Asks other servers over HTTPS. Plain HTTP is for this machine alone; no redirect is followed.
package struct HTTPCaller: Sendable {
    /// An answer longer than this is refused.
    package static let answerBytesMax = 1 << 20

    package struct Answer: Sendable {
        package var status: Int
        package var body: [UInt8]
    }

    private let caFile: String?
    private let limits: OutboundLimits

    /// - Parameter caFile: authorities to believe in the place of the system's; nil: the system's.
    package init(caFile: String? = nil, limits: OutboundLimits = OutboundLimits(connectSeconds: 5, totalSeconds: 15)) {
        (self.caFile, self.limits) = (caFile, limits)
    }

    /// Asks from a thread of its own: waiting takes none of the tasks' threads.
    ///
    /// - Parameter form: sent as a form by POST; nil: GET.
    /// - Throws: `OutboundError` where no answer came; an answer with any status is one.
    package func ask(_ url: String, form: [(name: String, value: String)]? = nil, headers: [String] = []) async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result { try wait(url, form, headers) }) }
        }
    }

    private func wait(_ url: String, _ form: [(name: String, value: String)]?, _ headers: [String]) throws(OutboundError) -> Answer {
        guard HTTPCaller.isAllowed(url) else { throw OutboundError(.wrongUse, "\(url) is not https://, and not on this machine") }
        var transfer = try Transfer(url: url, limits: limits, caFile: caFile)
        let answer = TransferBytes(countMax: HTTPCaller.answerBytesMax)
        transfer.set(CURLOPT_PROTOCOLS_STR, "https,http")
        transfer.set(CURLOPT_WRITEFUNCTION, TransferBytes.take)
        transfer.set(CURLOPT_WRITEDATA, pointer: answer.pointer)
        transfer.set(CURLOPT_HTTPHEADER, list: ["Accept: application/json"] + headers)
        if let form {
            transfer.set(CURLOPT_POST, 1)
            transfer.set(CURLOPT_COPYPOSTFIELDS, form.map { "\($0.name.percentEncoded)=\($0.value.percentEncoded)" }.joined(separator: "&"))
        }
        let status = try transfer.run()
        return withExtendedLifetime(answer) { Answer(status: status, body: answer.bytes) }
    }

    /// HTTPS, or HTTP to this machine.
    package static func isAllowed(_ url: String) -> Bool {
        guard let parts = URLComponents(string: url), let host = parts.host, !host.isEmpty, parts.user == nil else { return false }
        return parts.scheme == "https" || parts.scheme == "http" && ["127.0.0.1", "localhost", "::1", "[::1]"].contains(host)
    }
}
