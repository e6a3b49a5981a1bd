import Dispatch
import Synchronization
import Testing
import Workload

@Suite("Work that nobody waits for")
struct BackgroundTests {
    /// The numbers of some parts as they were begun, and whether any began while another was not done.
    private static func parts(_ count: Int) async -> (order: [Int], isAtOnce: Bool) {
        await withCheckedContinuation { continuation in
            Background.workers.async {
                let seen = Mutex((order: [Int](), underway: 0, isAtOnce: false))
                let beside = Beside { Background.parts(1) { _ in seen.withLock { $0.order.append(-1) } } }
                Background.parts(count) { number in
                    seen.withLock {
                        $0.order.append(number)
                        $0.underway += 1
                        $0.isAtOnce = $0.isAtOnce || $0.underway > 1
                    }
                    seen.withLock { $0.underway -= 1 }
                }
                beside.value()
                let found = seen.withLock { ($0.order, $0.isAtOnce) }
                continuation.resume(returning: found)
            }
        }
    }

    @Test("it does its parts one after the other, and what would be done beside when that is asked for")
    func alone() async {
        let found = await Background.$isTask.withValue(true) { await Self.parts(1000) }
        #expect(found.order == Array(0..<1000) + [-1] && !found.isAtOnce)
    }

    @Test("what is waited for is done all the same, in whatever order")
    func waitedFor() async {
        #expect(!Background.isTask)
        let found = await Self.parts(1000)
        #expect(found.order.sorted() == Array(-1..<1000))
    }
}
