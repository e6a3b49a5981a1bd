import Strategy
import Telemetry
package import Workload

extension Report {
    /// A framework of `goals.yaml`, or one goal of it, that a page is about.
    package struct GoalChoice: Sendable {
        package var framework: FrameworkFigures
        /// Nil for all goals of the framework.
        package var goal: GoalFigures?

        package var goals: [GoalFigures] { goal.map { [$0] } ?? framework.goals }
        package var indicators: [IndicatorRow] { goals.flatMap(\.indicators) }
    }

    /// Why there is no such page; what there is to choose among.
    package struct UnknownGoal: Error, CustomStringConvertible {
        /// The word asked for, and the words that there are.
        package var asked: String
        package var known: [String]
        package var isGoal: Bool

        package var description: String {
            "there is no \(isGoal ? "goal" : "framework") «\(asked)» in goals.yaml; there: \(known.isEmpty ? "none" : known.joined(separator: ", "))"
        }
    }

    /// The framework and goal with these ids; the first framework without any. A goal alone is looked for in all frameworks. Nil
    /// where the municipality has no goals and none was asked for.
    package func goals(framework id: String? = nil, goal goalID: String? = nil) throws(UnknownGoal) -> GoalChoice? {
        let all = frameworks ?? []
        if let id, !all.contains(where: { $0.framework.id == id }) { throw UnknownGoal(asked: id, known: all.map(\.framework.id), isGoal: false) }
        let fit = all.filter { id == nil || $0.framework.id == id }
        guard let goalID else { return fit.first.map { GoalChoice(framework: $0) } }
        for framework in fit {
            if let goal = framework.goals.first(where: { $0.goal.id == goalID }) { return GoalChoice(framework: framework, goal: goal) }
        }
        throw UnknownGoal(asked: goalID, known: fit.flatMap { $0.goals.map(\.goal.id) }, isGoal: true)
    }

    /// The page of a framework or goal as one HTML document: what technology is in use, what it takes and gives, whether the
    /// goal is near, then each goal with its indicators.
    package func goalsPage(
        _ choice: GoalChoice?,
        ledger: LedgerSection? = nil,
        navigation: ReportNavigation? = nil,
        style: StylePlacement = .inline,
        localTime: LocalTime = .oslo
    ) -> String {
        let rows = choice?.indicators ?? []
        let goals = choice?.goals ?? []
        let subject = choice.map { $0.goal?.goal.name.beforeColon ?? $0.framework.framework.name } ?? "Mål"
        let writer = AnswerWriter(report: self, rows: rows)
        let isTechnology = AnswerWriter.isAboutTechnology(rows)
        let answers = isTechnology ? writer.technology : writer.nearness
        let about =
            choice.map { self.about($0.framework.framework) } ?? "Det er ikke lagt inn mål for kommunen. Be den som drifter Vaktlast, legge inn kommunens egne."
        let choices = navigation.map { choiceLinks($0, choice) } ?? []
        let view = frame(period.following(subject), navigation, style, localTime).merging([
            "about": about, "own": (choice?.framework.framework.note?.sentence).orHidden, "hasAnswers": !answers.isEmpty,
            "answers": answers.map { self.view($0, navigation) }, "hasChoices": choices.count > 1,
            "choices": choices.map(\.view),
            "hasExamples": rows.contains { $0.indicator.hasExample },
            "goals": goals.map { goal in choice.map { goalView(goal, $0.framework.framework, navigation) } ?? [:] },
            "load": isTechnology ? loadView(navigation).orHidden : false, "freed": isTechnology ? freedView(writer, navigation).orHidden : false,
            "sources": navigation == nil ? sourcesView(choice, showsTechnology: isTechnology).orHidden : false,
            "ledger": ledgerView(ledger, navigation).orHidden,
            "definitions": navigation == nil ? goalDefinitions(rows, localTime) : false,
        ]) { $1 }
        return Templates.render("goalsPage", view)
    }

    /// The ledger's form brings the page's own query back.
    private func ledgerView(_ ledger: LedgerSection?, _ navigation: ReportNavigation?) -> View? {
        guard let ledger, let navigation else { return nil }
        let zone = selectedZone.map { [ReportNavigation.Field(name: "zone", value: $0.id)] } ?? []
        return ledger.view(navigation.fields + [.init(name: "period", value: period.description)] + zone)
    }

    /// Every framework, and every goal with indicators of the one that is shown.
    private func choiceLinks(_ navigation: ReportNavigation, _ choice: GoalChoice?) -> [ReportNavigation.Link] {
        let zone = selectedZone?.id
        func link(_ title: String, _ framework: String, _ goal: String?) -> ReportNavigation.Link {
            var own = navigation
            own.fields.removeAll { [Report.frameworkField, Report.goalField].contains($0.name) }
            own.fields.append(.init(name: Report.frameworkField, value: framework))
            if let goal { own.fields.append(.init(name: Report.goalField, value: goal)) }
            let isCurrent = choice?.framework.framework.id == framework && choice?.goal?.goal.id == goal
            return .init(title: title, path: own.path(period: period, zone: zone), isCurrent: isCurrent)
        }
        return (frameworks ?? []).flatMap { figures -> [ReportNavigation.Link] in
            let framework = figures.framework
            let isShown = choice?.framework.framework.id == framework.id
            let goals = isShown ? figures.goals.filter { !$0.indicators.isEmpty } : []
            return [link(framework.name, framework.id, nil)] + goals.map { link($0.goal.name.beforeColon, framework.id, $0.goal.id) }
        }
    }

    /// What the address of a page of goals calls its choice.
    package static let frameworkField = "rammeverk"
    package static let goalField = "maal"
    package static let indicatorField = "indikator"

    /// Every measure of a file in full: on the site each figure leads to its definition under help.
    private func goalDefinitions(_ rows: [IndicatorRow], _ localTime: LocalTime) -> View {
        let definitions =
            Report.measures(rows).map { Glossary.Definition($0.measure, name: $0.name) } + Glossary.goals + ["intervall", "eksempel"].map(Glossary.definition)
        let terms = definitions.map { ["id": $0.id, "term": $0.term.unbrokenPercent, "text": $0.text.unbrokenPercent] as View }
        let proof: View = ["id": false, "term": "Etterprøving", "text": provenanceSentence(localTime)]
        return ["title": "Slik er tallene regnet", "terms": terms + [proof]]
    }

    // MARK: Load of technology

    /// What each kind of technology has and gave; nil where none is known, or it is withheld.
    func loadView(_ navigation: ReportNavigation? = nil) -> View? {
        guard let benefits, !benefits.kinds.isEmpty else { return nil }
        func text(_ count: Int?) -> String { count.map { Norwegian.count($0) } ?? withheldText }
        func row(_ load: BenefitFigures.Load) -> View {
            [
                "name": load.kind?.bokmal.uppercasedFirst ?? "Alle", "users": load.kind == nil ? "–" : text(load.users), "devices": text(load.devices),
                "counts": [load.alarms, load.callOuts, load.unintended, load.technical].map { hasCoverage ? text($0) : "–" }, "isSum": load.kind == nil,
                "path": loadTracePath(load.kind.map(LoadLineage.Choice.kind) ?? .all, navigation).orHidden,
            ]
        }
        var rows = benefits.kinds.map(row)
        let unknown = benefits.alarmsOfUnknown
        if unknown?.alarms != 0 {
            rows.append([
                "name": "Ikke registrert", "users": "–", "devices": "–", "counts": [text(unknown?.alarms), text(unknown?.callOuts), "–", "–"], "isSum": false,
                "path": loadTracePath(.unknown, navigation).orHidden,
            ])
        }
        rows.append(row(benefits.kindsSum))
        return ["rows": rows, "period": period.title, "path": tracePath(.technologyUsersPer1000, navigation).orHidden]
    }

    // MARK: Freed and realised

    func freedView(_ writer: AnswerWriter, _ navigation: ReportNavigation? = nil) -> View? {
        guard let benefits, let freed = benefits.freed, !freed.rows.isEmpty else { return nil }
        let answers = (freed: writer.freed, realised: writer.realised)
        return [
            "text": "\(answers.freed.claim). \(answers.freed.detail)", "days": Norwegian.count(benefits.freedDays, "døgn", "døgn"),
            "rows": (freed.rows + [freed.sum]).map(freedRow), "picture": (freed.isPartlyWithheld ? nil : freedPicture(freed).view).orHidden,
            "reconciliation": writer.reconciliation.isEmpty ? false : writer.reconciliation,
            "withoutMinutes": writer.withoutMinutes.isEmpty ? false : writer.withoutMinutes,
            "uncounted": freed.uncounted.isEmpty ? false : Norwegian.list(freed.uncounted.map(\.bokmal)), "realised": answers.realised.claim,
            "realisedDetail": answers.realised.detail, "path": tracePath(.freedHours, navigation).orHidden,
            "realisedLinks": links(
                benefits.realised == nil ? answers.realised.traces : [.measure(.realisedHours), .measure(.realisedKroner)],
                "realisert",
                navigation
            ),
        ]
    }

    private func freedRow(_ row: FreedFigures.Row) -> View {
        func text(_ range: Range3?) -> String { range.map { Norwegian.number($0.main, decimals: 1) } ?? withheldText }
        return [
            "technology": row.technology?.bokmal.uppercasedFirst ?? "Alle", "replaces": row.replaces,
            "count": row.done.map { Norwegian.count($0) } ?? withheldText, "freed": text(row.freed), "newWork": text(row.newWork),
            "net": row.isRounded ? row.net.map { "om lag \(Norwegian.number($0.main, decimals: 0))" } ?? withheldText : text(row.net),
            "range": row.net.map { net in
                let decimals = row.isRounded ? 0 : 1
                return "\(Norwegian.number(net.low, decimals: decimals)) til \(Norwegian.number(net.high, decimals: decimals))"
            } ?? "",
            "isSum": row.technology == nil,
        ]
    }

    private func freedPicture(_ freed: FreedFigures) -> BarPicture {
        func bar(_ name: String, _ range: Range3?, _ look: BarPicture.Look) -> BarPicture.Bar? {
            range.map { range in
                .init(
                    name: name,
                    value: range.main,
                    range: range.low...range.high,
                    look: look,
                    text:
                        "\(Norwegian.number(range.main, decimals: 1)) t (\(Norwegian.number(range.low, decimals: 0)) til \(Norwegian.number(range.high, decimals: 0)))"
                )
            }
        }
        return BarPicture(
            id: "b-frigjort",
            title: "Timer spart, nytt arbeid og netto",
            description: "Søylen er hovedanslaget, streken går fra lavt til høyt anslag. Netto er spart minus nytt arbeid.",
            groups: freed.rows.map { row in
                .init(
                    name: row.technology?.bokmal.uppercasedFirst ?? "",
                    bars: [bar("spart", row.freed, .other), bar("nytt arbeid", row.newWork, .work), bar("netto", row.net, .own)].compactMap(\.self)
                )
            }
        )
    }
}

extension ReportPeriod {
    /// The period behind what a title is about: `Vegvalg 6 i oktober 2026`.
    package func following(_ subject: String) -> String {
        switch kind {
        case .week, .month, .quarter, .year: "\(subject) i \(title)"
        case .day, .fourWeeks: "\(subject), \(title)"
        }
    }
}
