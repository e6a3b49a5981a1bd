import Synchronization
package import Telemetry

/// Keeps the access log as it must be kept: takes out what is older than its time, and sees that the chain holds.
package final class AccessLogKeeper: Sendable {
    /// Two years, one of them a leap year.
    package static let keptDays = 731
    /// From one look to the next.
    package static let pauseSeconds = 86_400

    /// What the last look has found.
    package struct Look: Sendable {
        package var time: EventTime
        /// Entries taken out because their time was over.
        package var deleted: Int
        /// Nil where there is no log yet.
        package var chain: AccessChain.Finding?
    }

    private let folder: String
    private let log: AccessLog
    private let keptDays: Int
    private let last = Mutex<Look?>(nil)

    package init(folder: String, log: AccessLog, keptDays: Int = AccessLogKeeper.keptDays) {
        self.folder = folder
        self.log = log
        self.keptDays = keptDays
    }

    package var lastLook: Look? { last.withLock { $0 } }

    /// Takes out what is too old and goes through the rest; a log that was never begun stays so.
    @discardableResult
    package func look(now: EventTime) throws -> Look {
        var look = Look(time: now, deleted: 0, chain: nil)
        if try AccessLogReader(folder: folder) != nil {
            // A chain that is broken is left as it is, for whoever must find out why.
            if try AccessLogReader(folder: folder)?.verify().holds == true {
                look.deleted = try log.delete(before: now - Int64(keptDays) * 86_400_000, who: "vaktlast", now: now)
            }
            look.chain = try AccessLogReader(folder: folder)?.verify()
        }
        last.withLock { $0 = look }
        return look
    }
}
