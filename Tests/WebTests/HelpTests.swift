import Foundation
import Reports
import Testing

/// What the figures mean, and the statement of accessibility.
@Suite("Help and accessibility")
struct HelpTests {
    private static let pages = [
        "/belastning?municipality=3407&period=2026-10", "/maal?municipality=3407&period=2026-10", "/framskriving?municipality=3407&period=2026-10",
        "/sammendrag?municipality=3407&period=2026-10", "/enheter?municipality=3407", "/enheter?municipality=3407&enhet=d-3",
        "/datakvalitet?municipality=3407", "/hjelp", "/tilgjengelighet",
    ]

    private func text(_ answer: HTTPAnswer) -> String { String(decoding: answer.body, as: UTF8.self) }

    @Test("every way to a definition leads to one, and pages have no way that leads nowhere", arguments: pages)
    func links(path: String) async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        let page = text(try await site.get(path, as: "admin"))
        let help = text(try await site.get("/hjelp", as: "admin"))
        let anchors = Set(help.matches(of: #/ id="([^"]+)"/#).map { String($0.output.1) })
        for link in page.matches(of: #/href="\/hjelp#([^"]*)"/#) { #expect(anchors.contains(String(link.output.1)), "\(link.output.0)") }
        let own = Set(page.matches(of: #/ id="([^"]+)"/#).map { String($0.output.1) })
        for link in page.matches(of: #/href="#([^"]*)"/#) { #expect(own.contains(String(link.output.1)), "\(link.output.0)") }
        #expect(page.contains("href=\"/tilgjengelighet\"") && page.contains("href=\"/hjelp\""), "both are in the foot of every page")
        let ids = page.matches(of: #/ id="([^"]+)"/#).map { String($0.output.1) }
        #expect(Set(ids).count == ids.count)
        let levels = page.matches(of: #/<h([1-6])/#).compactMap { Int($0.output.1) }
        #expect(levels.first == 1 && levels.filter { $0 == 1 }.count == 1 && zip(levels, levels.dropFirst()).allSatisfy { $1 <= $0 + 1 }, "\(levels)")
        let labels = page.matches(of: #/(?:aria-labelledby|aria-describedby|for)="([^"]+)"/#).flatMap { $0.output.1.split(separator: " ").map(String.init) }
        #expect(labels.allSatisfy(own.contains), "\(labels.filter { !own.contains($0) })")
    }

    @Test("the page of help holds every definition once, under its anchor, for whoever has logged in")
    func definitions() async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        let help = text(try await site.get("/hjelp", as: "central"))
        for definition in Glossary.all { #expect(help.ranges(of: "<div id=\"\(definition.id)\">").count == 1, "\(definition.id)") }
        #expect(try await site.get("/hjelp").status == 401)
    }

    @Test("the accessibility statement needs no login and names whom to tell")
    func statement() async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        let page = try await site.get("/tilgjengelighet")
        #expect(page.status == 200 && text(page).contains("WCAG 2.1") && text(page).contains("Servicetorget, 61 00 00 00"))
        #expect(!text(page).contains("Gjøvik"), "nothing of any municipality")
        #expect(text(try await site.get("/tilgjengelighet", as: "leader")).contains("aria-label=\"Sider\""))
        #expect(text(try await site.get("/logg-inn")).contains("href=\"/tilgjengelighet\""))
    }
}
