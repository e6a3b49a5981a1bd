/// One thing wrong in a goals file, with what would mend it.
package struct GoalsProblem: Equatable, Sendable {
    package var line: Int
    /// The way to the key, e.g. `frameworks[1].goals[1].indicators[2].direction`.
    package var key: String
    package var value: String?
    package var problem: String
    package var wayOut: String

    package init(line: Int, key: String, value: String? = nil, problem: String, wayOut: String) {
        self.line = line
        self.key = key
        self.value = value
        self.problem = problem
        self.wayOut = wayOut
    }
}

/// Everything wrong in one goals file, so that it can be mended in one go.
package struct GoalsError: Error, CustomStringConvertible {
    package var file: String
    package var problems: [GoalsProblem]

    package init(file: String, problems: [GoalsProblem]) {
        self.file = file
        self.problems = problems
    }

    /// One line a problem: `file:line: key: "value": what is wrong (the way out)`.
    package var description: String {
        problems.map { problem in
            let value = problem.value.map { "\"\($0)\": " } ?? ""
            return "\(file):\(problem.line): \(problem.key): \(value)\(problem.problem) (\(problem.wayOut))"
        }
        .joined(separator: "\n")
    }
}
