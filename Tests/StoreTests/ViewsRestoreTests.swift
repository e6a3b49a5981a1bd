import Foundation
import Store
import Telemetry
import Testing
import Workload

/// A state restored from the views is the state that they were written from.
@Suite("Restoring from the views")
struct ViewsRestoreTests {
    static let seeds = Array(1...12) as [UInt64]

    private static func fresh() -> State { State(plan: RandomEvents.plan, hashKey: 7) }

    /// What the views hold, in a fresh state.
    private static func restored(from views: Views, keepingFigures: Bool) throws -> State {
        var state = State(
            plan: RandomEvents.plan,
            hashKey: 7,
            seen: SeenIDs(hasDroppedForCount: try views.stored().seenDroppedForCount)
        )
        try views.restore(into: &state)
        state.finishRestoring(keepingFigures: keepingFigures)
        return state
    }

    /// Feeds messages and writes the changes of the first state now and then.
    private static func feed(
        _ count: Int,
        _ events: inout RandomEvents,
        _ states: inout [State],
        _ views: Views,
        _ told: inout Told
    ) throws {
        for number in 1...count {
            events.feed(to: &states)
            guard number % 17 == 0 || number == count else { continue }
            let changes = states[0].takeChanges()
            told.add(changes)
            try views.write(
                ViewsCommit(position: events.last.position, received: events.last.received, changes: changes)
            )
        }
    }

    @Test("all alarms and quarters made anew are those that were told", arguments: seeds)
    func figures(seed: UInt64) throws {
        let folder = try DataFolder()
        let views = try folder.views()
        var events = RandomEvents(seed: seed)
        var states = [Self.fresh()]
        var told = Told()
        try Self.feed(200, &events, &states, views, &told)
        #expect(told.alarms.count > 10 && told.cells.count > 50)
        let stored = try folder.reader().assists(municipality: "3407", in: 0..<2_000_000_000_000).value
        let own = told.assists.filter { $0.key.hasPrefix("3407/") }
        #expect(!told.assists.isEmpty && stored.reduce(0) { $0 + $1.count } == own.values.reduce(0, +))
        var restored = try Self.restored(from: views, keepingFigures: true)
        var again = Told()
        again.add(restored.takeChanges())
        #expect(again.alarms == told.alarms)
        #expect(again.cells == told.cells)
        #expect(again.boards == told.boards)
        #expect(try views.stored().position == 200)
    }

    @Test("fed the same further messages, both tell the same changes", arguments: seeds)
    func goingOn(seed: UInt64) throws {
        let folder = try DataFolder()
        var views = try folder.views()
        var events = RandomEvents(seed: seed &* 101)
        var states = [Self.fresh()]
        var told = Told()
        for _ in 0..<3 {
            try Self.feed(70, &events, &states, views, &told)
            try views.close()
            views = try folder.views()
            let restored = try Self.restored(from: views, keepingFigures: false)
            states = [states[0], restored]
            // The board of every zone is told anew at a start; nothing else is.
            let told = states[1].takeChanges()
            #expect(told.alarmEvents.isEmpty && told.alarms.isEmpty && told.cells.isEmpty && told.assists.isEmpty && told.ledgers.isEmpty)
            #expect(told.devices.isEmpty && told.unknownZones.isEmpty && told.seenChunks.isEmpty)
            for _ in 0..<50 { events.feed(to: &states) }
            let (left, right) = (states[0].takeChanges(), states[1].takeChanges())
            #expect(left.alarmEvents == right.alarmEvents)
            #expect(left.seenChunks == right.seenChunks && left.seenKeepFrom == right.seenKeepFrom)
            var (leftTold, rightTold) = (Told(), Told())
            leftTold.add(left)
            rightTold.add(right)
            #expect(leftTold == rightTold)
            #expect(!leftTold.alarms.isEmpty && !leftTold.ledgers.isEmpty && !leftTold.devices.isEmpty)
            // The restored one goes on, and writes what both know.
            try views.write(ViewsCommit(position: events.last.position, received: events.last.received, changes: right))
            states = [states[1]]
        }
    }

    @Test("ids that were accepted before are duplicates after restoring", arguments: seeds.prefix(4))
    func identity(seed: UInt64) throws {
        let folder = try DataFolder()
        let views = try folder.views()
        var states = [Self.fresh()]
        var told = Told()
        var events = RandomEvents(seed: seed)
        try Self.feed(60, &events, &states, views, &told)
        var restored = [try Self.restored(from: views, keepingFigures: false)]
        // The same messages once more, from the beginning.
        var copies = RandomEvents(seed: seed)
        for _ in 0..<60 { copies.feed(to: &restored) }
        var again = Told()
        again.add(restored[0].takeChanges())
        let accepted = { (told: Told) in told.ledgers.mapValues(\.record.accepted) }
        #expect(accepted(again) == accepted(told))
        #expect(again.alarms.isEmpty && again.cells.isEmpty && again.assists.isEmpty)
    }

    @Test("an alarm follows zones and registry that change between two starts, counts of telemetry stay")
    func changedPlan() throws {
        let folder = try DataFolder()
        let views = try folder.views()
        var events = RandomEvents(seed: 5)
        var states = [State(plan: ZonePlan(municipalities: []), hashKey: 7)]
        var told = Told()
        try Self.feed(150, &events, &states, views, &told)
        #expect(told.alarms.values.allSatisfy { $0.zone == "ukjent" })
        var again = Told()
        var moved = try Self.restored(from: views, keepingFigures: true)
        again.add(moved.takeChanges())
        // The same events under the new plan from the start.
        var anew = [Self.fresh()]
        var copies = RandomEvents(seed: 5)
        var expected = Told()
        for _ in 0..<150 { copies.feed(to: &anew) }
        expected.add(anew[0].takeChanges())
        #expect(again.alarms == expected.alarms)
        #expect(again.alarms.values.contains { $0.zone == "biri" })
        let zones = { (told: Told) in Set(told.cells.values.filter { $0.telemetry.heartbeats > 0 }.map(\.zone)) }
        #expect(zones(again) == ["ukjent"] && zones(expected).contains("biri"))
    }
}
