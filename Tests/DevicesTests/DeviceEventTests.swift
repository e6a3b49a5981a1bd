import Devices
import Telemetry
import Testing

@Suite("Events made from a device's own format")
struct DeviceEventTests {
    @Test("are valid canonical events")
    func canonical() throws {
        let event = DeviceEvent(
            id: "scaip:123:1",
            type: .alarmRaised,
            time: 1_600_000_000_000,
            device: "123",
            data: [("alarm", .text("scaip:123:1")), ("kind", .text("fall")), ("priority", .number(3)), ("test", .flag(false))]
        )
        var json = JSONText()
        json.object { event.write(source: "scaip", into: &$0) }
        let decoder = CanonicalDecoder()
        try json.bytes.withUnsafeBufferPointer { bytes in
            #expect(try decoder.open(bytes).get() == 1)
            #expect(decoder.refused.isEmpty)
            let read = try #require(decoder.events.first)
            #expect(read.time == 1_600_000_000_000)
            #expect(read.kind == .fall)
            #expect(read.priority == 3)
        }
    }
}
