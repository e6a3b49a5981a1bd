extension Report {
    static let tables = """
        .scroll{position:relative;overflow-x:auto;max-width:100%;margin:0 0 .8rem;background:
        linear-gradient(to right,var(--ground,var(--paper)) 40%,transparent) left/2.5rem 100% no-repeat local,
        linear-gradient(to left,var(--ground,var(--paper)) 40%,transparent) right/2.5rem 100% no-repeat local,
        linear-gradient(to right,var(--shade),transparent) left/.8rem 100% no-repeat scroll,
        linear-gradient(to left,var(--shade),transparent) right/.8rem 100% no-repeat scroll}
        table{border-collapse:collapse;width:100%;font-size:.92rem;line-height:1.4}
        caption{text-align:left;color:var(--soft);font-size:.88rem;padding-bottom:.5rem}
        caption span{display:block;position:sticky;left:0;max-width:min(46rem,100vw - 3rem)}
        th{text-align:left;font-weight:600}
        .figures th,.figures td{padding:.5rem .7rem;border-bottom:1px solid var(--line);vertical-align:top}
        .figures thead th:first-child,.figures tbody tr:first-child>:first-child,.figures tbody:only-of-type tr>:first-child,.figures tfoot th{padding-left:0}
        .figures thead th{font-size:.84rem;color:var(--soft);vertical-align:bottom;border-bottom:2px solid var(--rule)}
        .figures thead th[colspan]{border-bottom:1px solid var(--line)}
        .figures .n{text-align:right;white-space:nowrap}
        .figures thead .n{white-space:normal;min-width:4.6rem}
        .figures small{display:block;color:var(--soft);font-size:.82rem;font-weight:400}
        .figures .sum>*{font-weight:700;border-top:2px solid var(--rule)}
        .figures tbody+tbody{border-top:2px solid var(--rule)}
        .figures tr.gap>:not([rowspan]){background:var(--problem-ground)}
        .figures tr.gap td:nth-last-child(2){font-weight:700;color:var(--problem)}
        .figures .n small{white-space:nowrap}
        .indicators th[scope=row]{min-width:10rem}
        .indicators td:last-child{min-width:8rem}
        .meter{display:block;width:100%;min-width:4rem;height:.3rem;margin-top:.3rem;background:var(--unknown-ground);border-radius:2px}
        .heat{font-size:.78rem;table-layout:fixed;min-width:60rem}
        .heat th,.heat td{padding:.42rem 0;text-align:center;border:1px solid var(--paper)}
        .heat th{color:var(--soft);font-weight:600}
        .heat tr>:first-child{width:2.6rem;text-align:left;position:sticky;left:0;background:var(--paper)}
        .heat abbr{text-decoration:none}
        .heat td{background:var(--card)}
        .h0{color:var(--soft)}
        .heat .none{color:var(--soft);background:none}
        .heat .h1,.swatch.h1{background:var(--h1);color:var(--on-light)}
        .heat .h2,.swatch.h2{background:var(--h2);color:var(--on-light)}
        .heat .h3,.swatch.h3{background:var(--h3);color:var(--on-light)}
        .heat .h4,.swatch.h4{background:var(--h4);color:var(--on-dark)}
        .heat .h5,.swatch.h5{background:var(--h5);color:var(--on-dark);font-weight:700}
        .week .x{outline:2px solid var(--problem);outline-offset:-2px;font-weight:700;color:var(--problem);
        background:var(--problem-ground)}
        .legend{list-style:none;display:flex;flex-wrap:wrap;gap:.3rem 1.1rem;margin:0 0 1.2rem;padding:0;font-size:.85rem;color:var(--soft)}
        .legend li{display:flex;align-items:center;gap:.4rem}
        .swatch{width:1.5rem;height:1rem;border:1px solid var(--rule);border-radius:2px;background:var(--card)}
        details{border-top:1px solid var(--line)}
        section>details:last-of-type{border-bottom:1px solid var(--line)}
        summary{cursor:pointer;padding:.7rem 0;min-height:2.75rem}
        summary h3{display:inline;margin:0;font-size:1rem}
        summary span{color:var(--soft);font-size:.92rem;margin-left:.6rem}
        """

    static let pictures = """
        .chart{--ground:var(--card);margin:1.2rem 0 2rem;padding:1rem 1.2rem;background:var(--card);border:1px solid var(--line);border-radius:.7rem}
        .chart svg{display:block;width:100%;min-width:42rem;height:auto}
        .chart .legend svg{width:1.5rem;min-width:0;height:1rem}
        .chart figcaption{color:var(--soft);font-size:.92rem;margin-top:.3rem}
        .chart details{border:0}
        .chart summary{color:var(--accent);font-size:.92rem;padding-bottom:.2rem}
        .chart .heat tr>:first-child{background:var(--card)}
        .grid{stroke:var(--line)}
        .days{stroke:var(--rule)}
        .labels{fill:var(--soft);font-size:11px}
        .band,.range{fill:var(--band)}
        .load,.level2{fill:var(--h5)}
        .level1{fill:var(--band)}
        .level3{fill:url(#samtidig-p)}
        .swatch.level1{background:var(--band)}.swatch.level2{background:var(--h5)}
        .free{stroke:var(--ink)}
        .lead{font-size:1.2rem;font-weight:600;line-height:1.4}
        .notes{font-size:.92rem;color:var(--soft);max-width:46rem;padding-left:1.2rem}
        .week{min-width:36rem}
        .week td{white-space:nowrap}
        .week small{font-size:.68rem;font-weight:400;color:var(--soft);margin-left:.4em}
        .hatch-back{fill:var(--hatch-ground)}
        .hatch-line{stroke:var(--hatch)}
        .line,.target{stroke:var(--ink)}
        .base{stroke:var(--soft)}
        .axis{stroke:var(--rule)}
        .point{fill:var(--accent);stroke:var(--card);stroke-width:1.5}
        .meter rect{fill:var(--accent)}
        .bullet{display:block}
        .badge{display:inline-block;padding:.15rem .6rem;border-radius:1rem;font-weight:700;white-space:nowrap;font-size:.88rem}
        .badge.good{background:var(--good-ground);color:var(--good)}
        .badge.way{background:var(--way-ground);color:var(--way)}
        .badge.problem{background:var(--problem-ground);color:var(--problem)}
        .badge.unknown{background:var(--unknown-ground);color:var(--unknown)}
        .badge .mark{color:inherit}
        .chart h3{font-size:1rem;margin:0 0 .4em}
        .plain{fill:var(--rule)}
        .work{fill:var(--hatch)}
        .scarce{stroke:var(--hatch)}
        .hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
        .answers .over{font-size:.9rem;margin-bottom:.3em}
        .headlines.answers li:first-child{flex-basis:27rem;padding:1.1rem 1.3rem;border-width:1px}
        .headlines.answers li:first-child .claim{font-size:1.12rem;line-height:1.35;letter-spacing:0}
        .headlines.answers li:first-child .detail{color:var(--soft);font-size:.95rem}
        .headlines.answers li.neutral:first-child{border-color:var(--line)}
        .answers .claim{font-size:1.12rem}
        .source{margin-top:1.8rem}
        .indicators .n small{white-space:normal}
        .indicators td:nth-child(2){min-width:8.5rem}
        .indicators td:nth-child(3){min-width:9.5rem}
        @media (max-width:30rem){.indicators th[scope=row]{min-width:6.5rem}.indicators td:nth-child(2){min-width:4.5rem}.indicators td:nth-child(3){min-width:6rem}
        .indicators th,.indicators td{padding-inline:.3rem}.indicators .badge{white-space:normal}}
        .indicators th a{color:inherit}
        .places{font-size:.9rem}
        .bar+.bar{padding-top:0}
        .sheet section{margin-top:1.8rem}
        """

    /// A4, always on white; what is folded on the screen is open on paper.
    static let printing = """
        .printed{display:none}
        @media (forced-colors:active){.heat td,.badge,.card{border:1px solid}.chart svg *{forced-color-adjust:none}}
        @media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
        @page{size:A4;margin:12mm 13mm}
        @media print{:root{color-scheme:light;--paper:#fff;--card:#fff;--ink:#000;--soft:#3d4a51;--line:#cfd6d9;--rule:#8d9aa0;
        --accent:#0b5d78;--problem:#9c2f16;--problem-ground:#fbeae4;--good:#1c6640;--good-ground:#e6f3ea;--way:#0b5d78;
        --way-ground:#e3f0f5;--unknown:#4a5b64;--unknown-ground:#eceff0;--band:#5896b1;--hatch:#a3341f;--hatch-ground:#f6d5cc;
        --h1:#e4f1f6;--h2:#c0dfec;--h3:#8dc3da;--h4:#2b7596;--h5:#0c4560;--on-light:#14232b;--on-dark:#fff}
        *{print-color-adjust:exact;-webkit-print-color-adjust:exact}
        html{font-size:9.5pt}
        body{line-height:1.45}
        main{max-width:none;padding:0}
        .skip,.picker,.contents,form,header.site nav,#kilder .screen,#kilder .scroll{display:none}
        .printed{display:block}
        header.site{border:0}
        .bar,footer.site p{padding:0;max-width:none}
        .title{padding-top:.6rem}
        section{margin-top:1.6rem}
        h1{font-size:22pt}h2{font-size:15pt}h3{font-size:11.5pt}
        h2,h3,h4,caption,summary{break-after:avoid}
        tbody:first-of-type tr:first-child{break-before:avoid}
        thead{display:table-header-group}
        tr,td,th,caption,figure,.card,.headlines li,.checks li{break-inside:avoid}
        .scroll{overflow:visible;background:none}
        table{font-size:8pt}
        .figures th,.figures td{padding:.22rem .4rem}
        .figures thead th{font-size:7.5pt}
        .figures thead .n{min-width:0}
        .figures small{font-size:7pt}
        .figures .n{white-space:normal}
        .indicators th[scope=row]{min-width:0}
        .indicators .bullet{width:24mm;height:auto}
        .meter{min-width:2rem}
        .heat{min-width:0;font-size:6.6pt}
        .heat th,.heat td{padding:.16rem 0}
        .heat tr>:first-child{width:8mm;position:static}
        .week{min-width:0;line-height:1.2}
        .week th,.week td{padding:.08rem 0}
        .week small{font-size:6pt}
        tbody tr:nth-child(-n+2){break-after:avoid}
        tbody tr:nth-last-child(-n+2){break-before:avoid}
        .indicators tbody tr:nth-child(2){break-after:auto}
        .indicators tbody tr:nth-last-child(2){break-before:auto}
        .chart svg,figcaption{break-before:avoid}
        h2+p:has(+.scroll){break-after:avoid}
        .source{margin-top:.8rem;max-width:none;font-size:8.5pt;line-height:1.35}
        .banner{padding:.4rem .8rem}
        .chart{padding:.5rem .7rem;margin:.7rem 0}
        .chart svg{min-width:0}
        details{border:0}
        details::details-content{content-visibility:visible;display:block;height:auto}
        figure.long{break-inside:auto}
        summary{list-style:none;padding:.4rem 0 0}
        .chart summary{display:none}
        .headlines ol,.cards{gap:.5rem}
        .headlines .claim{font-size:10.5pt}
        .headlines li:first-child .claim{font-size:14pt}
        .headlines li,.card{padding:.6rem .8rem;flex-basis:40%}
        .headlines li:first-child{padding:.8rem 1rem}
        .card .big{font-size:20pt}
        .sheet .title{padding-top:0}.sheet h1{font-size:15pt;margin:0 0 .15em}.sheet .over,.sheet .cover{font-size:8pt;line-height:1.3}
        .sheet section,.sheet .headlines{margin-top:.35rem}
        .sheet .source{margin:0;font-size:7.4pt;line-height:1.2}
        .sheet p{margin-bottom:.3em;line-height:1.3;max-width:none}
        .sheet section>p{font-size:8.5pt}
        .sheet .claim{font-size:9.5pt;line-height:1.2;margin-bottom:.1em}.sheet .detail{font-size:7.4pt;line-height:1.22}
        .headlines.answers li,.headlines.answers li:first-child{flex-basis:40%;padding:.3rem .6rem;margin-bottom:.25rem}
        .headlines.answers li:first-child .claim{font-size:10.5pt}
        .headlines.answers li .detail,.headlines.answers li:first-child .detail{font-size:8pt;line-height:1.35}
        .sheet .headlines.answers li .detail,.sheet .headlines.answers li:first-child .detail{font-size:7.4pt;line-height:1.22}
        .sheet h2{font-size:11pt;margin-bottom:.15em}.sheet caption span{max-width:none}.sheet .headlines ol{row-gap:.2rem}
        .sheet table{font-size:7.5pt;line-height:1.2}.sheet .figures th,.sheet .figures td{padding:.05rem .4rem}
        a{color:inherit;text-decoration:none}}
        """
}
