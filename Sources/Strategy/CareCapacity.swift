package import Files

/// Places and dwellings of a municipality by area, as its plan counts them: `capacity.csv`.
package struct CareCapacity: Equatable, Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        case institution = "institusjon"
        case sharedHousing = "bokollektiv"
        case careHome = "omsorgsbolig"
        case municipalRental = "kommunal utleiebolig"
        /// Dwellings among the others that could be staffed round the clock; told beside the sums, never in them.
        case convertible = "kan gjøres om"
        /// Places a day.
        case dayPlace = "dagplass"

        /// The kinds that make up the capacity table, in its order.
        package static let housing: [Kind] = [.institution, .sharedHousing, .careHome, .municipalRental]
    }

    package struct Row: Equatable, Sendable {
        package var area: String
        package var kind: Kind
        package var places: Int
        /// Step of the care ladder, 1–9; nil where the municipality has not said.
        package var step: Int?
        /// Of day places: days a week that they are open; nil where the plan does not say.
        package var daysPerWeek: Int?
        package var note: String
    }

    package var rows: [Row]

    package init(rows: [Row]) { self.rows = rows }

    /// Areas in the order of the file, those with a kind of `kinds` alone.
    package func areas(with kinds: [Kind]) -> [String] {
        var seen: Set<String> = []
        return rows.filter { kinds.contains($0.kind) && seen.insert($0.area).inserted }.map(\.area)
    }

    /// Places of a kind, in an area or in all; nil where the file has no row of it.
    package func places(_ kind: Kind, area: String? = nil) -> Int? {
        let fit = rows.filter { $0.kind == kind && (area == nil || $0.area == area) }
        return fit.isEmpty ? nil : fit.reduce(0) { $0 + $1.places }
    }

    /// Places by step of the care ladder, the lowest first; what has no step comes last, under nil. The convertible are left out.
    package var byStep: [(step: Int?, places: Int)] {
        let counted = rows.filter { $0.kind != .convertible && $0.kind != .dayPlace }
        let sums = Dictionary(grouping: counted, by: \.step).mapValues { $0.reduce(0) { $0 + $1.places } }
        return sums.sorted { ($0.key ?? .max) < ($1.key ?? .max) }.map { (step: $0.key, places: $0.value) }
    }

    /// Places of some kinds per 100 inhabitants of 80 years and more («dekningsgrad»); nil without inhabitants.
    package func coverage(_ kinds: [Kind], inhabitants80: Int) -> Double? {
        guard inhabitants80 > 0 else { return nil }
        return 100 * Double(kinds.reduce(0) { $0 + (places($1) ?? 0) }) / Double(inhabitants80)
    }

    package static let columns = ["area", "kind", "places"]
    package static let optionalColumns = ["step", "daysperweek", "note"]
    private static let aliases = [
        "område": "area", "type": "kind", "plasser": "places", "trinn": "step", "dager per uke": "daysperweek", "merknad": "note",
    ]

    /// Reads `capacity.csv`: `area;kind;places;step;daysperweek;note`. Several rows of one area and kind add up; two that are alike in everything are a slip.
    ///
    /// - Throws: `FileError` with line, column, value and way out of each problem.
    package init(csv text: String, file: String = "capacity.csv") throws(FileError) {
        var problems: [FileProblem] = []
        let shape = CSVTable.Shape(columns: CareCapacity.columns, optional: CareCapacity.optionalColumns, aliases: CareCapacity.aliases)
        var rows: [Row] = []
        for line in CSVTable(text, shape, problems: &problems).rows {
            var cells = CellReader(row: line)
            let area = cells.text("area", "a place as the plan names it")
            let kind = cells.word("kind", Kind.self)
            let places = cells.count("places", in: 0...100_000)
            let step = line["step"].map { !$0.isEmpty } == true ? cells.count("step", in: 1...9) : nil
            let days = line["daysperweek"].map { !$0.isEmpty } == true ? cells.count("daysperweek", in: 1...7) : nil
            problems += cells.problems
            guard cells.problems.isEmpty, let area, let kind, let places else { continue }
            let row = Row(area: area, kind: kind, places: places, step: step, daysPerWeek: days, note: line["note"] ?? "")
            if rows.contains(row) {
                let wayOut = "each once; two that are alike are told apart by note"
                problems.append(.init(line: line.line, column: line.heading("area"), value: area, problem: "the same row twice", wayOut: wayOut))
            }
            rows.append(row)
        }
        guard problems.isEmpty else { throw FileError(file: file, problems: problems) }
        self.init(rows: rows)
    }
}
