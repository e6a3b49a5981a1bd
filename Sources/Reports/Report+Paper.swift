extension Report {
    /// The report as one HTML document for a program that makes paper of it (WeasyPrint 57): the looks of print with every
    /// colour in its place, because it knows variables only in part, and in each picture too, because it draws
    /// pictures by their own style alone.
    package func paper() -> String { Report.paper { html(style: $0) } }

    /// The same of any page, as it is written with a style.
    package static func paper<Problem>(_ page: (StylePlacement) throws(Problem) -> String) throws(Problem) -> String {
        let colours = Report.printColours
        let pictures = "<style>\(Report.resolved(Report.pictures, colours))</style>"
        return try page(.embedded(Report.resolved(Report.styleSheet + Report.paperOnly, colours)))
            .replacing(#/<svg[^>]*>/#) { $0.output + pictures }
    }

    /// What flexible boxes do on screens by their gaps.
    private static let paperOnly = """

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
