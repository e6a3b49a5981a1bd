import Accounts
import Foundation
import Identity
import Outbound
import TestProvider
import Testing
import Web

/// A login through a provider that others made (oidc-provider-mock on PyPI), over HTTP.
@Suite("A provider that others made")
struct ForeignProviderTests {
    private static let program = NSHomeDirectory() + "/.cache/vaktlast/python/bin/oidc-provider-mock"
    static let isInstalled = FileManager.default.isExecutableFile(atPath: program)

    @Test(
        "its account comes in with the role that its claims say, and logging out leads to it",
        .enabled(if: ForeignProviderTests.isInstalled, "scripts/test could not install oidc-provider-mock from PyPI")
    )
    func login() async throws {
        let port = try HTTPExchange.freePort()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Self.program)
        let user = #"{"sub": "kari", "preferred_username": "kari@kommune.example", "groups": ["planleggere", "annet"]}"#
        process.arguments = ["--port", "\(port)", "--require-nonce", "true", "--user-claims", user]
        (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        try process.run()
        defer {
            // It inherits that SIGTERM is held back where a site of another test waits for it.
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
        let settings = IdentitySettings(
            issuer: "http://127.0.0.1:\(port)",
            clientID: "vaktlast",
            clientSecret: "hemmelig",
            redirectAddress: TestProvider.redirect,
            afterLogoutAddress: "https://vaktlast.kommune.example/logg-inn",
            rolesClaim: "groups",
            rules: [.init(value: "planleggere", reach: Reach(role: .planner, municipalities: ["3407"]))]
        )
        let caller = HTTPCaller()
        let desk = IdentityDesk(settings, isAllowed: HTTPCaller.isAllowed) { address, form, headers in
            let answer = try await caller.ask(address, form: form, headers: headers)
            return (answer.status, answer.body)
        }
        let site = try await ServedSite(hasStore: true, identity: desk, now: { Int64(Date().timeIntervalSince1970 * 1000) })

        // It takes a while to begin.
        var begun = try await site.get(IdentityDesk.startPath)
        while begun.status == 503, process.isRunning {
            try await Task.sleep(for: .milliseconds(200))
            begun = try await site.get(IdentityDesk.startPath)
        }
        try #require(begun.status == 303)
        let location = try #require(begun.headers["location"])
        let address = try #require(URLComponents(string: location))
        let path = "\(address.path)?\(address.percentEncodedQuery ?? "")"
        let head =
            "POST \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 8\r\nConnection: close\r\n\r\nsub=kari"
        let sent = try await HTTPExchange.send(Array(head.utf8), port: port)
        let returned = try #require(sent.headers["location"])
        let back = try #require(URLComponents(string: returned))
        let tried = try #require(begun.headers["set-cookie"]?.split(separator: ";").first)
        let text = "GET \(back.path)?\(back.percentEncodedQuery ?? "") HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: \(tried)\r\nConnection: close\r\n\r\n"
        let opened = try await HTTPExchange.raw(Array(text.utf8), port: site.port)
        try #require(opened.hasPrefix("HTTP/1.1 303"), "\(opened)")
        let fields = opened.components(separatedBy: "\r\n").filter { $0.lowercased().hasPrefix("set-cookie: vaktlast=") }
        let cookie = String(try #require(fields.first?.dropFirst("Set-Cookie: ".count).split(separator: ";").first))
        let period = "from=2026-10-26&to=2026-10-27"
        let month = "/api/v1/kpis?municipality=3407&from=2026-09-01&to=2026-10-01"
        #expect(try await site.send(Array(month.utf8), head: "Cookie: \(cookie)\r\n").status == 200)
        #expect(try await site.send(Array("/api/v1/alarms?municipality=3407&\(period)".utf8), head: "Cookie: \(cookie)\r\n").status == 403)
        let out = try await Browser(site, cookie: cookie).post("/logg-ut", [:], from: "/konto")
        #expect(out.headers["refresh"]?.hasPrefix("0; url=http://127.0.0.1:\(port)/oauth2/end_session?client_id=vaktlast") == true)
    }
}
