extension Report {
    /// Colours of both themes. Text has at least 4.5 : 1 on every ground it stands on.
    static let palette = """
        :root{color-scheme:light dark;--paper:#faf9f6;--card:#fff;--ink:#14232b;--soft:#4a5b64;--line:#d5dcdf;--rule:#aab6bb;
        --accent:#0b5d78;--problem:#9c2f16;--problem-ground:#fbeae4;--good:#1c6640;--good-ground:#e6f3ea;--way:#0b5d78;
        --way-ground:#e3f0f5;--unknown:#4a5b64;--unknown-ground:#eceff0;--band:#5896b1;--hatch:#a3341f;--hatch-ground:#f6d5cc;
        --h1:#e4f1f6;--h2:#c0dfec;--h3:#8dc3da;--h4:#2b7596;--h5:#0c4560;--on-light:#14232b;--on-dark:#fff;--shade:#14232b33}
        @media (prefers-color-scheme:dark){:root{--paper:#10181d;--card:#18232a;--ink:#e9eff1;--soft:#adbcc4;--line:#34434b;
        --rule:#566870;--accent:#86cbe3;--problem:#ffab91;--problem-ground:#3b1e16;--good:#8fd6a8;--good-ground:#14301f;
        --way:#86cbe3;--way-ground:#13303c;--unknown:#b5c2c8;--unknown-ground:#26333a;--band:#4288a6;--hatch:#ff9d80;
        --hatch-ground:#5a2a1c;--h1:#1b333f;--h2:#1f4a5d;--h3:#235d76;--h4:#6db7d4;--h5:#c3e6f3;--on-light:#e9eff1;
        --on-dark:#0d1a21;--shade:#0009}}
        """

    static let layout = """
        *{box-sizing:border-box}
        html{scroll-padding-top:1rem;-webkit-text-size-adjust:100%}
        body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.55 Inter,system-ui,"Segoe UI",Roboto,"Noto Sans",
        sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:break-word}
        main{max-width:72rem;margin:0 auto;padding:0 clamp(1rem,4vw,2.5rem) 3rem}
        main:focus{outline:none}
        a{color:var(--accent);text-underline-offset:.18em}
        :focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:2px}
        .skip{position:absolute;left:-999rem}
        .skip:focus{left:1rem;top:1rem;z-index:1;padding:.6rem 1rem;background:var(--card)}
        h1{font-size:clamp(1.6rem,1.1rem + 2.4vw,2.5rem);line-height:1.15;letter-spacing:-.02em;margin:.1em 0 .3em}
        h2{font-size:clamp(1.3rem,1.1rem + .9vw,1.65rem);line-height:1.25;letter-spacing:-.01em;margin:0 0 .6em}
        h3{font-size:1.1rem;line-height:1.35;margin:1.8em 0 .5em}
        h4{font-size:1rem;line-height:1.35;margin:0 0 .4em}
        p{margin:0 0 1em;max-width:46rem}
        code{font-size:.92em}
        section{margin-top:3.5rem}
        header.site{border-bottom:1px solid var(--line);background:var(--card)}
        .bar{max-width:72rem;margin:0 auto;padding:.7rem clamp(1rem,4vw,2.5rem);display:flex;flex-wrap:wrap;gap:.4rem 2rem;
        align-items:center}
        .brand{margin:0;font-weight:700;display:flex;align-items:center;gap:.5rem;color:var(--accent)}
        nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;margin:0;padding:0}
        nav a{display:inline-block;padding:.25rem 0}
        nav [aria-current]{color:var(--ink);font-weight:700;text-decoration-thickness:2px}
        .title{padding-top:2.2rem}
        .title+p{margin-top:1.5rem}
        .over,.cover{color:var(--soft);margin:0}
        .over{font-weight:600}
        .contents{margin-top:1.8rem;padding:.7rem 0;border-top:1px solid var(--line);border-bottom:1px solid var(--line)}
        .picker{margin-top:1.5rem;padding:1rem 1.2rem;background:var(--card);border:1px solid var(--line);border-radius:.7rem}
        .picker form{display:flex;flex-wrap:wrap;gap:.6rem 1rem;align-items:end;margin-bottom:.8rem}
        .picker .field{display:flex;flex-direction:column;min-width:0}
        .picker label{font-weight:600;font-size:.9rem}
        .picker input,.picker select,.picker button{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--soft);
        border-radius:.4rem;padding:.45rem .7rem;min-height:2.75rem;max-width:100%}
        .picker button{background:var(--accent);border-color:var(--accent);color:var(--card);font-weight:700;padding-inline:1.3rem}
        .picker .help{flex-basis:100%;font-size:.85rem;color:var(--soft);margin:0}
        .login{display:flex;flex-direction:column;gap:.4rem;max-width:24rem;margin-top:1.5rem}
        .login label{font-weight:600}
        .login input,.login button,.account button{font:inherit;color:inherit;background:var(--card);border:1px solid var(--soft);border-radius:.4rem;
        padding:.45rem .7rem;min-height:2.75rem;max-width:100%}
        .login input{margin-bottom:.8rem}
        .login button{background:var(--accent);border-color:var(--accent);color:var(--card);font-weight:700}
        .account{margin-left:auto}
        .message{color:var(--problem);font-weight:600}
        .headlines{margin-top:2rem}.headlines+p{margin-top:1rem}
        .headlines h2{position:absolute;left:-999rem}
        .headlines ol{list-style:none;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:1rem}
        .headlines li{flex:1 1 27rem;min-width:0;overflow-wrap:break-word;padding:1.1rem 1.3rem;background:var(--card);border:1px solid var(--line);border-radius:.7rem}
        .headlines li:first-child{flex-basis:100%;padding:1.5rem 1.6rem;border-width:1px 1px 1px .45rem}
        .headlines .claim{font-weight:700;line-height:1.35;margin:0 0 .35em;max-width:none}
        .headlines li:first-child .claim{font-size:clamp(1.35rem,1.05rem + 1.7vw,2rem);line-height:1.2;letter-spacing:-.015em}
        .headlines .detail{color:var(--soft);margin:0;font-size:.95rem}
        .headlines li:first-child .detail{color:var(--ink);font-size:1.02rem}
        .mark{display:inline-block;margin-right:.45em;font-weight:700}
        .headlines .neutral .mark{display:none}
        .problem .mark,.headlines .problem .claim .mark{color:var(--problem)}
        .good .mark{color:var(--good)}
        .way .mark{color:var(--way)}
        .headlines li.problem:first-child{background:var(--problem-ground);border-color:var(--problem)}
        .headlines li.good:first-child{background:var(--good-ground);border-color:var(--good)}
        .headlines li.neutral:first-child{border-color:var(--rule)}
        .cards{display:flex;flex-wrap:wrap;gap:1rem;margin-bottom:1.5rem}
        .card{flex:1 1 21rem;background:var(--card);border:1px solid var(--line);border-radius:.7rem;padding:1.2rem 1.4rem}
        .card h3{margin:0;font-size:1rem;color:var(--soft);font-weight:600}
        .card p{margin:0}
        .card .big{font-size:2.6rem;font-weight:700;line-height:1.2;letter-spacing:-.025em}
        .card .sure{color:var(--soft);font-size:.92rem;margin:.5em 0}
        main>.message:first-child{margin:1.5rem 0 0}
        .status{font-weight:700}
        .empty{padding:1.3rem 1.4rem;border:1px dashed var(--rule);border-radius:.7rem;color:var(--soft);max-width:none}
        .banner{padding:.8rem 1.1rem;border-left:.3rem solid var(--accent);background:var(--way-ground);max-width:none}
        .note{color:var(--soft);font-size:.92rem;max-width:46rem}
        .gaps li{margin-bottom:.5rem;max-width:46rem}
        .good-note .mark{color:var(--good)}
        .checks{list-style:none;margin:0 0 1.5rem;padding:0;display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr));
        gap:.6rem 2rem}
        .checks li{display:flex}
        dl{margin:0;columns:2 24rem;column-gap:2.5rem}
        dl div{break-inside:avoid;margin-bottom:1rem}
        dt{font-weight:700}
        dd{margin:0;color:var(--soft);font-size:.95rem}
        footer.site{border-top:1px solid var(--line);color:var(--soft);font-size:.9rem}
        footer.site p{max-width:72rem;margin:0 auto;padding:1.2rem clamp(1rem,4vw,2.5rem)}
        """
}
