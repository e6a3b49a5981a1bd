import Foundation
import Workload

/// Reads `devices.csv`: `device;zone[;profile;dwelling;step;from;to]`.
enum DeviceRegistry {
    static func read(
        file: String,
        municipality: String,
        zones: [ZonePlan.Zone],
        problems: YAMLReader.Problems
    ) -> [RegisteredDevice] {
        guard let bytes = FileManager.default.contents(atPath: file) else {
            problems.lines.append("\(file) cannot be read")
            return []
        }
        let table = RegistryTable(bytes, municipality: municipality, zones: Set(zones.map(\.id)), isStrict: false)
        problems.lines += table.bad.map { "\(file):\($0.line): \($0.reason)" }
        problems.warnings += table.odd.map { "\(file):\($0.line): \($0.reason)" }
        warnOfPeriods(table.rows, file, problems)
        for row in table.rows where isCapitalEUI(row.device.device) {
            problems.warnings.append(
                "\(file):\(row.line): «\(row.device.device)» looks like a LoRaWAN EUI in capitals; ChirpStack and The Things Stack devices "
                    + "are read by it in small letters and will not be found. Write \(row.device.device.lowercased())"
            )
        }
        return table.rows.map(\.device)
    }

    private static func isCapitalEUI(_ device: String) -> Bool {
        device.utf8.count == 16 && device.allSatisfy { $0.isASCII && $0.isHexDigit } && device.contains { ("A"..."F").contains($0) }
    }

    /// Rows that say two things of one device at one time, or that never hold. The first row counts, so nothing stops.
    private static func warnOfPeriods(_ rows: [RegistryTable.Row], _ file: String, _ problems: YAMLReader.Problems) {
        for (_, indexes) in Dictionary(grouping: rows.indices, by: { rows[$0].device.device }).sorted(by: { $0.value[0] < $1.value[0] }) {
            for (place, index) in indexes.enumerated() {
                let row = rows[index].device
                guard row.period.start < row.period.end else {
                    problems.warnings.append("\(file):\(rows[index].line): to of «\(row.device)» does not lie behind from: the row never holds")
                    continue
                }
                guard let other = indexes[..<place].first(where: { rows[$0].device.overlaps(row) }) else { continue }
                problems.warnings.append(
                    "\(file):\(rows[index].line): «\(row.device)» is registered in line \(rows[other].line) for some of the same time; "
                        + "line \(rows[other].line) counts. End that row with to, or begin this one with from"
                )
            }
        }
    }
}
