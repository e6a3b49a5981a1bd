import ArgumentParser
import Foundation
import Settings
import Strategy
import Telemetry
import Web

/// A municipality of a configuration with the files of its goals and plans, for the commands that read them.
struct PlanningReader {
    let settings: ServiceSettings
    let municipality: MunicipalitySettings

    /// - Throws: `Failure` where the configuration does not have the municipality, with those it has.
    init(config: String, municipality number: String) throws {
        settings = try ServiceSettings(folder: config)
        guard let found = settings.municipalities.first(where: { $0.number == number }) else {
            let known = settings.municipalities.map { "\($0.number) \($0.name)" }.joined(separator: ", ")
            throw Failure("municipality \(number) is not in \(config)/municipalities. There: \(known.isEmpty ? "none" : known)")
        }
        municipality = found
    }

    static func validate(municipality: String) throws {
        guard Topic.isMunicipality(municipality) else {
            throw ValidationError("--municipality \(municipality) is not a municipality number: four digits, e.g. 3407")
        }
    }

    /// What a file holds; nil where `municipality.yaml` names none.
    static func read<Value>(_ file: String?, _ parse: (_ text: String, _ file: String) throws -> Value) throws -> Value? {
        try file.map { try parse(Service.text(of: $0), $0) }
    }

    /// The same, where a command cannot do without.
    func required<Value>(_ file: String?, key: String, _ parse: (_ text: String, _ file: String) throws -> Value) throws -> Value {
        guard let value = try PlanningReader.read(file, parse) else {
            throw Failure("\(municipality.file) names no \(key): add the key \(key) with the file's name, as config/municipalities/3407-gjovik has it")
        }
        return value
    }

    /// What a municipality plans by; the files of the projection are tried against one another.
    static func planningSources(_ municipality: MunicipalitySettings) throws -> PlanningSources {
        let files = municipality.planning
        let sources = PlanningSources(
            population: try read(files.population) { try Population(csv: $0, file: $1, municipality: municipality.number) },
            users: try read(files.usersByAge) { try UsersByAge(csv: $0, file: $1) },
            assumptions: try read(files.projection) { try ProjectionAssumptions(yaml: $0, file: $1) },
            kostra: try read(files.kostra) { try KostraComparison(csv: $0, file: $1, municipality: municipality.number) },
            capacity: try read(files.capacity) { try CareCapacity(csv: $0, file: $1) },
            files: (files.population ?? "", files.usersByAge ?? "", files.projection ?? "")
        )
        try sources.check()
        return sources
    }

    static func goals(_ municipality: MunicipalitySettings) throws -> Goals? { try read(municipality.goalsFile) { try Goals(yaml: $0, file: $1) } }

    static func benefits(_ municipality: MunicipalitySettings) throws -> BenefitAssumptions? {
        try read(municipality.planning.benefits) { try BenefitAssumptions(yaml: $0, file: $1) }
    }

    static func ledger(_ municipality: MunicipalitySettings) throws -> BenefitLedger? {
        try read(municipality.planning.benefitLedger) { try BenefitLedger(csv: $0, file: $1) }
    }
}

/// How the commands about goals and plans answer.
enum PlanningFormat: String, CaseIterable, ExpressibleByArgument {
    case text, json, csv
}

/// Rows of cells as text with columns under one another, or as CSV for a spreadsheet.
struct AlignedTable {
    var header: [String]
    var rows: [[String]] = []
    /// Columns that are aligned to the right: numbers.
    var numbers: Set<Int> = []

    init(_ header: [String], numbers: Set<Int> = []) {
        self.header = header
        self.numbers = numbers
    }

    /// Two spaces between columns, none at the end of a line.
    var text: String {
        let all = [header] + rows
        let widths = header.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        let lines = all.map { row in
            let cells = row.enumerated().map { column, cell in
                let space = String(repeating: " ", count: widths[column] - cell.count)
                return numbers.contains(column) ? space + cell : cell + space
            }
            return AlignedTable.trimmed(cells.joined(separator: "  "))
        }
        let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")
        return ([lines[0], rule] + lines.dropFirst()).joined(separator: "\n")
    }

    /// `;` between cells, cells in quotes where needed; numbers as the caller wrote them.
    static func csv(_ rows: [[String]]) -> String {
        rows.map { row in
            row.map { cell in
                let needsQuotes = cell.contains { $0 == ";" || $0 == "\"" || $0.isNewline }
                return needsQuotes ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
            }
            .joined(separator: ";")
        }
        .joined(separator: "\n")
    }

    private static func trimmed(_ line: String) -> String {
        var line = line[...]
        while line.last == " " { line.removeLast() }
        return String(line)
    }
}

extension Encodable {
    /// JSON for programs: keys in order, no escaped slashes.
    func planningJSON() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}

/// A number as programs and Norwegian spreadsheets read it: no thousands, a decimal comma; empty for none.
func spreadsheetNumber(_ value: Double?, decimals: Int) -> String {
    value.map { String(format: "%.\(decimals)f", $0).replacing(".", with: ",") } ?? ""
}
