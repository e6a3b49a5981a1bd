import Strategy
import Workload

/// Every figure's definition: the page of help prints them all, and pages and files link to them by `id`.
///
/// Limits are taken from where the figures are computed, and indicators from their catalogue, so that no text can go its own way.
package enum Glossary {
    package struct Definition: Equatable, Sendable {
        /// Its anchor: the same on the page of help and in the definitions of a file.
        package var id: String
        package var term: String
        package var text: String

        init(_ id: String, _ term: String, _ text: String) { (self.id, self.term, self.text) = ("d-" + id, term, text) }
    }

    /// Definitions that belong together.
    package struct Group: Sendable {
        package var id: String
        package var title: String
        package var definitions: [Definition]
    }

    /// The page that holds them all.
    package static let path = "/hjelp"

    package static let groups = [
        Group(id: "alarmer", title: "Alarmer og svar", definitions: alarms), Group(id: "belastning", title: "Belastning", definitions: load),
        Group(id: "bemanning", title: "Bemanning", definitions: staffing), Group(id: "maal", title: "Mål og gevinst", definitions: goals),
        Group(id: "indikatorer", title: "Indikatorene", definitions: IndicatorMeasure.allCases.map { Definition($0) }),
        Group(id: "framskriving", title: "Framskriving og sammenligning", definitions: years),
        Group(id: "enheter", title: "Enheter", definitions: devices), Group(id: "datakvalitet", title: "Datakvalitet", definitions: quality),
        Group(id: "usikkerhet", title: "Usikkerhet og det som skjules", definitions: certainty),
    ]

    package static let all = groups.flatMap(\.definitions)

    /// What the whole report needs to be read, in the order of its sections.
    static let ofReport =
        [
            "alarmer", "responsbelastning", "vakttid", "flere-ute", "samtidighet", "vakt", "svartid", "utrykningstid", "median", "provealarmer", "intervall",
            "skjult", "frigjort", "realisert",
            "dekning",
            "eksempel", "livstegn", "status", "nullpunkt",
        ].map(definition) + staffing + [definition("utvikling")] + quality + [Definition(.closedAtCentre)]

    /// What load against staffing needs to be read alone.
    static let ofStaffing = staffing + ["responsbelastning", "vakttid", "flere-ute", "samtidighet", "vakt", "intervall"].map(definition)

    /// - Parameter id: without `d-`; one that is there.
    static func definition(_ id: String) -> Definition {
        guard let found = all.first(where: { $0.id == "d-" + id }) else { preconditionFailure("the glossary has no \(id)") }
        return found
    }

    /// Where a definition stands on the page of help.
    static func address(_ id: String) -> String { "\(path)#\(definition(id).id)" }

    /// A term of a template as a link to its definition: on the page of help, or in the same file's definitions.
    static func link(_ id: String, _ text: String) -> String { "<a href=\"{{help}}#\(definition(id).id)\">\(text)</a>" }

    /// The same on pages whose files have no definitions: there the text alone.
    static func pageLink(_ id: String, _ text: String) -> String {
        "{{#helpPath}}<a href=\"{{.}}#\(definition(id).id)\">\(text)</a>{{/helpPath}}{{^helpPath}}\(text){{/helpPath}}"
    }

    /// The way to a definition beside a heading.
    static func mark(_ id: String) -> String {
        let definition = definition(id)
        return "<a class=\"why\" href=\"{{help}}#\(definition.id)\"><span aria-hidden=\"true\">?</span>"
            + "<span class=\"hidden\">Hva betyr \(definition.term.lowercasedFirst)?</span></a>"
    }

    /// The same on pages whose files have no definitions: there nothing.
    static func pageMark(_ id: String) -> String {
        "{{#helpPath}}\(mark(id).replacing("{{help}}", with: "{{.}}")){{/helpPath}}"
    }

    private static func minutes(_ milliseconds: Int64) -> String { "\(milliseconds / 60_000)" }

    private static var alarms: [Definition] {
        let answer = KeyFigures.answerLimitsMilliseconds.map { "\($0 / 1000)" }
        let attendance = KeyFigures.attendanceLimitsMilliseconds.map(minutes)
        return [
            .init("alarmer", "Alarmer", "Alarmer som ble utløst i perioden, uten prøvealarmer. Flere meldinger om samme alarm er én alarm."),
            .init(
                "apne",
                "Åpne alarmer",
                "Alarmer som er utløst og ikke lukket ennå, uten prøvealarmer og uten alarmer som bare er kjent fra innlest historikk."
            ),
            .init(
                "apne-utrykninger",
                "Åpne utrykninger",
                "Åpne alarmer der noen er sendt, har sagt ja, har dratt eller er framme. Føres på sonen som rykker ut."
            ),
            .init("venter", "Venter lengst på svar", "Hvor lenge den eldste åpne alarmen uten registrert svar har stått."),
            .init("siste-dogn", "Alarmer siste døgn", "Alarmer utløst de siste 24 timene, uten prøvealarmer."),
            .init(
                "signaler",
                "Livstegn og målinger siste time",
                "Livstegn og målinger som enheter sender av seg selv, i kvarteret som går, og de tre før. Alarmer er ikke med."
            ),
            .init(
                "svartid",
                "Svartid",
                "Fra alarmen utløses til den besvares. Andelene innen \(Norwegian.list(answer)) sekunder regnes av dem som er besvart; ubesvarte telles for seg."
            ),
            .init(
                "utrykningstid",
                "Utrykningstid",
                "Fra noen sendes til noen er framme. Andelene innen \(Norwegian.list(attendance)) minutter regnes av dem med begge tidspunkt."
            ),
            .init("median", "Median og 90 %", "Halvparten gikk raskere enn medianen, ni av ti raskere enn det andre tallet (nærmeste rang, ingen utjevning)."),
            .init("provealarmer", "Prøvealarmer", "Alarmer som sentralen eller enheten selv kaller prøver. De holdes utenfor alle tall."),
        ]
    }

    private static let load: [Definition] = [
        .init(
            "responsbelastning",
            "Responsbelastning",
            "Tiden medarbeidere er på utrykning (fra de drar, ellers tar oppdraget, ellers sendes, til alarmen lukkes) ganger antall medarbeidere, delt på tidens lengde. Enheten er erlang: 0,25 er et kvarter av timen. Føres på sonen som rykker ut."
        ),
        .init(
            "vakttid",
            "Andel av vakttiden",
            "Utrykningstimer delt på timer i turnus (antall på vakt × vaktens virkelige lengde; netter når klokka stilles er 7 eller 9 timer)."
        ),
        .init(
            "flere-ute",
            "Flere ute enn på vakt",
            "Kvarter der det største antallet ute på ett tidspunkt er høyere enn snittet av antall på vakt i kvarteret, om det så bare var et øyeblikk. En vakt teller med når den har minst ett slikt kvarter. En utrykning med to medarbeidere teller som to ute, også når det ikke er to utrykninger samtidig."
        ),
        .init(
            "turnus",
            "Turnus",
            "Hvor mange som er på vakt i hver sone, vakt for vakt. Den som drifter Vaktlast, legger den inn som filen roster.csv ved siden av municipality.yaml; "
                + "hvordan den skrives, står i docs/leader.md."
        ),
        .init("samtidighet", "Samtidighet", "Tid med to eller flere utrykninger åpne i samme sone, uansett hvor mange medarbeidere hver har."),
        .init(
            "vakt",
            "Vakt",
            "Et kvarter hører til vakten med flest på jobb; uten turnus går dag 07–15, kveld 15–23 og natt 23–07. Helligdager følger søndag når turnusen ikke har egne linjer."
        ),
    ]

    private static let certainty: [Definition] = [
        .init(
            "intervall",
            "Usikkerhet",
            "95 %-intervall: Wilson for andeler, ellers som hver definisjon sier. Under \(Share.smallBelow) i nevneren sier vi ingenting: «for få til å si»."
        ),
        .init(
            "sammenligning",
            "Sammenligning med andre perioder",
            "Perioden mot den av samme slag før den og den samme for ett år siden. Antall regnes per døgn med data. Mer enn tilfeldig er en endring når "
                + "95 %-intervallet ikke rommer ingen endring; det slår ut én av tjue ganger av ren tilfeldighet."
        ),
        .init(
            "skjult",
            "Skjult",
            "I det som går ut av kommunen, skjules tall som bygger på færre enn \(Share.smallBelow), og det tallet som skulle til for å regne dem ut av en sum."
        ),
        .init(
            "dekning",
            "Hva tallene dekker",
            "Øverst på hver side står hvilke døgn det finnes data for. Utvikling sies bare over perioder som har data fra alle døgn."
        ),
        .init(
            "eksempel",
            "Eksempel",
            "Mål, nullpunkt, folketall og satser som følger med programmet, er oppdiktede og merket som eksempler til kommunen setter sine egne."
        ),
        .init(
            "etterproving",
            "Etterprøving",
            "Alle tall regnes fra journalen. Posisjonen nederst på siden sier hvor langt den var lest: samme posisjon gir samme tall."
        ),
    ]
}

extension String {
    /// The text with no line broken between a number and its percent sign.
    var unbrokenPercent: String { replacing(" %", with: Norwegian.space + "%") }
}
