/// Hands values from one thread to another, in order; the receiver waits on a condition.
///
/// A lock and a condition, because the two are threads, not tasks: the gate may block in poll and commit.
final class BoundedQueue<Element: Sendable>: @unchecked Sendable {
    // Unchecked: every access to the storage is under the condition's lock.
    private let condition = MonotonicCondition()
    private var elements: [Element] = []
    private var weight = 0
    private var isClosed = false
    private let weightOf: @Sendable (Element) -> Int

    init(weightOf: @escaping @Sendable (Element) -> Int) { self.weightOf = weightOf }

    /// The sum of the waiting elements' weights.
    var waitingWeight: Int { condition.withLock { weight } }

    func put(_ element: Element) {
        condition.withLock {
            elements.append(element)
            weight += weightOf(element)
            condition.signal()
        }
    }

    /// What waits, after at most `timeoutMilliseconds`; nil when closed and empty.
    func takeAll(timeoutMilliseconds: Int) -> [Element]? {
        condition.withLock {
            if elements.isEmpty, !isClosed {
                condition.wait(milliseconds: timeoutMilliseconds)
            }
            if elements.isEmpty, isClosed { return nil }
            defer {
                elements = []
                weight = 0
            }
            return elements
        }
    }

    func close() {
        condition.withLock {
            isClosed = true
            condition.broadcast()
        }
    }
}
