import Dispatch
import Synchronization

/// Work that another thread does beside the caller's own, where one is free before the caller wants what it gives.
package final class Beside<Value: Sendable>: Sendable {
    private let work: Mutex<(@Sendable () -> Value)?>
    private let found = Mutex<Value?>(nil)
    private let isDone = DispatchSemaphore(value: 0)

    package init(_ work: @escaping @Sendable () -> Value) {
        self.work = Mutex(work)
        Background.perform { [self] in
            guard let work = taken() else { return }
            let value = work()
            found.withLock { $0 = value }
            isDone.signal()
        }
    }

    /// Waits for it, or does it where nobody has begun. Asked for once.
    package func value() -> Value {
        if let work = taken() { return work() }
        isDone.wait()
        return found.withLock { $0! }
    }

    private func taken() -> (@Sendable () -> Value)? {
        work.withLock { work in
            defer { work = nil }
            return work
        }
    }
}
