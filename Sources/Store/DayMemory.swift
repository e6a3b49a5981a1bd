import GRDB
import Synchronization

/// What whole UTC days of municipalities held when they were last read, for all readers of the same views. A day is given again while it has the
/// number that it had then (`Views+Changes.swift`), so that it cannot differ from what is stored; the others are read.
///
/// Where it is full, the days that were asked for longest ago are forgotten: a municipality that is too large for it is read as without it.
final class DayMemory<Value: Sendable>: Sendable {
    private struct Kept {
        var number: Int64
        var value: Value
        var rows: Int
        /// Rises with each look.
        var used: Int64
    }

    private struct Known {
        var days: [String: [Int64: Kept]] = [:]
        var rows = 0
        var looks: Int64 = 0

        /// Forgets the days looked at longest ago, until so many rows are left. O(days · log days).
        mutating func forget(until rowsLeft: Int) {
            let all = days.flatMap { municipality, days in days.map { (municipality: municipality, day: $0.key, kept: $0.value) } }
            for (municipality, day, kept) in all.sorted(by: { $0.kept.used < $1.kept.used }) {
                guard rows > rowsLeft else { return }
                days[municipality]?[day] = nil
                rows -= kept.rows
            }
        }
    }

    /// Rows kept, each day counted as one more: more than a year of a municipality with 800 safety alarms, at most some 50 MB.
    static var rowsMax: Int { 120_000 }

    private let known = Mutex(Known())
    private let rows: @Sendable (Value) -> Int

    /// - Parameter rows: how many a day's value holds.
    init(rows: @escaping @Sendable (Value) -> Int) { self.rows = rows }

    /// The values of days, in order.
    ///
    /// - Parameters:
    ///   - db: a transaction; what is read in it goes with the days' numbers in it.
    ///   - read: reads the values of days that are not known, as many of them in a row as there are.
    func values(_ municipality: String, _ days: Range<Int64>, _ db: Database, read: (Range<Int64>) throws -> [Value]) throws -> [Value] {
        let numbers = try Views.numbers(of: days, municipality: municipality, db)
        let found = look(municipality, days, numbers)
        var values: [Value] = []
        values.reserveCapacity(days.count)
        var place = 0
        while place < found.count {
            if let value = found[place] {
                values.append(value)
                place += 1
                continue
            }
            let end = found[place...].firstIndex { $0 != nil } ?? found.count
            let first = days.lowerBound + Int64(place)
            let run = try read(first..<first + Int64(end - place))
            keep(municipality, from: first, run, numbers[place..<end])
            values += run
            place = end
        }
        return values
    }

    private func look(_ municipality: String, _ days: Range<Int64>, _ numbers: [Int64]) -> [Value?] {
        known.withLock { known in
            known.looks += 1
            let looks = known.looks
            return zip(days, numbers).map { day, number in
                guard let kept = known.days[municipality]?[day], kept.number == number else { return nil }
                known.days[municipality]?[day]?.used = looks
                return kept.value
            }
        }
    }

    private func keep(_ municipality: String, from first: Int64, _ values: [Value], _ numbers: ArraySlice<Int64>) {
        let counts = values.map { rows($0) + 1 }
        known.withLock { known in
            for (place, (value, number)) in zip(values, numbers).enumerated() {
                let before = known.days[municipality]?[first + Int64(place)]
                // One who reads the views as they were a while ago takes nothing away from the others.
                if let before, before.number > number { continue }
                known.rows += counts[place] - (before?.rows ?? 0)
                known.days[municipality, default: [:]][first + Int64(place)] = Kept(number: number, value: value, rows: counts[place], used: known.looks)
            }
            if known.rows > DayMemory.rowsMax { known.forget(until: DayMemory.rowsMax * 3 / 4) }
        }
    }
}
