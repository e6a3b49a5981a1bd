/// The full-time equivalents (årsverk) that a roster stands for, by the definitions in use side by side. They differ by
/// the same few amounts, which `bridge` shows, so that roster, payroll and SSB can be held against each other.
///
/// With R rostered hours a year, and of a full position G agreed (gross) and N net hours: a roster shows R ÷ G. To have
/// all of R at work takes R ÷ N, and R ÷ N × G = R + holidays + public holidays + absence + training of those positions.
package struct FullTimeEquivalents: Equatable, Sendable {
    package enum Definition: String, CaseIterable, Sendable {
        /// R ÷ G.
        case roster
        /// R ÷ N.
        case covered
        /// As SSB counts position percentages in a week of November («avtalte årsverk»), without those on long leave:
        /// the lines of the roster, each filled by one with an agreed percentage.
        case agreedWithoutLongAbsence
        /// The same with those on long leave beside their substitutes.
        case agreedWithLongAbsence
        /// Hours with wages ÷ G: all but holidays, for which holiday pay is paid instead.
        case payroll
    }

    package struct Figure: Equatable, Sendable {
        package var definition: Definition
        /// In bokmål, as the next.
        package var name: String
        package var explanation: String
        package var value: Double
    }

    /// One amount between the roster's and the covered full-time equivalents.
    package struct Difference: Equatable, Sendable {
        /// In bokmål.
        package var name: String
        package var value: Double
    }

    package let rosteredHours: Double
    package let figures: [Figure]
    /// From `roster` to `covered`: their difference is the sum of these.
    package let bridge: [Difference]

    package subscript(_ definition: Definition) -> Double { figures.first { $0.definition == definition }!.value }

    /// - Parameter rosteredHours: hours a year that somebody shall be at work by the roster, at least 0.
    package init(rosteredHours: Double, _ chain: CapacityChain) {
        self.rosteredHours = rosteredHours
        let roster = chain.grossHours > 0 ? rosteredHours / chain.grossHours : 0
        let covered = chain.netHours > 0 ? rosteredHours / chain.netHours : 0
        func part(_ kind: CapacityChain.Kind) -> Double { chain.grossHours > 0 ? covered * chain.takenHours(kind) / chain.grossHours : 0 }
        let long = part(.absence) * chain.longAbsenceShareOfAbsence
        bridge = [
            Difference(name: "Ferie", value: part(.holidays)),
            Difference(name: "Helligdager", value: part(.publicHolidays)),
            Difference(name: "Langt fravær", value: long),
            Difference(name: "Kort fravær", value: part(.absence) - long),
            Difference(name: "Opplæring", value: part(.training)),
        ]
        figures = [
            Figure(
                definition: .roster,
                name: "Årsverk i turnusen (brutto)",
                explanation: "Timene i turnusen delt på avtalt årstid. Det turnusen viser når alle er på jobb.",
                value: roster
            ),
            Figure(
                definition: .covered,
                name: "Årsverk med dekning (netto)",
                explanation: "Timene i turnusen delt på netto årstid. Så mange må til for at ingen vakt står tom ved ferie, fravær og opplæring.",
                value: covered
            ),
            Figure(
                definition: .agreedWithoutLongAbsence,
                name: "Avtalte årsverk uten lange fravær (SSB)",
                explanation: "Stillingsprosenter i en uke i november. Forutsetter at linjene i turnusen er besatt, og at ferie, "
                    + "kort fravær og opplæring dekkes av timelønnede uten avtalt prosent.",
                value: roster
            ),
            Figure(
                definition: .agreedWithLongAbsence,
                name: "Avtalte årsverk med lange fravær (SSB)",
                explanation: "Som over, men de som er borte lenge, telles sammen med vikarene sine.",
                value: roster + long
            ),
            Figure(
                definition: .payroll,
                name: "Lønnede årsverk",
                explanation: "Timer med lønn, også sykelønn, delt på avtalt årstid. Ferien er ikke med: for den betales feriepenger.",
                value: covered - part(.holidays)
            ),
        ]
    }
}
