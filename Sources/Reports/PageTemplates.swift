/// The report's sections.
let pageTemplate = """
    {{> documentHead}}
    <main id="innhold" tabindex="-1">
    <div class="title">
    <p class="over">{{municipality}}</p>
    <h1>Responsbelastning {{periodTitle}}{{#zoneTitle}}: {{zoneTitle}}{{/zoneTitle}}</h1>
    <p class="cover">{{coverage}}</p>
    {{#isExternal}}
    <p class="cover"><strong>Ekstern utgave:</strong> tall med færre enn 5 i nevneren er skjult, også de som kunne regnes ut av summer.</p>
    {{/isExternal}}
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
    {{#goals}}
    {{> goals}}
    {{/goals}}
    {{#quality}}
    {{> quality}}
    {{/quality}}
    {{#definitions}}
    {{> definitions}}
    {{/definitions}}
    {{> documentFoot}}
    """

/// The board is a part of the page that the script fetches again.
let boardTemplate = """
    <p class="cover"><span data-state>Oppdatert kl. {{time}}</span></p>
    <div class="scroll" role="region" aria-label="Nå i sonene" tabindex="0">
    <table class="figures">
    <thead><tr><th scope="col">Sone</th><th scope="col" class="n">Åpne alarmer</th><th scope="col" class="n">Åpne utrykninger</th>\
    <th scope="col" class="n">Venter lengst på svar</th><th scope="col" class="n">Alarmer siste døgn</th><th scope="col" class="n">Signaler siste time</th>\
    <th scope="col" class="n">Tause enheter</th><th scope="col" class="n">Lavt batteri</th></tr></thead>
    <tbody>
    {{#rows}}
    <tr><th scope="row">{{zone}}</th><td class="n">{{#isOpen}}<strong>{{openAlarms}}</strong>{{/isOpen}}{{^isOpen}}{{openAlarms}}{{/isOpen}}</td>\
    <td class="n">{{openResponses}}</td><td class="n">{{waiting}}</td><td class="n">{{lastDay}}</td><td class="n">{{signals}}</td>\
    <td class="n">{{silent}}</td><td class="n">{{batteryLow}}</td></tr>
    {{/rows}}
    </tbody>
    <tfoot><tr class="sum"><th scope="row">Alle</th><td class="n">{{openAlarms}}</td><td class="n">{{openResponses}}</td><td class="n"></td><td class="n">{{lastDay}}</td>\
    <td class="n">{{signals}}</td><td class="n">{{silent}}</td><td class="n">{{batteryLow}}</td></tr></tfoot>
    </table>
    </div>
    {{#outages}}
    <p class="message"><span class="mark" aria-hidden="true">▲</span> {{.}}</p>
    {{/outages}}

    """

/// What to look at instead, then what goes on now: both after the headlines, which a reader in a hurry came for.
let navigationTemplate = """
    <div class="picker">
    {{#message}}
    <p class="message" role="alert">{{message}}</p>
    {{/message}}
    <form method="get" action="{{action}}">
    {{#fields}}
    <input type="hidden" name="{{name}}" value="{{value}}">
    {{/fields}}
    <div class="field"><label for="period">Periode</label>
    <input id="period" name="period" value="{{period}}" size="12" autocomplete="off" aria-describedby="period-help"></div>
    <div class="field"><label for="zone">Sone</label>
    <select id="zone" name="zone">
    {{#zones}}
    <option value="{{id}}"{{#isSelected}} selected{{/isSelected}}>{{name}}</option>
    {{/zones}}
    </select></div>
    <button>Vis</button>
    <p class="help" id="period-help">2026-10-05 · 2026-W43 · 2026-10 · 2026-Q4 · 2026</p>
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
    {{#hasDownloads}}
    <nav aria-label="Last ned"><ul>
    {{#downloads}}
    <li><a href="{{path}}">{{title}}</a></li>
    {{/downloads}}
    </ul></nav>
    {{/hasDownloads}}
    </div>
    {{#board}}
    <section aria-labelledby="h-na">
    <h2 id="h-na">Nå</h2>
    <div id="na">{{{board}}}</div>
    </section>
    {{/board}}
    """

let headlinesTemplate = """
    <section class="headlines" aria-labelledby="h-kort">
    <h2 id="h-kort">Kort fortalt</h2>
    <ol>
    {{#items}}
    <li class="{{tone}}"><p class="claim"><span class="mark" aria-hidden="true">{{mark}}</span>{{title}}</p>\
    <p class="detail">{{detail}}</p></li>
    {{/items}}
    </ol>
    </section>
    """
