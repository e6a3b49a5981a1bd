package import Strategy
package import Telemetry
package import Workload

/// The benefit ledger on a page of goals: what leaders have entered as realised, its sums, and the form to enter more. Never
/// mixed with freed hours, which are reckoned.
package struct LedgerSection: Sendable {
    /// A line of the ledger.
    package struct Line: Sendable {
        package var entry: BenefitLedger.Entry
        /// Its number in the book that the form writes; nil of a line of the file, which is corrected there.
        package var number: Int64?
        /// Who entered it, and when; nil of a line of the file.
        package var by: String?
        package var enteredAt: EventTime?
        package var goal: String?
        /// The line that this one takes back.
        package var corrects: Int64?

        package init(
            entry: BenefitLedger.Entry,
            number: Int64? = nil,
            by: String? = nil,
            enteredAt: EventTime? = nil,
            goal: String? = nil,
            corrects: Int64? = nil
        ) {
            self.entry = entry
            self.number = number
            self.by = by
            self.enteredAt = enteredAt
            self.goal = goal
            self.corrects = corrects
        }
    }

    /// What stands in the form's fields, and what is wrong with them, by field.
    package struct Form: Sendable {
        package enum Field: String, CaseIterable, Sendable {
            case day = "dato", hours = "timer", kroner, use = "bruk", technology = "teknologi", goal = "gevinstmaal", note = "merknad"
        }

        package var values: [Field: String]
        package var problems: [Field: String]

        package init(values: [Field: String] = [:], problems: [Field: String] = [:]) { (self.values, self.problems) = (values, problems) }

        /// That nothing was entered, and of how many fields; nil where nothing was wrong.
        package var refusal: String? {
            problems.isEmpty ? nil : "Ingenting er ført: \(Norwegian.count(problems.count, "felt", "felter")) må rettes."
        }
    }

    package static let path = "/maal/gevinst"
    package static let formAnchor = "h-for"
    /// The field that names the line to take back.
    package static let correctsField = "retter"

    /// The newest first.
    package var lines: [Line]
    package var isExample: Bool
    /// Nil for one who may look but not enter.
    package var form: Form?
    package var formToken: String?
    /// Goals to choose among: id and name.
    package var goals: [(id: String, name: String)]
    /// What became of what was sent, above the list.
    package var message: String?
    /// The end of the period, which is not within: the year's sums are until it, as the realised benefit of a report is.
    package var end: LocalTime.Day

    private var lastDay: LocalTime.Day { end.advanced(by: -1) }
    private var year: Int { lastDay.year }

    package init(lines: [Line], isExample: Bool, end: LocalTime.Day) {
        self.lines = lines
        self.isExample = isExample
        self.end = end
        goals = []
    }

    /// - Parameter fields: carried along, so that the same page comes back.
    func view(_ fields: [ReportNavigation.Field]) -> View {
        let taken = Set(lines.compactMap(\.corrects))
        return [
            "path": LedgerSection.path, "message": message.orHidden, "isExample": isExample, "isEmpty": lines.isEmpty, "sums": sums, "year": "\(year)",
            "until": Norwegian.date(lastDay), "later": later.orHidden,
            "fields": fields.map { ["name": $0.name, "value": $0.value] as View }, "token": formToken.orHidden,
            "lines": lines.prefix(LedgerSection.linesMax).map { lineView($0, taken) }, "mayEnter": form != nil, "form": form.map(formView).orHidden,
            "more": lines.count > LedgerSection.linesMax
                ? "\(Norwegian.count(lines.count - LedgerSection.linesMax)) eldre linjer vises ikke her, men er med i summene." : false as Any,
        ]
    }

    /// Older ones stay out of the page, not out of the sums.
    private static let linesMax = 200

    /// What the sums of the year leave out of it; nil where nothing is dated behind the period.
    private var later: String? {
        let lines = lines.filter { $0.entry.day >= end }
        guard !lines.isEmpty else { return nil }
        let sum = "\(hours(lines.reduce(0) { $0 + $1.entry.hours })) og \(kroner(lines.reduce(0) { $0 + $1.entry.kroner }))"
        return "\(Norwegian.count(lines.count, "linje", "linjer")) på \(sum) har dato etter perioden, og er bare med i alt."
    }

    /// By where it went, of the year until the period's end and of all lines.
    private var sums: [View] {
        func row(_ name: String, _ chosen: [Line], isSum: Bool) -> View {
            let ofYear = chosen.filter { $0.entry.day.year == year && $0.entry.day < end }
            return [
                "name": name, "isSum": isSum, "hours": hours(ofYear.reduce(0) { $0 + $1.entry.hours }),
                "kroner": kroner(ofYear.reduce(0) { $0 + $1.entry.kroner }),
                "allHours": hours(chosen.reduce(0) { $0 + $1.entry.hours }), "allKroner": kroner(chosen.reduce(0) { $0 + $1.entry.kroner }),
            ]
        }
        return BenefitLedger.Use.allCases.map { use in row(use.rawValue.uppercasedFirst, lines.filter { $0.entry.use == use }, isSum: false) }
            + [row("Alt", lines, isSum: true)]
    }

    private func lineView(_ line: Line, _ taken: Set<Int64>) -> View {
        let isTaken = line.number.map(taken.contains) ?? false
        let canCorrect = form != nil && line.number != nil && !isTaken && line.corrects == nil
        let origin = line.by.map { by in "ført av \(by)" + (line.enteredAt.map { " \(Norwegian.instant($0, .oslo))" } ?? "") }
        return [
            "day": Norwegian.date(line.entry.day), "hours": hours(line.entry.hours), "kroner": kroner(line.entry.kroner), "use": line.entry.use.rawValue,
            "what": [line.entry.technology?.bokmal, line.goal.map { id in goals.first { $0.id == id }?.name ?? id }].compactMap(\.self).joined(separator: ", "),
            "note": line.entry.note, "origin": origin ?? "fra filen, linje \(line.entry.line)", "number": (line.number.map { "\($0)" }).orHidden,
            "isTaken": isTaken,
            "corrects": (line.corrects.map { "\($0)" }).orHidden, "canCorrect": canCorrect,
        ]
    }

    private func hours(_ value: Double) -> String { Norwegian.shortest(value) + "\u{A0}t" }
    private func kroner(_ value: Double) -> String { Norwegian.number(value, decimals: 0) + "\u{A0}kr" }

    private func formView(_ form: Form) -> View {
        func field(_ field: Form.Field) -> View { ["value": form.values[field] ?? "", "problem": form.problems[field].orHidden] }
        func options(_ field: Form.Field, _ choices: [(value: String, title: String)]) -> View {
            [
                "problem": form.problems[field].orHidden,
                "options": choices.map { ["value": $0.value, "title": $0.title, "isSelected": form.values[field] == $0.value] as View },
            ]
        }
        return [
            "problems": form.refusal.orHidden,
            "day": field(.day), "hours": field(.hours), "kroner": field(.kroner), "note": field(.note),
            "use": options(.use, [("", "Velg")] + BenefitLedger.Use.allCases.map { ($0.rawValue, $0.rawValue) }),
            "technology": options(.technology, [("", "Ikke én teknologi")] + Technology.allCases.map { ($0.rawValue, $0.bokmal) }),
            "goal": options(.goal, [("", "Ikke ett mål")] + goals.map { ($0.id, $0.name) }),
        ]
    }
}
