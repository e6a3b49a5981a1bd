import MQTT
import Store
import Telemetry

/// An input cut into the fields of an MQTT message: `topic 0xFF response topic 0xFF correlation 0xFF payload`.
struct Fields {
    private var parts: [[UInt8]]

    init(_ bytes: [UInt8]) {
        parts = bytes.split(separator: 0xFF, maxSplits: 3, omittingEmptySubsequences: false).map(Array.init)
        parts += [[UInt8]](repeating: [], count: 4 - parts.count)
    }

    var topic: String { String(decoding: parts[0], as: UTF8.self) }
    var responseTopic: String? { parts[1].isEmpty ? nil : String(decoding: parts[1], as: UTF8.self) }
    var correlation: [UInt8]? { parts[2].isEmpty ? nil : parts[2] }
    var payload: [UInt8] { parts[3] }

    var message: InboundMessage {
        InboundMessage(topic: topic, payload: payload, isRetained: false, responseTopic: responseTopic, correlation: correlation)
    }
}

enum Journaled {
    /// No national identity number may be in what the journal gets.
    static func expectMasked(_ message: JournalMessage) {
        expect(!SlowSearch.inText(Array(message.topic.utf8)), "no identity number in the topic")
        expect(message.responseTopic.map { !SlowSearch.inText(Array($0.utf8)) } ?? true, "none in the response topic")
        expect(message.correlation.map { !SlowSearch.inText($0) } ?? true, "none in the correlation data")
        let payload = message.payload
        guard message.form == .whole else {
            // A longer run of digits may end in a number where it was cut: a letter there takes that for part of more.
            return expect(!SlowSearch.anywhere(payload + Array("x".utf8)), "none in what is kept of a message")
        }
        let unpacked = payload.withUnsafeBufferPointer { Unpacking.unpack($0, Unpacking.packing(of: $0)) }
        if unpacked.refusal == nil, isJSON(unpacked.bytes), !message.topic.contains("/native") {
            expect(!SlowSearch.inStrings(unpacked.bytes), "none in a string of a JSON payload")
        } else {
            expect(!SlowSearch.anywhere(unpacked.bytes), "none in a payload")
            expect(!SlowSearch.anywhere(payload), "none in a broken compressed payload")
        }
    }

    nonisolated(unsafe) private static let decoder = CanonicalDecoder(usesFastReader: false)

    private static func isJSON(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBufferPointer { buffer in
            switch decoder.open(buffer) {
            case .success: true
            case .failure(let refusal): refusal.reason != .notJSON && refusal.reason != .notUTF8
            }
        }
    }
}
