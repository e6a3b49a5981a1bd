/// The report's sections.
let pageTemplate = """
    {{> documentHead}}
    <main id="innhold" tabindex="-1">
    <div class="title">
    <p class="over">{{municipality}}</p>
    <h1>Responsbelastning {{periodTitle}}{{#zoneTitle}}: {{zoneTitle}}{{/zoneTitle}}</h1>
    <p class="cover">{{coverage}} \(Glossary.mark("dekning"))</p>
    {{#isExternal}}
    <p class="cover"><strong>Ekstern utgave:</strong> antall alarmer, brukere, enheter og vakter fra 1 til 4 er \(Glossary.link("skjult", "skjult")), også de som kunne regnes ut av summer. Bare hele døgn med data er regnet med.</p>
    {{/isExternal}}
    </div>
    {{#headlines}}
    {{> headlines}}
    {{/headlines}}
    <nav class="contents" aria-label="Innhold"><ul>
    {{#contents}}
    <li><a href="#{{id}}">{{title}}</a></li>
    {{/contents}}
    </ul></nav>
    {{#keyFigures}}
    {{> keyFigures}}
    {{/keyFigures}}
    {{#comparison}}
    {{> comparison}}
    {{/comparison}}
    {{#heat}}
    {{> heat}}
    {{/heat}}
    {{#staffing}}
    {{> staffing}}
    {{/staffing}}
    {{#overlap}}
    {{> overlap}}
    {{/overlap}}
    {{#availability}}
    {{> availability}}
    {{/availability}}
    {{#technology}}
    <section id="teknologi" aria-labelledby="h-teknologi">
    <h2 id="h-teknologi">Teknologien og målene: spørsmål og svar</h2>
    <dl class="answered">
    {{#answers}}
    <div><dt>{{question}}</dt><dd><strong>{{claim}}.</strong> {{detail}}</dd></div>
    {{/answers}}
    </dl>
    </section>
    {{#load}}
    {{> technologyLoad}}
    {{/load}}
    {{#freed}}
    {{> freed}}
    {{/freed}}
    {{/technology}}
    {{#goals}}
    {{> goals}}
    {{/goals}}
    {{#quality}}
    {{> quality}}
    {{/quality}}
    {{#sources}}
    {{> sources}}
    {{/sources}}
    {{#definitions}}
    {{> definitions}}
    {{/definitions}}
    {{> documentFoot}}
    """

/// Load on the web: what has a page of its own is told there.
let loadPageTemplate = """
    {{> documentHead}}
    <main id="innhold" tabindex="-1">
    {{> periodMessage}}
    <div class="title">
    <p class="over">{{municipality}}</p>
    <h1>Belastning {{periodTitle}}{{#zoneTitle}}: {{zoneTitle}}{{/zoneTitle}}</h1>
    <p class="cover">{{coverage}} \(Glossary.mark("dekning"))</p>
    </div>
    {{#headlines}}
    {{> headlines}}
    {{/headlines}}
    {{#navigation}}
    {{> navigation}}
    {{/navigation}}
    <nav class="contents" aria-label="Innhold"><ul>
    {{#contents}}
    <li><a href="#{{id}}">{{title}}</a></li>
    {{/contents}}
    </ul></nav>
    {{#keyFigures}}
    {{> keyFigures}}
    {{/keyFigures}}
    {{#comparison}}
    {{> comparison}}
    {{/comparison}}
    {{#heat}}
    {{> heat}}
    {{/heat}}
    {{#staffing}}
    {{> rosterSection}}
    {{/staffing}}
    {{#overlap}}
    {{> overlap}}
    {{/overlap}}
    {{#availability}}
    {{> availability}}
    {{/availability}}
    {{#quality}}
    {{> quality}}
    {{/quality}}
    {{> documentFoot}}
    """

/// What to look at instead: after the headlines, which a reader in a hurry came for.
let navigationTemplate = """
    <div class="picker">
    <form method="get" action="{{action}}">
    {{#fields}}
    <input type="hidden" name="{{name}}" value="{{value}}">
    {{/fields}}
    <div class="field"><label for="slag">Vis</label>
    <select id="slag" name="slag">
    {{#choices}}
    <option value="{{word}}"{{#isCurrent}} selected{{/isCurrent}}>{{title}}</option>
    {{/choices}}
    </select></div>
    <div class="field"><label for="dato">med datoen</label>
    <input id="dato" name="dato" type="date" value="{{day}}" min="2000-01-01" max="{{lastDay}}" required></div>
    <div class="field"><label for="zone">Sone</label>
    <select id="zone" name="zone">
    {{#zones}}
    <option value="{{id}}"{{#isSelected}} selected{{/isSelected}}>{{name}}</option>
    {{/zones}}
    </select></div>
    <button>Vis</button>
    </form>
    <nav aria-label="Periode"><ul>
    <li><a rel="prev" href="{{previous.path}}">← {{previous.title}}</a></li>
    {{#kinds}}
    <li><a href="{{path}}"{{#isCurrent}} aria-current="true"{{/isCurrent}}>{{title}}</a></li>
    {{/kinds}}
    {{#next}}
    <li><a rel="next" href="{{path}}">{{title}} →</a></li>
    {{/next}}
    </ul></nav>
    <details><summary>Skriv perioden selv</summary>
    <form method="get" action="{{action}}">
    {{#fields}}
    <input type="hidden" name="{{name}}" value="{{value}}">
    {{/fields}}
    {{#zone}}
    <input type="hidden" name="zone" value="{{zone}}">
    {{/zone}}
    <div class="field"><label for="period">Periode</label>
    <input id="period" name="period" value="{{period}}" size="14" autocomplete="off" aria-describedby="period-help"></div>
    <button>Vis</button>
    <p class="help" id="period-help">2026-10-05 · 2026-W43 · 2026-10 · 2026-Q4 · 2026</p>
    </form></details>
    {{#hasDownloads}}
    <nav aria-label="Last ned"><ul>
    {{#downloads}}
    <li><a href="{{path}}">{{title}}</a></li>
    {{/downloads}}
    </ul></nav>
    <p class="note">En PDF lages når du ber om den. Det tar noen sekunder, for en lang periode opptil et halvt minutt.</p>
    {{/hasDownloads}}
    </div>
    """

/// What was wrong with the period that was asked for, before the figures of another one.
let periodMessageTemplate = """
    {{#navigation}}
    {{#message}}
    <p class="message" role="alert">{{message}}{{#messageForm}} <a href="{{.}}">Til skjemaet</a>{{/messageForm}}</p>
    {{/message}}
    {{/navigation}}

    """

let headlinesTemplate = """
    <section class="headlines" aria-labelledby="h-kort">
    <h2 id="h-kort">Kort fortalt</h2>
    <ol>
    {{#items}}
    <li class="{{tone}}"><p class="claim"><span class="mark" aria-hidden="true">{{mark}}</span>{{title}}</p>\
    <p class="detail">{{> pieces}}{{#path}}<span class="screen"> <a href="{{path}}">Hva tallet bygger på<span class="hidden">: <span>{{title}}</span></span></a></span>{{/path}}</p></li>
    {{/items}}
    </ol>
    </section>
    """
