import Foundation
import Testing

@Suite("Errors for people and for programs")
struct ErrorPageTests {
    @Test(
        "a browser gets a page in bokmål, a program problem details",
        arguments: [
            ("/nope", 404, "Siden finnes ikke"), ("/?zone=nope", 400, "Adressen kan ikke leses"), ("/?municipality=9999", 403, "Du har ikke tilgang hit"),
        ]
    )
    func both(path: String, status: Int, title: String) async throws {
        let site = try await ServedSite()
        let page = try await site.send(Array(path.utf8), head: "Accept: text/html,application/xhtml+xml,*/*;q=0.8\r\n")
        #expect(page.status == status)
        #expect(page.text.contains("<h1>\(title)</h1>") && page.text.contains("lang=\"nb\""), "\(page.text)")
        let answer = try await site.get(path)
        #expect(answer.status == status && answer.isProblem)
    }

    @Test("the style sheet needs no token, so that a refusal has its looks; the icon that browsers ask for is no error")
    func sheets() async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        #expect(try await site.get("/stil.css").status == 200)
        #expect(try await site.get("/favicon.ico").status == 204)
        let refused = try await site.send(Array("/".utf8), head: "Accept: text/html\r\n")
        #expect(refused.status == 401 && refused.text.contains("Du må logge inn"))
        #expect(refused.headers["www-authenticate"]?.hasPrefix("Basic") == true)
    }
}

extension HTTPAnswer {
    var text: String { String(decoding: body, as: UTF8.self) }
}
