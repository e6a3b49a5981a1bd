import Strategy
import Testing
import Workload

@Suite("Trends, told only when they are more than noise")
struct TrendTests {
    @Test("five values in order: S = 10, and 2 of 120 orders are as far from 0: p = 1/60")
    func mannKendallExact() {
        let rising = Trend(values: [1, 2, 3, 4, 5])
        #expect(rising.direction == .rising && rising.test == "Mann–Kendall")
        #expect(near(rising.probability, 2.0 / 120, 1e-12))
        #expect(Trend(values: [5, 4, 3, 2, 1]).direction == .falling)
    }

    @Test("one exchange of neighbours: S = 8, 10 of 120 orders: p = 0.083, noise")
    func mannKendallNoise() {
        let trend = Trend(values: [1, 2, 4, 3, 5])
        #expect(trend.direction == .noise && near(trend.probability, 10.0 / 120, 1e-12))
    }

    @Test("with ties by the normal distribution: 1 2 2 3 4 5: S = 14, variance (510 − 18)/18, z = 13/5.228")
    func mannKendallTies() {
        let trend = Trend(values: [1, 2, 2, 3, 4, 5])
        #expect(trend.direction == .rising && near(trend.probability, 0.01290, 2e-4))
        #expect(Trend(values: [3, 3, 3, 3, 3]).direction == .noise)
    }

    @Test("the exact orders against every order counted by hand")
    func mannKendallTwin() {
        func orders(_ values: [Double]) -> [[Double]] {
            values.count < 2
                ? [values]
                : values.indices.flatMap { place in
                    var rest = values
                    let first = rest.remove(at: place)
                    return orders(rest).map { [first] + $0 }
                }
        }
        func sum(_ values: [Double]) -> Int {
            values.indices.reduce(0) { sum, later in sum + (0..<later).reduce(0) { $0 + (values[later] > values[$1] ? 1 : -1) } }
        }
        let all = orders([1, 2, 3, 4, 5, 6])
        for values in all.enumerated().filter({ $0.offset % 37 == 0 }).map(\.element) {
            let rare = Double(all.count { abs(sum($0)) >= abs(sum(values)) }) / Double(all.count)
            #expect(near(Trend(values: values).probability, rare, 1e-12))
        }
    }

    @Test("10, 15, 20 and 25 of 50 rise: Σt·excess 25, variance 0.35·0.65·250, z = 3.315")
    func shares() {
        let trend = Trend(shares: [10, 15, 20, 25].map { Share($0, of: 50) })
        // Pooled 70/200; excess −7.5, −2.5, 2.5, 7.5; Σt·excess = 25; Σnt² − (Σnt)²/N = 700 − 300²/200 = 250.
        #expect(trend.direction == .rising && near(trend.probability, 0.000917, 2e-5))
        #expect(Trend(shares: [17, 18, 17, 18].map { Share($0, of: 50) }).direction == .noise)
    }

    @Test("40, 30, 20 and 10 call-outs over equal exposure fall: Σt·excess −50, variance 25·5, z = 4.472")
    func counts() {
        let trend = Trend(counts: [40, 30, 20, 10], exposures: [1, 1, 1, 1])
        #expect(trend.direction == .falling && near(trend.probability, 7.74e-6, 1e-7))
        #expect(Trend(counts: [10, 20, 30, 40], exposures: [1, 2, 3, 4]).direction == .noise)
    }

    @Test("three periods, or nineteen events, have no trend")
    func tooFew() {
        #expect(Trend(shares: [1, 25, 49].map { Share($0, of: 50) }).direction == .tooFew)
        #expect(Trend(counts: [1, 3, 5, 10], exposures: [1, 1, 1, 1]).direction == .tooFew)
        #expect(Trend(shares: [0, 3, 6, 10].map { Share($0, of: 50) }).direction == .tooFew)
        #expect(Trend(values: [1, 2, 3, 4]).direction == .tooFew)
    }

    @Test("noise is called a trend about as often as the level says: 2,000 drawn series of shares, and of counts")
    func level() {
        var random = TestRandom(seed: 7)
        var (shares, counts) = (0, 0)
        for _ in 0..<2000 {
            let drawn = (0..<6).map { _ in (0..<100).count { _ in random.next(below: 10) < 4 } }
            if [.rising, .falling].contains(Trend(shares: drawn.map { Share($0, of: 100) }).direction) { shares += 1 }
            let rare = (0..<6).map { _ in (0..<1000).count { _ in random.next(below: 100) < 2 } }
            if [.rising, .falling].contains(Trend(counts: rare, exposures: [1, 1, 1, 1, 1, 1]).direction) { counts += 1 }
        }
        #expect((60...140).contains(shares) && (60...140).contains(counts), "\(shares) \(counts)")
    }

    private func near(_ left: Double?, _ right: Double, _ tolerance: Double) -> Bool { left.map { abs($0 - right) < tolerance } ?? false }

    @Test("a sum that runs from the new year is not tested, however it rises; what rises by itself says nothing")
    func runningSum() throws {
        let ledger = try BenefitLedger(csv: "date;hours;kroner;use\n2026-02-01;12;0;færre vakter\n2026-05-01;9;0;færre vakter\n")
        let figures = (1...8).map { month -> IndicatorFigure in
            var data = IndicatorData(keyFigures: KeyFigures(of: []), responseMillisecondsByDay: [], users: 0, deviceDaysWithSign: 0, deviceDaysRegistered: 0)
            data.realised = ledger.sum(from: .init(year: 2026, month: 1, day: 1), until: .init(year: 2026, month: month + 1, day: 1))
            return IndicatorFigure(.realisedHours, data)
        }
        #expect(figures.map(\.value).last == 21)
        #expect(Trend(figures: figures) == .ofRunningSum && Trend(figures: figures).probability == nil)
    }
}
