package import Files
package import Telemetry
package import Workload

/// What leaders have entered as realised: a book of its own, never mixed with freed hours. `benefit-ledger.csv`.
package struct BenefitLedger: Equatable, Sendable {
    /// Where the benefit went.
    package enum Use: String, CaseIterable, Sendable {
        case fewerShifts = "færre vakter"
        case moreUsers = "flere brukere"
        case betterService = "bedre tjeneste"
    }

    package struct Entry: Equatable, Sendable {
        package var day: LocalTime.Day
        /// Nil where it is not of one technology.
        package var technology: Technology?
        /// A correction is an entry under 0.
        package var hours: Double
        package var kroner: Double
        package var use: Use
        package var note: String
        /// Its line in the file, or its number in the book that is kept on the pages.
        package var line: Int

        package init(day: LocalTime.Day, technology: Technology?, hours: Double, kroner: Double, use: Use, note: String, line: Int) {
            self.day = day
            self.technology = technology
            self.hours = hours
            self.kroner = kroner
            self.use = use
            self.note = note
            self.line = line
        }
    }

    package var entries: [Entry]
    /// The file says itself, in a comment with the word EKSEMPLER, that its entries are made up.
    package var isExample: Bool

    package init(entries: [Entry], isExample: Bool = false) {
        self.entries = entries
        self.isExample = isExample
    }

    /// Entries that are alike in everything: entered twice, or the same thing twice, which only the leader knows. In file order,
    /// with the line of the first.
    package var repeated: [(entry: Entry, firstLine: Int)] {
        var first: [String: Int] = [:]
        return entries.compactMap { entry in
            let key = "\(entry.day.number) \(entry.technology?.rawValue ?? "") \(entry.hours) \(entry.kroner) \(entry.use.rawValue) \(entry.note)"
            guard let line = first[key] else {
                first[key] = entry.line
                return nil
            }
            return (entry, line)
        }
    }

    /// The sum of some entries.
    package struct Sum: Equatable, Sendable {
        package var hours = 0.0
        package var kroner = 0.0
        package var lines = 0
        /// Of a made-up book.
        package var isExample = false

        package init() {}

        fileprivate mutating func add(_ entry: Entry) {
            hours += entry.hours
            kroner += entry.kroner
            lines += 1
        }
    }

    /// All that was entered with a date from `first` until `end`, which is not within.
    package func sum(from first: LocalTime.Day, until end: LocalTime.Day, use: Use? = nil) -> Sum {
        var sum = Sum()
        sum.isExample = isExample
        for entry in entries where first <= entry.day && entry.day < end && (use == nil || entry.use == use) { sum.add(entry) }
        return sum
    }

    /// The columns of the file.
    package static let columns = ["date", "hours", "kroner", "use"]
    package static let optionalColumns = ["technology", "note"]
    static let hoursMax = 100_000.0
    static let kronerMax = 100_000_000.0

    /// Reads the book: `date;technology;hours;kroner;use;note`, with headings in English or bokmål. A book with no entries yet is none.
    ///
    /// - Throws: `FileError` with line, column, value and way out of each problem.
    package init(csv text: String, file: String = "benefit-ledger.csv") throws(FileError) {
        var problems: [FileProblem] = []
        let aliases = ["dato": "date", "teknologi": "technology", "timer": "hours", "bruk": "use", "merknad": "note"]
        let table = CSVTable(
            text,
            .init(columns: BenefitLedger.columns, optional: BenefitLedger.optionalColumns, aliases: aliases),
            problems: &problems
        )
        var entries: [Entry] = []
        for row in table.rows {
            var cells = CellReader(row: row)
            let day = cells.day("date")
            let hours = cells.number("hours", in: -BenefitLedger.hoursMax...BenefitLedger.hoursMax)
            let kroner = cells.number("kroner", in: -BenefitLedger.kronerMax...BenefitLedger.kronerMax)
            let use = cells.word("use", Use.self)
            let technology = row["technology"].map { !$0.isEmpty } == true ? cells.word("technology", Technology.self) : nil
            problems += cells.problems
            guard cells.problems.isEmpty, let day, let hours, let kroner, let use else { continue }
            let note = row["note"] ?? ""
            entries.append(.init(day: day, technology: technology, hours: hours, kroner: kroner, use: use, note: note, line: row.line))
        }
        guard problems.isEmpty else { throw FileError(file: file, problems: problems) }
        self.init(entries: entries, isExample: table.comments.contains { $0.text.uppercased().contains("EKSEMPLER") })
    }
}
