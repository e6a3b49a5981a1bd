import Accounts
import Reports

/// The pages that everyone may read: what the figures mean, and the accessibility statement.
extension Pages {
    func help(_ query: Query, _ caller: Access.Caller) -> Page {
        let (navigation, municipality) = plainNavigation(.help, query, caller)
        return Page(body: Array(HelpPage(municipality: municipality?.name).html(navigation: navigation, style: .linked(Pages.styleAddress)).utf8))
    }

    /// - Parameter caller: nil for whoever has not logged in, who gets the page without the bar's links.
    func accessibility(_ query: Query?, _ caller: Access.Caller?) -> Page {
        var navigation = ReportNavigation(path: SitePage.accessibility.rawValue)
        if let query, let caller { navigation = plainNavigation(.accessibility, query, caller).navigation }
        return Page(body: Array(AccessibilityPage(contact: face.contact).html(navigation: navigation, style: .linked(Pages.styleAddress)).utf8))
    }

    /// The bar also of someone who has no municipality.
    private func plainNavigation(_ page: SitePage, _ query: Query, _ caller: Access.Caller) -> (
        navigation: ReportNavigation, municipality: ReportedMunicipality?
    ) {
        guard let municipality = try? municipality(query, caller) else { return (ReportNavigation(path: page.rawValue), nil) }
        return (navigation(page, municipality, caller), municipality)
    }
}
