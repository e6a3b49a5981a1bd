import Devices
import Telemetry
import Testing

@Suite("Zigbee2MQTT")
struct Zigbee2MQTTTests {
    private func reader(isRegistered: Bool = true) throws -> Reader {
        try Reader(
            ProfileFolder.profile(
                "zigbee2mqtt",
                "recognise: {path: device.model, equals: W1}\nevents:\n  - when: {path: leak, equals: true}\n    emit: {type: alarm.raised, kind: other}\n"
            ),
            isRegistered: isRegistered
        )
    }

    private static let friendlyNames: [(topic: String, device: String)] = [
        ("stue", "stue"), ("0x00158d0001", "0x00158d0001"), ("Gj.biri:1_a-b", "Gj.biri:1_a-b"), ("zigbee2mqtt/stue", "stue"),
        ("stue vindu", "stue-vindu."), ("hus 2/kjøkken", "hus-2:kjoekken."), ("Åsen/bad", "Aasen:bad."), ("日本", "__."),
        (String(repeating: "a", count: 64), String(repeating: "a", count: 64)), (String(repeating: "a", count: 65), String(repeating: "a", count: 57) + "."),
    ]

    @Test("a friendly name becomes a readable reference, the same each time and apart from others", arguments: friendlyNames)
    func names(topic: String, device: String) throws {
        var reader = try reader()
        let found = try #require(try reader.read(#"{"leak":true}"#, topic: topic).events.first?.device)
        #expect(device.hasSuffix(".") ? found.hasPrefix(device) && found.count == device.count + 6 : found == device, "\(found)")
        let isReference = found.withText { $0.isDeviceReference }
        #expect(isReference)
        #expect(try reader.read(#"{"leak":true}"#, topic: topic).events.first?.device == found)
    }

    @Test("names that read alike stay apart, also where only the Unicode form differs")
    func alike() throws {
        var reader = try reader()
        let found = try ["bad 1", "bad-1", "bad/1", "b\u{E5}d", "ba\u{30A}d"].map { try reader.read(#"{"leak":true}"#, topic: $0).events[0].device }
        #expect(Set(found).count == 5)
    }

    @Test("without last_seen, a message is the same within its second and another one after it")
    func identity() throws {
        var reader = try reader()
        let ids = try [0, 0, 1].map { try reader.read(#"{"leak":true}"#, after: $0).events[0].id }
        #expect(ids[0] == ids[1] && ids[1] != ids[2])
        #expect(try reader.read(#"{"leak":true}"#).oddities == ["zigbee2mqtt:no-last-seen"])
        let seen = #"{"leak":true,"last_seen":"2026-10-05T07:00:00Z"}"#
        #expect(try reader.read(seen, after: 5).events[0].id == reader.read(seen, after: 50).events[0].id)
        #expect(try reader.read(seen, topic: "a").events[0].id != reader.read(seen, topic: "b").events[0].id)
    }

    private static let seen: [(text: String, time: EventTime?)] = [
        (#""2026-10-05T08:00:00.120Z""#, 1_791_187_200_120), (#""2026-10-05T10:00:00+02:00""#, 1_791_187_200_000), ("1791187200120", 1_791_187_200_120),
        ("1791187200", 1_791_187_200_000), (#""disabled""#, nil), ("null", nil), ("true", nil), ("1e300", nil), ("-1e300", nil),
    ]

    @Test("last_seen in all its forms", arguments: seen)
    func lastSeen(text: String, time: EventTime?) throws {
        var reader = try reader()
        #expect(try reader.read("{\"leak\":true,\"last_seen\":\(text)}").events.first?.time == time)
    }

    private static let silentTopics = [
        "bridge/info", "bridge/devices", "bridge/logging", "bridge/response/device/rename", "stue/set", "stue/get", "hus/stue/set/state",
        "zigbee2mqtt/bridge/groups",
    ]

    @Test("commands and the bridge's own talk are no events", arguments: silentTopics)
    func nothing(topic: String) throws {
        var reader = try reader()
        #expect(try reader.read("not json at all", topic: topic).events.isEmpty)
    }

    @Test("availability tells what changed, for registered devices")
    func availability() throws {
        var reader = try reader()
        let states = [#"{"state":"online"}"#, "offline", #"{"state":"offline"}"#, "online", #""online""#]
        let told = try states.enumerated().map { try reader.read($1, topic: "stue/availability", after: Int64($0) * 60).events.map(\.type) }
        #expect(told == [[], [.deviceFault], [], [.deviceRestored], []])
        #expect(throws: CodecRefusal("neither online nor offline")) { try reader.read("perhaps", topic: "stue/availability") }
        var stranger = try self.reader(isRegistered: false)
        #expect(try stranger.read("offline", topic: "gruppe/availability").events.isEmpty)
    }

    @Test("a model is known by the registry, else by its message; a group's state is left alone; a stranger is refused")
    func recognition() throws {
        var reader = try reader(isRegistered: false)
        #expect(try reader.read(#"{"leak":true,"device":{"model":"W1"}}"#).events.first?.type == .alarmRaised)
        #expect(throws: CodecRefusal("no profile for stue")) { try reader.read(#"{"leak":true,"linkquality":9}"#) }
        #expect(throws: CodecRefusal("no profile for stue")) { try reader.read(#"{"leak":true,"device":{"model":"W2"}}"#) }
        #expect(try reader.read(#"{"state":"ON"}"#, topic: "alle lys") == NativeReading(oddities: ["zigbee2mqtt:group"]))
    }

    @Test("a device that is registered with a profile of another codec is refused by that name")
    func otherCodec() throws {
        let other = try ProfileFolder.profile("chirpstack", "", id: "other")
        let decoder = NativeDecoder(profiles: [other])
        var memory = DeviceMemory()
        let message = NativeMessage(payload: Array("{}".utf8), topic: "stue", municipality: "3407", source: "gw", received: Reader.received)
        #expect(throws: CodecRefusal("profile other is not of zigbee2mqtt")) {
            try decoder.read(message, codec: .zigbee2mqtt, memory: &memory) { _ in "other" }
        }
    }

    private static let oddities: [(payload: String, detail: String)] = [
        ("", "not json"), ("ON", "not json"), ("{", "not json"), ("[]", "not an object"), ("null", "not an object"), ("\"\"", "not an object"),
        (String(repeating: "[", count: 10_000), "not json"), ("{\"a\":\"\(String(repeating: "a", count: 32 << 10))\"}", "larger than 32 KiB"),
    ]

    @Test("odd messages are refused with a reason", arguments: oddities)
    func odd(payload: String, detail: String) throws {
        var reader = try reader()
        #expect(throws: CodecRefusal(detail)) { try reader.read(payload) }
        #expect(throws: CodecRefusal("missing topic")) { try reader.read("{}", topic: "") }
    }
}
