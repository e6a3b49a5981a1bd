/// One thing wrong in a table, with what would mend it.
package struct TableProblem: Equatable, Sendable {
    package var line: Int
    package var column: String?
    package var value: String?
    package var problem: String
    package var wayOut: String

    package init(line: Int, column: String? = nil, value: String? = nil, problem: String, wayOut: String) {
        self.line = line
        self.column = column
        self.value = value
        self.problem = problem
        self.wayOut = wayOut
    }
}

/// Everything wrong in one file, so that it can be mended in one go.
package struct TableError: Error, CustomStringConvertible {
    package var file: String
    package var problems: [TableProblem]

    package init(file: String, problems: [TableProblem]) {
        self.file = file
        self.problems = problems
    }

    /// One line a problem: `file:line: column: "value": what is wrong (the way out)`.
    package var description: String {
        problems.map { problem in
            let column = problem.column.map { "column \($0): " } ?? ""
            let value = problem.value.map { "\"\($0)\": " } ?? ""
            return "\(file):\(problem.line): \(column)\(value)\(problem.problem) (\(problem.wayOut))"
        }
        .joined(separator: "\n")
    }
}
