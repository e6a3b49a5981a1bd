package import Telemetry

/// How often and how long is tried to get a report out.
package enum DeliveryRule {
    /// After so long without success nothing more is tried by itself.
    package static let triesMilliseconds: Int64 = 5 * 86_400_000
    /// The first pause; each further one is twice as long,
    package static let pauseMilliseconds: Int64 = 60_000
    /// up to this.
    package static let pauseMaxMilliseconds: Int64 = 2 * 3_600_000
    /// After a downtime so many of a schedule's periods are made up for, the newest; older ones are written down as skipped.
    package static let missedMax = 7

    /// When to try again after a try that failed; nil for never.
    ///
    /// - Parameters:
    ///   - tries: those made, 1 or more.
    ///   - firstTry: when the first of them was.
    package static func nextTry(tries: Int, firstTry: EventTime, now: EventTime) -> EventTime? {
        guard now - firstTry < triesMilliseconds else { return nil }
        let pause = pauseMilliseconds << Int64(min(max(tries, 1) - 1, 10))
        return now + min(pause, pauseMaxMilliseconds)
    }

    /// The id of the mail that a delivery is, the same at every try: whoever gets it twice, because the service was killed
    /// between sending and writing that down, has one message to mail readers that look.
    ///
    /// - Parameter key: what tells the delivery from every other.
    package static func messageID(instance: String, key: [String], domain: String) -> String {
        // A separator that no part holds keeps different keys apart.
        "\(Digest.sha256(Array(([instance] + key).joined(separator: "\n").utf8)).prefix(40))@\(domain)"
    }
}
