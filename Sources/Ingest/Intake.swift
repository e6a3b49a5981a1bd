import Devices
package import MQTT
package import Store
package import Telemetry

/// Makes a message ready for the journal: nothing that must not be on the disk gets there.
///
/// Masks national identity numbers before the message is written (CONTRACT 2), so that neither the journal nor its
/// write-ahead log ever holds one, and cuts what is too large. Owned by the gate's thread. A message without a
/// candidate costs one quick look at its bytes.
package struct Intake {
    /// What is kept of a message that is not kept whole.
    static let excerptBytes = 4096

    private let decoder = CanonicalDecoder()
    private let topics: KnownTopics

    package init(foreign: ForeignTopics = ForeignTopics()) { topics = KnownTopics(foreign) }

    /// Topics with what masking and reading make of them: senders have few, and each comes with every message.
    private final class KnownTopics {
        struct Known {
            var masked: String
            var reading: Topic.Reading
        }

        /// More than this many and they are forgotten.
        static let countMax = 10_000

        private var known: [String: Known] = [:]
        private let foreign: ForeignTopics

        init(_ foreign: ForeignTopics) { self.foreign = foreign }

        func look(_ topic: String) -> Known {
            if let known = known[topic] { return known }
            let masked = Intake.masked(topic)
            let made = Known(masked: masked, reading: foreign.read(masked))
            if known.count >= KnownTopics.countMax { known = [:] }
            known[topic] = made
            return made
        }
    }

    /// Nil for messages that are not for reading (CONTRACT 1).
    package func prepare(_ message: InboundMessage, received: EventTime) -> JournalMessage? {
        // An empty retained payload only clears what the broker kept.
        if message.isRetained, message.payload.isEmpty { return nil }
        let topic = topics.look(message.topic)
        if topic.reading == .ignored { return nil }
        var prepared = JournalMessage(
            position: 0,
            received: received,
            topic: topic.masked,
            payload: message.payload,
            responseTopic: message.responseTopic.map(Intake.masked),
            correlation: message.correlation.map { PersonalData.maskPlain($0) ?? $0 }
        )
        let isNative = Intake.isNative(topic.reading)
        // Codecs take devices' names from topics too.
        if isNative, topic.masked != message.topic { prepared.personal = [0] }
        maskPayload(of: &prepared, isNative: isNative)
        return prepared
    }

    private static func masked(_ text: String) -> String {
        guard let masked = PersonalData.maskPlain(Array(text.utf8)) else { return text }
        return String(decoding: masked, as: UTF8.self)
    }

    private static func isNative(_ reading: Topic.Reading) -> Bool {
        if case .topic(let topic) = reading, case .native = topic.channel { return true }
        return false
    }

    private func maskPayload(of message: inout JournalMessage, isNative: Bool) {
        let raw = message.payload
        if raw.count > Unpacking.payloadBytesMax {
            return excerpt(raw, of: raw, as: .tooLarge, &message)
        }
        let packing = raw.withUnsafeBufferPointer(Unpacking.packing)
        guard packing != .none else { return mask(raw, isNative: isNative, into: &message) }
        let unpacked = raw.withUnsafeBufferPointer { Unpacking.unpack($0, packing) }
        switch unpacked.refusal {
        case .tooLarge: excerpt(unpacked.bytes, of: raw, as: .tooLarge, &message)
        case .badCompression:
            // Also each on its own: a quote of the one changes what is a string in the other.
            if [unpacked.bytes, raw, unpacked.bytes + raw].contains(where: { $0.withUnsafeBufferPointer(PersonalData.mayOccur) && Intake.maskAll($0) != $0 }) {
                excerpt(unpacked.bytes, of: raw, as: .badCompression, &message)
            }
        default:
            // A number in the wrapping, as in the file name that gzip keeps: the content is kept without it.
            let isInWrapping = raw.withUnsafeBufferPointer(PersonalData.mayOccur) && Intake.maskAll(raw) != raw
            let isPackedAgain = unpacked.bytes.withUnsafeBufferPointer(Unpacking.packing) != .none
            if isInWrapping, !isPackedAgain { message.payload = unpacked.bytes }
            // What is packed again would be read another way without its wrapping.
            if isInWrapping && isPackedAgain || Intake.hidesNumberDeeper(unpacked.bytes) {
                // Refused as it would have been (`not-utf8`), with what can be shown of it.
                message.original = "\(raw.count) \(Digest.sha256(raw))"
                message.payload = [0xFF] + Array("packed more than once, with a national identity number inside: not kept".utf8)
                return
            }
            mask(unpacked.bytes, isNative: isNative, into: &message)
        }
    }

    /// Layers of packing inside the one that is taken off, as far as they are looked through; with more, or one that cannot
    /// be opened whole, there might be a number.
    private static let layersMax = 4

    /// Whether packed content is packed again and holds a number in a deeper layer, or cannot be looked through.
    private static func hidesNumberDeeper(_ content: [UInt8]) -> Bool {
        var bytes = content
        for _ in 0..<layersMax {
            let packing = bytes.withUnsafeBufferPointer(Unpacking.packing)
            if packing == .none { return false }
            let inner = bytes.withUnsafeBufferPointer { Unpacking.unpack($0, packing) }
            if inner.bytes.withUnsafeBufferPointer(PersonalData.mayOccur), maskAll(inner.bytes) != inner.bytes { return true }
            if inner.refusal != nil { return inner.refusal == .tooLarge }
            bytes = inner.bytes
        }
        return true
    }

    /// Masks uncompressed bytes; without a find the payload stays as it came, compressed or not.
    private func mask(_ bytes: [UInt8], isNative: Bool, into message: inout JournalMessage) {
        if isNative { return maskNative(bytes, into: &message) }
        guard bytes.withUnsafeBufferPointer(PersonalData.mayOccur) else { return }
        let isJSON = bytes.withUnsafeBufferPointer { buffer in
            switch decoder.open(buffer) {
            case .success: true
            case .failure(let refusal): refusal.reason != .notJSON && refusal.reason != .notUTF8
            }
        }
        if isJSON {
            // Numbers in JSON are no strings and stay; masking them would break the text.
            guard let (masked, events) = PersonalData.maskJSON(bytes) else { return }
            message.payload = masked
            message.personal = events
        } else {
            let masked = Intake.maskAll(bytes)
            if masked != bytes { message.payload = masked }
        }
    }

    /// A device's own format is masked wherever a number stands, and a message with one is refused as a whole. What may be
    /// UTF-16 is looked at both ways; with a number in it, it is kept as UTF-8.
    private func maskNative(_ bytes: [UInt8], into message: inout JournalMessage) {
        var masked = bytes.withUnsafeBufferPointer(PersonalData.mayOccur) ? Intake.maskAll(bytes) : bytes
        if bytes.contains(0), case let text = NativeText.utf8(masked), text.encoding == .utf16,
            text.bytes.withUnsafeBufferPointer(PersonalData.mayOccur), case let maskedText = Intake.maskAll(text.bytes), maskedText != text.bytes
        {
            masked = maskedText
        }
        guard masked != bytes else { return }
        message.payload = masked
        message.personal = [0]
    }

    /// Masks bytes that may be read as text and as JSON strings: again as long as one way of
    /// reading finds a number where the other has taken what stood beside it. Ends, as each round leaves fewer digits.
    private static func maskAll(_ bytes: [UInt8]) -> [UInt8] {
        var masked = bytes
        while true {
            let inStrings = PersonalData.maskJSON(masked)?.masked
            let plain = PersonalData.maskPlain(inStrings ?? masked)
            guard let next = plain ?? inStrings else { return masked }
            masked = next
        }
    }

    private func excerpt(
        _ bytes: [UInt8],
        of raw: [UInt8],
        as form: JournalMessage.Form,
        _ message: inout JournalMessage
    ) {
        // A little more than is kept, so that the cut cannot hide a number from the mask.
        let head = Intake.maskAll(Array(bytes.prefix(Intake.excerptBytes + 64)))
        message.payload = Array(head.prefix(Intake.excerptBytes))
        message.form = form
        message.original = "\(raw.count) \(Digest.sha256(raw))"
    }
}
