package import Telemetry
package import Workload

/// The start page of an alarm central: the ledger of its own source, what is missing in it, and what was refused.
package struct SourcePage: Sendable {
    /// An event that could not be read.
    package struct Refused: Sendable {
        package var position: Int64
        package var received: EventTime
        package var reason: String
        package var id: String?

        package init(position: Int64, received: EventTime, reason: String, id: String?) {
            (self.position, self.received, self.reason, self.id) = (position, received, reason, id)
        }
    }

    package var municipality: String
    /// Empty where nothing has come yet.
    package var ledger: LedgerRecord
    /// When the newest alarm of the source was raised; nil without any.
    package var lastAlarm: EventTime?
    /// The newest first.
    package var refused: [Refused]
    /// The same for programs.
    package var apiPath: String
    package var now: EventTime

    private static let gapsMax = 50

    package init(municipality: String, ledger: LedgerRecord, lastAlarm: EventTime?, refused: [Refused], apiPath: String, now: EventTime) {
        self.municipality = municipality
        self.ledger = ledger
        self.lastAlarm = lastAlarm
        self.refused = refused
        self.apiPath = apiPath
        self.now = now
    }

    package var page: FormPage {
        FormPage(
            title: "Kilden \(ledger.source)",
            over: municipality,
            cover: ledger.received == 0
                ? "Ingenting er mottatt fra kilden ennå." : "Det som er mottatt fra kilden, og det som mangler. Slik det var \(moment(now)).",
            parts: [
                .heading("Mottatt"), .terms(terms), .heading("Nummer som mangler"), gapText, .table(gaps), .heading("Nyeste avviste hendelser"), .table(rows),
                .links([.init(title: "Regnskapet som JSON", path: apiPath)], label: "For programmer"),
            ]
        )
    }

    private var terms: [(term: String, text: String)] {
        let numbers = ledger.firstSequence.flatMap { first in ledger.lastSequence.map { "\(Norwegian.count(first))–\(Norwegian.count($0))" } }
        let reuse = ledger.sequenceReuseFirst.map { ", første gang \(moment($0))" } ?? ""
        return [
            ("Siste alarm", lastAlarm.map { "utløst \(moment($0))" } ?? "ingen"),
            ("Hendelser mottatt", "\(Norwegian.count(ledger.received)) i \(Norwegian.count(ledger.messages, "melding", "meldinger"))"),
            ("Godtatt", Norwegian.count(ledger.accepted)), ("Mottatt før, ikke telt på nytt", Norwegian.count(ledger.duplicates)),
            ("Avvist, ligger i karantene", Norwegian.count(ledger.rejected)), ("Kom for sent, men er regnet med", Norwegian.count(ledger.late)),
            ("Uten troverdig klokke", Norwegian.count(ledger.noClock + ledger.unsetClock + ledger.future)), ("Nummer", numbers ?? "har ikke nummer"),
            ("Nummer brukt om igjen", Norwegian.count(ledger.sequenceReuse) + reuse),
        ]
    }

    private var gapText: FormPage.Part {
        let missing = ledger.missing.reduce(0) { $0 + Int64($1.count) }
        guard missing > 0 else { return .text(ledger.firstSequence == nil ? "Kilden nummererer ikke hendelsene, så hull kan ikke sees." : "Ingen hull.") }
        return .text("\(Norwegian.count(missing)) nummer er ikke mottatt. Send dem på nytt: de telles én gang, og tallene rettes.")
    }

    private var gaps: FormPage.Table {
        let shown = ledger.missing.prefix(SourcePage.gapsMax)
        let more = ledger.missing.count - shown.count
        return FormPage.Table(
            caption: "Spenn av nummer som mangler" + (more > 0 ? "; \(Norwegian.count(more)) til står i JSON" : ""),
            columns: ["Fra", "Til", "Antall"],
            rows: shown.map { [.init("\($0.lowerBound)"), .init("\($0.upperBound)"), .init(Norwegian.count(Int64($0.count)))] },
            empty: "Ingen nummer mangler."
        )
    }

    private var rows: FormPage.Table {
        FormPage.Table(
            caption: "De nyeste først. Det samme sto i kvitteringen for meldingen.",
            columns: ["Mottatt", "Posisjon", "Hendelse", "Hvorfor", "Gjør"],
            rows: refused.map { event in
                let words = RefusalWords(event.reason)
                return [
                    .init(moment(event.received)), .init("\(event.position)"), .init(event.id ?? "–"), .init("\(words.text) (\(event.reason))"),
                    .init(words.ownTodo),
                ]
            },
            empty: "Ingenting er avvist."
        )
    }

    private func moment(_ time: EventTime) -> String { Norwegian.instant(time, .oslo) }
}
