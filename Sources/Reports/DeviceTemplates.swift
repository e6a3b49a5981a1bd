/// The list of devices.
let devicePageTemplate = """
    {{> documentHead}}
    <main id="innhold" tabindex="-1">
    <div class="title">
    <p class="over">{{municipality}}</p>
    <h1>{{title}}</h1>
    </div>
    {{#isNothing}}
    <p class="empty">Ingen enheter ennå. Legg inn kommunens register, så vises hver enhet her; enheter som sender uten å stå i registeret, vises også.</p>
    {{/isNothing}}
    {{^isNothing}}
    <p class="lead">{{#summary}}{{.}} {{/summary}}</p>
    <div class="picker">
    <form method="get" action="{{action}}" role="search" aria-label="Finn enheter">
    {{#fields}}
    <input type="hidden" name="{{name}}" value="{{value}}">
    {{/fields}}
    <div class="field"><label for="sok">Enhetens nummer inneholder</label><input id="sok" name="sok" value="{{search}}" size="16" autocomplete="off"></div>
    <div class="field"><label for="zone">Sone</label><select id="zone" name="zone">
    {{#zones}}
    <option value="{{value}}"{{#isSelected}} selected{{/isSelected}}>{{title}}</option>
    {{/zones}}
    </select></div>
    <div class="field"><label for="modell">Modell eller teknologi</label><select id="modell" name="modell">
    {{#models}}
    <option value="{{value}}"{{#isSelected}} selected{{/isSelected}}>{{title}}</option>
    {{/models}}
    </select></div>
    <div class="field"><label for="tilstand">Tilstand</label><select id="tilstand" name="tilstand">
    {{#states}}
    <option value="{{value}}"{{#isSelected}} selected{{/isSelected}}>{{title}}</option>
    {{/states}}
    </select></div>
    <button>Vis</button>
    </form>
    <p class="help" role="status">{{found}}{{#isEmpty}}Ingen enheter passer med valget.{{/isEmpty}}</p>
    {{#isChosen}}
    <p class="help"><a href="{{all}}">Vis alle enheter</a></p>
    {{/isChosen}}
    {{^isEmpty}}
    <p class="help"><a href="{{table}}">Last ned listen (CSV)</a></p>
    {{/isEmpty}}
    </div>
    {{^isEmpty}}
    <section aria-label="Listen">
    <div class="scroll" role="region" aria-labelledby="c-enheter" tabindex="0"><table class="figures records">
    <caption id="c-enheter"><span>De som trenger tilsyn først: i \(Glossary.link("utfall", "utfall")), \(Glossary.link("taus", "tause")), med \
    \(Glossary.link("feil", "feil")) eller \(Glossary.link("lavt-batteri", "lavt batteri")). Deretter etter nummer.</span></caption>
    <thead><tr><th scope="col">Enhet</th><th scope="col">\(Glossary.link("registrert", "Sone"))</th><th scope="col">Modell</th><th scope="col">Siste livstegn</th>\
    <th scope="col">\(Glossary.link("ikke-vurdert", "Tilstand"))</th><th scope="col">Feil</th><th scope="col" class="n">Batteri</th></tr></thead>
    <tbody>
    {{#rows}}
    <tr><th scope="row" translate="no"><a href="{{path}}">{{reference}}</a></th><td>{{zone}}</td><td>{{model}}{{#technology}}<small>{{.}}</small>{{/technology}}</td>\
    <td>{{lastSeen}}{{#ago}}<small>{{.}}</small>{{/ago}}</td><td><span class="state {{tone}}"><span class="mark" aria-hidden="true">{{mark}}</span>{{state}}</span></td>\
    <td>{{#faults}}<span class="item">{{.}}</span>{{/faults}}{{^hasFaults}}–{{/hasFaults}}</td><td class="n">{{battery}}</td></tr>
    {{/rows}}
    </tbody></table></div>
    {{#hasMore}}
    <nav class="turn" aria-label="Sider av listen"><ul>
    {{#previous}}
    <li><a rel="prev" href="{{.}}">← Forrige</a></li>
    {{/previous}}
    {{#next}}
    <li><a rel="next" href="{{.}}">Neste →</a></li>
    {{/next}}
    </ul></nav>
    {{/hasMore}}
    </section>
    {{/isEmpty}}
    {{/isNothing}}
    <section aria-labelledby="h-register">
    <h2 id="h-register">Legge enheter inn i registeret</h2>
    <p>Registeret er kommunens <code>devices.csv</code> med én linje per enhet og sone: <code>device;zone;profile;dwelling;step;from;to</code>. Enheten skal ha \
    et nummer som ikke peker på en person; nøkkelen ligger i fagsystemet.</p>
    <ul class="notes"><li>Prøv filen først, uten å endre noe: <code>vaktlast devices import --dry-run</code>.</li>
    <li>Legg den inn mens tjenesten går: <code>vaktlast devices import</code>, eller send den som <code>text/csv</code> til \
    <code>POST /api/v1/devices</code> med en nøkkel for administrator.</li>
    <li>En ny fil på samme plass tas også i bruk av seg selv. Er noe galt, gjelder den gamle, og linjene som er feil, blir navngitt.</li></ul>
    </section>
    {{> documentFoot}}

    """

/// One device.
let singleDevicePageTemplate = """
    {{> documentHead}}
    <main id="innhold" tabindex="-1">
    <div class="title">
    <p class="over">{{municipality}}: {{zone}}</p>
    <h1>{{title}}</h1>
    <p class="cover">{{model}}{{#technology}} ({{.}}){{/technology}}</p>
    </div>
    <p class="lead"><span class="state {{tone}}"><span class="mark" aria-hidden="true">{{mark}}</span>{{state}}</span></p>
    <p><a href="{{list}}">Til alle enheter</a></p>
    <section aria-labelledby="h-livstegn">
    <h2 id="h-livstegn">Livstegn \(Glossary.mark("livstegn"))</h2>
    <p>Sist hørt: {{lastSeen}}{{#ago}} ({{.}}){{/ago}}. {{days}}{{#silentDays}} Ingen livstegn {{.}}.{{/silentDays}}</p>
    <svg class="strip" role="img" aria-label="{{days}}" viewBox="0 0 {{width}} 18" width="{{width}}" height="18">\
    {{#strip}}{{#isHeard}}<rect class="heard" x="{{x}}" y="1" width="10" height="16"/>{{/isHeard}}\
    {{^isHeard}}<rect class="unheard" x="{{x}}" y="12" width="10" height="4"/>{{/isHeard}}{{/strip}}</svg>
    </section>
    <section aria-labelledby="h-feil">
    <h2 id="h-feil">Feil og batteri \(Glossary.mark("feil"))</h2>
    {{#hasFaults}}
    <ul>{{#faults}}<li>{{.}}</li>{{/faults}}</ul>
    {{/hasFaults}}
    {{^hasFaults}}
    <p>Ingen åpne feil er meldt.</p>
    {{/hasFaults}}
    <p>Batteri: {{battery}}{{#batteryTime}}, lest {{.}}{{/batteryTime}}.</p>
    </section>
    <section aria-labelledby="h-registrert">
    <h2 id="h-registrert">I registeret \(Glossary.mark("registrert"))</h2>
    {{#hasRegistrations}}
    <div class="scroll" role="region" aria-labelledby="c-registrert" tabindex="0"><table class="figures records">
    <caption id="c-registrert"><span>Hvor enheten er og har vært registrert.</span></caption>
    <thead><tr><th scope="col">Sone</th><th scope="col">Modell</th><th scope="col">Bolig</th><th scope="col" class="n">Trinn</th><th scope="col">Fra</th>\
    <th scope="col">Til</th></tr></thead>
    <tbody>
    {{#registrations}}
    <tr><th scope="row">{{zone}}</th><td>{{model}}</td><td>{{dwelling}}</td><td class="n">{{step}}</td><td>{{from}}</td><td>{{to}}</td></tr>
    {{/registrations}}
    </tbody></table></div>
    {{/hasRegistrations}}
    {{^hasRegistrations}}
    <p>Enheten sender, men står ikke i registeret. Alarmer fra den blir tatt imot; uten register hører den ikke til noen sone.</p>
    {{/hasRegistrations}}
    <p class="note">Alarmer vises ikke her: den som skal rette en enhet, trenger ikke å vite hva beboeren har ringt om.</p>
    </section>
    {{> documentFoot}}

    """
