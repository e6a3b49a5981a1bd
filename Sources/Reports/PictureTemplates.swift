/// Bars with their numbers; a table with the same figures stands beside each.
let barPictureTemplate = """
    <figure class="chart">
    <h3 id="{{id}}-h">{{title}}</h3>
    <div class="scroll" role="region" aria-labelledby="{{id}}-h" tabindex="0">
    <svg role="img" aria-labelledby="{{id}}-t {{id}}-d" viewBox="0 0 720 {{height}}" width="720" height="{{height}}">
    <title id="{{id}}-t">{{title}}</title>
    <desc id="{{id}}-d">{{description}}</desc>
    <path class="axis" d="M{{zero}} 4V{{bottom}}" stroke="#aab6bb"/>
    {{#bars}}
    <rect class="{{look}}" x="{{x}}" y="{{y}}" width="{{width}}" height="{{height}}" fill="{{fill}}"/>{{#range}}<path class="line" fill="none" \
    stroke="#16242c" stroke-width="1.5" d="{{range}}"/>{{/range}}
    {{/bars}}
    <g class="labels" fill="#4a5b64" font-size="11">{{#names}}<text x="{{x}}" y="{{y}}" font-weight="600">{{text}}</text>{{/names}}\
    {{#bars}}<text x="244" y="{{nameY}}" text-anchor="end">{{name}}</text><text x="{{textX}}" y="{{nameY}}">{{text}}</text>{{/bars}}</g>
    </svg></div>
    <figcaption>{{description}}</figcaption>
    </figure>
    """

/// Years to come.
let yearPictureTemplate = """
    <figure class="chart">
    <h3 id="{{id}}-h">{{title}}</h3>
    <div class="scroll" role="region" aria-labelledby="{{id}}-h" tabindex="0">
    <svg role="img" aria-labelledby="{{id}}-t {{id}}-d" viewBox="0 0 720 214" width="720" height="214">
    <title id="{{id}}-t">{{title}}</title>
    <desc id="{{id}}-d">{{description}}</desc>
    <g class="grid" stroke="#d5dcdf">{{#ticks}}<path d="M60 {{y}}H690"/>{{/ticks}}</g>
    <path class="band" fill="#5896b1" d="{{band}}"/>
    <path class="line" fill="none" stroke="#16242c" stroke-width="2" d="{{line}}"/>
    {{#other}}
    <path class="scarce" fill="none" stroke="#a3341f" stroke-width="2.5" stroke-dasharray="7 4" d="{{other}}"/>
    {{/other}}
    {{#dots}}<circle class="point" cx="{{x}}" cy="{{y}}" r="4.5" fill="#0b5d78"/>{{/dots}}
    <g class="labels" fill="#4a5b64" font-size="11">{{#ticks}}<text x="54" y="{{textY}}" text-anchor="end">{{text}}</text>{{/ticks}}\
    {{#years}}<text x="{{x}}" y="206" text-anchor="{{anchor}}">{{name}}</text>{{/years}}</g>
    </svg></div>
    <figcaption>{{description}}</figcaption>
    </figure>
    """
