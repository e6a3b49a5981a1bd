import Foundation
import Testing

/// The report as files to take along.
@Suite("Downloads")
struct ReportFileTests {
    static let files: [(ending: String, type: String, start: [UInt8])] = [
        ("csv", "text/csv; charset=utf-8", Array("\u{FEFF}Om rapporten".utf8)), ("json", "application/json", Array("{\"municipality\":\"3407\"".utf8)),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Array("PK".utf8)),
        ("pdf", "application/pdf", Array("%PDF".utf8)),
    ]

    @Test("the page links each file, which comes with its type and a name that says what it is", arguments: files)
    func file(ending: String, type: String, start: [UInt8]) async throws {
        let site = try await ServedSite()
        let page = String(decoding: try await site.get("/belastning?municipality=3407&zone=biri&period=2026-10").body, as: UTF8.self)
        let address = "/rapport.\(ending)?municipality=3407&period=2026-10&zone=biri"
        #expect(page.contains("href=\"\(address.replacing("&", with: "&amp;"))\""))
        let answer = try await site.get(address)
        #expect(answer.status == 200 && answer.headers["content-type"] == type && answer.body.starts(with: start))
        #expect(answer.headers["content-disposition"] == "attachment; filename=\"vaktlast-3407-2026-10-biri.\(ending)\"")
        #expect(answer.headers["cache-control"] == "no-store")
    }

    @Test("CSV is offered as Excel reads it and, for programs, as RFC 4180 has it, with the same rows")
    func dialects() async throws {
        let site = try await ServedSite()
        let address = "/rapport.csv?municipality=3407&dialect=rfc4180&period=2026-10"
        let link = "<a href=\"\(address.replacing("&", with: "&amp;"))\">CSV for programmer"
        #expect(try await site.page("/belastning?municipality=3407&period=2026-10").contains("\(link)</a>"))
        #expect(try await site.page("/maal?municipality=3407&period=2026-10").contains("\(link) (hele rapporten)</a>"))
        let plain = try await site.get(address)
        #expect(plain.status == 200 && plain.headers["content-type"] == "text/csv; charset=utf-8")
        #expect(plain.headers["content-disposition"] == "attachment; filename=\"vaktlast-3407-2026-10-rfc4180.csv\"")
        let excel = try await site.get("/rapport.csv?municipality=3407&dialect=excel&period=2026-10")
        #expect(plain.text.hasPrefix("Om rapporten\r\nHva,Innhold\r\n") && excel.text.hasPrefix("\u{FEFF}Om rapporten\r\nHva;Innhold\r\n"))
        #expect(plain.text.components(separatedBy: "\r\n").count == excel.text.components(separatedBy: "\r\n").count)
        for bad in ["csv?dialect=RFC4180", "csv?dialect=tsv", "xlsx?dialect=rfc4180", "csv?seksjon=bemanning&dialect=rfc4180"] {
            #expect(try await site.get("/rapport.\(bad)&municipality=3407&period=2026-10").status == 400, "\(bad)")
        }
    }

    @Test("each page leads to the others and to its own PDF; who is bound to a zone is not led to the whole municipality's plans")
    func sections() async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        for (path, name) in [("/maal", "maal"), ("/sammendrag", "sammendrag"), ("/framskriving", "framskriving")] {
            let page = String(decoding: try await site.get("\(path)?municipality=3407&period=2026-10", as: "leader").body, as: UTF8.self)
            for other in ["/belastning", "/bemanning", "/maal", "/framskriving", "/sammendrag"] {
                let current = other == path ? " aria-current=\"page\"" : ""
                #expect(page.contains("<a href=\"\(other)?municipality=3407&amp;period=2026-10\"\(current)>"), "\(path) to \(other)")
            }
            let pdf = try await site.get("/rapport.pdf?municipality=3407&seksjon=\(name)&period=2026-10", as: "leader")
            #expect(pdf.status == 200 && pdf.headers["content-disposition"] == "attachment; filename=\"vaktlast-3407-\(name)-2026-10.pdf\"")
        }
        let goal = try await site.get("/rapport.pdf?municipality=3407&seksjon=maal&rammeverk=ramme&maal=teknologi&period=2026-10", as: "leader")
        #expect(goal.headers["content-disposition"] == "attachment; filename=\"vaktlast-3407-maal-teknologi-2026-10.pdf\"")
        let bound = String(decoding: try await site.get("/maal?municipality=3407&period=2026-10", as: "zone-leader").body, as: UTF8.self)
        #expect(bound.contains("Biri") && !bound.contains("/framskriving") && !bound.contains("Haugtun"))
        let path = "/rapport.csv?municipality=3407&seksjon=maal&period=2026-10"
        #expect(try await site.get(path, as: "leader").status == 400)
    }

    @Test("a file of another municipality or zone is refused, and one without a readable period too")
    func refusals() async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        #expect(try await site.get("/rapport.csv?municipality=3440&period=2026-10", as: "leader").status == 403)
        #expect(try await site.get("/rapport.csv?municipality=3407&period=2026-10&zone=haugtun", as: "zone-leader").status == 403)
        #expect(try await site.get("/rapport.csv?municipality=3407&period=uke", as: "leader").status == 400)
        #expect(try await site.get("/rapport.csv?municipality=3407", as: "leader").status == 400)
        #expect(try await site.get("/rapport.doc?municipality=3407&period=2026-10", as: "leader").status == 404)
        #expect(try await site.get("/rapport.csv?municipality=3407&period=2026-10").status == 401)
    }
}
