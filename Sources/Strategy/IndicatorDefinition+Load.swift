extension IndicatorDefinition {
    private static let noTests = "Prøvealarmer; døgn som ikke er dekket av data fra midnatt til midnatt."

    /// Definitions of figures about call-outs and their time.
    static func ofLoad(_ measure: IndicatorMeasure) -> IndicatorDefinition {
        switch measure {
        case .callOutsPer100Users:
            rate(
                measure,
                "Utrykninger i hele lokale døgn × 100 × 30, delt på antall brukere × antall hele døgn. En utrykning er en alarm der noen ble "
                    + "sendt, tok oppdraget, dro eller kom fram; den telles i det døgnet da noen først ble bedt om å dra. Intervallet regner "
                    + "utrykningene som uavhengige; er noen få brukere årsak til mange, er det virkelige intervallet bredere.",
                "utrykninger"
            )
        case .nightCallOutsPer100Users:
            rate(
                measure,
                "Som utrykninger per 100 brukere og 30 døgn, men bare dem der noen ble bedt om å dra mellom kl. 23 og kl. 07.",
                "utrykninger mellom kl. 23 og kl. 07"
            )
        case .callOutHoursPer100Users:
            .init(
                measure: measure,
                version: 1,
                text: "Utrykningstimer i hele lokale døgn × 100 × 30, delt på antall brukere × antall hele døgn. En time med to "
                    + "medarbeidere teller som to. Intervallet er Students t over døgnene (minst 7).",
                numerator: "utrykningstimer i hele lokale døgn",
                denominator: "brukere × hele døgn / 3000",
                exclusions: noTests + " Utrykninger uten slutt, i ulovlig rekkefølge eller lengre enn 6 timer.",
                counted: "hele lokale døgn",
                minimumCount: IndicatorFigure.dayCountMin,
                category: .savedTime,
                uncertainty: .studentOverDays,
                source: "Hendelser fra alarmsentralen og registeret over brukere."
            )
        case .repeatUsers:
            .init(
                measure: measure,
                version: 2,
                text: "De 5 % av brukerne som har flest utrykninger i hele lokale døgn (rundet opp): hvor stor andel av alle brukernes utrykninger "
                    + "de har. En bruker er en bolig i registeret, og alle boligens enheter regnes til den: en enhet hører til den enheten dens "
                    + "referanse begynner med, fulgt av bindestrek. Ingen blir navngitt eller listet. Vises fra 100 brukere, slik at gruppen aldri er færre enn fem. Andelen er større jo kortere perioden er: "
                    + "sammenlign like lange perioder.",
                numerator: "utrykninger hos de 5 % med flest",
                denominator: "utrykninger hos registrerte brukere",
                exclusions: noTests + " Utrykninger til enheter som ikke står i registeret.",
                counted: "registrerte brukere",
                minimumCount: 100,
                category: .betterQuality,
                uncertainty: .bootstrap,
                source: "Hendelser fra alarmsentralen og registeret over brukere."
            )
        case .simultaneousResponses:
            share(
                measure,
                "Av alle utrykninger: andelen som begynte mens en annen utrykning pågikk i samme ansvarlige sone.",
                of: "utrykninger som begynte mens en annen pågikk i sonen",
                "utrykninger med gyldig start og slutt",
                without: "Prøvealarmer; utrykninger uten slutt, i ulovlig rekkefølge eller lengre enn 6 timer.",
                .savedTime
            )
        default:
            .init(
                measure: .unplannedShare,
                version: 1,
                text: "Utrykningstimer i hele lokale døgn delt på timene som turnusen har på vakt i de samme døgnene.",
                numerator: "utrykningstimer",
                denominator: "timer på vakt etter turnus",
                exclusions: noTests + " Soner uten turnus.",
                counted: "hele lokale døgn",
                minimumCount: IndicatorFigure.dayCountMin,
                category: .savedTime,
                uncertainty: .bootstrap,
                source: "Hendelser fra alarmsentralen og kommunens turnus."
            )
        }
    }

    private static func rate(_ measure: IndicatorMeasure, _ text: String, _ numerator: String) -> IndicatorDefinition {
        .init(
            measure: measure,
            version: 1,
            text: text,
            numerator: numerator,
            denominator: "brukere × hele døgn / 3000",
            exclusions: noTests,
            counted: "utrykninger",
            // With none the interval still has an upper end; that it is told from one whole week on is what keeps it honest.
            minimumCount: 0,
            category: .savedTime,
            uncertainty: .garwood,
            source: "Hendelser fra alarmsentralen og registeret over brukere."
        )
    }
}
