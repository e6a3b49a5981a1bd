package import Telemetry

/// What messages become with a profile, outside the service: for `devices try` and for the samples of `check`.
package struct ProfileTrial {
    package struct Outcome: Sendable {
        /// Canonical events (CONTRACT 2) that would be accepted, but for what a message before them has counted.
        package var events: [JSONValue] = []
        /// Why events, or messages whole, would be refused.
        package var reasons: [String] = []
        package var oddities: [String] = []

        package init() {}
    }

    /// Trials have a receive time of their own, so that they give the same every time: 2026-10-05T08:00:00Z; each further
    /// message of a trial is a minute later.
    package static let received: EventTime = 1_791_187_200_000
    package static let source = "sample"
    package static let municipality = "0000"
    private static let stepMilliseconds: Int64 = 60_000

    private let profile: DeviceProfile
    private let decoder: NativeDecoder
    private let received: EventTime
    private let isRegistered: Bool

    /// - Parameter isRegistered: whether the registry names the profile; otherwise it must be recognised among `profiles`.
    package init(_ profile: DeviceProfile, among profiles: [DeviceProfile], received: EventTime = ProfileTrial.received, isRegistered: Bool = true) {
        self.profile = profile
        self.received = received
        self.isRegistered = isRegistered
        decoder = NativeDecoder(profiles: profiles)
    }

    /// The messages one after the other, from devices of which nothing is remembered yet.
    package func run(_ messages: [[UInt8]], topic: String) -> Outcome {
        var outcome = Outcome()
        var memory = DeviceMemory()
        for (index, payload) in messages.enumerated() {
            guard let codec = profile.codec else {
                ProfileTrial.check(payload, &outcome)
                continue
            }
            let message = NativeMessage(
                payload: payload,
                topic: topic,
                municipality: ProfileTrial.municipality,
                source: ProfileTrial.source,
                received: received + Int64(index) * ProfileTrial.stepMilliseconds
            )
            do throws(CodecRefusal) {
                let reading = try decoder.read(message, codec: codec, memory: &memory) { _ in isRegistered ? profile.id : nil }
                outcome.oddities += reading.oddities
                for event in reading.events {
                    var json = JSONText()
                    json.object { event.write(source: codec.rawValue, into: &$0) }
                    ProfileTrial.check(json.bytes, &outcome)
                }
            } catch {
                outcome.reasons.append(Reason.codec(error.detail).word)
            }
        }
        return outcome
    }

    /// Holds canonical bytes against the contract.
    private static func check(_ bytes: [UInt8], _ outcome: inout Outcome) {
        let decoder = CanonicalDecoder()
        bytes.withUnsafeBufferPointer { buffer in
            if case .failure(let refusal) = decoder.open(buffer) {
                outcome.reasons.append(refusal.reason.word)
                return
            }
            guard let value = JSONValue.read(bytes) else { return }
            let events = if case .array(let elements) = value { elements } else { [value] }
            var index = 0
            while let decoded = decoder.next() {
                switch decoded {
                case .event: outcome.events.append(events[index])
                case .rejected(let reason, _, _): outcome.reasons.append(reason.word)
                }
                index += 1
            }
        }
    }
}
