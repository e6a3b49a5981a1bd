package import Yams

/// Walks a YAML tree with the lines it came from, and collects what is wrong instead of stopping at the first.
package struct YAMLReader {
    package private(set) var problems: [FileProblem] = []

    /// The longest text of one value.
    package static let textLengthMax = 2000

    /// Reads a whole file: what `body` makes of its top, or everything that is wrong in it, by line.
    ///
    /// - Parameters:
    ///   - file: the file's name, for messages only.
    ///   - beginning: the key that the file begins with, for who left it empty.
    package static func read<Value>(
        _ text: String,
        file: String,
        beginning: String,
        _ body: (inout YAMLReader, Node) -> Value?
    ) throws(FileError) -> Value {
        var reader = YAMLReader()
        var value: Value?
        do {
            if let node = try Yams.compose(yaml: text) {
                value = body(&reader, node)
            } else {
                reader.fail(line: 1, beginning, "the file is empty", "the file begins with \(beginning):")
            }
        } catch {
            reader.problems.append(problem(of: error))
        }
        guard let value, reader.problems.isEmpty else {
            throw FileError(file: file, problems: reader.problems.sorted { $0.line < $1.line })
        }
        return value
    }

    /// The YAML parser's own complaint, with its line.
    private static func problem(of error: any Error) -> FileProblem {
        let wayOut = "check indentation, dashes and quotes around this line"
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return .init(line: mark.line, key: "yaml", problem: problem, wayOut: wayOut)
        case .duplicatedKeysInMapping(let duplicates, let context):
            let names = duplicates.map(String.init(describing:)).joined(separator: ", ")
            // {low: 0,5, high: 1,5} has the key 5 twice.
            let wayOut = duplicates.allSatisfy(isDigits) ? "decimals with a point: 0.5, not 0,5; or keep one of them" : "keep one of them"
            return .init(line: context.mark.line, key: names, problem: "key written twice", wayOut: wayOut)
        default:
            return .init(line: 1, key: "yaml", problem: "not YAML in UTF-8", wayOut: "save the file as UTF-8 text")
        }
    }

    package mutating func fail(_ node: Node?, _ key: String, value: String? = nil, _ problem: String, _ wayOut: String) {
        fail(line: node?.mark?.line ?? 1, key, value: value, problem, wayOut)
    }

    package mutating func fail(line: Int, _ key: String, value: String? = nil, _ problem: String, _ wayOut: String) {
        problems.append(.init(line: line, key: key, value: value, problem: problem, wayOut: wayOut))
    }

    /// A mapping's values by key, after the check that it has every required key and no unknown one.
    package mutating func mapping(_ node: Node, at key: String, required: [String], optional: [String]) -> Section? {
        guard case .mapping(let mapping) = node else {
            fail(node, key, "not a mapping", "write keys and values: \((required + optional).joined(separator: ", "))")
            return nil
        }
        var values: [String: Node] = [:]
        var before: Node?
        for (name, value) in mapping {
            let text = name.string ?? ""
            defer { before = value }
            guard (required + optional).contains(text) else {
                let allowed = "allowed: \((required + optional).joined(separator: ", "))"
                fail(name, join(key, text), "unknown key", decimalComma(before, text, value).map { "decimals with a point: \($0)" } ?? allowed)
                continue
            }
            if !isNull(value) { values[text] = value }
        }
        for name in required where values[name] == nil {
            fail(node, join(key, name), "missing", "add it; it is required")
        }
        return Section(path: key, values: values)
    }

    /// The number that was meant by `{value: 97,5}`, which YAML reads as value 97 and a key 5 without a value; nil for anything else.
    private func decimalComma(_ before: Node?, _ name: String, _ value: Node) -> String? {
        guard case .scalar(let whole)? = before, whole.style == .plain, isNull(value), YAMLReader.isDigits(name) else { return nil }
        let isNumber = YAMLReader.isDigits(whole.string.hasPrefix("-") ? String(whole.string.dropFirst()) : whole.string)
        return isNumber ? "\(whole.string).\(name)" : nil
    }

    private static func isDigits(_ text: String) -> Bool { !text.isEmpty && text.utf8.allSatisfy { (48...57).contains($0) } }

    /// The elements of a list with their paths, counted from 1.
    package mutating func list(_ section: Section, _ name: String, canBeEmpty: Bool) -> [(path: String, node: Node)] {
        guard let node = section.values[name] else { return [] }
        let path = join(section.path, name)
        guard case .sequence(let sequence) = node else {
            fail(node, path, "not a list", "begin each entry with a dash")
            return []
        }
        if sequence.isEmpty, !canBeEmpty { fail(node, path, "an empty list", "add at least one entry") }
        return sequence.enumerated().map { ("\(path)[\($0.offset + 1)]", $0.element) }
    }

    package mutating func text(_ section: Section, _ name: String) -> String? {
        guard let node = section.values[name] else { return nil }
        guard case .scalar(let scalar) = node, !scalar.string.isEmpty else {
            fail(node, join(section.path, name), "not a text", "write text, in quotes where it holds : or #")
            return nil
        }
        guard scalar.string.utf8.count <= YAMLReader.textLengthMax else {
            fail(node, join(section.path, name), "text too long", "at most \(YAMLReader.textLengthMax) bytes")
            return nil
        }
        return scalar.string
    }

    /// A word that names something: small letters, digits and hyphens, unique among `taken`.
    package mutating func identifier(_ section: Section, _ name: String, taken: inout Set<String>) -> String? {
        guard let id = text(section, name) else { return nil }
        let node = section.values[name]
        let letters = id.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
        guard letters, id.utf8.count <= 64 else {
            fail(node, join(section.path, name), value: id, "not an id", "1 to 64 of a-z, 0-9 and -")
            return nil
        }
        guard taken.insert(id).inserted else {
            fail(node, join(section.path, name), value: id, "used twice", "give each its own id")
            return nil
        }
        return id
    }

    package mutating func word<Word: RawRepresentable & CaseIterable>(
        _ section: Section,
        _ name: String,
        _: Word.Type
    ) -> Word? where Word.RawValue == String {
        guard let text = text(section, name) else { return nil }
        if let word = Word(rawValue: text) { return word }
        let wayOut = "allowed: \(Word.allCases.map(\.rawValue).joined(separator: ", "))"
        fail(section.values[name], join(section.path, name), value: text, "not an allowed value", wayOut)
        return nil
    }

    package mutating func number(_ section: Section, _ name: String, in range: ClosedRange<Double>) -> Double? {
        guard let text = text(section, name) else { return nil }
        let decimal = text.utf8.allSatisfy {
            (48...57).contains($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+")
        }
        if decimal, let number = Double(text), range.contains(number) { return number }
        func written(_ bound: Double) -> String { bound == bound.rounded() ? "\(Int(bound))" : "\(bound)" }
        let wayOut = "a number from \(written(range.lowerBound)) to \(written(range.upperBound)), with a decimal point"
        fail(section.values[name], join(section.path, name), value: text, "not an allowed value", wayOut)
        return nil
    }

    package mutating func flag(_ section: Section, _ name: String, otherwise: Bool) -> Bool {
        guard let text = text(section, name) else { return otherwise }
        if text == "true" || text == "false" { return text == "true" }
        fail(
            section.values[name],
            join(section.path, name),
            value: text,
            "not an allowed value",
            "allowed: true, false"
        )
        return otherwise
    }

    package func join(_ path: String, _ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

    private func isNull(_ node: Node) -> Bool {
        guard case .scalar(let scalar) = node, scalar.style == .plain else { return false }
        return ["", "~", "null"].contains(scalar.string)
    }

    /// A mapping that has been checked for its keys.
    package struct Section {
        package var path: String
        package var values: [String: Node]
    }
}
