/// Finds an element by its rank without sorting the rest.
enum Selection {
    /// The median and the ninth decile by nearest rank, as `WaitFigures.nearestRank`; nil of none. The values are rearranged.
    ///
    /// - Parameter range: these alone; nil for all.
    static func medianAndNinthDecile(_ values: inout ContiguousArray<Int64>, in range: Range<Int>? = nil) -> (median: Int64, ninthDecile: Int64)? {
        values.withUnsafeMutableBufferPointer { values in
            let values = UnsafeMutableBufferPointer(rebasing: values[range ?? values.indices])
            guard !values.isEmpty else { return nil }
            let middle = (values.count + 1) / 2 - 1
            let median = value(at: middle, of: values, from: 0)
            return (median, value(at: (values.count * 9 + 9) / 10 - 1, of: values, from: middle))
        }
    }

    /// The 2.5 and 97.5 percentiles by nearest rank; nil of none. The values, none of them not a number, are rearranged.
    static func middle95(_ values: inout [Double]) -> (low: Double, high: Double)? {
        values.withUnsafeMutableBufferPointer { values in
            guard !values.isEmpty else { return nil }
            func place(perMille: Int) -> Int { max(0, (values.count * perMille + 999) / 1000 - 1) }
            let low = value(at: place(perMille: 25), of: values, from: 0)
            return (low, value(at: place(perMille: 975), of: values, from: place(perMille: 25)))
        }
    }

    /// The element that would stand at a place if the values were sorted, where those before `first` are none of the larger
    /// ones. O(n) on average: quickselect with the median of three (Hoare 1961).
    private static func value<Value: Comparable>(at place: Int, of values: UnsafeMutableBufferPointer<Value>, from first: Int) -> Value {
        var (low, high) = (first, values.count)
        while high - low > 1 {
            let (first, second, third) = (values[low], values[low + (high - low) / 2], values[high - 1])
            let pivot = max(min(first, second), min(max(first, second), third))
            let less = partition(values, low..<high) { $0 < pivot }
            if place < less {
                high = less
            } else {
                low = partition(values, less..<high) { $0 == pivot }
                if place < low { return pivot }
            }
        }
        return values[place]
    }

    /// Moves those for which something holds to the front of a range, without a branch: which way it goes is chance (Lomuto's scheme).
    ///
    /// - Returns: where the others begin.
    private static func partition<Value>(_ values: UnsafeMutableBufferPointer<Value>, _ range: Range<Int>, where isFirst: (Value) -> Bool) -> Int {
        var boundary = range.lowerBound
        for place in range {
            let value = values[place]
            values[place] = values[boundary]
            values[boundary] = value
            boundary += isFirst(value) ? 1 : 0
        }
        return boundary
    }
}
