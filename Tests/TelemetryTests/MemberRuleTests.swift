import Telemetry
import Testing

/// The members of `data`, CONTRACT 3. A nil value leaves the member out; a nil reason means the event is good.
@Suite("Members of an event's data")
struct MemberRuleTests {
    typealias Rule = (type: String, name: String, json: String?, reason: String?)

    static let deviceRules: [Rule] = [
        ("alarm.raised", "device", nil, "missing:device"),
        ("alarm.raised", "device", "null", "missing:device"),
        ("device.heartbeat", "device", nil, "missing:device"),
        ("alarm.closed", "device", nil, nil),
        ("alarm.closed", "device", #""d 1""#, "bad:device"),
        ("alarm.raised", "device", #""""#, "bad:device"),
        ("alarm.raised", "device", "7", "bad:device"),
        ("alarm.raised", "device", #""Az09._:-""#, nil),
        ("alarm.raised", "device", #""d/1""#, "bad:device"),
        ("alarm.raised", "device", #""dør""#, "bad:device"),
        ("alarm.raised", "device", quoted("x", 64), nil),
        ("alarm.raised", "device", quoted("x", 65), "bad:device"),
    ]

    static let alarmRules: [Rule] = [
        ("alarm.repeated", "alarm", nil, "missing:alarm"),
        ("alarm.answered", "alarm", "null", "missing:alarm"),
        ("alarm.answered", "alarm", #""""#, "bad:alarm"),
        ("alarm.answered", "alarm", "4", "bad:alarm"),
        // Unicode scalars, not bytes and not characters.
        ("alarm.answered", "alarm", quoted("😀", 64), nil),
        ("alarm.answered", "alarm", quoted("😀", 65), "bad:alarm"),
        ("alarm.answered", "alarm", quoted("e\u{301}", 32), nil),
        ("alarm.answered", "alarm", quoted("e\u{301}", 33), "bad:alarm"),
        ("alarm.answered", "alarm", #""a\u0000""#, "bad:alarm"),
        ("alarm.answered", "alarm", #""a\u009f""#, "bad:alarm"),
        ("alarm.raised", "kind", nil, "missing:kind"),
        ("alarm.raised", "kind", #""Fall""#, "bad:kind"),
        ("alarm.raised", "kind", #""""#, "bad:kind"),
        ("alarm.raised", "kind", "1", "bad:kind"),
        ("alarm.raised", "priority", "0", nil),
        ("alarm.raised", "priority", "9", nil),
        ("alarm.raised", "priority", "2.0", nil),
        ("alarm.raised", "priority", "0.2e1", nil),
        ("alarm.raised", "priority", "-0", nil),
        ("alarm.raised", "priority", "10", "bad:priority"),
        ("alarm.raised", "priority", "-1", "bad:priority"),
        ("alarm.raised", "priority", "2.5", "bad:priority"),
        ("alarm.raised", "priority", "true", "bad:priority"),
        ("alarm.raised", "priority", #""2""#, "bad:priority"),
        ("alarm.raised", "priority", "1e300", "bad:priority"),
        ("alarm.raised", "test", "true", nil),
        ("alarm.raised", "test", "1", "bad:test"),
        ("alarm.raised", "test", #""true""#, "bad:test"),
        ("alarm.answered", "voice", "false", nil),
        ("alarm.answered", "voice", "0", "bad:voice"),
        ("alarm.dispatched", "respondingZone", #""biri""#, nil),
        ("alarm.dispatched", "respondingZone", #""""#, "bad:respondingZone"),
        ("alarm.dispatched", "respondingZone", quoted("x", 64), nil),
        ("alarm.dispatched", "respondingZone", quoted("x", 65), "bad:respondingZone"),
        ("alarm.accepted", "responders", "1", nil),
        ("alarm.accepted", "responders", "9", nil),
        ("alarm.accepted", "responders", "2.0", nil),
        ("alarm.accepted", "responders", "null", nil),
        ("alarm.accepted", "responders", "0", "bad:responders"),
        ("alarm.accepted", "responders", "10", "bad:responders"),
        ("alarm.accepted", "responders", "1.5", "bad:responders"),
        ("alarm.accepted", "responders", "false", "bad:responders"),
        ("alarm.closed", "outcome", nil, "missing:outcome"),
        ("alarm.closed", "outcome", #""fine""#, "bad:outcome"),
        ("alarm.closed", "cause", "null", nil),
        ("alarm.closed", "cause", #""fall""#, nil),
        ("alarm.closed", "cause", #""smoke""#, "bad:cause"),
        ("alarm.closed", "cause", "{}", "bad:cause"),
        // A member of another type is unknown here, and ignored.
        ("alarm.answered", "outcome", "7", nil),
        ("alarm.repeated", "voice", "7", nil),
        ("alarm.closed", "priority", "true", nil),
    ]

    static let otherRules: [Rule] = [
        ("sensor.observed", "property", nil, "missing:property"),
        ("sensor.observed", "property", #""""#, "bad:property"),
        ("sensor.observed", "property", quoted("ø", 64), nil),
        ("sensor.observed", "property", quoted("ø", 65), "bad:property"),
        ("sensor.observed", "property", "1", "bad:property"),
        ("sensor.observed", "value", nil, "missing:value"),
        ("sensor.observed", "value", "null", "missing:value"),
        ("sensor.observed", "value", "-1.5e3", nil),
        ("sensor.observed", "value", "false", nil),
        ("sensor.observed", "value", #""""#, nil),
        ("sensor.observed", "value", "{}", "bad:value"),
        ("sensor.observed", "value", "[1]", "bad:value"),
        ("sensor.observed", "unit", #""""#, nil),
        ("sensor.observed", "unit", quoted("°", 32), nil),
        ("sensor.observed", "unit", quoted("°", 33), "bad:unit"),
        ("sensor.observed", "unit", "1", "bad:unit"),
        ("assist.performed", "technology", nil, "missing:technology"),
        ("assist.performed", "technology", #""robot""#, "bad:technology"),
        ("assist.performed", "result", nil, "missing:result"),
        ("assist.performed", "result", #""follow-up""#, nil),
        ("assist.performed", "result", #""failed""#, "bad:result"),
        ("device.heartbeat", "battery", "0", nil),
        ("device.heartbeat", "battery", "100", nil),
        ("device.heartbeat", "battery", "57.5", nil),
        ("device.heartbeat", "battery", "100.1", "bad:battery"),
        ("device.heartbeat", "battery", "-0.1", "bad:battery"),
        ("device.heartbeat", "battery", #""57""#, "bad:battery"),
        ("device.heartbeat", "signal", "-87", nil),
        ("device.heartbeat", "signal", "true", "bad:signal"),
        ("device.fault", "fault", nil, "missing:fault"),
        ("device.fault", "fault", #""broken""#, "bad:fault"),
        ("device.restored", "fault", nil, "missing:fault"),
        ("device.restored", "fault", #""memory-full""#, nil),
        ("device.tested", "fault", "7", nil),
        ("device.tested", "zone", "null", nil),
        ("device.tested", "zone", #""""#, "bad:zone"),
        ("device.tested", "zone", "3", "bad:zone"),
        ("device.tested", "zone", quoted("å", 64), nil),
        ("device.tested", "zone", quoted("å", 65), "bad:zone"),
        ("alarm.raised", "zone", #""no such zone""#, nil),
    ]

    @Test("the device reference", arguments: deviceRules)
    func device(rule: Rule) throws { try check(rule) }

    @Test("members of alarm types", arguments: alarmRules)
    func alarm(rule: Rule) throws { try check(rule) }

    @Test("members of all other types, and the zone", arguments: otherRules)
    func other(rule: Rule) throws { try check(rule) }

    private func check(_ rule: Rule) throws {
        let event = EventText(rule.type).withMember(rule.name, rule.json)
        #expect(try Decoding.only(event).reason == rule.reason, "\(event.json)")
    }

    static let words: [(type: String, name: String, words: [String])] = [
        (
            "alarm.raised", "kind",
            [
                "manual", "pull-cord", "fall", "smoke", "door", "bed", "inactivity", "epilepsy", "medication",
                "location", "supervision", "other",
            ]
        ),
        (
            "alarm.closed", "outcome",
            [
                "resolved-by-voice", "visited", "emergency-services", "unintended", "test", "technical", "cancelled",
                "other",
            ]
        ),
        (
            "alarm.closed", "cause",
            [
                "fall", "illness", "toilet-care", "medication", "practical", "anxiety", "unintended", "other-care",
                "unknown",
            ]
        ),
        (
            "assist.performed", "technology",
            [
                "digital-supervision", "medication-dispenser", "electronic-lock", "location", "home-monitoring",
                "safety-alarm",
            ]
        ),
        (
            "device.fault", "fault",
            [
                "battery-low", "mains-lost", "link-lost", "tamper", "radio-test-missing", "malfunction", "memory-full",
            ]
        ),
    ]

    @Test("every word of the contract is known, and none that differs in a letter", arguments: words)
    func vocabulary(type: String, name: String, words: [String]) throws {
        for word in words {
            let event = EventText(type).withMember(name, "\"\(word)\"")
            let read = try #require(try Decoding.only(event).event, "\(name) \(word)")
            if name == "kind" { #expect(read.kind?.rawValue == word) }
            if name == "outcome" { #expect(read.outcome?.rawValue == word) }
            if name == "cause" { #expect(read.cause?.rawValue == word) }
            #expect(try Decoding.only(event.withMember(name, "\"\(word)x\"")).reason == "bad:\(name)")
            #expect(try Decoding.only(event.withMember(name, "\"\(word.uppercased())\"")).reason == "bad:\(name)")
        }
    }

    @Test("the subject is the device where data names none and it has that form")
    func subject() throws {
        let event = EventText("device.heartbeat").with("subject", #""s-1""#)
        #expect(try Decoding.only(event).event?.device == "d-1")
        #expect(try Decoding.only(event.withMember("device", nil)).event?.device == "s-1")
        #expect(try Decoding.only(event.withMember("device", "null")).event?.device == "s-1")
        #expect(try Decoding.only(event.withMember("device", #""d 1""#)).reason == "bad:device")
        let unfit = event.withMember("device", nil).with("subject", #""room 4""#)
        #expect(try Decoding.only(unfit).reason == "missing:device")
        let alarm = EventText("alarm.closed").with("subject", #""room 4""#)
        #expect(try #require(try Decoding.only(alarm).event).device == nil)
    }
}
