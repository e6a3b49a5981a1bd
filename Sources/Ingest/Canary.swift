import MQTT
import Telemetry

/// A message of our own through broker and gate, once a minute and lane: a session that is connected but stuck
/// lets it get lost (Debian's mosquitto 2.0.11 has such faults; from 2.0.13 on they are mended).
///
/// It goes to a topic of the reserved source `service`, which the lane's own filters match and which is never
/// journaled. Any message that comes on the lane shows as well that it delivers, so that a long backlog in front
/// of the canary is no fault. Owned by the gate's thread; times are monotonic seconds.
package struct Canary {
    package enum Step: Equatable {
        case nothing
        case send(topic: String, payload: [UInt8])
        /// Two intervals without any message since a canary was sent.
        case reconnect
        /// None has ever come back, also after connecting anew; said once.
        case unproven
    }

    /// A municipality that cannot exist and a source that is reserved: read by the filters, never an event.
    static let root = "\(Topic.root)/0000/service"

    let topic: String
    private let payload: [UInt8]
    private let intervalSeconds: Double
    private var sendAt = 0.0
    /// When the oldest canary was sent that nothing has come after.
    private var waitingSince: Double?
    /// A canary has come back since the start: only then does silence prove a fault. Before, an ACL may forbid it.
    private var isProven = false
    private var unprovenReconnects = 0
    /// A reconnect was tried and nothing has come since.
    package private(set) var isMissing = false

    /// - Parameter intervalSeconds: 0 switches it off.
    package init(channel: String, instance: String, intervalSeconds: Double) {
        topic = "\(Canary.root)/\(channel)"
        payload = Array("canary of \(instance)".utf8)
        self.intervalSeconds = intervalSeconds
    }

    /// A session is ready: the first canary is due at once.
    package mutating func begin() {
        sendAt = 0
        waitingSince = nil
    }

    /// Something has come on this lane; `isOwn` when it was a canary.
    package mutating func came(isOwn: Bool) {
        waitingSince = nil
        isMissing = false
        if isOwn { isProven = true }
    }

    /// What to do now.
    package mutating func step(_ now: Double) -> Step {
        guard intervalSeconds > 0 else { return .nothing }
        if let since = waitingSince, now - since >= 2 * intervalSeconds {
            waitingSince = nil
            if isProven {
                isMissing = true
                return .reconnect
            }
            unprovenReconnects += 1
            if unprovenReconnects == 1 { return .reconnect }
            if unprovenReconnects == 2 { return .unproven }
        }
        guard now >= sendAt else { return .nothing }
        sendAt = now + intervalSeconds
        if waitingSince == nil { waitingSince = now }
        return .send(topic: topic, payload: payload)
    }
}
