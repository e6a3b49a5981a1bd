import Foundation
import Store
import Testing

@Suite("What has been sent is written down")
struct DeliveryStoreTests {
    private func folder() throws -> String {
        let folder = NSTemporaryDirectory() + "vaktlast-deliveries-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return folder
    }

    private func delivery(_ period: String, to receiver: String = "a@b.no", due: Int64 = 1000) -> Delivery {
        Delivery(key: .init(municipality: "3407", schedule: "m", period: period, format: "pdf", receiver: receiver), due: due)
    }

    @Test("a schedule begins when it is first seen, goes on after a restart, and begins again after a clock that ran ahead")
    func planned() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        do {
            let store = try DeliveryStore(folder: folder)
            #expect(try store.plannedThrough(municipality: "3407", schedule: "m", now: 5000) == 5000)
            #expect(try store.plan([delivery("2026-10")], municipality: "3407", schedule: "m", through: 9000).count == 1)
        }
        let store = try DeliveryStore(folder: folder)
        #expect(try store.plannedThrough(municipality: "3407", schedule: "m", now: 20_000) == 9000)
        #expect(try store.plannedThrough(municipality: "3440", schedule: "m", now: 20_000) == 20_000)
        #expect(try store.plannedThrough(municipality: "3407", schedule: "m", now: 7000) == 7000)
        let mode = try FileManager.default.attributesOfItem(atPath: "\(folder)/deliveries.db")[.posixPermissions] as? NSNumber
        #expect(mode?.intValue == 0o600)
    }

    @Test("one that was taken and left by a kill is tried again when it is let go, not when it should have been")
    func killed() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let store = try DeliveryStore(folder: folder)
        _ = try store.plan([delivery("2026-10")], municipality: "3407", schedule: "m", through: 1000)
        let claimed = try #require(try store.claim(delivery("2026-10").key, now: 5000))
        let waiting = try #require(try store.deliveries([.waiting]).first)
        #expect(waiting == claimed && waiting.nextTry == 1000 && waiting.isClaimed(at: 5000) && waiting.mayBeTried > 5000)
        #expect(try store.claim(waiting.key, now: waiting.mayBeTried - 1) == nil)
        #expect(!waiting.isClaimed(at: waiting.mayBeTried))
        #expect(try store.claim(waiting.key, now: waiting.mayBeTried)?.tries == 2)
        try store.end(waiting.key, .waiting, said: "full", nextTry: 900_000, now: 800_000)
        #expect(try store.deliveries([.waiting]).first?.mayBeTried == 900_000)
    }

    @Test("what goes out by a schedule is a line of the access log: a file of whom, for what, to whom")
    func logged() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var sent = delivery("2026-10", to: "leder@b.no")
        sent.tries = 2
        let entry = sent.accessEntry(files: ["a.pdf", "a.xlsx"], zones: ["biri"], position: 77, now: 4000)
        try AccessLog(folder: folder).recordNow(entry)
        var rows: [AccessEntry] = []
        try AccessLogReader(folder: folder)?.entries(.init()) { row in
            rows.append(row.entry)
            return true
        }
        let read = try #require(rows.first)
        #expect(rows.count == 1 && read.kind == .export && read.who == "schedule:m" && read.purpose == "schedule" && read.municipality == "3407")
        #expect(read.subject == "a.pdf, a.xlsx → leder@b.no (2)" && read.asked == "period=2026-10" && read.zones == ["biri"] && read.position == 77)
    }

    @Test("the same period, format and receiver is written down once, sent or not")
    func once() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let store = try DeliveryStore(folder: folder)
        let both = [delivery("2026-10"), delivery("2026-10", to: "c@b.no")]
        #expect(try store.plan(both, municipality: "3407", schedule: "m", through: 1000) == both)
        #expect(try store.plan(both, municipality: "3407", schedule: "m", through: 2000).isEmpty)
        _ = try store.claim(both[0].key, now: 2000)
        try store.end(both[0].key, .sent, said: nil, nextTry: nil, now: 2001)
        #expect(try store.plan(both, municipality: "3407", schedule: "m", through: 3000).isEmpty)
        #expect(try store.deliveries([.waiting]).map(\.key) == [both[1].key])
        #expect(try store.claim(both[0].key, now: 4000) == nil, "what has been sent is not taken again")
        try store.renew(both[0], now: 5000)
        #expect(try store.claim(both[0].key, now: 5000)?.tries == 1)
    }

    @Test("of several who try one alone gets it, until it is over or has taken too long")
    func claims() async throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let stores = try (0..<4).map { _ in try DeliveryStore(folder: folder) }
        let one = delivery("2026-10")
        _ = try stores[0].plan([one], municipality: "3407", schedule: "m", through: 1000)
        let winners = try await withThrowingTaskGroup(of: Bool.self) { group in
            for store in stores { group.addTask { try store.claim(one.key, now: 2000) != nil } }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(winners == 1)
        #expect(try stores[1].claim(one.key, now: 2000 + DeliveryStore.claimMilliseconds - 1) == nil)
        let second = try stores[1].claim(one.key, now: 2000 + DeliveryStore.claimMilliseconds)
        #expect(second?.tries == 2 && second?.firstTry == 2000)
        try stores[1].end(one.key, .waiting, said: "no", nextTry: 99_000_000, now: 700_000)
        let kept = try #require(try stores[2].deliveries([.waiting]).first)
        #expect(kept.nextTry == 99_000_000 && kept.said == "no" && kept.tries == 2 && kept.ended == nil)
        #expect(try stores[3].claim(one.key, now: 700_001) != nil)
    }

    @Test("what has come to an end is forgotten after two years, what waits never")
    func forgotten() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let store = try DeliveryStore(folder: folder)
        var skipped = delivery("2026-08")
        skipped.state = .skipped
        _ = try store.plan([skipped, delivery("2026-09"), delivery("2026-10")], municipality: "3407", schedule: "m", through: 1000)
        try store.end(delivery("2026-09").key, .sent, said: nil, nextTry: nil, now: 2000)
        _ = try store.plan([], municipality: "3407", schedule: "m", through: DeliveryStore.keptMilliseconds + 1500)
        #expect(Set(try store.deliveries().map(\.key.period)) == ["2026-09", "2026-10"])
        _ = try store.plan([], municipality: "3407", schedule: "m", through: DeliveryStore.keptMilliseconds + 2001)
        #expect(try store.deliveries().map(\.key.period) == ["2026-10"])
    }
}
