/// Finds an element by its rank without sorting the rest.
enum Selection {
    /// The median and the ninth decile by nearest rank, as `WaitFigures.nearestRank`; nil of none. The values are rearranged.
    static func medianAndNinthDecile(_ values: inout ContiguousArray<Int64>) -> (median: Int64, ninthDecile: Int64)? {
        guard !values.isEmpty else { return nil }
        let middle = (values.count + 1) / 2 - 1
        let median = value(at: middle, of: &values, from: 0)
        return (median, value(at: (values.count * 9 + 9) / 10 - 1, of: &values, from: middle))
    }

    /// The element that would stand at a place if the values were sorted, where those before `first` are none of the larger
    /// ones. O(n) on average: three-way quickselect with the median of three (Hoare 1961).
    private static func value(at place: Int, of values: inout ContiguousArray<Int64>, from first: Int) -> Int64 {
        values.withUnsafeMutableBufferPointer { values in
            var (low, high) = (first, values.count - 1)
            while low < high {
                let middle = low + (high - low) / 2
                let (first, second, third) = (values[low], values[middle], values[high])
                let pivot = max(min(first, second), min(max(first, second), third))
                var (less, current, greater) = (low, low, high)
                while current <= greater {
                    let value = values[current]
                    if value < pivot {
                        values.swapAt(less, current)
                        less += 1
                        current += 1
                    } else if value > pivot {
                        values.swapAt(current, greater)
                        greater -= 1
                    } else {
                        current += 1
                    }
                }
                if place < less { high = less - 1 } else if place > greater { low = greater + 1 } else { return pivot }
            }
            return values[place]
        }
    }
}
