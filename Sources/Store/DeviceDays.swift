import Foundation
import GRDB
import Workload

/// The UTC days on which one device gave a sign of life.
package struct DeviceDays: Sendable {
    /// Bit n of `bits` is day `first` + n since 1970.
    private var windows: [(first: Int64, bits: UInt64)] = []

    fileprivate mutating func add(window: Int64, bits: UInt64) { windows.append((window * 64, bits)) }

    /// How many of some days. O(windows of 64 days).
    package func count(in days: Range<Int64>) -> Int {
        windows.reduce(0) { sum, window in
            let wanted = days.clamped(to: window.first..<window.first + 64)
            guard !wanted.isEmpty else { return sum }
            let mask = wanted.count == 64 ? UInt64.max : (1 << UInt64(wanted.count) - 1) << UInt64(wanted.lowerBound - window.first)
            return sum + (window.bits & mask).nonzeroBitCount
        }
    }
}

extension ViewsReader {
    /// For each device that was ever seen, its days with a sign of life among those asked for. O(devices).
    package func deviceDays(municipality: String, days: Range<Int64>) throws -> [String: DeviceDays] {
        try look { db in
            var seen: [String: DeviceDays] = [:]
            let cursor = try Row.fetchCursor(
                db,
                sql: "SELECT device, window, days FROM device_days WHERE municipality = ?",
                arguments: [municipality]
            )
            while let row = try cursor.next() {
                let window: Int64 = row[1]
                var known = seen[row[0]] ?? DeviceDays()
                if window * 64 < days.upperBound, (window + 1) * 64 > days.lowerBound {
                    known.add(window: window, bits: UInt64(bitPattern: row[2]))
                }
                seen[row[0]] = known
            }
            return seen
        }
    }
}
