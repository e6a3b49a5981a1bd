/// An hour of the week over a period.
let hourPageTemplate = """
    {{> documentHead}}
    <main id="innhold" tabindex="-1">
    <div class="title">
    <p class="over">{{municipality}}, {{zoneTitle}}</p>
    <h1>{{hour}}</h1>
    <p class="cover">{{periodTitle}}</p>
    </div>
    {{#message}}
    <p class="message" role="alert">{{message}}</p>
    {{/message}}
    <p class="lead">{{#sentences}}{{.}} {{/sentences}}</p>
    <nav class="choice" aria-label="Time"><ul>
    <li><a rel="prev" href="{{before.path}}">← {{before.title}}</a></li>
    <li><a href="{{report}}">Tilbake til Belastning</a></li>
    <li><a rel="next" href="{{after.path}}">{{after.title}} →</a></li>
    </ul></nav>
    {{#hasZoneLinks}}
    <nav class="choice" aria-label="Sone"><ul>
    {{#zoneLinks}}
    <li><a href="{{path}}"{{#isCurrent}} aria-current="true"{{/isCurrent}}>{{title}}</a></li>
    {{/zoneLinks}}
    </ul></nav>
    {{/hasZoneLinks}}
    {{#isSummed}}
    <p>Du ser summer for perioden, ikke det enkelte kvarteret og den enkelte alarmen.</p>
    {{/isSummed}}
    {{^isSummed}}
    <section aria-labelledby="h-kvarter">
    <h2 id="h-kvarter">Kvarter for kvarter</h2>
    {{#empty}}
    <p class="empty">{{empty}}</p>
    {{/empty}}
    {{^empty}}
    <div class="scroll" role="region" aria-labelledby="c-kvarter" tabindex="0"><table class="figures">
    <caption id="c-kvarter"><span>Bare kvarter der noe skjedde. Minutter er for alle ute til sammen. ▲: flere ute enn på vakt.</span></caption>
    <thead><tr><th scope="col">Dag</th><th scope="col">kl.</th>{{#hasZones}}<th scope="col">Sone</th>{{/hasZones}}<th scope="col" class="n">Alarmer</th>\
    <th scope="col" class="n">På utrykning (min)</th><th scope="col" class="n">Reise (min)</th><th scope="col" class="n">Hos bruker (min)</th>\
    <th scope="col" class="n">To utrykninger samtidig (min)</th><th scope="col" class="n">På vakt</th><th scope="col" class="n">Flest ute</th></tr></thead>
    <tbody>
    {{#rows}}
    <tr><th scope="row">{{day}}</th><td>{{clock}}</td>{{#hasZones}}<td>{{zone}}</td>{{/hasZones}}<td class="n">{{raised}}</td><td class="n">{{response}}</td>\
    <td class="n">{{travel}}</td><td class="n">{{onSite}}</td><td class="n">{{overlap}}</td><td class="n">{{positions}}</td>\
    <td class="n">{{#isGap}}<strong><span class="mark" aria-hidden="true">▲</span>{{peak}}</strong>{{/isGap}}{{^isGap}}{{peak}}{{/isGap}}</td></tr>
    {{/rows}}
    </tbody></table></div>
    {{#moreQuarters}}
    <p class="note">{{moreQuarters}}</p>
    {{/moreQuarters}}
    {{/empty}}
    </section>
    <section aria-labelledby="h-alarmer">
    <h2 id="h-alarmer">Alarmene bak</h2>
    {{#seesCounts}}
    <p class="empty">Du ser antall, ikke den enkelte alarmen.</p>
    {{/seesCounts}}
    {{#alarms}}
    {{#empty}}
    <p class="empty">{{empty}}</p>
    {{/empty}}
    {{^empty}}
    <div class="scroll" role="region" aria-labelledby="c-alarmer" tabindex="0"><table class="figures">
    <caption id="c-alarmer"><span>Alarmer utløst i timen, eller der noen var på utrykning i den. At du ser dem, skrives i innsynsloggen.</span></caption>
    <thead><tr><th scope="col">Alarm</th><th scope="col">Dag</th><th scope="col">Sone</th><th scope="col">Slag</th><th scope="col">Enhet</th>\
    <th scope="col">Utløst</th><th scope="col">Besvart</th><th scope="col">Sendt</th><th scope="col">Framme</th><th scope="col">Ferdig</th>\
    <th scope="col">Resultat</th><th scope="col" class="n">Ute</th></tr></thead>
    <tbody>
    {{#rows}}
    <tr id="{{id}}"><th scope="row">{{alarm}}</th><td>{{day}}</td><td>{{zone}}</td><td>{{kind}}</td><td>{{device}}</td><td>{{raised}}</td><td>{{answered}}</td>\
    <td>{{dispatched}}</td><td>{{arrived}}</td><td>{{closed}}</td><td>{{outcome}}</td><td class="n">{{responders}}</td></tr>
    {{/rows}}
    </tbody></table></div>
    {{#more}}
    <p class="note">{{more}}</p>
    {{/more}}
    {{/empty}}
    {{/alarms}}
    </section>
    {{/isSummed}}
    {{> documentFoot}}
    """
