package import Workload

extension StaffingPlan {
    /// The plan after a change; changes of call-outs, ways and norm leave it as it is.
    ///
    /// - Parameter zones: the municipality's, for a change that names none.
    package func applying(_ change: StaffingChange, zones all: [String], localTime: LocalTime = .oslo) -> StaffingPlan {
        func named(_ zones: [String]) -> [String] { zones.isEmpty ? all.filter { $0 != Trace.unknownZone } : zones }
        switch change {
        case .positions(let zones, let kind, let days, let delta):
            return adding(delta, zones: named(zones), kind: kind, days: days, localTime: localTime)
        case .start(let zones, let kind, let laterMinutes):
            return moving(zones: named(zones), kind: kind, laterMinutes: laterMinutes)
        case .pool(let zones, let kinds):
            return pooling(named(zones), kinds: kinds.isEmpty ? ShiftKind.allCases : kinds)
        case .norm, .closedAtCentre, .travel, .load: return self
        }
    }
}

extension Replay {
    /// The replay after changes, made one after the other.
    ///
    /// Which call-outs the centre closes instead is not known, so they are drawn whatever their kind: the more it closes
    /// the simple ones, the more of the long ones are left, and the less it helps than is shown. Ways between zones grow with
    /// the ways within them.
    package func changed(by whatIf: WhatIf) -> Replay {
        var plan = plan
        var settings = settings
        var played = played
        for (number, change) in whatIf.changes.enumerated() {
            let seed = settings.seed &+ UInt64(number) &+ 1
            plan = plan.applying(change, zones: played.zones, localTime: localTime)
            switch change {
            case .norm(let norm): settings.norm = norm
            case .closedAtCentre(let share): played = played.without(share: share, seed: seed)
            case .load(let factor): played = played.times(load: factor, seed: seed, localTime: localTime)
            case .travel(let factor):
                played = played.times(travel: factor)
                settings.betweenZonesMinutes *= factor
                settings.travelMinutes = settings.travelMinutes.mapValues { $0 * factor }
            case .positions, .start, .pool: break
            }
        }
        return with(plan: plan, settings: settings, played: played)
    }

    /// A what-if held against today with the same drawn weeks.
    package func compared(
        with whatIf: WhatIf,
        replays: Int? = nil,
        progress: (@Sendable (Double) -> Void)? = nil
    ) -> ReplayComparison {
        compared(with: changed(by: whatIf), name: whatIf.name, replays: replays, progress: progress)
    }
}
