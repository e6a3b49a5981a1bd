import MQTT
import Store
import Synchronization

/// Receipts that the broker has not acknowledged. Stored with the views, so that a crash loses none.
///
/// Filled by the fold's thread, emptied by the publisher's: hence the lock.
final class Outbox: Sendable {
    /// Receipts under way beyond which the fold waits for the broker; message ids are 16 bits wide.
    static let pendingMax = 20_000

    private struct Content {
        var entries: [Int64: OutboxEntry] = [:]
        /// Numbers in rising order; acknowledged ones stay until they are first.
        var order: [Int64] = []
        var head = 0
        var next: Int64 = 1
        var folded: Int64
    }

    private let content: Mutex<Content>

    init(stored: [OutboxEntry], folded: Int64) {
        var content = Content(folded: folded)
        for entry in stored {
            content.entries[entry.number] = entry
            content.order.append(entry.number)
            content.next = max(content.next, entry.number + 1)
        }
        self.content = Mutex(content)
    }

    func add(position: Int64, topic: String, payload: [UInt8], correlation: [UInt8]?) -> OutboxEntry {
        content.withLock { content in
            let entry = OutboxEntry(
                number: content.next,
                position: position,
                topic: topic,
                payload: payload,
                correlation: correlation
            )
            content.next += 1
            content.entries[entry.number] = entry
            content.order.append(entry.number)
            return entry
        }
    }

    func acknowledge(_ number: Int64) {
        content.withLock { content in
            content.entries[number] = nil
            while content.head < content.order.count, content.entries[content.order[content.head]] == nil {
                content.head += 1
            }
            if content.head > 1000, content.head * 2 > content.order.count {
                content.order.removeFirst(content.head)
                content.head = 0
            }
        }
    }

    func folded(to position: Int64) { content.withLock { $0.folded = position } }

    var pendingCount: Int { content.withLock { $0.entries.count } }

    var pending: [OutboxEntry] {
        content.withLock { content in content.order[content.head...].compactMap { content.entries[$0] } }
    }

    /// Up to here the broker has every receipt.
    var receipted: Int64 {
        content.withLock { content in
            guard content.head < content.order.count, let first = content.entries[content.order[content.head]] else {
                return content.folded
            }
            return first.position - 1
        }
    }
}
