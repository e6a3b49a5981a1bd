/// Which days a staffing need is for, by the day on which the shift begins.
package enum RequiredDays: Hashable, Sendable {
    case all
    /// Monday to Friday without public holidays.
    case workdays
    /// Saturdays, Sundays and public holidays.
    case weekends
    case dayClass(DayClass)

    /// From the widest to the narrowest.
    package static let allCases: [RequiredDays] = [.all, .workdays, .weekends] + DayClass.allCases.map(RequiredDays.dayClass)

    package func contains(_ day: DayClass) -> Bool {
        switch self {
        case .all: true
        case .workdays: day <= .friday
        case .weekends: day > .friday
        case .dayClass(let own): day == own
        }
    }
}

/// The positions that the attendance norm asks for, for a group of zones that is staffed as one, in a shift.
package struct RequiredShift: Equatable, Sendable {
    /// Whether a roster has the positions that are asked for, hour by hour of the shift and on every kind of day: the fewest at work in
    /// the hour on any such day, against what that kind of day asks for; where it has too few call-outs to say, against
    /// what all the days together ask for.
    package enum RosterVerdict: Equatable, Sendable {
        case enough
        /// Enough as long as those who serve other zones too are not out there; with their even part it is not.
        case sharedWithOtherZones
        /// On these kinds of days some hour has too few; never empty.
        case tooFewAtWork(on: [DayClass])
    }

    package enum Outcome: Equatable, Sendable {
        /// Fewer call-outs than the settings ask for before a need is told, or none with known travel.
        case tooFew(callOutsMin: Int)
        /// Turnout and travel alone attend only such a share (0–1) in time: no number of positions meets the norm.
        case travelMissesNorm(reachableShare: Double)
        /// The norm asks for everyone, which with calls at random no number of positions promises: the replay can say how it went.
        case normForEveryone
        case positions(RequiredFigures)
    }

    package var zones: [String]
    package var kind: ShiftKind
    package var days: RequiredDays
    /// Call-outs in the whole hours of the period.
    package var callOuts: Int
    package var outcome: Outcome
    /// The fewest at work in any hour of the shift on any of the days, those too who serve other zones as well; 0 where nobody is,
    /// nil without a roster.
    package var rosteredPositionsMin: Double?
    /// The roster held against it; nil without a roster, or where no positions are told.
    package var roster: RosterVerdict?
    /// What the formulas take for granted, checked on the group's call-outs of the shift on all days.
    package var assumptions: [AssumptionCheck]
    /// Some assumption fails: the replay of the municipality's own call-outs is the better figure.
    package var prefersReplay: Bool { assumptions.contains { $0.verdict == .fails } }

    package init(
        zones: [String],
        kind: ShiftKind,
        days: RequiredDays,
        callOuts: Int,
        outcome: Outcome,
        rosteredPositionsMin: Double? = nil,
        roster: RosterVerdict? = nil,
        assumptions: [AssumptionCheck]
    ) {
        self.zones = zones
        self.kind = kind
        self.days = days
        self.callOuts = callOuts
        self.outcome = outcome
        self.rosteredPositionsMin = rosteredPositionsMin
        self.roster = roster
        self.assumptions = assumptions
    }
}

package struct RequiredFigures: Equatable, Sendable {
    /// Positions by stationary Erlang C: the most that any hour of the shift asks for. The interval (95 %) is what the hours ask for
    /// at the bounds of their rates.
    package var positions: Estimate
    /// By modified offered load, ⌈m + β√m⌉: the most that any hour asks for.
    package var positionsByModifiedLoad: Int
    /// Place in `hours` of the one with the largest offered load: the one that decides.
    package var hardest: Int
    /// In the order of the shift.
    package var hours: [RequiredHour]
    /// Seconds that one responder is bound by a call-out, turnout included.
    package var meanBoundSeconds: Double
    /// In the hardest hour with `positions`: mean waits of urgent and other call-outs in seconds where the urgent go first
    /// (Cobham 1954; Kella & Yechiali 1985), and the share of the urgent attended within the norm.
    package var urgentMeanWaitSeconds: Double
    package var otherMeanWaitSeconds: Double
    package var urgentWithinNormShare: Double
}

/// One wall-clock hour of a shift, over all such hours of the period.
package struct RequiredHour: Equatable, Sendable {
    /// 0–23 by the wall clock.
    package var hour: Int
    package var callOuts: Int
    /// How many such hours the period has.
    package var exposureHours: Int
    /// With the exact 95 % interval of a Poisson count (Garwood 1936).
    package var callOutsPerHour: Estimate
    /// Responders bound on average if the hour's rate lasted: call-outs × responders × (turnout + response).
    package var offeredErlang: Double
    /// The same without turnout: the contract's response load.
    package var responseErlang: Double
    /// The largest mean number bound during the hour, with what earlier hours have left under way (Eick, Massey & Whitt 1993).
    package var modifiedLoadErlang: Double
    package var positions: Estimate
    package var positionsByModifiedLoad: Int
    /// The share attended within the norm with `positions`, by Erlang C.
    package var withinNormShare: Double
    /// Mean positions at work in such an hour by the roster; nil without a roster.
    package var rosteredPositions: Double?
    /// The fewest at work in any such hour; nil without a roster.
    package var rosteredPositionsMin: Double?
    /// The share attended within the norm with the rostered positions rounded down, by Erlang C.
    package var rosteredWithinNormShare: Double?
}
