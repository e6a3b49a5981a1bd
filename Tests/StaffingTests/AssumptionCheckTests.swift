import Foundation
import Staffing
import Testing

@Suite("Checks of what the formulas take for granted")
struct AssumptionCheckTests {
    @Test("the deaths by horse kick in Prussian corps are Poisson (von Bortkewitsch 1898), as every textbook has it")
    func horseKicks() {
        let counts = zip([0, 1, 2, 3, 4], [109, 65, 22, 3, 1]).flatMap { [Int](repeating: $0, count: $1) }
        let check = AssumptionCheck.poissonArrivals(countsByClass: [counts], callsMin: 20)
        #expect(check.verdict == .holds)
        #expect(check.count == 122)
        #expect(abs((check.statistic ?? 0) - 1.0016) < 1e-4)
        #expect((check.pValue ?? 0) > 0.9)
    }

    @Test("Poisson counts fail about one time in twenty, with many calls an hour and with hardly any", arguments: [0.05, 0.4, 3, 20])
    func level(mean: Double) {
        var draws = ModelDraws(seed: 5)
        let runs = 1000
        let failed = (0..<runs).count { _ in
            let classes = (0..<56).map { _ in (0..<12).map { _ in draws.poisson(mean: mean) } }
            return AssumptionCheck.poissonArrivals(countsByClass: classes, callsMin: 20).verdict == .fails
        }
        // 5 % ± 3 standard errors of 1000 runs, and a percent for the approximation.
        #expect((20...90).contains(failed), "\(failed)")
    }

    @Test("calls in bursts fail, and so do calls by the clock")
    func departures() {
        var draws = ModelDraws(seed: 6)
        let bursts = (0..<40).map { _ in (0..<8).map { _ in draws.poisson(mean: 0.3) * 4 } }
        let check = AssumptionCheck.poissonArrivals(countsByClass: bursts, callsMin: 20)
        #expect(check.verdict == .fails)
        #expect((check.statistic ?? 0) > 2)
        let even = [[Int]](repeating: [2, 2, 2, 2, 2, 2, 2, 2], count: 40)
        #expect(AssumptionCheck.poissonArrivals(countsByClass: even, callsMin: 20).verdict == .fails)
    }

    @Test("exponential times fail about one time in twenty for any number of them", arguments: [20, 60, 400])
    func exponentialLevel(count: Int) {
        var draws = ModelDraws(seed: 8)
        let runs = 1000
        let failed = (0..<runs).count { _ in
            let times = (0..<count).map { _ in Int64(draws.exponential(mean: 2_400_000)) }
            return AssumptionCheck.exponentialService(milliseconds: times, callsMin: 20).verdict == .fails
        }
        #expect((28...74).contains(failed), "\(failed)")
    }

    @Test("times that are nearly alike fail, with the coefficient of variation that says how much it matters")
    func regular() {
        var draws = ModelDraws(seed: 9)
        let times = (0..<100).map { _ in 1_800_000 + Int64(draws.uniform() * 600_000) }
        let check = AssumptionCheck.exponentialService(milliseconds: times, callsMin: 20)
        #expect(check.verdict == .fails)
        #expect((check.squaredCoefficientOfVariation ?? 1) < 0.02)
        #expect((check.statistic ?? 0) > (check.critical ?? .infinity))
    }

    @Test("too few say nothing")
    func few() {
        #expect(AssumptionCheck.poissonArrivals(countsByClass: [[1, 0], [2, 3]], callsMin: 20).verdict == .tooFew)
        // Twenty calls, never two in the same hour of the week: the pattern holds no information.
        #expect(AssumptionCheck.poissonArrivals(countsByClass: [[Int]](repeating: [1, 0, 0], count: 20), callsMin: 20).verdict == .tooFew)
        #expect(AssumptionCheck.exponentialService(milliseconds: [1, 2, 3], callsMin: 20).verdict == .tooFew)
        #expect(AssumptionCheck.oneResponder(responders: [1, 1], callsMin: 20).verdict == .tooFew)
    }

    @Test("more than one call-out of twenty with two people fails", arguments: [(0, AssumptionCheck.Verdict.holds), (5, .holds), (6, .fails)])
    func responders(pairs: Int, verdict: AssumptionCheck.Verdict) {
        let responders = [Int32](repeating: 2, count: pairs) + [Int32](repeating: 1, count: 100 - pairs)
        #expect(AssumptionCheck.oneResponder(responders: responders, callsMin: 20).verdict == verdict)
    }
}
