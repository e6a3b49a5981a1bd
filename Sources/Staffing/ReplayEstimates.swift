import Workload

/// A replay's figures with 95 % intervals from replays of drawn weeks (see `BootstrapWeeks`).
package struct ReplayEstimates: Equatable, Sendable {
    /// Why no interval is told.
    package enum TooFew: Equatable, Sendable {
        case callOuts(Int, min: Int)
        case weeks(Int, min: Int)
    }

    /// All, a zone, or a zone's shift.
    package struct Scope: Equatable, Sendable {
        /// Nil: all zones.
        package var zone: String?
        /// Nil: all shifts.
        package var kind: ShiftKind?
        package var figures: ReplayFigures
        /// Without an entry where the figure does not exist.
        package var estimates: [ReplayMeasure: Estimate]
        /// Nil: the intervals are told.
        package var tooFew: TooFew?
        /// So many came late that it is hardly chance (`ReplayFigures.isSurelyUnder`), whether or not there are enough call-outs for the
        /// drawn weeks: few call-outs silence only what is uncertain.
        package var isSurelyUnderNorm = false

        /// Whether its share within the norm says something: with enough call-outs, or surely under the norm.
        package var isTelling: Bool { if case .callOuts = tooFew { isSurelyUnderNorm } else { true } }
    }

    /// The zone and shift with the smallest share within the norm among those with enough call-outs and those surely under the norm.
    package struct Worst: Equatable, Sendable {
        package var zone: String
        package var kind: ShiftKind
        /// In what share of the drawn months it is the worst, 0–1; nil under four weeks. Of several equally bad each has its part,
        /// so that the shares of all shifts make up 1.
        package var agreement: Double?
    }

    /// Under so many weeks there is nothing to draw from.
    package static let weeksMin = 4

    /// The period as it was.
    package var result: ReplayResult
    package var replays: Int
    package var total: Scope
    /// In the order of the result's zones.
    package var byZone: [Scope]
    /// Zone by zone, day before evening before night.
    package var byShift: [Scope]
    /// Nil where no zone and shift has enough call-outs.
    package var worst: Worst?
}

/// A changed replay held against today's, both with the same drawn weeks.
package struct ReplayComparison: Equatable, Sendable {
    /// Changed − today by measure, in the same order as the scopes of `today`.
    package struct Difference: Equatable, Sendable {
        package var zone: String?
        package var kind: ShiftKind?
        package var estimates: [ReplayMeasure: Estimate]
        package var tooFew: ReplayEstimates.TooFew?
    }

    package var name: String
    package var today: ReplayEstimates
    package var changed: ReplayEstimates
    package var total: Difference
    package var byZone: [Difference]
    package var byShift: [Difference]
}

extension ReplayEstimates {
    init(_ replay: Replay, _ result: ReplayResult, samples: BootstrapSamples) {
        self.result = result
        replays = samples.count
        let zones = result.zones
        func scope(_ number: Int, zone: String?, kind: ShiftKind?, _ figures: ReplayFigures) -> Scope {
            let tooFew = ReplayEstimates.tooFew(figures.callOuts, replay)
            var estimates: [ReplayMeasure: Estimate] = [:]
            for measure in ReplayMeasure.allCases {
                guard let value = figures.value(measure), value.isFinite else { continue }
                let bounds = tooFew == nil ? Bootstrap.bounds(samples.values(scope: number, measure)) : nil
                estimates[measure] = Estimate(value, low: bounds?.low, high: bounds?.high)
            }
            let isUnder = figures.isSurelyUnder(replay.settings.norm, tried: result.byShift.count)
            return Scope(zone: zone, kind: kind, figures: figures, estimates: estimates, tooFew: tooFew, isSurelyUnderNorm: isUnder)
        }
        total = scope(0, zone: nil, kind: nil, result.total)
        byZone = zones.indices.map { scope(1 + $0, zone: zones[$0], kind: nil, result.byZone[$0]) }
        byShift = result.byShift.enumerated().map { place, shift in
            scope(1 + zones.count + place, zone: shift.zone, kind: shift.kind, shift.figures)
        }
        worst = ReplayEstimates.worst(result, samples, replay.settings)
    }

    static func tooFew(_ callOuts: Int, _ replay: Replay) -> TooFew? {
        let weeks = replay.days.days.count / 7
        if callOuts < replay.settings.callOutsMin { return .callOuts(callOuts, min: replay.settings.callOutsMin) }
        return weeks < weeksMin ? .weeks(weeks, min: weeksMin) : nil
    }

    private static func worst(_ result: ReplayResult, _ samples: BootstrapSamples, _ settings: StaffingSettings) -> Worst? {
        let able = result.byShift.indices.filter { place in
            let figures = result.byShift[place].figures
            return figures.attended > 0 && (figures.callOuts >= settings.callOutsMin || figures.isSurelyUnder(settings.norm, tried: result.byShift.count))
        }
        func share(_ place: Int) -> Double { result.byShift[place].figures.withinNormShare ?? 1 }
        guard let worst = able.min(by: { (share($0), $0) < (share($1), $1) }) else { return nil }
        let shift = result.byShift[worst]
        let drawn = able.map { samples.values(scope: 1 + result.zones.count + $0, .withinNormShare).map { $0.isNaN ? 1 : $0 } }
        let own = able.firstIndex(of: worst)!
        var agreeing = 0.0
        for replay in 0..<samples.count {
            let least = drawn.reduce(1) { min($0, $1[replay]) }
            if drawn[own][replay] == least { agreeing += 1 / Double(drawn.count { $0[replay] == least }) }
        }
        return Worst(zone: shift.zone, kind: shift.kind, agreement: samples.count > 0 ? agreeing / Double(samples.count) : nil)
    }
}
