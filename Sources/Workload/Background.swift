import Dispatch
import Glibc
import Synchronization

/// Work that nobody waits for goes on where a processor is left: who does wait finds all of them free.
package enum Background {
    /// Whether nobody waits for what the task or the thread does.
    @TaskLocal package static var isTask = false

    private static let threads = IdleThreads()

    /// Does work that takes its time on a thread that may be held up: one of those for which nobody waits where the task is of that kind.
    package static func perform(_ work: @escaping @Sendable () -> Void) {
        if isTask { threads.add(work) } else { DispatchQueue.global(qos: .userInitiated).async(execute: work) }
    }

    /// Does parts of some work, in any order and some at once, and returns when all are done.
    package static func parts(_ count: Int, _ work: @escaping @Sendable (Int) -> Void) {
        guard isTask else { return DispatchQueue.concurrentPerform(iterations: count, execute: work) }
        guard count > 0 else { return }
        let parts = Parts(count, work)
        // One that comes when nothing is left finds nothing, not even what the work was about.
        for _ in 1..<max(1, min(count, IdleThreads.count)) { threads.add { [weak parts] in parts?.take() } }
        parts.take()
        parts.allDone.wait()
    }

    private final class Parts: Sendable {
        let allDone = DispatchSemaphore(value: 0)
        private let count: Int
        private let work: @Sendable (Int) -> Void
        private let taken = Atomic(0)
        private let done = Atomic(0)

        init(_ count: Int, _ work: @escaping @Sendable (Int) -> Void) { (self.count, self.work) = (count, work) }

        /// Does one after the other while some are left.
        func take() {
            while true {
                let number = taken.add(1, ordering: .relaxed).oldValue
                guard number < count else { return }
                work(number)
                if done.add(1, ordering: .acquiringAndReleasing).newValue == count { allDone.signal() }
            }
        }
    }
}

/// Threads on processors that no other thread wants: where one of these alone runs on a processor, the kernel takes it for idle and wakes others
/// there at once (sched(7)). Where all processors are busy for long they hardly come on.
private final class IdleThreads: Sendable {
    /// Few: what one holds of the views it holds for as long as others keep it from the processor.
    static let count = min(2, max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    /// `SCHED_IDLE` of linux/sched.h, which Swift does not see.
    private static let idlePolicy: Int32 = 5
    /// Where the policy is refused.
    private static let niceness: Int32 = 10

    private let works = Mutex<[@Sendable () -> Void]>([])
    private let waiting = DispatchSemaphore(value: 0)

    init() {
        for _ in 0..<IdleThreads.count {
            // For good, and on Linux of this thread alone: an ordinary process may not take it back, so that the thread does nothing else.
            DispatchQueue(label: "no.vaktlast.background").async { [self] in
                var priority = sched_param(sched_priority: 0)
                if sched_setscheduler(0, IdleThreads.idlePolicy, &priority) != 0 { _ = nice(IdleThreads.niceness) }
                Background.$isTask.withValue(true) {
                    while true {
                        waiting.wait()
                        works.withLock { $0.removeFirst() }()
                    }
                }
            }
        }
    }

    func add(_ work: @escaping @Sendable () -> Void) {
        works.withLock { $0.append(work) }
        waiting.signal()
    }
}
