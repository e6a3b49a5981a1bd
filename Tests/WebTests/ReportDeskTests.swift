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
            let question = try ReportDesk.Question(
                municipality: "3407",
                revision: revision,
                period: ReportPeriod("2026-10"),
                zone: zone,
                extent: [],
                hasStaffing: false
            )
            let report = try await desk.report(question, now: now, position: position) {
                self.made.withLock { $0 += 1 }
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
            return report.provenance.position
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
        let later = Self.now + ReportDesk.ageMillisecondsMax
        #expect(try await counted.ask(position: 8, now: later, costMilliseconds: hours) == 8)
        #expect(counted.count == 2)
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
            hasStaffing: false
        )
        for _ in 0..<2 {
            await #expect(throws: Broken.self) { try await desk.report(question, now: Self.now, position: 1) { throw Broken() } }
        }
    }
}
