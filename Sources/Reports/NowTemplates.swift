/// The first page. The clock stands outside the board, so that an unchanged board is the same text.
let nowPageTemplate = """
    {{> documentHead}}
    <main id="innhold" tabindex="-1" class="now{{#isWall}} wall{{/isWall}}">
    <div class="title">
    <p class="over">{{municipality}}</p>
    <h1>Nå</h1>
    <p class="cover"><span id="na-tid">Oppdatert kl. <time>{{clock}}</time></span> <a class="again" href="{{ownPath}}">Oppdater</a>{{#weeks}} <a class="again" href="#h-uker">Siste fire uker</a>{{/weeks}}</p>
    <p class="message" id="na-melding" role="status" hidden></p>
    {{#message}}
    {{#messageLink}}
    <p class="banner">{{message}} <a href="{{path}}">{{title}}</a></p>
    {{/messageLink}}
    {{^messageLink}}
    <p class="message" role="alert">{{message}}</p>
    {{/messageLink}}
    {{/message}}
    </div>
    {{#hasZoneLinks}}
    <nav class="choice" aria-label="Sone"><ul>
    {{#zoneLinks}}
    <li><a href="{{path}}"{{#isCurrent}} aria-current="true"{{/isCurrent}}>{{title}}</a></li>
    {{/zoneLinks}}
    </ul></nav>
    {{/hasZoneLinks}}
    <div class="beside">
    <section aria-labelledby="h-na" class="live">
    <h2 id="h-na" class="hidden">Sonene nå</h2>
    <div id="na">{{{board}}}</div>
    </section>
    {{#weeks}}
    <section class="headlines weeks" aria-labelledby="h-uker">
    <h2 id="h-uker">Siste fire uker</h2>
    {{#hasHeadlines}}
    <ol>
    {{#headlines}}
    <li class="{{tone}}"><p class="claim"><span class="mark" aria-hidden="true">{{mark}}</span>{{title}}</p><p class="detail">{{detail}}</p></li>
    {{/headlines}}
    </ol>
    {{/hasHeadlines}}
    {{^hasHeadlines}}
    <p class="empty">Setningene kan ikke lages akkurat nå. Prøv siden Belastning.</p>
    {{/hasHeadlines}}
    <p class="others">{{#staffingPath}}<a href="{{staffingPath}}">Bemanning: hva som hjelper</a> {{/staffingPath}}\
    <a href="{{reportPath}}">Belastning {{periodTitle}}: alle tall</a></p>
    </section>
    {{/weeks}}
    </div>
    <p class="view"><a href="{{otherPath}}">{{#isWall}}Vanlig visning{{/isWall}}{{^isWall}}Vis stort, for veggskjerm{{/isWall}}</a></p>
    {{> documentFoot}}
    """

/// What is exchanged while the page stands open.
let boardTemplate = """
    {{> boardTotals}}
    {{#alarms}}
    <h3>Åpne alarmer</h3>
    {{#isEmpty}}
    <p class="note">Ingen åpne alarmer.</p>
    {{/isEmpty}}
    {{^isEmpty}}
    <div class="scroll" role="region" aria-labelledby="c-apne" tabindex="0"><table class="figures open">
    <caption id="c-apne"><span>Åpne alarmer, den eldste først. At du ser dem, skrives i innsynsloggen.</span></caption>
    <thead><tr><th scope="col">Alarm</th><th scope="col" class="n">Alder</th><th scope="col">Tilstand</th><th scope="col">Sone</th>\
    <th scope="col">Slag</th><th scope="col">Enhet</th></tr></thead>
    <tbody>
    {{#rows}}
    <tr><th scope="row" translate="no"><a href="{{path}}">{{alarm}}</a></th><td class="n">{{age}}<small>{{since}}</small></td>\
    <td>{{#isLate}}<strong><span class="mark" aria-hidden="true">▲</span>{{state}}</strong>{{/isLate}}{{^isLate}}{{state}}{{/isLate}}</td><td>{{zone}}</td>\
    <td>{{kind}}</td><td translate="no">{{device}}</td></tr>
    {{/rows}}
    </tbody></table></div>
    {{#more}}
    <p class="note">{{more}}</p>
    {{/more}}
    {{/isEmpty}}
    {{/alarms}}
    {{> boardZones}}

    """

/// What is wrong, and the sums of all zones.
let boardTotalsTemplate = """
    {{#faults}}
    <p class="message fault"><span class="mark" aria-hidden="true">▲</span> {{.}}</p>
    {{/faults}}
    <ul class="totals" data-open="{{open}}">
    {{#totals}}
    <li{{#isLate}} class="problem"{{/isLate}}><a class="name" href="{{help}}">{{name}}</a> <span class="value">{{#isLate}}<span class="mark" aria-hidden="true">▲</span>{{/isLate}}\
    {{value}}</span>{{#note}} <span class="note">{{note}}</span>{{/note}}</li>
    {{/totals}}
    </ul>
    {{#outages}}
    <p class="message"><span class="mark" aria-hidden="true">▲</span> {{.}}</p>
    {{/outages}}
    """

/// What stands zone by zone, and what the reader does not see.
let boardZonesTemplate = """
    <h3 class="hidden">Sone for sone</h3>
    <ul class="zones">
    {{#zones}}
    <li class="{{tone}}"><h4>{{name}}</h4>
    <p class="state">{{#isWaiting}}<span class="mark" aria-hidden="true">▲</span>{{/isWaiting}}{{state}}</p>
    <dl>{{#figures}}<div><dt><a href="{{help}}">{{name}}</a></dt><dd>{{value}}</dd></div>{{/figures}}</dl></li>
    {{/zones}}
    </ul>
    {{#seesCounts}}
    <p class="note">Du ser antall, ikke den enkelte alarmen.</p>
    {{/seesCounts}}
    {{#seesDevices}}
    <p class="note">Du ser enhetene, ikke alarmene fra dem.</p>
    {{/seesDevices}}
    """

/// The same on a wall: the alarms beside the zones, a few of them in short, without what points at a device.
let wallBoardTemplate = """
    {{> boardTotals}}
    <div class="halves">
    {{#alarms}}
    {{^isEmpty}}
    <div class="waiting">
    <h3>Åpne alarmer</h3>
    <p class="note">Den eldste først. At du ser dem, skrives i innsynsloggen.</p>
    <ol>
    {{#rows}}
    <li><span class="age">{{age}}</span> <a href="{{path}}">{{zone}}<span class="hidden" translate="no"> {{alarm}}</span></a> \
    <span class="what"><span{{#isLate}} class="late"{{/isLate}}>{{#isLate}}<span class="mark" aria-hidden="true">▲</span>{{/isLate}}{{state}}</span>, <span>{{kind}}</span></span></li>
    {{/rows}}
    </ol>
    {{#more}}
    <p class="rest">{{more}}</p>
    {{/more}}
    </div>
    {{/isEmpty}}
    {{/alarms}}
    <div>
    {{> boardZones}}
    </div>
    </div>

    """
