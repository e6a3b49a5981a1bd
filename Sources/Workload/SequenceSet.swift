/// A set of sequence numbers as its maximal ranges, ascending. Adding at the end is O(1), elsewhere O(log n) and a move.
package struct SequenceSet: Equatable, Sendable {
    package private(set) var ranges: [ClosedRange<Int64>] = []

    package init() {}

    /// Ranges must be ascending and neither touch nor overlap.
    package init(ranges: [ClosedRange<Int64>]) { self.ranges = ranges }

    package var first: Int64? { ranges.first?.lowerBound }
    package var last: Int64? { ranges.last?.upperBound }

    package func contains(_ value: Int64) -> Bool {
        let index = firstIndex(endingAtOrAfter: value)
        return index < ranges.count && ranges[index].lowerBound <= value
    }

    /// Adds a value; false when it was there.
    @discardableResult
    @inline(__always)
    package mutating func insert(_ value: Int64) -> Bool {
        if let last = ranges.last, value == last.upperBound + 1 {
            ranges[ranges.count - 1] = ClosedRange(uncheckedBounds: (last.lowerBound, value))
            return true
        }
        return insertWithin(value)
    }

    private mutating func insertWithin(_ value: Int64) -> Bool {
        let index = firstIndex(endingAtOrAfter: value)
        if index < ranges.count, ranges[index].lowerBound <= value { return false }
        let touchesBefore = index > 0 && ranges[index - 1].upperBound == value - 1
        let touchesAfter = index < ranges.count && ranges[index].lowerBound == value + 1
        switch (touchesBefore, touchesAfter) {
        case (true, true):
            ranges[index - 1] = ranges[index - 1].lowerBound...ranges[index].upperBound
            ranges.remove(at: index)
        case (true, false): ranges[index - 1] = ranges[index - 1].lowerBound...value
        case (false, true): ranges[index] = value...ranges[index].upperBound
        case (false, false): ranges.insert(value...value, at: index)
        }
        return true
    }

    /// Every maximal range between the first and the last value that is not in the set.
    package var missing: [ClosedRange<Int64>] {
        zip(ranges, ranges.dropFirst()).map { $0.upperBound + 1...$1.lowerBound - 1 }
    }

    private func firstIndex(endingAtOrAfter value: Int64) -> Int {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < value { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
