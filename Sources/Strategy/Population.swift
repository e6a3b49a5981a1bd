/// Inhabitants by age and year, in one or several alternatives of a projection: Statistics Norway's tables.
package struct Population: Equatable, Sendable {
    /// One cell of the table.
    package struct Row: Equatable, Sendable {
        package var age: AgeGroup
        package var year: Int
        /// As the file writes it: `Hovedalternativet (MMM)`.
        package var alternative: String
        package var persons: Int
    }

    /// Alternatives in the order of the file.
    package private(set) var alternatives: [String] = []
    package private(set) var years: [Int] = []
    /// The file says itself that it is made up.
    package var isSynthetic: Bool
    /// What the file's own header calls the years, for messages.
    var yearHeading = "year"
    private var persons: [Key: [(age: AgeGroup, persons: Int)]] = [:]

    private struct Key: Hashable {
        var year: Int
        var alternative: String
    }

    package init(rows: [Row], isSynthetic: Bool = false) {
        self.isSynthetic = isSynthetic
        for row in rows {
            if !alternatives.contains(row.alternative) { alternatives.append(row.alternative) }
            persons[Key(year: row.year, alternative: row.alternative), default: []].append((row.age, row.persons))
        }
        years = Set(rows.map(\.year)).sorted()
    }

    /// Inhabitants of an age group; nil where the table has no ages that make up exactly the group in that year.
    package func persons(_ group: AgeGroup, year: Int, alternative: String) -> Int? {
        guard let ages = persons[Key(year: year, alternative: alternative)] else { return nil }
        let within = ages.filter { group.contains($0.age) }
        guard !ages.contains(where: { group.overlaps($0.age) && !group.contains($0.age) }) else { return nil }
        // No hole: the ages found follow one another from the group's first to its last.
        var next = group.from
        for age in Set(within.map(\.age)).sorted() {
            guard age.from == next else { return nil }
            guard let last = age.to else { return within.reduce(0) { $0 + $1.persons } }
            next = last + 1
        }
        guard let last = group.to, next == last + 1 else { return nil }
        return within.reduce(0) { $0 + $1.persons }
    }

    package static func == (left: Population, right: Population) -> Bool {
        left.alternatives == right.alternatives && left.isSynthetic == right.isSynthetic && left.persons.keys == right.persons.keys
            && left.persons.allSatisfy { key, ages in ages.elementsEqual(right.persons[key] ?? [], by: ==) }
    }
}
