/// The document around the sections. The style sheet is our own text and goes in unescaped.
let pageTemplate = """
    <!doctype html>
    <html lang="nb">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>{{documentTitle}}</title>
    {{#styleText}}
    <style>
    {{{styleText}}}
    </style>
    {{/styleText}}
    {{#stylePath}}
    <link rel="stylesheet" href="{{stylePath}}">
    {{/stylePath}}
    {{#scriptPath}}
    <script src="{{scriptPath}}" defer></script>
    {{/scriptPath}}
    </head>
    <body>
    <a class="skip" href="#innhold">Hopp til innholdet</a>
    <header class="site">
    <div class="bar">
    <p class="brand"><svg aria-hidden="true" viewBox="0 0 24 24" width="24" height="24"><path d="M3 13h4l3-8 4 14 3-6h4" \
    fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"/></svg>Vaktlast</p>
    {{#hasLinks}}
    <nav aria-label="Sider"><ul>
    {{#links}}
    <li><a href="{{path}}"{{#isCurrent}} aria-current="page"{{/isCurrent}}>{{title}}</a></li>
    {{/links}}
    </ul></nav>
    {{/hasLinks}}
    {{#account}}
    <form class="account" method="post" action="{{path}}"><input type="hidden" name="skjema" value="{{token}}">\
    <button type="submit">Logg ut {{name}}</button></form>
    {{/account}}
    </div>
    </header>
    <main id="innhold" tabindex="-1">
    <div class="title">
    <p class="over">{{municipality}}</p>
    <h1>Responsbelastning {{periodTitle}}{{#zoneTitle}}: {{zoneTitle}}{{/zoneTitle}}</h1>
    <p class="cover">{{coverage}}</p>
    {{#isExternal}}
    <p class="cover"><strong>Ekstern utgave:</strong> tall med færre enn 5 i nevneren er skjult.</p>
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
    </main>
    <footer class="site"><p>{{provenance}}</p></footer>
    </body>
    </html>

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
