import Foundation
import Glibc
import Store
import Testing

/// Requests that are too large, too slow or meant to break out of where they stand.
@Suite("Limits of requests")
struct RequestLimitTests {
    private static let sizes = ["100000000000", "18446744073709551616", "99999999"]

    @Test("a body that says itself to be huge is refused before any of it has come", arguments: sizes)
    func announced(length: String) async throws {
        let site = try await ServedSite()
        for path in ["/api/v1/devices?municipality=3407", "/api/v1/staffing?municipality=3407", "/logg-inn", "/administrasjon", "/konto"] {
            let answer = try await HTTPExchange.head(
                "POST \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/csv\r\nContent-Length: \(length)\r\n\r\n",
                port: site.port
            )
            #expect(answer.hasPrefix("HTTP/1.1 413") || answer.hasPrefix("HTTP/1.1 400"), "\(path): \(answer.prefix(40))")
        }
        #expect(try await site.get("/healthz").status == 200)
    }

    @Test("a body without a length is read no further than the limit")
    func chunked() async throws {
        let site = try await ServedSite(hasStore: true)
        let chunk = "4000\r\n" + String(repeating: "a", count: 0x4000) + "\r\n"
        let text =
            "POST /logg-inn HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n"
            + "Connection: close\r\n\r\n" + chunk + chunk + "0\r\n\r\n"
        #expect(try await HTTPExchange.send(Array(text.utf8), port: site.port).status == 413)
    }

    @Test("heads beyond what a head may be are refused")
    func heads() async throws {
        let site = try await ServedSite()
        let large = String(repeating: "a", count: 100_000)
        let many = (1...2000).map { "X-\($0): a\r\n" }.joined()
        for head in ["X-Large: \(large)\r\n", many, "Cookie: \(large)\r\n"] {
            let text = "GET /api/v1/status HTTP/1.1\r\nHost: 127.0.0.1\r\n\(head)Connection: close\r\n\r\n"
            let answer = try await HTTPExchange.send(Array(text.utf8), port: site.port)
            #expect([400, 413, 431].contains(answer.status), "\(answer.status)")
        }
        #expect(try await site.get("/healthz").status == 200)
    }

    @Test("many who never finish their request keep nobody else from an answer")
    func slow() async throws {
        let site = try await ServedSite(hasStore: true)
        var held: [Int32] = []
        defer { for descriptor in held { close(descriptor) } }
        for number in 1...200 {
            let half =
                number % 2 == 0
                ? "GET / HTTP/1.1\r\nHost: 127.0"
                : "POST /logg-inn HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nnavn="
            held.append(try HTTPExchange.open(half, port: site.port))
        }
        for _ in 1...5 { #expect(try await site.get("/api/v1/status").status == 200) }
    }

    @Test("two thousand connections that ask nothing keep nobody else from an answer: the oldest make room")
    func connections() async throws {
        var limit = rlimit()
        try #require(getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0)
        // Stays raised: other tests may have opened more meanwhile.
        limit.rlim_cur = max(limit.rlim_cur, min(limit.rlim_max, 8192))
        try #require(setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0)
        let site = try await ServedSite(hasStore: true)
        var held: [Int32] = []
        defer { for descriptor in held { close(descriptor) } }
        for number in 1...2000 {
            let begun =
                switch number % 3 {
                case 0: "GET / HTTP/1.1\r\nHost: 127.0"
                case 1: "POST /logg-inn HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nnavn="
                default: ""
                }
            held.append(try HTTPExchange.open(begun, port: site.port))
        }
        for _ in 1...5 { #expect(try await site.get("/api/v1/status").status == 200) }
        // The first has been let go of; reading from it says so at once or when the word of it has come.
        var byte = [UInt8](repeating: 0, count: 1)
        #expect(recv(held[0], &byte, 1, 0) <= 0)
    }

    private static let traversals = [
        "/../../etc/passwd", "/..%2f..%2fetc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/stil.css/../../vaktlast.yaml", "/rapport.../../../etc/passwd",
        "/rapport.pdf%00.csv", "/administrasjon/../../etc", "/api/v1/goals/../../../etc/passwd/lineage", "/accounts.db", "/access.db", "/config/vaktlast.yaml",
        "/api/v1/goals/%2e%2e/%2e%2e/x/lineage?municipality=3407", "\\..\\..\\etc", "/.git/config",
    ]

    @Test("no path leads out of the site", arguments: traversals)
    func traversal(path: String) async throws {
        let site = try await ServedSite()
        let answer = try await site.get(path)
        #expect([400, 404].contains(answer.status) && !answer.text.contains("root:"), "\(path): \(answer.status)")
    }

    private static let injections = [
        "'", "' OR '1'='1", "\"", "1; DROP TABLE entry", "%' --", "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "{{title}}", "${7*7}",
        "\u{0}", "'/**/UNION/**/SELECT",
        "\u{202E}abc", "=cmd|' /C calc'!A0", "\r\nSet-Cookie: x=1", "biri,haugtun",
    ]

    @Test("what is written into fields is text and nothing else", arguments: injections)
    func injection(text: String) async throws {
        let site = try await ServedSite(hasStore: true)
        let encoded = text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        for path in [
            "/?municipality=3407&zone=\(encoded)", "/?municipality=\(encoded)", "/?municipality=3407&period=\(encoded)",
            "/maal?municipality=3407&rammeverk=\(encoded)",
            "/administrasjon/konto?navn=\(encoded)", "/administrasjon/innsynslogg?hvem=\(encoded)&kommune=\(encoded)&fra=\(encoded)&type=\(encoded)",
            "/administrasjon/innsynslogg.csv?hvem=\(encoded)", "/velg-passord?lenke=\(encoded)", "/logg-inn?neste=\(encoded)", "/formaal?neste=\(encoded)",
            "/api/v1/devices?municipality=3407&cursor=\(encoded)", "/api/v1/alarms?municipality=3407&from=2026-10-26&to=2026-10-27&cursor=\(encoded)",
        ] {
            for head in ["", "Accept: text/html\r\n"] {
                let answer = try await site.send(Array(path.utf8), head: head)
                #expect(answer.status < 500 && answer.headers["set-cookie"] == nil, "\(path): \(answer.status)")
                let raw = answer.headers["content-type"]?.hasPrefix("text/html") == true ? ["<script>alert", "<img src=x", "Gjøvik: 49"] : []
                for mark in raw { #expect(!answer.text.contains(mark), "\(path)") }
            }
        }
        #expect(try await site.form("/logg-inn", ["navn": text, "passord": text, "neste": text]).status == 401)
        let made = try await site.form("/administrasjon", ["navn": text, "rolle": text, "kommune-\(text)": "ja", "kilde": text])
        #expect(made.status == 422 && !made.text.contains("<script>alert") && !made.text.contains("<img src=x"))
        #expect(try site.store?.accounts().isEmpty == true)
    }
}
