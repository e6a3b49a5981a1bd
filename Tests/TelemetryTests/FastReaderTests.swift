import Telemetry
import Testing

/// The fast reader goes ahead of the generic one; both must say the same of every message.
@Suite("The fast reader against the generic one")
struct FastReaderTests {
    private let fast = CanonicalDecoder()
    private let generic = CanonicalDecoder(usesFastReader: false)

    /// All that a decoder says of a message.
    private struct Answer: Equatable {
        var refusal: Reason?
        var readings: [Reading] = []
        var excerpts: [[UInt8]] = []
    }

    private func answer(_ decoder: CanonicalDecoder, _ bytes: [UInt8]) -> Answer {
        bytes.withUnsafeBufferPointer { buffer in
            var answer = Answer()
            switch decoder.open(buffer) {
            case .failure(let refusal): answer.refusal = refusal.reason
            case .success(let count):
                while let decoded = decoder.next() {
                    answer.readings.append(Reading(decoded))
                    answer.excerpts.append(decoder.excerpt())
                }
                #expect(count == answer.readings.count)
            }
            return answer
        }
    }

    /// Values that either reader may take differently: shapes, escapes, numbers at their limits, broken JSON.
    private static let values = [
        #""1.0""#, #""d-1""#, #""e""#, #""""#, #""blåbær""#, #""a\u0062""#, #""a\\b""#, #""\ud800""#, "null", "true", "false", "truex", "nul",
        "0", "-0", "-0.0", "7", "2.0", "9", "10", "007", "-", "1.", ".5", "1e2", "1E400", "123456789012345", "1234567890123456",
        "18446744073709551616", "0.1", "59.913868912", "-71.5", "100", "100.5", "{}", "[]", "[1,{}]", #"{"a":[]}"#, #"{"device":"d-2"}"#,
        #""2026-10-05T05:41:12.482Z""#, #""2026-10-05T23:59:60Z""#, #""2026-02-29T00:00:00Z""#, #""42""#, #""no.vaktlast.device.heartbeat""#,
        #""tamper""#, #""a"b"#, #""a" "b""#, "1 2", "", "\u{FEFF}", #""tab\#t""#, #""nul\#0""#, #""\#u{7F}""#,
    ]
    private static let names = [
        "specversion", "id", "source", "type", "time", "subject", "sequence", "data", "extension", "Id", "",
        "device", "alarm", "kind", "priority", "test", "voice", "respondingZone", "responders", "outcome", "cause",
        "property", "value", "unit", "technology", "result", "battery", "signal", "fault", "zone", "other",
    ]
    private static let spaces = ["", "", "", " ", "\n", "\t \r"]

    private static func event(_ random: inout Seeded) -> String {
        let type = EventType.allCases.randomElement(using: &random) ?? .deviceHeartbeat
        var event = EventText(type.word, id: "e-\(random.next() % 100)")
        event = event.with("time", #""2026-10-0\#(1 + random.next() % 9)T05:41:1\#(random.next() % 10).482Z""#)
        for _ in 0..<Int.random(in: 0...2, using: &random) {
            let name = names.randomElement(using: &random) ?? ""
            let value = values.randomElement(using: &random)
            event = Bool.random(using: &random) ? event.with(name, value) : event.withMember(name, value)
        }
        return event.json
    }

    private static func message(_ random: inout Seeded) -> [UInt8] {
        let events = (0..<Int.random(in: 0...4, using: &random)).map { _ in event(&random) }
        func space() -> String { spaces.randomElement(using: &random) ?? "" }
        var text = events.count == 1 ? events[0] : "[" + space() + events.joined(separator: space() + "," + space()) + space() + "]"
        text = space() + text + space()
        if Int.random(in: 0..<20, using: &random) == 0 { text += [",", "]", "{}", "x", "\u{0}"].randomElement(using: &random) ?? "" }
        if Int.random(in: 0..<3, using: &random) == 0 { text = text.replacing(":", with: " : ") }
        var bytes = Array(text.utf8)
        // Some bytes changed, taken out or doubled: mostly no JSON any more.
        for _ in 0..<(Int.random(in: 0..<3, using: &random) == 0 ? Int.random(in: 1...3, using: &random) : 0) where !bytes.isEmpty {
            let place = Int.random(in: bytes.indices, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes[place] = Array(#"{}[]",:\ 0-.e"#.utf8).randomElement(using: &random) ?? 0
            case 1: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 2: bytes.remove(at: place)
            default: bytes.insert(bytes[place], at: place)
            }
        }
        return bytes
    }

    @Test("of random messages, right and broken, both say the same", arguments: [1, 2, 3, 4] as [UInt64])
    func random(seed: UInt64) {
        var random = Seeded(seed: seed)
        var accepted = 0
        for _ in 0..<15_000 {
            let bytes = Self.message(&random)
            let answers = (answer(fast, bytes), answer(generic, bytes))
            guard answers.0 == answers.1 else {
                Issue.record("\(String(decoding: bytes, as: UTF8.self)): \(answers.0) is not \(answers.1)")
                return
            }
            accepted += answers.0.readings.count { if case .event = $0 { true } else { false } }
        }
        #expect(accepted > 5000, "enough of it is read")
    }

    @Test("batches at the limit of their count, deep nesting and a long string are left to the generic reader, or read alike")
    func limits() {
        let event = EventText("device.heartbeat").json
        for count in [4999, 5000, 5001] {
            let bytes = Array(("[" + Array(repeating: event, count: count).joined(separator: ",") + "]").utf8)
            #expect(answer(fast, bytes) == answer(generic, bytes))
            #expect(answer(fast, bytes + [0x5D]) == answer(generic, bytes + [0x5D]))
        }
        for value in [String(repeating: "[", count: 70) + String(repeating: "]", count: 70), "\"" + String(repeating: "x", count: 500_000) + "\""] {
            let bytes = Array(EventText("device.heartbeat").withMember("other", value).json.utf8)
            #expect(answer(fast, bytes) == answer(generic, bytes))
        }
    }

    @Test("times are read as by the slow way, whatever day was read before", arguments: [1, 2] as [UInt64])
    func times(seed: UInt64) {
        var random = Seeded(seed: seed)
        func number(_ range: ClosedRange<Int>, _ width: Int) -> String {
            let digits = String(Int.random(in: range, using: &random))
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        var same = 0
        for _ in 0..<20_000 {
            var text = "\(number(2025...2026, 4))-\(number(0...13, 2))-\(number(0...4, 2))"
            text += Int.random(in: 0..<20, using: &random) == 0 ? "t" : "T"
            text += "\(number(0...24, 2)):\(number(0...60, 2)):\(number(0...61, 2))"
            text += ["", ".\(number(0...999, 3))", ".\(number(0...99, 2))", ".1x2"].randomElement(using: &random) ?? ""
            text += ["Z", "Z", "Z", "z", "+02:00", ""].randomElement(using: &random) ?? ""
            if Int.random(in: 0..<10, using: &random) == 0 { text = text.replacing("-0", with: "-:", maxReplacements: 1) }
            let wanted = text.withText(Timestamp.parse)
            let reading = answer(fast, Array(EventText("device.heartbeat").with("time", "\"\(text)\"").json.utf8)).readings.first
            switch reading {
            case .event(let event): if event.time == wanted { same += 1 }
            case .rejected(let reason, _, _): if reason == "bad-time", wanted == nil { same += 1 }
            case nil: break
            }
        }
        #expect(same == 20_000)
    }
}
