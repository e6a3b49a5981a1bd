import Foundation
import Strategy
import Testing

@Suite("docs/indicators.md")
struct IndicatorDocumentTests {
    private static let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "docs/indicators.md")
    /// Behind this line everything comes from the catalogue and the examples; before it people write.
    private static let mark = "<!-- Herfra: skrevet av katalogen og eksemplene (UPDATE_GOLDEN=1). -->"

    @Test("every measure has an example by hand, and the program gives the same value and interval", arguments: WorkedExample.all)
    func byHand(_ example: WorkedExample) throws {
        let figure = IndicatorFigure(example.measure, example.data)
        let value = try #require(figure.value)
        #expect(abs(value - example.value) < 1e-9)
        if let low = example.low, let high = example.high {
            let (foundLow, foundHigh) = (try #require(figure.low), try #require(figure.high))
            let tolerance = max(6e-5, abs(example.value) * 3e-4)
            #expect(abs(foundLow - low) < tolerance && abs(foundHigh - high) < tolerance, "\(foundLow) \(foundHigh)")
        }
        #expect(example.byHand.contains(Self.text(value, example.measure)), "\(Self.text(value, example.measure))")
    }

    @Test("no measure is without an example")
    func all() {
        #expect(Set(WorkedExample.all.map(\.measure)) == Set(IndicatorMeasure.allCases))
        #expect(WorkedExample.all.count == IndicatorMeasure.allCases.count)
    }

    @Test("the document says what the catalogue and the examples say")
    func document() throws {
        let written = try String(contentsOf: Self.file, encoding: .utf8)
        let place = try #require(written.range(of: Self.mark), "docs/indicators.md needs the line \(Self.mark)")
        let expected = written[..<place.upperBound] + "\n\n" + Self.sections.joined(separator: "\n\n") + "\n"
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            try Data(expected.utf8).write(to: Self.file)
        } else {
            #expect(written == expected, "docs/indicators.md is not what the catalogue says; UPDATE_GOLDEN=1 writes it anew")
        }
    }

    private static var sections: [String] {
        IndicatorMeasure.allCases.map { measure in
            let definition = IndicatorDefinition.of(measure)
            let examples = WorkedExample.all.filter { $0.measure == measure }.map { example in
                let figure = IndicatorFigure(measure, example.data)
                let interval = [figure.low, figure.high].compactMap(\.self).map { text($0, measure) }.joined(separator: " til ")
                return "Eksempel: \(example.byHand)\nProgrammet: \(figure.value.map { text($0, measure) } ?? "–") (\(interval)), n = \(figure.count)."
            }
            return """
                ### `\(measure.rawValue)`

                \(definition.text)

                | | |
                |---|---|
                | teller | \(definition.numerator) |
                | nevner | \(definition.denominator) |
                | enhet | \(measure.unit.bokmal) |
                | utelatt | \(definition.exclusions) |
                | n | \(definition.counted); minst \(definition.minimumCount) for et intervall |
                | usikkerhet | \(definition.uncertainty.bokmal) |
                | gevinst | \(definition.category.rawValue) |
                | kilde | \(definition.source) |
                | utgave | \(definition.version) |

                \(examples.joined(separator: "\n"))
                """
        }
    }

    /// As a reader writes it: `75,0 %`, `60,0`, `45,0 t`, `48000 kr`.
    private static func text(_ value: Double, _ measure: IndicatorMeasure) -> String {
        func number(_ value: Double, _ decimals: Int) -> String { String(format: "%.\(decimals)f", value).replacing(".", with: ",") }
        switch measure.unit {
        case .share: return number(value * 100, 1) + " %"
        case .kroner: return number(value, 0) + " kr"
        case .hoursPer100UsersAnd30Days, .hoursPer30Days, .hours: return number(value, 1) + " t"
        case .callOutsPer100UsersAnd30Days, .usersPer1000: return number(value, 1)
        }
    }
}
