import Hummingbird
import Languages
import Reports
import Store
import Telemetry

/// Scheduled reports on a page of administration, of the municipalities the caller reaches.
extension Site {
    /// Deliveries that have come to their end, on the page; `vaktlast schedule list` has all.
    private static let endedMax = 100

    func deliveriesPage(_ caller: Access.Caller) throws -> Response {
        let now = face.now()
        let all = try face.scheduled?() ?? ScheduledReports(schedules: [], deliveries: [], refused: [])
        let schedules = all.schedules.filter { caller.reaches([$0.municipality]) }
        let deliveries = all.deliveries.filter { caller.reaches([$0.key.municipality]) }
        let open = deliveries.filter { $0.state == .waiting || $0.state == .givenUp }
        let ended = deliveries.filter { $0.state != .waiting && $0.state != .givenUp }.suffix(Site.endedMax)
        let planned = FormPage.Table(
            caption: "Planlagte rapporter, slik schedule.yaml i hver kommune sier.",
            columns: ["Rapport", "Kommune", "Neste gang", "Periode", "Som", "Til", "Utgave"],
            rows: schedules.map { schedule in
                [
                    .init(OwnText.marked(schedule.name)), .init(schedule.municipality), .init(schedule.next.map { Site.shown($0.due) } ?? "aldri"),
                    .init(schedule.next?.period ?? "–"), .init(schedule.formats.joined(separator: ", ")),
                    .init(schedule.receivers.map(OwnText.marked).joined(separator: ", ")),
                    .init(schedule.isExternal ? "ekstern" : "intern"),
                ]
            },
            empty: "Ingen rapporter sendes av seg selv. Legg en schedule.yaml i kommunens mappe: se docs/operate.md."
        )
        func table(_ caption: String, _ rows: some Sequence<Delivery>, empty: String) -> FormPage.Part {
            .table(
                .init(
                    caption: caption,
                    columns: ["Rapport", "Kommune", "Periode", "Som", "Til", "Skulle ut", "Tilstand", "Forsøk", "Feil"],
                    rows: rows.map { delivery in
                        [
                            .init(OwnText.marked(delivery.key.schedule)), .init(delivery.key.municipality), .init(delivery.key.period),
                            .init(delivery.key.format),
                            .init(delivery.key.receiver == "folder" ? "mappe" : OwnText.marked(delivery.key.receiver)), .init(Site.shown(delivery.due)),
                            .init(Site.state(of: delivery, now)), .init("\(delivery.tries)"), .init(Site.fault(of: delivery, now)),
                        ]
                    },
                    empty: empty
                )
            )
        }
        let refused = all.refused.filter { caller.reaches([$0]) }.map { number in
            FormPage.Part.problem(
                "schedule.yaml for kommune \(number) er endret til noe som ikke kan brukes. Det som sto før, gjelder; tjenestens logg sier hva som er galt."
            )
        }
        let parts: [FormPage.Part] =
            [Site.places(.deliveries)] + refused
            + [.table(planned), .heading("Ikke kommet fram"), table("Venter, eller er gitt opp.", open.reversed(), empty: "Alt som skulle ut, er ute.")]
            + [.heading("Sendt"), table("De siste \(Site.endedMax), den nyeste øverst.", ended.reversed(), empty: "Ingenting er sendt ennå.")]
        let cover = "Rapporter som går ut av seg selv: når, til hvem, og om de kom fram. Send én på nytt med vaktlast schedule run."
        return page(.init(title: "Utsendinger", over: "Administrasjon", cover: cover, parts: parts), caller, in: .administration)
    }

    private static func state(of delivery: Delivery, _ now: EventTime) -> String {
        let next = delivery.mayBeTried <= now ? "straks" : shown(delivery.mayBeTried)
        return switch delivery.state {
        case .waiting where delivery.tries == 0: "venter"
        case .waiting where delivery.isClaimed(at: now): "sendes nå; blir det avbrutt, prøves det igjen \(next)"
        case .waiting: delivery.said == nil ? "avbrutt, prøves igjen \(next)" : "feilet, prøves igjen \(next)"
        case .sent: "sendt \(delivery.ended.map(shown) ?? "")"
        case .givenUp: "gitt opp \(delivery.ended.map(shown) ?? "")"
        case .skipped: "hoppet over: for gammel etter et avbrudd"
        case .withdrawn: "trukket: står ikke lenger i schedule.yaml"
        }
    }

    /// Why the last try failed, in the words of whoever refused it.
    private static func fault(of delivery: Delivery, _ now: EventTime) -> String {
        if let said = delivery.said { return OwnText.marked(said) }
        return delivery.state == .waiting && delivery.tries > 0 && !delivery.isClaimed(at: now) ? "tjenesten stanset under sendingen" : "–"
    }
}
