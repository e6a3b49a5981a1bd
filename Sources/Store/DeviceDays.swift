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
    /// For each device that was ever seen, its days with a sign of life. O(devices · windows of 64 days).
    package func deviceDays(municipality: String) throws -> [String: DeviceDays] {
        if let known = memory?.deviceDays(municipality) { return known }
        let found: [String: DeviceDays] = try look { db in
            let statement = try db.cachedStatement(sql: "SELECT device, window, days FROM device_days WHERE municipality = ? ORDER BY device, window")
            try statement.setArguments([municipality])
            var seen: [String: DeviceDays] = [:]
            var (device, days) = ([UInt8](), DeviceDays())
            // A device's windows come one after the other.
            func keep() { if !device.isEmpty { seen[String(decoding: device, as: UTF8.self)] = days } }
            try statement.eachRow(db) { row in
                let name = row.bytes(0)
                if !isSameBytes(device, name) {
                    keep()
                    (device, days) = (Array(name), DeviceDays())
                }
                days.add(window: row.integer(1), bits: UInt64(bitPattern: row.integer(2)))
            }
            keep()
            return seen
        }
        memory?.keep(deviceDays: found, municipality)
        return found
    }
}
