import Strategy
import Telemetry
import Workload

/// Where each figure leads: what it was counted from, by which version of its definition.
extension Report {
    /// A figure of the report with the address of what it was made of.
    private struct Source {
        var framework = ""
        /// The goal, or the part of the report that shows it.
        var goal: String
        var name: String
        /// Nil of counts, which no definition of the catalogue is about.
        var measure: IndicatorMeasure?
        var path: String
    }

    private static let technologyPart = "Teknologi"

    /// Measures that reports show whether a goal has them or not, by the part that shows them.
    private static let shownMeasures: [(part: String, measures: [IndicatorMeasure])] = [
        (
            "Nøkkeltall",
            [
                .answerWithin60Seconds, .answerWithin180Seconds, .attendanceWithin45Minutes, .attendanceWithin60Minutes, .closedAtCentre, .unintended,
                .unplannedShare,
            ]
        ),
        (technologyPart, [.technologyUsersPer1000, .freedHours, .realisedHours, .realisedKroner]),
    ]

    /// Of the indicators, in the order of the goals.
    private var indicatorSources: [Source] { (frameworks ?? []).flatMap { indicatorSources($0, $0.goals) } }

    private func indicatorSources(_ figures: FrameworkFigures, _ goals: [GoalFigures]) -> [Source] {
        goals.flatMap { goal in
            goal.indicators.map { row in
                Source(
                    framework: figures.framework.name,
                    goal: goal.goal.name,
                    name: row.indicator.name,
                    measure: row.indicator.measure,
                    path: lineagePath([figures.framework.id, goal.goal.id, row.indicator.id])
                )
            }
        }
    }

    /// Of what is shown besides: measures that no goal has, and the counts of the period and of each kind of technology.
    private var otherSources: [Source] {
        guard let frameworks else { return [] }
        return otherSources(besides: frameworks.flatMap(\.indicators))
    }

    private func otherSources(besides rows: [IndicatorRow]) -> [Source] {
        var known = Set(rows.map(\.indicator.measure))
        if benefits?.freed == nil { known.insert(.freedHours) }
        if benefits?.realised == nil { known.formUnion([.realisedHours, .realisedKroner]) }
        let measures = Report.shownMeasures.flatMap { part, measures in
            measures.filter { !known.contains($0) }.map { Source(goal: part, name: $0.bokmal, measure: $0, path: lineagePath(place(of: $0))) }
        }
        let all = Source(goal: "Nøkkeltall", name: "Alarmer, utrykninger og timer i arbeid", measure: nil, path: loadPath(.all))
        let kinds = (benefits?.kinds ?? []).compactMap(\.kind).map { kind in
            Source(goal: Report.technologyPart, name: "Belastningen fra \(kind.bokmal)", measure: nil, path: loadPath(.kind(kind)))
        }
        return measures + [all] + kinds
    }

    /// Of today's load, from which the years to come are projected; none where it is assumed.
    private var startSources: [Source] {
        startMeasures.map { Source(goal: "Framskriving", name: "Dagens tall: \($0.name)", measure: $0.measure, path: lineagePath(place(of: $0.measure))) }
    }

    /// What of a projection's beginning was measured, and what each figure is called.
    var startMeasures: [(name: String, measure: IndicatorMeasure)] {
        guard frameworks != nil, case .measured = planning?.projection?.basis else { return [] }
        return [("utrykninger", .callOutsPer100Users), ("minutter per utrykning", .callOutHoursPer100Users), ("løst på sentralen", .closedAtCentre)]
    }

    /// The path of an indicator's lineage, for this report's period and zone.
    ///
    /// - Parameter place: ids of framework, goal and indicator.
    private func lineagePath(_ place: [String]) -> String {
        Report.lineagePath(place, .init(municipality: municipalityNumber, zone: selectedZone?.id, period: period, wholeDays: coverage.wholeDayCount))
    }

    /// The address of an indicator's lineage.
    ///
    /// - Parameter place: ids of framework, goal and indicator.
    package static func lineagePath(_ place: [String], _ scope: GoalsAnswer.Scope) -> String {
        "/api/v1/goals/" + place.map(\.percentEncoded).joined(separator: "/") + "/lineage?" + scope.query
    }

    /// The page of counts, of which there is no other form.
    private func loadPath(_ choice: LoadLineage.Choice) -> String {
        sitePath(LineagePage.path) + "&\(LoadLineage.Choice.field)=\(choice.word.percentEncoded)"
    }

    /// A page of the service about this report's municipality, period and zone.
    private func sitePath(_ path: String) -> String {
        let zone = selectedZone.map { "&zone=\($0.id.percentEncoded)" } ?? ""
        return "\(path)?municipality=\(municipalityNumber)&period=\(period)\(zone)"
    }

    /// Of what leaves the municipality too: the address tells nothing to whoever may not log in there.
    var sourceTable: ReportTable {
        let columns: [ReportTable.Column] = [
            .init("Rammeverk", .text), .init("Mål", .text), .init("Indikator", .text), .init("Måles med", .text), .init("Definisjonsversjon", .number),
            .init("Journalposisjon", .number), .init("Sporing", .text),
        ]
        let rows = (indicatorSources + otherSources + startSources).map { source -> [ReportTable.Cell] in
            [
                .text(source.framework), .text(source.goal), .text(source.name), .text(source.measure?.rawValue ?? ""),
                .number(source.measure.map { Double(IndicatorDefinition.of($0).version) }), .number(Double(provenance.position)), .text(source.path),
            ]
        }
        return ReportTable(id: "kilder", title: "Kilder", columns: columns, rows: rows)
    }

    /// Nil without goals.
    var sourcesView: View? { sourcesView(indicatorSources + otherSources + startSources) }

    /// Of a page of goals: its own indicators, and where it shows technology what is shown of it; nil without either.
    func sourcesView(_ choice: GoalChoice?, showsTechnology: Bool) -> View? {
        guard let choice else { return nil }
        let others = showsTechnology ? otherSources(besides: choice.indicators).filter { $0.goal == Report.technologyPart || $0.measure == nil } : []
        return sourcesView(indicatorSources(choice.framework, choice.goals) + others)
    }

    /// Of what the page of years to come begins from; nil where nothing of it was measured.
    var startSourcesView: View? { sourcesView(startSources) }

    /// For a page that has no room for more: where its figures lead.
    func sourceLine(_ path: String) -> View { ["path": sitePath(path)] }

    private func sourcesView(_ sources: [Source]) -> View? {
        guard !sources.isEmpty else { return nil }
        return [
            "position": Norwegian.count(provenance.position), "period": period.title,
            "rows": sources.map { source -> View in
                [
                    "name": source.name, "goal": source.goal.beforeColon, "measure": (source.measure?.rawValue).orHidden,
                    "version": source.measure.map { "\(IndicatorDefinition.of($0).version)" } ?? "–", "path": source.path,
                ]
            },
        ]
    }
}

/// Section of files: where each figure leads. The addresses are text, since a file does not know where the service is; nobody types
/// them from paper, where a line says which files have them.
let sourcesTemplate = """
    <section id="kilder" aria-labelledby="h-kilder">
    <h2 id="h-kilder">Kilder</h2>
    <p class="screen">Hvert tall kan følges til cellene og alarmene det er regnet av, på adressen under hos tjenesten (krever innlogging). Alle er regnet fra \
    journalen til og med posisjon {{position}}.</p>
    <p class="printed">Adressene som fører hvert tall til det som ligger bak, står i tabellen «Kilder» i Excel, CSV og JSON. Alle er regnet fra \
    journalen til og med posisjon {{position}}.</p>
    <div class="scroll" role="region" aria-labelledby="c-kilder" tabindex="0"><table class="figures">
    <caption id="c-kilder"><span>Indikatorene {{period}}: hva de måles med, definisjonens versjon, og adressen til det tallet bygger på.</span></caption>
    <thead><tr><th scope="col">Indikator</th><th scope="col">Måles med</th><th scope="col" class="n">Versjon</th><th scope="col">Adresse</th></tr></thead>
    <tbody>
    {{#rows}}
    <tr><th scope="row">{{name}}<small>{{goal}}</small></th><td>{{#measure}}<code>{{measure}}</code>{{/measure}}{{^measure}}opptelling{{/measure}}</td><td class="n">{{version}}</td><td><code>{{path}}</code></td></tr>
    {{/rows}}
    </tbody></table></div>
    </section>
    """

/// The same as a line.
let sourceLineTemplate = """
    <p class="source" id="kilder">Kilder: siden <code>{{path}}</code> hos tjenesten (krever innlogging) fører hvert tall til det som ligger bak.</p>
    """
