extension IndicatorDefinition {
    /// Definitions of figures about devices, technology and what it gives.
    static func ofTechnology(_ measure: IndicatorMeasure) -> IndicatorDefinition {
        switch measure {
        case .deviceAvailability:
            share(
                measure,
                "Enhetsdøgn med livstegn delt på alle enhetsdøgn for registrerte enheter. Døgn for samme enhet henger "
                    + "sammen, så det virkelige intervallet er bredere enn det viste.",
                of: "enhetsdøgn (UTC) med livstegn",
                "enhetsdøgn for registrerte enheter",
                without: "Døgn før enheten ble registrert og etter at den ble tatt ut.",
                .betterQuality,
                source: "Hendelser fra enhetene og kommunens register over enheter."
            )
        case .ladderNotRisen:
            share(
                measure,
                "Av brukere som står i registeret både ved periodens begynnelse og slutt: andelen på samme eller lavere trinn i trappa.",
                of: "brukere på samme eller lavere trinn",
                "brukere registrert både ved begynnelsen og slutten, med trinn",
                without: "Brukere uten trinn i registeret; brukere som kom til eller falt fra i perioden.",
                .betterQuality,
                source: "Kommunens register over enheter (kolonnen trinn)."
            )
        case .freedHours:
            .init(
                measure: measure,
                version: 2,
                text: "Frigjort tid per teknologi (antall × andel som erstatter × minutter spart) minus nytt arbeid (antall × minutter), omregnet "
                    + "til 30 døgn. Antallet er utførte oppgaver (digitale tilsyn, doser, låsåpninger), og for trygghetsalarm alarmer lukket på "
                    + "sentralen uten å være utilsiktede eller tekniske. Nytt arbeid er oppgaver som endte med oppfølging, utrykninger til "
                    + "utilsiktede alarmer og utrykninger til enheter som ikke virket, hver under den teknologien enheten hører til. Et regnestykke "
                    + "på forutsetningene i benefits.yaml, ikke en måling, og aldri det samme som realisert gevinst.",
                numerator: "frigjorte timer minus timer med nytt arbeid",
                denominator: "døgn i perioden / 30",
                exclusions: "Teknologier uten forutsetninger eller uten tellinger; nytt arbeid som benefits.yaml ikke gir minutter; tekniske besøk "
                    + "uten alarm (batteribytte); alarmer lukket på sentralen som utilsiktet eller teknisk; det som skjedde utenfor hele lokale døgn.",
                counted: "tellinger som inngår (utførte oppgaver, alarmer lukket på sentralen og nytt arbeid)",
                minimumCount: 1,
                category: .savedTime,
                uncertainty: .assumptions,
                source: "Tellinger fra enheter og alarmsentral; forutsetninger i benefits.yaml."
            )
        case .realisedHours:
            account(
                measure,
                "Timer som lederne har ført som realisert fra nyttår til og med perioden: færre vakter, flere brukere eller bedre tjeneste.",
                "timer",
                .savedTime
            )
        case .realisedKroner:
            account(measure, "Kroner som lederne har ført som realisert fra nyttår til og med perioden.", "kroner", .avoidedCost)
        default: users(measure)
        }
    }

    private static func users(_ measure: IndicatorMeasure) -> IndicatorDefinition {
        let what = measure.technology?.bokmal ?? "minst én teknologi (en bruker med to teknologier teller én gang)"
        return .init(
            measure: measure,
            // Until version 2 a user with two technologies counted as two in the sum.
            version: measure.technology == nil ? 3 : 2,
            text: "Brukere med \(what) ved periodens slutt × 1000, delt på innbyggere som er 80 år og eldre. En bruker er en bolig i registeret "
                + "med minst én slik enhet. Tilleggsenheter som røykvarslere og sensorer telles for seg og gjør ingen til bruker av teknologien. "
                + "Brukere under 80 år er med i telleren, for registeret kjenner ikke alder.",
            numerator: "boliger med minst én slik enhet",
            denominator: "innbyggere 80 år og eldre / 1000",
            exclusions: "Enheter uten kjent teknologi; tilleggsenheter.",
            counted: "boliger med minst én slik enhet",
            minimumCount: 5,
            category: .betterQuality,
            uncertainty: .garwood,
            source: "Kommunens register over enheter; Statistisk sentralbyrås folkemengde."
        )
    }

    private static func account(_ measure: IndicatorMeasure, _ text: String, _ what: String, _ category: Category) -> IndicatorDefinition {
        .init(
            measure: measure,
            version: 1,
            text: text + " Føres av ledere og blandes aldri med frigjort tid.",
            numerator: what,
            denominator: "–",
            exclusions: "Linjer fra andre år og etter perioden.",
            counted: "linjer i regnskapet",
            minimumCount: 1,
            category: category,
            uncertainty: .account,
            source: "Gevinstregnskapet som lederne fører."
        )
    }
}
