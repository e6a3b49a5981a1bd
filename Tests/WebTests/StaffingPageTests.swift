import Foundation
import Testing

/// The page of staffing and its what-if.
@Suite("Bemanning")
struct StaffingPageTests {
    private static let page = "/bemanning?municipality=3407&period=2026-10"

    @Test("the page holds what the roster carries and the form; without changes there is no answer")
    func plain() async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        let page = try await site.page(Self.page, as: "leader")
        #expect(page.contains("<h1>Bemanning oktober\u{A0}2026</h1>") && page.contains("Hva turnusen bærer") && page.contains("name=\"vakt.haugtun.natt\""))
        #expect(!page.contains("Svaret på hva om") && page.contains("<script src=\"/hva-om.js\" defer>"))
        let bound = try await site.page(Self.page, as: "zone-leader")
        #expect(bound.contains("name=\"vakt.biri.natt\"") && !bound.contains("haugtun") && !bound.contains("Haugtun"))
        let (answer, form) = (try #require(page.range(of: "id=\"bemanning\"")), try #require(page.range(of: "<form class=\"whatif\"")))
        #expect(answer.lowerBound < form.lowerBound && page.contains("href=\"#hva-om\""), "the answer comes before what could be asked")
        #expect(page.contains("max=\"2026-10-26\"") && !page.contains("rel=\"next\""), "days to come are not offered")
        for (ending, start) in [("pdf", "%PDF"), ("csv", "\u{FEFF}nivå"), ("json", "{")] {
            let path = "/rapport.\(ending)?municipality=3407&seksjon=bemanning&period=2026-10"
            #expect(page.contains("href=\"\(path.replacing("&", with: "&amp;"))\""), "\(path)")
            let file = try await site.get(path, as: "leader")
            #expect(file.status == 200 && file.body.starts(with: Array(start.utf8)), "\(path): \(file.status)")
            #expect(file.headers["content-disposition"] == "attachment; filename=\"vaktlast-3407-bemanning-2026-10.\(ending)\"")
        }
        let window = try await site.page("/bemanning?municipality=3407&period=2026-10-25-28d", as: "leader")
        #expect(!window.contains("rel=\"next\""), "28 days that end tomorrow are not offered")
        #expect(try await site.page("/bemanning?municipality=3440", as: "admin").contains("Det er ikke lagt inn turnus"))
    }

    @Test("changes are answered in words at an address that can be shared")
    func answer() async throws {
        let site = try await ServedSite()
        let page = try await site.page("\(Self.page)&vakt.biri.natt=1&sentral=10&sammen.biri=1&sammen.haugtun=1&start.kveld=-30&ganger=1,5")
        #expect(page.contains("Svaret på hva om") && page.contains("flere på vakt i året"))
        for change in [
            "+1 på vakt: Biri, natt", "10\u{A0}% av utrykningene løses på sentralen", "kveld begynner 30 min før", "hjelper hverandre om natten", "× 1,5",
        ] {
            #expect(page.contains(change), "\(change)")
        }
        #expect(page.contains("value=\"1\" size") && page.contains("checked"), "the form keeps what was written")
        #expect(try await site.page("\(Self.page)&vakt.biri.natt=1&sentral=10&sammen.biri=1&sammen.haugtun=1&start.kveld=-30&ganger=1,5") == page)
    }

    @Test("a shared link with zones that the reader does not see, or that are nowhere, says the same of both")
    func otherZones() async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        let text = "Deler av lenken gjelder ikke sonene du ser, og er utelatt."
        for fields in ["vakt.*.natt=1", "vakt.*.natt=1&vakt.biri.natt=1", "sammen.biri=1&sammen.*=1", "svar=1&vakt.*.natt=1"] {
            let hidden = try await site.page("\(Self.page)&\(fields.replacing("*", with: "haugtun"))", as: "zone-leader")
            let missing = try await site.page("\(Self.page)&\(fields.replacing("*", with: "ingensteds"))", as: "zone-leader")
            #expect(hidden == missing.replacing("ingensteds", with: "haugtun") && hidden.ranges(of: text).count == 1, "\(fields)")
            #expect(hidden.contains("Svaret på hva om") == fields.contains("vakt.biri"), "\(fields)")
        }
        #expect(try await !site.page("\(Self.page)&vakt.haugtun.natt=0", as: "zone-leader").contains(text))
        #expect(try await !site.page("\(Self.page)&vakt.haugtun.natt=1", as: "leader").contains(text))
    }

    @Test("a sent form leads to the short address, without what changes nothing")
    func short() async throws {
        let site = try await ServedSite()
        let sent = try await site.get("\(Self.page)&svar=1&vakt.biri.dag=0&vakt.biri.natt=%2B1&vakt.haugtun.natt=&sentral=&reise=0&ganger=1&aar=")
        #expect(sent.status == 303 && sent.headers["location"] == "/bemanning?municipality=3407&period=2026-10&vakt.biri.natt=%2B1")
    }

    @Test("what cannot be used is said at its field, and nothing is worked out")
    func wrong() async throws {
        let site = try await ServedSite()
        let page = try await site.page("\(Self.page)&svar=1&vakt.biri.natt=mange&sentral=101&sammen.biri=1&aar=1066")
        #expect(!page.contains("Svaret på hva om") && page.ranges(of: "aria-invalid=\"true\"").count == 4)
        #expect(page.contains("«mange» kan ikke brukes") && page.contains("minst to soner") && page.contains("Velg ett av årene"))
        let (form, today) = (try #require(page.range(of: "<form class=\"whatif\"")), try #require(page.range(of: "id=\"bemanning\"")))
        #expect(form.lowerBound < today.lowerBound, "what is to be mended comes first")
        let nasty = try await site.page("\(Self.page)&vakt.biri.natt=%22%3E%3Cscript%3E")
        #expect(!nasty.contains("\"><script>"))
    }
}
