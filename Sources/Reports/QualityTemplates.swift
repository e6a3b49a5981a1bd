/// Whether the figures can be trusted, and what was refused.
let qualityPageTemplate = """
    {{> documentHead}}
    <main id="innhold" tabindex="-1">
    <div class="title">
    <p class="over">{{municipality}}</p>
    <h1>{{title}}</h1>
    </div>
    <p class="lead">{{lead}}</p>
    <section aria-labelledby="h-sjekk">
    <h2 id="h-sjekk">Kan vi stole på tallene?</h2>
    <ul class="checks findings">
    {{#checks}}
    <li class="{{tone}}"><span class="mark" aria-hidden="true">{{mark}}</span><div><h3>{{title}} <a class="why" href="{{help}}#{{definition}}">\
    <span aria-hidden="true">?</span><span class="hidden">Hva betyr {{term}}?</span></a></h3><p>{{state}}</p>\
    {{#hasMore}}<p><strong>For tallene:</strong> {{meaning}}</p><p><strong>Gjør:</strong> {{> pieces}}</p>{{/hasMore}}</div></li>
    {{/checks}}
    </ul>
    </section>
    <section aria-labelledby="h-kilder">
    <h2 id="h-kilder">Kildene</h2>
    {{^hasLedgers}}
    <p class="empty">Ingen kilde har sendt noe ennå.</p>
    {{/hasLedgers}}
    {{#hasLedgers}}
    <div class="scroll" role="region" aria-labelledby="c-kilder" tabindex="0"><table class="figures">
    <caption id="c-kilder"><span>\(Glossary.link("avstemming", "Avstemming")) per kilde, hendelser siden start: mottatt = godtatt + duplikater + avvist.</span></caption>
    <thead><tr><th scope="col">Kilde</th><th scope="col" class="n">Mottatt</th><th scope="col" class="n">Godtatt</th>\
    <th scope="col" class="n">\(Glossary.link("duplikater", "Duplikater"))</th><th scope="col" class="n">\(Glossary.link("avvist", "Avvist"))</th>\
    <th scope="col" class="n">\(Glossary.link("forsinket", "Forsinket"))</th><th scope="col" class="n">\(Glossary.link("klokke", "Klokkefeil"))</th>\
    <th scope="col" class="n">\(Glossary.link("gjenbruk", "Gjenbrukt nummer"))</th><th scope="col">Nummer</th>\
    <th scope="col" class="n">\(Glossary.link("manglende", "Mangler"))</th></tr></thead>
    <tbody>
    {{#ledgers}}
    <tr><th scope="row" translate="no">{{source}}</th><td class="n">{{received}}</td><td class="n">{{accepted}}</td><td class="n">{{duplicates}}</td>\
    <td class="n">{{rejected}}</td><td class="n">{{late}}</td><td class="n">{{clocks}}</td><td class="n">{{reuse}}{{#reuseSince}}<small>fra {{.}}</small>{{/reuseSince}}</td>\
    <td>{{numbers}}</td><td class="n">{{missing}}</td></tr>
    {{/ledgers}}
    </tbody></table></div>
    <p class="note">Kommer noe sent, eller leses det på nytt, endres tall som alt er vist: det er \(Glossary.link("rettelser", "rettelser")).</p>
    {{/hasLedgers}}
    {{#hasGaps}}
    <h3>Nummer som mangler</h3>
    <div class="scroll" role="region" aria-labelledby="c-hull" tabindex="0"><table class="figures records">
    <caption id="c-hull"><span>Send disse spennene til kilden. Bare kilden vet når hendelsene ble sendt.</span></caption>
    <thead><tr><th scope="col">Kilde</th><th scope="col">Nummer</th><th scope="col" class="n">Antall</th></tr></thead>
    <tbody>
    {{#gaps}}
    <tr><th scope="row" translate="no">{{source}}</th><td>{{range}}</td><td class="n">{{count}}</td></tr>
    {{/gaps}}
    </tbody></table></div>
    {{/hasGaps}}
    </section>
    <section id="karantene" aria-labelledby="h-karantene">
    <h2 id="h-karantene">Karantene \(Glossary.mark("avvist"))</h2>
    {{#outcome}}
    <p class="banner" role="status">{{outcome}}</p>
    {{/outcome}}
    {{#running}}
    <p class="banner" role="status">{{running}}</p>
    {{/running}}
    {{^hasRefused}}
    <p class="empty">Ingenting ligger i karantene.</p>
    {{/hasRefused}}
    {{#hasRefused}}
    <div class="scroll" role="region" aria-labelledby="c-arsaker" tabindex="0"><table class="figures records">
    <caption id="c-arsaker"><span>Årsaker, de vanligste først.</span></caption>
    <thead><tr><th scope="col">Årsak</th><th scope="col">Kilde</th><th scope="col" class="n">Antall</th><th scope="col">Første og siste</th><th scope="col">Gjør</th></tr></thead>
    <tbody>
    {{#refusals}}
    <tr><th scope="row">{{reason}}<small><code>{{code}}</code></small></th><td translate="no">{{source}}</td><td class="n">{{count}}</td><td>{{first}}<small>til {{last}}</small></td>\
    <td>{{todo}}</td></tr>
    {{/refusals}}
    </tbody></table></div>
    {{#replay}}
    <form class="act" method="post" action="{{path}}">
    {{#token}}
    <input type="hidden" name="skjema" value="{{token}}">
    {{/token}}
    {{#fields}}
    <input type="hidden" name="{{name}}" value="{{value}}">
    {{/fields}}
    <p>Er årsaken rettet? Da leses hele journalen på nytt med oppsettet som gjelder nå. Det som godtas, regnes med der det hørte hjemme. \
    Alarmer blir tatt imot imens, og sidene viser de gamle tallene til de nye er klare. Det skrives i loggen hvem som ba om det.</p>
    <button type="submit">Prøv igjen</button>
    </form>
    {{/replay}}
    <div class="scroll" role="region" aria-labelledby="c-avvist" tabindex="0"><table class="figures records">
    <caption id="c-avvist"><span>Det som er avvist, det eldste først. Posisjonen er meldingens plass i journalen.</span></caption>
    <thead><tr><th scope="col" class="n">Posisjon</th><th scope="col">Mottatt</th><th scope="col">Kilde</th><th scope="col">Årsak</th><th scope="col">Innhold</th></tr></thead>
    <tbody>
    {{#refused}}
    <tr><th scope="row" class="n">{{position}}{{#index}}<small>hendelse {{.}}</small>{{/index}}</th><td>{{received}}</td><td translate="no">{{source}}</td>\
    <td>{{reason}}{{#id}}<small>id {{.}}</small>{{/id}}</td><td><details><summary>Vis<span class="hidden"> innholdet på posisjon {{position}}</span></summary>\
    <pre>{{excerpt}}</pre></details></td></tr>
    {{/refused}}
    </tbody></table></div>
    <nav class="turn" aria-label="Sider av karantenen"><ul>
    {{^isFirstPage}}
    <li><a href="{{first}}">← Til den første</a></li>
    {{/isFirstPage}}
    {{#next}}
    <li><a rel="next" href="{{.}}">Neste →</a></li>
    {{/next}}
    </ul></nav>
    {{/hasRefused}}
    </section>
    {{> documentFoot}}

    """
