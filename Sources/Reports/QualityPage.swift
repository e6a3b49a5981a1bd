package import Telemetry
package import Workload

/// The page about data quality: whether the figures can be trusted, what is missing from whom, and what was refused.
package struct QualityPage: Sendable {
    /// The service itself, now.
    package struct Service: Sendable {
        package var journalPosition: Int64
        package var viewPosition: Int64
        /// Both sessions with the broker are up.
        package var isConnected: Bool
        /// Messages of its own that came back through the broker since the start; nil where nobody knows.
        package var canaries: Int64?
        /// Sessions that are connected and deliver nothing.
        package var lanesStuck: Int
        /// What is wrong, in the words of the one who runs it.
        package var problem: String?

        package init(journalPosition: Int64, viewPosition: Int64, isConnected: Bool, canaries: Int64?, lanesStuck: Int, problem: String?) {
            self.journalPosition = journalPosition
            self.viewPosition = viewPosition
            self.isConnected = isConnected
            self.canaries = canaries
            self.lanesStuck = lanesStuck
            self.problem = problem
        }
    }

    /// What is refused, by cause and source.
    package struct Refusal: Sendable {
        package var source: String
        package var reason: String
        package var count: Int64
        package var first: EventTime
        package var last: EventTime

        package init(source: String, reason: String, count: Int64, first: EventTime, last: EventTime) {
            self.source = source
            self.reason = reason
            self.count = count
            self.first = first
            self.last = last
        }
    }

    /// One refused event.
    package struct Refused: Sendable {
        package var position: Int64
        package var index: Int
        package var received: EventTime
        package var source: String
        package var reason: String
        /// The event's own id, where it could be read.
        package var id: String?
        /// How it begins; national identity numbers are masked before anything is stored.
        package var excerpt: String

        package init(position: Int64, index: Int, received: EventTime, source: String, reason: String, id: String?, excerpt: String) {
            self.position = position
            self.index = index
            self.received = received
            self.source = source
            self.reason = reason
            self.id = id
            self.excerpt = excerpt
        }
    }

    /// Reading refused messages again, as far as it has come.
    package enum Replay: Sendable {
        /// Nobody reads again here.
        case impossible
        /// The reader may ask for it; the form's token, nil where there is no session, and where it goes.
        case possible(formToken: String?, path: String)
        case running(since: EventTime, by: String)
    }

    /// How the last reading again ended.
    package struct ReplayOutcome: Sendable {
        package var endedAt: EventTime
        package var by: String
        /// Nil where it did not work.
        package var counts: (accepted: Int, remaining: Int)?

        package init(endedAt: EventTime, by: String, counts: (accepted: Int, remaining: Int)?) {
            self.endedAt = endedAt
            self.by = by
            self.counts = counts
        }
    }

    /// What has been heard of the municipality, whoever sent it.
    package struct Signals: Sendable {
        /// The end of the last quarter in which anything came, heartbeats too; nil where nothing ever has.
        package var lastHeard: EventTime?
        /// Whole days of the last `signalDays` in which nothing came.
        package var silentDays: [LocalTime.Day]
        /// So long without anything is no longer quiet.
        package var silentMillisecondsMax: Int64

        package init(lastHeard: EventTime?, silentDays: [LocalTime.Day], silentMillisecondsMax: Int64) {
            (self.lastHeard, self.silentDays, self.silentMillisecondsMax) = (lastHeard, silentDays, silentMillisecondsMax)
        }
    }

    /// Silent days are looked for in so many days.
    package static let signalDays = 28

    package static let path = "/datakvalitet"

    package var municipality: String
    package var service: Service
    package var signals: Signals
    package var ledgers: [LedgerRecord]
    package var unknownZones: [(name: String, count: Int64)]
    package var unregisteredDevices: Int
    package var refusals: [Refusal]
    package var refused: [Refused]
    package var nextPath: String?
    package var isFirstPage: Bool
    package var replay: Replay
    package var lastReplay: ReplayOutcome?
    package var now: EventTime

    package init(municipality: String, service: Service, signals: Signals, ledgers: [LedgerRecord], now: EventTime) {
        self.municipality = municipality
        self.service = service
        self.signals = signals
        self.ledgers = ledgers
        self.now = now
        (unknownZones, unregisteredDevices, refusals, refused) = ([], 0, [], [])
        (nextPath, isFirstPage, replay, lastReplay) = (nil, true, .impossible, nil)
    }

    package func html(navigation: ReportNavigation, style: Report.StylePlacement) -> String {
        let frame = PageFrame(
            title: "Datakvalitet",
            about: municipality,
            navigation: navigation,
            style: style,
            provenance: "Slik det var \(instant(now)). Journalposisjon \(Norwegian.count(service.journalPosition))."
        )
        let checks = checks
        let problems = checks.count { $0.tone == .problem }
        return Templates.render(
            "qualityPage",
            frame.view.merging([
                "municipality": municipality,
                "lead": problems == 0
                    ? "Mottaket er i orden: det som er sendt, er med i tallene."
                    : "\(Norwegian.count(problems, "ting", "ting")) å se på. Under hver står hva det betyr for tallene, og hva du gjør.",
                "checks": checks.map { $0.view(navigation) }, "hasLedgers": !ledgers.isEmpty, "ledgers": ledgers.map(ledgerView),
                "gaps": ledgers.flatMap(gapViews),
                "hasGaps": ledgers.contains { !$0.missing.isEmpty }, "hasRefused": !refusals.isEmpty,
                "refusals": refusals.map { refusal in
                    let words = RefusalWords(refusal.reason)
                    return [
                        "source": refusal.source, "reason": words.text, "code": refusal.reason, "todo": words.todo, "count": Norwegian.count(refusal.count),
                        "first": instant(refusal.first), "last": instant(refusal.last),
                    ] as View
                },
                "refused": refused.map { event in
                    [
                        "position": Norwegian.count(event.position), "index": event.index == 0 ? false : "\(event.index + 1)" as Any,
                        "received": instant(event.received), "source": event.source, "reason": RefusalWords(event.reason).text, "id": event.id.orHidden,
                        "excerpt": event.excerpt,
                    ] as View
                },
                "next": nextPath.orHidden, "isFirstPage": isFirstPage, "first": navigation.address + "#karantene", "replay": replayView.orHidden,
                "running": runningText.orHidden,
                "outcome": outcomeText.orHidden, "fields": navigation.fields.map { ["name": $0.name, "value": $0.value] as View },
            ]) { $1 }
        )
    }

    private var replayView: View? {
        guard case .possible(let token, let path) = replay else { return nil }
        return ["token": token.orHidden, "path": path]
    }

    private var runningText: String? {
        guard case .running(let since, let name) = replay else { return nil }
        return "Leses på nytt nå, etter ønske fra \(name) (\(instant(since))). Alarmer blir tatt imot som før; last siden på nytt om litt."
    }

    private var outcomeText: String? {
        lastReplay.map { outcome in
            let who = "Sist prøvd igjen \(instant(outcome.endedAt)) av \(outcome.by): "
            guard let counts = outcome.counts else { return who + "det lot seg ikke gjøre, og ingenting er endret. Driftsloggen sier hvorfor." }
            return who + "\(Norwegian.count(counts.accepted)) er godtatt og med i tallene, \(Norwegian.count(counts.remaining)) kunne fortsatt ikke leses."
        }
    }

    private func ledgerView(_ ledger: LedgerRecord) -> View {
        [
            "source": ledger.source, "received": Norwegian.count(ledger.received), "accepted": Norwegian.count(ledger.accepted),
            "duplicates": Norwegian.count(ledger.duplicates), "rejected": Norwegian.count(ledger.rejected), "late": Norwegian.count(ledger.late),
            "clocks": Norwegian.count(ledger.noClock + ledger.unsetClock + ledger.future), "reuse": Norwegian.count(ledger.sequenceReuse),
            "reuseSince": (ledger.sequenceReuseFirst.map(instant)).orHidden,
            "numbers": ledger.firstSequence.flatMap { first in ledger.lastSequence.map { "\(Norwegian.count(first))–\(Norwegian.count($0))" } }
                ?? "har ikke nummer",
            "missing": Norwegian.count(ledger.missing.reduce(0) { $0 + Int64($1.count) }),
        ]
    }

    /// Missing ranges of a source, as many as are named; then how many more.
    private func gapViews(_ ledger: LedgerRecord) -> [View] {
        let named = ledger.missing.prefix(QualityPage.gapsNamedMax).map { range -> View in
            let text = range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound)–\(range.upperBound)"
            return ["source": ledger.source, "range": text, "count": Norwegian.count(range.count)]
        }
        let rest = ledger.missing.dropFirst(QualityPage.gapsNamedMax)
        guard !rest.isEmpty else { return named }
        let count = rest.reduce(0) { $0 + Int64($1.count) }
        return named + [["source": ledger.source, "range": "og \(Norwegian.count(rest.count)) spenn til", "count": Norwegian.count(count)]]
    }

    private static let gapsNamedMax = 50

    func instant(_ time: EventTime) -> String { Norwegian.instant(time, .oslo) }
}
