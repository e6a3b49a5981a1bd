import Synchronization

/// Server-sent events (WHATWG HTML, 9.2): their text, and how many streams there may be.
enum EventStream {
    static let type = "text/event-stream"
    /// Between two looks at the board.
    static let tickSeconds = 1.0
    /// Something is sent at least so often, so that proxies keep the connection and browsers know that it lives.
    static let heartbeatSeconds = 15.0
    /// What a browser waits before it connects again.
    static let retryMilliseconds = 5000

    /// An event with a name; each line of its text stands on a line of its own.
    static func event(_ name: String, _ text: String) -> [UInt8] {
        var bytes = Array("event: \(name)\n".utf8)
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            bytes += Array("data: ".utf8)
            // A line must not end before it does.
            bytes += line.utf8.filter { $0 != UInt8(ascii: "\r") }
            bytes.append(UInt8(ascii: "\n"))
        }
        return bytes + [UInt8(ascii: "\n")]
    }

    /// The heartbeat: a comment, which browsers pass over, and the clock.
    static func heartbeat(clock: String) -> [UInt8] { Array(": her\n".utf8) + event("tid", clock) }
}

/// Counts the open streams: all of them, and those of one caller.
final class StreamCounter: Sendable {
    static let streamsMax = 200
    /// A leader's tabs, or an office's wall screens behind one account.
    static let streamsOfCallerMax = 40

    private let open = Mutex<[String: Int]>([:])

    /// A place among the streams, given back when nothing holds it any more.
    final class Place: Sendable {
        private let counter: StreamCounter
        private let name: String

        fileprivate init(_ counter: StreamCounter, _ name: String) {
            self.counter = counter
            self.name = name
        }

        deinit { counter.leave(name) }
    }

    /// Nil where there are too many.
    func enter(_ name: String) -> Place? {
        open.withLock { open in
            guard open.values.reduce(0, +) < StreamCounter.streamsMax, open[name, default: 0] < StreamCounter.streamsOfCallerMax else { return nil }
            open[name, default: 0] += 1
            return Place(self, name)
        }
    }

    private func leave(_ name: String) {
        open.withLock { open in
            open[name, default: 1] -= 1
            if open[name] == 0 { open[name] = nil }
        }
    }
}
