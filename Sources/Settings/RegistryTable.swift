package import Foundation
import Files
import Telemetry
import Workload

/// The rows of a registry's CSV as far as they can be read, each with its line, and what is wrong with the others.
package struct RegistryTable: Sendable {
    package struct Row: Sendable {
        package var line: Int
        package var device: RegisteredDevice
        /// Columns that the table does not have, so that the row says nothing about them.
        package var unsaid: Set<String>
    }

    /// What is wrong with a row. Its text holds no national identity number.
    package struct BadRow: Equatable, Sendable {
        package var line: Int
        package var reason: String

        package init(line: Int, reason: String) {
            self.line = line
            self.reason = RegistryTable.masked(reason)
        }
    }

    /// Rows of one table; far above a million devices with their history.
    package static let rowCountMax = 4_000_000

    package private(set) var rows: [Row] = []
    package private(set) var bad: [BadRow] = []
    /// What is odd and stops nothing.
    package private(set) var odd: [BadRow] = []
    package private(set) var comments: [(line: Int, text: String)] = []

    private static let shape = CSVTable.Shape(
        columns: ["device", "zone"],
        optional: ["profile", "dwelling", "step", "from", "to", "municipality"],
        aliases: [
            "enhet": "device", "sone": "zone", "profil": "profile", "boform": "dwelling", "trinn": "step", "fra": "from", "til": "to",
            "kommune": "municipality",
        ],
        separators: [";", ","],
        rowCountMax: rowCountMax
    )

    /// Reads a table of a municipality's devices. O(bytes).
    ///
    /// - Parameter isStrict: a dwelling, step or profile that is none makes its row bad, as an import wants it; otherwise it is
    ///   odd and left out, for alarms shall not wait for it.
    package init(_ bytes: Data, municipality: String, zones: Set<String>, isStrict: Bool) {
        guard let text = CSVTable.text(of: bytes) else {
            bad = [.init(line: 1, reason: "the file is UTF-16 or no text: save it as «CSV UTF-8» or as CSV")]
            return
        }
        var problems: [FileProblem] = []
        let table = CSVTable(text, RegistryTable.shape, problems: &problems)
        comments = table.comments
        bad = problems.map { problem in
            let place = problem.place.map { "\($0): " } ?? ""
            let value = problem.value.map { "«\($0)» " } ?? ""
            return .init(line: problem.line, reason: "\(place)\(value)\(problem.problem) (\(problem.wayOut))")
        }
        let broken = Set(bad.map(\.line))
        let unsaid = Set(["profile", "dwelling", "step"]).subtracting(table.columns)
        rows.reserveCapacity(table.rows.count)
        for row in table.rows where !broken.contains(row.line) {
            var reader = RegistryRowReader(row: row, municipality: municipality, zones: zones, isStrict: isStrict)
            let device = reader.device()
            bad += reader.wrong.map { .init(line: row.line, reason: $0) }
            odd += reader.odd.map { .init(line: row.line, reason: $0) }
            if let device, reader.wrong.isEmpty { rows.append(Row(line: row.line, device: device, unsaid: unsaid)) }
        }
        bad.sort { $0.line < $1.line }
    }

    /// A text with every national identity number masked.
    static func masked(_ text: String) -> String {
        PersonalData.maskPlain(Array(text.utf8)).map { String(decoding: $0, as: UTF8.self) } ?? text
    }
}

/// Reads the cells of one row.
private struct RegistryRowReader {
    let row: CSVTable.Row
    let municipality: String
    let zones: Set<String>
    let isStrict: Bool
    private(set) var wrong: [String] = []
    private(set) var odd: [String] = []

    init(row: CSVTable.Row, municipality: String, zones: Set<String>, isStrict: Bool) {
        self.row = row
        self.municipality = municipality
        self.zones = zones
        self.isStrict = isStrict
    }

    mutating func device() -> RegisteredDevice? {
        guard !row.allCells.contains(where: { PersonalData.maskPlain(Array($0.utf8)) != nil }) else {
            wrong = ["holds a national identity number: a device is known by a pseudonym, whose key stays with the municipality"]
            return nil
        }
        if let other = value("municipality"), other != municipality {
            wrong.append("municipality «\(other)» is not \(municipality)")
        }
        let device = value("device") ?? ""
        if !device.withText(\.isDeviceReference) { wrong.append("device «\(device)» is not 1–64 of A–Z, a–z, 0–9 . _ : -") }
        let zone = value("zone") ?? ""
        if !zones.contains(zone) {
            wrong.append("zone «\(zone)» is not among this municipality's: \(zones.sorted().joined(separator: ", "))")
        }
        let profile = word("profile", "1–64 of a–z, 0–9 and -") { text in
            (1...64).contains(text.utf8.count) && text.utf8.allSatisfy(Self.isProfileByte) ? text : nil
        }
        let dwelling = word("dwelling", "one of \(Dwelling.allCases.map(\.rawValue).joined(separator: ", "))", Dwelling.init(word:))
        let step = word("step", "a step of the care ladder, 1 to 9") { text in Int(text).flatMap { (1...9).contains($0) ? $0 : nil } }
        let from = instant("from")
        let to = instant("to")
        return RegisteredDevice(device: device, zone: zone, profile: profile, dwelling: dwelling, step: step, from: from, to: to)
    }

    private func value(_ column: String) -> String? { row[column].flatMap { $0.isEmpty ? nil : $0 } }

    private mutating func word<Value>(_ column: String, _ rule: String, _ read: (String) -> Value?) -> Value? {
        guard let text = value(column) else { return nil }
        if let value = read(text) { return value }
        let problem = "\(column) «\(text)» is not \(rule)"
        if isStrict { wrong.append(problem) } else { odd.append("\(problem); left out") }
        return nil
    }

    private mutating func instant(_ column: String) -> EventTime? {
        guard let text = value(column) else { return nil }
        if let instant = text.withText(Timestamp.parse) ?? Self.midnight(text) { return instant }
        wrong.append("\(column) «\(text)» is no date (2026-10-05 or 05.10.2026)")
        return nil
    }

    /// The local midnight at which a date begins, written 2026-10-05 or 5.10.2026; nil for anything else.
    private static func midnight(_ text: String) -> EventTime? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        var date = text
        if parts.count == 3, parts[2].utf8.count == 4, (1...2).contains(parts[0].utf8.count), (1...2).contains(parts[1].utf8.count) {
            date = "\(parts[2])-\(twoDigits(parts[1]))-\(twoDigits(parts[0]))"
        }
        guard let midnight = "\(date)T00:00:00Z".withText(Timestamp.parse) else { return nil }
        return LocalTime.oslo.instant(.init(number: Int(TimeRule.floorDivide(midnight, TimeRule.dayMilliseconds))))
    }

    private static func twoDigits(_ text: Substring) -> String { text.utf8.count == 1 ? "0\(text)" : String(text) }

    private static func isProfileByte(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || byte == UInt8(ascii: "-")
    }
}
