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

    @Test("at today's load it is the positions that are told for each shift, times the shift's hours of a year")
    func today() throws {
        let trace = RequiredFixture.trace(perHour: [0.6, 1.4])
        let roster = try ownRoster(2)
        let need = try #require(RequiredByLoad(trace, zones: trace.zones, roster: roster, settings: StaffingSettings()))
        #expect((need.byNorm, need.asRostered) == (6, 0))
        let shifts = RequiredPositions.byShift(
            trace: trace,
            spans: roster.spans(in: trace.period),
            turnoutMilliseconds: trace.turnouts(settings: StaffingSettings()),
            settings: StaffingSettings()
        )
        let positions = shifts.filter { $0.days == .all }.reduce(0.0) { sum, shift in
            guard case .positions(let figures) = shift.outcome else { return sum }
            return sum + figures.positions.value
        }
        // Each shift is a third of the hours of a year.
        #expect(abs(equivalents(need, 1) - positions * 365.25 * 8 / 1695) < 1e-9)
    }

    @Test("more load never asks for fewer, and much more asks for more", arguments: 1...5)
    func rising(seed: UInt64) throws {
        let trace = RequiredFixture.trace(perHour: [0.3, 0.9], seed: seed)
        let need = try #require(RequiredByLoad(trace, zones: trace.zones, roster: try ownRoster(2), settings: StaffingSettings()))
        let found = (0...60).map { equivalents(need, Double($0) / 10) }
        #expect(zip(found, found.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(found[60] > found[10])
        // Without any load there is still one ready in each zone and shift.
        #expect(abs(found[0] - 2 * 365.25 * 24 / 1695) < 1e-9)
    }

    @Test("zones that the roster serves with the same people are staffed as one, and ask for no more together than apart")
    func together() throws {
        let trace = RequiredFixture.trace(perHour: [0.5, 0.5])
        let rows = ["dag;alle;07:00;15:00", "kveld;alle;15:00;23:00", "natt;alle;23:00;07:00"].map { "sone0+sone1;pleie;\($0);4\n" }
        let shared = try #require(RequiredByLoad(trace, zones: trace.zones, roster: try roster(rows.joined()), settings: StaffingSettings()))
        let own = try #require(RequiredByLoad(trace, zones: trace.zones, roster: try ownRoster(2), settings: StaffingSettings()))
        #expect((shared.byNorm, own.byNorm) == (3, 6))
        for load in [0.5, 1, 2, 4] { #expect(equivalents(shared, load) <= equivalents(own, load)) }
    }

    @Test("a zone with too few call-outs stays as rostered, whatever the load; without any call-outs nothing can be said")
    func tooFew() throws {
        let trace = RequiredFixture.trace(perHour: [1, 0.001])
        let need = try #require(RequiredByLoad(trace, zones: trace.zones, roster: try ownRoster(2), settings: StaffingSettings()))
        let alone = try #require(RequiredByLoad(RequiredFixture.trace(perHour: [1]), zones: ["sone0"], roster: try ownRoster(1), settings: StaffingSettings()))
        #expect((need.byNorm, need.asRostered) == (3, 3))
        for load in [0.5, 1, 3] {
            // Two at work at all hours of the year.
            #expect(abs(equivalents(need, load) - equivalents(alone, load) - 2 * 365.25 * 24 / 1695) < 1e-6)
        }
        let none = RequiredFixture.trace(perHour: [0])
        #expect(RequiredByLoad(none, zones: none.zones, roster: try ownRoster(1), settings: StaffingSettings()) == nil)
    }
}
