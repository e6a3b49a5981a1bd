/// What is wrong in a scenario file, in words that lead to the mending.
package struct ScenarioError: Error, Equatable, CustomStringConvertible {
    package var file: String
    /// Counted from 1; 0 when the place is not known.
    package var line: Int
    /// The path of the key, e.g. `alarms.kinds.manual`.
    package var key: String
    /// What stands there, or `missing`.
    package var value: String
    /// What may stand there.
    package var allowed: String

    package init(file: String, line: Int, key: String, value: String, allowed: String) {
        self.file = file
        self.line = line
        self.key = key
        self.value = value
        self.allowed = allowed
    }

    package var description: String {
        "\(file):\(line): \(key): \(value) does not do here; allowed: \(allowed)"
    }
}
