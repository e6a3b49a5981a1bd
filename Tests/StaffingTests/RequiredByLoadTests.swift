import Staffing
import Testing
import Workload

@Suite("Full-time equivalents by load")
struct RequiredByLoadTests {
    private func roster(_ rows: String) throws -> Roster {
        try Roster(csv: "zone;role;shift;weekdays;start;end;positions\n\(rows)")
    }

    /// Each zone with its own people, two at a time.
    private func ownRoster(_ zones: Int) throws -> Roster {
        try roster(
            (0..<zones).map { "sone\($0);pleie;dag;alle;07:00;15:00;2\nsone\($0);pleie;kveld;alle;15:00;23:00;2\nsone\($0);pleie;natt;alle;23:00;07:00;2\n" }
                .joined()
        )
    }

    private func equivalents(_ need: RequiredByLoad, _ load: Double) -> Double { need.fullTimeEquivalents(loadFactor: load, hoursPerFullTimeEquivalent: 1695) }

    private func readiness(_ need: RequiredByLoad) -> Double { need.readiness(hoursPerFullTimeEquivalent: 1695) }

    @Test("rounded up it is the positions of Erlang C, times the shift's hours of a year")
    func whole() throws {
        // Call-outs come as often at all hours: no hour has a rush of its own, so that one load is the whole shift's.
        let trace = RequiredFixture.trace(perHour: [1.4])
        let roster = try ownRoster(1)
        let need = try #require(RequiredByLoad(trace, zones: trace.zones, roster: roster, settings: StaffingSettings()))
        #expect((need.shiftCount, need.borrowedCount) == (3, 0))
        let positions = equivalents(need, 1) * 1695 / (365.25 * 8)
        // Three shifts, each with at least one and at most what the hardest raw hour of them asks for.
        let shifts = RequiredPositions.byShift(
            trace: trace,
            spans: roster.spans(in: trace.period),
            turnoutMilliseconds: trace.turnouts(settings: StaffingSettings()),
            settings: StaffingSettings()
        )
        let hardest = shifts.filter { $0.days == .all }.reduce(0.0) { sum, shift in
            guard case .positions(let figures) = shift.outcome else { return sum }
            return sum + figures.positions.value
        }
        #expect(positions > 3 && positions <= hardest)
        #expect(abs(readiness(need) - 365.25 * 24 / 1695) < 1e-9)
    }

    @Test("more load never asks for fewer and never for a whole person more at once", arguments: 1...5)
    func even(seed: UInt64) throws {
        let trace = RequiredFixture.trace(perHour: [0.3, 0.9], seed: seed)
        let need = try #require(RequiredByLoad(trace, zones: trace.zones, roster: try ownRoster(2), settings: StaffingSettings()))
        let found = (0...3000).map { equivalents(need, Double($0) / 500) }
        #expect(zip(found, found.dropFirst()).allSatisfy { $0 <= $1 + 1e-9 })
        // A five-hundredth of today's load more: less than a fiftieth of a position in each of the six shifts.
        let most = zip(found, found.dropFirst()).map { $1 - $0 }.max() ?? 1
        #expect(most < 6 * 0.02 * 365.25 * 8 / 1695)
        #expect(found[3000] > found[500])
        // Without any load there is still one ready in each zone and shift.
        #expect(abs(found[0] - readiness(need)) < 1e-9 && abs(found[0] - 2 * 365.25 * 24 / 1695) < 1e-9)
    }

    @Test("what must go grows evenly from nothing, is enough, and leaves the readiness alone", arguments: 1...3)
    func removed(seed: UInt64) throws {
        let trace = RequiredFixture.trace(perHour: [0.1, 0.9], seed: seed)
        let need = try #require(RequiredByLoad(trace, zones: trace.zones, roster: try ownRoster(2), settings: StaffingSettings()))
        func removed(_ load: Double, _ available: Double) -> Double? {
            need.removed(loadFactor: load, fullTimeEquivalents: available, hoursPerFullTimeEquivalent: 1695)
        }
        let today = equivalents(need, 1)
        let parts = (0...100).map { removed(1 + Double($0) / 50, today) ?? -1 }
        #expect(parts[0] == 0 && zip(parts, parts.dropFirst()).allSatisfy { $0 <= $1 + 1e-9 && $1 - $0 < 0.05 })
        // Where the quiet zone's one on watch has room, less must go than of all alike.
        #expect(parts[50] > 0 && parts[50] < 0.5)
        // Fewer people than today: more must go; fewer than the readiness: not even all would do.
        let fewer = try #require(removed(2, (today + readiness(need)) / 2))
        #expect(fewer > parts[50] && fewer <= 1)
        #expect(removed(2, readiness(need) * 0.9) == nil)
    }

    @Test("two months of the same place, one with a call-out more, have nearly the same answer")
    func oneMore() throws {
        let roster = try ownRoster(1)
        let trace = RequiredFixture.trace(perHour: [0.12])
        let found = (0..<8).map { count in
            let fewer = Trace(zones: trace.zones, period: trace.period, callOuts: Array(trace.callOuts.dropLast(count)))
            return RequiredByLoad(fewer, zones: trace.zones, roster: roster, settings: StaffingSettings()).map { equivalents($0, 2) } ?? 0
        }
        for (one, other) in zip(found, found.dropFirst()) { #expect(abs(one - other) < 0.05 * one) }
    }

    @Test("ways that take nearly the whole norm, or more, ask for people without end nowhere")
    func ways() throws {
        // 45 minutes are the norm. From ways that all are in time to ways of which a third are too long.
        let found = try (0...10).map { step in
            let calls = RequiredFixture.trace(perHour: [0.8]).callOuts.enumerated().map { place, call in
                var call = call
                call.travelMilliseconds = (place % 30 < step ? 50 : 15) * RequiredFixture.minute
                return call
            }
            let trace = Trace(zones: ["sone0"], period: RequiredFixture.at(1, 5)..<RequiredFixture.at(3, 2), callOuts: calls)
            let need = try #require(RequiredByLoad(trace, zones: trace.zones, roster: try ownRoster(1), settings: StaffingSettings()))
            return equivalents(need, 1) * 1695 / (365.25 * 24)
        }
        #expect(found.allSatisfy { (1...4).contains($0) }, "\(found)")
        #expect(zip(found, found.dropFirst()).allSatisfy { abs($0 - $1) < 1 }, "\(found)")
    }

    @Test("zones that the roster serves with the same people are staffed as one, and ask for no more together than apart")
    func together() throws {
        let trace = RequiredFixture.trace(perHour: [0.5, 0.5])
        let rows = ["dag;alle;07:00;15:00", "kveld;alle;15:00;23:00", "natt;alle;23:00;07:00"].map { "sone0+sone1;pleie;\($0);4\n" }
        let shared = try #require(RequiredByLoad(trace, zones: trace.zones, roster: try roster(rows.joined()), settings: StaffingSettings()))
        let own = try #require(RequiredByLoad(trace, zones: trace.zones, roster: try ownRoster(2), settings: StaffingSettings()))
        #expect((shared.shiftCount, own.shiftCount) == (3, 6))
        for load in [0.5, 1, 2, 4] { #expect(equivalents(shared, load) <= equivalents(own, load) + 1e-9) }
    }

    @Test("a zone with few call-outs borrows ways and times, and one on watch carries it; without any call-outs nothing can be said")
    func tooFew() throws {
        let trace = RequiredFixture.trace(perHour: [1, 0.001])
        let need = try #require(RequiredByLoad(trace, zones: trace.zones, roster: try ownRoster(2), settings: StaffingSettings()))
        let alone = try #require(RequiredByLoad(RequiredFixture.trace(perHour: [1]), zones: ["sone0"], roster: try ownRoster(1), settings: StaffingSettings()))
        #expect(need.shiftCount == 6)
        for load in [0.5, 1, 3] {
            // One at work at all hours of the year.
            #expect(abs(equivalents(need, load) - equivalents(alone, load) - 365.25 * 24 / 1695) < 1e-6)
        }
        let none = RequiredFixture.trace(perHour: [0])
        #expect(RequiredByLoad(none, zones: none.zones, roster: try ownRoster(1), settings: StaffingSettings()) == nil)
    }
}
