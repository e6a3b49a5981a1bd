/// This machine's clock, and those of the centrals as their events show them.
package struct ClockFacts: Sendable {
    /// Live events of one source, the newest ones.
    package struct Source: Sendable {
        package var municipality: String
        package var source: String
        /// Events with a time of their own.
        package var timed: Int
        /// Median of `received − time`, milliseconds; negative when the source's clock is ahead of ours.
        package var medianMilliseconds: Int64
        package var withoutTime: Int
        /// Clocks that were never set: before 2015.
        package var unset: Int

        package init(municipality: String, source: String, timed: Int, medianMilliseconds: Int64, withoutTime: Int, unset: Int) {
            self.municipality = municipality
            self.source = source
            self.timed = timed
            self.medianMilliseconds = medianMilliseconds
            self.withoutTime = withoutTime
            self.unset = unset
        }

        var name: String { "\(municipality)/\(source)" }
    }

    /// Whether the kernel's clock is kept by a time server; nil when unknown.
    package var isSynchronised: Bool?
    /// The kernel's own bound on its error, milliseconds.
    package var errorMillisecondsMax: Int64?
    package var sources: [Source] = []

    /// Fewer events than this say nothing about a source.
    package static let eventsMin = 5
    static let aheadMillisecondsMax: Int64 = 60_000
    static let futureMilliseconds: Int64 = 300_000
    static let lateMilliseconds: Int64 = 900_000

    package init() {}

    package var findings: [Finding] { ownFindings + sources.flatMap(ClockFacts.findings) }

    private var ownFindings: [Finding] {
        var findings: [Finding] = []
        switch isSynchronised {
        case true?:
            findings.append(.ok(.clock, "this machine's clock is kept by a time server" + (errorMillisecondsMax.map { ", error at most \($0) ms" } ?? "")))
        case false?:
            findings.append(
                .warning(
                    .clock,
                    "this machine's clock is not kept by a time server (adjtimex says unsynchronised)",
                    loss: "receive times drift; events from right clocks become «late» or «future», and lose their own time beyond 5 minutes",
                    mend: "install chrony or systemd-timesyncd, or let the host of a container do it"
                )
            )
        case nil: findings.append(.note(.clock, "whether a time server keeps this machine's clock could not be found out"))
        }
        let known = sources.filter { $0.timed >= ClockFacts.eventsMin }
        if known.count >= 2, known.allSatisfy({ $0.medianMilliseconds < -ClockFacts.aheadMillisecondsMax }) {
            findings.append(
                .error(
                    .clock,
                    "all \(known.count) sources seem to be ahead: this machine's clock is behind",
                    loss: "events lose their own time, and load falls into the wrong quarter",
                    mend: "set this machine's clock by a time server, then look at the sources again"
                )
            )
        }
        return findings
    }

    private static func findings(_ source: Source) -> [Finding] {
        var findings: [Finding] = []
        if source.timed >= eventsMin {
            findings.append(offset(source))
        } else if source.timed + source.withoutTime + source.unset > 0 {
            findings.append(.note(.clock, "\(source.name): \(source.timed) live events with a time are too few to judge its clock"))
        }
        if source.unset > 0 {
            findings.append(
                .warning(
                    .clock,
                    "\(source.name): \(source.unset) of its newest events come from a clock that was never set",
                    loss: "they are counted at their receive time: wrong after an outage",
                    mend: "set the sender's clock (time server)"
                )
            )
        }
        if source.withoutTime > 0 {
            findings.append(.note(.clock, "\(source.name): \(source.withoutTime) of its newest events have no time and get that of their receipt"))
        }
        return findings
    }

    private static func offset(_ source: Source) -> Finding {
        let seconds = Double(source.medianMilliseconds) / 1000
        let words = "\(source.name): received − time of \(source.timed) live events, median \(seconds) s"
        let mend = "set the sender's clock by a time server"
        if source.medianMilliseconds < -futureMilliseconds {
            return .error(
                .clock,
                "\(words): its clock is ahead",
                loss: "its events are flagged «future» and lose their own time: after an outage they fall into the wrong quarter",
                mend: mend
            )
        }
        if source.medianMilliseconds < -aheadMillisecondsMax {
            return .warning(.clock, "\(words): its clock is ahead", loss: "times of answer and attendance across sources are wrong by that", mend: mend)
        }
        if source.medianMilliseconds > lateMilliseconds {
            return .warning(
                .clock,
                "\(words): late, or its clock is behind",
                loss: "its events correct cells that were published already, and the live board shows them too late",
                mend: mend + "; if it is right, find out where its events wait"
            )
        }
        return .ok(.clock, words)
    }
}
