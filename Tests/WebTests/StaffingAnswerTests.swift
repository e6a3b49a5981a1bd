import Foundation
import Staffing
import Telemetry
import Testing
import Web
import Workload

@Suite("Staffing over the API")
struct StaffingAnswerTests {
    private static let path = "/api/v1/staffing?municipality=3407&from=2026-10-26&to=2026-10-27"
    private static let whatIf = #"{"name":"Natt","changes":[{"pool":["biri","haugtun"],"shifts":["natt"]}]}"#

    @Test("a leader is answered with what the data cover, up to now")
    func answered() async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        let answer = try await site.get(StaffingAnswerTests.path, as: "leader")
        #expect(answer.status == 200)
        let json = try #require(answer.json)
        #expect(json["municipality"] as? String == "3407")
        let observed = try #require(json["observed"] as? [String: Any])
        let shifts = try #require(observed["shifts"] as? [[String: Any]])
        // The one response of the views: dispatched 06:02, closed when that was received, at 06:33:20, since its clock is ahead.
        let biri = shifts.filter { $0["zones"] as? [String] == ["biri"] }
        let minutes = biri.reduce(0.0) { $0 + ($1["responseMinutes"] as? Double ?? 0) }
        #expect(abs(minutes - 31 - 1.0 / 3) < 0.001)
    }

    @Test("a period from which nothing was received is answered with an empty state that says so")
    func noData() async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        for days in ["from=2026-10-20&to=2026-10-21", "from=2026-10-27&to=2026-10-28"] {
            let answer = try await site.get("/api/v1/staffing?municipality=3407&\(days)", as: "leader")
            #expect(answer.status == 200)
            let json = try #require(answer.json)
            #expect(json["hasData"] as? Bool == false)
            let observed = try #require(json["observed"] as? [String: Any])
            #expect((observed["shifts"] as? [Any])?.isEmpty == true)
        }
        #expect(try await site.get(StaffingAnswerTests.path, as: "leader").json?["hasData"] as? Bool == true)
    }

    @Test("a token bound to a zone sees that zone alone, and is refused the others")
    func zones() async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        let own = try await site.get(StaffingAnswerTests.path, as: "zone-leader")
        #expect(own.status == 200)
        #expect(!(String(decoding: own.body, as: UTF8.self).contains("haugtun")))
        #expect(try await site.get(StaffingAnswerTests.path + "&zone=haugtun", as: "zone-leader").status == 403)
        #expect(try await site.get(StaffingAnswerTests.path, as: "nowhere").status == 403)
        #expect(try await site.get(StaffingAnswerTests.path).status == 401)
        let other = try await site.post(StaffingAnswerTests.path, StaffingAnswerTests.whatIf, as: "zone-leader", type: "application/json")
        #expect(other.status == 422, "a what-if that names a zone out of reach")
        let limited = try await site.post(StaffingAnswerTests.path + "&zone=biri", StaffingAnswerTests.whatIf, as: "leader", type: "application/json")
        #expect(limited.status == 422, "a what-if that names a zone that is not asked about")
    }

    @Test("a what-if is taken as JSON and YAML; anything else is refused with what is wrong, line by line")
    func whatIfs() async throws {
        let site = try await ServedSite()
        func post(_ body: String, _ type: String) async throws -> HTTPAnswer { try await site.post(StaffingAnswerTests.path, body, as: nil, type: type) }
        let answer = try await post(StaffingAnswerTests.whatIf, "application/json")
        #expect(answer.status == 200)
        #expect((answer.json?["whatIfs"] as? [[String: Any]])?.map { $0["name"] as? String } == ["Natt"])
        #expect(try await post("changes:\n  - {travelFactor: 1.2}\n", "application/yaml").status == 200)
        #expect(try await post(StaffingAnswerTests.whatIf, "text/csv").status == 415)
        let bad = try await post("changes:\n  - {pool: [biri, nowhere]}\n", "application/yaml")
        #expect(bad.status == 422)
        let rows = try #require(bad.json?["rows"] as? [[String: Any]])
        #expect(rows.first?["line"] as? Int == 2)
        #expect((rows.first?["reason"] as? String)?.contains("\"nowhere\"") == true, "the value that is wrong")
        let long = "# " + String(repeating: "x", count: 70_000) + "\nchanges: []\n"
        #expect(try await post(long, "application/yaml").status == 413)
    }

    @Test("a municipality without a roster has nothing to change")
    func noRoster() async throws {
        let site = try await ServedSite()
        let path = "/api/v1/staffing?municipality=3440&from=2026-10-26&to=2026-10-27"
        #expect(try await site.get(path).status == 200)
        #expect(try await site.post(path, #"{"changes":[{"travelFactor":2}]}"#, as: nil, type: "application/json").status == 409)
        let nowhere = StaffingAnswerTests.path + "&zone=nowhere"
        #expect(try await site.post(nowhere, #"{"changes":[{"travelFactor":2}]}"#, as: nil, type: "application/json").status == 400)
        #expect(try await site.get(nowhere).status == 400, "a zone that is not configured is refused, not answered with nothing")
    }

    @Test("more than a year is refused with the way out")
    func tooLong() async throws {
        let site = try await ServedSite()
        let answer = try await site.get("/api/v1/staffing?municipality=3407&from=2024-01-01&to=2026-10-27")
        #expect(answer.status == 400)
        #expect(String(decoding: answer.body, as: UTF8.self).contains("a year at most"))
    }

    /// Of a municipality without anything in it.
    private func input(_ position: Int64, until: EventTime, from: EventTime = 0, periodEnd: EventTime = .max) -> StaffingInput {
        var input = StaffingInput(
            municipalityNumber: "3407",
            municipalityName: "Gjøvik",
            zones: [.init(id: "biri", name: "Biri")],
            covered: from..<until,
            position: position,
            cells: [],
            alarms: [],
            roster: nil
        )
        input.periodEnd = periodEnd
        return input
    }

    @Test("what nobody waited for stays ready, however many others are asked for; the others make room for one another")
    func stays() async throws {
        let (desk, quarter) = (StaffingDesk(slowMilliseconds: 0), TimeRule.quarterMilliseconds)
        _ = try await desk.analysis(input(1, until: 96 * quarter, from: quarter), effort: .page)
        _ = try await Background.$isTask.withValue(true) { try await desk.analysis(input(1, until: 96 * quarter), effort: .page) }
        for day in 1...EventTime(StaffingDesk.keptMax) {
            _ = try await desk.analysis(input(1, until: (day + 1) * 96 * quarter, from: day * 96 * quarter), effort: .page)
        }
        // What is kept is given though a quarter more has come, what is not is made of now.
        let ready = try await desk.recentAnalysis(input(2, until: 97 * quarter), effort: .page).analysis
        let other = try await desk.recentAnalysis(input(2, until: 97 * quarter, from: quarter), effort: .page).analysis
        #expect(ready.covered.upperBound == 96 * quarter && other.covered.upperBound == 97 * quarter)
    }

    @Test("of the same matter one is made, also where nobody waits for it; what is remembered has taken no time")
    func madeOnce() async throws {
        let desk = StaffingDesk()
        func made() async throws -> Double {
            try await Background.$isTask.withValue(true) { try await desk.timedAnalysis(input(1, until: 96 * TimeRule.quarterMilliseconds), effort: .page) }
                .milliseconds
        }
        async let (first, second) = (made(), made())
        #expect(try await [first, second].filter { $0 > 0 }.count == 1)
    }

    @Test("what was read earlier but made later does not take the place of what was read later")
    func starved() async throws {
        let (desk, quarter, earlier) = (StaffingDesk(slowMilliseconds: 0), TimeRule.quarterMilliseconds, ContinuousClock.now)
        _ = try await desk.analysis(input(2, until: 97 * quarter), effort: .page)
        _ = try await Background.$isTask.withValue(true) { try await desk.analysis(input(1, until: 96 * quarter), effort: .page, since: earlier) }
        #expect(try await desk.recentAnalysis(input(3, until: 98 * quarter), effort: .page).analysis.covered.upperBound == 97 * quarter)
    }

    @Test("a page need not wait for the last minutes of a running period where that takes its time, the API does")
    func recent() async throws {
        let quarter = TimeRule.quarterMilliseconds
        let (slow, quick) = (StaffingDesk(slowMilliseconds: 0), StaffingDesk(slowMilliseconds: .infinity))
        for desk in [slow, quick] { _ = try await desk.analysis(input(1, until: 96 * quarter), effort: .page) }
        // The same data: at once, and as of now.
        #expect(try await slow.recentAnalysis(input(2, until: 96 * quarter), effort: .page).analysis.position == 2)
        #expect(try await quick.recentAnalysis(input(3, until: 97 * quarter), effort: .page).analysis.covered.upperBound == 97 * quarter)
        let old = try await slow.recentAnalysis(input(3, until: 97 * quarter), effort: .page)
        #expect(old.analysis.covered.upperBound == 96 * quarter && old.input.covered.upperBound == 96 * quarter)
        // Another period and another effort are another question.
        #expect(try await slow.recentAnalysis(input(3, until: 97 * quarter, from: quarter), effort: .page).analysis.covered.lowerBound == quarter)
        #expect(try await slow.recentAnalysis(input(3, until: 97 * quarter), effort: .today).analysis.covered.upperBound == 97 * quarter)
        let month = try await slow.recentAnalysis(input(4, until: 100 * quarter, periodEnd: 200 * quarter), effort: .page)
        #expect(month.analysis.covered.upperBound == 100 * quarter)
        // Meanwhile it was made.
        _ = try await slow.analysis(input(5, until: 101 * quarter), effort: .page)
        #expect(try await slow.recentAnalysis(input(6, until: 102 * quarter), effort: .page).analysis.covered.upperBound == 101 * quarter)
    }

    @Test("the same question is worked out once; more call-outs than can be played in time are refused")
    func desk() async throws {
        let desk = StaffingDesk()
        var input = StaffingInput(
            municipalityNumber: "3407",
            municipalityName: "Gjøvik",
            zones: [.init(id: "biri", name: "Biri")],
            covered: 0..<86_400_000,
            position: 1,
            cells: [],
            alarms: [],
            roster: nil
        )
        let first = try await desk.analysis(input, effort: .page)
        input.position = 2
        let second = try await desk.analysis(input, effort: .page)
        #expect(first.position == 1 && second.position == 2)
        let alarm = AlarmRecord(
            municipality: "3407",
            source: "a",
            alarm: "x",
            zone: "biri",
            respondingZone: "biri",
            device: nil,
            kind: nil,
            priority: nil,
            isTest: false,
            isLive: true,
            outcome: nil,
            cause: nil,
            voice: nil,
            responders: 1,
            steps: [],
            repeats: 0,
            instant: 0
        )
        input.alarms = Array(repeating: alarm, count: StaffingDesk.callOutsPlayedMax / StaffingDesk.replaysMin + 1)
        await #expect(throws: StaffingDesk.Refusal.self) { try await desk.analysis(input, effort: .page) }
        await #expect(throws: StaffingDesk.Refusal.self) { try await desk.analysis(input, effort: .today) }
        for alarms in [0, 500, 20_000, 44_000] {
            let draws = [StaffingEffort.page, .today].map { StaffingDesk.bounded($0, alarms: alarms, changes: 2)?.replays }
            #expect(draws[0] == draws[1], "as many draws, so that intervals are the same on every page")
        }
    }
}
