import Telemetry
import Workload

extension QualityPage {
    /// One thing that can be wrong: how it is, what that means for the figures, and what to do.
    struct Check {
        var id: String
        var title: String
        var state: String
        var tone: Report.Headline.Tone
        var meaning = ""
        var todo = ""

        func view(_ navigation: ReportNavigation) -> View {
            [
                "title": title, "state": state, "tone": tone.css, "mark": tone.mark, "meaning": meaning,
                "pieces": ReportNavigation?.some(navigation).pieces(of: todo),
                "hasMore": !meaning.isEmpty, "definition": Glossary.definition(id).id, "term": Glossary.definition(id).term.lowercasedFirst,
            ]
        }
    }

    /// Views that lag no more than this are in step: about a second of a busy service.
    private static let lagMax: Int64 = 20_000

    var checks: [Check] { [signalCheck] + serviceChecks + ledgerChecks + oddities }

    /// Silence looks like calm in every figure, so that it is told first.
    private var signalCheck: Check {
        var check = Check(id: "tause-dogn", title: "Signaler", state: "Ingenting er mottatt ennå.", tone: .problem)
        guard let last = signals.lastHeard else {
            check.meaning = "Uten signaler er det ingen tall."
            check.todo = "Be alarmsentralen begynne å sende: se docs/alarm-central.md."
            return check
        }
        let isSilentNow = now - last > signals.silentMillisecondsMax
        var parts = isSilentNow ? ["Ingen signaler siden \(instant(last))."] : []
        if !signals.silentDays.isEmpty { parts.append("Det kom ingenting, ikke engang livstegn, \(Norwegian.dates(signals.silentDays)).") }
        guard !parts.isEmpty else {
            check.state = "Det kommer signaler hver dag, sist \(instant(min(last, now)))."
            check.tone = .good
            return check
        }
        check.state = parts.joined(separator: " ")
        check.meaning = "Stille er ikke rolig: alarmer derfra mangler. Døgn uten signaler er ikke regnet med i tallene."
        check.todo = "Spør alarmsentralen om forbindelsen var nede, og be den sende det som mangler. Tallene rettes av seg selv."
        return check
    }

    private var serviceChecks: [Check] {
        let lag = max(0, service.journalPosition - service.viewPosition)
        var connection = Check(id: "prove-av-forbindelsen", title: "Forbindelsen", state: "", tone: .good)
        if !service.isConnected || service.problem != nil || service.lanesStuck > 0 {
            connection.state =
                service.lanesStuck > 0 ? "Koblet til, men ingenting kommer fram." : "Tjenesten har ikke kontakt med megleren, eller kan ikke lagre."
            connection.tone = .problem
            connection.meaning = "Alarmer venter hos megleren og kommer når forbindelsen er der igjen. Til da er tallene for de siste timene for lave."
            connection.todo = "Be den som drifter tjenesten kjøre vaktlast doctor." + (service.problem.map { " Tjenesten sier: \($0)" } ?? "")
        } else {
            connection.state = service.canaries.map { $0 > 0 ? "Oppe, og \(Norwegian.count($0)) prøver har kommet fram siden start." : "Oppe." } ?? "Oppe."
        }
        let isBehind = lag > QualityPage.lagMax
        return [
            connection,
            Check(
                id: "etterslep",
                title: "Etterslep",
                state: isBehind
                    ? "\(Norwegian.count(lag, "melding", "meldinger")) er lagret, men ikke med på sidene ennå." : "Sidene viser alt som er tatt imot.",
                tone: isBehind ? .problem : .good,
                meaning: isBehind ? "Tallene er riktige så langt de rekker, men de siste minuttene mangler." : "",
                todo: isBehind ? "Vent litt og last siden på nytt. Går det ikke ned, be den som drifter tjenesten se i loggen." : ""
            ),
        ]
    }

    private var ledgerChecks: [Check] {
        let missing = ledgers.flatMap(\.missing).reduce(0) { $0 + Int64($1.count) }
        let rejected = sum(\.rejected)
        let reuse = sum(\.sequenceReuse)
        let clocks = ledgers.reduce(0) { $0 + $1.noClock + $1.unsetClock + $1.future }
        let unknown = unknownZones.reduce(0) { $0 + $1.count }
        let names = unknownZones.prefix(Report.listedMax).map { "«\($0.name)» (\(Norwegian.count($0.count)))" }
        return [
            check("manglende", "Manglende nummer", missing, "Ingen hull i nummereringen.", "\(Norwegian.count(missing)) nummer er ikke kommet fram.") {
                (
                    "Alarmene bak dem er ikke med: belastningen kan være høyere enn tallene sier.",
                    "Be kilden sende spennene i tabellen under på nytt. Tallene rettes av seg selv."
                )
            },
            check("avvist", "Avvist", rejected, "Ingen hendelser er avvist.", "\(Norwegian.count(rejected, "hendelse", "hendelser")) kunne ikke leses.") {
                ("De er ikke med i tallene, men de er ikke borte: de ligger i karantene.", "Rett årsaken som står ved hver, og prøv igjen.")
            },
            check(
                "gjenbruk",
                "Gjenbrukt nummer",
                reuse,
                "Ingen nummer er brukt to ganger.",
                "\(Norwegian.count(reuse)) ganger er et nummer brukt om noe annet."
            ) {
                (
                    "Alle hendelsene er med i tallene, men vi kan ikke lenger si sikkert om noe mangler.",
                    "Spør kilden om den ble satt tilbake eller skiftet ut da det begynte. Den må ikke begynne på nytt på 1."
                )
            },
            check(
                "forsinket",
                "Forsinket",
                sum(\.late),
                "Ingen hendelser kom for sent.",
                "\(Norwegian.count(sum(\.late))) kom mer enn 15 minutter etter at de hendte.",
                isProblem: false
            ) {
                (
                    "De er regnet med i timen de hørte til. Rapporter laget før de kom, viste litt for lave tall.",
                    "Kommer mange, spør kilden hvorfor de holdes tilbake."
                )
            },
            check("klokke", "Klokker", clocks, "Alle hendelser hadde troverdig tid.", "\(Norwegian.count(clocks)) manglet tid eller hadde feil klokke.") {
                ("Mottakstiden er brukt. Svartid og utrykningstid kan være noen sekunder feil for disse.", "Be kilden eller leverandøren stille klokka (NTP).")
            },
            check(
                "ukjent-sone",
                "Soner",
                unknown,
                "Alle hendelser har kjent sone.",
                "\(Norwegian.count(unknown)) har en sone som ikke er satt opp: \(Norwegian.list(Array(names)))."
            ) {
                ("De føres på «ukjent sone» og mangler i sonens tall.", "Be kilden bruke sonenavnene i municipality.yaml, eller legg til sonen der.")
            },
            check(
                "registrert",
                "Enheter utenfor registeret",
                Int64(unregisteredDevices),
                "Alle enheter som sender, er registrert.",
                "\(Norwegian.count(unregisteredDevices, "enhet", "enheter")) sender uten å stå i registeret."
            ) {
                (
                    "Alarmene deres er med, men i ukjent sone hvis ikke sentralen sier sonen, og livstegn følges ikke.",
                    "Legg dem i devices.csv. Se Enheter."
                )
            },
        ]
    }

    private var oddities: [Check] {
        var counts: [String: Int64] = [:]
        for ledger in ledgers { counts.merge(ledger.oddities, uniquingKeysWith: +) }
        guard !counts.isEmpty else { return [] }
        let listed = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(Report.listedMax).map { "\($0.key) (\(Norwegian.count($0.value)))" }
        return [
            Check(
                id: "avvik",
                title: "Avvik i enhetenes egne meldinger",
                state: Norwegian.list(Array(listed)) + ".",
                tone: .neutral,
                meaning: "Meldingene er lest og med i tallene.",
                todo: "Be avsenderen rette det før det blir et problem."
            )
        ]
    }

    private func sum(_ field: KeyPath<LedgerRecord, Int64>) -> Int64 { ledgers.reduce(0) { $0 + $1[keyPath: field] } }

    private func check(
        _ id: String,
        _ title: String,
        _ count: Int64,
        _ good: String,
        _ bad: String,
        isProblem: Bool = true,
        _ words: () -> (meaning: String, todo: String)
    ) -> Check {
        guard count > 0 else { return Check(id: id, title: title, state: good, tone: .good) }
        let (meaning, todo) = words()
        return Check(id: id, title: title, state: bad, tone: isProblem ? .problem : .neutral, meaning: meaning, todo: todo)
    }
}

/// Why something was refused, as people say it; the words of CONTRACT's reasons stand beside for the supplier.
struct RefusalWords {
    let text: String
    let todo: String
    /// What to do for the source itself.
    var ownTodo: String { todo.replacing("Be kilden ", with: "Dere må ") }

    init(_ reason: String) {
        let parts = reason.split(separator: ":", maxSplits: 1).map(String.init)
        let detail = parts.count == 2 ? parts[1] : ""
        (text, todo) =
            switch parts.first {
            case "too-large": ("Meldingen er for stor", "Be kilden dele den opp.")
            case "bad-compression": ("Meldingen er pakket på en måte som ikke kan pakkes ut", "Be kilden pakke med gzip eller zstd.")
            case "not-utf8", "not-json": ("Meldingen er ikke gyldig JSON i UTF-8", "Be kilden rette formatet.")
            case "not-an-event": ("Meldingen er ikke en hendelse", "Be kilden følge formatet i docs/alarm-central.md.")
            case "too-many-events": ("For mange hendelser i én melding", "Be kilden dele dem på flere meldinger.")
            case "personal-data":
                (
                    "Meldingen inneholdt et fødselsnummer eller D-nummer",
                    "Nummeret er skjult før lagring. Be kilden slutte å sende det, og send hendelsen på nytt uten."
                )
            case "unknown-type": ("Ukjent slags hendelse", "Be kilden bruke typene i docs/alarm-central.md, eller oppdater Vaktlast.")
            case "bad-time": ("Tiden kan ikke leses", "Be kilden sende tid med tidssone.")
            case "missing": ("Feltet «\(detail)» mangler", "Be kilden sende det.")
            case "bad": ("Feltet «\(detail)» har en verdi som ikke er lov", "Be kilden rette verdien.")
            case "bad-topic": ("Emnet meldingen kom på, leder ingen steder", "Rett emnet hos kilden, eller sett opp kommunen og kilden.")
            case "unknown-codec": ("Enhetens format er ikke satt opp", "Legg til en profil i devices/ og prøv igjen.")
            case "codec": ("Enhetens melding kunne ikke leses: \(detail)", "Rett profilen i devices/ og prøv igjen, eller be leverandøren rette meldingen.")
            default: ("Avvist: \(reason)", "Spør den som drifter tjenesten.")
            }
    }
}
