package import Files
import Yams

extension ProjectionAssumptions {
    private static let required = ["today", "staffing", "alternatives"]

    /// Reads `projection.yaml`. All problems are collected before it gives up.
    ///
    /// - Throws: `FileError` with line, key, value and allowed values of each problem.
    package init(yaml text: String, file: String = "projection.yaml") throws(FileError) {
        self = try YAMLReader.read(text, file: file, beginning: "today") { yaml, root in
            var reader = ProjectionReader(yaml: yaml)
            let assumptions = reader.assumptions(root, required: ProjectionAssumptions.required)
            yaml = reader.yaml
            return assumptions
        }
    }
}

/// Turns the tree of a file of assumptions into values.
private struct ProjectionReader {
    var yaml: YAMLReader

    init(yaml: YAMLReader) { self.yaml = yaml }

    private static let years = 2000.0...2200.0
    private static let factors = 0.0...10.0

    mutating func assumptions(_ root: Node, required: [String]) -> ProjectionAssumptions? {
        guard let top = yaml.mapping(root, at: "", required: required, optional: ["dependencyRatio", "changes"]) else { return nil }
        let today = today(top)
        let staffing = staffing(top)
        let alternatives = alternatives(top)
        let ratio = dependencyRatio(top)
        var taken: Set<String> = []
        let changes = yaml.list(top, "changes", canBeEmpty: true).compactMap { change($0.node, $0.path, after: today?.year, &taken) }
        guard let today, let staffing, let alternatives else { return nil }
        return .init(
            today: today,
            staffing: staffing,
            alternatives: alternatives,
            dependencyRatio: ratio,
            changes: changes,
            lines: lines(top, ["today": ["year"], "alternatives": ProjectionAssumptions.Level.allCases.map(\.rawValue)])
        )
    }

    /// Lines of the keys that are held against other files.
    private func lines(_ top: YAMLReader.Section, _ keys: [String: [String]]) -> [String: Int] {
        var lines: [String: Int] = [:]
        for (section, names) in keys {
            guard case .mapping(let mapping)? = top.values[section] else { continue }
            for (name, value) in mapping {
                guard let name = name.string, names.contains(name), let mark = value.mark else { continue }
                lines["\(section).\(name)"] = mark.line
            }
        }
        return lines
    }

    private mutating func section(_ top: YAMLReader.Section, _ name: String, _ required: [String], _ optional: [String] = []) -> YAMLReader.Section? {
        top.values[name].flatMap { yaml.mapping($0, at: yaml.join(top.path, name), required: required, optional: optional) }
    }

    private mutating func year(_ keys: YAMLReader.Section, _ name: String) -> Int? {
        yaml.number(keys, name, in: ProjectionReader.years).map { Int($0) }
    }

    private mutating func today(_ top: YAMLReader.Section) -> ProjectionAssumptions.Today? {
        let required = ["year", "callOutsPer30Days", "minutesPerCallOut", "closedAtCentre"]
        guard let keys = section(top, "today", required, ["fullTimeEquivalents"]) else { return nil }
        let year = year(keys, "year")
        let callOuts = yaml.assumption(keys, "callOutsPer30Days", in: 0...1_000_000)
        let minutes = yaml.assumption(keys, "minutesPerCallOut", in: 1...360)
        let closed = yaml.assumption(keys, "closedAtCentre", in: 0...100).map {
            Assumption($0.range.scaled(by: 0.01), source: $0.source, isExample: $0.isExample)
        }
        let positions = yaml.assumption(keys, "fullTimeEquivalents", in: 0...10_000)
        guard let year, let callOuts, let minutes, let closed else { return nil }
        return .init(year: year, callOutsPer30Days: callOuts, minutesPerCallOut: minutes, closedAtCentre: closed, fullTimeEquivalents: positions)
    }

    private mutating func staffing(_ top: YAMLReader.Section) -> ProjectionAssumptions.Staffing? {
        let required = ["margin", "hoursPerFullTimeEquivalent", "source"]
        guard let keys = section(top, "staffing", required, ["minimumOnDuty", "wholePositions"]) else { return nil }
        let margin = yaml.number(keys, "margin", in: 0...10)
        let hours = yaml.number(keys, "hoursPerFullTimeEquivalent", in: 1000...2200)
        let minimum = keys.values["minimumOnDuty"] == nil ? 0 : yaml.number(keys, "minimumOnDuty", in: 0...100)
        let isWhole = yaml.flag(keys, "wholePositions", otherwise: false)
        let source = yaml.text(keys, "source")
        guard let margin, let hours, let minimum, let source else { return nil }
        return .init(margin: margin, minimumOnDuty: minimum, isWhole: isWhole, hoursPerFullTimeEquivalent: hours, source: source)
    }

    private mutating func alternatives(_ top: YAMLReader.Section) -> [ProjectionAssumptions.Level: String]? {
        let names = ProjectionAssumptions.Level.allCases.map(\.rawValue)
        guard let keys = section(top, "alternatives", names) else { return nil }
        var alternatives: [ProjectionAssumptions.Level: String] = [:]
        for level in ProjectionAssumptions.Level.allCases { alternatives[level] = yaml.text(keys, level.rawValue) }
        return alternatives.count == names.count ? alternatives : nil
    }

    private mutating func dependencyRatio(_ top: YAMLReader.Section) -> ProjectionAssumptions.DependencyRatio? {
        guard let keys = section(top, "dependencyRatio", ["years", "source"], ["pensionAge"]) else { return nil }
        let source = yaml.text(keys, "source")
        let age = keys.values["pensionAge"] == nil ? 67 : yaml.number(keys, "pensionAge", in: 50...80)
        var points: [ProjectionAssumptions.DependencyRatio.Point] = []
        for (path, node) in yaml.list(keys, "years", canBeEmpty: false) {
            guard let point = yaml.mapping(node, at: path, required: ["year", "ratio"], optional: []) else { continue }
            let year = year(point, "year")
            let ratio = yaml.number(point, "ratio", in: 0...20)
            guard let year, let ratio else { continue }
            if points.contains(where: { $0.year == year }) {
                yaml.fail(node, yaml.join(path, "year"), value: "\(year)", "used twice", "write each year once")
            }
            points.append(.init(year: year, ratio: ratio))
        }
        guard let source, let age, !points.isEmpty else { return nil }
        return .init(points: points, pensionAge: Int(age), source: source)
    }

    private mutating func change(_ node: Node, _ path: String, after baseYear: Int?, _ taken: inout Set<String>) -> ProjectionAssumptions.Change? {
        let factors = ["users", "callOutsPerUser", "minutesPerCallOut"]
        guard let keys = yaml.mapping(node, at: path, required: ["id", "name", "fullYear"], optional: factors) else { return nil }
        let id = yaml.identifier(keys, "id", taken: &taken)
        let name = yaml.text(keys, "name")
        let year = year(keys, "fullYear")
        if let year, let baseYear, year <= baseYear {
            let place = yaml.join(path, "fullYear")
            yaml.fail(
                keys.values["fullYear"],
                place,
                value: "\(year)",
                "not after today.year",
                "a year after \(baseYear); what is reached already belongs in today"
            )
        }
        let users = yaml.assumption(keys, "users", in: ProjectionReader.factors)
        let callOuts = yaml.assumption(keys, "callOutsPerUser", in: ProjectionReader.factors)
        let minutes = yaml.assumption(keys, "minutesPerCallOut", in: ProjectionReader.factors)
        if factors.allSatisfy({ keys.values[$0] == nil }) {
            yaml.fail(node, path, "changes nothing", "name at least one of \(factors.joined(separator: ", "))")
        }
        guard let id, let name, let year else { return nil }
        return .init(id: id, name: name, fullYear: year, users: users, callOutsPerUser: callOuts, minutesPerCallOut: minutes)
    }
}
