import Simulator
import Testing

/// CONTRACT 5 and 6 by small hand-made tables.
@Suite("The auditor works out loads")
struct AuditorLoadTests {
    /// An alarm in Haugtun with a call-out: answered after 30 s, departed after 5 min, there from 12 to 40 min.
    private func callOut(_ told: inout Told, _ name: String, from start: Int64 = 0, responders: Int = 1) {
        let alarm = #""alarm":"\#(name)""#
        told.event(
            "alarm.raised",
            "\(name)-1",
            at: start,
            data: #"\#(alarm),"device":"d9","zone":"haugtun","kind":"fall""#
        )
        told.event("alarm.answered", "\(name)-2", at: start + minute / 2, data: alarm)
        told.event("alarm.dispatched", "\(name)-3", at: start + 2 * minute, data: alarm)
        told.event(
            "alarm.accepted",
            "\(name)-4",
            at: start + 3 * minute,
            data: #"\#(alarm),"responders":\#(responders)"#
        )
        told.event("alarm.departed", "\(name)-5", at: start + 5 * minute, data: alarm)
        told.event("alarm.arrived", "\(name)-6", at: start + 12 * minute, data: alarm)
        told.event("alarm.closed", "\(name)-7", at: start + 40 * minute, data: #"\#(alarm),"outcome":"visited""#)
    }

    @Test("a call-out is spread over the quarters in which it takes place")
    func spread() {
        var told = Told()
        callOut(&told, "a", responders: 2)
        let first = told.cell("haugtun")
        #expect(first?.figure("talkMs") == Double(90_000))
        #expect(first?.figure("responseMs") == Double(2 * 10 * minute))
        #expect(first?.figure("travelMs") == Double(2 * 7 * minute))
        #expect(first?.figure("onSiteMs") == Double(2 * 3 * minute))
        #expect(first?.figure("openPeak") == 2)
        #expect(first?.figure("overlapMs") == 0)
        let third = told.cell("haugtun", at: 30 * minute)
        #expect(third?.figure("responseMs") == Double(2 * 10 * minute))
        #expect(third?["outcomes"] == .object(["visited": .integer(1)]))
        let hours = told.auditor.loads(municipality: "3407", from: Told.noon, to: Told.noon + hour, step: .hour)
        #expect(hours.count == 1)
        #expect(hours.first?.figure("responseMs") == Double(2 * 35 * minute))
        #expect(hours.first?.figure("openPeak") == 2)
    }

    @Test("a test that becomes known takes back everything but itself")
    func testTakenBack() {
        var told = Told()
        callOut(&told, "a")
        #expect(told.cell("haugtun")?.figure("raised") == 1)
        told.event("alarm.closed", "z", at: 41 * minute, data: #""alarm":"a","outcome":"test""#)
        let cell = told.cell("haugtun")
        #expect(cell?.figure("tests") == 1)
        for name in ["raised", "answered", "dispatched", "talkMs", "responseMs", "openPeak"] {
            #expect(cell?.figure(name) == 0, "\(name)")
        }
        #expect(told.cell("haugtun", at: 15 * minute) == nil)
        // A later `closed` with another outcome holds the step: the test was none.
        told.event("alarm.closed", "zz", at: 42 * minute, data: #""alarm":"a","outcome":"visited""#)
        #expect(told.cell("haugtun")?.figure("tests") == 0)
        #expect(told.cell("haugtun")?.figure("raised") == 1)
    }

    @Test("the last closed holds, of the other steps the first; ties go by id")
    func holding() throws {
        var told = Told()
        told.event("alarm.closed", "c2", at: 10 * minute, data: #""alarm":"a","outcome":"visited""#)
        told.event("alarm.closed", "c1", at: 10 * minute, data: #""alarm":"a","outcome":"other""#)
        told.event("alarm.closed", "c0", at: 5 * minute, data: #""alarm":"a","outcome":"technical""#)
        told.event("alarm.raised", "r2", at: minute, data: #""alarm":"a","device":"d1","kind":"fall""#)
        told.event("alarm.raised", "r1", at: minute, data: #""alarm":"a","device":"d1","kind":"bed""#)
        told.event("alarm.raised", "r0", at: nil, received: 0, data: #""alarm":"a","device":"d1","kind":"door""#)
        let alarm = try #require(told.alarms.first)
        #expect(alarm["outcome"] == .string("visited"))
        #expect(alarm["kind"] == .string("bed"))
        #expect(alarm["steps"]?["raised"]?["id"] == .string("r1"))
        #expect(alarm["steps"]?["closed"]?["id"] == .string("c2"))
    }

    @Test("two calls at once: the peak counts people, the overlap counts responses")
    func overlap() {
        var told = Told()
        callOut(&told, "a", responders: 3)
        callOut(&told, "b", from: 10 * minute)
        // a is out from 5 to 40, b from 15 to 50: only the second and third quarter see both.
        #expect(told.cell("haugtun")?.figure("openPeak") == 3)
        #expect(told.cell("haugtun")?.figure("overlapMs") == 0)
        #expect(told.cell("haugtun", at: 15 * minute)?.figure("openPeak") == 4)
        #expect(told.cell("haugtun", at: 15 * minute)?.figure("overlapMs") == Double(15 * minute))
        #expect(told.cell("haugtun", at: 30 * minute)?.figure("overlapMs") == Double(10 * minute))
        // A call that begins where another ends does not overlap it.
        callOut(&told, "c", from: 45 * minute)
        #expect(told.cell("haugtun", at: 45 * minute)?.figure("openPeak") == 1)
    }

    @Test("without raised, the first step that knows a zone places the alarm; raised decides, even for ukjent")
    func zones() throws {
        var told = Told()
        told.event("alarm.repeated", "e1", at: 0, data: #""alarm":"a","zone":"haugtun""#)
        #expect(told.alarms.first?["zone"] == .string("haugtun"))
        told.event("alarm.answered", "e2", at: 2 * minute, data: #""alarm":"a","device":"d1","zone":"elsewhere""#)
        #expect(told.alarms.first?["zone"] == .string("biri"))
        told.event("alarm.acknowledged", "e3", at: minute, data: #""alarm":"a","device":"d9""#)
        #expect(told.alarms.first?["zone"] == .string("biri"))
        told.event("alarm.dispatched", "e4", at: 3 * minute, data: #""alarm":"a","respondingZone":"haugtun""#)
        #expect(told.alarms.first?["respondingZone"] == .string("haugtun"))
        told.event("alarm.raised", "e5", at: 4 * minute, data: #""alarm":"a","device":"d9","kind":"fall""#)
        let alarm = try #require(told.alarms.first)
        #expect(alarm["zone"] == .string("ukjent"))
        #expect(alarm["respondingZone"] == .string("haugtun"))
    }

    @Test(
        "intervals that cannot be are flagged and contribute nothing",
        arguments: [
            ([("answered", 0)], ["talk:open"]), ([("answered", 5), ("closed", 4)], ["talk:illegal-order"]),
            ([("answered", 0), ("closed", 361)], ["talk:implausible"]), ([("answered", 0), ("closed", 360)], []),
            ([("arrived", 0)], ["response:open"]), ([("departed", 9), ("closed", 4)], ["response:illegal-order"]),
            ([("departed", 9), ("arrived", 4), ("closed", 20)], ["split:illegal-order"]), ([("closed", 4)], []),
            // Departed counts where it is, even if another step would have given a right interval.
            ([("dispatched", 0), ("departed", 9), ("closed", 8)], ["response:illegal-order"]),
        ] as [([(String, Int64)], [String])]
    )
    func flags(steps: [(String, Int64)], flags: [String]) throws {
        var told = Told()
        for (step, minutes) in steps {
            let outcome = step == "closed" ? #","outcome":"visited""# : ""
            told.event("alarm.\(step)", step, at: minutes * minute, data: #""alarm":"a","zone":"biri"\#(outcome)"#)
        }
        let alarm = try #require(told.alarms.first)
        #expect(alarm["flags"] == .array(flags.map { .string($0) }))
        let names = ["talk": "talkMs", "response": "responseMs", "split": "travelMs"]
        for flag in flags {
            let name = try #require(names[String(flag.split(separator: ":")[0])])
            #expect(alarm["intervals"]?[name] == .null)
        }
    }

    @Test("first figures stay, present ones follow, and history is added to both")
    func publishedFirst() {
        var told = Told()
        told.event("device.heartbeat", "e1", at: minute, data: #""device":"d1""#)
        #expect(told.cell("biri", publishedFirst: true) == nil)
        told.event("device.tested", "e2", at: 75 * minute - 1, data: #""device":"d1""#)
        #expect(told.cell("biri", publishedFirst: true) == nil)
        told.event("device.tested", "e3", at: 75 * minute, data: #""device":"d1""#)
        #expect(told.cell("biri", publishedFirst: true)?.figure("heartbeats") == 1)
        #expect(told.cell("biri")?["revised"] == .bool(false))
        told.event("device.heartbeat", "e4", at: 2 * minute, received: 76 * minute, data: #""device":"d1""#)
        #expect(told.cell("biri")?.figure("heartbeats") == 2)
        #expect(told.cell("biri")?["revised"] == .bool(true))
        #expect(told.cell("biri", publishedFirst: true)?.figure("heartbeats") == 1)
        let old = #""device":"d1""#
        told.event("device.heartbeat", "e5", at: 3 * minute, received: 77 * minute, lane: "history", data: old)
        #expect(told.cell("biri")?.figure("heartbeats") == 3)
        #expect(told.cell("biri", publishedFirst: true)?.figure("heartbeats") == 2)
        let hours = told.auditor.loads(municipality: "3407", from: Told.noon, to: Told.noon + hour, step: .hour)
        #expect(hours.first?["revised"] == .bool(true))
    }

    @Test("a message whose own event belongs to the cell it publishes does not count as first")
    func publishingMessage() {
        var told = Told()
        told.event("device.heartbeat", "e1", at: minute, received: 75 * minute, data: #""device":"d1""#)
        #expect(told.cell("biri", publishedFirst: true) == nil)
        #expect(told.cell("biri")?["revised"] == .bool(true))
    }

    @Test("days are Oslo's: the one in October when clocks go back has 25 hours")
    func days() {
        var told = Told()
        let sunday = Told.noon + 20 * day  // 2026-10-25T12:00+01:00 is an hour later than noon was on the Monday.
        for index in 0..<25 {
            let time = sunday - 12 * hour + Int64(index) * hour - Told.noon
            told.event("device.heartbeat", "e\(index)", at: time, data: #""device":"d1""#)
        }
        let rows = told.auditor.loads(municipality: "3407", from: sunday - day, to: sunday + day, step: .day)
        #expect(rows.count == 1)
        #expect(rows.first?.figure("heartbeats") == 25)
        #expect(rows.first?["start"] == .string("2026-10-24T22:00:00.000Z"))
    }

    @Test("shares and percentiles are those of the contract")
    func kpis() throws {
        var told = Told()
        for (index, seconds) in [10, 60, 61, 180, 181].enumerated() {
            let alarm = #""alarm":"a\#(index)""#
            told.event("alarm.raised", "r\(index)", at: 0, data: #"\#(alarm),"device":"d1","kind":"manual""#)
            told.event("alarm.answered", "n\(index)", at: Int64(seconds) * 1000, data: alarm)
        }
        told.event("alarm.raised", "r9", at: 0, data: #""alarm":"a9","device":"d1","kind":"manual""#)
        told.event("alarm.raised", "r10", at: 0, data: #""alarm":"t","device":"d1","kind":"manual","test":true"#)
        told.event("alarm.closed", "c0", at: hour, data: #""alarm":"a0","outcome":"unintended""#)
        let kpis = told.auditor.kpis(municipality: "3407", from: Told.noon, to: Told.noon + hour)
        #expect(kpis.figure("alarms") == 6)
        let answer = try #require(kpis["answer"])
        #expect(answer.figure("n") == 5)
        #expect(answer.figure("none") == 1)
        #expect(answer["within60s"]?.figure("numerator") == 2)
        #expect(answer["within180s"]?.figure("numerator") == 4)
        #expect(answer.figure("p50Ms") == 61_000)
        #expect(answer.figure("p90Ms") == 181_000)
        // Wilson 1927 for 2 of 5: 0.1176–0.7693.
        #expect(abs((answer["within60s"]?.figure("low") ?? 0) - 0.11762) < 1e-5)
        #expect(abs((answer["within60s"]?.figure("high") ?? 0) - 0.76928) < 1e-5)
        #expect(kpis["attendance"]?["p50Ms"] == .null)
        #expect(kpis["attendance"]?["within45min"]?["value"] == .null)
        #expect(kpis["unintended"]?.figure("numerator") == 1)
        #expect(kpis["closedAtCentre"]?["small"] == .bool(true))
    }

    @Test("percentiles are the nearest rank: of ten values the fifth and the ninth")
    func nearestRank() {
        var told = Told()
        for seconds in 1...10 {
            let alarm = #""alarm":"a\#(seconds)""#
            told.event("alarm.raised", "r\(seconds)", at: 0, data: #"\#(alarm),"device":"d1","kind":"manual""#)
            told.event("alarm.answered", "n\(seconds)", at: Int64(seconds) * 1000, data: alarm)
        }
        let kpis = told.auditor.kpis(municipality: "3407", from: Told.noon, to: Told.noon + hour)
        #expect(kpis["answer"]?.figure("p50Ms") == 5000)
        #expect(kpis["answer"]?.figure("p90Ms") == 9000)
    }
}
