import CSimdjson

/// Reads canonical messages (CONTRACT 2 and 3) from uncompressed bytes.
///
/// Owned by one thread. `open` a message, then take its events with `next`; what it gives lives until the next
/// `open`. O(bytes); no allocation for a valid event.
package final class CanonicalDecoder {
    package static let eventsMax = 5000
    package static let excerptBytesMax = 400

    private let parser: OpaquePointer
    private var slots = vl_event()
    private var index = 0

    package init() {
        guard let parser = vl_parser_create() else { preconditionFailure("no memory for a JSON parser") }
        self.parser = parser
    }

    deinit { vl_parser_destroy(parser) }

    /// Reads a message; returns how many events it has or why it is refused whole.
    package func open(_ bytes: UnsafeBufferPointer<UInt8>) -> Result<Int, MessageRefusal> {
        var count = 0
        index = 0
        let status = vl_parser_parse(parser, bytes.baseAddress ?? Text.empty.start, bytes.count, &count)
        switch status {
        case VL_OK: break
        case VL_NOT_UTF8: return .failure(.init(.notUTF8))
        case VL_NOT_AN_EVENT: return .failure(.init(.notAnEvent))
        default: return .failure(.init(.notJSON))
        }
        guard count <= CanonicalDecoder.eventsMax else { return .failure(.init(.tooManyEvents)) }
        return .success(count)
    }

    /// The next event, nil after the last. `personal` are the indexes of the events in which personal data was
    /// found and masked when the message arrived, ascending.
    package func next(personal: [Int] = []) -> Decoded? {
        guard vl_parser_next(parser, &slots) else { return nil }
        defer { index += 1 }
        guard slots.is_object else { return .rejected(.notAnEvent, id: nil, sequence: nil) }
        let isPersonal = !personal.isEmpty && personal.contains(index)
        return withUnsafePointer(to: &slots.slots) { pointer in
            pointer.withMemoryRebound(to: vl_slot.self, capacity: Int(VL_SLOT_COUNT.rawValue)) { slots in
                EventReader(slots: slots).read(isPersonal: isPersonal)
            }
        }
    }

    /// Finds every field of every event and does nothing with it: what a benchmark holds the rest against. Returns
    /// the number of events, 0 for a message refused whole.
    package func countFields(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var count = 0
        guard vl_parser_parse(parser, bytes.baseAddress ?? Text.empty.start, bytes.count, &count) == VL_OK else { return 0 }
        count = 0
        while vl_parser_next(parser, &slots) { count += 1 }
        return count
    }

    /// The JSON of the event that `next` gave last, cut to `excerptBytesMax`.
    package func excerpt() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: CanonicalDecoder.excerptBytesMax) { buffer, count in
            count = vl_parser_excerpt(parser, buffer.baseAddress, buffer.count)
        }
    }
}

/// A message refused whole.
package struct MessageRefusal: Error, Equatable {
    package let reason: Reason
    package init(_ reason: Reason) { self.reason = reason }
}
