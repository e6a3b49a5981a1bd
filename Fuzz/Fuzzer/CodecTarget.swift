import Devices
import Foundation
import Telemetry

/// Devices' own formats: whatever comes is read or refused with a short reason, the same each time, and what SCAIP and
/// DC-09 make of it are valid events, each with an id of its own.
final class CodecTarget {
    nonisolated(unsafe) static let shared = CodecTarget()

    private static let jsonCodecs: [CodecName] = [.zigbee2mqtt, .chirpstack, .thingsStack]
    /// The longest reason; none repeats a payload.
    private static let detailBytesMax = 120

    private let native: NativeDecoder
    /// The shipped profiles of each JSON codec, as a registry may name them.
    private let profiles: [CodecName: [String]]
    private let decoder = CanonicalDecoder()

    private init() {
        let key = DC09Keys.Key(municipality: "3407", source: "a", account: nil, hexadecimal: "0102030405060708090a0b0c0d0e0f10")
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../devices").standardized.path
        let shipped = (try? DeviceProfiles.load(folder)) ?? []
        expect(shipped.count > 20, "the shipped profiles are in \(folder)")
        profiles = Dictionary(grouping: shipped.filter { $0.codec != nil }) { $0.codec ?? .scaip }.mapValues { $0.map(\.id).sorted() }
        native = NativeDecoder(profiles: shipped, keys: DC09Keys([key].compactMap { $0 }))
    }

    func scaip(_ bytes: [UInt8]) {
        guard let reading = read(bytes, .scaip, topic: "") else { return }
        expect(reading.events.count == 1, "one event a request")
        expectValid(reading)
    }

    /// The first byte chooses: the bytes as they are, or a good head round them, which no mutation would find.
    func dc09(_ bytes: [UInt8]) {
        guard let choice = bytes.first else { return }
        let body = Array(bytes.dropFirst())
        let frame = choice & 1 == 0 ? body : Array((hexadecimal(crc(body)) + hexadecimal(UInt16(truncatingIfNeeded: body.count))).utf8) + body
        guard let reading = read(frame, .dc09, topic: "") else { return }
        expect(!reading.events.isEmpty, "at least one event a frame")
        expectValid(reading)
    }

    /// The first byte chooses the codec and the profile that the registry names, or none; then the rest of the topic up to a
    /// line's end; then the payload.
    func json(_ bytes: [UInt8]) {
        guard let choice = bytes.first.map(Int.init) else { return }
        let parts = bytes.dropFirst().split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false)
        let topic = String(decoding: parts[0], as: UTF8.self)
        let codec = Self.jsonCodecs[choice % Self.jsonCodecs.count]
        let names = profiles[codec] ?? []
        let profile = choice / Self.jsonCodecs.count % (names.count + 1)
        registered = profile < names.count ? names[profile] : nil
        defer { registered = nil }
        guard let reading = read(parts.count > 1 ? Array(parts[1]) : [], codec, topic: topic) else { return }
        expect(Set(reading.events.map(\.id)).count == reading.events.count, "each event has an id of its own")
    }

    private var registered: String?

    private func read(_ bytes: [UInt8], _ codec: CodecName, topic: String) -> NativeReading? {
        let message = NativeMessage(payload: bytes, topic: topic, municipality: "3407", source: "a", received: 1_791_180_000_000)
        var memory = DeviceMemory()
        let first = outcome(message, codec, &memory)
        let second = outcome(message, codec, &memory)
        expect(first == second, "the same message means the same again")
        switch first {
        case .success(let reading):
            expect(reading.oddities.allSatisfy { $0.utf8.count <= 60 && $0.hasPrefix("\(codec.rawValue):") }, "oddities are short fixed words")
            return reading
        case .failure(let refusal):
            expect((1...Self.detailBytesMax).contains(refusal.detail.utf8.count), "a reason is short: \(refusal.detail)")
            return nil
        }
    }

    private func outcome(_ message: NativeMessage, _ codec: CodecName, _ memory: inout DeviceMemory) -> Result<NativeReading, CodecRefusal> {
        do throws(CodecRefusal) {
            return .success(try native.read(message, codec: codec, memory: &memory) { [registered] _ in registered })
        } catch {
            return .failure(error)
        }
    }

    private func expectValid(_ reading: NativeReading) {
        expect(Set(reading.events.map(\.id)).count == reading.events.count, "each event has an id of its own")
        var json = JSONText()
        json.array(reading.events) { json, event in json.object { event.write(source: "fuzzer", into: &$0) } }
        json.bytes.withUnsafeBufferPointer { bytes in
            guard case .success(reading.events.count) = decoder.open(bytes) else { return expect(false, "the events are JSON") }
            expect(decoder.refused.isEmpty, "the events are valid: \(decoder.refused.first.map { "\($0.reason)" } ?? "")")
        }
    }

    // MARK: - A frame's head, made another way than it is read

    private static let table: [UInt16] = (0..<256).map { index in
        var crc = UInt16(index)
        for _ in 0..<8 { crc = crc & 1 == 1 ? (crc >> 1) ^ 0xA001 : crc >> 1 }
        return crc
    }

    private func crc(_ bytes: [UInt8]) -> UInt16 {
        bytes.reduce(0) { crc, byte in (crc >> 8) ^ Self.table[Int(UInt8(truncatingIfNeeded: crc) ^ byte)] }
    }

    private func hexadecimal(_ number: UInt16) -> String {
        let digits = String(number, radix: 16, uppercase: true)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}
