import Foundation
import Yams

/// A YAML mapping of a profile, read key by key; every problem is collected with file, line and key.
///
/// Scalars mean what they mean in JSON: `true`, `false` and numbers as JSON writes them, everything else is text, also
/// `on` and `no`. Keys never asked for are unknown, which `finish` reports.
final class ProfileNode {
    final class Problems {
        var lines: [String] = []
    }

    private let file: String
    private let path: String
    private let mapping: Node.Mapping
    private let line: Int
    private var asked: [String] = []
    private let problems: Problems

    private init(file: String, path: String, mapping: Node.Mapping, line: Int, problems: Problems) {
        self.file = file
        self.path = path
        self.mapping = mapping
        self.line = line
        self.problems = problems
    }

    /// Opens a file whose top is a mapping.
    static func open(text: String, file: String, problems: Problems) -> ProfileNode? {
        do {
            guard case .mapping(let mapping)? = try Yams.compose(yaml: text) else {
                problems.lines.append("\(file):1: the file must hold keys and values: name, technology, ladderStep, codec")
                return nil
            }
            return ProfileNode(file: file, path: "", mapping: mapping, line: 1, problems: problems)
        } catch {
            problems.lines.append("\(file): not YAML: \("\(error)".split(separator: "\n").joined(separator: " "))")
            return nil
        }
    }

    // MARK: - Values

    enum Value {
        case scalar(JSONValue)
        case list([Item])
        case section(ProfileNode)
    }

    struct Item {
        let value: Value
        let line: Int
        /// As it stands in messages, e.g. `events[0].when`.
        let key: String
    }

    /// What stands under a key; nil where the key is missing. An empty value is reported.
    func item(_ key: String) -> Item? {
        if !asked.contains(key) { asked.append(key) }
        guard let node = mapping[key] else { return nil }
        return item(node, key: path + key)
    }

    private func item(_ node: Node, key: String) -> Item? {
        let line = node.mark?.line ?? self.line
        switch node {
        case .mapping(let mapping):
            return Item(
                value: .section(ProfileNode(file: file, path: key + ".", mapping: mapping, line: line, problems: problems)),
                line: line,
                key: key
            )
        case .sequence(let sequence):
            return Item(value: .list(sequence.enumerated().compactMap { item($1, key: "\(key)[\($0)]") }), line: line, key: key)
        case .scalar(let scalar):
            guard let value = ProfileNode.value(of: scalar) else {
                report(line, key, "is empty: give it a value, or leave the key out")
                return nil
            }
            return Item(value: .scalar(value), line: line, key: key)
        case .alias:
            report(line, key, "is an alias: write the value out")
            return nil
        }
    }

    private static func value(of scalar: Node.Scalar) -> JSONValue? {
        guard scalar.style == .plain || scalar.style == .any else { return .text(scalar.string) }
        switch scalar.string {
        case "", "~", "null", "Null", "NULL": return nil
        case "true", "True", "TRUE": return .flag(true)
        case "false", "False", "FALSE": return .flag(false)
        default:
            if case .number(let number)? = JSONValue.read(Array(scalar.string.utf8)) { return .number(number) }
            return .text(scalar.string)
        }
    }

    // MARK: - Kinds of values

    func text(_ key: String, _ rule: String, where isRight: (String) -> Bool) -> String? {
        guard let item = item(key) else { return nil }
        guard case .scalar(.text(let text)) = item.value, isRight(text) else {
            reject(item, rule)
            return nil
        }
        return text
    }

    func number(_ key: String, _ rule: String, where isRight: (Double) -> Bool = { _ in true }) -> Double? {
        guard let item = item(key) else { return nil }
        guard case .scalar(.number(let number)) = item.value, isRight(number) else {
            reject(item, rule)
            return nil
        }
        return number
    }

    func section(_ key: String, _ rule: String) -> ProfileNode? {
        guard let item = item(key) else { return nil }
        guard case .section(let section) = item.value else {
            reject(item, rule)
            return nil
        }
        return section
    }

    /// The mappings of a list, or of one that stands without a list where `allowsOne`.
    func sections(_ key: String, _ rule: String, max: Int, allowsOne: Bool) -> [ProfileNode]? {
        guard let item = item(key) else { return nil }
        if case .section(let section) = item.value, allowsOne { return [section] }
        guard case .list(let items) = item.value, (1...max).contains(items.count) else {
            reject(item, rule)
            return nil
        }
        return items.compactMap { item in
            guard case .section(let section) = item.value else {
                reject(item, "keys and values")
                return nil
            }
            return section
        }
    }

    /// A scalar, or a list of them.
    func scalars(_ key: String, max: Int) -> [JSONValue]? {
        guard let item = item(key) else { return nil }
        let rule = "a text, a number, true or false, or a list of up to \(max) of them"
        switch item.value {
        case .scalar(let value): return [value]
        case .list(let items) where (1...max).contains(items.count):
            return items.compactMap { item in
                guard case .scalar(let value) = item.value else {
                    reject(item, "a text, a number, true or false")
                    return nil
                }
                return value
            }
        default:
            reject(item, rule)
            return nil
        }
    }

    // MARK: - Problems

    func require(_ key: String, _ rule: String) {
        if !asked.contains(key) { asked.append(key) }
        if !has(key) { problem(key, "is missing: give \(rule)") }
    }

    func has(_ key: String) -> Bool { mapping[key] != nil }

    /// Reports the keys that nothing asked for.
    func finish() {
        for (node, value) in mapping where !asked.contains(node.string ?? "") {
            let key = path + (node.string ?? "?")
            report(node.mark?.line ?? value.mark?.line ?? line, key, "is unknown; known here: \(asked.joined(separator: ", "))")
        }
    }

    func problem(_ key: String, _ text: String) { report(mapping[key]?.mark?.line ?? line, path + key, text) }

    func reject(_ item: Item, _ rule: String) {
        if case .scalar(let value) = item.value {
            report(item.line, item.key, "«\(value.text ?? value.json)» is not \(rule)")
        } else {
            report(item.line, item.key, "is not \(rule)")
        }
    }

    private func report(_ line: Int, _ key: String, _ text: String) { problems.lines.append("\(file):\(line): \(key) \(text)") }
}
