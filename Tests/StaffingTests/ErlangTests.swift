import Foundation
import Staffing
import Testing

@Suite("Erlang's formulas")
struct ErlangTests {
    /// Source: Erlang 1917; the first row is published by pyworkforce too. Load, servers, service and target in seconds, then
    /// share that waits, service level, mean wait in seconds.
    private static let published: [[Double]] = [
        [10, 14, 180, 20, 0.17413193359504991, 0.8883500191794669, 7.835937011777247],
        [10, 11, 180, 20, 0.6821182046893323, 0.38961381172915344, 122.78127684407978],
        [2, 3, 1800, 600, 0.4444444444444445, 0.6815416397449825, 800.0000000000002],
        [0.5, 1, 2400, 900, 0.5, 0.5854854409097998, 2400],
        [1.2, 3, 2700, 2700, 0.14117647058823526, 0.9766636863687173, 211.76470588235287],
    ]

    @Test("Erlang C has the published figures to nine digits", arguments: published)
    func waits(row: [Double]) {
        let servers = Int(row[1])
        let level = Erlang.serviceLevel(offeredErlang: row[0], servers: servers, meanServiceSeconds: row[2], withinSeconds: row[3])
        #expect(isNear(Erlang.waitProbability(offeredErlang: row[0], servers: servers), row[4]))
        #expect(isNear(level, row[5]))
        #expect(isNear(Erlang.meanWaitSeconds(offeredErlang: row[0], servers: servers, meanServiceSeconds: row[2]), row[6]))
    }

    @Test("Erlang B has the published figures", arguments: [(5.0, 1, 0.8333333333333334), (20, 10, 0.5379631686320728), (200, 190, 0.08869684386923561)])
    func blocking(load: Double, servers: Int, share: Double) {
        #expect(isNear(Erlang.blocking(offeredErlang: load, servers: servers), share))
    }

    @Test(
        "the recurrence gives what the sums of the definition give, up to 10,000 servers and a hair under capacity",
        arguments: [(0.001, 1), (0.3, 4), (7.5, 8), (99.999, 100), (500, 520), (9_999.9, 10_000), (9_999.999_999, 10_000), (9_000, 10_000), (1, 10_000)]
    )
    func twin(load: Double, servers: Int) {
        // Terms aⁿ/n! relative to the largest, summed from the smallest.
        let logs = (0...servers).map { Double($0) * log(load) - lgamma(Double($0) + 1) }
        let top = logs.max() ?? 0
        let last = exp(logs[servers] - top)
        let before = logs.dropLast().map { exp($0 - top) }.sorted().reduce(0, +)
        let waiting = last * Double(servers) / (Double(servers) - load)
        // lgamma of 10,000 has ten digits left after the subtraction.
        #expect(isNear(Erlang.blocking(offeredErlang: load, servers: servers), last / (before + last), digits: 1e-8))
        #expect(isNear(Erlang.waitProbability(offeredErlang: load, servers: servers), waiting / (before + waiting), digits: 1e-8))
    }

    @Test("at and over capacity everybody waits without end", arguments: [(3.0, 3), (3.5, 3), (20_000, 10_000), (0.1, 0)])
    func overload(load: Double, servers: Int) {
        #expect(Erlang.waitProbability(offeredErlang: load, servers: servers) == 1)
        #expect(Erlang.serviceLevel(offeredErlang: load, servers: servers, meanServiceSeconds: 60, withinSeconds: 3600) == 0)
        #expect(Erlang.meanWaitSeconds(offeredErlang: load, servers: servers, meanServiceSeconds: 60) == .infinity)
    }

    @Test("the smallest number of servers is enough, and one fewer is not", arguments: [0.0, 0.2, 1, 4.3, 10, 77, 995, 9_900])
    func inverse(load: Double) {
        for share in [0.5, 0.8, 0.9, 0.99] {
            for within in [0.0, 20, 600] {
                let servers = Erlang.servers(offeredErlang: load, meanServiceSeconds: 180, withinSeconds: within, share: share)
                func level(_ servers: Int) -> Double {
                    Erlang.serviceLevel(offeredErlang: load, servers: servers, meanServiceSeconds: 180, withinSeconds: within)
                }
                #expect(level(servers) >= share)
                #expect(servers == 0 || Double(servers - 1) <= load || level(servers - 1) < share)
                guard servers > 0 else { continue }
                let most = Erlang.offeredErlang(servers: servers, meanServiceSeconds: 180, withinSeconds: within, share: share)
                #expect(most >= load - 1e-9)
            }
        }
        let trunks = Erlang.servers(offeredErlang: load, blockingMax: 0.01)
        #expect(Erlang.blocking(offeredErlang: load, servers: trunks) <= 0.01)
        #expect(trunks == 0 || Erlang.blocking(offeredErlang: load, servers: trunks - 1) > 0.01)
    }

    @Test("more servers never make it worse, and more load never better")
    func monotone() {
        var draws = ModelDraws(seed: 1)
        for _ in 0..<500 {
            let load = draws.exponential(mean: 8)
            let servers = 1 + draws.below(30)
            let wait = Erlang.waitProbability(offeredErlang: load, servers: servers)
            #expect((0...1).contains(wait))
            #expect(Erlang.waitProbability(offeredErlang: load, servers: servers + 1) <= wait)
            #expect(Erlang.waitProbability(offeredErlang: load * 1.1, servers: servers) >= wait)
            #expect(Erlang.blocking(offeredErlang: load, servers: servers) <= wait + 1e-15)
        }
    }
}

/// Nine digits unless told otherwise.
func isNear(_ value: Double, _ expected: Double, digits: Double = 1e-9) -> Bool {
    abs(value - expected) <= digits * max(1e-6, abs(expected))
}
