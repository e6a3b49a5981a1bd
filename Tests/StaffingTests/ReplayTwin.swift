import Staffing
import Telemetry
import Workload

/// The replay's rules once more, person by person and list by list, as slowly and plainly as they can be written.
struct ReplayTwin {
    struct Person {
        var zones: [String]
        var kind: ShiftKind
        var start: EventTime
        var end: EventTime
        var busyUntil: EventTime = .min
    }

    struct Waiting {
        var call: Int
        var level: Int
        var order: Int
    }

    struct Outcome: Equatable {
        var wait: Int64?
        var attendance: Int64?
    }

    let trace: Trace
    let turnouts: [Int64]
    let plan: StaffingPlan
    let settings: StaffingSettings
    var people: [Person] = []
    var outcomes: [Outcome]
    var crossZone = 0
    var overtime: Int64 = 0
    var busy: Int64 = 0
    /// Zone, start and end of each response.
    var responses: [(zone: Int, start: EventTime, end: EventTime)] = []
    private var waiting: [Waiting] = []
    private var ends: [Int: (leaves: EventTime, end: EventTime)] = [:]
    private var seconds = 0

    /// - Parameter trace: at home.
    init(_ trace: Trace, turnouts: [Int64], plan: StaffingPlan, settings: StaffingSettings) {
        self.trace = trace
        self.turnouts = turnouts
        self.plan = plan
        self.settings = settings
        outcomes = trace.callOuts.map { _ in Outcome() }
        for span in plan.spans {
            var left = span.positions
            while left > 0 {
                let part = min(1, left)
                let length = Double(span.time.upperBound - span.time.lowerBound)
                let end = span.time.lowerBound + Int64((length * part).rounded())
                people.append(Person(zones: span.zones, kind: span.kind, start: span.time.lowerBound, end: end))
                left -= part
            }
        }
    }

    mutating func run() {
        var instants = Set(trace.callOuts.map(\.time) + people.map(\.start) + people.map(\.end))
        var done: Set<EventTime> = []
        while let now = instants.subtracting(done).min() {
            done.insert(now)
            for (number, call) in trace.callOuts.enumerated() where call.time == now {
                waiting.append(Waiting(call: number, level: call.isUrgent ? 0 : 1, order: number))
            }
            waiting.removeAll { $0.level == 2 && (ends[$0.call]?.end ?? .max) <= now }
            while sendOne(at: now) {}
            instants.formUnion(people.map(\.busyUntil).filter { $0 > now })
        }
    }

    /// Time with at least one, two and three responses open, from instant to instant.
    func overlaps(_ isCounted: (Int) -> Bool) -> [Int64] {
        let counted = responses.filter { isCounted($0.zone) }
        let instants = Set(counted.flatMap { [$0.start, $0.end] }).sorted()
        var result: [Int64] = [0, 0, 0]
        for (from, to) in zip(instants, instants.dropFirst()) {
            let open = counted.count { $0.start <= from && to <= $0.end }
            for level in 0..<min(3, open) { result[level] += to - from }
        }
        return result
    }

    private mutating func sendOne(at now: EventTime) -> Bool {
        for (place, waits) in waiting.enumerated().sorted(by: { ($0.element.level, $0.element.order) < ($1.element.level, $1.element.order) }) {
            let call = trace.callOuts[waits.call]
            guard let (person, help) = whoGoes(to: trace.zones[Int(call.zone)], at: now) else { continue }
            waiting.remove(at: place)
            if let first = ends[waits.call] {
                work(person, from: max(now, first.leaves), until: first.end)
                return true
            }
            let turnout = call.delayMilliseconds > 0 ? turnouts[Int(call.zone)] : 0
            let leaves = now + turnout
            responses.append((Int(call.zone), leaves, leaves + call.busyMilliseconds + help))
            ends[waits.call] = (leaves, leaves + call.busyMilliseconds + help)
            outcomes[waits.call].wait = now - call.time
            if let travel = call.travelMilliseconds { outcomes[waits.call].attendance = leaves - call.time + travel + help }
            if !homes(people[person]).contains(trace.zones[Int(call.zone)]) { crossZone += 1 }
            work(person, from: leaves, until: leaves + call.busyMilliseconds + help)
            if call.responders > 1 {
                seconds += 1
                for _ in 1..<call.responders { waiting.append(Waiting(call: waits.call, level: 2, order: seconds)) }
            }
            return true
        }
        return false
    }

    private mutating func work(_ person: Int, from start: EventTime, until end: EventTime) {
        people[person].busyUntil = end
        busy += end - start
        overtime += max(0, end - max(start, people[person].end))
    }

    private func homes(_ person: Person) -> [String] {
        plan.measuredTogether.contains(Set(person.zones)) ? person.zones : [person.zones[0]]
    }

    private func help(_ person: Person, to zone: String) -> Int64? {
        let pooled = plan.pools.contains { $0.kinds.contains(person.kind) && $0.zones.contains(zone) && !Set($0.zones).isDisjoint(with: person.zones) }
        guard person.zones.contains(zone) || pooled else { return nil }
        return homes(person).map { Int64((settings.helpMinutes(from: $0, to: zone) * 60_000).rounded()) }.min()
    }

    private func whoGoes(to zone: String, at now: EventTime) -> (Int, Int64)? {
        var best: (rank: (Int, Int64, Int64, String), number: Int, help: Int64)?
        for (number, person) in people.enumerated() where person.start <= now && now < person.end && person.busyUntil <= now {
            guard let help = help(person, to: zone) else { continue }
            // Zones by their places, each a letter.
            let zones = String(String.UnicodeScalarView(person.zones.compactMap(trace.zones.firstIndex).sorted().compactMap { Unicode.Scalar(UInt8(97 + $0)) }))
            let rank = (person.zones == [zone] ? 0 : 1, help, -person.end, zones)
            if best == nil || rank < best!.rank { best = (rank, number, help) }
        }
        return best.map { ($0.number, $0.help) }
    }
}
