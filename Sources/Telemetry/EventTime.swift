/// An instant: milliseconds since 1970-01-01T00:00:00Z. The only kind of time outside rosters and reports.
public typealias EventTime = Int64

// What the hot path of other rooms uses is public here, in `Event`, `Text` and the vocabulary: the compiler never inlines
// `package` functions into another module (tried with Swift 6.3, `@inlinable` or not).

/// The lengths and limits of time that CONTRACT 4 and 6 name, in milliseconds.
public enum TimeRule {
    public static let quarterMilliseconds: Int64 = 900_000
    public static let hourMilliseconds: Int64 = 3_600_000
    public static let dayMilliseconds: Int64 = 86_400_000
    /// 2015-01-01T00:00:00Z: a clock that shows less has never been set.
    public static let earliestSetClock: EventTime = 1_420_070_400_000
    /// How far a clock may be ahead of ours before it is not believed.
    public static let futureToleranceMilliseconds: Int64 = 300_000
    /// An event that took longer than this to reach us is late.
    public static let lateAfterMilliseconds: Int64 = 900_000
    /// A cell is published this long after its end.
    public static let publishAfterMilliseconds: Int64 = 3_600_000
    /// A talk or a response longer than this is not believed.
    public static let implausibleAfterMilliseconds: Int64 = 21_600_000

    /// The number of the quarter that an instant falls in: floor division, also before 1970.
    public static func quarter(of time: EventTime) -> Int64 {
        floorDivide(time, quarterMilliseconds)
    }

    public static func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
