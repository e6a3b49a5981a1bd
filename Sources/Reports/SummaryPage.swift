import Strategy
package import Workload

extension Report {
    /// What a council is told, on one sheet of A4: questions with short answers, the goals counted, and how sure it all is.
    package func summaryPage(navigation: ReportNavigation? = nil, style: StylePlacement = .inline, localTime: LocalTime = .oslo) -> String {
        let followed = (frameworks ?? []).filter { !$0.indicators.isEmpty }
        let writer = AnswerWriter(report: self, rows: followed.flatMap(\.indicators))
        var answers = hasData ? [writer.load.asked("Hvor mye var det å gjøre?")] : []
        answers += headlines.filter { hasData && [.staffing, .attendance].contains($0.subject) }.map { headline in
            Answer(
                question: headline.subject == .staffing ? "Er det nok folk på vakt?" : "Kommer hjelpen fram i tide?",
                claim: headline.title,
                detail: headline.detail,
                tone: headline.tone,
                traces: headline.subject == .attendance ? [.measure(.attendanceWithin45Minutes)] : [.staffing, .measure(.unplannedShare)]
            )
        }
        if hasData, benefits != nil { answers += [writer.use, writer.freed, writer.realised] }
        // What is to come rests on files, with data or without.
        switch planning?.projection {
        case .some(let projected) where projected.isFromTooLittle:
            // From what is assumed of today it would say something else than from a longer period of the same municipality.
            let claim = "Perioden er for kort til å framskrive fra"
            answers.append(Answer(question: ProjectionViews.question, claim: claim, detail: ProjectionViews.measuredMin))
        case .some(let projected): answers.append(ProjectionViews(projected).answer(startMeasures.map { .measure($0.measure) }))
        case nil: break
        }
        if planning?.isProjectionWithheld == true {
            answers.append(Answer(question: ProjectionViews.question, claim: "Framskrivingen er skjult", detail: projectionWithheldText))
        }
        let view = frame(period.following("Sammendrag for kommunestyret"), navigation, style, localTime).merging([
            "hasAnswers": !answers.isEmpty, "answers": answers.map { self.view($0, navigation) }, "hasNoData": !hasData,
            "noData": hasCoverage ? "\(noAlarmsText)." : "Ingen data fra perioden ennå.", "hasFrameworks": !followed.isEmpty,
            "frameworks": followed.map { figures in
                [
                    "name": figures.framework.name, "id": figures.framework.id,
                    "near": AnswerWriter(report: self, rows: figures.indicators).near.claim, "goals": summaryGoals(figures, navigation),
                    "hasHidden": !figures.indicators.hiddenStatuses.isEmpty,
                ] as View
            }, "certainty": hasData ? certainty(writer) : coverageText,
            "sourceLine": navigation == nil && frameworks != nil ? sourceLine(SummaryPlace.path) : false as Any,
        ]) { $1 }
        return Templates.render("summaryPage", view)
    }

    private func summaryGoals(_ framework: FrameworkFigures, _ navigation: ReportNavigation?) -> [View] {
        let statuses = GoalStatus.allCases.map(Optional.some) + (framework.indicators.hiddenStatuses.isEmpty ? [] : [nil])
        return framework.goals.filter { !$0.indicators.isEmpty }.map { goal in
            let place = [Report.frameworkField: framework.framework.id, Report.goalField: goal.goal.id]
            return [
                "name": goal.goal.name,
                "path": navigation.map { $0.withoutGoal.path(at: SummaryPlace.goals, period: period, zone: selectedZone?.id, place) }.orHidden,
                "counts": statuses.map { status in
                    let count = goal.indicators.count { $0.status == status }
                    return count == 0 ? "–" : "\(count)"
                },
            ]
        }
    }

    private func certainty(_ writer: AnswerWriter) -> String {
        var parts = [coverageText]
        if !writer.rows.isEmpty { parts.append("\(writer.certainty.claim) indikatorer.") }
        if writer.rows.contains(where: { $0.indicator.hasExample }) { parts.append("Mål og nullpunkt er eksempler til kommunen har satt sine egne.") }
        let missing = dataQuality.missingSequences
        if missing > 0 { parts.append("\(countText(missing, "hendelse", "hendelser").uppercasedFirst) mangler fra sentralen.") }
        if dataQuality.hasLosses { parts.append("Noe fra kildene mangler eller er avvist.") }
        parts.append("Frigjort tid er et regnestykke, realisert gevinst er det lederne har ført: de legges aldri sammen.")
        return parts.joined(separator: " ")
    }
}

/// The sheet's own address, and that of the goals it counts.
private enum SummaryPlace {
    static let path = "/sammendrag"
    static let goals = "/maal"
}

extension Answer {
    fileprivate func asked(_ question: String) -> Answer {
        var answer = self
        answer.question = question
        return answer
    }
}

let summaryPageTemplate = """
    {{> documentHead}}
    <main id="innhold" class="sheet" tabindex="-1">
    {{> periodMessage}}
    <div class="title">
    <p class="over">{{municipality}}{{#zoneTitle}}: {{zoneTitle}}{{/zoneTitle}}</p>
    <h1>{{title}}</h1>
    {{#isExternal}}
    <p class="cover"><strong>Ekstern utgave:</strong> \(Report.externalText)</p>
    {{/isExternal}}
    </div>
    {{#hasAnswers}}
    {{> answers}}
    {{/hasAnswers}}
    {{#hasNoData}}
    <p class="empty">{{noData}}</p>
    {{/hasNoData}}
    {{#hasFrameworks}}
    <section aria-labelledby="h-maal">
    <h2 id="h-maal">Er målene nær?</h2>
    {{#frameworks}}
    <p><strong>{{name}}.</strong> {{near}}.</p>
    <div class="scroll" role="region" aria-labelledby="c-maal-{{id}}" tabindex="0"><table class="figures">
    <caption id="c-maal-{{id}}"><span>{{name}}: indikatorer etter status. \(Glossary.pageLink("status", "Status")) avgjøres av hele \(Glossary.pageLink("intervall", "95\u{A0}%-intervallet")), ikke av tallet alene.</span></caption>
    <thead><tr><th scope="col">Mål</th><th scope="col" class="n">Nådd</th><th scope="col" class="n">På vei</th><th scope="col" class="n">Utenfor</th>\
    <th scope="col" class="n">Kan ikke si ennå</th>{{#hasHidden}}<th scope="col" class="n">Skjult</th>{{/hasHidden}}</tr></thead>
    <tbody>
    {{#goals}}
    <tr><th scope="row">{{#path}}<a href="{{path}}">{{name}}</a>{{/path}}{{^path}}{{name}}{{/path}}</th>{{#counts}}<td class="n">{{.}}</td>{{/counts}}</tr>
    {{/goals}}
    </tbody></table></div>
    {{/frameworks}}
    </section>
    {{/hasFrameworks}}
    <section aria-labelledby="h-sikkert">
    <h2 id="h-sikkert">Hvor sikre er tallene?</h2>
    <p>{{certainty}}</p>
    </section>
    {{#navigation}}
    {{> navigation}}
    {{/navigation}}
    {{#sourceLine}}
    {{> sourceLine}}
    {{/sourceLine}}
    {{> documentFoot}}

    """
