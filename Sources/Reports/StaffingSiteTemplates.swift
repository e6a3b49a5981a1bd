/// Staffing on the web: the answer to a what-if first, then today's roster, last the form, which comes first where something in it is wrong.
let staffingSiteTemplate = """
    {{> documentHead}}
    <main id="innhold" tabindex="-1">
    {{> periodMessage}}
    <div class="title">
    <p class="over">{{municipality}}</p>
    <h1>Bemanning {{periodTitle}}{{#zoneTitle}}: {{zoneTitle}}{{/zoneTitle}}</h1>
    {{#coverage}}
    <p class="cover">{{coverage}}</p>
    {{/coverage}}
    </div>
    {{#formFirst}}
    <p class="message" role="alert">Svaret er ikke regnet ut: noe i skjemaet må rettes. <a href="#hva-om">Til skjemaet</a></p>
    {{/formFirst}}
    {{#leftOut}}
    <p class="message" role="alert">{{leftOut}}</p>
    {{/leftOut}}
    {{#message}}
    <p class="message" role="alert">{{message}}</p>
    {{/message}}
    {{#hasShorter}}
    <nav aria-labelledby="h-mindre"><h2 id="h-mindre">Dette kan regnes ut</h2>
    <ul class="others">
    {{#shorter}}
    <li><a href="{{path}}">{{title}}</a></li>
    {{/shorter}}
    </ul></nav>
    {{/hasShorter}}
    {{#answer}}
    {{> whatIfAnswer}}
    {{/answer}}
    {{#lead}}
    <section class="headlines" aria-labelledby="h-kort">
    <h2 id="h-kort">Kort fortalt</h2>
    <ol><li class="{{tone}}"><p class="claim"><span class="mark" aria-hidden="true">{{mark}}</span>{{claim}}</p>{{#hasDetail}}<p class="detail">{{> pieces}}</p>{{/hasDetail}}</li></ol>
    </section>
    {{/lead}}
    {{#form}}
    <p><a href="#hva-om">Hva om noe var annerledes? Prøv i skjemaet</a></p>
    {{/form}}
    {{#navigation}}
    {{> navigation}}
    {{/navigation}}
    {{#formFirst}}
    {{> whatIfForm}}
    {{/formFirst}}
    <section id="bemanning" aria-labelledby="h-bemanning">
    <h2 id="h-bemanning">Hva turnusen bærer</h2>
    {{#analysis}}
    {{> staffingAnalysis}}
    {{/analysis}}
    {{^analysis}}
    <p class="empty">Bemanningen kan ikke vises for denne perioden.</p>
    {{/analysis}}
    </section>
    {{#hasChart}}
    <section id="uka" aria-labelledby="h-uka">
    <h2 id="h-uka">Uka time for time\(Glossary.pageMark("vanlig-og-tung"))</h2>
    <p>{{weekText}}</p>
    {{#chart}}
    <h3 class="hidden">Bildet</h3>
    {{> chart}}
    {{/chart}}
    {{#chartNote}}
    <p>{{chartNote}}</p>
    {{/chartNote}}
    <ul class="others">
    {{#charts}}
    <li><a href="{{path}}">{{title}}</a></li>
    {{/charts}}
    </ul>
    </section>
    {{/hasChart}}
    {{#form}}
    {{> whatIfForm}}
    {{/form}}
    {{> documentFoot}}
    """

/// What the changes give.
let whatIfAnswerTemplate = """
    <section id="svar" class="headlines whatif" aria-labelledby="h-svar">
    <h2 id="h-svar">Svaret på hva om</h2>
    <ol><li class="{{tone}}"><p class="claim"><span class="mark" aria-hidden="true">{{mark}}</span>{{headline}}</p>
    <p class="detail">{{#sentences}}{{.}} {{/sentences}}</p>
    <ul>{{#changes}}<li>{{.}}</li>{{/changes}}</ul></li></ol>
    {{#normNote}}
    <p class="note">{{normNote}}</p>
    {{/normNote}}
    <div class="scroll" role="region" aria-labelledby="c-svar" tabindex="0"><table class="figures">
    <caption id="c-svar"><span>De samme utrykningene mot dagens turnus og den endrede. Intervallene er 95\u{A0}%.</span></caption>
    <thead><tr><th scope="col">Turnus</th><th scope="col" class="n">Utrykninger</th><th scope="col" class="n">Framme innen normen</th>\
    <th scope="col" class="n">9 av 10 på</th><th scope="col" class="n">Måtte vente</th><th scope="col" class="n">Hjelp fra annen sone</th>\
    <th scope="col" class="n">Overtid (timer)</th></tr></thead>
    <tbody>
    {{#rows}}
    <tr><th scope="row">{{name}}</th><td class="n">{{callOuts}}</td><td class="n">{{share.value}}<small>{{share.interval}}</small></td>\
    <td class="n">{{p90}}</td><td class="n">{{waited}}</td><td class="n">{{cross}}</td><td class="n">{{overtime}}</td></tr>
    {{/rows}}
    </tbody></table></div>
    {{#hasShifts}}
    <details><summary><h3>Vaktene det gjelder</h3></summary>
    <div class="scroll" role="region" aria-labelledby="c-svar-vakter" tabindex="0"><table class="figures">
    <caption id="c-svar-vakter"><span>Soner og vakter der noe blir annerledes. I parentes 95\u{A0}%-intervallet.</span></caption>
    <thead><tr><th scope="col">Sone</th><th scope="col">Vakt</th><th scope="col" class="n">Utrykninger</th><th scope="col" class="n">I dag</th>\
    <th scope="col" class="n">Endret</th><th scope="col">Forskjell</th><th scope="col" class="n">Måtte vente</th></tr></thead>
    <tbody>
    {{#shifts}}
    <tr><th scope="row">{{zone}}</th><td>{{kind}}</td><td class="n">{{callOuts}}</td><td class="n">{{today}}</td><td class="n">{{changed}}</td>\
    <td>{{difference}}</td><td class="n">{{waited}}</td></tr>
    {{/shifts}}
    </tbody></table></div></details>
    {{/hasShifts}}
    <p class="note">Svaret ligger i adressen: <a href="{{path}}">lenke til dette svaret</a> kan deles og gir de samme tallene så lenge dataene er de samme.</p>
    </section>
    """

/// Everything works as plain fields; the script puts a slider beside each number.
let whatIfFormTemplate = """
    <section id="hva-om" aria-labelledby="h-hva-om">
    <h2 id="h-hva-om">Hva om …?\(Glossary.pageMark("hva-om"))</h2>
    <p>Endre noe og se hva de samme utrykningene hadde gitt. Ingenting lagres: svaret ligger i adressen.</p>
    {{#hasProblems}}
    <div class="wrong" role="alert"><p><strong>Noe kan ikke brukes:</strong></p><ul>
    {{#problems}}
    <li><a href="#{{id}}">{{text}}</a></li>
    {{/problems}}
    </ul></div>
    {{/hasProblems}}
    <form class="whatif" method="get" action="{{action}}" autocomplete="off">
    {{#carried}}
    <input type="hidden" name="{{name}}" value="{{value}}">
    {{/carried}}
    <fieldset><legend>Flere eller færre på vakt</legend>
    <p class="note">Tomt felt er som i dag. 1 er én til på vakt, −1 én færre, 0,5 én i første halvdel av vakta.</p>
    <div class="scroll" role="region" aria-labelledby="c-vakt" tabindex="0"><table class="fields">
    <caption id="c-vakt"><span>Endring i antall på vakt etter sone og vakt</span></caption>
    <thead><tr><th scope="col">Sone</th>{{#kinds}}<th scope="col">{{.}}</th>{{/kinds}}</tr></thead>
    <tbody>
    {{#zones}}
    <tr><th scope="row">{{zone}}</th>{{#fields}}<td><input id="{{id}}" name="{{name}}" value="{{value}}" size="5" \
    aria-label="{{label}}"{{#problem}} aria-invalid="true" aria-describedby="{{id}}-feil"{{/problem}}>\
    {{#problem}}<span class="problem" id="{{id}}-feil">{{problem}}</span>{{/problem}}</td>{{/fields}}</tr>
    {{/zones}}
    </tbody></table></div></fieldset>
    <fieldset><legend>Annen starttid</legend>
    {{#starts}}
    {{> numberField}}
    {{/starts}}
    </fieldset>
    {{#canPool}}
    <fieldset><legend>Soner som hjelper hverandre om natten</legend>
    <ul class="checks">
    {{#pooled}}
    <li><input type="checkbox" id="{{id}}" name="{{name}}" value="1"{{#isOn}} checked{{/isOn}}{{#problem}} aria-invalid="true" aria-describedby="{{id}}-feil"{{/problem}}> \
    <label for="{{id}}">{{label}}</label>{{#problem}} <span class="problem" id="{{id}}-feil">{{problem}}</span>{{/problem}}</li>
    {{/pooled}}
    </ul></fieldset>
    {{/canPool}}
    <fieldset><legend>Norm, sentral, reise og antall</legend>
    {{#rest}}
    {{> numberField}}
    {{/rest}}
    {{#hasYears}}
    <div class="field"><label for="{{yearID}}">Utrykninger som i året</label>
    <select id="{{yearID}}" name="{{yearName}}"{{#yearProblem}} aria-invalid="true" aria-describedby="{{yearID}}-feil"{{/yearProblem}}>
    {{#years}}
    <option value="{{value}}"{{#isSelected}} selected{{/isSelected}}>{{label}}</option>
    {{/years}}
    </select>{{#yearProblem}}<span class="problem" id="{{yearID}}-feil">{{yearProblem}}</span>{{/yearProblem}}</div>
    {{/hasYears}}
    </fieldset>
    <p class="buttons"><button>Regn ut</button> <a href="{{plainPath}}">Tøm skjemaet</a></p>
    </form>
    </section>
    """

/// One number with its unit; `data-` is for the slider.
let numberFieldTemplate = """
    <div class="field"><label for="{{id}}">{{label}}</label>
    <span class="number"><input id="{{id}}" name="{{name}}" value="{{value}}" size="6" placeholder="{{neutral}}" \
    data-min="{{min}}" data-max="{{max}}" data-step="{{step}}" data-neutral="{{neutral}}" aria-describedby="{{id}}-enhet{{#problem}} {{id}}-feil{{/problem}}"\
    {{#problem}} aria-invalid="true"{{/problem}}> <span id="{{id}}-enhet">{{unit}}</span></span>
    {{#problem}}
    <span class="problem" id="{{id}}-feil">{{problem}}</span>
    {{/problem}}
    </div>
    """
