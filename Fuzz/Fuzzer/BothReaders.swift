import Telemetry

/// The fast reader and the generic one on the same bytes: they must say the same.
final class BothReaders {
    /// The target `decoder`: a payload as it is, without anything else, as fast as can be.
    nonisolated(unsafe) static let shared = BothReaders()

    private let fast = CanonicalDecoder()
    private let generic = CanonicalDecoder(usesFastReader: false)

    func check(_ bytes: [UInt8]) { check(bytes, personal: []) }

    func check(_ bytes: [UInt8], personal: [Int]) {
        let (left, right) = (answer(fast, bytes, personal), answer(generic, bytes, personal))
        expect(left == right, "both readers say the same: \(String(decoding: left, as: UTF8.self)) and \(String(decoding: right, as: UTF8.self))")
    }

    /// All that a decoder says of a message, one after the other.
    private func answer(_ decoder: CanonicalDecoder, _ bytes: [UInt8], _ personal: [Int]) -> [UInt8] {
        bytes.withUnsafeBufferPointer { buffer in
            var said: [UInt8] = []
            switch decoder.open(buffer) {
            case .failure(let refusal): said += refusal.reason.word.utf8
            case .success(let count):
                var read = 0
                while let decoded = decoder.next(personal: personal) {
                    read += 1
                    Self.say(decoded, &said)
                    said += decoder.excerpt()
                }
                expect(read == count, "as many events are read as are counted")
            }
            return said
        }
    }

    private static func say(_ decoded: Decoded, _ said: inout [UInt8]) {
        switch decoded {
        case .rejected(let reason, let id, let sequence):
            said += reason.word.utf8
            say(id, &said)
            say(sequence, &said)
        case .event(let event):
            said += event.type.word.utf8
            for text in [event.id, event.device, event.zone, event.alarm, event.respondingZone] { say(text, &said) }
            for number in [event.time, event.sequence, event.priority.map(Int64.init), event.responders.map(Int64.init)] { say(number, &said) }
            for flag in [event.test, event.voice] { say(flag.map { $0 ? 1 : 0 }, &said) }
            said += (event.kind?.rawValue ?? "-").utf8
            said += (event.outcome?.rawValue ?? "-").utf8
            said += (event.cause?.rawValue ?? "-").utf8
        }
    }

    private static func say(_ text: Text?, _ said: inout [UInt8]) {
        say((text?.count).map(Int64.init), &said)
        if let text { said += text.buffer }
    }

    private static func say(_ number: Int64?, _ said: inout [UInt8]) {
        said.append(number == nil ? 0 : 1)
        withUnsafeBytes(of: number ?? 0) { said += $0 }
    }
}
