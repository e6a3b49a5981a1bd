import Reports
import Testing

@Suite("The mail that a report comes with")
struct ReportLetterTests {
    private func report(isExternal: Bool = false, zone: String? = nil) throws -> Report {
        var input = try ReportFixture(seed: 3407, period: try ReportPeriod("2026-10")).input()
        input.isExternal = isExternal
        input.zone = zone
        return Report(input)
    }

    @Test("it says what the report says first, where to read on, and what comes along")
    func whole() throws {
        let report = try report()
        let letter = ReportLetter(report, .belastning, address: "https://vaktlast.kommune.example", files: ["a.pdf", "b.xlsx"])
        #expect(letter.subject == "Belastning i \(report.municipalityName), oktober 2026")
        let plain = { (text: String) in text.replacing("\u{A0}", with: " ").replacing("\u{2060}", with: "") }
        #expect(!report.headlines.isEmpty)
        for headline in report.headlines {
            #expect(letter.text.contains("- \(plain(headline.title))."))
            #expect(letter.text.contains(plain(headline.detail)))
        }
        #expect(letter.text.contains("https://vaktlast.kommune.example/belastning?municipality=\(report.municipalityNumber)"))
        #expect(letter.text.contains("period=2026-10") && letter.text.contains("Vedlagt: a.pdf, b.xlsx"))
        #expect(!letter.text.contains("\u{A0}") && !letter.text.contains("skulle vært sendt"))
    }

    @Test("a zone, a subject of one's own and a late one are told; outside the municipality no address is given")
    func others() throws {
        let zone = try #require(try report().zones.first)
        let late = ReportLetter(try report(zone: zone.id), .maal, address: "https://x.example", files: ["a.pdf"], due: 1_793_000_000_000)
        #expect(late.subject == "Mål i \(zone.name), \(try report().municipalityName), oktober 2026")
        #expect(late.text.contains("skulle vært sendt 26. oktober 2026 kl. 08:33") && late.text.contains("zone=\(zone.id)"))
        let outside = ReportLetter(try report(isExternal: true), .belastning, address: "https://x.example", subject: "Til rådet", files: ["a.pdf"])
        #expect(
            outside.subject == "Til rådet" && !outside.text.contains("https://")
                && outside.text.contains("antall alarmer, brukere, enheter og vakter fra 1 til 4 er skjult")
        )
    }

    @Test("files of two languages do not take one another's place; those for programs have no language")
    func names() throws {
        func name(_ format: ReportFormat, _ language: String?) throws -> String {
            ReportFileName.name(
                municipality: "3441",
                section: .sammendrag,
                period: try ReportPeriod("2026-10"),
                zone: nil,
                isExternal: true,
                language: language,
                format: format
            )
        }
        #expect(try name(.pdf, nil) == "vaktlast-3441-sammendrag-2026-10-ekstern.pdf")
        #expect(try name(.pdf, "nn") == "vaktlast-3441-sammendrag-2026-10-ekstern-nn.pdf")
        #expect(try name(.xlsx, "en") == "vaktlast-3441-2026-10-ekstern-en.xlsx" && name(.csv, "en") == "vaktlast-3441-2026-10-ekstern.csv")
    }
}
