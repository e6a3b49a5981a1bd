import Accounts
import HTTPTypes
import Hummingbird
import Languages
import Logging
import Reports
import ServiceLifecycle
import Store

/// The live board as a stream.
extension Site {
    /// Whether the board is asked for as a stream.
    static func wantsStream(_ request: Request) -> Bool {
        request.uri.path == Pages.boardAddress && request.headers[.accept]?.lowercased().contains(EventStream.type) == true
    }

    /// Boards as they change, until the reader goes, the session ends or the right is lost. What the reader may see is asked anew
    /// at each turn, and what is shown of alarms is written down before it leaves.
    func stream(_ request: Request, _ logger: Logger) async throws -> Response {
        let query = Query(request)
        let caller = try access.caller(of: request, now: face.now(), isActivity: false)
        try query.requireReadable()
        try caller.require(.live)
        // What cannot be shown is refused before the stream begins.
        _ = try await pages.board(query, caller)
        guard let place = streams.enter(caller.name) else {
            throw Problem(
                status: .serviceUnavailable,
                detail: "Too many live boards are open: \(StreamCounter.streamsMax) in all, \(StreamCounter.streamsOfCallerMax) of one account. Close some, "
                    + "or load the page again now and then."
            )
        }
        var response = response([], EventStream.type)
        response.headers[.accelBuffering] = "no"
        response.body = ResponseBody { writer in
            // Held as long as the stream is written.
            defer { withExtendedLifetime(place) {} }
            var watcher = BoardWatcher(site: self, request: request, query: query, logger: logger)
            try await writer.write(ByteBuffer(string: "retry: \(EventStream.retryMilliseconds)\n\n"))
            while let bytes = await watcher.next() {
                if !bytes.isEmpty { try await writer.write(ByteBuffer(bytes: bytes)) }
                if watcher.isOver { break }
                try await Task.sleep(for: .seconds(EventStream.tickSeconds))
            }
            try await writer.finish(nil)
        }
        return response
    }

    /// What one reader has been sent.
    private struct BoardWatcher {
        let site: Site
        let request: Request
        let query: Query
        let logger: Logger
        private var html = ""
        private var seen: Set<String> = []
        private var sent = ContinuousClock.now
        private(set) var isOver = false

        init(site: Site, request: Request, query: Query, logger: Logger) {
            self.site = site
            self.request = request
            self.query = query
            self.logger = logger
        }

        /// What is to be sent now, perhaps nothing; nil when the service stops.
        mutating func next() async -> [UInt8]? {
            guard !Task.isCancelled, !Task.isShuttingDownGracefully else { return nil }
            do {
                let caller = try site.access.caller(of: request, now: site.face.now(), isActivity: false)
                try caller.require(.live)
                let made = try await board(caller)
                if made.html != html {
                    html = made.html
                    sent = .now
                    return event(made) + EventStream.event("tid", made.board.clock)
                }
                guard ContinuousClock.now - sent >= .seconds(EventStream.heartbeatSeconds) else { return [] }
                sent = .now
                return EventStream.heartbeat(clock: made.board.clock)
            } catch {
                if !(error is Problem) { logger.error("\(request.uri.path): \(error)") }
                isOver = true
                return EventStream.event("slutt", "")
            }
        }

        /// The board in the reader's language.
        private func event(_ made: BoardDesk.Made) -> [UInt8] {
            guard let translator = site.translator(request) else { return made.event }
            return EventStream.event("tavle", String(decoding: translator.page(Array(made.html.utf8)).html, as: UTF8.self))
        }

        /// The board with its alarms where they are written down, else with counts alone.
        private mutating func board(_ caller: Access.Caller) async throws -> BoardDesk.Made {
            let made = try await site.pages.board(query, caller)
            guard let shown = made.shown else { return made }
            let names = Set(shown.alarms.map { "\($0.source)\u{1F}\($0.alarm)" })
            guard !names.isSubset(of: seen) else { return made }
            do { try await site.record(shown, request, caller, made.position, logger) } catch {
                var plain = caller
                plain.rights.remove(.alarms)
                return try await site.pages.board(query, plain)
            }
            seen.formUnion(names)
            return made
        }
    }
}

extension HTTPField.Name {
    /// Tells nginx to pass each event on as it comes.
    static let accelBuffering = HTTPField.Name("X-Accel-Buffering")!
}
