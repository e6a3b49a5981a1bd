import Devices
import Foundation
import Telemetry
import Testing

/// What the shipped samples become when bytes of them are changed, by a generator with a seed.
@Suite("Mutated samples")
struct MutatedSamplesTests {
    /// SplitMix64 (Steele, Lea, Flood 2014).
    private struct Generator: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }

    private static let pieces = [
        "null", "true", "0", "-1", "1e308", "\"\"", "[]", "{}", "[[[", "\\u0000", "\u{FEFF}", "\"æ\"", "9007199254740993", "\"0001-01-01T00:00:00Z\"", ",", ":",
        "\"",
    ]

    private func mutated(_ bytes: [UInt8], _ generator: inout Generator) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            let place = Int.random(in: 0...bytes.count, using: &generator)
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: bytes.insert(contentsOf: Self.pieces.randomElement(using: &generator)?.utf8 ?? "".utf8, at: place)
            case 1: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...8, using: &generator)))
            case 2: if place < bytes.count { bytes[place] = UInt8.random(in: 0...255, using: &generator) }
            default:
                // A value in place of another.
                let rest = bytes[place...]
                guard let colon = rest.firstIndex(of: UInt8(ascii: ":")) else { continue }
                let end = bytes[colon...].firstIndex { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "}") } ?? bytes.endIndex
                bytes.replaceSubrange(colon + 1..<end, with: Array((Self.pieces.randomElement(using: &generator) ?? "0").utf8))
            }
        }
        return bytes
    }

    private static let refusals: Set<String> = [
        "not json", "not an object", "missing devEui", "bad devEui", "missing dev_eui", "bad dev_eui", "unknown message", "neither online nor offline",
    ]

    @Test("are refused with a known reason, or become events that are valid but for a value of the message's own")
    func mutated() throws {
        let read = DeviceProfiles.read([ProfileFolder.shipped])
        let decoder = NativeDecoder(profiles: read.profiles)
        var generator = Generator(state: 20_261_005)
        var (accepted, refused, rejected) = (0, 0, 0)
        for profile in read.profiles {
            guard let codec = profile.codec, codec.isJSON else { continue }
            let folder = try #require(read.folders[profile.id]) + "/samples"
            for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() where name.hasSuffix(".json") && !name.hasSuffix(".expected.json")
            {
                let topicFile = "\(folder)/\((name as NSString).deletingPathExtension).topic"
                guard let topic = try? String(contentsOfFile: topicFile, encoding: .utf8) else { continue }
                let sample = Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)")))
                for _ in 0..<200 {
                    let message = NativeMessage(
                        payload: mutated(sample, &generator),
                        topic: topic.trimmingCharacters(in: .newlines),
                        municipality: "3407",
                        source: "gw",
                        received: Reader.received
                    )
                    var memory = DeviceMemory()
                    do throws(CodecRefusal) {
                        let reading = try decoder.read(message, codec: codec, memory: &memory) { _ in profile.id }
                        let again = try decoder.read(message, codec: codec, memory: &memory) { _ in profile.id }
                        #expect(again == reading, "\(String(decoding: message.payload, as: UTF8.self))")
                        #expect(Set(reading.events.map(\.id)).count == reading.events.count)
                        accepted += 1
                        rejected += checked(reading.events)
                    } catch {
                        refused += 1
                        #expect(Self.refusals.contains(error.detail) || error.detail == "unknown event", "\(error.detail)")
                    }
                }
            }
        }
        #expect(accepted > 500 && refused > 500 && rejected < accepted / 20, "\(accepted) accepted, \(refused) refused, \(rejected) rejected")
    }

    /// How many of the events the contract does not take.
    private func checked(_ events: [DeviceEvent]) -> Int {
        let decoder = CanonicalDecoder()
        var rejected = 0
        for event in events {
            var json = JSONText()
            json.object { event.write(source: "test", into: &$0) }
            json.bytes.withUnsafeBufferPointer { bytes in
                if case .success(1) = decoder.open(bytes) { rejected += decoder.refused.count } else { Issue.record("\(event) is no JSON") }
            }
            let reasons = decoder.refused.map(\.reason)
            #expect(reasons.allSatisfy { $0 == .bad("value") || $0 == .bad("property") }, "\(reasons) of \(event)")
        }
        return rejected
    }
}
