/// What is wrong in a scenario file, in words that lead to the mending.
package struct ScenarioError: Error, Equatable, CustomStringConvertible {
    package enum Kind: Equatable, Sendable { case wrongValue, missing, unknownKey, notYAML }

    package var kind: Kind
    package var file: String
    /// Counted from 1; 0 when the place is not known.
    package var line: Int
    /// The path of the key, e.g. `alarms.kinds.manual`.
    package var key: String
    /// What stands there, or what the reader of YAML says.
    package var value: String
    /// What may stand there; the keys that are known.
    package var allowed: String

    package init(kind: Kind = .wrongValue, file: String, line: Int, key: String, value: String, allowed: String) {
        self.kind = kind
        self.file = file
        self.line = line
        self.key = key
        self.value = value
        self.allowed = allowed
    }

    package var description: String {
        let problem =
            switch kind {
            case .wrongValue: "\(value); allowed: \(allowed)"
            case .missing: "is missing: give \(allowed)"
            case .unknownKey: "is an unknown key; known here: \(allowed)"
            case .notYAML: "is not YAML: \(value)"
            }
        return "\(file):\(line): \(key): \(problem)"
    }
}
