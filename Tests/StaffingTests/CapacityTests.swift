import Staffing
import Testing

@Suite("Capacity chain and full-time equivalents")
struct CapacityTests {
    private let assumptions: CapacityAssumptions = {
        var assumptions = CapacityAssumptions()
        assumptions.hoursAWeek = SourcedFigure(35.5, source: "avtale")
        assumptions.absenceShare = SourcedFigure(0.1, source: "fravær 2025")
        assumptions.longAbsenceShare = SourcedFigure(0.04, source: "fravær 2025")
        assumptions.trainingHours = SourcedFigure(20, source: "plan")
        assumptions.meetingsShare = SourcedFigure(0.1, source: "måling")
        assumptions.travelShare = SourcedFigure(0.2, source: "måling")
        return assumptions
    }()

    @Test("the net year of 2026 by hand, with the eight public holidays that fall from Monday to Friday")
    func byHand() {
        let chain = CapacityChain(assumptions, year: 2026)
        #expect(chain.steps.map(\.kind) == CapacityChain.Kind.allCases)
        // 1846 − 177.5 − 8 × 7.1 = 1611.7; − 161.17 − 20 = 1430.53; − 143.053 − 286.106 = 1001.371.
        let expected = [1846, 1668.5, 1611.7, 1450.53, 1430.53, 1430.53, 1287.477, 1001.371, 1001.371]
        for (step, hours) in zip(chain.steps, expected) { #expect(abs(step.remainingHours - hours) < 1e-9, "\(step.name)") }
        #expect(chain.grossHours == 1846 && abs(chain.netHours - 1430.53) < 1e-9 && abs(chain.userHours - 1001.371) < 1e-9)
        #expect(chain.steps[2].calculation == "8 dager i 2026 × 7,1 timer" && chain.steps[0].calculation == "52 uker × 35,5 timer")
        #expect(chain.steps.allSatisfy { !$0.source.isEmpty && !$0.name.isEmpty })
    }

    @Test("published gross hours of the three agreed weeks", arguments: [(37.5, 1950.0), (35.5, 1846.0), (33.6, 1747.2)])
    func gross(week: Double, hours: Double) {
        var assumptions = assumptions
        assumptions.hoursAWeek.value = week
        #expect(abs(CapacityChain(assumptions, year: 2026).grossHours - hours) < 1e-9)
    }

    @Test("public holidays from Monday to Friday", arguments: [(2025, 9), (2026, 8), (2027, 6), (2028, 9)])
    func publicHolidays(year: Int, days: Int) { #expect(CapacityChain.publicHolidaysOnWeekdays(in: year) == days) }

    @Test("each step takes what it says, and an example anywhere marks the sums after it")
    func steps() {
        let chain = CapacityChain(CapacityAssumptions(), year: 2026)
        for (before, after) in zip(chain.steps, chain.steps.dropFirst()) {
            #expect(abs(before.remainingHours + after.hours - after.remainingHours) < 1e-9)
        }
        #expect(chain.steps.last?.isExample == true)
        let own = CapacityChain(assumptions, year: 2026)
        #expect(own.steps.allSatisfy { !$0.isExample })
    }

    @Test("the definitions of full-time equivalents differ by exactly what the bridge says")
    func reconcile() {
        let chain = CapacityChain(assumptions, year: 2026)
        let figures = FullTimeEquivalents(rosteredHours: 143_053, chain)
        #expect(abs(figures[.covered] - 100) < 1e-9)
        #expect(abs(figures[.roster] - 143_053 / 1846) < 1e-9)
        #expect(abs(figures[.roster] + figures.bridge.reduce(0) { $0 + $1.value } - figures[.covered]) < 1e-9)
        // 100 positions are away 177.5 h each in holidays, and 40 % of 161.17 h each in long absence.
        #expect(abs(figures[.covered] - figures[.payroll] - 100 * 177.5 / 1846) < 1e-9)
        #expect(abs(figures[.agreedWithLongAbsence] - figures[.agreedWithoutLongAbsence] - 100 * 0.4 * 161.17 / 1846) < 1e-9)
        #expect(figures.figures.map(\.definition) == FullTimeEquivalents.Definition.allCases)
        #expect(FullTimeEquivalents(rosteredHours: 0, chain).figures.allSatisfy { $0.value == 0 })
    }
}
