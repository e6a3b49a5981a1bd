/// One thing wrong in a file that people write, with what would mend it.
package struct FileProblem: Equatable, Sendable {
    package var line: Int
    /// `column zone` of a table; the way to a key of YAML, e.g. `frameworks[1].goals[1].name`; nil for the whole.
    package var place: String?
    package var value: String?
    package var problem: String
    package var wayOut: String

    package init(line: Int, column: String? = nil, value: String? = nil, problem: String, wayOut: String) {
        self.line = line
        place = column.map { "column \($0)" }
        self.value = value
        self.problem = problem
        self.wayOut = wayOut
    }

    package init(line: Int, key: String, value: String? = nil, problem: String, wayOut: String) {
        self.line = line
        place = key.isEmpty ? nil : key
        self.value = value
        self.problem = problem
        self.wayOut = wayOut
    }

    /// `place: "value": what is wrong (the way out)`.
    package var reason: String {
        let place = place.map { "\($0): " } ?? ""
        let value = value.map { "\"\($0)\": " } ?? ""
        return "\(place)\(value)\(problem) (\(wayOut))"
    }
}

/// Everything wrong in one file, so that it can be mended in one go.
package struct FileError: Error, CustomStringConvertible {
    package var file: String
    package var problems: [FileProblem]

    package init(file: String, problems: [FileProblem]) {
        self.file = file
        self.problems = problems
    }

    /// One line a problem: `file:line: place: "value": what is wrong (the way out)`.
    package var description: String {
        problems.map { "\(file):\($0.line): \($0.reason)" }.joined(separator: "\n")
    }
}
