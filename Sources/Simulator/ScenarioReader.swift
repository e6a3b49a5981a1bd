import Yams

/// One mapping of a scenario file, read strictly: every key must be known, every value in its bounds.
///
/// A key that is absent gives its default, an absent section a reader in which every key is absent.
struct ScenarioReader {
    let file: String
    /// The path of this mapping's key; empty at the top.
    let path: String
    /// The line of the mapping, counted from 1.
    let line: Int
    private let node: Node?

    init(yaml: String, file: String) throws {
        do {
            node = try Yams.compose(yaml: yaml)
        } catch let error as YamlError {
            throw ScenarioReader.error(error, file: file)
        }
        self.file = file
        path = ""
        line = node?.mark?.line ?? 1
        if let node, node.mapping == nil { throw wrong(node, key: "scenario", allowed: "a mapping of keys and values") }
    }

    private init(file: String, path: String, line: Int, node: Node?) {
        self.file = file
        self.path = path
        self.line = line
        self.node = node
    }

    // MARK: Keys

    func checkKeys(_ allowed: [String]) throws {
        guard let mapping = node?.mapping else { return }
        for (key, _) in mapping where !allowed.contains(key.string ?? "") {
            let name = key.string ?? "(not a string)"
            let place = key.mark?.line ?? line
            throw ScenarioError(
                kind: .unknownKey,
                file: file,
                line: place,
                key: qualified(name),
                value: name,
                allowed: allowed.joined(separator: ", ")
            )
        }
    }

    /// The mapping under a key, in which only the allowed keys may stand.
    func section(_ key: String, keys allowed: [String]) throws -> ScenarioReader {
        let child = try child(key)
        try child.checkKeys(allowed)
        return child
    }

    /// The mappings of a list.
    func list(_ key: String, keys allowed: [String]) throws -> [ScenarioReader] {
        guard let value = value(key) else { return [] }
        guard let sequence = value.sequence else { throw wrong(value, key: key, allowed: "a list") }
        return try sequence.enumerated().map { index, element in
            let name = "\(key)[\(index)]"
            guard element.mapping != nil else { throw wrong(element, key: name, allowed: "a mapping") }
            let reader = ScenarioReader(
                file: file,
                path: qualified(name),
                line: element.mark?.line ?? line,
                node: element
            )
            try reader.checkKeys(allowed)
            return reader
        }
    }

    // MARK: Values

    func number(_ key: String, default standard: Double, in range: ClosedRange<Double>) throws -> Double {
        guard let value = value(key) else { return standard }
        return try number(of: value, key: key, in: range)
    }

    func whole(_ key: String, default standard: Int, in range: ClosedRange<Int>) throws -> Int {
        guard let value = value(key) else { return standard }
        guard let text = value.scalar?.string, let number = Int(text), range.contains(number) else {
            throw wrong(value, key: key, allowed: "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    func text(_ key: String, default standard: String?, allowed: String, _ fits: (String) -> Bool) throws -> String {
        guard let value = value(key) else {
            if let standard { return standard }
            throw missing(key, allowed: allowed)
        }
        guard let text = value.scalar?.string, fits(text) else { throw wrong(value, key: key, allowed: allowed) }
        return text
    }

    func flag(_ key: String, default standard: Bool) throws -> Bool {
        guard let value = value(key) else { return standard }
        guard let text = value.scalar?.string, text == "true" || text == "false" else {
            throw wrong(value, key: key, allowed: "true or false")
        }
        return text == "true"
    }

    func texts(_ key: String, allowed: [String]) throws -> [String] {
        guard let value = value(key) else { return [] }
        let words = "a list of \(allowed.joined(separator: ", "))"
        guard let sequence = value.sequence else { throw wrong(value, key: key, allowed: words) }
        return try sequence.map { element in
            guard let text = element.scalar?.string, allowed.contains(text) else {
                throw wrong(element, key: key, allowed: words)
            }
            return text
        }
    }

    /// A fixed number of weights that are not all 0.
    func profile(_ key: String, default standard: [Double]) throws -> [Double] {
        guard let value = value(key) else { return standard }
        let allowed = "a list of \(standard.count) numbers from 0 to 1000, not all 0"
        guard let sequence = value.sequence, sequence.count == standard.count else {
            throw wrong(value, key: key, allowed: allowed)
        }
        let numbers = try sequence.map { try number(of: $0, key: key, in: 0...1000) }
        guard numbers.contains(where: { $0 > 0 }) else { throw wrong(value, key: key, allowed: allowed) }
        return numbers
    }

    /// `{median, sigma}` of a lognormal distribution.
    func spread(_ key: String, default standard: Spread, in range: ClosedRange<Double>) throws -> Spread {
        let section = try section(key, keys: ["median", "sigma"])
        return Spread(
            median: try section.number("median", default: standard.median, in: range),
            sigma: try section.number("sigma", default: standard.sigma, in: 0...3)
        )
    }

    /// Weights by word; a mapping that is there replaces the default as a whole, words left out weigh nothing.
    func weights(_ key: String, words: [String], default standard: [(String, Double)]) throws -> [(String, Double)] {
        guard let value = value(key) else { return standard }
        let section = try section(key, keys: words)
        let weights = try words.map { ($0, try section.number($0, default: 0, in: 0...1_000_000)) }.filter { $0.1 > 0 }
        guard !weights.isEmpty else {
            throw wrong(value, key: key, allowed: "weights, not all 0, of \(words.joined(separator: ", "))")
        }
        return weights
    }

    func missing(_ key: String, allowed: String) -> ScenarioError {
        ScenarioError(kind: .missing, file: file, line: line, key: qualified(key), value: "", allowed: allowed)
    }

    /// A value that fits by itself and not with the others.
    func wrong(_ key: String, value: String, allowed: String) -> ScenarioError {
        ScenarioError(file: file, line: self.value(key)?.mark?.line ?? line, key: qualified(key), value: value, allowed: allowed)
    }

    func has(_ key: String) -> Bool { value(key) != nil }

    // MARK: Parts

    /// What stands under a key; `null` counts as absent.
    private func value(_ key: String) -> Node? {
        // Not by subscript: it compares tags as well, and so takes the key 1 for another than the key "1".
        guard let found = node?.mapping?.first(where: { $0.key.string == key })?.value else { return nil }
        if let scalar = found.scalar, found.tag == Tag(.null), scalar.style == .plain { return nil }
        return found
    }

    private func child(_ key: String) throws -> ScenarioReader {
        let found = value(key)
        if let found, found.mapping == nil { throw wrong(found, key: key, allowed: "a mapping of keys and values") }
        return ScenarioReader(file: file, path: qualified(key), line: found?.mark?.line ?? line, node: found)
    }

    private func number(of value: Node, key: String, in range: ClosedRange<Double>) throws -> Double {
        guard let text = value.scalar?.string, let number = Double(text), range.contains(number) else {
            throw wrong(value, key: key, allowed: "a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    private func wrong(_ value: Node, key: String, allowed: String) -> ScenarioError {
        let shown = value.scalar.map { "'\($0.string)'" } ?? (value.mapping == nil ? "a list" : "a mapping")
        return ScenarioError(
            file: file,
            line: value.mark?.line ?? line,
            key: qualified(key),
            value: shown,
            allowed: allowed
        )
    }

    private func qualified(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    private static func error(_ error: YamlError, file: String) -> ScenarioError {
        var line = 0
        var words = "\(error)"
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _), .composer(let context, let problem, let mark, _):
            line = mark.line
            words = problem + (context.map { " \($0.text)" } ?? "")
        case .duplicatedKeysInMapping(let duplicates, let context):
            line = context.mark.line
            words = "twice the same key: \(duplicates.sorted().joined(separator: ", "))"
        default: break
        }
        return ScenarioError(kind: .notYAML, file: file, line: line, key: "scenario", value: words, allowed: "YAML 1.1")
    }
}
