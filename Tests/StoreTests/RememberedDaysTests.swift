import Foundation
import Store
import Telemetry
import Testing
import Workload

/// What a reader remembers of days is what one that has never read anything is told, whatever has become of the views meanwhile.
@Suite("Remembered days")
struct RememberedDaysTests {
    private static let day = TimeRule.dayMilliseconds
    /// When the random events are received first; they tell of the day before too.
    private static let start: EventTime = 1_791_180_000_000

    /// What is read of a period, as comparable bytes: two names that are the same to Swift's String are not the same here.
    private static func bytes(_ reader: ViewsReader, _ period: Range<EventTime>) throws -> [[UInt8]] {
        try ["3407", "3440", "9999"].flatMap { municipality in
            let cells = try reader.loadCells(municipality: municipality, from: period.lowerBound, to: period.upperBound)
            let alarms = try reader.alarms(municipality: municipality, from: period.lowerBound, to: period.upperBound)
            try expectSame(cells.value, reader.loadCells(municipality: municipality, from: period.lowerBound, to: period.upperBound, zones: ["biri"]).value)
            let quiet = cells.value.quiet
            let counts = quiet.byZone.map { "\($0.key) \($0.value.cells) \($0.value.revised)" }
            let silent = LocalTime.oslo.silentDays(of: cells.value.cells, quiet: quiet, in: period.clamped(to: near), expectsSigns: true)
            let assists = try reader.assists(municipality: municipality, in: period).value
            return told(cells.value.cells, counts, quiet.hasHeartbeats, quiet.span, silent, assists, alarms.value, [cells.position, alarms.position])
        }
    }

    /// What is told of one zone: its own cells and counts, and whether something came of all.
    private static func expectSame(_ all: (cells: [LoadCell], quiet: QuietCells), _ own: (cells: [LoadCell], quiet: QuietCells)) {
        #expect(own.cells == all.cells.filter { $0.zone == "biri" } && own.quiet.byZone["biri"] == all.quiet.byZone["biri"])
        let starts = all.cells.map(\.start) + (all.quiet.span.map { [$0.lowerBound, $0.upperBound - TimeRule.quarterMilliseconds] } ?? [])
        #expect(own.quiet.span?.lowerBound == starts.min() && own.quiet.span?.upperBound == starts.max().map { $0 + TimeRule.quarterMilliseconds })
        func silentDays(_ found: (cells: [LoadCell], quiet: QuietCells)) -> [LocalTime.Day] {
            LocalTime.oslo.silentDays(of: found.cells, quiet: found.quiet, in: near, expectsSigns: true)
        }
        #expect(silentDays(all) == silentDays(own))
        #expect((all.quiet.hasHeartbeats || all.cells.contains { $0.measures.heartbeats > 0 }) == own.quiet.hasHeartbeats)
    }

    /// The same in the slow way, which remembers nothing: every cell one by one, alarms a page at a time.
    private static func twin(_ reader: ViewsReader, _ period: Range<EventTime>) throws -> [[UInt8]] {
        try ["3407", "3440", "9999"].flatMap { municipality in
            let cells = try reader.cells(municipality: municipality, from: period.lowerBound, to: period.upperBound)
            let alarms = try reader.alarms(municipality: municipality, from: period.lowerBound, to: period.upperBound, limit: 1_000_000)
            let all = cells.value.filter { !$0.measures.isEmpty }
            func isQuiet(_ cell: LoadCell) -> Bool {
                var rest = cell.measures
                (rest.heartbeats, rest.observations, rest.faults, rest.assists) = (0, 0, 0, 0)
                return rest.isEmpty
            }
            let quiet = all.filter(isQuiet)
            let counts = Dictionary(grouping: quiet) { Array($0.zone.utf8) }.values.map { "\($0[0].zone) \($0.count) \($0.count(where: \.revised))" }
            let starts = quiet.map(\.start)
            let span = starts.min().map { $0..<(starts.max() ?? $0) + TimeRule.quarterMilliseconds }
            let silent = LocalTime.oslo.silentDays(of: all, in: period.clamped(to: near), expectsSigns: true)
            let assists = try ["biri", "haugtun", "ukjent"].flatMap { try reader.assists(municipality: municipality, in: period, zone: $0).value }
            let loads = all.filter { !isQuiet($0) }
            let hasHeartbeats = quiet.contains { $0.measures.heartbeats > 0 }
            return told(loads, counts, hasHeartbeats, span, silent, assists, alarms.value, [cells.position, alarms.position])
        }
    }

    private static func told(
        _ cells: [LoadCell],
        _ quiet: [String],
        _ hasHeartbeats: Bool,
        _ span: Range<EventTime>?,
        _ silent: [LocalTime.Day],
        _ assists: [AssistRow],
        _ alarms: [AlarmRecord],
        _ positions: [Int64]
    ) -> [[UInt8]] {
        let lines = alarms.map { alarm in
            "\(alarm.source)/\(alarm.alarm)/\(alarm.zone)/\(alarm.respondingZone)/\(alarm.device ?? "-")/\(alarm.kind as Any)/\(alarm.priority as Any)"
                + "/\(alarm.isTest)/\(alarm.isLive)/\(alarm.outcome as Any)/\(alarm.cause as Any)/\(alarm.voice as Any)/\(alarm.responders)"
                + "/\(alarm.steps)/\(alarm.repeats)/\(alarm.instant)"
        }
        let loads = cells.map { cell in
            let figures = cell.measures.figures
            return "\(cell.zone) \(cell.start) \(cell.revised) \(figures.indices.map { figures[$0] })"
        }
        let done = assists.map { "\($0.hour) \($0.zone) \($0.technology.rawValue) \($0.result.rawValue) \($0.count)" }
        let counted = (done + ["\(hasHeartbeats) \(span as Any) \(silent) \(positions)"] + quiet).map { Array($0.utf8) }
        return counted.sorted { $0.lexicographicallyPrecedes($1) } + (lines + loads).map { Array($0.utf8) }
    }

    /// Beyond these days none is asked whether it was silent.
    private static let near = start - 9 * day..<start + 9 * day

    /// Periods of the days that the random events tell of: some whole, some cut, one that nothing is remembered of, and 1970.
    private static func periods(_ random: inout Seeded) -> [Range<EventTime>] {
        let cut = (0..<4).map { _ in
            let from = start - 2 * day + Int64(random.below(Int(5 * day)))
            return from..<from + Int64(random.below(Int(3 * day)))
        }
        return cut + [start - 3 * day..<start + 5 * day, 0..<day, 0..<2_000_000_000_000]
    }

    @Test("after each of many random commits the remembered figures are those read anew, frozen ones too", arguments: 1...6 as ClosedRange<UInt64>)
    func commits(seed: UInt64) throws {
        let folder = try DataFolder()
        let views = try folder.views()
        var (random, events) = (Seeded(seed: seed &* 7919), RandomEvents(seed: seed))
        var states = [State(plan: RandomEvents.plan, hashKey: 7)]
        let remembering = try folder.reader()
        var frozen: [(reader: ViewsReader, periods: [Range<EventTime>], told: [[[UInt8]]])] = []
        for turn in 1...40 {
            for _ in 0..<random.below(6) { events.feed(to: &states) }
            var replaces = false
            switch random.below(12) {
            case 0:
                // Zones have changed: all figures are others.
                let plan = random.below(2) == 0 ? RandomEvents.plan : ZonePlan(municipalities: [.init(number: "3407", name: "Gjøvik", zones: [])])
                var moved = State(plan: plan, hashKey: 7)
                try views.restore(into: &moved)
                moved.finishRestoring(keepingFigures: true)
                (states, replaces) = ([moved], true)
            case 1 where turn > 20:
                // All is made anew, as by `rebuild`; here from nothing.
                try views.clear(hashKey: 7)
                states = [State(plan: RandomEvents.plan, hashKey: 7)]
            case 2:
                // What was read again beside takes its place.
                try Self.adopt(into: views, folder, seed: seed &* 31 &+ UInt64(turn))
                var adopted = State(plan: RandomEvents.plan, hashKey: 7)
                try views.restore(into: &adopted)
                adopted.finishRestoring(keepingFigures: false)
                states = [adopted]
            default: break
            }
            var commit = ViewsCommit(position: events.last.position, received: events.last.received, changes: states[0].takeChanges())
            commit.replacesFigures = replaces
            try views.write(commit)
            let periods = Self.periods(&random)
            let anew = try folder.reader()
            let told = try periods.map { try Self.twin(anew, $0) }
            if random.below(3) == 0 { try remembering.remember(municipality: "3407", periods[0]) }
            #expect(try periods.map { try Self.bytes(remembering, $0) } == told)
            // Readers that see the views as they were share what is remembered, and are told what was then.
            for old in frozen { #expect(try old.periods.map { try Self.bytes(old.reader, $0) } == old.told) }
            #expect(try periods.map { try Self.bytes(remembering, $0) } == told)
            if frozen.count == 3 { frozen.removeFirst() }
            frozen.append((try remembering.frozen(), periods, told))
        }
        frozen = []
        try views.close()
    }

    /// Views of other events, which stand where these do.
    private static func adopt(into views: Views, _ folder: DataFolder, seed: UInt64) throws {
        let other = try DataFolder()
        let anew = try other.views()
        var (events, states) = (RandomEvents(seed: seed), [State(plan: RandomEvents.plan, hashKey: 7)])
        for _ in 0..<20 { events.feed(to: &states) }
        try anew.write(ViewsCommit(position: views.stored().position, received: events.last.received, changes: states[0].takeChanges()))
        try anew.close()
        _ = try views.adopt(folder: other.path)
    }

    @Test("an alarm that a late step moves to another day is gone from the day that it was remembered on")
    func moved() throws {
        func alarm(_ instant: EventTime) -> StateChanges {
            var changes = StateChanges()
            changes.alarms = [
                AlarmRecord(
                    municipality: "3407",
                    source: "a",
                    alarm: "1",
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
                    repeats: 1,
                    instant: instant
                )
            ]
            return changes
        }
        let folder = try DataFolder()
        let views = try folder.views()
        try views.write(ViewsCommit(position: 1, changes: alarm(10 * Self.day + 5)))
        let reader = try folder.reader()
        func counts() throws -> [Int] {
            try [9, 10].map { try reader.alarms(municipality: "3407", from: $0 * Self.day, to: ($0 + 1) * Self.day).value.count }
        }
        #expect(try counts() == [0, 1])
        try views.write(ViewsCommit(position: 2, changes: alarm(10 * Self.day - 5)))
        #expect(try counts() == [1, 0])
        try views.close()
    }

    @Test("days that have changed since a number are counted, all where all figures are others, and later ones not at all")
    func changed() throws {
        let folder = try DataFolder()
        let views = try folder.views()
        let reader = try folder.reader()
        var measures = Measures()
        measures.raised = 1
        func write(_ days: Range<Int64>, at position: Int64, replacesFigures: Bool = false) throws {
            var changes = StateChanges()
            changes.cells = days.map { day in
                CellRow(municipality: "3407", zone: "biri", quarter: day * 96 + 5, present: measures, first: nil, telemetry: Measures(), telemetryFirst: nil)
            }
            var commit = ViewsCommit(position: position, changes: changes)
            commit.replacesFigures = replacesFigures
            try views.write(commit)
        }
        func changes(since number: Int64, before day: Int64 = 100) throws -> (last: Int64, days: Int) {
            try reader.changes(municipality: "3407", before: day, since: number)
        }
        let empty = try changes(since: 0)
        #expect(empty.days == .max, "views that were just made are others than those that were read before")
        try write(10..<20, at: 1)
        let first = try changes(since: empty.last)
        #expect(first.days == 10 && first.last > empty.last)
        #expect(try changes(since: empty.last, before: 12).days == 2)
        #expect(try changes(since: first.last).days == 0)
        try write(150..<151, at: 2)
        #expect(try changes(since: first.last) == (first.last, 0), "a day that is later than what was asked about")
        try write(15..<16, at: 3)
        #expect(try changes(since: first.last).days == 1)
        try write(10..<20, at: 4, replacesFigures: true)
        #expect(try changes(since: first.last).days == .max)
        try views.close()
    }

    @Test("more days than are kept are read as if nothing were remembered")
    func full() throws {
        let folder = try DataFolder()
        let views = try folder.views()
        var measures = Measures()
        measures.raised = 1
        let row = { (quarter: Int64) in
            CellRow(municipality: "3407", zone: "biri", quarter: quarter, present: measures, first: nil, telemetry: Measures(), telemetryFirst: nil)
        }
        // Two years of quarters, of two zones: more rows than are kept.
        let quarters = 0..<Int64(96 * 730)
        var changes = StateChanges()
        changes.cells =
            quarters.map(row)
            + quarters.map { quarter in
                var other = row(quarter)
                other.zone = "haugtun"
                return other
            }
        try views.write(ViewsCommit(position: 1, changes: changes))
        let reader = try folder.reader()
        for _ in 0..<3 {
            let cells = try reader.loadCells(municipality: "3407", from: 0, to: 730 * Self.day).value.cells
            #expect(cells.count == 2 * quarters.count && cells == cells.sorted { ($0.start, $0.zone) < ($1.start, $1.zone) })
        }
        try views.close()
    }
}
