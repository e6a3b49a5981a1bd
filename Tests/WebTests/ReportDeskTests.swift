import Reports
import Synchronization
import Telemetry
import Testing
import Web

@Suite("Reports are made once")
struct ReportDeskTests {
    private static let now: EventTime = 1_793_000_000_000

    /// A desk, and how often it had to make a report.
    private final class Counted: Sendable {
        let desk = ReportDesk()
        let made = Mutex(0)

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

        func makeReady(position: Int64, now: EventTime = ReportDeskTests.now, costMilliseconds: Double) async throws -> Double {
            let question = try question()
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
            await Task.yield()
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
