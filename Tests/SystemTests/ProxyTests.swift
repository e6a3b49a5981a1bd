import Foundation
import Testing

extension SystemTests {
    /// `config/nginx.conf` as it is shipped, in front of a real service, with a certificate of its own.
    @Suite("Behind nginx")
    struct ProxyTests {
        private static let name = "vaktlast.kommune.example"
        private static let password = "et langt ord for 2026"

        /// An answer as curl tells it.
        private struct Answer {
            var status: Int
            /// Lines of its head.
            var head: [String]
            var body: String

            func values(_ name: String) -> [String] {
                head.filter { $0.lowercased().hasPrefix("\(name.lowercased()): ") }.map { String($0.dropFirst(name.count + 2)) }
            }
        }

        /// nginx with the service behind it; both end with the test.
        private final class Front {
            let broker: Broker
            let service: ServiceUnderTest
            let folder: String
            let port: Int
            private var nginx: ChildProcess?

            init(oidc issuer: String? = nil) throws {
                broker = try Broker()
                let login = """
                    oidc:
                      issuer: \(issuer ?? "")
                      clientId: vaktlast
                      clientSecretFile: oidc.secret
                      rolesClaim: groups
                      roles: [{value: planleggere, role: planner, municipalities: ["3407"]}]
                    """
                service = try ServiceUnderTest(broker, further: "")
                folder = try Folder.new("nginx")
                port = try FreePort.next()
                _ = service.stop()
                let plain = "http: {port: \(service.port)}"
                let settings = try service.settings()
                try #require(settings.contains(plain))
                let open = settings.replacing(plain, with: "http: {port: \(service.port), publicAddress: \"https://\(ProxyTests.name)\"}")
                try service.write("vaktlast.yaml", open + (issuer == nil ? "" : "\n\(login)\n"))
                try service.write("oidc.secret", "hemmelig\n")
                try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: "\(service.folder)/oidc.secret")
                try service.write("words", "\(ProxyTests.password)\n")
                let added = try service.command([
                    "users", "add", "leder", "--role", "leader", "--municipality", "3407", "--password-file", "\(service.folder)/words",
                ])
                try #require(added.status == 0, "\(added.output)")
                try service.start()
                try startProxy()
            }

            deinit {
                nginx?.end(SIGTERM)
                try? FileManager.default.removeItem(atPath: folder)
            }

            private func startProxy() throws {
                let (key, certificate, plainPort) = ("\(folder)/key.pem", "\(folder)/cert.pem", try FreePort.next())
                try run(
                    "openssl",
                    ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=\(ProxyTests.name)"]
                        + ["-addext", "subjectAltName=DNS:\(ProxyTests.name)", "-keyout", key, "-out", certificate]
                )
                let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
                var site = try String(contentsOf: root.appending(path: "config/nginx.conf"), encoding: .utf8)
                // The lines to change, and ports that need no root.
                for (shipped, ours) in [
                    ("/etc/ssl/certs/vaktlast.pem", certificate), ("/etc/ssl/private/vaktlast.key", key), ("127.0.0.1:8080", "127.0.0.1:\(service.port)"),
                    ("listen 443 ssl", "listen 127.0.0.1:\(port) ssl"), ("listen 80;", "listen 127.0.0.1:\(plainPort);"),
                ] {
                    try #require(site.contains(shipped), "config/nginx.conf has no \(shipped)")
                    site = site.replacing(shipped, with: ours)
                }
                let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map { "\($0)_temp_path \(folder)/\($0);" }.joined(separator: " ")
                // Packed answers are on in Debian's own.
                let main =
                    "daemon off; master_process off; pid \(folder)/pid; error_log \(folder)/error.log;\nevents {}\n"
                    + "http { gzip on; access_log \(folder)/access.log; \(temporary)\n\(site)\n}\n"
                try Data(main.utf8).write(to: URL(fileURLWithPath: "\(folder)/nginx.conf"))
                nginx = try ChildProcess(Programs.path("nginx"), ["-c", "\(folder)/nginx.conf", "-p", folder], log: "\(folder)/log")
                try waitUntil("nginx listens: \((try? String(contentsOfFile: "\(folder)/log", encoding: .utf8)) ?? "")") { !FreePort.isFree(port) }
                self.plainPort = plainPort
            }

            private(set) var plainPort = 0

            /// What leads curl to us, which believes our certificate.
            var connection: [String] {
                let names = [port, plainPort].flatMap { ["--connect-to", "\(ProxyTests.name):\($0 == port ? 443 : 80):127.0.0.1:\($0)"] }
                return names + ["--cacert", "\(folder)/cert.pem", "--http1.1"]
            }

            func ask(_ path: String, scheme: String = "https", _ further: [String] = []) throws -> Answer {
                let text = try run("curl", ["-s", "-i", "--max-time", "30"] + connection + further + ["\(scheme)://\(ProxyTests.name)\(path)"])
                let parts = text.replacing("\r\n", with: "\n").split(separator: "\n\n", maxSplits: 1, omittingEmptySubsequences: false)
                let head = parts[0].split(separator: "\n").map(String.init)
                let status = head.first.flatMap { $0.split(separator: " ").dropFirst().first }.flatMap { Int($0) }
                return Answer(status: try #require(status, "\(text)"), head: Array(head.dropFirst()), body: parts.count > 1 ? String(parts[1]) : "")
            }

            func login(password: String = ProxyTests.password, _ further: [String] = []) throws -> Answer {
                try ask("/logg-inn", ["--data-urlencode", "navn=leder", "--data-urlencode", "passord=\(password)"] + further)
            }
        }

        /// A cookie as the browser sends it back.
        private static func cookie(_ answer: Answer, _ prefix: String) throws -> String {
            let line = try #require(answer.values("Set-Cookie").first { $0.hasPrefix(prefix) }, "\(answer.head)")
            return String(line.prefix { $0 != ";" })
        }

        @Test("TLS alone, said once and for a year; figures for machines stay inside; forms of our own pages alone")
        func pages() throws {
            let front = try Front()
            let first = try front.ask("/logg-inn")
            #expect(first.status == 200 && first.body.contains("<form"))
            #expect(first.values("Strict-Transport-Security") == ["max-age=31536000"])
            let plain = try front.ask("/maal?period=2026", scheme: "http")
            #expect(plain.status == 301 && plain.values("Location") == ["https://\(Self.name)/maal?period=2026"])
            #expect(try front.ask("/metrics").status == 403)
            #expect(try front.login(["-H", "Origin: https://elsewhere.example"]).status == 403)
            #expect(try front.login(["-H", "Origin: https://\(Self.name)", "-H", "Sec-Fetch-Site: cross-site"]).status == 403)
            let opened = try front.login(["-H", "Origin: https://\(Self.name)", "-H", "Sec-Fetch-Site: same-origin"])
            #expect(opened.status == 303 && opened.values("Location") == ["/"])
            let line = try #require(opened.values("Set-Cookie").first)
            #expect(line.hasPrefix("__Host-vaktlast=") && line.contains("Secure") && line.contains("HttpOnly"))
            let cookie = try Self.cookie(opened, "__Host-vaktlast=")
            let page = try front.ask("/belastning", ["-H", "Cookie: \(cookie)", "-H", "Accept-Encoding: gzip"])
            // Packed, a page with a secret tells by its length what else it holds.
            #expect(page.status == 200 && page.values("Content-Encoding").isEmpty && page.body.contains("name=\"skjema\""))
            // Without the cookie that is bound to TLS nobody is in, whatever a neighbour's host has set.
            #expect(try front.ask("/belastning", ["-H", "Cookie: \(cookie.replacing("__Host-", with: ""))"]).status == 401)
            // A form without the secret of the session's pages.
            #expect(try front.ask("/logg-ut", ["-H", "Cookie: \(cookie)", "-H", "Origin: https://\(Self.name)", "-d", "skjema=x"]).status == 403)
        }

        @Test("who guesses is slowed down by the address that nginx sees, whatever the client says it is")
        func address() throws {
            let front = try Front()
            var statuses: [Int] = []
            for number in 1...60 where statuses.last != 429 {
                statuses.append(
                    try front.login(password: "galt \(number)", ["-H", "X-Forwarded-For: 10.0.0.\(number)", "-H", "X-Real-IP: 10.0.0.\(number)"]).status
                )
            }
            #expect(statuses.first == 401 && statuses.last == 429, "\(statuses)")
        }

        @Test("the live board comes through as it changes, while the stream stays open")
        func stream() throws {
            let front = try Front()
            let cookie = try Self.cookie(front.login(), "__Host-vaktlast=")
            let log = "\(front.folder)/stream"
            let reader = try ChildProcess(
                Programs.path("curl"),
                ["-sN"] + front.connection + ["-H", "Cookie: \(cookie)", "-H", "Accept: text/event-stream", "https://\(Self.name)/na"],
                log: log
            )
            defer { reader.end(SIGKILL) }
            func boards() -> [Substring] {
                let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
                return text.split(separator: "event: tavle").dropFirst().map { $0 }
            }
            try waitUntil("the first board comes") { !boards().isEmpty }
            let before = boards().count
            let central = try Central(front.broker)
            try central.send(
                Event.json("alarm.raised", id: "raised", #""device":"d-1","zone":"biri","alarm":"x","kind":"fall""#),
                on: "vaktlast/v1/3407/a/alarm"
            )
            try waitUntil("a board with the alarm comes") { boards().count > before }
            #expect(reader.isRunning)
        }

        private static let provider = NSHomeDirectory() + "/.cache/vaktlast/python/bin/oidc-provider-mock"

        @Test(
            "the municipality's own login leads back to the address that people see, and in",
            .enabled(if: FileManager.default.isExecutableFile(atPath: provider), "scripts/test could not install oidc-provider-mock from PyPI")
        )
        func ownLogin() throws {
            let port = try FreePort.next()
            let user = #"{"sub": "kari", "preferred_username": "kari@kommune.example", "groups": ["planleggere"]}"#
            let provider = try ChildProcess(Self.provider, ["--port", "\(port)", "--require-nonce", "true", "--user-claims", user], log: "/dev/null")
            defer { provider.end(SIGKILL) }
            try waitUntil("the provider listens") { !FreePort.isFree(port) }
            let front = try Front(oidc: "http://127.0.0.1:\(port)")
            let begun = try front.ask("/logg-inn/oidc")
            try #require(begun.status == 303, "\(begun.head) \(front.service.log())")
            let tried = try #require(begun.values("Set-Cookie").first { $0.hasPrefix("__Host-vaktlast-innlogging=") })
            #expect(tried.contains("Secure") && tried.contains("SameSite=Lax"))
            let location = try #require(begun.values("Location").first)
            let asked = try #require(URLComponents(string: location)?.queryItems?.first { $0.name == "redirect_uri" }?.value)
            #expect(asked == "https://\(Self.name)/logg-inn/tilbake")
            // The person says who she is, at the provider.
            let sent = try run("curl", ["-s", "-o", "/dev/null", "-w", "%{redirect_url}", "-d", "sub=kari", location])
            let back = try #require(URLComponents(string: sent.trimmingCharacters(in: .whitespacesAndNewlines)))
            #expect(back.scheme == "https" && back.host == Self.name)
            let cookie = String(tried.prefix { $0 != ";" })
            let opened = try front.ask("\(back.path)?\(back.percentEncodedQuery ?? "")", ["-H", "Cookie: \(cookie)"])
            #expect(opened.status == 303 && opened.values("Location") == ["/"], "\(opened.head)")
            let session = try Self.cookie(opened, "__Host-vaktlast=")
            #expect(try front.ask("/belastning", ["-H", "Cookie: \(session)"]).status == 200)
        }
    }
}
