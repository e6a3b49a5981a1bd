package import Files
package import Telemetry

/// Users of each technology by age group: `users-by-age.csv`.
///
/// Alarms carry pseudonyms and no ages, and shall carry none. So the municipality counts its users by age itself, from its
/// own system, and hands over the sums. That users of different ages call for help equally often is the plain reading
/// (`weight` 1); where the municipality knows better, it writes how many times as often.
package struct UsersByAge: Equatable, Sendable {
    package struct Row: Equatable, Sendable {
        package var age: AgeGroup
        package var technology: Technology
        package var users: Int
        /// Call-outs per user against the other age groups; over 0.
        package var weight: Double
        /// Its line in the file.
        package var line: Int

        package init(age: AgeGroup, technology: Technology, users: Int, weight: Double = 1, line: Int = 0) {
            self.age = age
            self.technology = technology
            self.users = users
            self.weight = weight
            self.line = line
        }
    }

    package var rows: [Row]
    /// The file says itself that it is made up.
    package var isSynthetic: Bool
    private var headings: [String: String] = [:]

    package init(rows: [Row], isSynthetic: Bool = false) {
        self.rows = rows
        self.isSynthetic = isSynthetic
    }

    package var technologies: [Technology] { Technology.allCases.filter { technology in rows.contains { $0.technology == technology } } }

    /// What the file's own header calls a column, for messages.
    func heading(_ column: String) -> String { headings[column] ?? column }

    package static let columns = ["age", "technology", "users"]
    private static let aliases = ["alder": "age", "teknologi": "technology", "brukere": "users", "vekt": "weight"]

    /// Reads `age;technology;users;weight`. Age groups of one technology do not overlap, and one technology is safety-alarm: its
    /// users make the load.
    ///
    /// - Throws: `FileError` with line, column, value and way out of each problem.
    package init(csv text: String, file: String = "users-by-age.csv") throws(FileError) {
        var problems: [FileProblem] = []
        let table = CSVTable(text, .init(columns: UsersByAge.columns, optional: ["weight"], aliases: UsersByAge.aliases), problems: &problems)
        var rows: [Row] = []
        for line in table.rows {
            var cells = CellReader(row: line)
            let age = cells.age("age")
            let technology = cells.word("technology", Technology.self)
            let users = cells.count("users", in: 0...1_000_000)
            let weight = line["weight"].map { !$0.isEmpty } == true ? cells.number("weight", in: 0...100) : 1
            if let age, let technology, rows.contains(where: { $0.technology == technology && $0.age.overlaps(age) }) {
                cells.fail("age", "overlaps an age group above", "each year of age once for each technology")
            }
            problems += cells.problems
            guard cells.problems.isEmpty, let age, let technology, let users, let weight else { continue }
            rows.append(.init(age: age, technology: technology, users: users, weight: weight, line: line.line))
        }
        let load = rows.reduce(0) { $0 + ($1.technology == .safetyAlarm ? Double($1.users) * $1.weight : 0) }
        if problems.isEmpty, load <= 0 {
            let column = table.headings["technology"] ?? "technology"
            problems.append(.init(line: 1, column: column, problem: "no users of safety-alarm", wayOut: "add rows with safety-alarm: they make the load"))
        }
        guard problems.isEmpty else { throw FileError(file: file, problems: problems) }
        self.init(rows: rows, isSynthetic: table.comments.contains { $0.text.uppercased().contains("SYNTETISK") })
        headings = table.headings
    }
}
