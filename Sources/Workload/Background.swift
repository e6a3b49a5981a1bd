package import Dispatch

/// Work that nobody waits for keeps to one thread, so that who does wait finds the other processors free: what it would do beside, or in parts at
/// once, it does one after the other.
package enum Background {
    private static let key = DispatchSpecificKey<Bool>()
    private static let queue: DispatchQueue = {
        let queue = DispatchQueue(label: "no.vaktlast.background")
        queue.setSpecific(key: key, value: true)
        return queue
    }()

    /// Whether nobody waits for what the task does.
    @TaskLocal package static var isTask = false

    /// Threads that may be held up, for work of the task that takes its time.
    package static var workers: DispatchQueue { isTask ? queue : .global(qos: .userInitiated) }

    /// Whether the thread is the one.
    static var isThread: Bool { DispatchQueue.getSpecific(key: key) ?? false }

    /// Does parts of some work, in any order: on all threads at once, or one after the other where nobody waits.
    package static func parts(_ count: Int, _ work: @Sendable (Int) -> Void) {
        guard isThread else { return DispatchQueue.concurrentPerform(iterations: count, execute: work) }
        for number in 0..<count { work(number) }
    }
}
