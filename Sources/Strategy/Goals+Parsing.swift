package import Files
import Workload
import Yams

extension Goals {
    /// Reads `goals.yaml`. All problems are collected before it gives up.
    ///
    /// - Parameters:
    ///   - text: the file's text.
    ///   - file: the file's name, for messages only.
    /// - Throws: `FileError` with line, key, value and allowed values of each problem.
    package init(yaml text: String, file: String = "goals.yaml") throws(FileError) {
        self = try YAMLReader.read(text, file: file, beginning: "frameworks") { yaml, root in
            var reader = GoalsReader(yaml: yaml)
            let goals = reader.goals(root)
            yaml = reader.yaml
            return goals
        }
    }
}

/// Turns the tree of a goals file into values.
private struct GoalsReader {
    var yaml: YAMLReader
    private var frameworkIds: Set<String> = []
    private var goalIds: Set<String> = []
    private var indicatorIds: Set<String> = []

    init(yaml: YAMLReader) { self.yaml = yaml }

    mutating func goals(_ root: Node) -> Goals {
        guard let top = yaml.mapping(root, at: "", required: ["frameworks"], optional: []) else {
            return Goals(frameworks: [])
        }
        return Goals(
            frameworks: yaml.list(top, "frameworks", canBeEmpty: false).compactMap { framework($0.node, $0.path) }
        )
    }

    private mutating func framework(_ node: Node, _ path: String) -> Goals.Framework? {
        let optional = ["careLadder", "document", "note"]
        guard let keys = yaml.mapping(node, at: path, required: ["id", "name", "goals"], optional: optional) else {
            return nil
        }
        let id = yaml.identifier(keys, "id", taken: &frameworkIds)
        let name = yaml.text(keys, "name")
        let goals = yaml.list(keys, "goals", canBeEmpty: false).compactMap { goal($0.node, $0.path) }
        let (ladder, document, note) = (
            yaml.text(keys, "careLadder"), yaml.text(keys, "document"), yaml.text(keys, "note")
        )
        guard let id, let name else { return nil }
        return .init(id: id, name: name, careLadder: ladder, document: document, note: note, goals: goals)
    }

    private mutating func goal(_ node: Node, _ path: String) -> Goals.Goal? {
        let optional = ["reference", "note", "notMeasured"]
        guard let keys = yaml.mapping(node, at: path, required: ["id", "name", "indicators"], optional: optional) else {
            return nil
        }
        let id = yaml.identifier(keys, "id", taken: &goalIds)
        let name = yaml.text(keys, "name")
        let indicators = yaml.list(keys, "indicators", canBeEmpty: true).compactMap { indicator($0.node, $0.path) }
        let (reference, note) = (yaml.text(keys, "reference"), yaml.text(keys, "note"))
        let notMeasured = yaml.text(keys, "notMeasured")
        if case .sequence(let sequence)? = keys.values["indicators"], sequence.isEmpty, keys.values["notMeasured"] == nil {
            yaml.fail(node, yaml.join(path, "notMeasured"), "missing", "a goal without indicators says in notMeasured why nothing measures it")
        }
        guard let id, let name else { return nil }
        return .init(
            id: id,
            name: name,
            reference: reference,
            note: note,
            notMeasured: notMeasured,
            indicators: indicators
        )
    }

    private mutating func indicator(_ node: Node, _ path: String) -> Goals.Indicator? {
        let required = ["id", "name", "measure", "direction"]
        let optional = ["baseline", "target", "deadline", "owner", "note", "reference"]
        guard let keys = yaml.mapping(node, at: path, required: required, optional: optional) else { return nil }
        let id = yaml.identifier(keys, "id", taken: &indicatorIds)
        let name = yaml.text(keys, "name")
        let measure = yaml.word(keys, "measure", IndicatorMeasure.self)
        let direction = yaml.word(keys, "direction", Goals.Direction.self)
        let baseline = baseline(keys, measure)
        let target = target(keys, measure)
        if let direction, let baseline, let target, direction == .up ? target.value < baseline.value : target.value > baseline.value {
            let way = direction == .up ? "up: a target of at least the baseline" : "down: a target of at most the baseline"
            let values = [target.value, baseline.value].map { Goals.written($0, measure ?? .closedAtCentre) }
            let problem = "worse than the baseline: \(values[0]) against \(values[1])"
            let hint = Goals.hint(baseline.value, target.value, measure ?? .closedAtCentre, direction).map { ". \($0)" } ?? ""
            yaml.fail(keys.values["target"], yaml.join(path, "target"), problem, "\(way), or the other direction\(hint)")
        }
        let deadline = deadline(keys)
        let (owner, note, reference) = (yaml.text(keys, "owner"), yaml.text(keys, "note"), yaml.text(keys, "reference"))
        guard let id, let name, let measure, let direction else { return nil }
        return .init(
            id: id,
            name: name,
            measure: measure,
            direction: direction,
            baseline: baseline,
            target: target,
            deadline: deadline,
            owner: owner,
            note: note,
            reference: reference,
            line: keys.values["id"]?.mark?.line ?? 0
        )
    }

    private mutating func baseline(_ indicator: YAMLReader.Section, _ measure: IndicatorMeasure?) -> Goals.Baseline? {
        guard let measure, let node = indicator.values["baseline"] else { return nil }
        let path = yaml.join(indicator.path, "baseline")
        let required = ["value", "period", "source"]
        guard let keys = yaml.mapping(node, at: path, required: required, optional: ["example"]) else { return nil }
        let value = value(keys, measure)
        let (period, source) = (yaml.text(keys, "period"), yaml.text(keys, "source"))
        let isExample = yaml.flag(keys, "example", otherwise: false)
        guard let value, let period, let source else { return nil }
        return .init(value: value, period: period, source: source, isExample: isExample)
    }

    private mutating func target(_ indicator: YAMLReader.Section, _ measure: IndicatorMeasure?) -> Goals.Target? {
        guard let measure, let node = indicator.values["target"] else { return nil }
        let path = yaml.join(indicator.path, "target")
        guard let keys = yaml.mapping(node, at: path, required: ["value"], optional: ["example"]) else { return nil }
        let value = value(keys, measure)
        let isExample = yaml.flag(keys, "example", otherwise: false)
        return value.map { .init(value: $0, isExample: isExample) }
    }

    /// Shares are written in percent and kept as 0–1.
    private mutating func value(_ keys: YAMLReader.Section, _ measure: IndicatorMeasure) -> Double? {
        let value = yaml.number(keys, "value", in: measure.unit.allowed)
        return measure.unit == .share ? value.map { $0 / 100 } : value
    }

    private mutating func deadline(_ keys: YAMLReader.Section) -> LocalTime.Day? {
        guard let text = yaml.text(keys, "deadline") else { return nil }
        if let date = LocalTime.Day(iso: text) { return date }
        let path = yaml.join(keys.path, "deadline")
        yaml.fail(keys.values["deadline"], path, value: text, "not a date", "a date such as 2027-12-31")
        return nil
    }
}
