/// How many must be reached how soon, from the decision to send (CONTRACT 6, attendance).
package struct AttendanceNorm: Equatable, Sendable {
    /// 0–1.
    package var share: Double
    package var withinMilliseconds: Int64
    /// Where it is from, for the reader.
    package var source: String

    package init(share: Double, withinMilliseconds: Int64, source: String) {
        self.share = share
        self.withinMilliseconds = withinMilliseconds
        self.source = source
    }

    /// 90 % within 45 minutes: British practice, an example until the municipality sets its own (DOMAIN).
    package static let example = AttendanceNorm(share: 0.9, withinMilliseconds: 45 * 60_000, source: "eksempel (britisk praksis)")
}
