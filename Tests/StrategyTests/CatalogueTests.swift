import Strategy
import Testing

@Suite("The catalogue of indicators")
struct CatalogueTests {
    @Test("every measure has its own definition, whole in every part")
    func whole() {
        for measure in IndicatorMeasure.allCases {
            let definition = IndicatorDefinition.of(measure)
            #expect(definition.measure == measure)
            #expect(definition.version >= 1 && definition.text.count > 30, "\(measure)")
            for part in [definition.numerator, definition.denominator, definition.exclusions, definition.counted, definition.source] {
                #expect(!part.isEmpty, "\(measure)")
            }
            #expect(definition.minimumCount >= 0 && !measure.unit.bokmal.isEmpty)
        }
        #expect(Set(IndicatorDefinition.all.map(\.text)).count == IndicatorMeasure.allCases.count)
        #expect(Set(IndicatorMeasure.allCases.map(\.rawValue)).count == IndicatorMeasure.allCases.count)
    }

    @Test("the catalogue's edition counts every definition's versions")
    func edition() {
        #expect(IndicatorDefinition.edition > IndicatorMeasure.allCases.count)
        #expect(IndicatorDefinition.of(.late).version == 2 && IndicatorDefinition.edition == IndicatorDefinition.all.map(\.version).reduce(0, +))
    }

    @Test("all three kinds of benefit occur, and each unit allows only what can be")
    func categories() {
        #expect(Set(IndicatorDefinition.all.map(\.category)) == Set(IndicatorDefinition.Category.allCases))
        #expect(IndicatorMeasure.freedHours.unit.allowed.contains(-5) && !IndicatorMeasure.realisedHours.unit.allowed.contains(-5))
    }

    @Test("each technology has a measure of its users")
    func technologies() {
        #expect(Set(IndicatorMeasure.allCases.compactMap(\.technology)).count == 6)
    }
}
