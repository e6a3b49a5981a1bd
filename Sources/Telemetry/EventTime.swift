/// An instant: milliseconds since 1970-01-01T00:00:00Z. The only kind of time outside rosters and reports.
package typealias EventTime = Int64

/// The lengths and limits of time that CONTRACT 4 and 6 name, in milliseconds.
package enum TimeRule {
    package static let quarterMilliseconds: Int64 = 900_000
    package static let hourMilliseconds: Int64 = 3_600_000
    package static let dayMilliseconds: Int64 = 86_400_000
    /// 2015-01-01T00:00:00Z: a clock that shows less has never been set.
    package static let earliestSetClock: EventTime = 1_420_070_400_000
    /// How far a clock may be ahead of ours before it is not believed.
    package static let futureToleranceMilliseconds: Int64 = 300_000
    /// An event that took longer than this to reach us is late.
    package static let lateAfterMilliseconds: Int64 = 900_000
    /// A cell is published this long after its end.
    package static let publishAfterMilliseconds: Int64 = 3_600_000
    /// A talk or a response longer than this is not believed.
    package static let implausibleAfterMilliseconds: Int64 = 21_600_000

    /// The number of the quarter that an instant falls in: floor division, also before 1970.
    @inlinable
    package static func quarter(of time: EventTime) -> Int64 {
        floorDivide(time, quarterMilliseconds)
    }

    @inlinable
    package static func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
