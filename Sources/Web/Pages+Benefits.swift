import Accounts
import Hummingbird
import Languages
import Reports
package import Store
package import Strategy
import Telemetry
import Workload

/// What somebody has sent to the benefit ledger and was refused, to be shown again with what is wrong.
struct LedgerTyping {
    var form = LedgerSection.Form()
    var message: String?
}

/// The benefit ledger: what is shown of it, and what is entered.
extension Pages {
    private static let enteredField = "fort"

    /// The ledger of a municipality for one who may see the figures of all of it; nil for others.
    func ledger(
        _ municipality: ReportedMunicipality,
        _ period: ReportPeriod,
        _ query: Query,
        _ caller: Access.Caller,
        _ typed: LedgerTyping?
    ) throws -> LedgerSection? {
        guard caller.zones == nil, benefits != nil || municipality.sources.ledger != nil else { return nil }
        let entered = try benefits?.lines(municipality: municipality.number) ?? []
        let own = entered.reversed().compactMap { line in
            BenefitLedger.Entry(line).map {
                LedgerSection.Line(
                    entry: $0,
                    number: line.number,
                    by: OwnText.marked(Pages.shortName(line.who)),
                    enteredAt: line.enteredAt,
                    goal: line.entry.goal,
                    corrects: line.entry.corrects
                )
            }
        }
        let file = (municipality.sources.ledger?.entries ?? []).sorted { ($1.day, $1.line) < ($0.day, $0.line) }.map { LedgerSection.Line(entry: $0) }
        let isExample = municipality.sources.ledger.map { $0.isExample && !$0.entries.isEmpty } ?? false
        var section = LedgerSection(lines: own + file, isExample: isExample, end: period.endDay)
        section.goals = Pages.goals(of: municipality)
        if benefits != nil, caller.rights.contains(.benefits) {
            section.form = typed?.form ?? .init()
            section.formToken = caller.session.map(Secret.formToken)
        }
        section.message = typed?.message
        if let number = query[Pages.enteredField].flatMap(Query.number), own.contains(where: { $0.number == number }) {
            section.message = "Ført som linje \(number)."
        }
        return section
    }

    private static func goals(of municipality: ReportedMunicipality) -> [(id: String, name: String)] {
        (municipality.goals?.frameworks ?? []).flatMap { framework in framework.goals.map { ($0.id, $0.name) } }
    }

    /// Enters what a form brings; where to go on, or what is wrong.
    func enter(_ form: Query, _ caller: Access.Caller) throws -> (path: String?, typing: LedgerTyping) {
        let municipality = try municipality(form, caller)
        try caller.require(.benefits)
        guard caller.zones == nil else { throw Problem.forbidden }
        guard let benefits else { throw Problem(status: .notImplemented, detail: "This service takes no benefits; use benefit-ledger.csv.") }
        let today = LocalTime.oslo.day(at: face.now())
        let entry: BenefitBook.Entry
        if let corrected = form[LedgerSection.correctsField] {
            let lines = try benefits.lines(municipality: municipality.number)
            guard let number = Query.number(corrected), let line = lines.first(where: { $0.number == number }) else { throw Problem.notFound }
            entry = line.counter
        } else {
            switch typed(form, municipality, today) {
            case .success(let typed): entry = typed
            case .failure(let refusal): return (nil, refusal.typing)
            }
        }
        guard let line = try benefits.add(entry, municipality: municipality.number, who: caller.name, now: face.now()) else {
            return (nil, LedgerTyping(message: "Linjen er rettet fra før, og ingenting er ført."))
        }
        let lines = try benefits.lines(municipality: municipality.number)
        registry.update { municipalities in
            guard let index = municipalities.firstIndex(where: { $0.number == municipality.number }) else { return }
            municipalities[index].sources.entered = lines.compactMap(BenefitLedger.Entry.init)
        }
        let carried = ["municipality", "period", Report.frameworkField, Report.goalField].compactMap { name in
            form[name].map { ReportNavigation.Field(name: name, value: $0) }
        }
        let fields = carried + [.init(name: Pages.enteredField, value: "\(line.number)")]
        return (ReportNavigation(path: SitePage.goals.rawValue, fields: fields).address + "#gevinst", LedgerTyping())
    }

    private struct Refusal: Error { var typing: LedgerTyping }

    private func typed(_ form: Query, _ municipality: ReportedMunicipality, _ today: LocalTime.Day) -> Result<BenefitBook.Entry, Refusal> {
        var values: [LedgerSection.Form.Field: String] = [:]
        for field in LedgerSection.Form.Field.allCases { values[field] = form[field.rawValue] }
        var typed = BenefitLedger.Typed()
        typed.day = values[.day] ?? ""
        typed.hours = values[.hours] ?? ""
        typed.kroner = values[.kroner] ?? ""
        typed.use = values[.use] ?? ""
        typed.technology = values[.technology] ?? ""
        typed.note = values[.note] ?? ""
        var problems: [LedgerSection.Form.Field: String] = [:]
        if let goal = values[.goal], !Pages.goals(of: municipality).contains(where: { $0.id == goal }) {
            problems[.goal] = "Velg et mål fra listen, eller ingen."
        }
        var entry: BenefitLedger.Entry?
        do throws(BenefitLedger.TypingProblems) { entry = try BenefitLedger.entry(typed, today: today) } catch {
            for (field, problem) in error.problems { problems[LedgerSection.Form.Field(field)] = problem }
        }
        guard let entry, problems.isEmpty else {
            // What may be somebody's number is not written back onto a page either.
            if problems[.note] != nil { values[.note] = nil }
            return .failure(Refusal(typing: LedgerTyping(form: .init(values: values, problems: problems))))
        }
        return .success(
            .init(
                day: entry.day,
                hours: entry.hours,
                kroner: entry.kroner,
                use: entry.use.rawValue,
                technology: entry.technology?.rawValue,
                goal: values[.goal],
                note: entry.note
            )
        )
    }
}

extension Site {
    /// The form of the benefit ledger: on to the page where all went well, else the same page with what is wrong.
    func enterBenefit(_ request: Request) async throws -> Response {
        let caller = try access.caller(of: request, now: face.now())
        let form = try await form(of: request)
        if let session = caller.session { try Site.check(form, session) }
        let (path, typing) = try pages.enter(form, caller)
        if let path { return seeOther(path) }
        guard SitePage.goals.isOpen(to: caller) else { throw Problem.forbidden }
        let page = try await pages.report(.goals, SitePage.goals.extent ?? [], form, caller, typed: typing)
        return response(page.body, page.type, status: .unprocessableContent, position: page.position, security: page.security)
    }
}

extension LedgerSection.Form.Field {
    fileprivate init(_ field: BenefitLedger.TypedField) {
        switch field {
        case .day: self = .day
        case .hours: self = .hours
        case .kroner: self = .kroner
        case .use: self = .use
        case .technology: self = .technology
        case .note: self = .note
        }
    }
}

extension BenefitLedger.Entry {
    /// A line of the book as the ledger has it; nil where a word is not one of the ledger's, which `BenefitBook.version` rules out.
    package init?(_ line: BenefitBook.Line) {
        guard let use = BenefitLedger.Use(rawValue: line.entry.use) else { return nil }
        self.init(
            day: line.entry.day,
            technology: line.entry.technology.flatMap(Technology.init(rawValue:)),
            hours: line.entry.hours,
            kroner: line.entry.kroner,
            use: use,
            note: line.entry.note,
            line: Int(line.number)
        )
    }
}

extension BenefitBook.Line {
    /// The entry that takes this line back: the same with the opposite sign, of the same day, so that every period's sum is mended.
    fileprivate var counter: BenefitBook.Entry {
        var counter = entry
        (counter.hours, counter.kroner, counter.corrects) = (-entry.hours, -entry.kroner, number)
        counter.note = "Retter linje \(number)."
        return counter
    }
}
