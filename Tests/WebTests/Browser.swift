import Accounts
import Foundation
import Store
import Testing

/// Someone before a browser: keeps the cookie, and sends forms with the mark that the page before had.
final class Browser {
    static let password = "blåbær på tunet i regn"

    private let site: ServedSite
    /// What is said in every request; `X-Forwarded-Proto: https` behind TLS.
    let headers: [String]
    private(set) var cookie: String?

    /// - Parameter cookie: of a session that was begun elsewhere.
    init(_ site: ServedSite, headers: [String] = [], cookie: String? = nil) {
        self.site = site
        self.headers = headers
        self.cookie = cookie
    }

    /// Logs in with an account that is made for it.
    static func loggedIn(_ site: ServedSite, _ name: String, _ reach: Reach, headers: [String] = []) async throws -> Browser {
        _ = try #require(site.store).add(name, reach, hash: Password.hash(password), now: 0)
        let browser = Browser(site, headers: headers)
        #expect(try await browser.login(name).status == 303)
        return browser
    }

    func login(_ name: String, _ password: String = Browser.password) async throws -> HTTPAnswer {
        try await send("/logg-inn", ["navn": name, "passord": password, "neste": "/"])
    }

    func get(_ path: String) async throws -> HTTPAnswer {
        let lines = (headers + ["Accept: text/html"] + (cookie.map { ["Cookie: \($0)"] } ?? [])).map { "\($0)\r\n" }.joined()
        return keep(try await site.send(Array(path.utf8), head: lines))
    }

    /// Sends the fields to an address, with the mark of the page there.
    func post(_ path: String, _ fields: [String: String], from page: String? = nil) async throws -> HTTPAnswer {
        let mark = try Browser.mark(String(decoding: try await get(page ?? path).body, as: UTF8.self))
        return try await send(path, fields.merging(["skjema": mark]) { given, _ in given })
    }

    func send(_ path: String, _ fields: [String: String]) async throws -> HTTPAnswer {
        keep(try await site.form(path, fields, headers: headers + (cookie.map { ["Cookie: \($0)"] } ?? [])))
    }

    private func keep(_ answer: HTTPAnswer) -> HTTPAnswer {
        if let field = answer.headers["set-cookie"] { cookie = field.split(separator: ";").first.map(String.init) }
        return answer
    }

    /// What the forms of a page bring.
    static func mark(_ html: String) throws -> String {
        String(try #require(html.firstMatch(of: #/name="skjema" value="([0-9a-f]{64})"/#)).1)
    }
}
