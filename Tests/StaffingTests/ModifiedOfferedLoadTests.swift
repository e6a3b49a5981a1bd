import Foundation
import Staffing
import Testing

@Suite("Modified offered load")
struct ModifiedOfferedLoadTests {
    @Test("a constant rate gives rate × service at any time, whatever the distribution")
    func constant() {
        for service in [ServiceTimes.exponential(meanHours: 0.7), .measured(hours: [0.1, 0.4, 1.6]), .measured(hours: [30])] {
            let load = ModifiedOfferedLoad(arrivalsPerHour: [Double](repeating: 2.5, count: 168), intervalHours: 1, service: service)
            for hours in [0, 0.3, 17.99, 167.5, -3.2, 400.1] {
                #expect(isNear(load.loadErlang(atHours: hours), 2.5 * service.meanHours))
            }
        }
    }

    @Test("a rate that swings as a sine with exponential service has its closed form (Eick, Massey and Whitt 1993)", arguments: [0.25, 1, 6])
    func sine(meanHours: Double) {
        let (base, swing, speed) = (3.0, 2.0, 2 * Double.pi / 24)
        let width = 1.0 / 60
        // Each minute has its own mean rate.
        let rates = (0..<1440).map { minute in
            base - swing / (speed * width) * (cos(speed * Double(minute + 1) * width) - cos(speed * Double(minute) * width))
        }
        let load = ModifiedOfferedLoad(arrivalsPerHour: rates, intervalHours: width, service: .exponential(meanHours: meanHours))
        for hours in stride(from: 0.0, to: 24, by: 1.75) {
            let lag = speed * meanHours
            let expected = meanHours * (base + swing * (sin(speed * hours) - lag * cos(speed * hours)) / (1 + lag * lag))
            #expect(abs(load.loadErlang(atHours: hours) - expected) < 1e-4)
        }
    }

    @Test("measured service gives the sum over every way that a call can still be under way")
    func twin() {
        var draws = ModelDraws(seed: 3)
        for _ in 0..<20 {
            let rates = (0..<24).map { _ in draws.exponential(mean: 2) }
            let services = (0..<7).map { _ in draws.exponential(mean: 1.5) }
            let load = ModifiedOfferedLoad(arrivalsPerHour: rates, intervalHours: 1, service: .measured(hours: services))
            let time = draws.uniform() * 24
            // Minute by minute back in time: who came then and is still at work.
            let step = 1.0 / 600
            var slow = 0.0
            for service in services {
                var age = step / 2
                while age < service {
                    let hour = Int((time - age).rounded(.down))
                    slow += rates[((hour % 24) + 24) % 24] * step / Double(services.count)
                    age += step
                }
            }
            #expect(abs(load.loadErlang(atHours: time) - slow) < 0.05)
        }
    }

    @Test("after the morning's rush load falls later than the rate, and intervals may have service times of their own")
    func lag() {
        let rates = (0..<24).map { $0 == 8 ? 6.0 : 0.0 }
        let load = ModifiedOfferedLoad(arrivalsPerHour: rates, intervalHours: 1, service: .measured(hours: [1]))
        #expect(load.loadErlang(atHours: 8) == 0)
        #expect(load.peakErlang(interval: 8) == 6)
        #expect(abs(load.loadErlang(atHours: 9.5) - 3) < 1e-12)
        #expect(abs(load.loadErlang(atHours: 10.5)) < 1e-12)
        let longer = ModifiedOfferedLoad(
            arrivalsPerHour: rates,
            intervalHours: 1,
            services: [.measured(hours: [1]), .measured(hours: [2])],
            serviceOfInterval: (0..<24).map { $0 == 8 ? 1 : 0 }
        )
        #expect(abs(longer.loadErlang(atHours: 10.5) - 3) < 1e-12)
    }

    @Test("the margin β waits as Erlang C does at large loads (Halfin and Whitt 1981)", arguments: [0.1, 0.5, 1, 2])
    func squareRoot(beta: Double) {
        let load = 1_000_000.0 - beta * 1000
        let exact = Erlang.waitProbability(offeredErlang: load, servers: 1_000_000)
        let share = SquareRootStaffing.waitProbability(beta: beta)
        #expect(abs(share - exact) < 0.002)
    }

    @Test("positions are rounded up, and nobody is never enough", arguments: [(0.0, 1.0, 1), (4, 0.5, 5), (4, 0, 4), (4, 0.51, 6), (100, 1.2, 112)])
    func rounding(load: Double, beta: Double, positions: Int) {
        #expect(SquareRootStaffing.positions(loadErlang: load) { $0 >= beta } == positions)
    }
}
