/// What is wrong in a configuration file, and the way out: all of it at once, a line each.
package struct SettingsError: Error, CustomStringConvertible {
    package let problems: [String]

    package init(_ problems: [String]) { self.problems = problems }

    package var description: String { problems.joined(separator: "\n") }
}
