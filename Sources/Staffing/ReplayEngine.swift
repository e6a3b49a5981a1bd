import Telemetry

/// Plays call-outs against a schedule, instant by instant. The fast part of the room: flat arrays, nothing allocated per
/// event once the arrays have grown; `ReplayTwin` in the tests says the same slowly.
///
/// Rules. At each instant first those who are done come free, then shifts begin and end, then call-outs come; then people are
/// sent. Who waits is served so: urgent before others before *seconds* (see below), then the longest waiting. A call-out
/// gets the first free of its zone's candidates (`Schedule.Candidates`). Who is out at the end of the shift finishes.
/// A call-out that needs r people starts with the first; the others are asked for as *seconds*: nobody who has no one at
/// all waits for them, they come as they get free, and they are done, and no more asked for, when the first is.
struct ReplayEngine {
    /// How it went for one call-out.
    struct Outcome {
        /// −1: never taken.
        var waitMilliseconds: Int64 = -1
        /// −1: not known; `max`: never taken.
        var attendanceMilliseconds: Int64 = .max
        /// Zone × 3 + shift.
        var cell: Int32 = 0
        var dayClass: UInt8 = 0
        var isShortHanded = false
        /// Who took it; −1: nobody.
        var crew: Int32 = -1
        var responseStart: EventTime = 0
        var responseEnd: EventTime = 0
        var secondsMissing: Int32 = 0
        var next: Int32 = -1
    }

    let schedule: Schedule
    var calls: ReplayCalls
    let normMilliseconds: Int64

    /// By arrival.
    private(set) var outcomes: ContiguousArray<Outcome> = []
    /// By zone × 3 + shift.
    private(set) var tallies: ContiguousArray<ReplayTally> = []

    private var out: ContiguousArray<Int32> = []
    private var available: ContiguousArray<Int32> = []
    /// By zone, the place in `schedule.candidates`; −1 before the first.
    private var candidates: ContiguousArray<Int32> = []
    private var returns = ReturnQueue()
    /// Queues of arrivals, by level × zones + zone: linked through `Outcome.next`.
    private var heads: ContiguousArray<Int32> = []
    private var tails: ContiguousArray<Int32> = []
    private var waitingCount = 0
    /// When seconds were asked for, in order; compared between zones.
    private var secondsOrder: ContiguousArray<Int32> = []
    private var secondsCount: Int32 = 0

    private static let levels = 3
    private static let seconds = 2

    init(schedule: Schedule, calls: ReplayCalls, normMilliseconds: Int64) {
        self.schedule = schedule
        self.calls = calls
        self.normMilliseconds = normMilliseconds
    }

    /// - Parameters:
    ///   - times: instants of the arrivals, ascending.
    ///   - order: the call-out that each arrival is.
    mutating func run(times: ContiguousArray<EventTime>, order: ContiguousArray<Int32>) {
        reset(arrivals: times.count)
        let (steps, changes) = (schedule.steps, schedule.candidates)
        var (arrival, step, change) = (0, 0, 0)
        while arrival < times.count || waitingCount > 0 {
            var now = arrival < times.count ? times[arrival] : EventTime.max
            // While nobody waits nothing happens before the next call-out comes: what changed until then is caught up with at once.
            if waitingCount > 0 {
                if let first = returns.first { now = min(now, first) }
                if step < steps.count { now = min(now, steps[step].time) }
                if change < changes.count { now = min(now, changes[change].time) }
                if now == .max { break }
            }
            while let first = returns.first, first <= now { out[Int(returns.removeFirst())] -= 1 }
            if step < steps.count, steps[step].time <= now { step = catchUp(steps, from: step, to: now) }
            while change < changes.count, changes[change].time <= now {
                candidates[Int(changes[change].zone)] = Int32(change)
                change += 1
            }
            // Who comes alone where nobody waits, as nearly all do, is sent somebody without standing in a queue first.
            if waitingCount == 0, arrival + 1 == times.count || times[arrival + 1] > now {
                let call = calls.calls[Int(order[arrival])]
                count(arrival, call, at: now)
                if let crew = freeCrew(zone: Int(call.zone)) {
                    start(arrival, call, crew: crew, waited: 0, at: now)
                } else {
                    enqueue(arrival, zone: Int(call.zone), level: call.isUrgent ? 0 : 1)
                }
                arrival += 1
            }
            while arrival < times.count, times[arrival] == now {
                let call = calls.calls[Int(order[arrival])]
                count(arrival, call, at: now)
                enqueue(arrival, zone: Int(call.zone), level: call.isUrgent ? 0 : 1)
                arrival += 1
            }
            if waitingCount > 0 { send(at: now, times: times, order: order) }
        }
        finish(order)
    }

    /// Returns the first step that lies ahead. A year has more of them than call-outs.
    private mutating func catchUp(_ steps: [Schedule.Step], from first: Int, to now: EventTime) -> Int {
        var available = available.mutableSpan
        let steps = steps.span
        var step = first
        while step < steps.count, steps[step].time <= now {
            available[Int(steps[step].crew)] = steps[step].available
            step += 1
        }
        return step
    }

    private mutating func reset(arrivals: Int) {
        let zoneCount = schedule.zones.count
        func fill<Value>(_ array: inout ContiguousArray<Value>, _ value: Value, _ count: Int) {
            array.removeAll(keepingCapacity: true)
            array.append(contentsOf: repeatElement(value, count: count))
        }
        fill(&outcomes, Outcome(), arrivals)
        fill(&tallies, ReplayTally(), zoneCount * 3)
        fill(&out, 0, schedule.crews.count)
        fill(&available, 0, schedule.crews.count)
        fill(&candidates, -1, zoneCount)
        fill(&heads, -1, zoneCount * ReplayEngine.levels)
        fill(&tails, -1, zoneCount * ReplayEngine.levels)
        fill(&secondsOrder, 0, arrivals)
        returns.removeAll()
        waitingCount = 0
        secondsCount = 0
    }

    /// An arrival belongs to its zone and the shift at work there.
    private mutating func count(_ arrival: Int, _ call: ReplayCalls.Call, at now: EventTime) {
        let zone = Int(call.zone)
        let shift: (kind: ShiftKind, dayClass: DayClass)
        if candidates[zone] >= 0, let kind = schedule.candidates[Int(candidates[zone])].shift,
            let dayClass = schedule.candidates[Int(candidates[zone])].dayClass
        {
            shift = (kind, dayClass)
        } else {
            shift = schedule.shiftByClock(at: now)
        }
        let cell = zone * 3 + shift.kind.order
        outcomes[arrival].cell = Int32(cell)
        outcomes[arrival].dayClass = UInt8(shift.dayClass.rawValue)
        tallies[cell].callOuts += 1
    }

    private mutating func enqueue(_ arrival: Int, zone: Int, level: Int) {
        let queue = level * schedule.zones.count + zone
        outcomes[arrival].next = -1
        if tails[queue] >= 0 { outcomes[Int(tails[queue])].next = Int32(arrival) } else { heads[queue] = Int32(arrival) }
        tails[queue] = Int32(arrival)
        waitingCount += 1
    }

    private mutating func dequeue(zone: Int, level: Int) {
        let queue = level * schedule.zones.count + zone
        heads[queue] = outcomes[Int(heads[queue])].next
        if heads[queue] < 0 { tails[queue] = -1 }
        waitingCount -= 1
    }

    /// Sends people while somebody who waits can have somebody who is free.
    private mutating func send(at now: EventTime, times: ContiguousArray<EventTime>, order: ContiguousArray<Int32>) {
        var level = 0
        while level < ReplayEngine.levels, waitingCount > 0 {
            if level == ReplayEngine.seconds { dropSeconds(at: now) }
            var best: (arrival: Int, zone: Int, crew: Int)?
            for zone in schedule.zones.indices {
                let head = Int(heads[level * schedule.zones.count + zone])
                guard head >= 0 else { continue }
                if let best, !isBefore(head, best.arrival, level: level) { continue }
                if let crew = freeCrew(zone: zone) { best = (head, zone, crew) }
            }
            guard let best else {
                level += 1
                continue
            }
            let call = calls.calls[Int(order[best.arrival])]
            if level == ReplayEngine.seconds {
                follow(best.arrival, zone: best.zone, crew: best.crew, at: now)
            } else {
                dequeue(zone: best.zone, level: level)
                start(best.arrival, call, crew: best.crew, waited: now - times[best.arrival], at: now)
            }
        }
        if waitingCount > 0 { countShortHanded(at: now) }
    }

    private func isBefore(_ left: Int, _ right: Int, level: Int) -> Bool {
        level == ReplayEngine.seconds ? secondsOrder[left] < secondsOrder[right] : left < right
    }

    private func freeCrew(zone: Int) -> Int? {
        let place = candidates[zone]
        guard place >= 0 else { return nil }
        for index in schedule.candidates[Int(place)].crews {
            let crew = Int(schedule.candidateCrews[Int(index)])
            if available[crew] > out[crew] { return crew }
        }
        return nil
    }

    /// Somebody goes, and who else is needed is asked for.
    private mutating func start(_ arrival: Int, _ call: ReplayCalls.Call, crew: Int, waited: Int64, at now: EventTime) {
        let zone = Int(call.zone)
        let kind = schedule.crews[crew].crewKind
        let help = schedule.kinds[kind].helpMilliseconds[zone]
        let leaves = now + call.turnoutMilliseconds
        let isKnown = call.travelMilliseconds >= 0
        var outcome = outcomes[arrival]
        outcome.waitMilliseconds = waited
        outcome.attendanceMilliseconds = isKnown ? waited + call.turnoutMilliseconds + call.travelMilliseconds + help : -1
        outcome.crew = Int32(crew)
        outcome.responseStart = leaves
        outcome.responseEnd = leaves + call.busyMilliseconds + help
        outcome.secondsMissing = call.responders - 1
        outcomes[arrival] = outcome
        tallies[Int(outcome.cell)].add(outcome, withinMilliseconds: normMilliseconds, isCrossZone: !schedule.kinds[kind].homes.contains(zone))
        work(crew, zone: zone, leaves: leaves, until: outcome.responseEnd)
        if call.responders > 1 {
            secondsCount += 1
            secondsOrder[arrival] = secondsCount
            enqueue(arrival, zone: zone, level: ReplayEngine.seconds)
        }
    }

    /// One more goes to a call-out that has begun.
    private mutating func follow(_ arrival: Int, zone: Int, crew: Int, at now: EventTime) {
        let outcome = outcomes[arrival]
        outcomes[arrival].secondsMissing -= 1
        if outcome.secondsMissing == 1 { dequeue(zone: zone, level: ReplayEngine.seconds) }
        work(crew, zone: zone, leaves: max(now, outcome.responseStart), until: outcome.responseEnd)
    }

    private mutating func work(_ crew: Int, zone: Int, leaves: EventTime, until end: EventTime) {
        out[crew] += 1
        returns.insert(end, crew: Int32(crew))
        let kind = schedule.kinds[schedule.crews[crew].crewKind]
        let cell = (kind.place(of: zone) ?? zone) * 3 + kind.shift.order
        tallies[cell].addWork(milliseconds: end - leaves, overtime: max(0, end - max(leaves, schedule.crews[crew].end)))
    }

    /// Seconds whose first is done are asked for no more.
    private mutating func dropSeconds(at now: EventTime) {
        let zoneCount = schedule.zones.count
        for zone in 0..<zoneCount {
            let queue = ReplayEngine.seconds * zoneCount + zone
            var previous: Int32 = -1
            var current = heads[queue]
            while current >= 0 {
                let next = outcomes[Int(current)].next
                if outcomes[Int(current)].responseEnd <= now {
                    if previous >= 0 { outcomes[Int(previous)].next = next } else { heads[queue] = next }
                    if next < 0 { tails[queue] = previous }
                    waitingCount -= 1
                } else {
                    previous = current
                }
                current = next
            }
        }
    }

    /// After sending, a call-out that began now and still misses seconds began short-handed.
    private mutating func countShortHanded(at now: EventTime) {
        for queue in (ReplayEngine.seconds * schedule.zones.count)..<heads.count {
            var current = heads[queue]
            while current >= 0 {
                let place = Int(current)
                if !outcomes[place].isShortHanded {
                    outcomes[place].isShortHanded = true
                    tallies[Int(outcomes[place].cell)].shortHanded += 1
                }
                current = outcomes[place].next
            }
        }
    }

    /// Who was never taken missed the norm.
    private mutating func finish(_ order: ContiguousArray<Int32>) {
        guard waitingCount > 0 else { return }
        for outcome in outcomes where outcome.waitMilliseconds < 0 {
            tallies[Int(outcome.cell)].neverReached += 1
            tallies[Int(outcome.cell)].attended += 1
        }
    }
}
