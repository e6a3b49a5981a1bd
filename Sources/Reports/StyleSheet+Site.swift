extension Report {
    /// The looks of the site: those of the report, and of what only the web has.
    package static let siteStyleSheet = [palette, layout, tables, pictures, records, site, whatIf, forms, printing, sitePrinting].joined(separator: "\n")
    /// The same for the page of what goes on now, also on a wall, whose rules other pages need not carry.
    package static let boardStyleSheet = [palette, layout, tables, pictures, records, site, live, wall, forms, printing, sitePrinting].joined(separator: "\n")

    /// What all pages have that files have not.
    private static let site = """
        .choice{margin-top:.8rem}
        .choice [aria-current]{text-decoration:none}
        @media (min-width:64rem){header.site .bar{font-size:.9rem;gap:.4rem .8rem;flex-wrap:nowrap}header.site nav ul{gap:0 .6rem}
        header.site .account{flex:none;gap:.4rem .8rem}.account button{padding-inline:.5rem}}
        .account bdi{display:inline-block;max-width:6.25rem;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;vertical-align:bottom}
        .heat td a{display:block;color:inherit;text-decoration:none;padding:.42rem 0;margin:-.42rem 0}
        .heat td a:hover{text-decoration:underline}
        .cover+.lead{margin-top:1rem}
        .compared{padding-left:1.1rem;max-width:46rem}
        .others{columns:14rem}
        .picker details{border:0;margin-top:.4rem}
        .picker summary{color:var(--accent);font-size:.92rem}
        """

    /// The page of what goes on now, on a phone, a desk and a wall.
    private static let live = """
        .now .beside{display:grid;gap:1.5rem 2.5rem;grid-template-columns:minmax(0,1fr)}
        .now section{margin-top:1.5rem}
        .now .live h3{margin-top:1rem}
        .now .title{padding-top:1.4rem}
        .totals,.zones{list-style:none;margin:0 0 1rem;padding:0;display:grid;gap:.8rem}
        .totals{grid-template-columns:repeat(auto-fit,minmax(min(8.5rem,100%),1fr))}
        .totals li{background:var(--card);border:1px solid var(--line);border-radius:.7rem;padding:.7rem 1rem}
        .totals .name,.totals .note,.totals .value{display:block}
        .totals .name{color:var(--soft);font-size:.9rem;font-weight:600}
        .totals .value{font-size:2rem;font-weight:700;line-height:1.2}
        .totals .note{font-size:.85rem}
        .totals .value,.zones dd{overflow-wrap:normal}
        .totals .mark{font-size:.6em;vertical-align:.15em;margin-right:.3em}
        .now .open{margin-bottom:1.2rem}
        .totals .problem{background:var(--problem-ground);border-color:var(--problem)}
        .zones{grid-template-columns:repeat(auto-fill,minmax(min(15rem,100%),1fr))}
        .zones>li{background:var(--card);border:1px solid var(--line);border-left:.4rem solid var(--rule);border-radius:.7rem;padding:.8rem 1rem}
        .zones>.busy{border-left-color:var(--accent)}
        .zones>.problem{border-color:var(--problem);background:var(--problem-ground)}
        .zones h4{margin:0;font-size:1.1rem}
        .zones .state{font-weight:700;margin:0 0 .4rem}
        .zones .calm{color:var(--soft);font-weight:400}
        .zones dl{columns:auto}
        .zones dl div{display:flex;justify-content:space-between;gap:.8rem;margin:0;border-top:1px solid var(--line);padding:.15rem 0}
        .zones dt{font-weight:400;color:var(--soft);font-size:.92rem}
        .zones dd{color:var(--ink);font-weight:600;text-align:right}
        .weeks h2{position:static}
        .weeks li:first-child .claim{font-size:1.25rem}
        .view,.fault{margin-top:1rem}
        .again{margin-left:.8rem}
        @media (max-width:30rem){.totals li{padding-inline:.7rem}.totals .value{font-size:1.6rem}}
        @media (min-width:64rem){.now .beside{grid-template-columns:minmax(0,7fr) minmax(17rem,3fr)}.weeks li{flex-basis:100%}}
        @media (min-width:100rem){html:has(.now){font-size:115%}main.now{max-width:none}.now .totals .value{font-size:3rem}}
        """

    /// The same on a wall: nobody scrolls there, so what matters fits the height of the screen.
    private static let wall = """
        body:has(.wall) header.site,body:has(.wall) footer.site{display:none}
        html:has(.wall){font-size:clamp(100%,min(.2rem + 1.05vw,.15rem + 1.75vh),300%)}
        main.wall{max-width:none;min-height:100vh;padding-block:.3rem .6rem;padding-inline:clamp(1rem,2vw,2.5rem)}
        .wall .title,.wall .choice,.wall section{padding-top:.2rem;margin-top:0}
        .wall .title{display:flex;flex-wrap:wrap;gap:0 1.5rem;align-items:baseline}
        .wall .title p{margin:0}
        .wall h1{font-size:1.3rem;margin:0}
        .wall .choice{font-size:.85rem}
        .wall .beside{grid-template-columns:minmax(0,1fr)}
        .wall .view{margin:.5rem 0 0;font-size:.85rem}
        .wall .totals,.wall .zones{gap:.6rem;margin-bottom:.6rem}
        .wall .totals li,.wall .zones>li{padding:.35rem .8rem}
        .wall .zones{display:flex;flex-wrap:wrap}
        .wall .zones>li{flex:1 1 10.5rem;min-width:0}
        .wall .zones:has(>:nth-child(5):last-child,>:nth-child(6):last-child)>li{flex-basis:30%}
        .wall .zones h4{hyphens:manual;font-size:1.05rem;line-height:1.25}
        .wall .zones .state{margin-bottom:.2rem;line-height:1.3}
        .wall .zones dl div{flex-wrap:wrap;gap:0 .6rem;padding:.1rem 0;line-height:1.4}
        .wall .zones dd{margin-left:auto}
        .wall .waiting h3{margin:0;font-size:1.05rem}
        .wall .waiting ol{list-style:none;margin:0;padding:0;border-top:2px solid var(--rule)}
        .wall .waiting li{display:grid;grid-template-columns:5.6rem minmax(0,1fr);gap:0 .5rem;padding:.15rem 0;border-bottom:1px solid var(--line);line-height:1.35}
        .wall .waiting .age{font-weight:700}
        .wall .waiting .what{font-size:.85rem;color:var(--soft);grid-column:2}
        .wall .waiting .late{color:var(--problem);font-weight:700}
        .wall .message{max-width:none;margin:0 0 .4rem;line-height:1.35}
        .wall .waiting p{margin:0 0 .3rem}
        .wall .waiting .rest{margin:.3rem 0 0;font-weight:700}
        @media (min-width:64rem){.wall .totals li{display:grid;grid-template-columns:auto minmax(min-content,1fr);column-gap:.8rem;align-items:center}
        .wall .totals .value{grid-area:1/1/3/2;font-size:2rem}
        .wall .totals .name{grid-area:1/2/3/3}
        .wall .totals .name:has(~.note){grid-row-end:2;align-self:end}
        .wall .totals .note{grid-area:2/2/3/3}
        main.wall,.wall .beside,.wall .live,#na:has(.halves),.wall .halves,.wall .halves>:last-child{display:flex;flex-direction:column;flex:1 0 auto}
        .wall .zones{flex:1 0 auto}
        .wall .zones>li,.wall .zones dl{display:flex;flex-direction:column}
        .wall .zones dl,.wall .zones dl div{flex:1 0 auto}
        .wall .zones dl div{max-height:4rem;align-content:center}
        .wall .halves:has(.waiting){display:grid;grid-template-columns:minmax(0,1fr) minmax(17rem,27%);gap:1.2rem}
        .wall .halves .waiting{order:1}}
        """

    /// The what-if and its answer.
    private static let whatIf = """
        .whatif h2{position:static}
        .whatif ol{margin-bottom:1rem}
        .whatif li ul{list-style:disc;padding-left:1.2rem;margin:.6rem 0 0}
        .headlines.whatif li li,.headlines.whatif li li:first-child{all:unset;display:list-item}
        form.whatif fieldset{border:1px solid var(--line);border-radius:.7rem;background:var(--card);--ground:var(--card);margin:0 0 1rem;padding:.8rem 1.2rem;min-width:0}
        form.whatif legend{font-weight:700;padding:0 .4rem}
        form.whatif .field{display:grid;grid-template-columns:minmax(0,20rem) minmax(0,1fr);gap:.2rem 1rem;align-items:center;padding:.3rem 0}
        form.whatif input:not([type=checkbox]):not([type=range]),form.whatif select,form.whatif button{font:inherit;color:inherit;background:var(--paper);
        border:1px solid var(--soft);border-radius:.4rem;padding:.35rem .6rem;min-height:2.75rem;max-width:100%}
        form.whatif input[type=range]{flex:1 1 9rem;max-width:18rem;min-height:2.75rem;accent-color:var(--accent)}
        form.whatif input[type=checkbox]{width:1.4rem;height:1.4rem;margin:0 .6rem 0 0;flex:none;accent-color:var(--accent)}
        form.whatif .checks{grid-template-columns:repeat(auto-fill,minmax(min(14rem,100%),1fr));margin:0}
        form.whatif .checks li{align-items:center;flex-wrap:wrap;min-height:2.75rem}
        form.whatif input[aria-invalid]:not([type=checkbox]):not([type=range]),form.whatif select[aria-invalid]{border:2px solid var(--problem)}
        form.whatif .problem{display:block;color:var(--problem);font-weight:600;font-size:.92rem;grid-column:1/-1}
        form.whatif button{background:var(--accent);border-color:var(--accent);color:var(--card);font-weight:700;padding-inline:1.5rem}
        .number{display:flex;flex-wrap:wrap;gap:.3rem .7rem;align-items:center}
        .fields{width:auto}
        .fields th,.fields td{padding:.25rem 1rem .25rem 0;text-align:left}
        .wrong{border:2px solid var(--problem);border-radius:.7rem;padding:.6rem 1.1rem;margin-bottom:1rem}
        .wrong p{margin:0}
        @media (max-width:30rem){form.whatif .field{grid-template-columns:minmax(0,1fr)}form.whatif fieldset{padding:.6rem .7rem}
        .fields input{width:3.6rem}.fields th,.fields td{padding-right:.4rem}}
        """

    private static let sitePrinting = """
        @media print{.again,.view,.choice,form.whatif,#hva-om,.others,.screen{display:none}
        .now .beside{grid-template-columns:minmax(0,1fr)}.zones{grid-template-columns:repeat(2,minmax(0,1fr))}.zones>li{break-inside:avoid}
        .heat td a{padding:.16rem 0;margin:-.16rem 0}}
        """
}
