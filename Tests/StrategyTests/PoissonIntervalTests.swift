import Foundation
import Strategy
import Testing

@Suite("Garwood's interval")
struct PoissonIntervalTests {
    @Test(
        "the bounds of textbooks (Garwood 1936; Ulm 1990)",
        arguments: [
            (0, 0.0, 3.6889), (1, 0.0253, 5.5716), (2, 0.2422, 7.2247), (5, 1.6235, 11.6683), (10, 4.7954, 18.3904),
            (20, 12.2165, 30.8884), (50, 37.1110, 65.9188), (100, 81.3640, 121.6268),
        ]
    )
    func textbook(count: Int, low: Double, high: Double) {
        let bounds = PoissonInterval.bounds(count)
        #expect(abs(bounds.low - low) < 1e-4 && abs(bounds.high - high) < 1e-4)
    }

    /// P(X ≤ k) for a Poisson mean, term by term.
    private func atMost(_ count: Int, mean: Double) -> Double {
        var (term, sum) = (exp(-mean), exp(-mean))
        for k in stride(from: 1, through: count, by: 1) {
            term *= mean / Double(k)
            sum += term
        }
        return sum
    }

    @Test("at the bounds, so many or more, and so many or fewer, have 2.5 %: against a sum term by term")
    func twin() {
        for count in 1...600 {
            let bounds = PoissonInterval.bounds(count)
            #expect(abs(1 - atMost(count - 1, mean: bounds.low) - 0.025) < 1e-9, "\(count)")
            #expect(abs(atMost(count, mean: bounds.high) - 0.025) < 1e-9, "\(count)")
        }
    }

    @Test("a hundred thousand call-outs are no trouble: near the normal bounds")
    func large() {
        let bounds = PoissonInterval.bounds(100_000)
        #expect(abs(bounds.low - (100_000 - 1.96 * 316.23)) < 5 && abs(bounds.high - (100_000 + 1.96 * 316.23)) < 5)
    }
}
