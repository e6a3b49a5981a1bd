import Reports
import Synchronization
import Telemetry
import Testing
import Web
import Workload

@Suite("Reports are made once")
struct ReportDeskTests {
    private static let now: EventTime = 1_793_000_000_000

    /// A desk, and how often it had to make a report.
    private final class Counted: Sendable {
        let desk = ReportDesk()
        let made = Mutex(0)
        let holdsRenewals = Mutex(false)

        func ask(
            position: Int64,
            now: EventTime = ReportDeskTests.now,
            revision: Int = 0,
            zone: String? = nil,
            costMilliseconds: Double = 1,
            isWhole: Bool = true
        ) async throws -> Int64 {
            let question = try question(revision: revision, zone: zone)
            let report = try await desk.report(question, now: now, position: position) {
                await self.make(question, position, now, costMilliseconds, isWhole)
            }
            return report.provenance.position
        }

        func makeReady(position: Int64, now: EventTime = ReportDeskTests.now, zone: String? = nil, costMilliseconds: Double) async throws -> Double {
            let question = try question(zone: zone)
            return try await desk.makeReady(question, now: now, position: position) {
                await self.make(question, position, now, costMilliseconds, true)
            }
        }

        private func question(revision: Int = 0, zone: String? = nil) throws -> ReportDesk.Question {
            try .init(municipality: "3407", revision: revision, period: ReportPeriod("2026-10"), zone: zone, extent: [], staffing: nil)
        }

        private func make(
            _ question: ReportDesk.Question,
            _ position: Int64,
            _ now: EventTime,
            _ costMilliseconds: Double,
            _ isWhole: Bool
        ) async -> ReportDesk.Made {
            made.withLock { $0 += 1 }
            // Others may ask meanwhile.
            repeat { await Task.yield() } while Background.isTask && holdsRenewals.withLock(\.self)
            let input = ReportInput(
                municipalityNumber: "3407",
                municipalityName: "Gjøvik",
                zones: [],
                period: question.period,
                generatedAt: now,
                position: position
            )
            return .init(report: Report(input), costMilliseconds: costMilliseconds, isWhole: isWhole)
        }

        var count: Int { made.withLock { $0 } }
    }

    @Test("it is given again while the views stand, and made anew when they move, the registry changes, or another zone is asked for")
    func position() async throws {
        let counted = Counted()
        #expect(try await counted.ask(position: 7) == 7)
        #expect(try await counted.ask(position: 7) == 7)
        #expect(counted.count == 1)
        #expect(try await counted.ask(position: 8) == 8)
        #expect(counted.count == 2)
        _ = try await counted.ask(position: 8, revision: 1)
        _ = try await counted.ask(position: 8, zone: "biri")
        #expect(counted.count == 4)
    }

    @Test("a dear one is given again though the views have moved, but not when it says what is known by another minute")
    func dear() async throws {
        let counted = Counted()
        // Dear enough for the hours that a test may be stopped at a breakpoint.
        let hours = 3_600_000.0
        #expect(try await counted.ask(position: 7, costMilliseconds: hours) == 7)
        #expect(try await counted.ask(position: 8, costMilliseconds: hours) == 7)
        #expect(counted.count == 1)
        let later = Self.now + ReportDesk.slowAgeMillisecondsMax
        #expect(try await counted.ask(position: 8, now: later, costMilliseconds: hours) == 8)
        #expect(counted.count == 2)
    }

    @Test("one that takes its time is given while it is minutes old, and a new one is made meanwhile")
    func slow() async throws {
        let counted = Counted()
        let hours = 3_600_000.0
        #expect(try await counted.ask(position: 7, costMilliseconds: hours) == 7)
        let later = Self.now + ReportDesk.ageMillisecondsMax
        #expect(try await counted.ask(position: 8, now: later, costMilliseconds: hours) == 7)
        while counted.count < 2 { await Task.yield() }
        while try await counted.ask(position: 9, now: later, costMilliseconds: hours) != 8 { await Task.yield() }
    }

    @Test("new ones are made meanwhile one at a time, refusing nobody; who cannot be given the old one does not wait for them")
    func renewals() async throws {
        let (counted, hours) = (Counted(), 3_600_000.0)
        let zones = (0..<2 * ReportDesk.waitingMax).map { "zone-\($0)" }
        for zone in zones { _ = try await counted.ask(position: 7, zone: zone, costMilliseconds: hours) }
        counted.holdsRenewals.withLock { $0 = true }
        let later = Self.now + ReportDesk.ageMillisecondsMax
        for zone in zones { #expect(try await counted.ask(position: 8, now: later, zone: zone, costMilliseconds: hours) == 7) }
        while counted.count == zones.count { await Task.yield() }
        let tooLate = Self.now + ReportDesk.slowAgeMillisecondsMax
        #expect(try await counted.ask(position: 9, now: tooLate, zone: zones[0], costMilliseconds: hours) == 9)
        #expect(counted.count == zones.count + 2)
        counted.holdsRenewals.withLock { $0 = false }
        while try await counted.ask(position: 10, now: later, zone: zones[1], costMilliseconds: hours) != 10 { await Task.yield() }
    }

    @Test("one made ready is what the first who asks is given; what is fresh, or made at once, is not made ready again")
    func ready() async throws {
        let counted = Counted()
        #expect(try await counted.makeReady(position: 7, costMilliseconds: 300) == 300)
        #expect(try await counted.ask(position: 7) == 7 && counted.count == 1)
        #expect(try await counted.makeReady(position: 7, costMilliseconds: 300) == 0 && counted.count == 1)
        // A minute later it is made anew, wherever the views stand, and remembered as hardly cheaper where half of it was known.
        let later = Self.now + ReportDesk.ageMillisecondsMax
        #expect(try await counted.makeReady(position: 7, now: later, costMilliseconds: 1) == 270 && counted.count == 2)
        let quick = Counted()
        #expect(try await quick.makeReady(position: 7, costMilliseconds: 1) == 1)
        #expect(try await quick.makeReady(position: 8, costMilliseconds: 1) == 0 && quick.count == 1)
        #expect(try await quick.ask(position: 8) == 8)
    }

    @Test("one made ready stays, however many others are asked for; the others make room for one another")
    func stays() async throws {
        let counted = Counted()
        _ = try await counted.ask(position: 7, zone: "first")
        _ = try await counted.makeReady(position: 7, costMilliseconds: 300)
        for number in 0..<ReportDesk.keptMax { _ = try await counted.ask(position: 7, zone: "zone-\(number)") }
        let count = counted.count
        #expect(try await counted.ask(position: 7) == 7 && counted.count == count)
        _ = try await counted.ask(position: 7, zone: "first")
        #expect(counted.count == count + 1)
    }

    @Test("where all that are kept are kept ready, the oldest makes room for the one just made")
    func room() async throws {
        let counted = Counted()
        for number in 0..<ReportDesk.keptMax { _ = try await counted.makeReady(position: 7, zone: "zone-\(number)", costMilliseconds: 300) }
        for _ in 0..<2 { _ = try await counted.ask(position: 7) }
        #expect(counted.count == ReportDesk.keptMax + 1)
        _ = try await counted.ask(position: 7, zone: "zone-0")
        #expect(counted.count == ReportDesk.keptMax + 2)
    }

    @Test("one that lacks something is not given again")
    func part() async throws {
        let counted = Counted()
        _ = try await counted.ask(position: 7, isWhole: false)
        _ = try await counted.ask(position: 7)
        #expect(counted.count == 2)
    }

    @Test("many who ask at the same time wait for one making")
    func together() async throws {
        let counted = Counted()
        let positions = try await withThrowingTaskGroup(of: Int64.self) { group in
            for _ in 0..<100 { group.addTask { try await counted.ask(position: 7) } }
            return try await group.reduce(into: Set<Int64>()) { $0.insert($1) }
        }
        #expect(positions == [7] && counted.count == 1)
    }

    @Test("what could not be made is tried again by the next who asks")
    func failure() async throws {
        struct Broken: Error {}
        let desk = ReportDesk()
        let question = try ReportDesk.Question(
            municipality: "3407",
            revision: 0,
            period: ReportPeriod("2026-10"),
            zone: nil,
            extent: [],
            staffing: nil
        )
        for _ in 0..<2 {
            await #expect(throws: Broken.self) { try await desk.report(question, now: Self.now, position: 1) { throw Broken() } }
        }
    }
}
