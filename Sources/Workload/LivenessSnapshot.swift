package import Telemetry

/// What is known of each registered device at one instant, to be asked from other threads.
///
/// Shares its arrays with the fold until the fold changes them, so taking one is O(1) and costs the fold one copy.
package struct LivenessSnapshot: Sendable {
    package struct Device: Equatable, Sendable {
        /// To the millisecond; nil where it is only known by the quarter or not at all.
        package var lastSeen: EventTime?
        /// Nil where nobody can say.
        package var isOverdue: Bool?
        /// When it should have been heard at the latest; nil unless it is overdue.
        package var overdueSince: EventTime?
        /// An outage of its source or zone stands for it.
        package var isInOutage: Bool

        package init(lastSeen: EventTime?, isOverdue: Bool?, overdueSince: EventTime?, isInOutage: Bool) {
            self.lastSeen = lastSeen
            self.isOverdue = isOverdue
            self.overdueSince = overdueSince
            self.isInOutage = isInOutage
        }
    }

    /// The plan that it was made under, counted from the start.
    package let generation: Int
    package let report: LivenessReport
    private let watch: DeviceWatch
    private let liveness: Liveness
    private let municipalities: [String: UInt32]
    private let now: EventTime

    package init(_ liveness: Liveness, _ state: State, generation: Int, now: EventTime) {
        self.generation = generation
        self.now = now
        self.liveness = liveness
        report = liveness.report
        watch = state.watch
        municipalities = Dictionary(state.zones.municipalities.enumerated().map { ($1, UInt32($0)) }) { first, _ in first }
    }

    /// A device by its place among those of the municipality's registry, in the order in which it names them first.
    package func device(_ place: Int, municipality: String) -> Device? {
        guard let number = municipalities[municipality], let places = watch.places[number], place >= 0, place < places.count else { return nil }
        let place = places.lowerBound + place
        let lastSeen = watch.lastSeen[place] == .min ? nil : watch.lastSeen[place]
        guard let stay = watch.stay(place, at: now), stay.rule >= 0,
            let interval = watch.rules[Int(stay.rule)].heartbeatMilliseconds
        else { return Device(lastSeen: lastSeen, isOverdue: nil, overdueSince: nil, isInOutage: false) }
        let noticedAt = liveness.noticedAt[place]
        let wasOverdue = noticedAt != Liveness.notSilent
        var judgement = Liveness.judge(
            lastSeen: watch.lastSeen[place],
            registeredFrom: stay.start,
            interval: interval,
            startedAt: liveness.startedAt,
            connectedSince: liveness.connectedSince,
            wasOverdue: wasOverdue,
            now: now
        )
        // What the last look has not noticed yet is not told before it has.
        if judgement.isOverdue == true, !wasOverdue { judgement.isOverdue = nil }
        let isOverdue = judgement.isOverdue == true
        return Device(
            lastSeen: lastSeen,
            isOverdue: judgement.isOverdue,
            overdueSince: isOverdue ? judgement.dueAt : nil,
            isInOutage: isOverdue && liveness.outages.holds(.init(zone: stay.zone, source: watch.sources[place]), noticedAt: noticedAt)
        )
    }
}
