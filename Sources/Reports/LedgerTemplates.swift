/// The benefit ledger: its sums, the form, and its lines.
let ledgerTemplate = """
    <section id="gevinst" aria-labelledby="h-gevinst">
    <h2 id="h-gevinst">Gevinstregnskapet \(Glossary.mark("realisert"))</h2>
    <p>Her fører lederne det som faktisk er tatt ut, i timer eller kroner. Det legges aldri sammen med frigjort tid, som er et regnestykke. Ingenting slettes: \
    en feil rettes med en ny linje med motsatt fortegn.</p>
    {{#isExample}}
    <p class="banner"><strong>Linjene i filen er eksempler.</strong> Tøm <code>benefit-ledger.csv</code> når dere begynner å føre selv.</p>
    {{/isExample}}
    {{#message}}
    <p class="banner" role="status">{{message}}</p>
    {{/message}}
    <div class="scroll" role="region" aria-labelledby="c-gevinst" tabindex="0"><table class="figures">
    <caption id="c-gevinst"><span>Realisert, etter hva det ble brukt til. I {{year}} er fra nyttår til og med {{until}}, som i svaret om hva som ble realisert.</span></caption>
    <thead><tr><th scope="col">Brukt til</th><th scope="col" class="n">Timer i {{year}}</th><th scope="col" class="n">Kroner i {{year}}</th>\
    <th scope="col" class="n">Timer i alt</th><th scope="col" class="n">Kroner i alt</th></tr></thead>
    <tbody>
    {{#sums}}
    <tr{{#isSum}} class="sum"{{/isSum}}><th scope="row">{{name}}</th><td class="n">{{hours}}</td><td class="n">{{kroner}}</td><td class="n">{{allHours}}</td>\
    <td class="n">{{allKroner}}</td></tr>
    {{/sums}}
    </tbody></table></div>
    {{#later}}
    <p class="note">{{later}}</p>
    {{/later}}
    {{#form}}
    <h3 id="h-for">Før en gevinst</h3>
    {{#problems}}
    <p class="message" role="alert">{{problems}}</p>
    {{/problems}}
    <form class="entry" method="post" action="{{path}}" aria-labelledby="h-for">
    {{#token}}
    <input type="hidden" name="skjema" value="{{token}}">
    {{/token}}
    {{#fields}}
    <input type="hidden" name="{{name}}" value="{{value}}">
    {{/fields}}
    {{#day}}<div class="field"><label for="g-dato">Dato den ble tatt ut</label><input id="g-dato" name="dato" type="date" value="{{value}}" required\
    {{#problem}} aria-invalid="true" aria-describedby="g-dato-feil"{{/problem}}>{{#problem}}<p class="message" id="g-dato-feil">{{problem}}</p>{{/problem}}</div>{{/day}}
    {{#hours}}<div class="field"><label for="g-timer">Timer</label><input id="g-timer" name="timer" inputmode="decimal" value="{{value}}" autocomplete="off"\
    {{#problem}} aria-invalid="true" aria-describedby="g-timer-feil"{{/problem}}>{{#problem}}<p class="message" id="g-timer-feil">{{problem}}</p>{{/problem}}</div>{{/hours}}
    {{#kroner}}<div class="field"><label for="g-kroner">Kroner</label><input id="g-kroner" name="kroner" inputmode="decimal" value="{{value}}" autocomplete="off"\
    {{#problem}} aria-invalid="true" aria-describedby="g-kroner-feil"{{/problem}}>{{#problem}}<p class="message" id="g-kroner-feil">{{problem}}</p>{{/problem}}</div>{{/kroner}}
    {{#use}}<div class="field"><label for="g-bruk">Brukt til</label><select id="g-bruk" name="bruk" required\
    {{#problem}} aria-invalid="true" aria-describedby="g-bruk-feil"{{/problem}}>{{#options}}<option value="{{value}}"{{#isSelected}} selected{{/isSelected}}>{{title}}</option>{{/options}}\
    </select>{{#problem}}<p class="message" id="g-bruk-feil">{{problem}}</p>{{/problem}}</div>{{/use}}
    {{#technology}}<div class="field"><label for="g-teknologi">Teknologi</label><select id="g-teknologi" name="teknologi"\
    {{#problem}} aria-invalid="true" aria-describedby="g-teknologi-feil"{{/problem}}>{{#options}}<option value="{{value}}"{{#isSelected}} selected{{/isSelected}}>{{title}}</option>{{/options}}\
    </select>{{#problem}}<p class="message" id="g-teknologi-feil">{{problem}}</p>{{/problem}}</div>{{/technology}}
    {{#goal}}<div class="field"><label for="g-maal">Mål</label><select id="g-maal" name="gevinstmaal"\
    {{#problem}} aria-invalid="true" aria-describedby="g-maal-feil"{{/problem}}>{{#options}}<option value="{{value}}"{{#isSelected}} selected{{/isSelected}}>{{title}}</option>{{/options}}\
    </select>{{#problem}}<p class="message" id="g-maal-feil">{{problem}}</p>{{/problem}}</div>{{/goal}}
    {{#note}}<div class="field wide"><label for="g-merknad">Merknad</label><input id="g-merknad" name="merknad" value="{{value}}" maxlength="300" autocomplete="off"\
     aria-describedby="g-merknad-hjelp{{#problem}} g-merknad-feil{{/problem}}"{{#problem}} aria-invalid="true"{{/problem}}>\
    <p class="help" id="g-merknad-hjelp">Hva som ble endret. Ingen navn eller fødselsnumre, verken på brukere eller ansatte.</p>\
    {{#problem}}<p class="message" id="g-merknad-feil">{{problem}}</p>{{/problem}}</div>{{/note}}
    <button type="submit">Før gevinsten</button>
    </form>
    {{/form}}
    <h3>Linjene</h3>
    {{#isEmpty}}
    <p class="empty">Ingenting er ført ennå. Frigjort tid blir ikke gevinst av seg selv.</p>
    {{/isEmpty}}
    {{^isEmpty}}
    <div class="scroll" role="region" aria-labelledby="c-linjer" tabindex="0"><table class="figures records">
    <caption id="c-linjer"><span>Det som er ført, det nyeste først.</span></caption>
    <thead><tr><th scope="col">Dato</th><th scope="col" class="n">Timer</th><th scope="col" class="n">Kroner</th><th scope="col">Brukt til</th>\
    <th scope="col">Teknologi eller mål</th><th scope="col">Merknad</th><th scope="col">Ført</th></tr></thead>
    <tbody>
    {{#lines}}
    <tr><th scope="row">{{day}}{{#number}}<small>linje {{.}}</small>{{/number}}</th><td class="n">{{hours}}</td><td class="n">{{kroner}}</td><td>{{use}}</td><td>{{what}}</td>\
    <td><span translate="no">{{note}}</span>{{#corrects}}<small>retter linje {{.}}</small>{{/corrects}}{{#isTaken}}<small>rettet</small>{{/isTaken}}</td><td>{{origin}}{{#canCorrect}}\
    <form method="post" action="{{path}}">{{#token}}<input type="hidden" name="skjema" value="{{token}}">{{/token}}\
    {{#fields}}<input type="hidden" name="{{name}}" value="{{value}}">{{/fields}}<input type="hidden" name="retter" value="{{number}}">\
    <button type="submit" class="plain-button">Rett<span class="hidden"> linje {{number}}, {{day}}, {{hours}}</span> med motsatt fortegn</button></form>{{/canCorrect}}</td></tr>
    {{/lines}}
    </tbody></table></div>
    {{#more}}
    <p class="note">{{.}}</p>
    {{/more}}
    {{/isEmpty}}
    </section>
    """
