extension IndicatorDefinition {
    private static let noTests = "Prøvealarmer."

    /// Definitions of shares of alarms.
    static func ofAlarms(_ measure: IndicatorMeasure) -> IndicatorDefinition {
        switch measure {
        case .lowestEffectiveStep:
            share(
                measure,
                "Av alle lukkede alarmer (uten prøvealarmer): andelen løst på laveste virksomme nivå, det vil si lukket på sentralen uten "
                    + "utrykning, og uten ny utrykning til samme enhet innen 24 timer.",
                of: "lukket på sentralen uten ny utrykning til samme enhet innen 24 timer",
                "lukkede alarmer",
                without: "Prøvealarmer; alarmer uten enhet; alarmer lukket de siste 24 timene det finnes data for.",
                .betterQuality
            )
        case .unintended:
            share(
                measure,
                "Av alle lukkede alarmer (uten prøvealarmer): andelen med utfall «utilsiktet».",
                of: "lukket med utfall «utilsiktet»",
                "lukkede alarmer",
                .savedTime
            )
        case .silent:
            share(
                measure,
                "Av alarmer som ble besvart: andelen uten talekontakt («taus alarm»).",
                of: "besvart uten talekontakt",
                "besvarte alarmer som sier om det var talekontakt",
                without: "Prøvealarmer; alarmer der sentralen ikke sier om det var talekontakt.",
                .betterQuality
            )
        case .answerWithin60Seconds:
            share(
                measure,
                "Av alarmer som ble besvart: andelen besvart innen 60 sekunder etter at de ble utløst.",
                of: "besvart innen 60 sekunder",
                "besvarte alarmer",
                without: "Prøvealarmer; svar som ligger før alarmen (klokkefeil).",
                .betterQuality
            )
        case .answerWithin180Seconds:
            share(
                measure,
                "Av alarmer som ble besvart: andelen besvart innen 180 sekunder etter at de ble utløst.",
                of: "besvart innen 180 sekunder",
                "besvarte alarmer",
                without: "Prøvealarmer; svar som ligger før alarmen (klokkefeil).",
                .betterQuality
            )
        case .unanswered:
            share(measure, "Av alle alarmer (uten prøvealarmer): andelen uten registrert svar.", of: "uten svar", "alarmer", .betterQuality)
        case .open:
            share(
                measure,
                "Av alle alarmer (uten prøvealarmer) utløst i perioden: andelen som ennå ikke er lukket.",
                of: "ikke lukket",
                "alarmer",
                .betterQuality
            )
        case .attendanceWithin45Minutes:
            share(
                measure,
                "Av utrykninger der noen kom fram: andelen som var framme innen 45 minutter etter at de ble sendt.",
                of: "framme innen 45 minutter",
                "utrykninger der noen kom fram",
                without: "Prøvealarmer; ankomst før beslutningen om å sende (klokkefeil).",
                .betterQuality
            )
        case .attendanceWithin60Minutes:
            share(
                measure,
                "Av utrykninger der noen kom fram: andelen som var framme innen 60 minutter etter at de ble sendt.",
                of: "framme innen 60 minutter",
                "utrykninger der noen kom fram",
                without: "Prøvealarmer; ankomst før beslutningen om å sende (klokkefeil).",
                .betterQuality
            )
        case .late:
            share(
                measure,
                "Av alle steg i alarmer utløst i perioden (utløst, besvart, kvittert, sendt, tatt imot, dratt, framme og lukket): andelen som kom mer "
                    + "enn 15 minutter etter at de skjedde. Hvert steg telles én gang per alarm, også når det skjedde etter periodens slutt.",
                of: "steg som kom mer enn 15 minutter etter at de skjedde",
                "steg i alarmer utløst i perioden",
                without: "Prøvealarmer; gjentatte trykk; meldinger om et steg som en annen melding gjelder for; alarmer som bare er etterfylt historikk.",
                .betterQuality,
                // In version 1 the words said all events; the same steps were counted.
                version: 2
            )
        default:
            share(
                .closedAtCentre,
                "Av alle lukkede alarmer (uten prøvealarmer): andelen der ingen ble sendt, tok oppdraget, dro eller kom fram.",
                of: "lukket uten utrykning",
                "lukkede alarmer",
                .savedTime
            )
        }
    }

    /// A share with a Wilson interval from five on, as CONTRACT 6 has it.
    static func share(
        _ measure: IndicatorMeasure,
        _ text: String,
        of numerator: String,
        _ denominator: String,
        without exclusions: String = noTests,
        _ category: Category,
        source: String = "Hendelser fra alarmsentralen (lagret i journalen).",
        version: Int = 1
    ) -> IndicatorDefinition {
        .init(
            measure: measure,
            version: version,
            text: text,
            numerator: numerator,
            denominator: denominator,
            exclusions: exclusions,
            counted: denominator,
            minimumCount: 5,
            category: category,
            uncertainty: .wilson,
            source: source
        )
    }
}
