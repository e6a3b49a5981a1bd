package import Files

extension Population {
    /// The columns, with the names that Statistics Norway's tables give them.
    private static let columns = ["region", "age", "year", "alternative", "persons"]
    private static let aliases = [
        "alder": "age", "år": "year", "tid": "year", "alternativ": "alternative", "statistikkvariabel": "alternative", "contents": "alternative",
        "contentscode": "alternative", "personer": "persons", "antall": "persons", "verdi": "persons", "value": "persons", "kjønn": "sex",
    ]
    /// Single years of age, two sexes, five alternatives and fifty years.
    private static let rowCountMax = 100_000

    /// Reads a population table, a row a figure (Statistics Norway's «csv2»): region, age, year, alternative and persons, with
    /// `;` or `,` between cells. An age may have its code before it (`010 10 år`). Both sexes add up; other regions than the municipality are left out. A comment line with the
    /// word SYNTETISK makes it known as made up.
    ///
    /// - Throws: `FileError` with line, column, value and way out of each problem.
    package init(csv text: String, file: String = "population.csv", municipality: String) throws(FileError) {
        var problems: [FileProblem] = []
        let shape = CSVTable.Shape(
            columns: Population.columns,
            optional: ["sex"],
            aliases: Population.aliases,
            separators: [";", ","],
            rowCountMax: Population.rowCountMax
        )
        let table = CSVTable(text, shape, problems: &problems)
        var rows: [Row] = []
        var lines: [[String]: Int] = [:]
        for line in table.rows {
            var cells = CellReader(row: line)
            guard let region = cells.text("region", "the municipality, such as \(municipality)") else {
                problems += cells.problems
                continue
            }
            guard Population.number(of: region) == municipality else { continue }
            let age = cells.age("age")
            let year = cells.count("year", in: 1900...2200)
            let alternative = cells.text("alternative", "the projection's alternative, such as Hovedalternativet (MMM)")
            let persons = cells.count("persons", in: 0...10_000_000)
            if let age, let year, let alternative {
                let key = [age.description, "\(year)", alternative, line["sex"] ?? ""]
                if let first = lines[key] {
                    cells.fail(
                        "age",
                        "the same age, year and alternative as line \(first)",
                        "each once: both would be added, and all figures per inhabitant be wrong"
                    )
                }
                lines[key] = line.line
            }
            problems += cells.problems
            guard cells.problems.isEmpty, let age, let year, let alternative, let persons else { continue }
            rows.append(.init(age: age, year: year, alternative: alternative, persons: persons))
        }
        if rows.isEmpty, problems.isEmpty {
            let wayOut = "fetch the table for \(municipality): its region column holds the number, such as «\(municipality) Name» or K-\(municipality)"
            let region = table.headings["region"] ?? "region"
            problems.append(.init(line: 1, column: region, problem: "no row of municipality \(municipality)", wayOut: wayOut))
        }
        guard problems.isEmpty else { throw FileError(file: file, problems: problems) }
        self.init(rows: rows, isSynthetic: table.comments.contains { $0.text.uppercased().contains("SYNTETISK") })
        yearHeading = table.headings["year"] ?? yearHeading
    }

    /// `3407`, `3407 Gjøvik`, `K-3407`, `K-3407 Gjøvik`.
    private static func number(of region: String) -> String {
        let code = region.split(separator: " ").first.map(String.init) ?? ""
        return code.hasPrefix("K-") ? String(code.dropFirst(2)) : code
    }
}
