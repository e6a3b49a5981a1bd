/// What every page has around what it is about: the site's head with its links, and who has logged in.
struct PageFrame {
    /// The page's own heading.
    var title: String
    /// Of whom it tells, after the heading in the browser's bar; nil for the whole service.
    var about: String?
    var navigation: ReportNavigation?
    var style: Report.StylePlacement
    /// What the figures stand on, in the foot.
    var provenance = ""

    var view: View {
        let name = [title, about].compactMap(\.self).joined(separator: ", ")
        var view: View = [
            "documentTitle": "\(name) – Vaktlast", "title": title, "hasLinks": navigation?.links.isEmpty == false,
            "links": navigation?.links.map(\.view) ?? [], "hasPages": navigation?.pages.isEmpty == false, "pages": navigation?.pages.map(\.view) ?? [],
            "account": (navigation?.account).map { ["name": $0.name, "token": $0.formToken, "path": $0.logoutPath] as View }.orHidden,
            "provenance": provenance, "help": navigation == nil ? "" : Glossary.path, "helpPath": navigation.map { _ in Glossary.path }.orHidden,
            "hasFootLinks": navigation != nil, "footLinks": ReportNavigation.footLinks.map(\.view), "styleText": false, "stylePath": false,
            "scriptPath": (navigation?.scriptPath).orHidden,
        ]
        switch style {
        case .inline: view["styleText"] = Report.styleSheet
        case .embedded(let text): view["styleText"] = text
        case .linked(let path): view["stylePath"] = path
        }
        return view
    }
}
