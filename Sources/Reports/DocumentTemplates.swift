/// What all pages begin with. The style sheet is our own text and goes in unescaped.
let documentHeadTemplate = """
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
    {{#hasPages}}
    <nav aria-label="Sider"><ul>
    {{#pages}}
    <li><a href="{{path}}"{{#isCurrent}} aria-current="page"{{/isCurrent}}>{{title}}</a></li>
    {{/pages}}
    </ul></nav>
    {{/hasPages}}
    {{#account}}
    <form class="account" method="post" action="{{path}}"><input type="hidden" name="skjema" value="{{token}}">\
    <a href="/konto">Konto</a>\
    <button type="submit">Logg ut <bdi translate="no">{{name}}</bdi></button></form>
    {{/account}}
    </div>
    {{#hasLinks}}
    <div class="bar"><nav class="places" aria-label="Kommuner"><ul>
    {{#links}}
    <li><a href="{{path}}"{{#isCurrent}} aria-current="true"{{/isCurrent}}>{{title}}</a></li>
    {{/links}}
    </ul></nav></div>
    {{/hasLinks}}
    </header>
    """

/// What all pages end with.
let documentFootTemplate = """
    </main>
    <footer class="site"><p>{{provenance}}{{#helpPath}} <a href="{{.}}#\(Glossary.definition("etterproving").id)">Etterprøving</a>{{/helpPath}}</p>{{#hasFootLinks}}<nav aria-label="Om Vaktlast"><ul>{{#footLinks}}<li><a href="{{path}}">{{title}}</a></li>\
    {{/footLinks}}</ul></nav>{{/hasFootLinks}}</footer>
    </body>
    </html>
    """

/// Questions with their answers: each asked in small, answered in large, with how sure that is below.
let answersTemplate = """
    <section class="headlines answers" aria-labelledby="h-kort">
    <h2 id="h-kort">Kort fortalt</h2>
    <ol>
    {{#answers}}
    <li class="{{tone}}"><p class="over">{{question}}</p><p class="claim"><span class="mark" aria-hidden="true">{{mark}}</span>{{claim}}</p>\
    <p class="detail">{{> pieces}}{{> traces}}</p></li>
    {{/answers}}
    </ol>
    </section>
    """

/// Behind figures: the one way to what they are made of, or several by their names. Paper leads nowhere.
let tracesTemplate = """
    {{#link}}<span class="screen"> <a href="{{path}}">{{words}}<span class="hidden">: <span>{{question}}</span></span></a></span>{{/link}}\
    {{#hasLinks}}<span class="screen"> Hva tallene bygger på: {{#links}}<a href="{{path}}">{{name}}</a>{{^isLast}} · {{/isLast}}{{/links}}</span>{{/hasLinks}}
    """
