import ArgumentParser
import Reports
import Settings
import Strategy

struct KostraCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kostra",
        abstract: "Compare a municipality's users by age group with its KOSTRA group; places and coverage beside.",
        discussion: """
            Reads the files that kostra and capacity of municipality.yaml name. Inhabitants of 80 years and more are those of kostra.csv. \
            KOSTRA counts everybody; the intervals tell how much numbers of this size move by chance.
            """
    )

    @OptionGroup var configuration: ConfigurationOption
    @Option(help: "The municipality number, four digits.")
    var municipality: String
    @Option(help: "Another file than the one that municipality.yaml names under kostra.")
    var file: String?
    @Option(help: "text, json or csv.")
    var format: PlanningFormat = .text

    func validate() throws { try PlanningReader.validate(municipality: municipality) }

    func run() throws {
        let reader = try PlanningReader(config: configuration.config, municipality: municipality)
        let comparison = try reader.required(file ?? reader.municipality.planning.kostra, key: "kostra") {
            try KostraComparison(csv: $0, file: $1, municipality: municipality)
        }
        let capacity = try PlanningReader.read(reader.municipality.planning.capacity) { try CareCapacity(csv: $0, file: $1) }
        let answer = KostraAnswer(name: reader.municipality.name, comparison: comparison, capacity: capacity)
        switch format {
        case .text: Terminal.say(answer.text)
        case .json: Terminal.say(try answer.json())
        case .csv: Terminal.say(answer.csv)
        }
    }
}

/// The comparison and the places as people and programs read them.
struct KostraAnswer {
    let name: String
    let comparison: KostraComparison
    let capacity: CareCapacity?

    /// Those of 80 years and more, in the newest year that the comparison has them for.
    private var old: KostraComparison.AgeGroup? { comparison.groups.filter { AgeGroup($0.age) == AgeGroup(from: 80, to: nil) }.max { $0.year < $1.year } }

    // MARK: Text

    var text: String {
        let groups = Set(comparison.groups.map(\.groupName)).sorted().joined(separator: " og ")
        var table = AlignedTable(
            ["År", "Alder", "Hjemmetj.", "Institusjon", name, "Gruppen", "Prosentpoeng", "Innbyggere", "Brukere mot gruppen", "95 %"],
            numbers: [2, 3, 4, 5, 6, 7, 8, 9]
        )
        for group in comparison.groups {
            let bounds = group.usersAboveBounds.map { "\(KostraAnswer.signed($0.low)) til \(KostraAnswer.signed($0.high))" } ?? "for få"
            table.rows.append([
                "\(group.year)", group.age, percent(group.municipality.home), percent(group.municipality.institution),
                percent(group.municipality.sum), percent(group.group.sum), points(group.difference), Norwegian.count(group.inhabitants),
                KostraAnswer.signed(group.usersAbove), bounds,
            ])
        }
        var parts = ["KOSTRA: \(name) mot \(groups). Andel av innbyggerne i aldersgruppen som har tjenester.", table.text]
        parts += comparison.groups.map(sentence)
        if let capacity { parts += capacityText(capacity) }
        return parts.joined(separator: "\n\n")
    }

    private func sentence(_ group: KostraComparison.AgeGroup) -> String {
        let number = Norwegian.count(abs(group.usersAbove))
        let what =
            group.usersAbove == 0
            ? "\(name) har like mange brukere \(group.age) år som med \(group.groupName)s andel."
            : "\(name) kunne ha \(number) \(group.usersAbove > 0 ? "færre" : "flere") brukere \(group.age) år med \(group.groupName)s andel."
        let chance = group.isBeyondChance ? "Forskjellen er større enn tilfeldig variasjon." : "Forskjellen kan være tilfeldig variasjon."
        return "\(what) \(chance)"
    }

    private func capacityText(_ capacity: CareCapacity) -> [String] {
        let kinds = CareCapacity.Kind.housing
        var table = AlignedTable(["Område", "Institusjon", "Bokollektiv", "Omsorgsbolig", "Kommunal utleie"], numbers: [1, 2, 3, 4])
        for area in capacity.areas(with: kinds) {
            table.rows.append([area] + kinds.map { capacity.places($0, area: area).map { Norwegian.count($0) } ?? "–" })
        }
        table.rows.append(["Sum"] + kinds.map { capacity.places($0).map { Norwegian.count($0) } ?? "–" })
        var parts = ["Plasser og boliger", table.text]
        var steps = AlignedTable(["Trinn i trappa", "Plasser og boliger"], numbers: [1])
        steps.rows = capacity.byStep.map { [$0.step.map(String.init) ?? "uten trinn", Norwegian.count($0.places)] }
        parts.append(steps.text)
        if let convertible = capacity.places(.convertible) {
            parts.append("Boliger som kan gjøres om til heldøgns omsorg: \(Norwegian.count(convertible)) (er blant boligene over og legges ikke til).")
        }
        if let day = capacity.places(.dayPlace) {
            let limited = capacity.rows.filter { $0.kind == .dayPlace }.compactMap { row in
                row.daysPerWeek.map { "\(row.area) \(row.places) plasser \($0) dager i uka" }
            }
            parts.append("Dagplasser: \(Norwegian.count(day)) per dag" + (limited.isEmpty ? "." : ", av dem \(Norwegian.list(limited))."))
        }
        if let old {
            let coverage = { (kinds: [CareCapacity.Kind]) in
                capacity.coverage(kinds, inhabitants80: old.inhabitants).map { Norwegian.number($0, decimals: 1) } ?? "–"
            }
            parts.append(
                "Dekningsgrad per 100 innbyggere 80+ (n = \(Norwegian.count(old.inhabitants)) i \(old.year); telling, uten usikkerhet fra utvalg): institusjon "
                    + "\(coverage([.institution])), institusjon og bokollektiv \(coverage([.institution, .sharedHousing])), med øvrige "
                    + "omsorgsboliger \(coverage([.institution, .sharedHousing, .careHome]))."
            )
        }
        return parts
    }

    private func percent(_ thousandths: Int) -> String { Norwegian.shortest(Double(thousandths) / 1000) + " %" }

    /// `+3`, the municipality above the group.
    private func points(_ thousandths: Int) -> String { (thousandths > 0 ? "+" : "") + Norwegian.shortest(Double(thousandths) / 1000) }

    private static func signed(_ number: Int) -> String { (number > 0 ? "+" : "") + Norwegian.count(number) }

    // MARK: For programs

    var csv: String {
        let header = ["year", "age", "municipalityPercent", "groupPercent", "differencePercent", "inhabitants", "usersAbove", "low", "high", "group"]
        return AlignedTable.csv(
            [header]
                + comparison.groups.map { group in
                    [
                        "\(group.year)", group.age, number(group.municipality.sum), number(group.group.sum), number(group.difference),
                        "\(group.inhabitants)", "\(group.usersAbove)", group.usersAboveBounds.map { "\($0.low)" } ?? "",
                        group.usersAboveBounds.map { "\($0.high)" } ?? "", group.groupName,
                    ]
                }
        )
    }

    private func number(_ thousandths: Int) -> String { spreadsheetNumber(Double(thousandths) / 1000, decimals: 3) }

    func json() throws -> String {
        struct Row: Encodable {
            var year: Int
            var age: String
            var municipalityPercent: Double
            var group: String
            var groupPercent: Double
            var differencePercent: Double
            var inhabitants: Int
            var usersAbove: Int
            var low: Int?
            var high: Int?
        }
        struct Places: Encodable {
            var area: String
            var kind: String
            var places: Int
            var step: Int?
            var daysPerWeek: Int?
        }
        struct Answer: Encodable {
            var ageGroups: [Row]
            var capacity: [Places]
            var sums: [String: Int]
        }
        let rows = comparison.groups.map { group in
            Row(
                year: group.year,
                age: group.age,
                municipalityPercent: Double(group.municipality.sum) / 1000,
                group: group.groupName,
                groupPercent: Double(group.group.sum) / 1000,
                differencePercent: Double(group.difference) / 1000,
                inhabitants: group.inhabitants,
                usersAbove: group.usersAbove,
                low: group.usersAboveBounds?.low,
                high: group.usersAboveBounds?.high
            )
        }
        let places = (capacity?.rows ?? []).map {
            Places(area: $0.area, kind: $0.kind.rawValue, places: $0.places, step: $0.step, daysPerWeek: $0.daysPerWeek)
        }
        let sums = CareCapacity.Kind.allCases.compactMap { kind in capacity?.places(kind).map { (kind.rawValue, $0) } }
        return try Answer(ageGroups: rows, capacity: places, sums: Dictionary(uniqueKeysWithValues: sums)).planningJSON()
    }
}
