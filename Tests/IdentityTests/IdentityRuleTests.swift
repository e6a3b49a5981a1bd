import Accounts
import Foundation
import Identity
import Testing

@Suite("Who comes in from elsewhere")
struct IdentityRuleTests {
    private func settings(_ rules: [(String, Reach)]) -> IdentitySettings {
        IdentitySettings(
            issuer: "https://i.example",
            clientID: "c",
            clientSecret: nil,
            redirectAddress: "https://v.example/logg-inn/tilbake",
            afterLogoutAddress: "https://v.example/logg-inn",
            rules: rules.map { .init(value: $0.0, reach: $0.1) }
        )
    }

    @Test("the first rule that fits decides; zones of the same role add up; without one there is nothing")
    func rules() {
        let settings = settings([
            ("admin", Reach(role: .admin, municipalities: ["3407"])), ("biri", Reach(role: .leader, municipalities: ["3407"], zones: ["biri"])),
            ("haugtun", Reach(role: .leader, municipalities: ["3407"], zones: ["haugtun", "biri"])),
            ("oyer", Reach(role: .leader, municipalities: ["3440"], zones: ["tretten"])), ("alle", Reach(role: .leader, municipalities: ["3407"])),
        ])
        #expect(settings.reach(of: []) == nil && settings.reach(of: ["Biri", "noe"]) == nil)
        #expect(settings.reach(of: ["biri", "admin"]) == Reach(role: .admin, municipalities: ["3407"]))
        #expect(settings.reach(of: ["haugtun", "biri", "oyer"]) == Reach(role: .leader, municipalities: ["3407"], zones: ["biri", "haugtun"]))
        #expect(settings.reach(of: ["biri", "alle"]) == Reach(role: .leader, municipalities: ["3407"]))
        #expect(settings.reach(of: ["oyer", "alle"]) == Reach(role: .leader, municipalities: ["3440"], zones: ["tretten"]))
    }

    @Test("a login in a cookie is opened by the key that sealed it, for ten minutes, and by nothing else")
    func sealed() {
        let login = LoginTry(next: "/belastning?zone=biri", now: 1000)
        let cookie = login.sealed("k")
        #expect(LoginTry(sealed: cookie, key: "k", now: 1000) == login)
        #expect(LoginTry(sealed: cookie, key: "k", now: 600_999) == login)
        #expect(LoginTry(sealed: cookie, key: "k", now: 601_000) == nil && LoginTry(sealed: cookie, key: "k", now: 999) == nil)
        #expect(LoginTry(sealed: cookie, key: "l", now: 1000) == nil)
        for place in cookie.indices {
            var changed = cookie
            changed.replaceSubrange(place...place, with: cookie[place] == "A" ? "B" : "A")
            #expect(LoginTry(sealed: changed, key: "k", now: 1000) == nil)
        }
        #expect(Set([login.state, login.nonce, login.verifier]).count == 3 && LoginTry(next: "/", now: 0).state != LoginTry(next: "/", now: 0).state)
        #expect(cookie.utf8.allSatisfy { 0x21...0x7E ~= $0 && $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: ",") })
    }

    @Test("the challenge is that of RFC 7636, appendix B")
    func challenge() {
        var login = LoginTry(next: "/", now: 0)
        login.verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
        #expect(login.challenge == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
    }

    @Test("a description must be of the issuer asked, with addresses that may be asked")
    func description() throws {
        let good = [
            "issuer": "https://i.example", "authorization_endpoint": "https://i.example/a", "token_endpoint": "https://i.example/t",
            "jwks_uri": "https://i.example/k",
        ]
        func read(_ change: [String: String]) throws -> IdentityProvider {
            let json = try JSONSerialization.data(withJSONObject: good.merging(change) { $1 })
            return try IdentityProvider(json: Array(json), issuer: "https://i.example") { $0.hasPrefix("https://") }
        }
        #expect(try read([:]).logoutAddress == nil && read(["end_session_endpoint": "https://i.example/o"]).logoutAddress == "https://i.example/o")
        let wrong = [["issuer": "https://i.example/"], ["token_endpoint": "http://i.example/t"], ["jwks_uri": ""], ["end_session_endpoint": "javascript:1"]]
        for change in wrong { #expect(throws: IdentityError.self, "\(change)") { try read(change) } }
        #expect(throws: IdentityError.self) { try IdentityProvider(json: Array("[]".utf8), issuer: "https://i.example") { _ in true } }
        #expect(IdentityProvider.descriptionAddress(issuer: "https://i.example/x/") == "https://i.example/x/.well-known/openid-configuration")
        #expect(IdentityProvider.address("https://i.example/a?p=1", [("x", "a b&c")]) == "https://i.example/a?p=1&x=a%20b%26c")
    }
}
