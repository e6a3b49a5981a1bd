/// Section 6: signs of life.
let availabilityTemplate = """
    <section id="livstegn" aria-labelledby="h-livstegn">
    <h2 id="h-livstegn">Gir enhetene livstegn?</h2>
    {{#isEmpty}}
    <p class="empty">Ingen døgn i perioden har både data og registrerte enheter.</p>
    {{/isEmpty}}
    {{^isEmpty}}
    <p>{{summary}}</p>
    <div class="scroll" role="region" aria-labelledby="c-livstegn" tabindex="0"><table class="figures">
    <caption id="c-livstegn"><span>Andel av registrerte enhetsdøgn med minst ett \(Glossary.link("livstegn", "livstegn")), med 95\u{A0}%-intervall og antall enhetsdøgn (n). \
    Døgn for samme enhet henger sammen, så det virkelige intervallet er bredere.</span></caption>
    <thead><tr><th scope="col">Sone</th>{{#technologies}}<th scope="col" class="n">{{.}}</th>{{/technologies}}<th scope="col" class="n">Alle</th></tr></thead>
    <tbody>
    {{#rows}}
    <tr{{#isSum}} class="sum"{{/isSum}}><th scope="row">{{zone}}</th>{{#cells}}<td class="n">{{value}}<small>{{interval}}</small>\
    <small>{{count}}</small>{{#width}}<svg class="meter" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">\
    <rect width="{{.}}" height="6" fill="#3b82a0"/></svg>{{/width}}</td>{{/cells}}</tr>
    {{/rows}}
    </tbody></table></div>
    {{/isEmpty}}
    </section>
    """
