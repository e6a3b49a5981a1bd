import Devices
import Telemetry
import Testing

@Suite("A profile's table")
struct EventTableTests {
    private func reader(_ rows: String, codec: String = "zigbee2mqtt") throws -> Reader {
        try Reader(ProfileFolder.profile(codec, "events:\n" + rows.split(separator: "\n").map { "  - \($0)\n" }.joined()))
    }

    private static let raised = "emit: {type: alarm.raised, kind: other}"

    private static let single: [(condition: String, message: String, holds: Bool)] = [
        ("{path: leak, equals: true}", #"{"leak":true}"#, true),
        ("{path: leak, equals: true}", #"{"leak":1}"#, false),
        ("{path: leak, equals: true}", #"{"leak":"true"}"#, false),
        ("{path: leak, equals: 1}", #"{"leak":1.0}"#, true),
        ("{path: leak, equals: [1, wet]}", #"{"leak":"wet"}"#, true),
        ("{path: leak, equals: [1, wet]}", #"{"leak":"dry"}"#, false),
        ("{path: leak, equals: no}", #"{"leak":"no"}"#, true),
        ("{path: leak, equals: on}", #"{"leak":true}"#, false),
        ("{path: leak, equals: é}", "{\"leak\":\"e\u{301}\"}", false),
        ("{path: t, above: 30}", #"{"t":30}"#, false),
        ("{path: t, above: 30}", #"{"t":30.5}"#, true),
        ("{path: t, above: 30}", #"{"t":"31"}"#, false),
        ("{path: t, below: 0, above: -10}", #"{"t":-5}"#, true),
        ("{path: t, below: 0, above: -10}", #"{"t":-15}"#, false),
        ("{path: t}", #"{"t":[]}"#, true),
        ("{path: t}", #"{"t":null}"#, false),
        ("{path: t}", #"{"u":1}"#, false),
        ("{path: a.b.1.c, equals: 2}", #"{"a":{"b":[{"c":1},{"c":2}]}}"#, true),
        ("{path: a.b.2.c, equals: 2}", #"{"a":{"b":[{"c":1},{"c":2}]}}"#, false),
        ("{path: a.b, equals: 2}", #"{"a":[1]}"#, false), ("{path: a.-1, equals: 1}", #"{"a":[1]}"#, false),
        ("{path: a.0, equals: 2}", #"{"a":{"0":2}}"#, true),
        ("{path: leak, equals: true}", #"{"leak":false,"leak":true}"#, true),
        ("{path: leak, equals: false, missing: false}", #"{"u":1}"#, true),
        ("{path: leak, equals: false}", #"{"u":1}"#, false),
        ("{path: leak, equals: 0, missing: 0}", #"{"leak":null}"#, true),
        ("[{path: leak, equals: true}, {path: test, equals: false}]", #"{"leak":true,"test":true}"#, false),
        ("[{path: leak, equals: true}, {path: test, equals: false}]", #"{"leak":true,"test":false}"#, true),
    ]

    @Test("a condition looks at the value of a path", arguments: single)
    func conditions(condition: String, message: String, holds: Bool) throws {
        var reader = try reader("{when: \(condition), \(Self.raised)}")
        #expect(try reader.types(message) == (holds ? ["alarm.raised"] : []))
    }

    @Test("changed is told once, however often the state comes again")
    func changed() throws {
        var reader = try reader("{when: {path: leak, equals: true, changed: true}, \(Self.raised)}")
        let told = try [false, true, true, false, true].enumerated().map { index, leak in
            try reader.types("{\"leak\":\(leak),\"linkquality\":\(index)}", after: Int64(index) * 10).count
        }
        #expect(told == [0, 1, 0, 0, 1])
    }

    @Test("an alarm that stands already when a device is first heard is raised; nothing is restored that was never lost")
    func first() throws {
        var alarm = try reader("{when: {path: leak, equals: true, changed: true}, \(Self.raised)}")
        #expect(try alarm.types(#"{"leak":true}"#) == ["alarm.raised"])
        var tamper = try reader(
            "{when: {path: tamper, equals: false, changed: true}, emit: {type: device.restored, fault: tamper}}\n"
                + "{when: {path: tamper, equals: true, changed: true}, emit: {type: device.fault, fault: tamper}}"
        )
        let told = try [false, true, true, false].enumerated().flatMap { try tamper.types("{\"tamper\":\($1)}", after: Int64($0) * 10) }
        #expect(told == ["device.fault", "device.restored"])
    }

    @Test("above with changed tells the crossing, not every value beyond")
    func crossing() throws {
        var reader = try reader("{when: {path: t, above: 57, changed: true}, \(Self.raised)}")
        let told = try [20, 58, 61, 57, 70].enumerated().map { try reader.types("{\"t\":\($1)}", after: Int64($0) * 10).count }
        #expect(told == [0, 1, 0, 0, 1])
    }

    @Test("changed alone tells every other value")
    func otherValue() throws {
        var reader = try reader("{when: {path: lock, changed: true}, emit: {type: sensor.observed, property: lock, value: {path: lock}}}")
        let told = try [#""a""#, #""a""#, #""b""#, "1", "true"].enumerated().map { try reader.types("{\"lock\":\($1)}", after: Int64($0) * 10).count }
        #expect(told == [1, 0, 1, 1, 1])
    }

    @Test("a message without the path changes nothing; with a default it is that value")
    func absent() throws {
        var without = try reader("{when: {path: leak, equals: true, changed: true}, \(Self.raised)}")
        #expect(try without.types(#"{"leak":true}"#).count == 1)
        #expect(try without.types(#"{"u":1}"#, after: 10).isEmpty)
        #expect(try without.types(#"{"leak":true}"#, after: 20).isEmpty)
        var with = try reader("{when: {path: leak, equals: true, changed: true, missing: false}, \(Self.raised)}")
        #expect(try with.types(#"{"leak":true}"#).count == 1)
        #expect(try with.types(#"{"u":1}"#, after: 10).isEmpty)
        #expect(try with.types(#"{"leak":true}"#, after: 20).count == 1)
    }

    @Test("an older message does not turn the memory back, and its own alarm is not lost")
    func older() throws {
        var reader = try reader("{when: {path: leak, equals: true, changed: true}, \(Self.raised)}")
        func message(_ leak: Bool, _ minute: Int) -> String { "{\"leak\":\(leak),\"last_seen\":\"2026-10-05T07:\(minute):00Z\"}" }
        #expect(try reader.types(message(false, 10)).isEmpty)
        #expect(try reader.types(message(false, 30)).isEmpty)
        #expect(try reader.types(message(true, 20)).count == 1)
        let alarm = try reader.read(message(true, 20)).events.first?.id
        #expect(try reader.read(message(true, 20)).events.first?.id == alarm)
        #expect(try reader.types(message(false, 31)).isEmpty)
        #expect(try reader.types(message(true, 40)).count == 1)
        #expect(try reader.types(message(true, 41)).isEmpty)
        #expect(try reader.types(message(true, 35)).count == 1)
        #expect(try reader.types(message(true, 42)).isEmpty)
    }

    @Test("copies of messages become the same events when others have come in between")
    func copiesInBetween() throws {
        var reader = try reader("{when: {path: leak, equals: true, changed: true}, \(Self.raised)}")
        let messages = [(false, 10), (true, 20), (true, 21), (false, 15), (true, 30)].map { leak, minute in
            "{\"leak\":\(leak),\"battery\":50,\"last_seen\":\"2026-10-05T07:\(minute):00Z\"}"
        }
        let first = try messages.map { try reader.read($0) }
        for index in [1, 2, 4, 1, 2] { #expect(try reader.read(messages[index]) == first[index], "\(index)") }
    }

    @Test("devices, sources and municipalities have memories of their own")
    func apart() throws {
        var reader = try reader("{when: {path: leak, equals: true, changed: true}, \(Self.raised)}")
        for topic in ["a", "b", "c"] { #expect(try reader.types(#"{"leak":true}"#, topic: topic).count == 1) }
        for topic in ["a", "b", "c"] { #expect(try reader.types(#"{"leak":true}"#, topic: topic, after: 5).isEmpty) }
    }

    @Test("members come from the table or the message, scaled")
    func members() throws {
        var reader = try reader(
            "{when: {path: t}, emit: {type: sensor.observed, property: temperature, value: {path: t, scale: 0.1, offset: -40}, unit: °C}}\n"
                + "{when: {path: name}, emit: {type: sensor.observed, property: name, value: {path: name}}}"
        )
        let events = try reader.read(#"{"t":615,"name":"x"}"#).events
        #expect(events.first?.data.map(\.value) == [.text("temperature"), .number(21.5), .text("°C")])
        #expect(events.dropFirst().first?.data.map(\.value) == [.text("name"), .text("x")])
    }

    @Test("a row whose value is missing makes no event, and says so")
    func withoutValue() throws {
        var reader = try reader("{when: {path: t}, emit: {type: sensor.observed, property: x, value: {path: u}}}")
        let reading = try reader.read(#"{"t":1}"#)
        #expect(reading.events.map(\.type) == [.deviceHeartbeat])
        #expect(reading.oddities.contains("zigbee2mqtt:row-without-value"))
    }

    @Test("a device's own number of an alarm is made its own")
    func ownAlarm() throws {
        var reader = try reader(
            "{when: {path: sos, equals: true}, emit: {type: alarm.raised, kind: manual, alarm: {path: number}}}\n"
                + "{when: {path: sos, equals: false}, emit: {type: alarm.closed, outcome: cancelled, alarm: {path: number}}}"
        )
        let raised = try reader.read(#"{"sos":true,"number":17}"#, topic: "rom-1").events[0]
        let closed = try reader.read(#"{"sos":false,"number":17}"#, topic: "rom-1", after: 9).events[0]
        #expect(raised.data.first { $0.name == "alarm" }?.value == .text("rom-1:17"))
        #expect(closed.data.first { $0.name == "alarm" }?.value == .text("rom-1:17"))
        #expect(closed.type == .alarmClosed)
    }

    @Test("a message that no row takes is a heartbeat; another battery level is told beside the rest")
    func heartbeat() throws {
        var reader = try reader("{when: {path: leak, equals: true}, \(Self.raised)}")
        #expect(try reader.read(#"{"u":1}"#).events.map(\.type) == [.deviceHeartbeat])
        #expect(try reader.read(#"{"leak":true}"#, after: 10).events.map(\.type) == [.alarmRaised])
        #expect(try reader.read(#"{"leak":true,"battery":50}"#, after: 20).events.map(\.type) == [.alarmRaised, .deviceHeartbeat])
        #expect(try reader.read(#"{"leak":true,"battery":50}"#, after: 30).events.map(\.type) == [.alarmRaised])
        let last = try reader.read(#"{"battery":255}"#, after: 40)
        #expect(last.events.map { $0.data.count } == [0])
        #expect(last.oddities.contains("zigbee2mqtt:battery-out-of-range"))
    }

    @Test("each reads a list, each record with its own time, the same in whatever message it comes again")
    func each() throws {
        var reader = try reader("{each: history, time: at, when: {path: kind, equals: fall}, emit: {type: alarm.raised, kind: fall}}")
        let records = #"{"at":1791180000,"kind":"fall"},{"at":1791180000123,"kind":"bed"},{"at":"2026-10-05T06:10:00Z","kind":"fall"}"#
        let events = try reader.read("{\"history\":[\(records)]}").events
        #expect(events.map(\.time) == [1_791_180_000_000, 1_791_180_600_000])
        let again = try reader.read("{\"history\":[\(records)],\"more\":1}", after: 600).events
        #expect(again.map(\.id) == events.map(\.id))
        #expect(try reader.read(#"{"history":{"at":1}}"#, after: 700).events.map(\.type) == [.deviceHeartbeat])
    }

    @Test("a list has a limit, which is told")
    func longList() throws {
        var reader = try reader("{each: list, when: {path: v}, emit: {type: sensor.observed, property: v, value: {path: v}}}")
        let reading = try reader.read("{\"list\":[\((0..<150).map { "{\"v\":\($0)}" }.joined(separator: ","))]}")
        #expect(reading.events.count == 100)
        #expect(Set(reading.events.map(\.id)).count == 100)
        #expect(reading.oddities.contains("zigbee2mqtt:too-many-elements"))
    }
}
