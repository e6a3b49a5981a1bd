import Accounts
import Identity
import Outbound
import Settings
import Testing

/// What goes out and who comes in from elsewhere: `http.publicAddress`, `smtp` and `oidc`.
@Suite("Mail and logins of vaktlast.yaml")
struct OutboundSettingsTests {
    private func folder(_ rest: String) throws -> ConfigurationFolder {
        let folder = try ConfigurationFolder("broker: {url: \"mqtt://127.0.0.1:1\"}\nhttp: {publicAddress: \"https://vaktlast.kommune.example/\"}\n\(rest)\n")
        try folder.write("secret", "s3cret\n")
        try folder.write("ca.pem", "x")
        return folder
    }

    @Test("a mail server is read whole; without the section there is none")
    func mail() throws {
        let settings = try folder("smtp: {url: \"smtp://mail.example:587\", user: v, passwordFile: secret, caFile: ca.pem, from: \"Vakt <v@k.example>\"}")
            .settings()
        let mail = try #require(settings.mail)
        #expect(mail.url == "smtp://mail.example:587" && mail.encryption == .startTLS && mail.user == "v" && mail.password == "s3cret")
        #expect(mail.from.address == "v@k.example" && mail.from.name == "Vakt" && mail.caFile?.hasSuffix("/ca.pem") == true)
        #expect(settings.publicAddress == "https://vaktlast.kommune.example")
        #expect(try folder("smtp: {url: \"smtps://mail.example\", from: v@k.example}").settings().mail?.encryption == .implicit)
        #expect(try folder("smtp: {url: \"smtp://127.0.0.1\", startTLS: off, from: v@k.example}").settings().mail?.encryption == MailServer.Encryption.none)
        #expect(try folder("").settings().mail == nil)
        let overridden = try folder("smtp: {url: \"smtp://a.example\", from: v@k.example}").settings(["VAKTLAST_SMTP_URL": "smtp://b.example"])
        #expect(overridden.mail?.url == "smtp://b.example")
    }

    static let wrongMail: [(section: String, says: String)] = [
        ("{from: v@k.example}", "smtp.url is missing"), ("{url: \"http://a.example\", from: v@k.example}", "is not smtp://host"),
        ("{url: \"smtp://a:b@c.example\", from: v@k.example}", "without name and password"), ("{url: \"smtp://a.example\"}", "smtp.from is missing"),
        ("{url: \"smtp://a.example\", from: vakt}", "smtp.from is not"), ("{url: \"smtp://a.example\", from: v@k.example, user: v}", "give both or neither"),
        ("{url: \"smtp://a.example\", from: v@k.example, user: v, passwordFile: none}", "passwordFile cannot be read"),
        ("{url: \"smtp://a.example\", startTLS: off, from: v@k.example, user: v, passwordFile: secret}", "would show the password"),
        ("{url: \"smtps://a.example\", startTLS: required, from: v@k.example}", "encrypted from the first word"),
        ("{url: \"smtp://a.example\", startTLS: maybe, from: v@k.example}", "required or off"),
        ("{url: \"smtp://a.example\", from: v@k.example, port: 25}", "is unknown"),
    ]

    @Test("what is wrong with a mail server is told with its key", arguments: wrongMail)
    func mailProblems(row: (section: String, says: String)) throws {
        let problems = try folder("smtp: \(row.section)").problems()
        #expect(problems.contains { $0.contains(row.says) }, "\(problems)")
    }

    private static let roles = "roles: [{value: leder, role: leader, municipalities: [\"3407\"], zones: [biri]}]"

    @Test("a login elsewhere is read whole, with its defaults")
    func login() throws {
        let settings = try folder(
            "oidc: {issuer: \"https://i.example/r\", clientId: c, clientSecretFile: secret, contact: IKT, rolesClaim: realm_access.roles, \(Self.roles)}"
        ).settings()
        let identity = try #require(settings.identity)
        #expect(identity.issuer == "https://i.example/r" && identity.clientID == "c" && identity.clientSecret == "s3cret" && identity.contact == "IKT")
        #expect(identity.redirectAddress == "https://vaktlast.kommune.example/logg-inn/tilbake")
        #expect(identity.scopes == ["openid", "profile"] && identity.rolesClaim == "realm_access.roles" && identity.nameClaim == "preferred_username")
        #expect(identity.rules == [.init(value: "leder", reach: Reach(role: .leader, municipalities: ["3407"], zones: ["biri"]))])
        #expect(settings.warnings.contains { $0.contains("3407, which is not configured") })
        #expect(try folder("").settings().identity == nil)
    }

    static let wrongLogin: [(section: String, says: String)] = [
        ("{clientId: c, \(roles)}", "oidc.issuer is missing"), ("{issuer: \"http://i.example\", clientId: c, \(roles)}", "is not the provider's issuer"),
        ("{issuer: \"https://i.example\", \(roles)}", "oidc.clientId is missing"),
        ("{issuer: \"https://i.example\", clientId: c}", "oidc.roles is missing or empty"),
        ("{issuer: \"https://i.example\", clientId: c, scopes: [profile], \(roles)}", "must hold openid"),
        ("{issuer: \"https://i.example\", clientId: c, roles: [{value: x, role: chief, municipalities: [\"3407\"]}]}", "«chief» is not one of"),
        ("{issuer: \"https://i.example\", clientId: c, roles: [{value: x, role: leader}]}", "name at least one municipality"),
        ("{issuer: \"https://i.example\", clientId: c, roles: [{value: x, role: central, municipalities: [\"3407\"]}]}", "needs its source"),
        ("{issuer: \"https://i.example\", clientId: c, clientSecretFile: none, \(roles)}", "clientSecretFile cannot be read"),
        ("{issuer: \"https://i.example\", clientId: c, groups: x, \(roles)}", "is unknown"),
    ]

    @Test("what is wrong with a login elsewhere is told with its key", arguments: wrongLogin)
    func loginProblems(row: (section: String, says: String)) throws {
        let problems = try folder("oidc: \(row.section)").problems()
        #expect(problems.contains { $0.contains(row.says) }, "\(problems)")
    }

    @Test("a login elsewhere needs to know where it comes back to, and an address is one")
    func address() throws {
        let without = try ConfigurationFolder("broker: {url: \"mqtt://127.0.0.1:1\"}\noidc: {issuer: \"https://i.example\", clientId: c, \(Self.roles)}\n")
        #expect(try without.problems().contains { $0.contains("needs http.publicAddress") })
        for address in ["http://vaktlast.kommune.example", "https://x.example/path", "vaktlast.kommune.example", "https://x.example?a=b"] {
            let folder = try ConfigurationFolder("broker: {url: \"mqtt://127.0.0.1:1\"}\nhttp: {publicAddress: \"\(address)\"}\n")
            #expect(try folder.problems().contains { $0.contains("publicAddress") }, "\(address)")
        }
    }
}
