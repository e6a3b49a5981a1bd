package import Foundation
package import Telemetry
import Workload

/// A municipality's `devices.csv` on the disk: read, changed and written by one at a time, whole or not at all.
package struct RegistryFile: Sendable {
    package let path: String
    package let municipality: String
    private let zones: Set<String>
    private let profiles: Set<String>?

    /// Largest table taken in at once.
    package static let bytesMax = 64 << 20

    /// - Parameter profiles: the known profiles, for a warning; nil where none are known.
    package init(path: String, municipality: String, zones: Set<String>, profiles: Set<String>?) {
        self.path = path
        self.municipality = municipality
        self.zones = zones
        self.profiles = profiles
    }

    /// The registry of a configured municipality; nil where its file names none.
    package init?(_ settings: MunicipalitySettings, profiles: Set<String>?) {
        guard let path = settings.devicesFile else { return nil }
        self.init(path: path, municipality: settings.number, zones: Set(settings.zones.map(\.id)), profiles: profiles)
    }

    /// What became of an import.
    package struct Outcome: Sendable {
        package var counts = RegistryMerge.Counts()
        /// Rows that were not taken; without `isPartial` nothing is written where there is one.
        package var bad: [RegistryTable.BadRow] = []
        package var warnings: [RegistryTable.BadRow] = []
        package var isWritten = false
    }

    /// Takes a table's rows into the registry. Throws `SettingsError` when the registry itself is broken or cannot be written.
    ///
    /// - Parameters:
    ///   - isPartial: takes the good rows also where others are bad.
    ///   - isTrial: writes nothing.
    package func take(_ table: Data, isPartial: Bool, isTrial: Bool = false) throws -> Outcome {
        let read = RegistryTable(table, municipality: municipality, zones: zones, isStrict: true)
        var outcome = Outcome(bad: read.bad, warnings: oddities(of: read.rows))
        if isTrial {
            var merge = RegistryMerge(rows: try stored().rows.map(\.device))
            merge.take(read.rows)
            finish(&outcome, merge)
            return outcome
        }
        let lock = try FileLock(beside: path)
        defer { withExtendedLifetime(lock) {} }
        let old = try stored()
        var merge = RegistryMerge(rows: old.rows.map(\.device))
        merge.take(read.rows)
        finish(&outcome, merge)
        guard outcome.bad.isEmpty || isPartial, merge.hasChanged else { return outcome }
        try write(merge.rows, comments: old.comments.map(\.text))
        outcome.isWritten = true
        return outcome
    }

    private func finish(_ outcome: inout Outcome, _ merge: RegistryMerge) {
        outcome.bad = (outcome.bad + merge.bad).sorted { $0.line < $1.line }
        outcome.counts = merge.counts
    }

    /// A profile that nobody has described is a warning: the device counts, it is only not watched.
    private func oddities(of rows: [RegistryTable.Row]) -> [RegistryTable.BadRow] {
        guard let profiles else { return [] }
        return rows.compactMap { row in
            guard let profile = row.device.profile, !profiles.contains(profile) else { return nil }
            return .init(line: row.line, reason: "there is no profile «\(profile)» in devices/: silence and battery are not watched")
        }
    }

    /// What stands in the file now.
    package func stored() throws -> RegistryTable {
        guard FileManager.default.fileExists(atPath: path) else {
            return RegistryTable(Data("device;zone\n".utf8), municipality: municipality, zones: zones, isStrict: false)
        }
        guard let bytes = FileManager.default.contents(atPath: path) else { throw SettingsError(["\(path) cannot be read"]) }
        let table = RegistryTable(bytes, municipality: municipality, zones: zones, isStrict: false)
        guard table.bad.isEmpty else { throw SettingsError(table.bad.map { "\(path):\($0.line): \($0.reason)" }) }
        return table
    }

    // MARK: - Writing

    private func write(_ rows: [RegisteredDevice], comments: [String]) throws {
        var text = ""
        for comment in comments { text += comment + "\n" }
        text += "device;zone;profile;dwelling;step;from;to\n"
        for row in rows { text += RegistryFile.line(row) + "\n" }
        do {
            try DurableFile.replace(path, with: Array(text.utf8))
        } catch {
            throw SettingsError(["\(path) cannot be written: \(error). Nothing has changed; check owner and free space of its folder."])
        }
    }

    private static func line(_ row: RegisteredDevice) -> String {
        "\(row.device);\(row.zone);\(row.profile ?? "");\(row.dwelling?.rawValue ?? "");\(row.step.map { "\($0)" } ?? "");\(date(row.from));\(date(row.to))"
    }

    /// A local date where the instant is its midnight, else the instant; empty for none.
    package static func date(_ instant: EventTime?) -> String {
        guard let instant else { return "" }
        let (day, milliseconds) = LocalTime.oslo.wallClock(at: instant)
        guard milliseconds == 0, LocalTime.oslo.instant(day) == instant else { return Timestamp.format(instant) }
        return String(Timestamp.format(Int64(day.number) * TimeRule.dayMilliseconds).prefix(10))
    }
}
