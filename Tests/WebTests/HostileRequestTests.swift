import Foundation
import Testing

/// Requests that no honest program sends: each has an answer of the 4xx kind, and the next one is answered as ever.
@Suite("Hostile requests")
struct HostileRequestTests {
    private static let paths: [(bytes: [UInt8], statuses: Set<Int>)] = [
        (Array("/api/v1/status?%".utf8), [400]), (Array("/api/v1/status?%zz=1".utf8), [400]),
        (Array("/api/v1/status?atLeast=%".utf8), [400]), (Array("/api/v1/status?atLeast=%F".utf8), [400]),
        (Array("/api/v1/status?atLeast=%FF%FE".utf8), [400]), (Array("/api/v1/status?atLeast=%C0%80".utf8), [400]),
        (Array("/api/v1/status?".utf8) + [0xFF, 0xFE, 0x3D, 0x31], [400]), (Array("/".utf8) + [0xC3, 0x28], [400, 404]),
        (Array("/api/v1/status?a".utf8) + [0] + Array("=1".utf8), [400]), (Array("/%00".utf8), [404]), (Array("/api/v1/%00".utf8), [404]),
        (Array("/api/v1/".utf8), [404]), (Array("/api/v1/status/".utf8), [404]), (Array("/api/v1//status".utf8), [404]),
        (Array("/api/v1/../v1/status".utf8), [404]), (Array("/api/v1/Status".utf8), [404]), (Array("/api/v1/%73tatus".utf8), [404]),
        (Array("/api/v2/status".utf8), [404]), (Array("//".utf8), [404]), (Array("?".utf8), [200, 400, 404]), (Array("*".utf8), [400, 404]),
        (Array("http://elsewhere/api/v1/nothing".utf8), [400, 404]),
        (Array("/api/v1/status?x=".utf8) + [UInt8](repeating: 0x61, count: 20_000), [400]),
        (Array("/api/v1/status?".utf8) + Array(repeating: Array("a=1&".utf8), count: 2000).flatMap { $0 }, [400]),
        (Array("/api/v1/status?x=".utf8) + [UInt8](repeating: 0x61, count: 300_000), [400, 413, 414, 431]),
        (Array("/?municipality=%00&period=%00".utf8), [200, 403]), (Array("/belastning?municipality=3407&period=9999-99".utf8), [200, 400]),
        (Array("/belastning?municipality=3407&period=99999999999999999999".utf8), [200, 400]),
        (Array("/belastning?municipality=3407&period=0000".utf8), [200, 400]),
        (Array("/belastning?municipality=3407&period=9999".utf8), [200, 400]), (Array("/belastning?municipality=3407&period=0001-01-01".utf8), [200, 400]),
        (Array("/belastning?municipality=3407&period=9999-12-31".utf8), [200, 400]), (Array("/belastning?municipality=3407&period=9999-W53".utf8), [200, 400]),
    ]

    @Test("odd paths and queries are refused and harm nobody")
    func paths() async throws {
        let site = try await ServedSite()
        for (bytes, statuses) in Self.paths {
            let answer = try await site.send(bytes)
            let shown = String(decoding: bytes.prefix(80), as: UTF8.self)
            #expect(statuses.contains(answer.status), "\(shown): \(answer.status) \(answer.detail)")
            #expect(try await site.get("/healthz").status == 200, "after \(shown)")
        }
    }

    @Test("only GET and HEAD are answered, on every path", arguments: ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
    func methods(method: String) async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        for path in ["/", "/healthz", "/openapi.json", "/api/v1/status", "/api/v1/alarms", "/nothing"] {
            let answer = try await site.send(Array(path.utf8), method: method, head: "Content-Length: 0\r\n")
            #expect(answer.status == 405 && answer.headers["allow"] == "GET, HEAD", "\(method) \(path): \(answer.status)")
        }
    }

    @Test("a body that nobody asked for is no harm")
    func body() async throws {
        let site = try await ServedSite()
        let answer = try await HTTPExchange.send(
            Array("GET /api/v1/status HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello".utf8),
            port: site.port
        )
        #expect(answer.status == 200)
    }

    @Test("HEAD has the head of GET and no body")
    func heads() async throws {
        let site = try await ServedSite()
        for path in ["/", "/healthz", "/api/v1/status", "/api/v1/nothing", "/api/v1/alarms?municipality=3407&from=2026-10-26&to=2026-10-27"] {
            let (get, head) = (try await site.get(path), try await site.get(path, method: "HEAD"))
            #expect(head.status == get.status && head.body.isEmpty && !get.body.isEmpty, "\(path)")
            for name in ["content-type", "content-length", "vaktlast-position"] {
                #expect(head.headers[name] == get.headers[name], "\(path): \(name)")
            }
        }
    }

    @Test("what a client would accept changes nothing: JSON is all there is")
    func accept() async throws {
        let site = try await ServedSite()
        for accept in ["text/html", "application/xml;q=0.9, */*;q=0", ",,;;q=x", "*/*"] {
            let answer = try await site.send(Array("/api/v1/status".utf8), head: "Accept: \(accept)\r\n")
            #expect(answer.status == 200 && answer.headers["content-type"] == "application/json")
            let missing = try await site.send(Array("/api/v1/nothing".utf8), head: "Accept: \(accept)\r\n")
            #expect(missing.status == 404 && missing.isProblem)
        }
    }

    private static let authorizations = [
        "", "Bearer", "Bearer ", "Basic", "Basic !!!", "Basic YQ==", "Basic " + String(repeating: "A", count: 5000), "Digest admin",
        "Bearer  admin", "admin", "Bearer \u{FFFD}",
    ]

    @Test("an odd Authorization is no token", arguments: authorizations)
    func authorization(value: String) async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        let answer = try await site.send(Array("/api/v1/status".utf8), head: "Authorization: \(value)\r\n")
        #expect([400, 401].contains(answer.status), "\(value): \(answer.status)")
    }
}
