/// Section of the report: the goals of all frameworks.
let goalsTemplate = """
    <section id="maal" aria-labelledby="h-maal">
    <h2 id="h-maal">{{title}}</h2>
    {{#isEmpty}}
    <p class="empty">Det er ikke lagt inn mål for kommunen. Be den som drifter Vaktlast, legge inn kommunens egne.</p>
    {{/isEmpty}}
    {{#frameworks}}
    {{#hasExamples}}
    {{> exampleBanner}}
    {{/hasExamples}}
    <p>{{about}}{{#own}} <span translate="no">{{.}}</span>{{/own}}</p>
    {{#goals}}
    {{#isSeveral}}
    <h3>{{name}}</h3>
    {{/isSeveral}}
    {{> goal}}
    {{/goals}}
    {{/frameworks}}
    </section>
    """

let exampleBannerTemplate = """
    <p class="banner"><strong>Mål og nullpunkt er \(Glossary.link("eksempel", "eksempler")).</strong> Plandokumentene har ingen målbare mål for teknologi; \
    kommunen setter sine egne i <code>goals.yaml</code>.</p>
    """

/// What a goal's document says, its indicators, and what cannot be measured; below a heading of the caller's.
let goalTemplate = """
    {{#reference}}
    <p class="note" translate="no">{{reference}}</p>
    {{/reference}}
    {{#note}}
    <p translate="no">{{note}}</p>
    {{/note}}
    {{#hasIndicators}}
    <div class="scroll" role="region" aria-labelledby="{{id}}" tabindex="0"><table class="figures indicators">
    <caption id="{{id}}"><span>{{name}}: nullpunkt, mål og resultat {{period}}. Nå-tallet står med \(Glossary.link("intervall", "95\u{A0}%-intervall")).</span></caption>
    <thead><tr><th scope="col">Indikator</th><th scope="col" class="n">Nå</th>\
    <th scope="col">\(Glossary.link("status", "Status")){{#hasTrend}} og \(Glossary.link("utvikling", "utvikling")){{/hasTrend}}</th>\
    <th scope="col" class="n">Mål</th><th scope="col" class="n">\(Glossary.link("nullpunkt", "Nullpunkt"))</th><th scope="col">Bilde</th>\
    <th scope="col">Frist og eier</th></tr></thead>
    <tbody>
    {{#rows}}
    <tr><th scope="row"><a href="{{help}}#{{definition}}">{{name}}</a><small translate="no">{{note}}</small></th><td class="n"><strong>{{value}}</strong><small>{{interval}}</small>\
    <small>{{fraction}}</small>{{#lineage}}<small><a href="{{lineage}}">hva tallet bygger på<span class="hidden">: <span>{{name}}</span></span></a></small>{{/lineage}}\
    {{#whole}}<small><a href="{{whole}}">se hele kommunen<span class="hidden">: <span>{{name}}</span></span></a></small>{{/whole}}</td>\
    <td><span class="badge {{tone}}"><span class="mark" aria-hidden="true">{{mark}}</span>{{status}}</span>{{#hasTrend}}<small>Utvikling: {{trend}}</small>{{/hasTrend}}</td>\
    <td class="n">{{target}}<small>{{direction}}</small></td><td class="n">{{baseline}}<small>{{baselineSource}}</small></td>\
    <td>{{#picture}}<svg class="bullet" viewBox="0 0 160 30" width="136" height="26" \
    aria-hidden="true"><path class="axis" d="M4 15H156" stroke="#aab6bb"/><rect class="range" x="{{low}}" y="9" width="{{width}}" \
    height="12" rx="3" fill="#5896b1"/>{{#baselineX}}<path class="base" d="M{{baselineX}} 4V26" stroke="#4a5b64" \
    stroke-width="2" stroke-dasharray="3 3"/>{{/baselineX}}{{#targetX}}<path class="target" d="M{{targetX}} 2V28" \
    stroke="#16242c" stroke-width="3"/>{{/targetX}}<circle class="point" cx="{{point}}" cy="15" r="4.5" fill="#0b5d78"/></svg>\
    {{/picture}}{{^picture}}–{{/picture}}</td>\
    <td>{{deadline}}{{#isOverdue}}<small>fristen er ute</small>{{/isOverdue}}<small>{{owner}}</small></td></tr>
    {{/rows}}
    </tbody></table></div>
    <ul class="legend" aria-label="Tegnforklaring til bildene"><li><svg viewBox="0 0 28 16" width="28" height="16" \
    aria-hidden="true"><rect class="range" y="3" width="28" height="10" rx="3" fill="#5896b1"/><circle class="point" cx="14" cy="8" \
    r="4.5" fill="#0b5d78"/></svg>nå, med usikkerhet</li><li><svg viewBox="0 0 6 16" width="6" height="16" aria-hidden="true">\
    <path class="target" d="M3 0V16" stroke="#16242c" stroke-width="3"/></svg>mål</li><li><svg viewBox="0 0 6 16" width="6" \
    height="16" aria-hidden="true"><path class="base" d="M3 0V16" stroke="#4a5b64" stroke-width="2" stroke-dasharray="3 3"/></svg>\
    nullpunkt</li></ul>
    {{/hasIndicators}}
    {{#notMeasured}}
    <p class="note">Måles ikke her: {{notMeasured}}</p>
    {{/notMeasured}}
    """

/// A page about one framework, or one goal of it.
let goalsPageTemplate = """
    {{> documentHead}}
    <main id="innhold" tabindex="-1">
    {{> periodMessage}}
    <div class="title">
    <p class="over">{{municipality}}{{#zoneTitle}}: {{zoneTitle}}{{/zoneTitle}}</p>
    <h1>{{title}}</h1>
    <p class="cover">{{coverage}}</p>
    {{#isExternal}}
    <p class="cover"><strong>Ekstern utgave:</strong> \(Report.externalText)</p>
    {{/isExternal}}
    </div>
    {{#hasChoices}}
    <nav class="contents" aria-label="Rammeverk og mål"><ul>
    {{#choices}}
    <li><a href="{{path}}"{{#isCurrent}} aria-current="page"{{/isCurrent}}>{{title}}</a></li>
    {{/choices}}
    </ul></nav>
    {{/hasChoices}}
    {{#hasAnswers}}
    {{> answers}}
    {{/hasAnswers}}
    {{#navigation}}
    {{> navigation}}
    {{/navigation}}
    <p class="source">{{about}}{{#own}} <span translate="no">{{.}}</span>{{/own}}</p>
    {{#hasExamples}}
    {{> exampleBanner}}
    {{/hasExamples}}
    {{#goals}}
    <section aria-labelledby="h-{{id}}">
    <h2 id="h-{{id}}">{{name}}</h2>
    {{> goal}}
    </section>
    {{/goals}}
    {{#load}}
    {{> technologyLoad}}
    {{/load}}
    {{#freed}}
    {{> freed}}
    {{/freed}}
    {{#ledger}}
    {{> ledger}}
    {{/ledger}}
    {{#sources}}
    {{> sources}}
    {{/sources}}
    {{#definitions}}
    {{> definitions}}
    {{/definitions}}
    {{> documentFoot}}

    """

/// What each kind of technology gave of alarms and call-outs.
let technologyLoadTemplate = """
    <section id="belastning-teknologi" aria-labelledby="h-belastning-teknologi">
    <h2 id="h-belastning-teknologi">Hva teknologien gir av belastning\(Glossary.pageMark("teknologibelastning"))</h2>
    <div class="scroll" role="region" aria-labelledby="c-belastning-teknologi" tabindex="0"><table class="figures">
    <caption id="c-belastning-teknologi"><span>Alarmer {{period}} etter enheten de kom fra, uten prøvealarmer. Brukere er boliger med minst én slik enhet \
    ved periodens slutt. En utrykning er en alarm der noen ble sendt.</span></caption>
    <thead><tr><th scope="col">Teknologi eller tilleggsenhet</th><th scope="col" class="n">Brukere</th><th scope="col" class="n">Enheter</th>\
    <th scope="col" class="n">Alarmer</th><th scope="col" class="n">Utrykninger</th><th scope="col" class="n">Utilsiktede</th>\
    <th scope="col" class="n">Tekniske</th></tr></thead>
    <tbody>
    {{#rows}}
    <tr{{#isSum}} class="sum"{{/isSum}}><th scope="row">{{name}}{{#path}}<small><a href="{{path}}">hva tallene bygger på<span class="hidden">: <span>{{name}}</span></span></a></small>{{/path}}</th>\
    <td class="n">{{users}}</td><td class="n">{{devices}}</td>\
    {{#counts}}<td class="n">{{.}}</td>{{/counts}}</tr>
    {{/rows}}
    </tbody></table></div>
    {{#path}}
    <p class="note"><a href="{{path}}">Hva tallet bygger på<span class="hidden">: brukerne av teknologi</span></a></p>
    {{/path}}
    </section>
    """

/// Freed hours by technology, and apart from them what was realised.
let freedTemplate = """
    <section id="frigjort" aria-labelledby="h-frigjort">
    <h2 id="h-frigjort">Frigjort tid er regnet, realisert gevinst er ført</h2>
    <p>{{text}}</p>
    <h3>Frigjort, etter teknologi \(Glossary.mark("frigjort"))</h3>
    {{#picture}}
    {{> barPicture}}
    {{/picture}}
    <div class="scroll" role="region" aria-labelledby="c-frigjort" tabindex="0"><table class="figures">
    <caption id="c-frigjort"><span>Timer i perioden ({{days}}). Lav og høy er forutsetningenes grenser, ikke et statistisk intervall.</span></caption>
    <thead><tr><th scope="col">Teknologi</th><th scope="col">I stedet for</th><th scope="col" class="n">Antall</th><th scope="col" class="n">Spart</th>\
    <th scope="col" class="n">Nytt arbeid</th><th scope="col" class="n">Netto</th><th scope="col" class="n">Lav til høy</th></tr></thead>
    <tbody>
    {{#rows}}
    <tr{{#isSum}} class="sum"{{/isSum}}><th scope="row">{{technology}}</th><td translate="no">{{replaces}}</td><td class="n">{{count}}</td><td class="n">{{freed}}</td>\
    <td class="n">{{newWork}}</td><td class="n"><strong>{{net}}</strong></td><td class="n">{{range}}</td></tr>
    {{/rows}}
    </tbody></table></div>
    {{#path}}
    <p class="note"><a href="{{path}}">Hva tallet bygger på<span class="hidden">: frigjort tid</span></a></p>
    {{/path}}
    {{#reconciliation}}
    <p class="note">{{reconciliation}}</p>
    {{/reconciliation}}
    {{#withoutMinutes}}
    <p class="note">{{withoutMinutes}}</p>
    {{/withoutMinutes}}
    {{#uncounted}}
    <p class="note">Ikke talt opp her ennå: {{uncounted}}.</p>
    {{/uncounted}}
    <h3>Realisert \(Glossary.mark("realisert"))</h3>
    <p><strong>{{realised}}.</strong> {{realisedDetail}}{{#realisedLinks}}{{> traces}}{{/realisedLinks}}</p>
    </section>
    """
