/// Reads devices' own formats with the profiles at hand.
///
/// Owned by one thread. The same message, profiles and memory always give the same events.
package struct NativeDecoder: Sendable {
    private let profiles: [String: DeviceProfile]
    private let keys: DC09Keys

    package init(profiles: [DeviceProfile] = [], keys: DC09Keys = DC09Keys()) {
        self.keys = keys
        self.profiles = Dictionary(profiles.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The events of a message. `registered` gives the profile that the registry names for a device when the message
    /// was received.
    package func read(
        _ message: NativeMessage,
        codec: CodecName,
        memory: inout DeviceMemory,
        registered: (_ device: String) -> String?
    ) throws(CodecRefusal) -> NativeReading {
        switch codec {
        case .scaip: return try SCAIPCodec.read(message.payload)
        case .dc09: return try DC09Codec.read(message, keys: keys)
        case .zigbee2mqtt, .chirpstack, .thingsStack:
            return try JSONCodecs(profiles: profiles).read(message, codec: codec, memory: &memory, registered: registered)
        }
    }
}
