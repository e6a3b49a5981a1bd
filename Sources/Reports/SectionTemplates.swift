/// Section 2: the KPIs of answer and attendance.
let keyFiguresTemplate = """
    <section id="nokkeltall" aria-labelledby="h-nokkeltall">
    <h2 id="h-nokkeltall">Nøkkeltall</h2>
    {{#empty}}
    <p class="empty">{{empty}}</p>
    {{/empty}}
    {{^empty}}
    <div class="cards">
    {{#cards}}
    <div class="card {{tone}}"><h3>{{title}}</h3>
    <p class="big">{{value}}</p>
    <p>{{what}}</p>
    <p class="sure">{{interval}}</p>
    <p class="status"><span class="mark" aria-hidden="true">{{mark}}</span>{{target}}</p></div>
    {{/cards}}
    </div>
    <div class="scroll" role="region" aria-labelledby="c-nokkeltall" tabindex="0"><table class="figures">
    <caption id="c-nokkeltall"><span>Nøkkeltall etter sone, uten \(Glossary.link("provealarmer", "prøvealarmer")). Under hver andel står \(Glossary.link("intervall", "95\u{A0}%-intervallet")) (Wilson) og antallet den regnes av.</span></caption>
    <thead><tr><th scope="col">Sone</th><th scope="col" class="n">\(Glossary.link("alarmer", "Alarmer"))</th><th scope="col" class="n">\(Glossary.link("svartid", "Besvart innen 60 s"))</th>\
    <th scope="col" class="n">180 s</th><th scope="col" class="n">\(Glossary.link("median", "Svartid median / 90\u{A0}%"))</th>\
    <th scope="col" class="n">\(Glossary.link("utrykningstid", "Framme innen 45 min"))</th><th scope="col" class="n">60 min</th>\
    <th scope="col" class="n">Utrykningstid median / 90\u{A0}%</th><th scope="col" class="n">\(Glossary.link("closed-at-centre", "Løst på sentralen"))</th></tr></thead>
    <tbody>
    {{#rows}}
    <tr{{#isSum}} class="sum"{{/isSum}}><th scope="row">{{zone}}</th><td class="n">{{alarms}}</td>\
    <td class="n">{{answer1.value}}<small>{{answer1.interval}}</small><small>{{answer1.count}}</small></td><td class="n">{{answer2.value}}</td>\
    <td class="n">{{answerWaits}}</td><td class="n">{{attendance1.value}}<small>{{attendance1.interval}}</small><small>{{attendance1.count}}</small></td>\
    <td class="n">{{attendance2.value}}</td><td class="n">{{attendanceWaits}}</td>\
    <td class="n">{{centre.value}}<small>{{centre.interval}}</small><small>{{centre.count}}</small></td></tr>
    {{/rows}}
    </tbody></table></div>
    <p class="note">{{note}}</p>
    {{/empty}}
    </section>
    """

/// Why there is nothing by hour in what leaves the municipality.
let hoursWithheldText = "Belastningen time for time står ikke i den eksterne utgaven: en time i uka kan være ett besøk hos én beboer."

/// Section 3: the heat maps.
let heatTemplate = """
    <section id="belastning" aria-labelledby="h-belastning">
    <h2 id="h-belastning">Når på uka kommer belastningen?</h2>
    {{#empty}}
    <p class="empty">{{empty}}</p>
    {{/empty}}
    {{#isWithheld}}
    <p class="empty">\(hoursWithheldText)</p>
    {{/isWithheld}}
    {{^empty}}
    {{^isWithheld}}
    <p>Tallene er \(Glossary.link("responsbelastning", "erlang")): hvor mange som i snitt er ute på utrykning. 0,10 er 6 minutter av timen, 1,00 er én medarbeider \
    hele timen. {{basis}}</p>
    {{#maps}}
    {{#isOpen}}
    <h3>{{name}}</h3>
    {{> heatTable}}
    {{/isOpen}}
    {{^isOpen}}
    {{#zonePath}}
    <p><a href="{{zonePath}}">{{name}}</a> {{summary}}</p>
    {{/zonePath}}
    {{^zonePath}}
    <details><summary><h3>{{name}}</h3> <span>{{summary}}</span></summary>
    {{> heatTable}}
    </details>
    {{/zonePath}}
    {{/isOpen}}
    {{/maps}}
    {{/isWithheld}}
    {{/empty}}
    </section>
    """

/// Cells go without end tags and quotes, as HTML allows: there are thousands, and `level` is one of our own words.
let heatTableTemplate = """
    {{#hasLinks}}
    <p class="note screen">Velg en rute for å se hva som ligger bak den.</p>
    {{/hasLinks}}
    <div class="scroll" role="region" aria-labelledby="{{id}}" tabindex="0"><table class="heat">
    <caption id="{{id}}"><span>Responsbelastning i erlang etter ukedag og time (lokal tid): {{name}}</span></caption>
    <thead><tr><th scope="col">kl.</th>{{#hours}}<th scope="col">{{.}}</th>{{/hours}}</tr></thead>
    <tbody>
    {{#days}}
    <tr><th scope="row"><abbr title="{{long}}">{{short}}</abbr></th>{{#cells}}<td class={{level}}>{{#path}}<a href="{{path}}">{{text}}</a>{{/path}}{{^path}}{{text}}{{/path}}{{/cells}}</tr>
    {{/days}}
    </tbody></table></div>
    <ul class="legend" aria-label="Fargeskala">{{#legend}}<li><span class="swatch {{level}}"></span>{{text}}</li>{{/legend}}</ul>
    """

/// Section 5: overlap.
let overlapTemplate = """
    <section id="samtidighet" aria-labelledby="h-samtidighet">
    <h2 id="h-samtidighet">Hvor ofte er det to utrykninger samtidig?</h2>
    {{#empty}}
    <p class="empty">{{empty}}</p>
    {{/empty}}
    {{^empty}}
    <p>{{summary}}</p>
    {{#hasRows}}
    <div class="scroll" role="region" aria-labelledby="c-samtidighet" tabindex="0"><table class="figures">
    <caption id="c-samtidighet"><span>Timer med \(Glossary.link("samtidighet", "to eller flere utrykninger åpne")) i samme sone, andelen av vaktens tid, \
    og hvor mange vakter det skjedde i. To som drar sammen på én utrykning, er med i «flere ute enn på vakt», men ikke her.</span></caption>
    <thead><tr><th scope="col" rowspan="2">Sone</th>{{#kinds}}<th scope="colgroup" colspan="2">{{.}}</th>{{/kinds}}</tr>
    <tr>{{#kinds}}<th scope="col" class="n">Timer (andel)</th><th scope="col" class="n">Vakter</th>{{/kinds}}</tr></thead>
    <tbody>
    {{#rows}}
    <tr><th scope="row">{{zone}}</th>{{#cells}}<td class="n">{{hours}}<svg class="meter" viewBox="0 0 100 6" \
    preserveAspectRatio="none" aria-hidden="true"><rect width="{{width}}" height="6" fill="#3b82a0"/></svg></td>\
    <td class="n">{{shifts}}</td>{{/cells}}</tr>
    {{/rows}}
    </tbody></table></div>
    {{/hasRows}}
    {{/empty}}
    </section>
    """

/// Section 7: what a reader must know before trusting the rest.
let qualityTemplate = """
    <section id="datakvalitet" aria-labelledby="h-datakvalitet">
    <h2 id="h-datakvalitet">Datakvalitet</h2>
    {{#isExternal}}
    <p>Avstemmingen mot kildene er kommunens egen og står ikke i den eksterne utgaven. Hva tallene dekker, står øverst.</p>
    {{/isExternal}}
    {{^isExternal}}
    <ul class="checks">
    {{#checks}}
    <li class="{{tone}}"><span class="mark" aria-hidden="true">{{mark}}</span><div><strong>{{title}}</strong> {{detail}}</div></li>
    {{/checks}}
    </ul>
    {{#hasLedgers}}
    <div class="scroll" role="region" aria-labelledby="c-avstemming" tabindex="0"><table class="figures">
    <caption id="c-avstemming"><span>\(Glossary.link("avstemming", "Avstemming")) per kilde, hendelser siden start: mottatt = godtatt + duplikater + avvist.</span></caption>
    <thead><tr><th scope="col">Kilde</th><th scope="col" class="n">Mottatt</th><th scope="col" class="n">Godtatt</th>\
    <th scope="col" class="n">\(Glossary.link("duplikater", "Duplikater"))</th><th scope="col" class="n">\(Glossary.link("avvist", "Avvist"))</th><th scope="col" class="n">\(Glossary.link("forsinket", "Forsinket"))</th>\
    <th scope="col" class="n">\(Glossary.link("klokke", "Klokkefeil"))</th><th scope="col" class="n">\(Glossary.link("gjenbruk", "Gjenbrukt nummer"))</th>\
    <th scope="col">\(Glossary.link("manglende", "Manglende nummer"))</th></tr></thead>
    <tbody>
    {{#ledgers}}
    <tr><th scope="row">{{source}}</th><td class="n">{{received}}</td><td class="n">{{accepted}}</td>\
    <td class="n">{{duplicates}}</td><td class="n">{{rejected}}</td><td class="n">{{late}}</td><td class="n">{{clocks}}</td>\
    <td class="n">{{reuse}}</td><td>{{missing}}</td></tr>
    {{/ledgers}}
    </tbody></table></div>
    {{/hasLedgers}}
    {{/isExternal}}
    </section>
    """

/// Section 8: how the figures are made.
let definitionsTemplate = """
    <section id="definisjoner" aria-labelledby="h-definisjoner">
    <h2 id="h-definisjoner">{{title}}</h2>
    <dl>
    {{#terms}}
    <div{{#id}} id="{{id}}"{{/id}}><dt>{{term}}</dt><dd>{{text}}</dd></div>
    {{/terms}}
    </dl>
    </section>
    """
