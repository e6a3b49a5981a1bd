import Foundation

/// Erlang's formulas for calls that come at random and servers that each take one at a time (Erlang 1917).
///
/// Offered load is arrivals per time × mean time bound by one, in erlang. Every formula walks the recurrence of the loss
/// formula, B(n) = aB(n−1) / (n + aB(n−1)), which neither overflows nor cancels: O(servers), right for 10,000 servers and near
/// capacity.
package enum Erlang {
    /// Erlang B: the share of calls that find all servers busy and go away, 0–1 (Erlang 1917; Jagerman 1974 for the recurrence).
    ///
    /// - Parameter offeredErlang: 0 or more. `servers` 0 or more.
    package static func blocking(offeredErlang: Double, servers: Int) -> Double {
        var recurrence = Recurrence(offeredErlang: offeredErlang)
        while recurrence.servers < servers { recurrence.step() }
        return recurrence.blocking
    }

    /// Erlang C: the share of calls that wait, 0–1 (Erlang 1917). 1 where the load is at or over the servers.
    package static func waitProbability(offeredErlang: Double, servers: Int) -> Double {
        var recurrence = Recurrence(offeredErlang: offeredErlang)
        while recurrence.servers < servers { recurrence.step() }
        return recurrence.waitProbability
    }

    /// Mean wait over all calls in seconds, those that do not wait counting 0: C × service / (servers − load). Infinite where
    /// the load is at or over the servers.
    package static func meanWaitSeconds(offeredErlang: Double, servers: Int, meanServiceSeconds: Double) -> Double {
        guard Double(servers) > offeredErlang else { return .infinity }
        return waitProbability(offeredErlang: offeredErlang, servers: servers) * meanServiceSeconds / (Double(servers) - offeredErlang)
    }

    /// The share of calls that wait at most so long, 0–1: 1 − C × exp(−(servers − load) × t / service), first come first served.
    ///
    /// 0 where the load is at or over the servers.
    package static func serviceLevel(offeredErlang: Double, servers: Int, meanServiceSeconds: Double, withinSeconds: Double) -> Double {
        let wait = waitProbability(offeredErlang: offeredErlang, servers: servers)
        return 1 - wait * waitTail(offeredErlang: offeredErlang, servers: servers, meanServiceSeconds: meanServiceSeconds, seconds: withinSeconds)
    }

    /// The smallest number of servers with which so large a share of the calls waits at most so long.
    ///
    /// - Parameter share: from 0 to under 1.
    /// - Complexity: O(servers).
    package static func servers(offeredErlang: Double, meanServiceSeconds: Double, withinSeconds: Double, share: Double) -> Int {
        precondition((0..<1).contains(share), "no number of servers gives everyone an answer at once")
        return smallest(offeredErlang: offeredErlang) { servers, wait in
            1 - wait
                * waitTail(offeredErlang: offeredErlang, servers: servers, meanServiceSeconds: meanServiceSeconds, seconds: withinSeconds)
                >= share
        }
    }

    /// The smallest number of servers with which at most so large a share (over 0) of the calls is blocked (Erlang B).
    package static func servers(offeredErlang: Double, blockingMax: Double) -> Int {
        precondition(blockingMax > 0, "some blocking is left with any number of servers")
        var recurrence = Recurrence(offeredErlang: offeredErlang)
        while recurrence.blocking > blockingMax { recurrence.step() }
        return recurrence.servers
    }

    /// The largest load in erlang that the servers carry so that so large a share of the calls waits at most so long; to 10⁻¹².
    package static func offeredErlang(servers: Int, meanServiceSeconds: Double, withinSeconds: Double, share: Double) -> Double {
        var (low, high) = (0.0, Double(servers))
        while high - low > 1e-12 * max(1, high) {
            let middle = (low + high) / 2
            let level = serviceLevel(
                offeredErlang: middle,
                servers: servers,
                meanServiceSeconds: meanServiceSeconds,
                withinSeconds: withinSeconds
            )
            if level >= share { low = middle } else { high = middle }
        }
        return low
    }

    /// The share of those that wait whose wait is longer than so many seconds; 1 where the load is at or over the servers.
    static func waitTail(offeredErlang: Double, servers: Int, meanServiceSeconds: Double, seconds: Double) -> Double {
        Foundation.exp(-max(0, Double(servers) - offeredErlang) * seconds / meanServiceSeconds)
    }

    /// The smallest number of servers over the load that is enough, given its number and the share of calls that wait.
    static func smallest(offeredErlang: Double, isEnough: (_ servers: Int, _ waitProbability: Double) -> Bool) -> Int {
        var recurrence = Recurrence(offeredErlang: offeredErlang)
        while Double(recurrence.servers) <= offeredErlang || !isEnough(recurrence.servers, recurrence.waitProbability) {
            recurrence.step()
        }
        return recurrence.servers
    }

    /// The loss formula, one server more at a time.
    private struct Recurrence {
        let offeredErlang: Double
        private(set) var servers = 0
        private(set) var blocking = 1.0

        init(offeredErlang: Double) {
            precondition(offeredErlang >= 0 && offeredErlang.isFinite, "a load is 0 or more")
            self.offeredErlang = offeredErlang
        }

        mutating func step() {
            servers += 1
            blocking = offeredErlang * blocking / (Double(servers) + offeredErlang * blocking)
        }

        /// nB / (n − a(1 − B)), written so that near capacity nothing large is subtracted.
        var waitProbability: Double {
            guard Double(servers) > offeredErlang else { return 1 }
            return Double(servers) * blocking / (Double(servers) - offeredErlang + offeredErlang * blocking)
        }
    }
}
