/// Section 4: load against rostered positions.
let staffingTemplate = """
    <section id="bemanning" aria-labelledby="h-bemanning">
    <h2 id="h-bemanning">Belastning mot turnus</h2>
    {{#empty}}
    <p class="empty">{{empty}}</p>
    {{/empty}}
    {{^empty}}
    {{^hasRoster}}
    <p class="empty">Det er ikke lagt inn turnus for kommunen. \(Report.askForRoster) Da sammenlignes belastningen med antall på vakt. \
    Under vises belastningen etter klokka (dag 07–15, kveld 15–23, natt 23–07).</p>
    {{/hasRoster}}
    {{#analysis}}
    {{> staffingAnalysis}}
    <h3>Flere ute enn på vakt</h3>
    {{/analysis}}
    {{#hasRoster}}
    <p>Her sammenlignes to ting: hvor mye av vakttiden som gikk til utrykninger ingen hadde planlagt, og hvor ofte \
    <strong>flere var ute samtidig enn turnusen har på vakt</strong> i sonen. Planlagt arbeid er ikke regnet med, så det \
    virkelige presset er høyere.</p>
    {{#twoMeasures}}
    <p>{{twoMeasures}}</p>
    {{/twoMeasures}}
    {{#hasGaps}}
    <h3>Største gap</h3>
    <ol class="gaps">
    {{#gaps}}
    <li><strong>{{name}}</strong>: {{text}}</li>
    {{/gaps}}
    </ol>
    {{/hasGaps}}
    {{#hasHeld}}
    <p class="good-note"><span class="mark" aria-hidden="true">✓</span> Ingen vakt hadde flere ute samtidig enn turnusen har \
    på vakt.</p>
    {{/hasHeld}}
    {{/hasRoster}}
    {{#hasRows}}
    {{> shiftTable}}
    {{/hasRows}}
    {{#weekText}}
    <h3>Uka time for time</h3>
    <p>{{weekText}}</p>
    {{/weekText}}
    {{#charts}}
    {{> chart}}
    {{/charts}}
    {{#withheld}}
    <p class="note">{{withheld}}</p>
    {{/withheld}}
    {{/empty}}
    </section>
    """

/// A zone's week. Colours are attributes too, since not every printer of SVG reads the page's style sheet.
let chartTemplate = """
    <figure class="chart long">
    <h4 id="{{id}}-h">{{zone}}</h4>
    <div class="scroll" role="region" aria-labelledby="{{id}}-h" tabindex="0">
    <svg role="img" aria-labelledby="{{id}}-t {{id}}-d" viewBox="0 0 720 {{height}}" width="720" height="{{height}}">
    <title id="{{id}}-t">{{zone}}: flest ute samtidig mot antall på vakt gjennom uka</title>
    <desc id="{{id}}-d">{{description}}</desc>
    <defs><pattern id="{{id}}-p" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
    <rect width="6" height="6" class="hatch-back" fill="#f6d5cc"/><path d="M0 0V6" class="hatch-line" stroke="#a3341f" \
    stroke-width="3"/></pattern></defs>
    <g class="grid" stroke="#d5dcdf">{{#ticks}}<path d="M32 {{y}}H710"/>{{/ticks}}</g>
    <g class="days" stroke="#aab6bb">{{#dayLines}}<path d="M{{.}} 14V{{bottom}}"/>{{/dayLines}}</g>
    <path class="band" fill="#5896b1" d="{{band}}"/>
    {{#load}}
    <path class="load" fill="#0c4560" d="{{load}}"/>
    {{/load}}
    <path class="hatch" fill="url(#{{id}}-p)" d="{{hatch}}"/>
    {{#free}}
    <path class="free" fill="none" stroke="#16242c" stroke-width="1.5" stroke-dasharray="4 3" d="{{free}}"/>
    {{/free}}
    {{#line}}
    <path class="line" fill="none" stroke="#16242c" stroke-width="2" d="{{line}}"/>
    {{/line}}
    <g class="labels" fill="#4a5b64" font-size="11">{{#ticks}}<text x="26" y="{{textY}}" text-anchor="end">{{text}}</text>\
    {{/ticks}}{{#dayNames}}<text x="{{x}}" y="{{y}}" text-anchor="middle">{{name}}</text>{{/dayNames}}</g>
    </svg></div>
    <figcaption>{{caption}}</figcaption>
    <details class="long"><summary>Tallene bak bildet: {{zone}}</summary>
    <div class="scroll" role="region" aria-labelledby="{{id}}-c" tabindex="0"><table class="heat week">
    <caption id="{{id}}-c"><span>{{zone}}: flest ute samtidig / snitt på vakt, etter ukedag og time{{#hasLoad}}; ved siden av: belastning i erlang på en \
    vanlig og en tung dag{{/hasLoad}}. Rammet inn: flere ute enn på vakt.</span></caption>
    <thead><tr><th scope="col">kl.</th>{{#days}}<th scope="col"><abbr title="{{long}}">{{short}}</abbr></th>{{/days}}</tr></thead>
    <tbody>
    {{#hours}}
    <tr><th scope="row">{{name}}</th>{{#cells}}<td{{#isGap}} class=x{{/isGap}}>{{text}}{{#load}}<small>{{load}}</small>{{/load}}{{/cells}}</tr>
    {{/hours}}
    </tbody></table></div></details>
    </figure>
    """

/// Load and roster by zone and shift.
let shiftTableTemplate = """
    <div class="scroll" role="region" aria-labelledby="c-bemanning" tabindex="0"><table class="figures">
    <caption id="c-bemanning"><span>Belastning og turnus etter sone og vakt. ▲ tydelig: flere ute enn på vakt i minst 5\u{A0}% av \
    vaktene med 95\u{A0}% sikkerhet. △ har hendt, men kan være tilfeldig.</span></caption>
    <thead><tr><th scope="col">Sone</th><th scope="col">\(Glossary.link("vakt", "Vakt"))</th><th scope="col" class="n">\(Glossary.pageLink("turnus", "I turnus (timer)"))</th>\
    <th scope="col" class="n">På utrykning (timer)</th><th scope="col" class="n">\(Glossary.link("vakttid", "Andel av vakttiden"))</th>\
    <th scope="col" class="n">Flest ute samtidig</th><th scope="col" class="n">\(Glossary.link("flere-ute", "Flere ute enn på vakt (kvarter)"))</th>\
    <th scope="col" class="n">Vakter det gjelder</th></tr></thead>
    {{#groups}}
    <tbody>
    {{#rows}}
    <tr{{#isGap}} class="gap"{{/isGap}}>{{#zone}}<th scope="rowgroup" rowspan="{{rowCount}}">{{zone}}</th>{{/zone}}\
    <th scope="row">{{kind}}</th><td class="n">{{rostered}}</td><td class="n">{{response}}</td>\
    <td class="n">{{share}}<svg class="meter" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">\
    <rect width="{{width}}" height="6" fill="#3b82a0"/></svg></td><td class="n">{{peak}}</td>\
    <td class="n">{{exceeded}}{{#gapMark}} <span aria-hidden="true">{{gapMark}}</span>{{/gapMark}}</td>\
    <td class="n">{{shifts}}<small>{{interval}}</small></td></tr>
    {{/rows}}
    </tbody>
    {{/groups}}
    </table></div>

    """

/// The same section on the page of load: figures against the roster, and the way to what it carries.
let rosterSectionTemplate = """
    <section id="bemanning" aria-labelledby="h-bemanning">
    <h2 id="h-bemanning">Belastning mot turnus</h2>
    {{#empty}}
    <p class="empty">{{empty}}</p>
    {{/empty}}
    {{^empty}}
    {{^hasRoster}}
    <p class="empty">Det er ikke lagt inn turnus for kommunen. \(Report.askForRoster) Under vises belastningen etter klokka (dag 07–15, kveld 15–23, \
    natt 23–07).</p>
    {{/hasRoster}}
    {{#hasRoster}}
    <p>Hvor ofte <strong>flere var ute samtidig enn turnusen har på vakt</strong> i sonen, og hvor mye av vakttiden utrykningene tok. Planlagt arbeid     er ikke regnet med, så det virkelige presset er høyere.</p>
    {{/hasRoster}}
    {{#staffingPath}}
    <p><a href="{{staffingPath}}">Bemanning</a>: utrykningene spilt mot turnusen, hva normen krever, og hva som skjer om noe endres.</p>
    {{/staffingPath}}
    {{#hasGaps}}
    <ol class="gaps">
    {{#gaps}}
    <li><strong>{{name}}</strong>: {{text}}</li>
    {{/gaps}}
    </ol>
    {{/hasGaps}}
    {{> shiftTable}}
    {{#withheld}}
    <p class="note">{{withheld}}</p>
    {{/withheld}}
    {{/empty}}
    </section>
    """
