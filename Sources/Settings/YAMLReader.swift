import Foundation
import Yams

/// Reads a YAML mapping key by key and collects every problem with file, line, key and value.
///
/// Keys never asked for are unknown, which `finish` reports.
final class YAMLReader {
    private let file: String
    private let path: String
    private let mapping: Node.Mapping
    private var asked: Set<String> = []
    private let problems: Problems

    /// What was found in all files of a configuration.
    final class Problems {
        /// What stops every command.
        var lines: [String] = []
        /// What stops the service alone.
        var forService: [String] = []
        /// What is odd but stops nothing.
        var warnings: [String] = []
    }

    private init(file: String, path: String, mapping: Node.Mapping, problems: Problems) {
        self.file = file
        self.path = path
        self.mapping = mapping
        self.problems = problems
    }

    /// Opens a file whose top is a mapping; an empty file is an empty one.
    static func open(file: String, problems: Problems) -> YAMLReader? {
        do {
            let text = try String(contentsOfFile: file, encoding: .utf8)
            let top = try Yams.compose(yaml: text)
            guard let top else { return YAMLReader(file: file, path: "", mapping: Node.Mapping([]), problems: problems) }
            guard case .mapping(let mapping) = top else {
                problems.lines.append("\(file):1: the file must hold keys and values, as in config/\((file as NSString).lastPathComponent)")
                return nil
            }
            return YAMLReader(file: file, path: "", mapping: mapping, problems: problems)
        } catch let error as YamlError {
            problems.lines.append("\(file): not YAML: \(error)")
        } catch {
            problems.lines.append("\(file): cannot be read: \((error as NSError).localizedDescription)")
        }
        return nil
    }

    func text(_ key: String, _ rule: String = "a text", where isRight: (String) -> Bool = { !$0.isEmpty }) -> String? {
        guard let node = value(key) else { return nil }
        guard case .scalar(let scalar) = node, isRight(scalar.string) else {
            reject(key, node, rule)
            return nil
        }
        return scalar.string
    }

    func required(_ key: String, _ rule: String = "a text", where isRight: (String) -> Bool = { !$0.isEmpty }) -> String? {
        if value(key) == nil {
            problem(line: line(of: nil), key: key, "is missing: give \(rule)")
            return nil
        }
        return text(key, rule, where: isRight)
    }

    func integer(_ key: String, _ range: ClosedRange<Int>) -> Int? {
        guard let node = value(key) else { return nil }
        guard case .scalar(let scalar) = node, let number = Int(scalar.string), range.contains(number) else {
            reject(key, node, "a whole number from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return number
    }

    func texts(_ key: String, _ rule: String, where isRight: (String) -> Bool) -> [String]? {
        guard let node = value(key) else { return nil }
        guard case .sequence(let sequence) = node else {
            reject(key, node, "a list of \(rule)")
            return []
        }
        return sequence.compactMap { item in
            guard case .scalar(let scalar) = item, isRight(scalar.string) else {
                reject(key, item, rule)
                return nil
            }
            return scalar.string
        }
    }

    /// The mapping under a key; nil where there is none.
    func section(_ key: String) -> YAMLReader? {
        guard let node = value(key) else { return nil }
        guard case .mapping(let mapping) = node else {
            reject(key, node, "keys and values")
            return nil
        }
        return YAMLReader(file: file, path: path + key + ".", mapping: mapping, problems: problems)
    }

    /// The mappings of a list.
    func sections(_ key: String) -> [YAMLReader]? {
        guard let node = value(key) else { return nil }
        guard case .sequence(let sequence) = node else {
            reject(key, node, "a list")
            return nil
        }
        return sequence.enumerated().compactMap { index, item in
            guard case .mapping(let mapping) = item else {
                reject("\(key)[\(index)]", item, "keys and values")
                return nil
            }
            return YAMLReader(file: file, path: "\(path)\(key)[\(index)].", mapping: mapping, problems: problems)
        }
    }

    /// Reports the keys that nothing asked for.
    func finish() {
        for (node, _) in mapping {
            guard let key = node.string, !asked.contains(key) else { continue }
            problem(line: node.mark?.line ?? 1, key: key, "is unknown; known here: \(asked.sorted().joined(separator: ", "))")
        }
    }

    /// Where a key stands, for a message that is more than a line's own: `file:line: path`.
    func place(of key: String) -> String { "\(file):\(line(of: mapping[key])): \(path)\(key)" }

    func problem(key: String, _ text: String) { problem(line: line(of: mapping[key]), key: key, text) }

    private func value(_ key: String) -> Node? {
        asked.insert(key)
        guard let node = mapping[key], node.tag != Tag(.null), node.string != "null" || node.scalar?.style != .plain else {
            return nil
        }
        return node
    }

    private func line(of node: Node?) -> Int { node?.mark?.line ?? mapping.mark?.line ?? 1 }

    private func reject(_ key: String, _ node: Node, _ rule: String) {
        let shown = node.string.map { "«\($0)»" } ?? "this"
        problem(line: line(of: node), key: key, "\(shown) is not \(rule)")
    }

    private func problem(line: Int, key: String, _ text: String) {
        problems.lines.append("\(file):\(line): \(path)\(key) \(text)")
    }
}
