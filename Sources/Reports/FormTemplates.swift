/// A page of words, tables and forms.
let formPageTemplate = """
    {{> documentHead}}
    <main id="innhold" tabindex="-1">
    <div class="title">
    {{#over}}
    <p class="over">{{.}}</p>
    {{/over}}
    <h1>{{title}}</h1>
    <p class="cover">{{cover}}</p>
    </div>
    {{#parts}}
    {{#heading}}
    <h2 class="apart">{{.}}</h2>
    {{/heading}}
    {{#text}}
    <p>{{.}}</p>
    {{/text}}
    {{#done}}
    <p class="banner" role="status"><span class="mark" aria-hidden="true">✓</span>{{.}}</p>
    {{/done}}
    {{#problem}}
    <p class="message" role="alert">{{.}}</p>
    {{/problem}}
    {{#once}}
    <p class="banner" role="status">{{label}}<br><code class="once">{{secret}}</code></p>
    {{/once}}
    {{#links}}
    <nav class="contents" aria-label="{{label}}"><ul>
    {{#all}}
    <li><a href="{{path}}"{{#isCurrent}} aria-current="true"{{/isCurrent}}>{{title}}</a></li>
    {{/all}}
    </ul></nav>
    {{/links}}
    {{#terms}}
    <dl>
    {{#all}}
    <div><dt>{{term}}</dt><dd>{{meaning}}</dd></div>
    {{/all}}
    </dl>
    {{/terms}}
    {{#table}}
    {{> formPageTable}}
    {{/table}}
    {{#form}}
    {{> form}}
    {{/form}}
    {{/parts}}
    {{> documentFoot}}
    """

let formPageTableTemplate = """
    {{#empty}}
    <p class="empty">{{.}}</p>
    {{/empty}}
    {{^empty}}
    <div class="scroll" role="region" aria-label="{{caption}}" tabindex="0">
    <table class="figures">
    <caption><span>{{caption}}</span></caption>
    <thead><tr>{{#columns}}<th scope="col">{{.}}</th>{{/columns}}</tr></thead>
    <tbody>
    {{#rows}}
    <tr>{{#cells}}{{#isFirst}}<th scope="row">{{/isFirst}}{{^isFirst}}<td>{{/isFirst}}\
    {{#path}}<a href="{{path}}">{{label}}</a>{{/path}}{{^path}}{{label}}{{/path}}{{#button}}{{> form}}{{/button}}\
    {{#isFirst}}</th>{{/isFirst}}{{^isFirst}}</td>{{/isFirst}}{{/cells}}</tr>
    {{/rows}}
    </tbody>
    </table>
    </div>
    {{/empty}}
    """

/// What is wrong in a field stands at the field, and is read out with it.
let formTemplate = """
    <form class="form" method="{{method}}" action="{{action}}">
    {{#hidden}}
    <input type="hidden" name="{{name}}" value="{{value}}">
    {{/hidden}}
    {{#fields}}
    {{#group}}
    <fieldset{{#described}} aria-describedby="{{described}}"{{/described}}><legend>{{label}}</legend>
    {{#help}}
    <p class="help" id="{{id}}-help">{{help}}</p>
    {{/help}}
    {{#options}}
    <label class="tick"><input type="{{type}}" id="{{id}}" name="{{name}}" value="{{value}}"{{#isChosen}} checked{{/isChosen}}> {{title}}</label>
    {{/options}}
    {{#problem}}
    <p class="message" id="{{id}}-problem">{{problem}}</p>
    {{/problem}}
    </fieldset>
    {{/group}}
    {{^group}}
    <div class="field"><label for="{{id}}">{{label}}</label>
    {{#input}}
    <input type="{{type}}" id="{{id}}" name="{{name}}" value="{{value}}" autocomplete="{{autocomplete}}" autocapitalize="none" spellcheck="false"\
    {{#described}} aria-describedby="{{described}}"{{/described}}{{#problem}} aria-invalid="true"{{/problem}}>
    {{/input}}
    {{#choice}}
    <select id="{{id}}" name="{{name}}"{{#described}} aria-describedby="{{described}}"{{/described}}{{#problem}} aria-invalid="true"{{/problem}}>
    {{#options}}
    <option value="{{value}}"{{#isChosen}} selected{{/isChosen}}>{{title}}</option>
    {{/options}}
    </select>
    {{/choice}}
    {{#help}}
    <p class="help" id="{{id}}-help">{{help}}</p>
    {{/help}}
    {{#problem}}
    <p class="message" id="{{id}}-problem">{{problem}}</p>
    {{/problem}}
    </div>
    {{/group}}
    {{/fields}}
    <button type="submit">{{label}}</button>
    </form>
    """
