/// The page of help: every figure's definition, each with an anchor that pages link to.
package struct HelpPage: Sendable {
    private let municipality: String?

    /// - Parameter municipality: the reader's; nil for one who has none.
    package init(municipality: String? = nil) { self.municipality = municipality }

    package func html(navigation: ReportNavigation, style: Report.StylePlacement) -> String {
        let frame = PageFrame(
            title: "Hjelp: hva tallene betyr",
            about: municipality,
            navigation: navigation,
            style: style,
            provenance: "Definisjoner utgave \(Report.definitionsEdition)."
        )
        return Templates.render(
            "helpPage",
            frame.view.merging([
                "groups": Glossary.groups.map { group in
                    [
                        "id": group.id, "title": group.title,
                        "terms": group.definitions.map { ["id": $0.id, "term": $0.term.unbrokenPercent, "text": $0.text.unbrokenPercent] as View },
                    ] as View
                }
            ]) { $1 }
        )
    }
}

let helpPageTemplate = """
    {{> documentHead}}
    <main id="innhold" tabindex="-1">
    <div class="title">
    <h1>{{title}}</h1>
    <p class="cover">Alle tall på sidene fører hit. Let med nettleserens søk (Ctrl+F), eller velg en del.</p>
    </div>
    <nav class="contents" aria-label="Innhold"><ul>
    {{#groups}}
    <li><a href="#{{id}}">{{title}}</a></li>
    {{/groups}}
    </ul></nav>
    {{#groups}}
    <section id="{{id}}" aria-labelledby="h-{{id}}">
    <h2 id="h-{{id}}">{{title}}</h2>
    <dl class="glossary">
    {{#terms}}
    <div id="{{id}}"><dt>{{term}}</dt><dd>{{text}}</dd></div>
    {{/terms}}
    </dl>
    </section>
    {{/groups}}
    {{> documentFoot}}

    """
