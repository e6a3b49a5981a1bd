/// What was sent and what the service answered, put in the order in which the service read it.
///
/// The receipts carry `position` and `received`; so everything that depends on the time of reading (events without
/// clock, lateness, first figures, which of several copies counts) is judged exactly and needs no tolerance.
package struct Hearing: Sendable {
    package enum Gap: Error, Equatable, CustomStringConvertible {
        case noReceipt(count: Int, of: Int, topic: String)
        case unreadable(String)
        case meaningUnknown(topic: String)

        package var description: String {
            switch self {
            case .noReceipt(let count, let total, let topic):
                "\(count) of \(total) messages have no receipt, the first on \(topic): is the service running, are its receipts off for "
                    + "this source, may the account read below its own topics?"
            case .unreadable(let text): "a receipt cannot be read: \(text)"
            case .meaningUnknown(let topic):
                "a message on \(topic) is in a device's own format and nothing says what it must become: only what simulate has "
                    + "made can be judged"
            }
        }
    }

    private var messages: [SimulatedMessage] = []
    /// By position, so that a receipt that came twice counts once.
    private var receipts: [Int64: (number: Int, receipt: AuditValue)] = [:]
    private var answered: Set<Int> = []

    package init() {}

    package var messageCount: Int { messages.count }
    package var answeredCount: Int { answered.count }
    /// The newest position that a receipt names.
    package var lastPosition: Int64 { receipts.keys.max() ?? 0 }
    package var firstPosition: Int64 { receipts.keys.min() ?? 0 }
    /// Whether the service's journal, up to its newest position, holds these messages and no others.
    package func isWholeJournal(upTo newest: Int64) -> Bool {
        firstPosition == 1 && lastPosition == newest && receipts.count == Int(newest)
    }

    /// Adds what was sent next; gives its number.
    @discardableResult
    package mutating func sent(_ message: SimulatedMessage) -> Int {
        messages.append(message)
        return messages.count - 1
    }

    package mutating func answered(_ number: Int, with receipt: AuditValue) throws(Gap) {
        guard case .number(let position)? = receipt["position"], messages.indices.contains(number) else {
            throw .unreadable(receipt.text)
        }
        answered.insert(number)
        receipts[Int64(position)] = (number, receipt)
    }

    /// Lets an auditor read everything; gives each receipt beside what it must say.
    package func audit(_ auditor: inout Auditor) throws(Gap) -> [(expected: AuditValue, got: AuditValue)] {
        if let silent = messages.indices.first(where: { !answered.contains($0) }) {
            throw .noReceipt(count: messages.count - answered.count, of: messages.count, topic: messages[silent].topic)
        }
        var pairs: [(expected: AuditValue, got: AuditValue)] = []
        for (position, (number, receipt)) in receipts.sorted(by: { $0.key < $1.key }) {
            let message = messages[number]
            if message.meaning == .unknown { throw .meaningUnknown(topic: message.topic) }
            guard case .string(let text)? = receipt["received"], let received = AuditClock.milliseconds(Array(text.utf8)) else {
                throw .unreadable(receipt.text)
            }
            let expected = auditor.read(
                AuditedMessage(
                    position: position,
                    received: received,
                    topic: message.topic,
                    payload: message.payload,
                    meaning: message.meaning
                )
            )
            if let expected { pairs.append((expected, receipt)) }
        }
        return pairs
    }
}
