import ArgumentParser
import Foundation
import Staffing
import Synchronization
import Telemetry
import Workload

struct BenchStaffing: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "staffing",
        abstract: "Replays of call-outs against a roster: a year, a thousand drawn months, and a queue of the books, each result checked."
    )

    private static let zones = (1...8).map { "zone-\($0)" }
    private static let callOutsOfYear = 25_000

    @OptionGroup var options: BenchOptions
    @Option(help: "A file of what scripts/peers/compare prints: the same M/M/3 by others.")
    var peers: String?

    func run() throws {
        var figures = [try replayOfYear(), try bootstrap(), try hypercube()]
        let seconds = try (0..<(options.short ? 3 : 9)).map { try queue(seed: UInt64($0) + 1) }
        let rate = Double(BenchStaffing.customers) / BenchCore.median(seconds)
        figures.append(.init(name: "queueCustomersPerSecond", figure: rate, unit: "1/s", limit: "M/M/3 of 2 erlang, drawn and played; wait as Erlang C"))
        for peer in try readPeers() { figures.append(try compare(peer, rate: rate)) }
        BenchFigure.show("staffing: replays, result checked", figures, json: options.json)
    }

    /// 25,000 call-outs of a year in 8 zones: from the trace and the plan to all figures, processor time of one core.
    private func replayOfYear() throws -> BenchFigure {
        let period = BenchStaffing.period(days: 365)
        let trace = BenchStaffing.trace(period: period, count: BenchStaffing.callOutsOfYear)
        let plan = BenchStaffing.plan(period)
        var seconds: [Double] = []
        for _ in 0..<(options.short ? 3 : 9) {
            var result: ReplayResult?
            seconds.append(BenchCore.seconds { result = Replay(trace: trace, plan: plan, settings: StaffingSettings()).result() })
            guard let total = result?.total, total.callOuts == trace.callOuts.count, total.neverReached == 0, total.waited > 0,
                total.busyMilliseconds == trace.callOuts.reduce(0, { $0 + $1.busyMilliseconds }),
                total.rosteredMilliseconds == Int64(plan.spans.reduce(0.0) { $0 + BenchStaffing.hours($1, in: period) } * 3_600_000)
            else { throw Failure("the replay of a year gave \(String(describing: result?.total))") }
        }
        return .init(name: "replayMilliseconds", figure: BenchCore.median(seconds) * 1000, unit: "ms", limit: "a year, 25,000 call-outs, 8 zones; at most 50")
    }

    /// 1,000 drawn months on all cores, by the clock.
    private func bootstrap() throws -> BenchFigure {
        let period = BenchStaffing.period(days: 31)
        let trace = BenchStaffing.trace(period: period, count: BenchStaffing.callOutsOfYear / 12)
        let replay = Replay(trace: trace, plan: BenchStaffing.plan(period), settings: StaffingSettings())
        let progress = options.json ? nil : Terminal.Progress("staffing")
        let shown = Mutex<Double>(0)
        let start = ContinuousClock.now
        let estimates = replay.estimates(replays: 1000) { part in shown.withLock { $0 = part } }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        progress?.finish("1,000 months drawn and played")
        guard shown.withLock({ $0 }) == 1, estimates.replays == 1000, let share = estimates.total.estimates[.withinNormShare],
            let low = share.low, let high = share.high, low < share.value, share.value < high, high - low < 0.1,
            estimates == replay.estimates(replays: 1000)
        else { throw Failure("the drawn months gave \(estimates.total)") }
        return .init(name: "bootstrapSeconds", figure: seconds, unit: "s", limit: "1,000 replays of a month, all cores; at most 2")
    }

    /// Ten units with lists of preference of their own, and a queue: all busy as Erlang C, and as much work as comes.
    private func hypercube() throws -> BenchFigure {
        let units = 10
        let atoms = (0..<units).map { atom in
            Hypercube.Atom(callsPerHour: 0.4 + 0.04 * Double(atom), preference: (0..<units).map { ($0 * 3 + atom) % units })
        }
        let hypercube = Hypercube(atoms: atoms, servedPerHour: Array(repeating: 1, count: units), queue: .infinite)
        var seconds: [Double] = []
        for _ in 0..<(options.short ? 3 : 9) {
            var figures: HypercubeFigures?
            seconds.append(BenchCore.seconds { figures = hypercube.solved() })
            let work = figures?.workloads.reduce(0, +) ?? 0
            guard let figures, abs(work - hypercube.callsPerHour) < 1e-6,
                abs(figures.allBusyShare - BenchStaffing.erlangC(load: hypercube.callsPerHour, servers: units)) < 1e-6
            else { throw Failure("the hypercube of \(units) units works \(work) of \(hypercube.callsPerHour) hours") }
        }
        return .init(name: "hypercubeMilliseconds", figure: BenchCore.median(seconds) * 1000, unit: "ms", limit: "10 units, exact; at most 100")
    }

    /// Erlang C (1917), term by term.
    private static func erlangC(load: Double, servers: Int) -> Double {
        var (term, sum) = (1.0, 1.0)
        for number in 1..<servers {
            term *= load / Double(number)
            sum += term
        }
        let last = term * load / (Double(servers) - load)
        return last / (sum + last)
    }

    private static let customers = 200_000
    /// In times of service.
    private static let meanWait = erlangC(load: 2, servers: 3)

    /// M/M/3 of 2 erlang, from the first drawn number to all figures: the mean wait must be Erlang C's 4/9 of a service, within
    /// what chance allows. Processor seconds.
    private func queue(seed: UInt64) throws -> Double {
        let start: EventTime = 1_790_000_000_000
        var total: ReplayFigures?
        let seconds = BenchCore.seconds {
            var random = BenchRandom(state: seed)
            var time = Double(start)
            let callOuts = (0..<BenchStaffing.customers).map { _ in
                time += random.exponential(mean: 300_000)
                let busy = Int64(random.exponential(mean: 600_000).rounded()) + 1
                return CallOut(zone: 0, time: EventTime(time), delayMilliseconds: 0, travelMilliseconds: 0, busyMilliseconds: busy)
            }
            let trace = Trace(zones: ["a"], period: start..<EventTime(time) + 1, callOuts: callOuts)
            total = Replay(trace: trace, plan: BenchStaffing.threeForGood(from: start), settings: StaffingSettings()).result().total
        }
        let meanWait = Double(total?.waitSumMilliseconds ?? 0) / Double(BenchStaffing.customers) / 600_000
        guard total?.neverReached == 0, abs(meanWait - BenchStaffing.meanWait) < 0.04 else {
            throw Failure("M/M/3 of 2 erlang waited \(meanWait) times of service, not \(BenchStaffing.meanWait)")
        }
        return seconds
    }

    private static func threeForGood(from start: EventTime) -> StaffingPlan {
        let people = Roster.Shift(
            zones: ["a"],
            role: "pleie",
            kind: .day,
            days: .weekdays(Set(1...7)),
            startMinutes: 0,
            endMinutes: customers * 5 * 2,
            positions: 3
        )
        return StaffingPlan(spans: Roster(shifts: [people]).spans(on: LocalTime.oslo.day(at: start).advanced(by: -1)))
    }

    private struct Peer: Decodable {
        var peer: String
        var customers: Int
        var seconds: Double
        /// In times of service.
        var meanWait: Double
    }

    private func readPeers() throws -> [Peer] {
        guard let peers else { return [] }
        let text = try String(contentsOfFile: peers, encoding: .utf8)
        // Lines of other questions than a queue's have no customers.
        return try text.split(separator: "\n").filter { $0.contains("\"customers\"") }.map { line in
            do { return try JSONDecoder().decode(Peer.self, from: Data(line.utf8)) } catch {
                throw Failure("\(peers): a line that is no peer's result (\(line.prefix(80))): write it with scripts/peers/compare")
            }
        }
    }

    private func compare(_ peer: Peer, rate: Double) throws -> BenchFigure {
        guard abs(peer.meanWait - BenchStaffing.meanWait) < 0.04 else {
            throw Failure("\(peer.peer) waited \(peer.meanWait) times of service in M/M/3 of 2 erlang: not the same queue")
        }
        let ratio = peer.seconds / Double(peer.customers) * rate
        return .init(name: "\(peer.peer)Ratio", figure: ratio, unit: "1", limit: "times as long for a customer of the same M/M/3; to reach 50")
    }
}

extension BenchStaffing {
    private static func period(days: Int) -> Range<EventTime> {
        let first = LocalTime.Day(year: 2026, month: 1, day: 5)
        return LocalTime.oslo.instant(first)..<LocalTime.oslo.instant(first.advanced(by: days))
    }

    /// Two by day, one and a half in the evening, one at night.
    private static func plan(_ period: Range<EventTime>) -> StaffingPlan {
        let shifts = zones.flatMap { zone in
            [(ShiftKind.day, 7, 2.0), (.evening, 15, 1.5), (.night, 23, 1)].map { kind, hour, positions in
                Roster.Shift(
                    zones: [zone],
                    role: "pleie",
                    kind: kind,
                    days: .weekdays(Set(1...7)),
                    startMinutes: hour * 60,
                    endMinutes: (hour + 8) * 60,
                    positions: positions
                )
            }
        }
        return StaffingPlan(roster: Roster(shifts: shifts), period: period)
    }

    private static func hours(_ span: Roster.Span, in period: Range<EventTime>) -> Double {
        let inside = span.time.clamped(to: period)
        return span.positions * Double(inside.upperBound - inside.lowerBound) / 3_600_000
    }

    /// Call-outs with a peak in the forenoon, half an hour each.
    private static func trace(period: Range<EventTime>, count: Int) -> Trace {
        var random = BenchRandom(state: 1)
        let dayCount = Int((period.upperBound - period.lowerBound) / TimeRule.dayMilliseconds)
        let callOuts = (0..<count).map { _ in
            let hour = random.uniform() < 0.3 ? 8 + random.uniform() * 3 : random.uniform() * 24
            let time = period.lowerBound + Int64(random.uniform() * Double(dayCount)) * TimeRule.dayMilliseconds + Int64(hour * 3_600_000)
            let travel = 120_000 + Int64(random.exponential(mean: 480_000))
            return CallOut(
                zone: Int32(random.uniform() * Double(zones.count)),
                time: min(time, period.upperBound - 1),
                delayMilliseconds: Int64(random.exponential(mean: 180_000)),
                travelMilliseconds: travel,
                busyMilliseconds: travel + 1 + Int64(random.exponential(mean: 1_200_000)),
                isUrgent: random.uniform() < 0.1
            )
        }
        return Trace(zones: zones, period: period, callOuts: callOuts)
    }
}

/// Random numbers that are the same at every run: SplitMix64 (Steele, Lea & Flood 2014).
private struct BenchRandom {
    var state: UInt64

    mutating func uniform() -> Double {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Double((mixed ^ (mixed >> 31)) >> 11) * 0x1p-53
    }

    mutating func exponential(mean: Double) -> Double { -log(1 - uniform()) * mean }
}
