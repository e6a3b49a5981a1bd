package import Telemetry

/// Says which devices are silent for too long, and which of them are silent together.
///
/// Beside the fold, which never asks what time it is: given the clock, since when we have been connected, and the state.
/// The same calls give the same answers. Owned by the fold's thread; a look at many devices is cut into pieces, so that
/// no alarm waits for it.
package struct Liveness: Sendable {
    package struct Limits: Equatable, Sendable {
        /// Devices that must fall silent together to be one outage…
        package var outageDevicesMin = 10
        /// … and the share that they must be of those watched in the source or zone.
        package var outageShareMin = 0.5
        /// Together: silence was noticed within a device's own expected interval, and this much at least.
        package var outageWindowMilliseconds: Int64 = 15 * 60_000
        /// Devices looked at in one piece.
        package var pieceCountMax = 50_000

        package init() {}
    }

    static let notSilent = EventTime.min

    package let limits: Limits
    /// The clock when the service began: a device never heard of, registered for ever, counts from here.
    package let startedAt: EventTime
    /// By place in the watch: when silence was noticed.
    private(set) var noticedAt: ContiguousArray<EventTime>
    private(set) var outages = Outages()
    private(set) var connectedSince: EventTime?
    private var tallies: [Outages.Key: Outages.Tally] = [:]
    private var next = 0
    /// What the last whole look found.
    package private(set) var report = LivenessReport()

    package init(state: State, startedAt: EventTime, limits: Limits = Limits()) {
        self.limits = limits
        self.startedAt = startedAt
        noticedAt = ContiguousArray(repeating: Liveness.notSilent, count: state.watch.members.count)
    }

    /// What holds for one device at an instant.
    struct Judgement: Equatable {
        /// Nil where nobody can say: it was not heard within its interval, and that or our own connection is not as old yet.
        var isOverdue: Bool?
        /// When it should have been heard at the latest.
        var dueAt: EventTime
    }

    /// Whether a device that is to be heard within `interval` is overdue. `wasOverdue`: it was before, and nothing but a
    /// sign of life ends that.
    static func judge(
        lastSeen: EventTime,
        registeredFrom: EventTime,
        interval: Int64,
        startedAt: EventTime,
        connectedSince: EventTime?,
        wasOverdue: Bool,
        now: EventTime
    ) -> Judgement {
        let base = max(lastSeen, registeredFrom)
        let dueAt = (base == .min ? startedAt : base) + interval
        if lastSeen != .min, now <= lastSeen + interval { return Judgement(isOverdue: false, dueAt: dueAt) }
        guard now > dueAt else { return Judgement(isOverdue: nil, dueAt: dueAt) }
        if wasOverdue { return Judgement(isOverdue: true, dueAt: dueAt) }
        guard let connectedSince, now > connectedSince + interval else { return Judgement(isOverdue: nil, dueAt: dueAt) }
        return Judgement(isOverdue: true, dueAt: dueAt)
    }

    /// Looks at the next piece of the devices; true when that was the last and `report` is new. O(`pieceCountMax`).
    package mutating func look(at state: State, now: EventTime, connectedSince: EventTime?) -> Bool {
        self.connectedSince = connectedSince
        let count = state.watch.members.count
        let end = min(next + limits.pieceCountMax, count)
        // Neighbours of the registry mostly have zone and source in common.
        var key = Outages.Key(zone: .max, source: .max)
        var tally = Outages.Tally()
        for place in next..<end {
            guard let stay = state.watch.stay(place, at: now) else {
                noticedAt[place] = Liveness.notSilent
                continue
            }
            let own = Outages.Key(zone: stay.zone, source: state.watch.sources[place])
            if own != key {
                if key.zone != .max { tallies[key] = tally }
                key = own
                tally = tallies.removeValue(forKey: key) ?? Outages.Tally(outages.beginnings(of: key))
            }
            if state.watch.batteries[place].isLow { tally.batteryLow += 1 }
            guard stay.rule >= 0, let interval = state.watch.rules[Int(stay.rule)].heartbeatMilliseconds else {
                noticedAt[place] = Liveness.notSilent
                continue
            }
            tally.watched += 1
            let judgement = Liveness.judge(
                lastSeen: state.watch.lastSeen[place],
                registeredFrom: stay.start,
                interval: interval,
                startedAt: startedAt,
                connectedSince: connectedSince,
                wasOverdue: noticedAt[place] != Liveness.notSilent,
                now: now
            )
            guard judgement.isOverdue == true else {
                if judgement.isOverdue == nil { tally.unknown += 1 }
                noticedAt[place] = Liveness.notSilent
                continue
            }
            if noticedAt[place] == Liveness.notSilent { noticedAt[place] = now }
            let isRecent = now - noticedAt[place] <= max(limits.outageWindowMilliseconds, interval)
            tally.count(noticedAt: noticedAt[place], dueAt: judgement.dueAt, isRecent: isRecent)
        }
        if key.zone != .max { tallies[key] = tally }
        next = end
        guard end == count else { return false }
        next = 0
        outages.decide(tallies, limits)
        report = outages.report(tallies, state)
        tallies = [:]
        return true
    }

    /// Takes over what was known under an earlier plan: who is silent since when, and the outages.
    package mutating func takeOver(_ old: Liveness, of oldState: State, in state: State) {
        for place in old.noticedAt.indices where old.noticedAt[place] != Liveness.notSilent {
            guard let new = state.place(ofDevice: oldState.watch.members[place].device, of: oldState) else { continue }
            noticedAt[new] = old.noticedAt[place]
        }
        outages = old.outages.moved(from: oldState, to: state)
        connectedSince = old.connectedSince
    }
}

extension State {
    /// The place in this state's watch of a device that another state knows.
    fileprivate func place(ofDevice number: UInt32, of other: State) -> Int? {
        guard let municipality = zones.number(ofMunicipality: other.municipalityName(ofDevice: number)) else { return nil }
        return other.devices.table.withText(Int(number)) { text in
            devices.table.find(text, scope: municipality).flatMap { devices.registered(UInt32($0)) }
        }
    }

    /// Takes over when devices were last heard, to the millisecond, from the state before a change of plan.
    package mutating func takeOverWatch(from old: State) {
        for place in old.watch.members.indices where old.watch.lastSeen[place] != .min {
            guard let new = self.place(ofDevice: old.watch.members[place].device, of: old) else { continue }
            let source = old.watch.sources[place]
            let number =
                source == DeviceWatch.noSource ? source : self.source(old.sources[Int(source)].name, in: old.sources[Int(source)].ledger.record.municipality)
            watch.restore(Int32(new), lastSeen: old.watch.lastSeen[place], source: number)
        }
    }
}
