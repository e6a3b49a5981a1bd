package import Files

extension KostraComparison {
    package static let columns = ["year", "age", "who", "home", "institution", "inhabitants"]
    private static let aliases = [
        "år": "year", "alder": "age", "hvem": "who", "hjemmetjenester": "home", "institusjon": "institution", "innbyggere": "inhabitants",
    ]

    /// Reads `kostra.csv`: `year;age;who;home;institution;inhabitants`, also with the headings `år;alder;hvem;hjemmetjenester;
    /// institusjon;innbyggere`. For each year and age group one row of the municipality (`who` is its number) and one of the
    /// group (`who` is the group's name); `home` and `institution` are percent of the age group's inhabitants.
    ///
    /// - Parameter municipality: its number, four digits.
    /// - Throws: `FileError` with line, column, value and way out of each problem.
    package init(csv text: String, file: String = "kostra.csv", municipality: String) throws(FileError) {
        var problems: [FileProblem] = []
        let table = CSVTable(text, .init(columns: KostraComparison.columns, optional: ["source"], aliases: KostraComparison.aliases), problems: &problems)
        var rows: [Row] = []
        for line in table.rows {
            var cells = CellReader(row: line)
            if let row = KostraComparison.row(&cells, municipality) { rows.append(row) }
            problems += cells.problems
        }
        if table.rows.isEmpty, problems.isEmpty {
            problems.append(.init(line: 1, problem: "no rows below the header", wayOut: "write a row for the municipality and one for its group"))
        }
        // A row that could not be read would be missed as a pair as well: one problem, told once.
        let groups = problems.isEmpty ? KostraComparison.pairs(rows, municipality, whoHeading: table.headings["who"] ?? "who", &problems) : []
        guard problems.isEmpty else { throw FileError(file: file, problems: problems.sorted { $0.line < $1.line }) }
        self.init(groups: groups)
    }

    private struct Row {
        var line: Int
        var year: Int
        var age: String
        var who: String
        var figures: Figures
        var inhabitants: Int?
    }

    private static func row(_ cells: inout CellReader, _ municipality: String) -> Row? {
        let year = cells.count("year", in: 2000...2100)
        let age = cells.text("age", "an age group such as 67-79 or 80+")
        let who = cells.text("who", "the municipality's number \(municipality), or the group's name such as Kostragruppe 10")
        let home = cells.thousandthsOfPercent("home")
        let institution = cells.thousandthsOfPercent("institution")
        var inhabitants: Int?
        if who == municipality {
            inhabitants = cells.count("inhabitants", in: 1...1_000_000)
        } else if let who, who.utf8.count == 4, who.utf8.allSatisfy({ (48...57).contains($0) }) {
            cells.fail("who", "another municipality", "the municipality's number \(municipality), or the group's name")
        }
        guard cells.problems.isEmpty, let year, let age, let who, let home, let institution else { return nil }
        if home + institution > 100_000 {
            cells.fail("institution", "more than 100 % with home and institution together", "percent of the age group's inhabitants")
            return nil
        }
        return Row(line: cells.row.line, year: year, age: age, who: who, figures: .init(home: home, institution: institution), inhabitants: inhabitants)
    }

    private static func pairs(_ rows: [Row], _ municipality: String, whoHeading: String, _ problems: inout [FileProblem]) -> [AgeGroup] {
        var groups: [AgeGroup] = []
        var done: Set<String> = []
        for row in rows where done.insert("\(row.year) \(row.age)").inserted {
            let same = rows.filter { $0.year == row.year && $0.age == row.age }
            let own = same.filter { $0.who == municipality }
            let others = same.filter { $0.who != municipality }
            let wayOut = "one row with \(municipality) and one with the group's name for each year and age group"
            guard own.count == 1, others.count == 1, let inhabitants = own[0].inhabitants else {
                let problem = "\(own.count) rows of the municipality and \(others.count) of a group for \(row.age) in \(row.year)"
                problems.append(.init(line: row.line, column: whoHeading, value: row.who, problem: problem, wayOut: wayOut))
                continue
            }
            groups.append(
                .init(
                    year: row.year,
                    age: row.age,
                    municipality: own[0].figures,
                    inhabitants: inhabitants,
                    groupName: others[0].who,
                    group: others[0].figures
                )
            )
        }
        return groups
    }
}
