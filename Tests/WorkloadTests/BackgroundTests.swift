import Dispatch
import Glibc
import Synchronization
import Testing
import Workload

@Suite("Work that nobody waits for")
struct BackgroundTests {
    /// `SCHED_IDLE` of linux/sched.h.
    private static let idlePolicy: Int32 = 5

    private struct Seen {
        var numbers: [Int] = []
        var policies: Set<Int32> = []

        mutating func add(_ number: Int) {
            numbers.append(number)
            policies.insert(sched_getscheduler(0))
        }
    }

    /// Numbered work of all kinds, within one another, and on which threads it was done.
    private static func seen(_ count: Int) async -> Seen {
        await withCheckedContinuation { continuation in
            Background.perform {
                let seen = Mutex(Seen())
                let beside = Beside { Background.parts(count) { part in seen.withLock { $0.add(-1 - part) } } }
                Background.parts(count) { part in
                    Background.parts(3) { inner in seen.withLock { $0.add(part * 3 + inner) } }
                }
                beside.value()
                continuation.resume(returning: seen.withLock { $0 })
            }
        }
    }

    @Test("each part is done once, on threads that leave the processors to others", arguments: [0, 1, 1000])
    func idle(count: Int) async {
        let seen = await Background.$isTask.withValue(true) { await Self.seen(count) }
        #expect(seen.numbers.sorted() == Array(-count..<3 * count))
        #expect(seen.policies == (count == 0 ? [] : [Self.idlePolicy]))
    }

    @Test("what is waited for is done on others")
    func waitedFor() async {
        #expect(!Background.isTask)
        let seen = await Self.seen(1000)
        #expect(seen.numbers.sorted() == Array(-1000..<3000) && !seen.policies.contains(Self.idlePolicy))
    }

    @Test("more than there are threads at once come to their end, each with parts of its own")
    func many() async {
        let sums = await Background.$isTask.withValue(true) {
            await withTaskGroup { group in
                for _ in 0..<50 { group.addTask { await Self.seen(20).numbers.count } }
                return await group.reduce(into: []) { $0.append($1) }
            }
        }
        #expect(sums == Array(repeating: 80, count: 50))
    }
}
