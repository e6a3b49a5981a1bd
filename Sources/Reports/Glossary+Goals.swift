import Strategy

extension Glossary.Definition {
    /// A measure's whole definition in the words of the catalogue.
    ///
    /// - Parameter name: as the reader's own goals call it; nil for the catalogue's own name.
    init(_ measure: IndicatorMeasure, name: String? = nil) {
        let definition = IndicatorDefinition.of(measure)
        let text = [
            definition.text, "Teller: \(definition.numerator.sentence)", "Nevner: \(definition.denominator.sentence)",
            "Holdt utenfor: \(definition.exclusions.lowercasedFirst.sentence)", "n er \(definition.counted); intervall fra n = \(definition.minimumCount).",
            "Usikkerhet: \(definition.uncertainty.bokmal.sentence)", "Gevinst: \(definition.category.rawValue.sentence)",
            "Kilde: \(definition.source.lowercasedFirst.sentence)", "Utgave \(definition.version).",
        ]
        self.init(measure.rawValue, name ?? measure.bokmal, text.joined(separator: " "))
    }
}

extension IndicatorMeasure {
    /// What it is called where no goal has given it a name.
    var bokmal: String {
        switch self {
        case .closedAtCentre: "Løst på sentralen uten utrykning"
        case .lowestEffectiveStep: "Løst på laveste virksomme nivå"
        case .unintended: "Utilsiktede alarmer"
        case .silent: "Tause alarmer"
        case .answerWithin60Seconds: "Besvart innen 60 sekunder"
        case .answerWithin180Seconds: "Besvart innen 180 sekunder"
        case .unanswered: "Uten registrert svar"
        case .open: "Ikke lukket"
        case .attendanceWithin45Minutes: "Framme innen 45 minutter"
        case .attendanceWithin60Minutes: "Framme innen 60 minutter"
        case .callOutsPer100Users: "Utrykninger per 100 brukere"
        case .nightCallOutsPer100Users: "Utrykninger om natten per 100 brukere"
        case .callOutHoursPer100Users: "Timer på utrykning per 100 brukere"
        case .repeatUsers: "Belastning fra dem med flest utrykninger"
        case .simultaneousResponses: "Utrykninger samtidig"
        case .unplannedShare: "Andel uplanlagt arbeid"
        case .late: "Hendelser som kom for sent"
        case .deviceAvailability: "Enheter med livstegn"
        case .technologyUsersPer1000: "Teknologibrukere per 1000 innbyggere 80+"
        case .safetyAlarmUsersPer1000, .medicationDispenserUsersPer1000, .digitalSupervisionUsersPer1000, .electronicLockUsersPer1000, .locationUsersPer1000,
            .homeMonitoringUsersPer1000:
            "Brukere med \(technology?.bokmal ?? "teknologi") per 1000 innbyggere 80+"
        case .ladderNotRisen: "Ikke gått opp i omsorgstrappa"
        case .freedHours: "Frigjort tid, netto"
        case .realisedHours: "Realiserte timer"
        case .realisedKroner: "Realiserte kroner"
        }
    }
}

extension Glossary {
    static let goals: [Definition] = [
        .init(
            "status",
            "Status mot mål",
            "Nådd: hele intervallet er ved målet eller bedre. På vei: hele intervallet er bedre enn nullpunktet. Utenfor: hele intervallet er dårligere "
                + "enn målet. Ellers kan vi ikke si ennå."
        ),
        .init(
            "utvikling",
            "Utvikling",
            "Over perioden og de like lange før den som helt ut har data. Sies bare når tilfeldigheter alene sjelden (5 %) gjør like mye."
        ),
        .init(
            "nullpunkt",
            "Nullpunkt og mål",
            "Der kommunen sto da målet ble satt, og dit den vil. Kommunen setter begge i goals.yaml, med frist, eier og kilde."
        ),
        .init(
            "teknologibelastning",
            "Belastning etter teknologi",
            "Alarmer i perioden etter enheten de kom fra, uten prøvealarmer. Brukere er boliger med minst én slik enhet ved periodens slutt, utrykninger er "
                + "alarmer der noen ble sendt, og utilsiktede og tekniske er alarmer som ble lukket som det."
        ),
        .init(
            "frigjort",
            "Frigjort tid",
            "Det teknologien har gjort i perioden ganger tiden forutsetningene sier at hver gang sparer, minus nytt arbeid. Et regnestykke med lavt og høyt "
                + "anslag (benefits.yaml), ikke en måling. Legges aldri sammen med realisert gevinst."
        ),
        .init(
            "realisert",
            "Realisert gevinst",
            "Timer og kroner som lederne har ført at de har tatt ut: færre vakter, flere brukere eller bedre tjeneste. Regnes fra nyttår til periodens slutt. "
                + "En retting er en ny linje med motsatt fortegn; ingenting slettes."
        ),
    ]

    static let years: [Definition] = [
        .init(
            "framskriving",
            "Framskriving",
            "Brukere etter alder fulgt med befolkningsframskrivingen, ganget med dagens bruk og forutsetningene i projection.yaml. Lav, hoved og høy følger "
                + "befolkningens alternativer og forutsetningene; de er ikke statistiske intervaller."
        ),
        .init(
            "arsverk-framover",
            "Årsverk som trengs, å få og gap",
            "Trengs: det de framskrevne utrykningene krever. Å få: dagens årsverk ganger utviklingen i arbeidsstyrken. Gap er forskjellen. Må bort er andelen av "
                + "utrykningene som må løses uten at noen rykker ut, for at dagens bemanning skal rekke."
        ),
        .init(
            "kostra",
            "KOSTRA-sammenligning",
            "Andelen av innbyggerne i aldersgruppen som har tjenester, i kommunen og i kommunegruppen, og hva forskjellen er i brukere."
        ),
        .init(
            "plasser",
            "Plasser og boliger",
            "Institusjon, bokollektiv, omsorgsboliger og kommunale utleieboliger etter område, som kommunens plan teller dem (capacity.csv)."
        ),
    ]
}
