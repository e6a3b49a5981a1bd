import Foundation
import Testing

/// Links from one period to others.
@Suite("Links to periods")
struct PeriodLinkTests {
    @Test("who is told sums alone is led only to periods that may be opened", arguments: ["2026-09", "2026"])
    func sums(period: String) async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        let page = try await site.page("/belastning?municipality=3407&period=\(period)", as: "planner")
        let links = page.matches(of: #/href="(\/belastning\?[^"#]*period=[^"#]*)/#).map { $0.output.1.replacing("&amp;", with: "&") }
        #expect(links.count > 3)
        for link in Set(links) { #expect(try await site.get(String(link), as: "planner").status == 200, "\(link)") }
        #expect(!links.contains { $0.contains("period=2026-10") })
        let leader = try await site.page("/belastning?municipality=3407&period=2026-09", as: "leader")
        #expect(leader.contains("period=2026-10\""))
    }
}
