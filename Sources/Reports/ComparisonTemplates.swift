/// The period against the one before and the same a year before.
let comparisonTemplate = """
    <section id="sammenligning" aria-labelledby="h-sammenligning">
    <h2 id="h-sammenligning">Mot perioden før og i fjor\(Glossary.pageMark("sammenligning"))</h2>
    <ul class="compared">
    {{#periods}}
    <li><strong>{{title}}.</strong> {{sentence}}</li>
    {{/periods}}
    </ul>
    {{#hasRows}}
    <div class="scroll" role="region" aria-labelledby="c-sammenligning" tabindex="0"><table class="figures compare">
    <caption id="c-sammenligning"><span>Under hver endring står 95\u{A0}%-intervallet og dommen. Antall sammenlignes per døgn, så perioder kan være ulike lange.</span></caption>
    <thead><tr><th scope="col" rowspan="2">Tall</th><th scope="col" rowspan="2" class="n">{{own}}</th>\
    {{#heads}}<th scope="colgroup" colspan="2">{{title}}: {{period}}</th>{{/heads}}</tr>
    <tr>{{#heads}}<th scope="col" class="n">{{title}}</th><th scope="col" class="n">Endring</th>{{/heads}}</tr></thead>
    <tbody>
    {{#rows}}
    <tr><th scope="row">{{name}}</th><td class="n">{{own}}</td>{{#others}}<td class="n">{{value}}</td>\
    <td class="n">{{#isBeyond}}<strong>{{change}}</strong>{{/isBeyond}}{{^isBeyond}}{{change}}{{/isBeyond}}<small>{{interval}}</small><small>{{verdict}}</small></td>{{/others}}</tr>
    {{/rows}}
    </tbody></table></div>
    <p class="note">Andeler: Newcombe 1998. Antall: Poisson, betinget på summen. Timer: Welch over hele døgn. «Mer enn tilfeldig» betyr at intervallet \
    ikke rommer «ingen endring». Én av tjue slike sammenligninger slår ut av ren tilfeldighet.</p>
    {{/hasRows}}
    </section>
    """
