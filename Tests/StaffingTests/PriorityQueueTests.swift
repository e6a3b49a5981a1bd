import Staffing
import Testing

@Suite("Urgent call-outs first")
struct PriorityQueueTests {
    @Test(
        "mean waits are those of Cobham 1954, and of Kella and Yechiali 1985 for three servers",
        arguments: [(1, [0.3, 0.5], [1.142857142857, 5.714285714286]), (3, [1.0, 1.0], [0.222222222222, 0.666666666667])]
    )
    func published(servers: Int, rates: [Double], waits: [Double]) {
        let queue = PriorityQueue(callsPerHour: rates, meanServiceHours: 1, servers: servers)
        for (wait, expected) in zip(queue.meanWaitsHours, waits) { #expect(abs(wait - expected) < 1e-12 * 5) }
    }

    @Test("the order moves waiting from some to others: load-weighted it is that of first come first served (Kleinrock 1965)")
    func conservation() {
        var draws = ModelDraws(seed: 2)
        for _ in 0..<300 {
            let servers = 1 + draws.below(8)
            let rates = (0..<3).map { _ in draws.uniform() * Double(servers) / 2 / 3 }
            let service = 0.5 + draws.uniform()
            let queue = PriorityQueue(callsPerHour: rates, meanServiceHours: service, servers: servers)
            let waits = queue.meanWaitsHours
            let weighted = zip(rates, waits).reduce(0) { $0 + $1.0 * $1.1 } / rates.reduce(0, +)
            let together = Erlang.meanWaitSeconds(offeredErlang: rates.reduce(0, +) * service, servers: servers, meanServiceSeconds: service)
            #expect(isNear(weighted, together))
            #expect(waits[0] <= waits[1] && waits[1] <= waits[2])
        }
    }

    @Test("where the servers cannot keep up only the least urgent wait without end")
    func overload() {
        let waits = PriorityQueue(callsPerHour: [1, 3], meanServiceHours: 1, servers: 3).meanWaitsHours
        #expect(abs(waits[0] - 1.0 / 3 / (1 - 1.0 / 3)) < 1e-12)
        #expect(waits[1] == .infinity)
    }

    @Test("the urgent's waits, summed over their distribution, have the mean")
    func distribution() {
        let queue = PriorityQueue(callsPerHour: [0.8, 1.1], meanServiceHours: 0.9, servers: 3)
        let step = 0.001
        let mean = (0..<40_000).reduce(0.0) { $0 + (1 - queue.mostUrgentServiceLevel(withinHours: (Double($1) + 0.5) * step)) * step }
        #expect(isNear(mean, queue.meanWaitsHours[0], digits: 1e-6))
    }
}
