import Foundation
import Testing
import Workload

import Reports

@Suite("The golden report")
struct GoldenReportTests {
    @Test("the page of a seeded month is the same as the one in Tests/Golden, byte for byte")
    func goldenReport() throws {
        let fixture = ReportFixture(seed: 3407, period: try ReportPeriod("2026-10"))
        let page = Report(try fixture.input()).html()
        let file = ReportFixture.repository.appending(path: "Tests/Golden/report.html")
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            try Data(page.utf8).write(to: file)
            return
        }
        let golden = try String(contentsOf: file, encoding: .utf8)
        if Array(golden.utf8) == Array(page.utf8) { return }
        let expected = golden.split(separator: "\n", omittingEmptySubsequences: false)
        let made = page.split(separator: "\n", omittingEmptySubsequences: false)
        let line = zip(expected, made).enumerated().first { $1.0 != $1.1 }?.offset ?? min(expected.count, made.count)
        let before = line < expected.count ? String(expected[line].prefix(200)) : "(end of file)"
        let after = line < made.count ? String(made[line].prefix(200)) : "(end of file)"
        Issue.record(
            """
            Tests/Golden/report.html differs first in line \(line + 1):
              golden: \(before)
              made:   \(after)
            If the change is meant, look at the page and run UPDATE_GOLDEN=1 swift test --filter ReportsTests.
            """
        )
    }
}
