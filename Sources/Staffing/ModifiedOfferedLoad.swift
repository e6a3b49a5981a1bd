import Foundation

/// How long calls bind somebody, for the formulas that need more than the mean.
package struct ServiceTimes: Equatable, Sendable {
    /// Over 0 where there are any.
    package let meanHours: Double
    /// Ascending; empty stands for the exponential distribution with the mean.
    private let sortedHours: [Double]
    /// Sums of the first 0, 1, 2 … of `sortedHours`.
    private let sums: [Double]

    package static func exponential(meanHours: Double) -> ServiceTimes {
        precondition(meanHours > 0, "a mean service time is over 0")
        return ServiceTimes(meanHours: meanHours, sortedHours: [], sums: [])
    }

    /// As measured: each duration (0 or more) as likely. At least one. O(n log n).
    package static func measured(hours: [Double]) -> ServiceTimes {
        precondition(!hours.isEmpty, "measured service times need a measurement")
        let sorted = hours.sorted()
        var sums = [0.0]
        sums.reserveCapacity(sorted.count + 1)
        for value in sorted { sums.append(sums[sums.count - 1] + value) }
        return ServiceTimes(meanHours: sums[sorted.count] / Double(sorted.count), sortedHours: sorted, sums: sums)
    }

    private init(meanHours: Double, sortedHours: [Double], sums: [Double]) {
        self.meanHours = meanHours
        self.sortedHours = sortedHours
        self.sums = sums
    }

    /// The mean of the shorter of a service time and so many hours: the integral of the share still under way. O(log n).
    package func meanHours(upTo hours: Double) -> Double {
        guard hours > 0 else { return 0 }
        guard !sortedHours.isEmpty else { return -meanHours * Foundation.expm1(-hours / meanHours) }
        var (low, high) = (0, sortedHours.count)
        while low < high {
            let middle = (low + high) / 2
            if sortedHours[middle] <= hours { low = middle + 1 } else { high = middle }
        }
        return (sums[low] + hours * Double(sortedHours.count - low)) / Double(sortedHours.count)
    }
}

/// The mean number of calls under way where the arrivals change through a cycle (a week, a day): the offered load of M_t/G/∞
/// (Eick, Massey & Whitt 1993, theorem 1), m(t) = ∫ λ(t − u) P(S > u) du, exact for rates that are constant in each interval.
///
/// Unlike rate × service of the hour it knows that the morning's calls are still under way when the rate has fallen. Staffing
/// by it is the modified-offered-load approximation (Jennings, Mandelbaum, Massey & Whitt 1996; Green, Kolesar & Whitt 2007).
package struct ModifiedOfferedLoad: Equatable, Sendable {
    /// Those asked for per hour, by interval of the cycle; each 0 or more.
    package let arrivalsPerHour: [Double]
    package let intervalHours: Double
    /// By interval of the arrival; one for all where all are alike.
    private let services: [ServiceTimes]
    private let serviceOfInterval: [Int]

    package init(arrivalsPerHour: [Double], intervalHours: Double, service: ServiceTimes) {
        self.init(
            arrivalsPerHour: arrivalsPerHour,
            intervalHours: intervalHours,
            services: [service],
            serviceOfInterval: arrivalsPerHour.map { _ in 0 }
        )
    }

    /// With another distribution of service times in some intervals.
    package init(arrivalsPerHour: [Double], intervalHours: Double, services: [ServiceTimes], serviceOfInterval: [Int]) {
        precondition(!arrivalsPerHour.isEmpty && intervalHours > 0 && serviceOfInterval.count == arrivalsPerHour.count, "intervals of a cycle")
        precondition(serviceOfInterval.allSatisfy(services.indices.contains), "a service time for every interval")
        self.arrivalsPerHour = arrivalsPerHour
        self.intervalHours = intervalHours
        self.services = services
        self.serviceOfInterval = serviceOfInterval
    }

    /// m(t) in erlang, `hours` after the cycle's beginning (any number of cycles). O(intervals that a service lasts).
    package func loadErlang(atHours hours: Double) -> Double {
        let count = arrivalsPerHour.count
        let place = hours / intervalHours
        let floor = place.rounded(.down)
        let current = Int(floor) - Int((floor / Double(count)).rounded(.down)) * count
        let elapsed = (place - floor) * intervalHours
        let longest = services.map(\.meanHours).max() ?? 0
        var load = arrivalsPerHour[current] * services[serviceOfInterval[current]].meanHours(upTo: elapsed)
        var back = 0
        // Arrivals of the interval `back + 1` ago have been under way between these two ages.
        while true {
            let interval = (current - 1 - back % count + count) % count
            let service = services[serviceOfInterval[interval]]
            let young = service.meanHours(upTo: elapsed + Double(back) * intervalHours)
            let old = service.meanHours(upTo: elapsed + Double(back + 1) * intervalHours)
            load += arrivalsPerHour[interval] * (old - young)
            back += 1
            // What is left of every service after so long is nothing that a Double could hold.
            if services.allSatisfy({ $0.meanHours - $0.meanHours(upTo: elapsed + Double(back) * intervalHours) <= 1e-15 * longest }) { break }
        }
        return load
    }

    /// The largest of m(t) at an interval's beginning, quarters and end, in erlang.
    package func peakErlang(interval: Int) -> Double {
        (0...4).map { loadErlang(atHours: (Double(interval) + Double($0) / 4) * intervalHours) }.max() ?? 0
    }
}

/// Staffing by a margin over the load that grows with its square root: ⌈m + β√m⌉ (Halfin & Whitt 1981).
package enum SquareRootStaffing {
    /// The smallest number of positions, at least 1, that leaves a margin that is enough; a margin of 30 always is.
    ///
    /// - Parameter isEnough: of β, which is never enough where a larger one is not.
    package static func positions(loadErlang: Double, isEnough: (Double) -> Bool) -> Int {
        guard loadErlang > 0 else { return 1 }
        var positions = max(1, (loadErlang - 1e-9).rounded(.up))
        while true {
            let beta = (positions - loadErlang) / loadErlang.squareRoot()
            if beta >= 30 || isEnough(max(0, beta)) { return Int(positions) }
            positions += 1
        }
    }

    /// The share of calls that wait with the margin β over 0: 1 / (1 + βΦ(β)/φ(β)) (Halfin & Whitt 1981, theorem 1).
    package static func waitProbability(beta: Double) -> Double {
        guard beta > 0 else { return 1 }
        return 1 / (1 + beta * Distributions.normalCumulative(beta) / Distributions.normalDensity(beta))
    }
}
