extension Report {
    /// Lists of things, forms that change something, and the ways to definitions.
    static let records = """
        .scroll{position:relative}
        .figures th a,.figures caption a,p>a.why{color:inherit}
        .why{display:inline-block;min-width:1.5rem;min-height:1.5rem;line-height:1.4rem;text-align:center;font-size:.9rem;font-weight:700;vertical-align:.12em;
        border:1px solid var(--soft);border-radius:50%;color:var(--soft);text-decoration:none;letter-spacing:0}
        .why:hover{color:var(--ink);border-color:var(--ink)}
        .records td,.records tbody th{min-width:6rem}
        .records .item{display:block}
        .records details{border:0}
        .records summary{padding:.1rem 0;min-height:1.6rem;color:var(--accent)}
        .records pre{white-space:pre-wrap;overflow-wrap:anywhere;max-width:28rem;margin:.3rem 0;font-size:.85em}
        .state.problem{color:var(--problem);font-weight:700}
        .state.good .mark{color:var(--good)}
        .strip{display:block;max-width:100%;height:auto}
        .heard{fill:var(--accent)}
        .unheard{fill:var(--rule)}
        .turn{margin-top:1rem}
        .findings h3{margin:0 0 .2em;font-size:1rem}
        .findings p{margin:0 0 .3em}
        .findings li{padding:.9rem 1rem;background:var(--card);border:1px solid var(--line);border-radius:.7rem}
        .findings li.problem{border-color:var(--problem)}
        .entry{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,13rem),1fr));gap:.8rem 1rem;align-items:start;max-width:46rem;margin-bottom:1.5rem}
        .entry .field{display:flex;flex-direction:column;min-width:0}
        .entry .wide,.entry>button,.entry>.message{grid-column:1/-1}
        .entry label{font-weight:600;font-size:.9rem}
        .entry input,.entry select,.entry button,.act button,.plain-button{font:inherit;color:inherit;background:var(--card);border:1px solid var(--soft);border-radius:.4rem;
        padding:.45rem .7rem;min-height:2.75rem;max-width:100%}
        .entry [aria-invalid]{border:2px solid var(--problem)}
        .entry .message,.entry .help{margin:.2rem 0 0;font-size:.88rem}
        .entry .help{color:var(--soft)}
        .entry>button,.act button{background:var(--accent);border-color:var(--accent);color:var(--card);font-weight:700;padding-inline:1.3rem;justify-self:start}
        .act{margin:0 0 1.5rem}
        .plain-button{min-height:1.8rem;padding:.15rem .6rem;font-size:.85rem;margin-top:.3rem}
        .glossary div:target{outline:3px solid var(--accent);outline-offset:.4rem;border-radius:.3rem}
        .glossary dt{scroll-margin-top:1rem}
        footer.site nav{max-width:72rem;margin:0 auto;padding:0 clamp(1rem,4vw,2.5rem) 1.2rem}
        @media print{.why,.entry,.act,.plain-button,.turn,footer.site nav{display:none}.findings li{padding:.4rem .6rem}}
        """
}
