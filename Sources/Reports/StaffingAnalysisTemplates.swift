/// Load against staffing: the replay first, then what mends it, then pictures and tables.
let staffingAnalysisTemplate = """
    {{#headline}}
    <p class="lead">{{headline}}</p>
    {{/headline}}
    {{#hasUnstaffed}}
    <h3>Ingen på vakt</h3>
    <p>{{#unstaffed}}{{.}} {{/unstaffed}}</p>
    {{/hasUnstaffed}}
    {{#hasReplay}}
    <h3>Svakeste vakt \(Glossary.mark("svakeste-vakt"))</h3>
    <p>{{#worst}}{{.}} {{/worst}}</p>
    <h3>Å bøte på det \(Glossary.mark("bote"))</h3>
    <p>{{#mend}}{{.}} {{/mend}}</p>
    {{#hasSteps}}
    <div class="scroll" role="region" aria-labelledby="c-boter" tabindex="0"><table class="figures">
    <caption id="c-boter"><span>Steg for steg: hver gang endringen som ga mest for pengene. «For sene» er utrykninger som mangler til normen.</span></caption>
    <thead><tr><th scope="col">Steg</th><th scope="col">Endring</th><th scope="col" class="n">Kroner i året</th>\
    <th scope="col" class="n">For sene før</th><th scope="col" class="n">Etter</th><th scope="col" class="n">Framme {{within}}</th></tr></thead>
    <tbody>
    {{#steps}}
    <tr><th scope="row">{{number}}</th><td>{{change}}{{#isLeftOut}}<small>trengtes ikke likevel</small>{{/isLeftOut}}</td><td class="n">{{kroner}}</td>\
    <td class="n">{{before}}</td><td class="n">{{after}}</td><td class="n">{{share}}</td></tr>
    {{/steps}}
    </tbody></table></div>
    {{/hasSteps}}
    {{#hasPooling}}
    <h3>Slå sammen to soner om natten</h3>
    <p>{{#pooling}}{{.}} {{/pooling}}</p>
    {{/hasPooling}}
    {{/hasReplay}}
    {{#whatIfs}}
    <h3>Hva om: {{name}} \(Glossary.mark("hva-om"))</h3>
    <ul>{{#changes}}<li>{{.}}</li>{{/changes}}</ul>
    <p>Forskjell: {{difference}}. Kostnad: {{cost}} i året ({{hours}}).</p>
    {{#unstaffed}}<p><strong>{{.}}</strong></p>
    {{/unstaffed}}
    <div class="scroll" role="region" aria-labelledby="{{id}}" tabindex="0"><table class="figures">
    <caption id="{{id}}"><span>{{name}}: de samme utrykningene mot dagens turnus og den endrede.</span></caption>
    <thead><tr><th scope="col">Turnus</th><th scope="col" class="n">Utrykninger</th><th scope="col" class="n">\(Glossary.link("framme-innen-normen", "Framme innen normen"))</th>\
    <th scope="col" class="n">\(Glossary.link("ni-av-ti", "9 av 10 på"))</th><th scope="col" class="n">\(Glossary.link("matte-vente", "Måtte vente"))</th><th scope="col" class="n">Hjelp fra annen sone</th>\
    <th scope="col" class="n">\(Glossary.link("overtid", "Overtid (timer)"))</th></tr></thead>
    <tbody>
    {{#rows}}
    <tr><th scope="row">{{name}}</th><td class="n">{{callOuts}}</td><td class="n">{{share.value}}<small>{{share.interval}}</small></td>\
    <td class="n">{{p90}}</td><td class="n">{{waited}}</td><td class="n">{{cross}}</td><td class="n">{{overtime}}</td></tr>
    {{/rows}}
    </tbody></table></div>
    {{/whatIfs}}
    {{#hasAlternatives}}
    <h3>Turnusalternativer</h3>
    <div class="scroll" role="region" aria-labelledby="c-alternativer" tabindex="0"><table class="figures">
    <caption id="c-alternativer"><span>De samme utrykningene mot hver turnus. Timer og kroner er for et år på 52 uker, med kalenderårets helligdager.</span></caption>
    <thead><tr><th scope="col">Turnus</th><th scope="col" class="n">\(Glossary.link("framme-innen-normen", "Framme {{within}}"))</th><th scope="col">\(Glossary.link("trukket-om", "Mot i dag"))</th>\
    <th scope="col" class="n">Av tida på utrykning</th><th scope="col" class="n">\(Glossary.link("turnuskostnad", "Timer i året"))</th><th scope="col" class="n">Kroner i året</th>\
    <th scope="col" class="n">Natt</th><th scope="col" class="n">Helg</th><th scope="col" class="n">\(Glossary.link("hvilefunn", "Hvilefunn"))</th></tr></thead>
    <tbody>
    {{#alternatives}}
    <tr><th scope="row">{{name}}</th><td class="n">{{share.value}}<small>{{share.interval}}</small></td><td>{{difference}}</td><td class="n">{{load}}</td>\
    <td class="n">{{hours}}</td><td class="n">{{kroner}}</td><td class="n">{{night}}</td><td class="n">{{weekend}}</td><td class="n">{{rest}}</td></tr>
    {{/alternatives}}
    </tbody></table></div>
    <ul class="notes">{{#alternativeNotes}}<li>{{.}}</li>{{/alternativeNotes}}</ul>
    {{/hasAlternatives}}
    {{#overlaps}}
    {{> overlapBars}}
    {{/overlaps}}
    {{#hasShifts}}
    <details class="long"><summary><h3>Vakt for vakt</h3></summary>
    <div class="scroll" role="region" aria-labelledby="c-vakter" tabindex="0"><table class="figures">
    <caption id="c-vakter"><span>«Hit» er utrykninger til alarmer i sonen, spilt mot dagens turnus; framme og ni av ti regnes av dem. «Herfra» er dem sonens \
    egne folk tok, slik det ble målt; resten regnes av dem. Erlang er hvor mange som i snitt er ute; 50–90 er halvparten av vaktene og ni av ti.</span></caption>
    <thead><tr><th scope="col">Sone</th><th scope="col">Vakt</th><th scope="col" class="n">\(Glossary.link("hit-herfra", "Hit"))</th><th scope="col" class="n">\(Glossary.link("framme-innen-normen", "Framme {{within}}"))</th>\
    <th scope="col" class="n">9 av 10 på</th><th scope="col" class="n">Herfra</th><th scope="col" class="n">Erlang</th><th scope="col" class="n">\(Glossary.link("vanlig-og-tung", "50–90"))</th>\
    <th scope="col" class="n">Andel av vakttiden</th><th scope="col" class="n">\(Glossary.link("ledig", "Ledig etter planlagt (timer)"))</th></tr></thead>
    <tbody>
    {{#shifts}}
    <tr><th scope="row">{{zone}}</th><td>{{kind}}</td><td class="n">{{arriving}}</td><td class="n">{{share.value}}<small>{{share.interval}}</small></td>\
    <td class="n">{{p90}}</td><td class="n">{{callOuts}}</td><td class="n">{{erlang}}</td><td class="n">{{band}}</td>\
    <td class="n">{{unplanned.value}}<small>{{unplanned.interval}}</small></td><td class="n">{{free}}</td></tr>
    {{/shifts}}
    </tbody></table></div></details>
    {{/hasShifts}}
    {{#hasRequired}}
    <details class="long"><summary><h3>Hva modellene krever</h3></summary>
    <div class="scroll" role="region" aria-labelledby="c-krav" tabindex="0"><table class="figures">
    <caption id="c-krav"><span>Hvor mange på vakt normen krever i den tyngste timen, mot det færreste turnusen har. Fotnoter i docs/staffing.md.</span></caption>
    <thead><tr><th scope="col">Sone</th><th scope="col">Vakt</th><th scope="col" class="n">Utrykninger</th><th scope="col" class="n">I turnus, færrest</th>\
    <th scope="col" class="n">\(Glossary.link("erlang-c", "Erlang C"))</th><th scope="col" class="n">\(Glossary.link("tilbudt-last", "Tilbudt last"))</th><th scope="col" class="n">Tyngste time</th><th scope="col">\(Glossary.link("dom", "Dom"))</th></tr></thead>
    <tbody>
    {{#required}}
    <tr><th scope="row">{{zone}}</th><td>{{kind}}</td><td class="n">{{callOuts}}</td><td class="n">{{rostered}}</td><td class="n">{{erlang}}</td>\
    <td class="n">{{load}}</td><td class="n">{{hour}}</td><td>{{verdict}}</td></tr>
    {{/required}}
    </tbody></table></div>
    {{#hasHelping}}
    <div class="scroll" role="region" aria-labelledby="c-hjelp" tabindex="0"><table class="figures">
    <caption id="c-hjelp"><span>Hvor mange på vakt normen krever der \(Glossary.link("hyperkube", "soner hjelper hverandre")) (hyperkubemodellen), i den tyngste timen.</span></caption>
    <thead><tr><th scope="col">Soner</th><th scope="col">Vakt</th><th scope="col">Trengs i alt</th><th scope="col" class="n">Framme {{within}}</th>\
    <th scope="col" class="n">Hjelp mellom soner</th><th scope="col" class="n">Ekstra reise i snitt</th></tr></thead>
    <tbody>
    {{#helping}}
    <tr><th scope="row">{{zones}}</th><td>{{kind}}</td><td>{{need}}</td><td class="n">{{share}}</td><td class="n">{{cross}}</td><td class="n">{{help}}</td></tr>
    {{/helping}}
    </tbody></table></div>
    {{/hasHelping}}
    {{#assumptions}}<p class="note">{{.}}</p>{{/assumptions}}
    </details>
    {{/hasRequired}}
    {{#capacity}}
    <details class="long"><summary><h3>Kapasitet: fra årsverk til tid hos brukere</h3></summary>
    <div class="scroll" role="region" aria-labelledby="c-kapasitet" tabindex="0"><table class="figures">
    <caption id="c-kapasitet"><span>\(Glossary.link("kapasitet", "Et årsverk i {{year}}")), ledd for ledd.</span></caption>
    <thead><tr><th scope="col">Ledd</th><th scope="col" class="n">Timer</th><th scope="col" class="n">Igjen</th><th scope="col">Kilde</th></tr></thead>
    <tbody>
    {{#steps}}
    <tr{{#isSum}} class="sum"{{/isSum}}><th scope="row">{{name}}<small>{{calculation}}</small></th><td class="n">{{hours}}</td><td class="n">{{remaining}}</td><td>{{source}}</td></tr>
    {{/steps}}
    </tbody></table></div>
    <div class="scroll" role="region" aria-labelledby="c-arsverk" tabindex="0"><table class="figures">
    <caption id="c-arsverk"><span>Turnusens {{hours}} timer i året, {{kroner}}, som \(Glossary.link("arsverk", "årsverk")) etter ulike definisjoner.</span></caption>
    <thead><tr><th scope="col">Definisjon</th><th scope="col" class="n">Årsverk</th></tr></thead>
    <tbody>
    {{#equivalents}}
    <tr><th scope="row">{{name}}<small>{{explanation}}</small></th><td class="n">{{value}}</td></tr>
    {{/equivalents}}
    </tbody></table></div></details>
    {{/capacity}}
    <ul class="notes">{{#notes}}<li>{{> pieces}}</li>{{/notes}}</ul>
    """

/// How often several responses were open at once, with its table. The third level is hatched: colour alone says nothing.
let overlapBarsTemplate = """
    <h3>Flere utrykninger samtidig</h3>
    <figure class="chart long">
    <div class="scroll" role="region" aria-labelledby="samtidig-t" tabindex="0">
    <svg role="img" aria-labelledby="samtidig-t samtidig-d" viewBox="0 0 720 {{height}}" width="720" height="{{height}}">
    <title id="samtidig-t">Andel av tida med minst én, to og tre utrykninger samtidig, etter sone og vakt</title>
    <desc id="samtidig-d">{{summary}}</desc>
    <defs><pattern id="samtidig-p" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
    <rect width="4" height="4" class="hatch-back" fill="#f6d5cc"/><path d="M0 0V4" class="hatch-line" stroke="#a3341f" \
    stroke-width="3"/></pattern></defs>
    <g class="grid" stroke="#d5dcdf">{{#ticks}}<path d="M{{x}} 14V{{bottom}}"/>{{/ticks}}</g>
    <g class="labels" fill="#4a5b64" font-size="11">{{#ticks}}<text x="{{x}}" y="10" text-anchor="middle">{{text}}</text>{{/ticks}}\
    <g text-anchor="end">{{#bars}}<text x="184" y="{{textY}}">{{name}}</text>{{/bars}}</g></g>
    {{#levels}}<path class="level{{level}}" fill="{{fill}}" d="{{path}}"/>{{/levels}}
    </svg></div>
    <ul class="legend" aria-label="Tegnforklaring"><li><span class="swatch level1"></span>minst én</li><li><span class="swatch level2"></span>minst to</li>\
    <li><svg class="swatch" viewBox="0 0 24 16" width="24" height="16" aria-hidden="true"><rect width="24" height="16" class="hatch-back" \
    fill="#f6d5cc"/><path d="M-6 16L10 0M2 16L18 0M10 16L26 0M18 16L34 0" class="hatch-line" stroke="#a3341f" stroke-width="3"/></svg>minst tre</li></ul>
    <figcaption>{{summary}}</figcaption>
    <details class="long"><summary>Tallene bak bildet: samtidighet</summary>
    <div class="scroll" role="region" aria-labelledby="c-samtidige" tabindex="0"><table class="figures">
    <caption id="c-samtidige"><span>Minst én, to og tre utrykninger samtidig: hvor ofte det begynte, andel av tida, og den lengste.</span></caption>
    <thead><tr><th scope="col" rowspan="2">Sone</th><th scope="col" rowspan="2">Vakt</th><th scope="colgroup" colspan="3">Minst én</th>\
    <th scope="colgroup" colspan="3">Minst to</th><th scope="colgroup" colspan="3">Minst tre</th></tr>
    <tr><th scope="col" class="n">Ganger</th><th scope="col" class="n">Andel</th><th scope="col" class="n">Lengst</th>\
    <th scope="col" class="n">Ganger</th><th scope="col" class="n">Andel</th><th scope="col" class="n">Lengst</th>\
    <th scope="col" class="n">Ganger</th><th scope="col" class="n">Andel</th><th scope="col" class="n">Lengst</th></tr></thead>
    <tbody>
    {{#rows}}
    <tr><th scope="row">{{name}}</th><td>{{kind}}</td>{{#levels}}<td class="n">{{times}}</td><td class="n">{{share}}</td><td class="n">{{longest}}</td>{{/levels}}</tr>
    {{/rows}}
    </tbody></table></div></details>
    </figure>
    """

/// The analysis alone, as a file.
let staffingPageTemplate = """
    <!doctype html>
    <html lang="nb">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>{{documentTitle}}</title>
    <style>
    {{{styleText}}}
    </style>
    </head>
    <body>
    <a class="skip" href="#innhold">Hopp til innholdet</a>
    <header class="site"><div class="bar"><p class="brand">Vaktlast</p></div></header>
    <main id="innhold" tabindex="-1">
    <div class="title"><p class="over">{{municipality}}</p><h1>{{title}}</h1><p class="cover">{{coverage}}</p></div>
    <section aria-labelledby="h-svar">
    <h2 id="h-svar">Hva turnusen bærer</h2>
    {{#analysis}}{{> staffingAnalysis}}{{/analysis}}
    <h3>Uka time for time</h3>
    <p>{{weekText}}</p>
    {{#charts}}
    {{> chart}}
    {{/charts}}
    </section>
    {{#definitions}}
    {{> definitions}}
    {{/definitions}}
    </main>
    <footer class="site"><p>{{provenance}}</p></footer>
    </body>
    </html>

    """
