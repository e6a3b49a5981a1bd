import Testing
import Workload

@Suite("Sets of sequence numbers")
struct SequenceSetTests {
    /// The maximal ranges of a plain set.
    private static func ranges(of values: Set<Int64>) -> [ClosedRange<Int64>] {
        var ranges: [ClosedRange<Int64>] = []
        for value in values.sorted() {
            if let last = ranges.last, last.upperBound + 1 == value {
                ranges[ranges.count - 1] = last.lowerBound...value
            } else {
                ranges.append(value...value)
            }
        }
        return ranges
    }

    enum Order: CaseIterable { case random, rising, falling }

    @Test("it holds what a plain set holds, whatever order the numbers come in", arguments: Array(1...12) as [UInt64])
    func againstPlainSet(seed: UInt64) {
        var random = Seeded(seed: seed)
        for order in Order.allCases {
            var set = SequenceSet()
            var plain: Set<Int64> = []
            var numbers = (0..<120).map { _ in Int64.random(in: 0...90, using: &random) }
            if order == .rising { numbers.sort() }
            if order == .falling { numbers.sort(by: >) }
            for number in numbers {
                #expect(set.insert(number) == plain.insert(number).inserted)
                #expect(set.ranges == Self.ranges(of: plain))
            }
            for number in Int64(-1)...91 { #expect(set.contains(number) == plain.contains(number)) }
            #expect(set.first == plain.min())
            #expect(set.last == plain.max())
            let missing = Set(set.missing.flatMap { Array($0) })
            #expect(missing == Set((plain.min() ?? 0)...(plain.max() ?? 0)).subtracting(plain))
            #expect(SequenceSet(ranges: set.ranges) == set)
        }
    }

    @Test("an empty set has no first, no last, nothing missing")
    func empty() {
        let set = SequenceSet()
        #expect(set.first == nil && set.last == nil && set.missing.isEmpty && !set.contains(0))
    }

    @Test("what is missing is told in maximal ranges, both ends included")
    func missing() {
        var set = SequenceSet()
        for number in [1, 2, 7, 5, 999_999_999_999_999_999] as [Int64] { set.insert(number) }
        #expect(set.missing == [3...4, 6...6, 8...999_999_999_999_999_998])
    }
}
