import Foundation
import Staffing
import Strategy
import Telemetry
import Testing
import Workload

import Reports

@Suite("Load against staffing, told")
struct StaffingAnalysisTests {
    private static let analysis = Result { StaffingAnalysis(try StaffingFixture.input()) }

    private func analysis() throws -> StaffingAnalysis { try StaffingAnalysisTests.analysis.get() }

    @Test("text and page of a seeded month are the same as those in Tests/Golden", arguments: ["staffing.txt", "staffing-full.txt", "staffing.html"])
    func golden(name: String) throws {
        let analysis = try analysis()
        let made = name == "staffing.txt" ? analysis.text : name == "staffing-full.txt" ? analysis.fullText : analysis.html
        let file = ReportFixture.repository.appending(path: "Tests/Golden/\(name)")
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            try Data(made.utf8).write(to: file)
            return
        }
        let golden = try String(contentsOf: file, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
        let lines = made.split(separator: "\n", omittingEmptySubsequences: false)
        let different = zip(golden, lines).enumerated().first { $1.0 != $1.1 }
        #expect(
            different == nil,
            "line \((different?.offset ?? 0) + 1); if the change is meant, look at it and run UPDATE_GOLDEN=1 swift test --filter ReportsTests"
        )
        #expect(golden.count == lines.count)
    }

    @Test("the same input gives the same text, whatever the other threads do; another seed other intervals, not other values")
    func deterministic() throws {
        var input = try StaffingFixture.input()
        #expect(StaffingAnalysis(input).text == (try analysis().text))
        input.settings.seed = 99
        let other = StaffingAnalysis(input)
        #expect(other.observed != (try analysis().observed))
        #expect(other.replay?.total.figures.callOuts == (try analysis().replay?.total.figures.callOuts))
        for (left, right) in zip(other.observed.shifts, try analysis().observed.shifts) {
            #expect(left.figures.loadErlang.value == right.figures.loadErlang.value)
        }
    }

    @Test("today's roster alone has the figures and intervals that it has with needs and changes beside it, and nothing of those")
    func today() throws {
        let input = try StaffingFixture.input()
        let (alone, whole) = (StaffingAnalysis(input, effort: .today), StaffingAnalysis(input, effort: .page))
        #expect(alone.replay == whole.replay && alone.observed == whole.observed && alone.unstaffed == whole.unstaffed)
        #expect(alone.worst?.scope == whole.worst?.scope && alone.worst?.agreement == whole.worst?.agreement)
        #expect(alone.replay != nil && alone.worst != nil)
        #expect(alone.required.isEmpty && alone.mend == nil && alone.poolings.isEmpty && alone.bestPooling == nil && alone.alternatives.isEmpty)
        #expect(!whole.required.isEmpty && whole.mend != nil && !whole.poolings.isEmpty)
    }

    @Test("the text names the worst shift, how sure that is, what mending costs and what pooling two zones at night does")
    func says() throws {
        let analysis = try analysis()
        let text = analysis.text
        let worst = try #require(analysis.worst)
        let name = analysis.name([try #require(worst.scope.zone)])
        #expect(text.contains("Egne tall fra oktober 2026, spilt mot dagens turnus"))
        #expect(text.contains("Svakeste vakt\n-------------\n\(name) "))
        #expect(text.contains("95 % sikkert"))
        #expect(text.contains("er den svakest i"))
        #expect(text.contains("Én til på vakt der ville gitt") || text.contains("Reisen alene bryter normen der"))
        #expect(text.contains("kr i året"))
        #expect(text.contains("hjalp de hverandre om natten"))
        #expect(text.contains("Hva om: Biri og Snertingdal deler natta"))
        // The worst is the one with the smallest share among those with enough call-outs.
        let able = try #require(analysis.replay).byShift.filter { $0.figures.callOuts >= analysis.settings.callOutsMin }
        #expect(able.allSatisfy { $0.figures.withinNormShare! >= worst.scope.figures.withinNormShare! })
    }

    @Test("all that is said of the weakest shift stands before the next weakest")
    func order() throws {
        let text = try analysis().text
        let next = try #require(text.range(of: "Nest svakest: "))
        let there = try #require(text.range(of: "flere på vakt hjelper ikke.") ?? text.range(of: "Én til på vakt der ville"))
        #expect(there.upperBound <= next.lowerBound)
        #expect(text[next.upperBound...].hasPrefix(Self.name(try #require(try analysis().worst?.second), try analysis())))
    }

    /// `Biri om natten`
    private static func name(_ scope: ReplayEstimates.Scope, _ analysis: StaffingAnalysis) -> String {
        "\(analysis.name([scope.zone ?? ""])) \(scope.kind == .night ? "om natten" : scope.kind == .evening ? "om kvelden" : "om dagen")"
    }

    @Test(
        "where nothing mends the norm it is said where it is missed, and where that may be chance",
        arguments: [.outOfReach, .notMended] as [RosterSearch.Verdict]
    )
    func unmended(verdict: RosterSearch.Verdict) throws {
        var analysis = try analysis()
        analysis.mend?.search.steps = []
        analysis.mend?.search.verdict = verdict
        let norm = analysis.settings.norm.share
        let below = try #require(analysis.replay).byShift.filter { $0.isTelling && ($0.withinNorm?.value ?? 1) < norm }
        let sure = below.filter { ($0.withinNorm?.high ?? 1) < norm }
        #expect(!sure.isEmpty)
        let names = Norwegian.list(sure.map { Self.name($0, analysis) })
        #expect(analysis.text.contains("Normen holdes ikke i \(names)."))
        let unsure = below.filter { ($0.withinNorm?.high ?? 1) >= norm }.map { Self.name($0, analysis) }
        #expect(analysis.text.contains("Det samme gjelder \(Norwegian.list(unsure)), men der kan det være tilfeldig.") == !unsure.isEmpty)
        for place in try #require(analysis.replay).byShift.indices {
            analysis.replay?.byShift[place].estimates[.withinNormShare]?.low = 0
            analysis.replay?.byShift[place].estimates[.withinNormShare]?.high = 1
        }
        #expect(analysis.text.contains("Normen holdes ikke i \(Norwegian.list(below.map { Self.name($0, analysis) })), men det kan være tilfeldig."))
    }

    @Test("the first sentence tells what was measured beside what is reckoned")
    func measuredLevel() throws {
        let analysis = try analysis()
        let measured = try #require(analysis.quality.measured.within.first?.value)
        let text = "; målt: \(Norwegian.percent(measured)). Normen er".replacing(Norwegian.space, with: " ")
        #expect(analysis.text.contains(text))
    }

    @Test("too few weeks and too few call-outs are told apart")
    func tooFewWeeks() throws {
        var analysis = try analysis()
        let share = try #require(analysis.replay?.total.withinNorm?.value)
        analysis.replay?.total.estimates[.withinNormShare] = Estimate(share)
        analysis.replay?.total.tooFew = .weeks(1, min: ReplayEstimates.weeksMin)
        #expect(analysis.text.contains("(for få uker til å si hvor sikkert)"))
        analysis.replay?.total.tooFew = .callOuts(3, min: 20)
        #expect(analysis.text.contains("(for få til å si hvor sikkert)") && !analysis.text.contains("for få uker"))
    }

    @Test("the short text is short, and every line of its tables stands in the whole one too")
    func short() throws {
        let analysis = try analysis()
        let lines = analysis.text.split(separator: "\n")
        #expect(lines.count < 100)
        // Rows that begin with a zone and a shift; columns are wider in the whole table, so that spaces are counted once.
        func row(_ line: Substring) -> String { line.split(separator: " ").joined(separator: " ") }
        let whole = Set(analysis.fullText.split(separator: "\n").map(row))
        let rows = lines.map(row).filter { line in
            analysis.zones.contains { zone in ["dag", "kveld", "natt"].contains { line.hasPrefix("\(zone.name) \($0) ") } }
        }
        #expect(rows.count > 5)
        for row in rows { #expect(whole.contains(row), "\(row)") }
    }

    @Test("a row's share stands beside the call-outs it is a share of")
    func ownCount() throws {
        let analysis = try analysis()
        let scope = try #require(analysis.replay?.byShift.first { $0.zone == "biri" && $0.kind == .night })
        let row = try #require(analysis.fullText.split(separator: "\n").first { $0.hasPrefix("Biri") && $0.contains(" natt ") && $0.contains(" t") })
        let cells = row.split(separator: " ", omittingEmptySubsequences: true)
        #expect(cells[2] == "\(scope.figures.callOuts)")
        let share = Norwegian.percent(try #require(scope.figures.withinNormShare)).replacing(Norwegian.space, with: " ")
        #expect(row.contains(share))
    }

    @Test("planned work that binds people is told with the waits it makes, and not where it binds nobody")
    func firmPlannedWork() throws {
        var input = try StaffingFixture.input()
        input.settings.firmPlannedShare = 0.5
        let bound = StaffingAnalysis(input, effort: .page)
        let without = try #require(bound.quality.waitedWithoutPlannedWork)
        let waited = try #require(bound.replay).total.figures.waited
        #expect(without < waited)
        let text = "Av \(waited) som måtte vente, ventet \(waited - without) av den grunn."
        #expect(bound.text.contains("50 % av det planlagte arbeidet") && bound.text.contains(text))
        input.settings.firmPlannedShare = 0
        let free = StaffingAnalysis(input, effort: .page)
        #expect(free.quality.waitedWithoutPlannedWork == nil && !free.text.contains("av det planlagte arbeidet"))
        #expect(free.replay?.total.figures.waited == without)
    }

    @Test("a share's interval holds its value, is never wider known than the count allows, and is missing for too few")
    func intervals() throws {
        let scopes = try #require(try analysis().replay).byShift
        #expect(scopes.contains { $0.tooFew != nil } && scopes.contains { $0.tooFew == nil })
        for scope in scopes {
            guard let share = scope.withinNorm else { continue }
            guard scope.tooFew == nil || scope.isSurelyUnderNorm else {
                #expect(share.low == nil && share.high == nil)
                continue
            }
            let wilson = try #require(Share(scope.figures.withinNorm, of: scope.figures.attended).interval)
            let (low, high) = (try #require(share.low), try #require(share.high))
            #expect(low <= wilson.low && high >= wilson.high && low <= share.value && share.value <= high)
        }
    }

    @Test("the steps of the mend add up to its cost, and met means that no shift with enough call-outs misses the norm")
    func mend() throws {
        let mend = try #require(try analysis().mend)
        let kept = mend.search.steps.filter { !$0.isLeftOut }
        #expect(!mend.search.steps.isEmpty)
        #expect(abs(kept.reduce(0) { $0 + $1.kronerAYear } - mend.search.kronerAYear) < 1 || kept.count < mend.search.steps.count)
        guard mend.search.end == .met else { return }
        let norm = try analysis().settings.norm.share
        let reach = mend.search.outOfReach
        for shift in mend.search.after.byShift where shift.figures.callOuts >= (try analysis().settings.callOutsMin) {
            if reach.contains(where: { $0.zone == shift.zone && $0.kind == shift.kind }) { continue }
            #expect(shift.figures.withinNormShare! >= norm - 1e-9)
        }
    }

    @Test("where nothing was drawn that is the reason given, not too few call-outs; a page draws for its best pair of zones")
    func notDrawn() throws {
        let page = StaffingAnalysis(try StaffingFixture.input(), effort: .page)
        #expect(page.bestPooling?.isBeyondNoise != nil && !page.text.contains("ikke trukket"))
        var none = StaffingEffort.page
        (none.replays, none.comparesPooling) = (0, false)
        let text = StaffingAnalysis(try StaffingFixture.input(), effort: none).text
        #expect(text.contains("(hvor sikkert er ikke trukket)") && text.contains("ikke trukket her"))
        #expect(text.contains("% (ikke trukket)") && !text.contains("for få utrykninger eller uker"))
    }

    @Test("an analysis of some zones knows nothing of the others")
    func limited() throws {
        var input = try StaffingFixture.input()
        // A what-if, an alternative's note and a rest finding may name any zone: the one who wrote them did.
        (input.whatIfs, input.alternatives) = ([], [])
        input.zones.removeAll { $0.id != "biri" }
        input.cells.removeAll { $0.zone != "biri" }
        input.alarms.removeAll { $0.zone != "biri" }
        let analysis = StaffingAnalysis(input, effort: .page)
        #expect(analysis.zones.map(\.id) == ["biri"])
        #expect(analysis.observed.shifts.allSatisfy { $0.zones == ["biri"] })
        #expect(analysis.replay?.byZone.compactMap(\.zone) == ["biri"])
        #expect(analysis.bestPooling == nil)
        for other in ["Haugtun", "Sørbyen", "Nordbyen"] {
            #expect(!analysis.html.contains(other) && !String(decoding: analysis.json, as: UTF8.self).contains(other))
        }
    }

    @Test("without a roster, without call-outs and without data there is a sentence in place of figures")
    func empty() throws {
        var input = try StaffingFixture.input()
        input.roster = nil
        #expect(StaffingAnalysis(input, effort: .page).text.contains("Det er ikke lagt inn turnus"))
        input = try StaffingFixture.input()
        (input.alarms, input.cells) = ([], [])
        #expect(StaffingAnalysis(input, effort: .page).text.contains("Ingen utrykninger i perioden"))
        input.covered = input.covered.lowerBound..<input.covered.lowerBound
        let nothing = StaffingAnalysis(input, effort: .page)
        #expect(nothing.text.contains("Ingen data fra perioden") && !nothing.text.contains("Ingen utrykninger") && nothing.observed.shifts.isEmpty)
        #expect(!nothing.html.contains("Vakt for vakt") && !nothing.json.isEmpty)
    }

    @Test("the CSV is read back as it was: a header and rows of equal length, decimal commas, one row a shift and zone")
    func csv() throws {
        let csv = try analysis().csv
        #expect(csv.hasPrefix("\u{FEFF}nivå;sone;"))
        let rows = csv.dropFirst().split(separator: "\r\n").map { $0.split(separator: ";", omittingEmptySubsequences: false) }
        #expect(rows.allSatisfy { $0.count == rows[0].count })
        #expect(rows.count { $0[0] == "vakt" } == (try analysis().observed.shifts.count))
        let column = try #require(rows[0].firstIndex(of: "erlang"))
        let sum = rows.filter { $0[0] == "vakt" && $0[1] == "Biri" }.reduce(0.0) { $0 + Double($1[column].replacing(",", with: "."))! }
        let expected = try analysis().observed.shifts.filter { $0.zones == ["biri"] }.reduce(0.0) { $0 + $1.figures.loadErlang.value }
        #expect(abs(sum - expected) < 1e-3)
    }

    @Test("the JSON is JSON, with the figures of the analysis")
    func json() throws {
        let analysis = try analysis()
        let object = try #require(try JSONSerialization.jsonObject(with: Data(analysis.json)) as? [String: Any])
        let replay = try #require(object["replay"] as? [String: Any])
        #expect((replay["total"] as? [String: Any])?["callOuts"] as? Int == analysis.replay?.total.figures.callOuts)
        let observed = try #require(object["observed"] as? [String: Any])
        #expect((observed["shifts"] as? [Any])?.count == analysis.observed.shifts.count)
        #expect((object["alternatives"] as? [[String: Any]])?.map { $0["name"] as? String } == ["A", "B", "C"])
    }

    @Test("on the page every picture has its table and every id is used once")
    func page() throws {
        let html = try analysis().html
        let ids = html.split(separator: " id=\"").dropFirst().map { $0.prefix { $0 != "\"" } }
        #expect(Set(ids).count == ids.count)
        #expect(html.components(separatedBy: "<svg role=\"img\"").count == html.components(separatedBy: "Tallene bak bildet").count)
        #expect(!html.contains("<script"))
        for reference in html.split(separator: "aria-labelledby=\"").dropFirst() {
            for id in reference.prefix(while: { $0 != "\"" }).split(separator: " ") { #expect(ids.contains(id), "\(id) is referred to and missing") }
        }
    }
}
