/// A figure that somebody must answer for: what it is and where it is from. The unit ends the name of what holds it.
package struct SourcedFigure: Equatable, Sendable {
    package var value: Double
    /// For the reader, in bokmål.
    package var source: String
    /// Nobody has measured or agreed on it yet; every page says so.
    package var isExample: Bool

    package init(_ value: Double, source: String, isExample: Bool = false) {
        self.value = value
        self.source = source
        self.isExample = isExample
    }

    static func example(_ value: Double) -> SourcedFigure { SourcedFigure(value, source: "eksempel", isExample: true) }
}
