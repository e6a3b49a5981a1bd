import Telemetry
import Testing

/// CONTRACT 2: of several reasons an event has the first.
@Suite("The order of reasons")
struct RuleOrderTests {
    /// One way to break an event, in an attribute or a member of data.
    struct Break: Sendable, CustomTestStringConvertible {
        let reason: String
        let name: String
        let json: String?
        var isMember = false

        var testDescription: String { reason }

        static func member(_ reason: String, _ name: String, _ json: String?) -> Break {
            Break(reason: reason, name: name, json: json, isMember: true)
        }

        func applied(to event: EventText) -> EventText {
            isMember ? event.withMember(name, json) : event.with(name, json)
        }
    }

    static let attributes = [
        Break(reason: "bad:specversion", name: "specversion", json: "1"),
        Break(reason: "bad:id", name: "id", json: "1"),
        Break(reason: "bad:source", name: "source", json: "1"),
        Break(reason: "unknown-type", name: "type", json: "1"),
        Break(reason: "bad-time", name: "time", json: "1"),
        Break(reason: "bad:subject", name: "subject", json: "1"),
        Break(reason: "bad:sequence", name: "sequence", json: "1"),
    ]

    /// Breaks of data by type, in the contract's order: device, the members, the zone.
    static let members: [(type: String, breaks: [Break])] = [
        (
            "alarm.raised",
            [
                .member("bad:device", "device", "1"), .member("missing:alarm", "alarm", nil),
                .member("bad:kind", "kind", "1"), .member("bad:priority", "priority", "[]"),
                .member("bad:test", "test", "0"), .member("bad:zone", "zone", "0"),
            ]
        ),
        (
            "alarm.answered",
            [
                .member("bad:device", "device", "1"), .member("bad:alarm", "alarm", "1"),
                .member("bad:voice", "voice", "0"), .member("bad:zone", "zone", "0"),
            ]
        ),
        (
            "alarm.dispatched",
            [.member("bad:alarm", "alarm", "1"), .member("bad:respondingZone", "respondingZone", "0"), zone]
        ),
        ("alarm.accepted", [.member("bad:alarm", "alarm", "1"), .member("bad:responders", "responders", "0"), zone]),
        (
            "alarm.closed",
            [
                .member("bad:device", "device", "1"), .member("bad:alarm", "alarm", "1"),
                .member("missing:outcome", "outcome", nil), .member("bad:cause", "cause", "1"), zone,
            ]
        ),
        (
            "sensor.observed",
            [
                .member("missing:device", "device", nil), .member("missing:property", "property", nil),
                .member("missing:value", "value", nil), .member("bad:unit", "unit", "1"), zone,
            ]
        ),
        (
            "assist.performed",
            [
                .member("missing:device", "device", nil), .member("missing:technology", "technology", nil),
                .member("missing:result", "result", nil), zone,
            ]
        ),
        (
            "device.heartbeat",
            [
                .member("missing:device", "device", nil), .member("bad:battery", "battery", "101"),
                .member("bad:signal", "signal", "false"), zone,
            ]
        ),
        (
            "device.fault",
            [.member("missing:device", "device", nil), .member("missing:fault", "fault", nil), zone]
        ),
    ]

    private static let zone = Break.member("bad:zone", "zone", "0")

    @Test("the first broken rule in the table's order gives the reason, whatever else is wrong", arguments: members)
    func order(type: String, breaks: [Break]) throws {
        let data = Break(reason: "bad:data", name: "data", json: "1")
        for (first, broken) in Self.attributes.enumerated() {
            var event = (breaks + [data]).reduce(EventText(type)) { $1.applied(to: $0) }
            for later in Self.attributes[first...] { event = later.applied(to: event) }
            #expect(try Decoding.only(event).reason == broken.reason, "\(event.json)")
        }
        #expect(try Decoding.only(data.applied(to: EventText(type))).reason == "bad:data")
        for (first, broken) in breaks.enumerated() {
            let event = breaks[first...].reduce(EventText(type)) { $1.applied(to: $0) }
            #expect(try Decoding.only(event).reason == broken.reason, "\(event.json)")
        }
    }

    @Test("a missing attribute comes before a later bad one, a bad one before a later missing one")
    func missingAndBad() throws {
        let noID = EventText("alarm.raised").with("id", nil)
        #expect(try Decoding.only(noID.with("source", "1")).reason == "missing:id")
        #expect(try Decoding.only(noID.with("specversion", "1")).reason == "bad:specversion")
        let noData = EventText("alarm.raised").with("no-data", "1")
        #expect(try Decoding.only(noData.with("sequence", "1")).reason == "bad:sequence")
    }

    @Test("personal data comes before every other reason of an object")
    func personal() throws {
        let broken = EventText("alarm.raised").with("specversion", nil)
        let readings = try Decoding.read("[\(broken.json),7,\(EventText("device.tested").json)]", personal: [0, 1])
            .get()
        #expect(readings[0].reason == "personal-data")
        #expect(readings[1].reason == "not-an-event")
        #expect(readings[2].reason == nil)
    }

    @Test("a message that knows of personal data in one event spares its neighbours")
    func neighbours() throws {
        let events = (0..<4).map { EventText("device.tested", id: "e-\($0)").json }.joined(separator: ",")
        let readings = try Decoding.read("[\(events)]", personal: [1, 3]).get()
        #expect(readings.map(\.reason) == [nil, "personal-data", nil, "personal-data"])
        #expect(readings[1] == .rejected("personal-data", id: "e-1", sequence: nil))
    }
}
