import Dispatch
import Foundation
import Synchronization

/// Being asked to end, by Ctrl-C, SIGTERM or the end of the terminal, at a time when nobody else listens.
///
/// While it lives these signals no longer end the process at once; whoever works looks at `isAsked`. A second
/// Ctrl-C ends it without order.
final class Interruption: @unchecked Sendable {
    // Unchecked: the sources are kept, and never touched after `init`.
    private let asked = Mutex<String?>(nil)
    private var sources: [any DispatchSourceSignal] = []

    init() {
        let queue = DispatchQueue(label: "interruption")
        for number in [SIGINT, SIGTERM, SIGHUP] {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler { [weak self] in self?.receive(number) }
            source.activate()
            sources.append(source)
        }
    }

    var isAsked: Bool { asked.withLock { $0 != nil } }
    /// Why we end, where it was no person's wish.
    var problem: String? { asked.withLock { $0?.isEmpty == true ? nil : $0 } }

    /// Ends the process in order as a signal would, and remembers why. The first reason stays.
    func end(because problem: String) {
        asked.withLock { if $0 == nil { $0 = problem } }
        Interruption.tellServices()
    }

    /// For services that began to listen when the signal had already come.
    func repeatIfAsked() {
        if isAsked { Interruption.tellServices() }
    }

    private func receive(_ number: Int32) {
        let isFirst = asked.withLock { reason in
            defer { if reason == nil { reason = "" } }
            return reason == nil
        }
        if isFirst {
            Terminal.say("\nStopping …")
            if number == SIGHUP { Interruption.tellServices() }
        } else if number == SIGINT {
            Foundation.exit(1)
        }
    }

    /// The service listens to SIGTERM.
    private static func tellServices() { kill(getpid(), SIGTERM) }
}
