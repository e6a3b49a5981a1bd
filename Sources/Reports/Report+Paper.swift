extension Report {
    /// The report as one HTML document for a program that makes paper of it (WeasyPrint 57): the looks of print with every
    /// colour in its place, because it knows variables only in part, and in each picture too, because it draws
    /// pictures by their own style alone.
    package func paper() -> String { Report.paper { html(style: $0) } }

    /// The same of any page, as it is written with a style.
    ///
    /// Characters that only say where a line may break are left out: WeasyPrint puts them into the text that is found and copied, once
    /// for each use of the letter that follows, so that no figure after a dash would be found again.
    package static func paper<Problem>(_ page: (StylePlacement) throws(Problem) -> String) throws(Problem) -> String {
        let colours = Report.printColours
        let rules = Report.resolved(Report.pictures, colours).split(separator: "\n").map { rule in
            (text: rule, classes: Set(rule.matches(of: #/\.([a-z][a-z0-9-]*)/#).map(\.output.1)))
        }
        return try page(.embedded(Report.resolved(Report.styleSheet + Report.paperOnly, colours)))
            .replacing("\u{2060}", with: "").replacing(String.breakSpace, with: "")
            .replacing(#/(<svg[^>]*>)(.*?)<\/svg>/#.dotMatchesNewlines()) { "\($0.output.1)\(style(of: $0.output.0, rules))\($0.output.2)</svg>" }
    }

    /// The style of a picture: the rules for what is in it, since each picture's style is read anew, which takes longer than drawing it.
    private static func style(of picture: Substring, _ rules: [(text: Substring, classes: Set<Substring>)]) -> String {
        let classes = Set(picture.matches(of: #/class="([^"]*)"/#).flatMap { $0.output.1.split(separator: " ") })
        let used = rules.filter { !$0.classes.isDisjoint(with: classes) }
        return used.isEmpty ? "" : "<style>\(used.map(\.text).joined(separator: "\n"))</style>"
    }

    /// What flexible boxes do on screens by their gaps; whose page it is and which of how many on each of them; no columns, which WeasyPrint
    /// ends a page within by writing what did not fit twice.
    private static let paperOnly = """

        @page{margin-bottom:16mm;@bottom-left{content:string(place) " · " string(title)}@bottom-right{content:counter(page) " / " counter(pages)}}
        @page{@bottom-left{font:7.5pt Inter,"Noto Sans",sans-serif;color:#3d4a51;width:80%}@bottom-right{font:7.5pt Inter,"Noto Sans",sans-serif;color:#3d4a51}}
        .title .over{string-set:place content()}h1{string-set:title content()}
        dl{columns:auto}
        .legend li{display:inline-block;margin-right:1rem}
        .legend .swatch,.legend svg{display:inline-block;vertical-align:middle;margin-right:.3rem}
        .headlines li,.card{margin:0 .5rem .5rem 0}
        .brand{display:block}.brand svg{vertical-align:middle;margin-right:.4rem}
        """

    /// The values of the variables in print, by name with both hyphens.
    private static var printColours: [Substring: Substring] {
        let root = printing.firstMatch(of: #/:root\{([^}]*)\}/#)?.output.1 ?? ""
        return Dictionary(root.matches(of: #/(--[a-z0-9-]+):([^;]+)/#).map { ($0.output.1, $0.output.2) }) { $1 }
    }

    /// Variables that have no value of their own in print take what stands beside them.
    private static func resolved(_ style: String, _ colours: [Substring: Substring]) -> String {
        style.replacing(#/var\((--[a-z0-9-]+)(?:,var\((--[a-z0-9-]+)\))?\)/#) { match in
            colours[match.output.1] ?? match.output.2.flatMap { colours[$0] } ?? "transparent"
        }
    }
}
