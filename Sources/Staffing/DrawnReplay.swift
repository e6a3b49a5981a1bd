/// A replay with the figures of its drawn weeks, kept so that changes are held against it without playing it again for each.
package struct DrawnReplay: Sendable {
    package let replay: Replay
    package let estimates: ReplayEstimates
    private let samples: BootstrapSamples

    /// O(replays · n log n) on all cores.
    ///
    /// - Parameters:
    ///   - replays: nil: as the settings say. Under four weeks none are made.
    ///   - progress: 0–1, from any thread but never from two at once.
    package init(_ replay: Replay, replays: Int? = nil, progress: (@Sendable (Double) -> Void)? = nil) {
        let isTooShort = replay.days.days.count / 7 < ReplayEstimates.weeksMin
        let count = isTooShort ? 0 : max(0, replays ?? replay.settings.replays)
        self.replay = replay
        samples = Bootstrap.samples(of: replay, count: count, seed: replay.settings.seed, progress: progress)
        estimates = ReplayEstimates(replay, replay.result(), samples: samples)
    }

    /// Changed against this, with intervals of the difference from the same drawn weeks (paired), as many as this has.
    ///
    /// - Parameter changed: a replay of the same measured trace, see `Replay.changed(by:)` and `Replay.with(plan:)`.
    package func compared(with changed: Replay, name: String, progress: (@Sendable (Double) -> Void)? = nil) -> ReplayComparison {
        precondition(changed.days == replay.days && changed.played.zones == replay.played.zones, "both are replays of the same period and zones")
        let drawn = Bootstrap.samples(of: changed, count: samples.count, seed: replay.settings.seed, progress: progress)
        let after = ReplayEstimates(changed, changed.result(), samples: drawn)
        func difference(_ number: Int, _ old: ReplayEstimates.Scope, _ new: ReplayEstimates.Scope) -> ReplayComparison.Difference {
            let tooFew = old.tooFew ?? new.tooFew
            var found: [ReplayMeasure: Estimate] = [:]
            for measure in ReplayMeasure.allCases {
                guard let before = old.estimates[measure]?.value, let now = new.estimates[measure]?.value else { continue }
                let pairs = zip(drawn.values(scope: number, measure), samples.values(scope: number, measure))
                let bounds = tooFew == nil ? Bootstrap.bounds(pairs.map { $0 - $1 }) : nil
                found[measure] = Estimate(now - before, low: bounds?.low, high: bounds?.high)
            }
            return .init(zone: old.zone, kind: old.kind, estimates: found, tooFew: tooFew)
        }
        let zones = replay.played.zones.count
        return ReplayComparison(
            name: name,
            today: estimates,
            changed: after,
            total: difference(0, estimates.total, after.total),
            byZone: (0..<zones).map { difference(1 + $0, estimates.byZone[$0], after.byZone[$0]) },
            byShift: (0..<zones * 3).map { difference(1 + zones + $0, estimates.byShift[$0], after.byShift[$0]) }
        )
    }
}

extension Replay {
    /// The period as it was, with intervals from replays of drawn weeks.
    package func estimates(replays: Int? = nil, progress: (@Sendable (Double) -> Void)? = nil) -> ReplayEstimates {
        DrawnReplay(self, replays: replays, progress: progress).estimates
    }

    /// Changed against today: for one change; who holds many against the same draws it once (`DrawnReplay`).
    package func compared(
        with changed: Replay,
        name: String,
        replays: Int? = nil,
        progress: (@Sendable (Double) -> Void)? = nil
    ) -> ReplayComparison {
        DrawnReplay(self, replays: replays).compared(with: changed, name: name, progress: progress)
    }
}
