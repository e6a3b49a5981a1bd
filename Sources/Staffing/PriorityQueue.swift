import Foundation

/// Waits where some calls go before others, but nobody is called back from a visit: non-preemptive priorities, first come
/// first served within a class (Cobham 1954; several servers with the same exponential service for all classes, Kella &
/// Yechiali 1985).
package struct PriorityQueue: Equatable, Sendable {
    /// By class, the most urgent first; each 0 or more.
    package var callsPerHour: [Double]
    /// Over 0, the same for all classes.
    package var meanServiceHours: Double
    /// At least 1.
    package var servers: Int

    package init(callsPerHour: [Double], meanServiceHours: Double, servers: Int) {
        precondition(servers > 0 && meanServiceHours > 0 && callsPerHour.allSatisfy { $0 >= 0 }, "rates, times and servers of a queue")
        self.callsPerHour = callsPerHour
        self.meanServiceHours = meanServiceHours
        self.servers = servers
    }

    /// The share of calls of any class that wait, 0–1: Erlang C of them all, as the order of those waiting changes nothing.
    package var waitProbability: Double {
        Erlang.waitProbability(offeredErlang: callsPerHour.reduce(0, +) * meanServiceHours, servers: servers)
    }

    /// Mean wait by class in hours: C × (service / servers) / ((1 − σ of those before) (1 − σ with its own)), where σ is load per
    /// server (Cobham 1954, Kella & Yechiali 1985). Infinite for a class that the servers cannot keep up with; those before it
    /// keep a finite wait.
    package var meanWaitsHours: [Double] {
        let waitProbability = waitProbability
        var before = 0.0
        return callsPerHour.map { rate in
            let with = before + rate * meanServiceHours / Double(servers)
            defer { before = with }
            guard with < 1 else { return .infinity }
            return waitProbability * meanServiceHours / Double(servers) / ((1 - before) * (1 - with))
        }
    }

    /// The share of the most urgent class that waits at most so many hours, 0–1.
    ///
    /// While all are busy the most urgent are served at the pace of the servers as if alone, so that those of them that wait do
    /// so exponentially with rate (1 − σ) × servers / service.
    package func mostUrgentServiceLevel(withinHours: Double) -> Double {
        let load = (callsPerHour.first ?? 0) * meanServiceHours
        guard load < Double(servers) else { return 0 }
        return 1 - waitProbability * Foundation.exp(-(Double(servers) - load) * withinHours / meanServiceHours)
    }
}
