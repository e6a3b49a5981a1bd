import Telemetry
import Testing

/// The attribute table of CONTRACT 2, one row a sentence of it. A nil value leaves the attribute out; a nil reason
/// means the event is good.
@Suite("Attributes of an event")
struct AttributeRuleTests {
    static let rules: [(name: String, json: String?, reason: String?)] = [
        ("specversion", nil, "missing:specversion"),
        ("specversion", "null", "missing:specversion"),
        ("specversion", #""1.1""#, "bad:specversion"),
        ("specversion", "1.0", "bad:specversion"),
        ("specversion", #""1.0 ""#, "bad:specversion"),
        ("specversion", #""1\u002e0""#, nil),
        ("id", nil, "missing:id"),
        ("id", "null", "missing:id"),
        ("id", #""""#, "bad:id"),
        ("id", "17", "bad:id"),
        ("id", "true", "bad:id"),
        ("id", quoted("x", 128), nil),
        ("id", quoted("x", 129), "bad:id"),
        // Bytes, not characters: ø is two.
        ("id", quoted("ø", 64), nil),
        ("id", quoted("ø", 65), "bad:id"),
        ("id", #""a\u0000b""#, "bad:id"),
        ("id", #""a\u001fb""#, "bad:id"),
        ("id", #""a\tb""#, "bad:id"),
        ("id", #""a\u007fb""#, "bad:id"),
        ("id", #""a\u0085b""#, "bad:id"),
        ("id", #""a\u009fb""#, "bad:id"),
        ("id", #""a\u00a0b""#, nil),
        ("id", #"" ""#, nil),
        ("source", nil, "missing:source"),
        ("source", "null", "missing:source"),
        ("source", #""""#, "bad:source"),
        ("source", "[]", "bad:source"),
        ("source", #""anything at all""#, nil),
        ("type", nil, "missing:type"),
        ("type", "null", "missing:type"),
        ("type", #""no.vaktlast.alarm.exploded""#, "unknown-type"),
        ("type", #""no.vaktlast.""#, "unknown-type"),
        ("type", #""alarm.raised""#, "unknown-type"),
        ("type", #""No.vaktlast.alarm.raised""#, "unknown-type"),
        ("type", #""no.vaktlast.alarm.raised ""#, "unknown-type"),
        ("type", "1", "unknown-type"),
        ("time", "null", nil),
        ("time", #""2026-10-05T05:41:12Z""#, nil),
        ("time", #""2026-10-05 05:41:12Z""#, "bad-time"),
        ("time", #""""#, "bad-time"),
        ("time", "1791178872", "bad-time"),
        ("time", "false", "bad-time"),
        ("subject", "null", nil),
        ("subject", #""not a device reference""#, nil),
        ("subject", #""""#, nil),
        ("subject", "4", "bad:subject"),
        ("subject", "{}", "bad:subject"),
        ("sequence", "null", nil),
        ("sequence", #""0""#, nil),
        ("sequence", #""999999999999999999""#, nil),
        ("sequence", #""000000000000000007""#, nil),
        ("sequence", #""1000000000000000000""#, "bad:sequence"),
        ("sequence", #""""#, "bad:sequence"),
        ("sequence", #""-1""#, "bad:sequence"),
        ("sequence", #""+1""#, "bad:sequence"),
        ("sequence", #""1.0""#, "bad:sequence"),
        ("sequence", #"" 1""#, "bad:sequence"),
        ("sequence", #""١""#, "bad:sequence"),
        ("sequence", "1", "bad:sequence"),
        ("data", "null", "missing:data"),
        ("data", "[]", "bad:data"),
        ("data", #""{}""#, "bad:data"),
        ("data", "0", "bad:data"),
        ("unknown", "[{}]", nil),
        ("ID", "5", nil),
    ]

    @Test("each rule of the table, at its bounds", arguments: rules)
    func rule(name: String, json: String?, reason: String?) throws {
        #expect(try Decoding.only(EventText("alarm.raised").with(name, json)).reason == reason)
    }

    @Test("data_base64 is no data")
    func base64() throws {
        let event = EventText("alarm.raised").with("no-data", "1").with("data_base64", #""e30=""#)
        #expect(try Decoding.only(event).reason == "missing:data")
    }

    @Test("what is read is what was written, bytewise")
    func values() throws {
        // The id is e + combining acute: not the same bytes as é.
        let event = EventText("alarm.raised", id: "e\u{301}")
            .with("time", #""2026-10-05T07:41:12.4829+02:00""#).with("sequence", #""0042""#)
            .withMember("zone", #""\u00e9""#).withMember("priority", "3").withMember("test", "false")
        let read = try #require(try Decoding.only(event).event)
        #expect(read.type == .alarmRaised)
        #expect(read.id == [0x65, 0xCC, 0x81])
        #expect(read.time == 1_791_178_872_482)
        #expect(read.sequence == 42)
        #expect(read.device == "d-1")
        #expect(read.zone == [0xC3, 0xA9])
        #expect(read.alarm == Array("a-1".utf8))
        #expect(read.kind == .fall)
        #expect(read.priority == 3)
        #expect(read.test == false)
    }

    @Test("all fifteen types of the contract are good with what they require", arguments: EventType.allCases)
    func types(type: EventType) throws {
        #expect(try #require(try Decoding.only(EventText(type.word)).event).type == type)
    }

    @Test("of repeated names the last counts, also when it is null, and repeated data replaces all of it")
    func repeatedNames() throws {
        let good = EventText("alarm.closed").json.dropLast()
        func only(_ rest: String) throws -> Reading { try Decoding.read(good + rest).get()[0] }
        #expect(try only(#","id":"second"}"#).event?.id == Array("second".utf8))
        #expect(try only(#","id":null}"#).reason == "missing:id")
        #expect(try only(#","\u0069d":"escaped"}"#).event?.id == Array("escaped".utf8))
        #expect(try only(#","data":{"alarm":"b"}}"#).reason == "missing:outcome")
        #expect(try only(#","data":{"outcome":"other"}}"#).reason == "missing:alarm")
        #expect(try only(#","data":null}"#).reason == "missing:data")
        #expect(try only(#","data":1,"data":{"alarm":"b","alarm":"c","outcome":"test"}}"#).event?.alarm == [0x63])
    }

    @Test("a rejected event tells its id and sequence where they can be read")
    func rejectedIdentity() throws {
        let event = EventText("alarm.raised").with("sequence", #""12""#).with("type", #""x""#)
        #expect(try Decoding.only(event) == .rejected("unknown-type", id: "e-1", sequence: 12))
        let noID = event.with("id", #""\u0007""#)
        #expect(try Decoding.only(noID) == .rejected("bad:id", id: nil, sequence: 12))
        let noSequence = event.with("sequence", #""twelve""#)
        #expect(try Decoding.only(noSequence) == .rejected("unknown-type", id: "e-1", sequence: nil))
    }
}
