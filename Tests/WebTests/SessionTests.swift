import Accounts
import Foundation
import Store
import Synchronization
import Testing

/// Cookies, headers and limits that hold for every page.
@Suite("Sessions and headers")
struct SessionTests {
    private static let leader = Reach(role: .leader, municipalities: ["3407"])

    @Test("a page renews the session's secret when its time is over; forms of pages opened before still hold")
    func renewal() async throws {
        let site = try await ServedSite(hasStore: true)
        let kari = try await Browser.loggedIn(site, "kari", Self.leader)
        let before = try await kari.get("/")
        #expect(before.headers["set-cookie"] == nil)
        let (old, mark) = (try #require(kari.cookie), try Browser.mark(before.text))
        site.time.now += Session.secretMilliseconds
        let asked = try await site.send(Array("/na".utf8), head: "Cookie: \(old)\r\n")
        #expect(asked.status == 200 && asked.headers["set-cookie"] == nil, "what a page asks for by itself renews nothing")
        #expect(try await kari.get("/").headers["set-cookie"]?.contains("; HttpOnly; SameSite=Lax") == true)
        #expect(kari.cookie != old)
        #expect(try await kari.get("/").status == 200)
        site.time.now += Session.overlapMilliseconds
        #expect(try await site.send(Array("/".utf8), head: "Cookie: \(old)\r\n").status == 401)
        let out = try await kari.send("/logg-ut", ["skjema": mark])
        #expect(out.status == 303 && out.headers["set-cookie"]?.contains("Max-Age=0") == true)
        #expect(try await kari.get("/").status == 303)
    }

    @Test("behind TLS the cookie is bound to the host and the browser is told to stay with TLS")
    func secure() async throws {
        let site = try await ServedSite(hasStore: true)
        let kari = try await Browser.loggedIn(site, "kari", Self.leader, headers: ["X-Forwarded-Proto: https", "X-Forwarded-For: 10.0.0.5"])
        let cookie = try #require(kari.cookie)
        #expect(cookie.hasPrefix("__Host-vaktlast="))
        let page = try await kari.get("/")
        #expect(page.status == 200 && page.headers["strict-transport-security"] == "max-age=31536000")
        let plain = cookie.replacingOccurrences(of: "__Host-vaktlast", with: "vaktlast")
        #expect(try await site.send(Array("/".utf8), head: "X-Forwarded-Proto: https\r\nCookie: \(plain)\r\n").status == 401, "a neighbour's cookie")
        #expect(try await site.get("/logg-inn").headers["strict-transport-security"] == nil)
    }

    private static let addresses = [
        "/", "/logg-inn", "/stil.css", "/tavle.css", "/na.js", "/favicon.ico", "/healthz", "/nothing", "/api/v1/status", "/api/v1/alarms", "/formaal", "/konto",
        "/velg-passord", "/administrasjon", "/rapport.csv?period=2026-W44",
    ]

    @Test("every answer is kept by nobody and shown within no other site's page", arguments: addresses)
    func headers(path: String) async throws {
        let site = try await ServedSite(hasStore: true)
        for head in ["", "Accept: text/html\r\n"] {
            let answer = try await site.send(Array(path.utf8), head: head)
            #expect(answer.headers["cache-control"] == "no-store" && answer.headers["x-content-type-options"] == "nosniff", "\(path)")
            let policy = try #require(answer.headers["content-security-policy"])
            #expect(policy.hasPrefix("default-src 'none'") && policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"), "\(path)")
            #expect(answer.headers["referrer-policy"] == "same-origin" && answer.headers["cross-origin-opener-policy"] == "same-origin", "\(path)")
            #expect(answer.headers["cross-origin-resource-policy"] == "same-origin", "\(path)")
            #expect(answer.headers["permissions-policy"]?.contains("geolocation=()") == true, "\(path)")
        }
    }

    @Test("one changes one's own password with the old one; all other sessions end")
    func ownPassword() async throws {
        let site = try await ServedSite(hasStore: true)
        let kari = try await Browser.loggedIn(site, "kari", Self.leader)
        let elsewhere = Browser(site)
        _ = try await elsewhere.login("kari")
        let new = "tolv skarve turer over fjellet"
        for (fields, word) in [
            (["gammelt": "feil", "nytt": new, "igjen": new], "Passordet er feil."),
            (["gammelt": Browser.password, "nytt": "kort", "igjen": "kort"], "minst 15 tegn"),
            (["gammelt": Browser.password, "nytt": new, "igjen": new + "!"], "ikke like"),
            (["gammelt": Browser.password, "nytt": "karikarikarikarikari", "igjen": "karikarikarikarikari"], "ulike tegn"),
        ] {
            let answer = try await kari.post("/konto", fields)
            #expect(answer.status == 422 && answer.text.contains(word), "\(word)")
        }
        #expect(try await elsewhere.get("/").status == 200)
        let old = kari.cookie
        let done = try await kari.post("/konto", ["gammelt": Browser.password, "nytt": new, "igjen": new])
        #expect(done.status == 200 && done.text.contains("Passordet er byttet") && kari.cookie != old)
        #expect(try await elsewhere.get("/").status == 303)
        #expect(try await kari.get("/").status == 200)
        #expect(try await kari.post("/konto", ["gammelt": new, "nytt": "kort", "igjen": "kort"]).status == 422, "the page after the change has the new mark")
        #expect(try await Browser(site).login("kari").status == 401)
        #expect(try await Browser(site).login("kari", new).status == 303)
    }
}
