import Foundation
import Synchronization

/// The two threads of a demo: one does its work, one watches the broker.
///
/// What goes wrong in either ends the demo in order, with the reason.
final class DemoWork: @unchecked Sendable {
    // Unchecked: the broker is looked at by the watching thread alone until `join` returns.
    private static let joinSeconds = 8.0

    private let interruption: Interruption
    private let broker: DemoBroker
    private let isEnding = Atomic<Bool>(false)
    private let threads = DispatchGroup()

    init(interruption: Interruption, broker: DemoBroker) {
        self.interruption = interruption
        self.broker = broker
    }

    func start(_ work: @escaping @Sendable () throws -> Void) {
        run { [interruption] in
            do { try work() } catch { interruption.end(because: "the simulation stopped: \(error)") }
        }
        run { [self] in
            while !isEnding.load(ordering: .relaxed) {
                if let end = broker.unexpectedEnd {
                    interruption.end(because: "\(end) Start the demo again.")
                    return
                }
                usleep(100_000)
            }
        }
    }

    /// Waits for both threads; false where the work hangs.
    func join() -> Bool {
        isEnding.store(true, ordering: .relaxed)
        return threads.wait(timeout: .now() + DemoWork.joinSeconds) == .success
    }

    private func run(_ body: @escaping @Sendable () -> Void) {
        threads.enter()
        let thread = Thread { [threads] in
            body()
            threads.leave()
        }
        thread.start()
    }
}
