import Files
import Yams

/// A number nobody has measured: a low, a main and a high value with where they are from.
package struct Assumption: Equatable, Sendable {
    package var range: Range3
    package var source: String
    /// True for a made-up figure; pages say so.
    package var isExample: Bool

    package init(_ range: Range3, source: String, isExample: Bool) {
        self.range = range
        self.source = source
        self.isExample = isExample
    }
}

/// Low, main and high, low ≤ main ≤ high: bounds of assumptions, no statistical interval.
package struct Range3: Equatable, Sendable {
    package var low: Double
    package var main: Double
    package var high: Double

    package init(low: Double, main: Double, high: Double) {
        precondition(low <= main && main <= high, "low ≤ main ≤ high")
        self.low = low
        self.main = main
        self.high = high
    }

    package init(_ value: Double) { self.init(low: value, main: value, high: value) }

    package static let zero = Range3(0)

    package static func + (left: Range3, right: Range3) -> Range3 {
        Range3(low: left.low + right.low, main: left.main + right.main, high: left.high + right.high)
    }

    /// The most cautious and the most hopeful difference: the low end less the other's high end.
    package static func - (left: Range3, right: Range3) -> Range3 {
        Range3(low: left.low - right.high, main: left.main - right.main, high: left.high - right.low)
    }

    /// Products of ranges that are not negative.
    package static func * (left: Range3, right: Range3) -> Range3 {
        Range3(low: left.low * right.low, main: left.main * right.main, high: left.high * right.high)
    }

    /// - Parameter factor: not negative.
    package func scaled(by factor: Double) -> Range3 {
        precondition(factor >= 0, "a negative factor would turn low and high around")
        return Range3(low: low * factor, main: main * factor, high: high * factor)
    }
}

extension YAMLReader {
    /// `{low: 10, main: 15, high: 20, source: …, example: true}`; low and high may be left out together, and are then main.
    mutating func assumption(_ section: Section, _ name: String, in allowed: ClosedRange<Double>) -> Assumption? {
        guard let node = section.values[name] else { return nil }
        let path = join(section.path, name)
        guard let keys = mapping(node, at: path, required: ["main", "source"], optional: ["low", "high", "example"]) else { return nil }
        let main = number(keys, "main", in: allowed)
        let source = text(keys, "source")
        let isExample = flag(keys, "example", otherwise: false)
        for (one, other) in [("low", "high"), ("high", "low")] where keys.values[one] != nil && keys.values[other] == nil {
            fail(node, join(path, other), "missing", "write both low and high, or neither")
            return nil
        }
        let low = keys.values["low"] == nil ? main : number(keys, "low", in: allowed)
        let high = keys.values["high"] == nil ? main : number(keys, "high", in: allowed)
        guard let low, let main, let high, let source else { return nil }
        guard low <= main, main <= high else {
            fail(node, path, value: "low \(low), main \(main), high \(high)", "not in order", "low ≤ main ≤ high")
            return nil
        }
        return Assumption(Range3(low: low, main: main, high: high), source: source, isExample: isExample)
    }
}
