/// Where a projection is left out that begins from what is withheld.
let projectionWithheldText = "Framskrivingen er skjult i den eksterne utgaven: den regner fra utrykninger eller brukere som det er for få av til å fortelle om."

/// The page of years to come, of the comparison with others and of places.
let planPageTemplate = """
    {{> documentHead}}
    <main id="innhold" tabindex="-1">
    {{> periodMessage}}
    <div class="title">
    <p class="over">{{municipality}}</p>
    <h1>{{title}}</h1>
    <p class="cover">{{lead}}</p>
    {{#isExternal}}
    <p class="cover"><strong>Ekstern utgave:</strong> \(Report.externalText)</p>
    {{/isExternal}}
    </div>
    {{#isEmpty}}
    <p class="empty">Kommunen har ikke lagt inn noe å planlegge med. <code>municipality.yaml</code> kan navngi <code>population</code>, \
    <code>usersByAge</code> og <code>projection</code> (framskriving), <code>kostra</code> (sammenligning) og <code>capacity</code> (plasser).</p>
    {{/isEmpty}}
    {{#isProjectionWithheld}}
    <section id="framskriving" aria-labelledby="h-framskriving">
    <h2 id="h-framskriving">Hva kommer, og hva skal til?</h2>
    <p class="empty">\(projectionWithheldText)</p>
    </section>
    {{/isProjectionWithheld}}
    {{#projection}}
    {{> projection}}
    {{/projection}}
    {{#kostra}}
    {{> kostra}}
    {{/kostra}}
    {{#capacity}}
    {{> capacity}}
    {{/capacity}}
    {{#sources}}
    {{> sources}}
    {{/sources}}
    {{> documentFoot}}

    """

let projectionTemplate = """
    <section id="framskriving" aria-labelledby="h-framskriving">
    <h2 id="h-framskriving">Hva kommer, og hva skal til?\(Glossary.pageMark("framskriving"))</h2>
    {{#banner}}
    <p class="banner"><strong>{{banner}}</strong></p>
    {{/banner}}
    <p class="lead">{{conclusion}}</p>
    {{#caution}}
    <p class="note">{{caution}}</p>
    {{/caution}}
    <p>{{today}}</p>
    {{#hasStarts}}
    <p class="note">Hva dagens tall bygger på: {{#starts}}<a href="{{path}}">{{name}}</a>{{^isLast}} · {{/isLast}}{{/starts}}</p>
    {{/hasStarts}}
    {{#pictures}}
    {{> yearPicture}}
    {{/pictures}}
    <div class="scroll" role="region" aria-labelledby="c-framskriving" tabindex="0"><table class="figures">
    <caption id="c-framskriving"><span>\(Glossary.pageLink("framskriving", "Lav, hoved og høy")) følger befolkningens alternativer og forutsetningene; de er ikke statistiske intervaller.</span></caption>
    <thead><tr><th scope="col">År</th><th scope="col">Nivå</th><th scope="col" class="n">Innbyggere 80+</th><th scope="col" class="n">Brukere av alarm</th>\
    <th scope="col" class="n">Utrykninger per 30 døgn</th><th scope="col" class="n">Timer i året</th><th scope="col" class="n">\(Glossary.pageLink("arsverk-framover", "Årsverk som trengs"))</th>\
    <th scope="col" class="n">Årsverk å få</th><th scope="col" class="n">Gap</th><th scope="col" class="n">\(Glossary.pageLink("arsverk-framover", "Må bort for dagens bemanning"))</th>\
    <th scope="col" class="n">Løst på sentralen da</th></tr></thead>
    {{#years}}
    <tbody>
    {{#rows}}
    <tr>{{#isFirst}}<th scope="rowgroup" rowspan="{{count}}">{{year}}</th>{{/isFirst}}<td>{{level}}</td><td class="n">{{old}}</td><td class="n">{{users}}</td>\
    <td class="n">{{callOuts}}</td><td class="n">{{hours}}</td><td class="n">{{need}}</td><td class="n">{{available}}</td><td class="n">{{gap}}</td>\
    <td class="n">{{replaced}}</td><td class="n">{{centre}}</td></tr>
    {{/rows}}
    </tbody>
    {{/years}}
    </table></div>
    <h3>Slik er det regnet</h3>
    <ul class="notes">
    {{#method}}
    <li>{{.}}</li>
    {{/method}}
    </ul>
    </section>
    """

let kostraTemplate = """
    <section id="kostra" aria-labelledby="h-kostra">
    <h2 id="h-kostra">Sammenlignet med andre (KOSTRA)</h2>
    {{#sentences}}
    <p>{{.}}</p>
    {{/sentences}}
    {{#picture}}
    {{> barPicture}}
    {{/picture}}
    <div class="scroll" role="region" aria-labelledby="c-kostra" tabindex="0"><table class="figures">
    <caption id="c-kostra"><span>\(Glossary.pageLink("kostra", "Andel av innbyggerne")) i aldersgruppen som har tjenester. KOSTRA teller alle; intervallet sier hvor mye tall av denne størrelsen \
    svinger tilfeldig fra år til år.</span></caption>
    <thead><tr><th scope="col">År</th><th scope="col">Alder</th><th scope="col" class="n">Hjemmetjenester</th><th scope="col" class="n">Institusjon</th>\
    <th scope="col" class="n">{{name}}</th><th scope="col" class="n">{{group}}</th><th scope="col" class="n">Differanse i prosentpoeng</th>\
    <th scope="col" class="n">Innbyggere</th><th scope="col" class="n">Brukere mot gruppen</th></tr></thead>
    <tbody>
    {{#rows}}
    <tr><th scope="row">{{year}}</th><td>{{age}}</td><td class="n">{{home}}</td><td class="n">{{institution}}</td><td class="n"><strong>{{own}}</strong></td>\
    <td class="n">{{other}}</td><td class="n">{{difference}}</td><td class="n">{{inhabitants}}</td><td class="n">{{above}}<small>{{bounds}}</small></td></tr>
    {{/rows}}
    </tbody></table></div>
    </section>
    """

let capacityTemplate = """
    <section id="plasser" aria-labelledby="h-plasser">
    <h2 id="h-plasser">Plasser og boliger</h2>
    {{#sentences}}
    <p>{{.}}</p>
    {{/sentences}}
    {{#picture}}
    {{> barPicture}}
    {{/picture}}
    <div class="scroll" role="region" aria-labelledby="c-plasser" tabindex="0"><table class="figures">
    <caption id="c-plasser"><span>\(Glossary.pageLink("plasser", "Plasser og boliger")) etter område, som kommunens plan teller dem.</span></caption>
    <thead><tr><th scope="col">Område</th>{{#kinds}}<th scope="col" class="n">{{.}}</th>{{/kinds}}</tr></thead>
    <tbody>
    {{#rows}}
    <tr{{#isSum}} class="sum"{{/isSum}}><th scope="row">{{area}}</th>{{#cells}}<td class="n">{{.}}</td>{{/cells}}</tr>
    {{/rows}}
    </tbody></table></div>
    <div class="scroll" role="region" aria-labelledby="c-trinn" tabindex="0"><table class="figures">
    <caption id="c-trinn"><span>Etter trinn i trappa. Trinnet er kommunens egen plassering; i det som følger med, er det et eksempel.</span></caption>
    <thead><tr><th scope="col">Trinn</th><th scope="col" class="n">Plasser og boliger</th></tr></thead>
    <tbody>
    {{#steps}}
    <tr><th scope="row">{{step}}</th><td class="n">{{places}}</td></tr>
    {{/steps}}
    </tbody></table></div>
    </section>
    """
