import Telemetry
import Workload

/// Which zones share people in a plan: what happens in the others makes no difference to them.
struct ZoneLinks: Sendable {
    private let groups: [Set<String>]

    init(_ plan: StaffingPlan) {
        groups = Set(plan.spans.map(\.zones)).filter { $0.count > 1 }.map { Set($0) }
    }

    /// Some zones and those that share people with them, straight or through others.
    ///
    /// - Parameter pools: zones that help one another besides, in whichever shifts.
    func together(with zones: [String], pools: [StaffingPlan.Pool]) -> Set<String> {
        var found = Set(zones)
        var apart = groups + pools.map { Set($0.zones) }
        while let place = apart.firstIndex(where: { !$0.isDisjoint(with: found) }) { found.formUnion(apart.remove(at: place)) }
        return found
    }
}

extension Replay {
    /// The sums with another plan, by zone × 3 + shift. The zones that it is another for are played, with those that share people with them;
    /// the others have what they had.
    ///
    /// - Parameters:
    ///   - plan: this one's but for single zones, and with more pools.
    ///   - changed: these zones.
    ///   - links: of this one's plan.
    ///   - before: this one's sums.
    func tallies(
        with plan: StaffingPlan,
        changedIn changed: [String],
        links: ZoneLinks,
        before: ContiguousArray<ReplayTally>
    ) -> ContiguousArray<ReplayTally> {
        let together = links.together(with: changed, pools: plan.pools)
        let isPlayed = played.zones.map(together.contains)
        guard isPlayed.contains(false) else { return with(plan: plan).tallies() }
        var part = plan
        part.spans.removeAll { together.isDisjoint(with: $0.zones) }
        var (times, order): (ContiguousArray<EventTime>, ContiguousArray<Int32>) = ([], [])
        for place in calls.times.indices where isPlayed[Int(calls.calls[place].zone)] {
            times.append(calls.times[place])
            order.append(Int32(place))
        }
        var engine = with(plan: part, playing: isPlayed).engine()
        engine.run(times: times, order: order)
        var tallies = before
        for cell in tallies.indices where isPlayed[cell / 3] { tallies[cell] = engine.tallies[cell] }
        return tallies
    }
}
