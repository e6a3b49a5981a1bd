import Telemetry
import Testing
import Workload

import Reports

@Suite("The live board")
struct LiveBoardTests {
    private static let now: EventTime = 1_793_000_000_000  // 2026-10-26T08:33:20+01:00

    private func board(_ change: (inout LiveBoard.Figures) -> Void, alarms: [LiveBoard.Alarm]? = nil, faults: [LiveBoard.Fault] = []) -> LiveBoard {
        var figures = LiveBoard.Figures()
        change(&figures)
        return LiveBoard(zones: [.init(name: "Biri", figures: figures)], alarms: alarms, faults: faults, now: Self.now)
    }

    @Test("as long as nothing changes the text is the same, whatever the clock shows")
    func unchanged() {
        let first = board { $0.lastDay = 3 }
        var second = first
        second.now += 60_000
        #expect(first.html == second.html && first.clock == "08:33:20" && second.clock == "08:34:20")
    }

    @Test(
        "who waits for an answer is pointed at after a minute, by a mark and by words",
        arguments: [
            (59_000, "55\u{A0}s", false), (61_000, "60\u{A0}s", true), (125_000, "2\u{A0}min", true),
            (3 * 3_600_000 + 60_000, "3\u{A0}t 1\u{A0}min", true),
        ]
    )
    func waiting(milliseconds: Int64, age: String, isLate: Bool) {
        let html = board { figures in
            figures.openAlarms = 2
            figures.waitingSince = Self.now - Int64(milliseconds)
        }.html
        #expect(html.contains(age) && html.contains("2\u{A0}åpne alarmer"))
        #expect(html.contains("class=\"problem\"") == isLate && html.contains("▲") == isLate && html.contains("venter på svar") == isLate)
    }

    @Test(
        "of several open alarms it is said how many wait",
        arguments: [(1, 1, "1\u{A0}åpen alarm, venter"), (4, 1, "4\u{A0}åpne alarmer, 1 venter"), (4, 4, "4\u{A0}åpne alarmer, alle venter")]
    )
    func howMany(open: Int, waiting: Int, text: String) {
        let html = board { figures in
            (figures.openAlarms, figures.waiting, figures.waitingSince) = (open, waiting, Self.now - 61_000)
        }.html
        #expect(html.contains("\(text) på svar</p>"))
    }

    @Test("when the last alarm came is said by clock today, by date before, and by how far back was looked")
    func lastAlarm() {
        #expect(board { $0.lastAlarm = Self.now - 3_600_000 }.html.contains("<dd>kl.\u{A0}07:33</dd>"))
        #expect(board { $0.lastAlarm = Self.now - 3 * 86_400_000 }.html.contains("<dd>23.\u{A0}oktober kl.\u{A0}09:33</dd>"))
        #expect(board { _ in }.html.contains("<dd>ingen på 31 døgn</dd>"))
    }

    @Test("nobody is told that devices are well of whom nobody can say")
    func silent() {
        #expect(board { $0.silentDevices = .init(all: 0, inOutage: 0, unknown: 9, watched: 9) }.html.contains("<dd>– (9 ikke vurdert ennå)</dd>"))
        #expect(
            board { $0.silentDevices = .init(all: 42, inOutage: 40, unknown: 7, watched: 90) }.html.contains("<dd>42 (40 i utfall, 7 ikke vurdert ennå)</dd>")
        )
    }

    @Test("each state of an alarm has its word, and what others wrote gets no markup in")
    func alarms() {
        let steps: [(Step, String)] = [
            (.raised, "venter på svar"), (.answered, "besvart"), (.dispatched, "utrykning bedt om"), (.accepted, "utrykning tatt"), (.departed, "på vei"),
            (.arrived, "framme"),
        ]
        for count in steps.indices {
            let record = Self.record("<b>1", device: "<i>d", steps[...count].map(\.0))
            let html = board({ $0.openAlarms = 70 }, alarms: [.init(record: record, zone: "Biri", path: "/a?b=1&c=2#d")]).html
            #expect(html.contains("<td>\(steps[count].1)</td>") && html.contains("&lt;b&gt;1") && html.contains("&lt;i&gt;d") && !html.contains("<i>d"))
            #expect(html.contains("href=\"/a?b=1&amp;c=2#d\"") && html.contains("69 åpne alarmer til er ikke vist."))
        }
        #expect(board({ _ in }, alarms: []).html.contains("Ingen åpne alarmer."))
        #expect(board { _ in }.html.contains("Du ser antall"))
    }

    @Test("on a wall a few alarms stand in short, the others are counted, and no device is named")
    func wall() {
        let alarms = (0..<12).map { LiveBoard.Alarm(record: Self.record("a\($0)-", device: "d\($0)", [.raised]), zone: "Biri", path: "/a#\($0)") }
        var board = board({ $0.openAlarms = 12 }, alarms: alarms)
        #expect(board.html.contains("d11") && !board.html.contains("åpne alarmer til er ikke vist"))
        board.isWall = true
        let html = board.html
        let shown = LiveBoard.wallAlarmsMax
        for (number, alarm) in alarms.enumerated() {
            #expect(html.contains(alarm.record.alarm) == (number < shown) && !html.contains("d\(number)</"), "\(number)")
        }
        #expect(html.contains("\(12 - shown) åpne alarmer til er ikke vist.") && html.contains("skrives i innsynsloggen") && !html.contains("<table"))
        board.alarms = []
        #expect(!board.html.contains("<ol>") && board.html.contains("Tause enheter"))
    }

    /// An alarm of five seconds ago with these steps.
    private static func record(_ alarm: String, device: String, _ steps: [Step]) -> AlarmRecord {
        AlarmRecord(
            municipality: "3407",
            source: "s",
            alarm: alarm,
            zone: "biri",
            respondingZone: "biri",
            device: device,
            kind: .fall,
            priority: nil,
            isTest: false,
            isLive: true,
            outcome: nil,
            cause: nil,
            voice: nil,
            responders: 1,
            steps: steps.map { .init(step: $0, t: now - 5000, id: "e", flag: nil, late: false) },
            repeats: 0,
            instant: now - 5000
        )
    }
}
