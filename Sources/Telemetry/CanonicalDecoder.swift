import CSimdjson

/// Reads canonical messages (CONTRACT 2 and 3) from uncompressed bytes.
///
/// Owned by one thread. `open` reads a whole message; then take its events one by one with `next`, or all at once as
/// `events` and `refused`. What it gives lives until the next `open`. O(bytes); no allocation for a valid event.
package final class CanonicalDecoder {
    package static let eventsMax = 5000
    package static let excerptBytesMax = 400

    private let parser: OpaquePointer
    private let usesFastReader: Bool
    private var timestamps = TimestampReader()
    /// The valid events of the message, in its order.
    package private(set) var events: ContiguousArray<Event> = []
    /// The others, in its order.
    package private(set) var refused: [RefusedEvent] = []
    private var index = 0
    private var nextEvent = 0
    private var nextRefused = 0

    /// `usesFastReader` false: every message by the generic reader, for tests and benchmarks.
    package init(usesFastReader: Bool = true) {
        guard let parser = vl_parser_create() else { preconditionFailure("no memory for a JSON parser") }
        self.parser = parser
        self.usesFastReader = usesFastReader
    }

    deinit { vl_parser_destroy(parser) }

    /// Reads a message; returns how many events it has or why it is refused whole.
    package func open(_ bytes: UnsafeBufferPointer<UInt8>) -> Result<Int, MessageRefusal> {
        (index, nextEvent, nextRefused) = (0, 0, 0)
        if usesFastReader {
            switch read(bytes, triesFast: true) {
            case .success(let count?): return .success(count)
            case .success(nil): break
            case .failure(let refusal): return .failure(refusal)
            }
        }
        return read(bytes, triesFast: false).map { $0 ?? 0 }
    }

    /// Nil when the fast reader leaves the message to the generic one.
    private func read(_ bytes: UnsafeBufferPointer<UInt8>, triesFast: Bool) -> Result<Int?, MessageRefusal> {
        // Locals, taken out and put back: the many accesses to a class's properties would each be checked.
        var events: ContiguousArray<Event> = []
        swap(&events, &self.events)
        events.removeAll(keepingCapacity: true)
        var refused: [RefusedEvent] = []
        var timestamps = self.timestamps
        defer {
            self.events = events
            self.refused = refused
            self.timestamps = timestamps
        }
        var count = 0
        let status = vl_parser_open(parser, bytes.baseAddress ?? Text.empty.start, bytes.count, triesFast, &count)
        switch status {
        case VL_OK: break
        case VL_NOT_UTF8: return .failure(.init(.notUTF8))
        case VL_NOT_AN_EVENT: return .failure(.init(.notAnEvent))
        default: return .failure(.init(.notJSON))
        }
        guard count <= CanonicalDecoder.eventsMax else { return .failure(.init(.tooManyEvents)) }
        var index = 0
        var slots = vl_event()
        while true {
            switch vl_parser_step(parser, &slots) {
            case VL_EVENT: CanonicalDecoder.read(&slots, index, &timestamps, &events, &refused)
            case VL_END: return .success(index)
            default: return .success(nil)
            }
            index += 1
            // The generic reader says whether the rest of so long a message is JSON at all.
            if index > CanonicalDecoder.eventsMax { return .success(nil) }
        }
    }

    @inline(__always)
    private static func read(
        _ event: inout vl_event,
        _ index: Int,
        _ timestamps: inout TimestampReader,
        _ events: inout ContiguousArray<Event>,
        _ refused: inout [RefusedEvent]
    ) {
        guard event.is_object else {
            refused.append(RefusedEvent(index: index, reason: .notAnEvent))
            return
        }
        withUnsafePointer(to: &event.slots) { pointer in
            pointer.withMemoryRebound(to: vl_slot.self, capacity: Int(VL_SLOT_COUNT.rawValue)) { slots in
                withUnsafeMutablePointer(to: &timestamps) { timestamps in
                    EventReader(slots: slots, timestamps: timestamps).read(index: index, into: &events, &refused)
                }
            }
        }
    }

    /// The next event, nil after the last. `personal` are the indexes of the events in which personal data was
    /// found and masked when the message arrived, ascending.
    package func next(personal: [Int] = []) -> Decoded? {
        defer { index += 1 }
        let isPersonal = !personal.isEmpty && personal.contains(index)
        if nextRefused < refused.count, refused[nextRefused].index == index {
            let event = refused[nextRefused]
            nextRefused += 1
            let reason = isPersonal && event.reason != .notAnEvent ? .personalData : event.reason
            return .rejected(reason, id: event.id, sequence: event.sequence)
        }
        guard nextEvent < events.count else { return nil }
        let event = events[nextEvent]
        nextEvent += 1
        return isPersonal ? .rejected(.personalData, id: event.id, sequence: event.sequence) : .event(event)
    }

    /// The JSON of the event that `next` gave last, cut to `excerptBytesMax`.
    package func excerpt() -> [UInt8] {
        precondition(index > 0 && index <= events.count + refused.count, "there is an excerpt of what `next` gave")
        return [UInt8](unsafeUninitializedCapacity: CanonicalDecoder.excerptBytesMax) { buffer, count in
            count = vl_parser_excerpt(parser, index - 1, buffer.baseAddress, buffer.count)
        }
    }

    /// For benchmarks: simdjson finds every field of every event of a batch, by its document tree or its on-demand
    /// reader, and nothing is done with them. Returns the number of events with an id.
    package func countFields(_ bytes: UnsafeBufferPointer<UInt8>, onDemand: Bool) -> Int {
        guard let start = bytes.baseAddress else { return 0 }
        return onDemand
            ? vl_parser_read_on_demand(parser, start, bytes.count) : vl_parser_read_tree(parser, start, bytes.count)
    }
}

/// A message refused whole.
package struct MessageRefusal: Error, Equatable {
    package let reason: Reason
    package init(_ reason: Reason) { self.reason = reason }
}
