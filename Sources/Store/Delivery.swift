package import Telemetry

/// One file or mail of a scheduled report: what it is, and what became of it.
package struct Delivery: Equatable, Sendable {
    /// What tells it from every other. A delivery with a key that has been sent is never sent again by itself.
    package struct Key: Hashable, Sendable {
        package var municipality: String
        package var schedule: String
        /// As commands write it, e.g. `2026-10`.
        package var period: String
        /// One format of a file, all of a mail: `pdf`, `pdf+xlsx`.
        package var format: String
        /// `folder`, or a mail address.
        package var receiver: String

        package init(municipality: String, schedule: String, period: String, format: String, receiver: String) {
            self.municipality = municipality
            self.schedule = schedule
            self.period = period
            self.format = format
            self.receiver = receiver
        }

        package var parts: [String] { [municipality, schedule, period, format, receiver] }
    }

    package enum State: String, CaseIterable, Sendable {
        /// To be sent, maybe after tries that failed.
        case waiting
        case sent
        /// Tried for as long as is tried.
        case givenUp
        /// Missed in a downtime, and older than what is made up for.
        case skipped
        /// Its schedule is no more, or names this format or receiver no more.
        case withdrawn
    }

    package var key: Key
    package var due: EventTime
    package var state: State
    package var tries: Int
    package var firstTry: EventTime?
    package var nextTry: EventTime
    /// Until when somebody has it, who may have been killed meanwhile; 0 where nobody has.
    package var claimedUntil: EventTime = 0
    /// When it came to its end.
    package var ended: EventTime?
    /// Why the last try failed.
    package var said: String?

    package init(key: Key, due: EventTime, state: State = .waiting) {
        self.key = key
        self.due = due
        self.state = state
        tries = 0
        nextTry = due
    }

    /// The first instant of the next try: not before whoever has it must have let it go.
    package var mayBeTried: EventTime { max(nextTry, claimedUntil) }

    /// Whether somebody has it now.
    package func isClaimed(at now: EventTime) -> Bool { claimedUntil > now }

    /// What stands in the access log as the purpose of what a schedule sends.
    package static let purpose = "schedule"

    /// The line of the access log that says what goes out with it, written before it does: a file that leaves the service.
    ///
    /// - Parameters:
    ///   - files: their names.
    ///   - zones: those it is limited to; nil for all.
    ///   - position: the journal position of the figures.
    package func accessEntry(files: [String], zones: [String]?, position: Int64, now: EventTime) -> AccessEntry {
        AccessEntry(
            kind: .export,
            time: now,
            who: "schedule:\(key.schedule)",
            purpose: Delivery.purpose,
            path: "schedule.yaml",
            asked: "period=\(key.period)",
            municipality: key.municipality,
            zones: zones,
            position: position,
            subject: "\(files.joined(separator: ", ")) → \(key.receiver)\(tries > 1 ? " (\(tries))" : "")"
        )
    }
}
