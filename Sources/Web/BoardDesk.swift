import Reports
import Telemetry
import Workload

/// Keeps what many look at: the live board, made once for all who may see the same.
actor BoardDesk {
    /// Whose board it is. Two readers with the same key see the same.
    struct Key: Hashable {
        var municipality: String
        /// Nil for all.
        var zones: [String]?
        var sight: LiveBoard.Sight
        var isWall: Bool
    }

    struct Made: Sendable {
        var board: LiveBoard
        var html: String
        /// The board as a server-sent event.
        var event: [UInt8]
        /// The single alarms that it shows; nil where it shows none by its nature.
        var shown: API.Shown?
        var position: Int64
    }

    /// A board as old as this is made anew when somebody asks.
    static let freshMilliseconds: Int64 = 700
    /// Boards kept, the oldest thrown away first.
    static let keptMax = 64
    /// Messages that are received and not in the views for so long are said to lag.
    static let lagMilliseconds: Int64 = 10_000

    private var boards: [Key: Made] = [:]
    private var sample: (time: EventTime, journal: Int64)?
    private var isLagging = false

    /// The board of a key, made where none is fresh.
    func board(_ key: Key, now: EventTime, make: () throws -> Made) rethrows -> Made {
        if let made = boards[key], (0..<BoardDesk.freshMilliseconds).contains(now - made.board.now) { return made }
        let made = try make()
        boards[key] = made
        if boards.count > BoardDesk.keptMax, let oldest = boards.min(by: { $0.value.board.now < $1.value.board.now }) { boards[oldest.key] = nil }
        return made
    }

    /// What is wrong with the service. The views are always a little behind: only what they have not reached for
    /// `lagMilliseconds` is told.
    func faults(_ status: ServiceFace.Status, viewPosition: Int64, now: EventTime) -> [LiveBoard.Fault] {
        if viewPosition >= status.journalPosition {
            isLagging = false
            sample = nil
        } else if let known = sample {
            if now - known.time >= BoardDesk.lagMilliseconds {
                isLagging = viewPosition < known.journal
                sample = (now, status.journalPosition)
            }
        } else {
            sample = (now, status.journalPosition)
        }
        var faults: [LiveBoard.Fault] = []
        let hasBroker = status.broker != ServiceFace.Status.noBroker
        if hasBroker, status.broker != ServiceFace.Status.brokerReady {
            faults.append(.brokerAway)
        } else if !status.isReady, let problem = status.problem {
            faults.append(.other(problem))
        }
        if isLagging { faults.append(.viewsLag(messages: status.journalPosition - viewPosition)) }
        return faults
    }
}

extension ServiceFace.Status {
    /// What `broker` says where both sessions are up, and where there are none.
    package static let brokerReady = "ready"
    package static let noBroker = "none"
}
