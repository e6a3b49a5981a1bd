import Outbound
import Testing

@Suite("Asking other servers")
struct HTTPCallerTests {
    @Test(
        "plain HTTP is for this machine alone",
        arguments: [
            ("https://login.kommune.no/x", true), ("http://127.0.0.1:8080/", true), ("http://localhost/", true), ("http://login.kommune.no/", false),
            ("http://127.0.0.1.evil.example/", false), ("file:///etc/passwd", false), ("https://user:secret@x.no/", false), ("", false), ("https:///x", false),
        ]
    )
    func allowed(url: String, isAllowed: Bool) async {
        #expect(HTTPCaller.isAllowed(url) == isAllowed)
        guard !isAllowed else { return }
        await #expect(throws: OutboundError.self) { try await HTTPCaller().ask(url) }
    }
}
