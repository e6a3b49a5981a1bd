import Devices
import Telemetry
import Testing

@Suite("ChirpStack")
struct ChirpStackTests {
    private func reader() throws -> Reader {
        try Reader(ProfileFolder.profile("chirpstack", "events:\n  - when: {path: object.fall, equals: true}\n    emit: {type: alarm.raised, kind: fall}\n"))
    }

    private static func topic(_ event: String) -> String { "application/17c82e96/device/24e124791d123456/event/\(event)" }

    private static func message(_ rest: String = "", eui: String = "24E124791D123456") -> String {
        "{\"deviceInfo\":{\"devEui\":\"\(eui)\"},\"object\":{\"fall\":true}\(rest)}"
    }

    @Test("the device is its EUI in lower case, the identity its deduplication id")
    func identity() throws {
        var reader = try reader()
        let id = "3ac7e3c4-4401-4b8d-9386-a5c902f9202d"
        let event = try reader.read(Self.message(",\"deduplicationId\":\"\(id)\""), topic: Self.topic("up")).events[0]
        #expect(event.device == "24e124791d123456")
        #expect(event.id == "chirpstack:\(id)")
    }

    @Test(
        "without a deduplication id the content identifies, and that is told",
        arguments: ["", #","deduplicationId":"""#, #","deduplicationId":7"#, #","deduplicationId":"a b""#]
    )
    func withoutIdentity(rest: String) throws {
        var reader = try reader()
        let first = try reader.read(Self.message(rest), topic: Self.topic("up"))
        #expect(first.oddities == ["chirpstack:no-deduplication-id"])
        #expect(try reader.read(Self.message(rest), topic: Self.topic("up"), after: 99).events[0].id == first.events[0].id)
    }

    private static let clocks: [(text: String, time: EventTime?, oddities: [String])] = [
        (#""2026-10-05T08:00:00.123456789+00:00""#, 1_791_187_200_123, []), (#""0001-01-01T00:00:00Z""#, -62_135_596_800_000, []),
        (#""soon""#, nil, ["chirpstack:bad-time"]), ("null", nil, []),
    ]

    @Test("its time is taken as it is, also where it was never set", arguments: clocks)
    func times(text: String, time: EventTime?, oddities: [String]) throws {
        var reader = try reader()
        let reading = try reader.read(Self.message(",\"deduplicationId\":\"a\",\"time\":\(text)"), topic: Self.topic("up"))
        #expect(reading.events[0].time == time)
        #expect(reading.oddities == oddities)
    }

    @Test("the other events of a device")
    func otherEvents() throws {
        var reader = try reader()
        let status = #","deduplicationId":"a","batteryLevel":42.5,"margin":7"#
        #expect(try reader.read(Self.message(status), topic: Self.topic("status")).events.map(\.data.first?.value) == [.number(42.5)])
        let mains = #","deduplicationId":"b","batteryLevel":0,"externalPowerSource":true"#
        #expect(try reader.read(Self.message(mains), topic: Self.topic("status")).events.map(\.data.count) == [0])
        #expect(try reader.read(Self.message(#","deduplicationId":"c""#), topic: Self.topic("join")).events.map(\.type) == [.deviceHeartbeat])
        for event in ["ack", "txack", "log", "location", "integration"] { #expect(try reader.read("x", topic: Self.topic(event)).events.isEmpty) }
        #expect(throws: CodecRefusal("unknown event")) { try reader.read(Self.message(), topic: Self.topic("upp")) }
        #expect(try reader.read(Self.message(), topic: "").events.map(\.type) == [.alarmRaised])
    }

    private static let oddities: [(payload: String, detail: String)] = [
        ("", "not json"), ("[]", "not an object"), ("{}", "missing devEui"), (#"{"deviceInfo":[]}"#, "missing devEui"),
        (#"{"deviceInfo":{"devEui":7}}"#, "missing devEui"), (#"{"deviceInfo":{"devEui":""}}"#, "missing devEui"),
        (#"{"deviceInfo":{"devEui":"a b"}}"#, "bad devEui"), (#"{"deviceInfo":{"devEui":"K"}}"#.replacing("K", with: "\u{212A}ø"), "bad devEui"),
    ]

    @Test("odd messages are refused with a reason", arguments: oddities)
    func odd(payload: String, detail: String) throws {
        var reader = try reader()
        #expect(throws: CodecRefusal(detail)) { try reader.read(payload, topic: Self.topic("up")) }
    }

    @Test("an object of any shape is read")
    func shapes() throws {
        var reader = try reader()
        for object in ["null", "[]", "7", "\"\"", "{}", "{\"battery\":\"full\"}", "{\"battery\":1e308}", "{\"fall\":[true]}"] {
            let reading = try reader.read(
                "{\"deduplicationId\":\"\(abs(object.hashValue))\",\"deviceInfo\":{\"devEui\":\"aa\"},\"object\":\(object),\"rxInfo\":{\"rssi\":1}}",
                topic: Self.topic("up")
            )
            #expect(reading.events.map(\.type) == [.deviceHeartbeat], "\(object)")
        }
    }
}

@Suite("The Things Stack")
struct ThingsStackTests {
    private func reader() throws -> Reader {
        try Reader(
            ProfileFolder.profile(
                "things-stack",
                "events:\n  - when: {path: uplink_message.decoded_payload.door, equals: open}\n    emit: {type: alarm.raised, kind: door}\n"
            )
        )
    }

    private static func uplink(_ rest: String, ids: String = #""dev_eui":"24E124141C123457","device_id":"door-1""#, top: String = "") -> String {
        "{\"end_device_ids\":{\(ids)}\(top),\"uplink_message\":{\"decoded_payload\":{\"door\":\"open\"}\(rest)}}"
    }

    private func id(_ text: String) throws -> String {
        var reader = try reader()
        return try reader.read(text, topic: "").events[0].id
    }

    @Test("a frame is its device, session and counter, whose 0 is left out")
    func identity() throws {
        let session = #","session_key_id":"AXBSH1Pk6Z0=""#
        #expect(try id(Self.uplink(session)) == id(Self.uplink(session + #","f_cnt":0"#, top: #","received_at":"2026-10-05T08:00:00Z""#)))
        #expect(try id(Self.uplink(session + #","f_cnt":1"#)) != id(Self.uplink(session + #","f_cnt":2"#)))
        #expect(try id(Self.uplink(#","session_key_id":"a","f_cnt":1"#)) != id(Self.uplink(#","session_key_id":"b","f_cnt":1"#)))
        #expect(try id(Self.uplink(session, ids: #""dev_eui":"AA""#)) != id(Self.uplink(session, ids: #""dev_eui":"BB""#)))
        #expect(try id(Self.uplink(session + #","f_cnt":4294967295"#)).utf8.count <= 64)
        #expect(try id(Self.uplink(session + #","f_cnt":1e300"#)).utf8.count <= 64)
    }

    @Test("without a session the correlation tells frames apart, else the time they were received")
    func withoutSession() throws {
        func correlated(_ name: String) -> String { Self.uplink(#","f_cnt":1"#, top: ",\"correlation_ids\":[\"rpc:x\",\"gs:uplink:\(name)\"]") }
        #expect(try id(correlated("A")) == id(correlated("A")))
        #expect(try id(correlated("A")) != id(correlated("B")))
        func timed(_ second: Int) -> String { Self.uplink(",\"received_at\":\"2026-10-05T08:00:0\(second)Z\"") }
        #expect(try id(timed(1)) == id(timed(1)))
        #expect(try id(timed(1)) != id(timed(2)))
    }

    @Test("the device is its EUI, else its own id, in lower case")
    func device() throws {
        var reader = try reader()
        #expect(try reader.read(Self.uplink(""), topic: "").events[0].device == "24e124141c123457")
        #expect(try reader.read(Self.uplink("", ids: #""device_id":"Door-1""#), topic: "").events[0].device == "door-1")
    }

    @Test("its time is when the network server heard it, else the application server, else the gateway")
    func time() throws {
        var reader = try reader()
        let all = Self.uplink(
            #","received_at":"2026-10-05T08:00:00Z","settings":{"time":"2026-10-05T08:00:02Z"}"#,
            top: #","received_at":"2026-10-05T08:00:01Z""#
        )
        #expect(try reader.read(all, topic: "").events[0].time == 1_791_187_200_000)
        #expect(try reader.read(Self.uplink("", top: #","received_at":"2026-10-05T08:00:01Z""#), topic: "").events[0].time == 1_791_187_201_000)
        #expect(try reader.read(Self.uplink(#","settings":{"time":"2026-10-05T08:00:02Z"}"#), topic: "").events[0].time == 1_791_187_202_000)
        let bad = try reader.read(Self.uplink(#","received_at":"0""#), topic: "")
        #expect(bad.events[0].time == nil && bad.oddities == ["things-stack:bad-time"])
    }

    @Test("a join is a sign of life, downlinks are nothing")
    func others() throws {
        var reader = try reader()
        let ids = #""end_device_ids":{"dev_eui":"AA"}"#
        #expect(try reader.read("{\(ids),\"join_accept\":{\"session_key_id\":\"x\"}}", topic: "v3/a/devices/b/join").events.map(\.type) == [.deviceHeartbeat])
        for kind in [
            "downlink_queued", "downlink_sent", "downlink_ack", "downlink_nack", "downlink_failed", "service_data", "location_solved", "uplink_normalized",
        ] {
            #expect(try reader.read("{\(ids),\"\(kind)\":{}}", topic: "").events.isEmpty)
        }
        let raw = try reader.read("{\(ids),\"uplink_message\":{\"frm_payload\":\"AA==\"}}", topic: "")
        #expect(raw.events.map(\.type) == [.deviceHeartbeat] && raw.oddities == ["things-stack:not-decoded"])
    }

    private static let oddities: [(payload: String, detail: String)] = [
        ("x", "not json"), ("[]", "not an object"), ("{}", "unknown message"), (#"{"uplink_message":{}}"#, "missing dev_eui"),
        (#"{"uplink_message":7,"end_device_ids":[]}"#, "missing dev_eui"), (#"{"uplink_message":{},"end_device_ids":{"dev_eui":"æ"}}"#, "bad dev_eui"),
        (#"{"join_accept":{},"end_device_ids":{"dev_eui":null}}"#, "missing dev_eui"),
    ]

    @Test("odd messages are refused with a reason", arguments: oddities)
    func odd(payload: String, detail: String) throws {
        var reader = try reader()
        #expect(throws: CodecRefusal(detail)) { try reader.read(payload, topic: "") }
    }
}
