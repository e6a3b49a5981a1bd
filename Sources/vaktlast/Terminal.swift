import Foundation

/// Where people read.
enum Terminal {
    static func error(_ text: String) { write(text + "\n", to: STDERR_FILENO) }

    /// Written at once, also into a pipe.
    static func say(_ text: String) { write(text + "\n", to: STDOUT_FILENO) }

    /// A reader that is gone (a closed terminal, `| head`) is no reason to stop: the rest of the text is left out.
    private static func write(_ text: String, to descriptor: Int32) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0 {
                guard errno == EINTR else { return }
            } else {
                rest = rest.dropFirst(written)
            }
        }
    }

    /// Progress: one line rewritten on a terminal; otherwise plain lines at every tenth, and now and then in between.
    final class Progress {
        private static let betweenSeconds = 10.0

        private let label: String
        private let isTerminal = isatty(1) == 1
        private var lastShown = -1
        private var lastTime = Date()

        init(_ label: String) { self.label = label }

        func show(_ part: Double, _ detail: String = "") {
            let percent = Int(part * 100)
            let isDue = !isTerminal && isLate(Progress.betweenSeconds)
            let step = isTerminal || isDue ? percent : percent / 10 * 10
            guard isDue || (isTerminal ? step != lastShown : step / 10 != lastShown / 10 || lastShown < 0) else { return }
            lastShown = step
            lastTime = Date()
            if isTerminal {
                let filled = Int(part * 30)
                let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 30 - filled)
                Terminal.write("\r\(label) \(bar) \(percent) % \(detail)\u{1B}[K", to: STDOUT_FILENO)
            } else {
                Terminal.say("\(label) \(step) % \(detail)")
            }
        }

        /// For what has no end.
        func show(_ detail: String) {
            guard isLate(isTerminal ? 1 : Progress.betweenSeconds) else { return }
            lastTime = Date()
            if isTerminal {
                Terminal.write("\r\(label): \(detail)\u{1B}[K", to: STDOUT_FILENO)
            } else {
                Terminal.say("\(label): \(detail)")
            }
        }

        private func isLate(_ seconds: Double) -> Bool { Date().timeIntervalSince(lastTime) >= seconds }

        func finish(_ text: String) {
            if isTerminal { Terminal.write("\r\u{1B}[K", to: STDOUT_FILENO) }
            Terminal.say("\(label): \(text)")
        }
    }
}
