import Foundation
import Staffing
import Testing
import Workload

import Reports

@Suite("Hours with nobody at work, told")
struct UnstaffedTests {
    /// The month with the shipped roster without its nights in Nordbyen, by the shipped norm.
    private func input(perDay: Int = 12) throws -> StaffingInput {
        var input = try StaffingFixture.input(perDay: perDay, withinMinutes: 45)
        input.roster?.shifts.removeAll { $0.zones == ["nordbyen"] && $0.kind == .night }
        input.alternatives = []
        return input
    }

    private static let sentence = "Kl. 23:00–07:00 hver dag: ingen på vakt i Nordbyen."

    @Test("a night without anybody is told first, is the worst shift though it has few call-outs, and is something to mend")
    func night() throws {
        let analysis = StaffingAnalysis(try input())
        let text = analysis.text
        let worst = try #require(analysis.worst)
        #expect(worst.scope.figures.callOuts < analysis.settings.callOutsMin && worst.scope.isSurelyUnderNorm)
        #expect(worst.scope.zone == "nordbyen" && worst.scope.kind == .night)
        let first = try #require(text.range(of: "Ingen på vakt\n-------------\n\(UnstaffedTests.sentence)\n"))
        let second = try #require(text.range(of: "Svakeste vakt\n-------------\nNordbyen om natten: "))
        #expect(first.upperBound < second.lowerBound)
        #expect(text.contains("så mange kom for sent at det neppe er tilfeldig") && !text.contains("ingenting å bøte på"))
        #expect(analysis.mend?.search.changes.isEmpty == false)
        let row = try #require(analysis.required.first { $0.zones == ["nordbyen"] && $0.kind == .night && $0.days == .all })
        #expect(row.rosteredPositionsMin == 0)
        let html = analysis.html.replacing("\u{2060}", with: "").replacing(Norwegian.space, with: " ")
        #expect(html.contains("<h3>Ingen på vakt</h3>") && html.contains(UnstaffedTests.sentence))
    }

    @Test("a what-if that leaves an hour to nobody says so beside its cost, in text, page, JSON and CSV")
    func whatIf() throws {
        var input = try StaffingFixture.input(withinMinutes: 45)
        input.whatIfs = [WhatIf(name: "Tidlig kveld", changes: [.start(zones: ["snertingdal"], kind: .evening, laterMinutes: -30)])]
        let early = try #require(input.roster)
        var other = early
        other.shifts.removeAll { $0.zones == ["biri"] && $0.kind == .day }
        input.alternatives = [.init(name: "D", note: nil, file: "roster-d.csv", roster: other)]
        let analysis = StaffingAnalysis(input, effort: .page)
        #expect(analysis.unstaffed.isEmpty && !analysis.text.contains("Ingen på vakt"))
        let sentence = "Kl. 22:30–23:00 hver dag: ingen på vakt i Snertingdal."
        let lines = analysis.text.split(separator: "\n")
        let cost = try #require(lines.firstIndex { $0.hasPrefix("Kostnad:") })
        #expect(lines[cost + 1] == sentence)
        #expect(lines.contains("D: kl. 07:00–15:00 hver dag: ingen på vakt i Biri."))
        let html = analysis.html.replacing("\u{2060}", with: "").replacing(Norwegian.space, with: " ")
        #expect(html.contains("<strong>\(sentence)</strong>"))
        let object = try #require(try JSONSerialization.jsonObject(with: Data(analysis.json)) as? [String: Any])
        #expect((object["unstaffed"] as? [Any])?.isEmpty == true)
        let whatIf = try #require((object["whatIfs"] as? [[String: Any]])?.first)
        let hours = try #require((whatIf["unstaffed"] as? [[String: Any]])?.first)
        #expect(hours["zone"] as? String == "snertingdal" && hours["startMinutes"] as? Int == 1350 && hours["endMinutes"] as? Int == 1380)
        let rows = analysis.csv.split(separator: "\r\n").filter { $0.hasPrefix("ubemannet;") }
        #expect(rows.contains { $0.hasPrefix("ubemannet;Snertingdal;;hver dag;22:30–23:00;") && $0.hasSuffix(";Tidlig kveld") })
        #expect(rows.contains { $0.hasPrefix("ubemannet;Biri;;hver dag;07:00–15:00;") && $0.hasSuffix(";D") })
    }

    @Test("where one shift alone has enough call-outs it is said to be the only one, not the worst each time")
    func onlyOne() throws {
        var input = try StaffingFixture.input(withinMinutes: 45)
        let counts = try #require(StaffingAnalysis(input, effort: .page).replay).byShift.map(\.figures.callOuts).sorted()
        input.settings.callOutsMin = counts[counts.count - 1]
        let analysis = StaffingAnalysis(input, effort: .page)
        #expect(analysis.worst != nil && analysis.worst?.second == nil)
        #expect(analysis.text.contains("Ingen annen vakt har nok utrykninger (minst ") && !analysis.text.contains("av gangene"))
    }
}
