package import Telemetry
package import Workload

/// A response as it was: which zone's people were out, and when. Responders of one response count as one here.
package struct ObservedResponse: Equatable, Sendable {
    package var zone: String
    package var time: Range<EventTime>

    package init(zone: String, time: Range<EventTime>) {
        self.zone = zone
        self.time = time
    }

    /// The responses that contribute to load (CONTRACT 6), of alarms that are no tests. O(alarms).
    package static func of(_ alarms: [AlarmRecord]) -> [ObservedResponse] {
        alarms.compactMap { alarm in
            guard !alarm.isTest, let response = alarm.intervals.response, !response.isEmpty else { return nil }
            return ObservedResponse(zone: alarm.respondingZone, time: response)
        }
    }
}

/// What was observed in some hours of some zones. Times are milliseconds of the whole period.
package struct ObservedFigures: Equatable, Sendable {
    /// Time with at least so many responses open at once.
    package struct AtOnce: Equatable, Sendable {
        package var milliseconds: Int64 = 0
        /// Of the covered time, 0–1.
        package var share = Estimate(0)
        /// How often: a stretch counts in each shift that it touches, also where it began in the one before, and there in the
        /// first hour it touches.
        package var times = 0
        /// The longest of these, whole, also beyond the hour or the shift.
        package var longestMilliseconds: Int64 = 0
        /// May not be told.
        package var isWithheld = false
    }

    /// Shifts with a part in it, by the day they began, and the length of their parts.
    package var days = 0
    package var coveredMilliseconds: Int64 = 0
    /// Responses that began here.
    package var callOuts = 0
    /// Responders' time out (CONTRACT 6 `responseMs`); travel and on site where the arrival is known, so their sum may be less.
    package var responseMilliseconds: Int64 = 0
    package var travelMilliseconds: Int64 = 0
    package var onSiteMilliseconds: Int64 = 0
    /// The central's talk with the residents of these zones: not the home service's time.
    package var talkMilliseconds: Int64 = 0
    /// Offered load: `responseMilliseconds` by covered time.
    package var loadErlang = Estimate(0)
    /// Over days, nearest rank; the load of a day's part by the length of that part.
    package var loadP50Erlang = 0.0
    package var loadP90Erlang = 0.0
    /// Time of those rostered, and what of it is planned (user time and travel); nil without roster or plan.
    package var rosteredMilliseconds: Double?
    package var plannedMilliseconds: Double?
    /// Unplanned response by rostered time; nil where nobody is rostered.
    package var unplannedShare: Estimate?
    /// At least one, two and three at once.
    package var atOnce = [AtOnce](repeating: AtOnce(), count: ObservedFigures.atOnceMax)
    /// Fewer call-outs than `callOutsMin`: no intervals are told.
    package var isTooFew = true
    package var told = ObservedTelling.everything

    package static let atOnceMax = 3

    /// Rostered time that neither planned work nor responses took; under 0 where more was asked for than there was. Nil without
    /// a roster or without planned work.
    package var freeMilliseconds: Double? {
        guard let rosteredMilliseconds, let plannedMilliseconds else { return nil }
        return rosteredMilliseconds - plannedMilliseconds - Double(responseMilliseconds)
    }
}

/// What of some observed figures may be told; what may not is 0.
package enum ObservedTelling: Sendable {
    case everything
    /// Not what is of a single shift or stretch, percentiles over shifts and the longest, nor talk.
    case sums
    /// What the roster and the plan say, and nothing of what happened.
    case nothing
}

/// The figures of one zone or group of zones in a shift, on some days, in an hour or all.
package struct ObservedRow: Equatable, Sendable {
    /// One, or a group's in the municipality's order.
    package var zones: [String]
    package var kind: ShiftKind
    /// Of the local day on which the shift began (Saturday's night goes on into Sunday); nil for all days together.
    package var dayClass: DayClass?
    /// By the wall clock, 0–23; nil for the whole shift.
    package var hour: Int?
    package var figures: ObservedFigures
}

/// An hour of the week in some zones, whichever shifts it lies in.
package struct ObservedHour: Equatable, Sendable {
    package var days: Int
    /// Responses that began in it.
    package var callOuts: Int
    package var meanErlang: Double
    package var p50Erlang: Double
    package var p90Erlang: Double
    /// Mean number at work; nil without a roster.
    package var positions: Double?
    /// Of them bound by planned work; nil without a plan.
    package var plannedPositions: Double?
    /// The most responders out at one instant (CONTRACT 6 `openPeak`); nil for several zones, whose peaks need not coincide.
    package var peakResponders: Int?
    /// Quarters with more out at an instant than are at work; 0 without a roster.
    package var exceededQuarters: Int
    package var told = ObservedTelling.everything
}

/// The week of some zones: Monday 00 to Sunday 23, without public holidays.
package struct ObservedWeek: Equatable, Sendable {
    package var zones: [String]
    /// 168; nil where the period has no such hour.
    package var hours: [ObservedHour?]
}
