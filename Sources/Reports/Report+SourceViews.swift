import Strategy
import Telemetry
import Workload

/// Where each indicator's figure leads: what it was counted from, by which version of its definition.
extension Report {
    /// An indicator with its place among the goals.
    private struct Traced {
        var framework: Goals.Framework
        var goal: Goals.Goal
        var row: IndicatorRow
    }

    private var traced: [Traced] {
        (frameworks ?? []).flatMap { figures in
            figures.goals.flatMap { goal in goal.indicators.map { Traced(framework: figures.framework, goal: goal.goal, row: $0) } }
        }
    }

    /// The path of an indicator's lineage, for this report's period and zone.
    func lineagePath(framework: String, goal: String, indicator: String) -> String {
        let zone = selectedZone.map { "&zone=\($0.id.percentEncoded)" } ?? ""
        return "/api/v1/goals/" + [framework, goal, indicator].map(\.percentEncoded).joined(separator: "/")
            + "/lineage?municipality=\(municipalityNumber)&from=\(period.firstDay.iso)&to=\(period.endDay.iso)\(zone)"
    }

    /// The address of an indicator's lineage.
    ///
    /// - Parameter place: ids of framework, goal and indicator.
    package static func lineagePath(_ place: [String], _ scope: GoalsAnswer.Scope) -> String {
        "/api/v1/goals/" + place.map(\.percentEncoded).joined(separator: "/") + "/lineage?" + scope.query
    }

    /// The page that tells what a measure's figure was made of, by its first indicator; nil for a file, and where no goal has one.
    func tracePath(_ measure: IndicatorMeasure, _ navigation: ReportNavigation?) -> String? {
        guard let navigation, let found = traced.first(where: { $0.row.indicator.measure == measure }) else { return nil }
        return tracePath(framework: found.framework.id, goal: found.goal.id, indicator: found.row.indicator.id, navigation)
    }

    /// The page that tells what an indicator's figure was made of.
    func tracePath(framework: String, goal: String, indicator: String, _ navigation: ReportNavigation) -> String {
        let place = [Report.frameworkField: framework, Report.goalField: goal, Report.indicatorField: indicator]
        var own = navigation
        own.fields.removeAll { place[$0.name] != nil }
        return own.path(at: LineagePage.path, period: period, zone: selectedZone?.id, place)
    }

    private func path(_ traced: Traced) -> String {
        lineagePath(framework: traced.framework.id, goal: traced.goal.id, indicator: traced.row.indicator.id)
    }

    /// Of what leaves the municipality too: the address tells nothing to whoever may not log in there.
    var sourceTable: ReportTable {
        let columns: [ReportTable.Column] = [
            .init("Rammeverk", .text), .init("Mål", .text), .init("Indikator", .text), .init("Måles med", .text), .init("Definisjonsversjon", .number),
            .init("Journalposisjon", .number), .init("Sporing", .text),
        ]
        let rows = traced.map { traced -> [ReportTable.Cell] in
            let measure = traced.row.indicator.measure
            return [
                .text(traced.framework.name), .text(traced.goal.name), .text(traced.row.indicator.name), .text(measure.rawValue),
                .number(Double(IndicatorDefinition.of(measure).version)), .number(Double(provenance.position)), .text(path(traced)),
            ]
        }
        return ReportTable(id: "kilder", title: "Kilder", columns: columns, rows: rows)
    }

    /// Nil without goals.
    var sourcesView: View? {
        guard !traced.isEmpty else { return nil }
        return [
            "position": Norwegian.count(provenance.position), "period": period.description,
            "rows": traced.map { traced -> View in
                let measure = traced.row.indicator.measure
                return [
                    "name": traced.row.indicator.name, "goal": traced.goal.name.beforeColon, "measure": measure.rawValue,
                    "version": "\(IndicatorDefinition.of(measure).version)", "path": path(traced),
                ]
            },
        ]
    }
}

/// Section of files: where each figure leads. The addresses are text, since a file does not know where the service is.
let sourcesTemplate = """
    <section id="kilder" aria-labelledby="h-kilder">
    <h2 id="h-kilder">Kilder</h2>
    <p>Hvert tall kan følges til cellene og alarmene det er regnet av, på adressen under hos tjenesten (krever innlogging). Alle er regnet fra \
    journalen til og med posisjon {{position}}.</p>
    <div class="scroll" role="region" aria-labelledby="c-kilder" tabindex="0"><table class="figures">
    <caption id="c-kilder"><span>Indikatorene {{period}}: hva de måles med, definisjonens versjon, og adressen til det tallet bygger på.</span></caption>
    <thead><tr><th scope="col">Indikator</th><th scope="col">Måles med</th><th scope="col" class="n">Versjon</th><th scope="col">Adresse</th></tr></thead>
    <tbody>
    {{#rows}}
    <tr><th scope="row">{{name}}<small>{{goal}}</small></th><td><code>{{measure}}</code></td><td class="n">{{version}}</td><td><code>{{path}}</code></td></tr>
    {{/rows}}
    </tbody></table></div>
    </section>
    """
