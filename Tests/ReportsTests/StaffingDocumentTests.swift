import Foundation
import Staffing
import Testing

import Reports

@Suite("docs/staffing.md")
struct StaffingDocumentTests {
    private static let file = ReportFixture.repository.appending(path: "docs/staffing.md")
    /// Between these lines the program writes; around them people do.
    private static let begin = "<!-- Eksempelet er skrevet av programmet (UPDATE_GOLDEN=1). -->"
    private static let end = "<!-- Slutt på eksempelet. -->"

    @Test("the example is what the program says of a quiet month")
    func example() throws {
        var input = try StaffingFixture.input(perDay: 14, withinMinutes: 45)
        input.settings.replays = 1000
        input.whatIfs = []
        let text = StaffingAnalysis(input).text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        let lines = text.map { $0.isEmpty ? "" : "    \($0)" }
        let written = try String(contentsOf: Self.file, encoding: .utf8)
        let begin = try #require(written.range(of: Self.begin), "docs/staffing.md needs the line \(Self.begin)")
        let end = try #require(written.range(of: Self.end), "docs/staffing.md needs the line \(Self.end)")
        let expected = written[..<begin.upperBound] + "\n\n" + lines.joined(separator: "\n") + "\n\n" + written[end.lowerBound...]
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            try Data(expected.utf8).write(to: Self.file)
        } else {
            #expect(written == expected, "docs/staffing.md does not show what the program says; UPDATE_GOLDEN=1 writes it anew")
        }
    }
}
