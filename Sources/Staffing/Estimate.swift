/// A figure with its 95 % interval. The bounds are nil where there is too little to say them.
package struct Estimate: Equatable, Sendable {
    package var value: Double
    package var low: Double?
    package var high: Double?

    package init(_ value: Double, low: Double? = nil, high: Double? = nil) {
        self.value = value
        self.low = low
        self.high = high
    }
}
