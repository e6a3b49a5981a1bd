import Foundation
package import Telemetry
import Workload

/// A row of `devices.csv`.
package struct RegisteredDevice: Sendable, Equatable {
    package var device: String
    package var zone: String
    package var profile: String?
    package var dwelling: String?
    package var step: String?
    /// Valid from this instant (local midnight of the date), nil for always.
    package var from: EventTime?
    /// Until this instant, excluded.
    package var to: EventTime?

    /// Open ends as far away as can be.
    fileprivate var period: (start: EventTime, end: EventTime) { (from ?? .min, to ?? .max) }
}

/// Reads `devices.csv`: `device;zone[;profile;dwelling;step;from;to]`, as Norwegian Excel writes it.
enum DeviceRegistry {
    private static let columns = ["device", "zone", "profile", "dwelling", "step", "from", "to"]

    static func read(file: String, zones: [ZonePlan.Zone], problems: YAMLReader.Problems) -> [RegisteredDevice] {
        guard let data = FileManager.default.contents(atPath: file) else { return [] }
        let text = (String(data: data, encoding: .utf8) ?? String(data: data, encoding: .windowsCP1252) ?? "")
            .trimmingPrefix("\u{FEFF}")
        var rows: [RegisteredDevice] = []
        var lines: [Int] = []
        var header: [String]?
        let zoneIDs = Set(zones.map(\.id))
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let line = line.trimmingCharacters(in: CharacterSet(charactersIn: "\r"))
            if line.trimmingCharacters(in: .whitespaces).isEmpty || line.hasPrefix("#") { continue }
            let fields = line.split(separator: ";", omittingEmptySubsequences: false)
                .map { $0.trimmingCharacters(in: .whitespaces).trimmingCharacters(in: CharacterSet(charactersIn: "\"")) }
            guard let names = header else {
                header = fields
                let unknown = fields.filter { !columns.contains($0) }
                if !fields.contains("device") || !fields.contains("zone") || !unknown.isEmpty {
                    problems.lines.append(
                        "\(file):\(index + 1): the first line names the columns, device;zone and if wanted "
                            + "profile;dwelling;step;from;to; found: \(fields.joined(separator: ";"))"
                    )
                    return []
                }
                continue
            }
            let values = Dictionary(zip(names, fields).filter { !$0.1.isEmpty }, uniquingKeysWith: { first, _ in first })
            guard let row = row(values, zoneIDs, "\(file):\(index + 1)", problems) else { continue }
            rows.append(row)
            lines.append(index + 1)
        }
        warnOfPeriods(rows, lines, file, problems)
        return rows
    }

    /// Rows that say two things of one device at one time, or that never hold. The first row counts, so nothing stops.
    private static func warnOfPeriods(
        _ rows: [RegisteredDevice],
        _ lines: [Int],
        _ file: String,
        _ problems: YAMLReader.Problems
    ) {
        for (_, indexes) in Dictionary(grouping: rows.indices, by: { rows[$0].device }).sorted(by: { $0.value[0] < $1.value[0] }) {
            for (place, index) in indexes.enumerated() {
                let (row, period) = (rows[index], rows[index].period)
                guard period.start < period.end else {
                    problems.warnings.append("\(file):\(lines[index]): to of «\(row.device)» does not lie behind from: the row never holds")
                    continue
                }
                let other = indexes[..<place].first { rows[$0].period.start < period.end && period.start < rows[$0].period.end }
                guard let other else { continue }
                problems.warnings.append(
                    "\(file):\(lines[index]): «\(row.device)» is registered in line \(lines[other]) for some of the same time; "
                        + "line \(lines[other]) counts. End that row with to, or begin this one with from"
                )
            }
        }
    }

    private static func row(
        _ values: [String: String],
        _ zones: Set<String>,
        _ place: String,
        _ problems: YAMLReader.Problems
    ) -> RegisteredDevice? {
        guard let device = values["device"], device.withText(\.isDeviceReference) else {
            problems.lines.append("\(place): device «\(values["device"] ?? "")» is not 1–64 of A–Z, a–z, 0–9 . _ : -")
            return nil
        }
        guard let zone = values["zone"], zones.contains(zone) else {
            let known = zones.sorted().joined(separator: ", ")
            problems.lines.append("\(place): zone «\(values["zone"] ?? "")» is not among this municipality's: \(known)")
            return nil
        }
        func instant(_ column: String) -> EventTime? {
            guard let text = values[column] else { return nil }
            if let instant = text.withText(Timestamp.parse) { return instant }
            if let midnight = "\(text)T00:00:00Z".withText(Timestamp.parse) {
                return LocalTime.oslo.instant(.init(number: Int(midnight / TimeRule.dayMilliseconds)))
            }
            problems.lines.append("\(place): \(column) «\(text)» is no date (2026-10-05)")
            return nil
        }
        return RegisteredDevice(
            device: device,
            zone: zone,
            profile: values["profile"],
            dwelling: values["dwelling"],
            step: values["step"],
            from: instant("from"),
            to: instant("to")
        )
    }
}
