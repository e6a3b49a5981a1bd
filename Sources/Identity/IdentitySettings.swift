package import Accounts

/// The municipality's own login (OpenID Connect), and what its roles may see here.
package struct IdentitySettings: Equatable, Sendable {
    /// Who has this value in the claim of roles may see that.
    package struct Rule: Equatable, Sendable {
        package var value: String
        package var reach: Reach

        package init(value: String, reach: Reach) { (self.value, self.reach) = (value, reach) }
    }

    package var issuer: String
    package var clientID: String
    /// Nil for a public client, which PKCE alone protects.
    package var clientSecret: String?
    /// Where the provider sends people back to.
    package var redirectAddress: String
    /// Where people are after logging out at the provider.
    package var afterLogoutAddress: String
    package var scopes: [String]
    /// The way to it where it lies within others: `realm_access.roles`.
    package var rolesClaim: String
    package var nameClaim: String
    package var rules: [Rule]
    /// Whom to ask for a role, in words for people.
    package var contact: String?

    package init(
        issuer: String,
        clientID: String,
        clientSecret: String?,
        redirectAddress: String,
        afterLogoutAddress: String,
        scopes: [String] = ["openid", "profile"],
        rolesClaim: String = "roles",
        nameClaim: String = "preferred_username",
        rules: [Rule],
        contact: String? = nil
    ) {
        self.issuer = issuer
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.redirectAddress = redirectAddress
        self.afterLogoutAddress = afterLogoutAddress
        self.scopes = scopes
        self.rolesClaim = rolesClaim
        self.nameClaim = nameClaim
        self.rules = rules
        self.contact = contact
    }

    /// What someone with these values may see; nil for nothing. The first rule that fits decides; further ones of the
    /// same role, municipalities and source add their zones.
    package func reach(of values: Set<String>) -> Reach? {
        let fitting = rules.filter { values.contains($0.value) }.map(\.reach)
        guard var reach = fitting.first else { return nil }
        for other in fitting.dropFirst() where (other.role, other.municipalities, other.source) == (reach.role, reach.municipalities, reach.source) {
            guard let zones = reach.zones else { break }
            reach.zones = other.zones.map { zones + $0.filter { !zones.contains($0) } }
        }
        return reach
    }
}
