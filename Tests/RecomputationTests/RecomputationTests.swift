import Foundation
import Ingest
import Simulator
import Store
import Telemetry
import Testing
import Web
import Workload

/// The whole way from journaled bytes to the API's JSON, against the auditor's slow recomputation.
@Suite("Figures equal an independent recomputation")
struct RecomputationTests {
    static let seeds: [UInt64] = Array(1...24) + [616]

    @Test("every answer of a random journal, views written now and then", arguments: seeds)
    func randomJournal(seed: UInt64) async throws {
        let journal = RandomJournal(seed: seed, messageCount: 220)
        let product = try Product()
        try product.fold(journal.messages, commitEvery: 17)
        try await compare(product, with: journal, "seed \(seed)")
    }

    @Test("restarts from the views in between change nothing", arguments: seeds.prefix(8))
    func restarts(seed: UInt64) async throws {
        let journal = RandomJournal(seed: seed &* 77, messageCount: 200)
        let product = try Product()
        for start in stride(from: 0, to: journal.messages.count, by: 31) {
            try product.restart()
            try product.fold(Array(journal.messages[start..<min(start + 31, journal.messages.count)]), commitEvery: 10)
        }
        try await compare(product, with: journal, "seed \(seed)")
    }

    @Test("zones and registry that change between two starts: alarms follow", arguments: seeds.prefix(4))
    func changedPlan(seed: UInt64) async throws {
        let journal = RandomJournal(seed: seed &* 991, messageCount: 150)
        let product = try Product(
            plan: ZonePlan(municipalities: [.init(number: RandomJournal.municipality, name: "Before", zones: [.init(id: "biri", name: "Biri")])])
        )
        try product.fold(journal.messages, commitEvery: 50)
        try product.restart(plan: Product.plan)
        try product.fold([], commitEvery: 1)
        // Telemetry keeps its zone until `rebuild`; alarms are compared alone.
        var auditor = Self.auditor()
        for message in journal.messages { _ = auditor.read(.init(message)) }
        let (from, to) = Self.period(of: journal)
        let expected = AuditValue.array(auditor.alarms(municipality: RandomJournal.municipality, from: from, to: to))
        let answered = try await product.ask("alarms", "from=\(Timestamp.format(from))&to=\(Timestamp.format(to))")
        #expect(try #require(answered["alarms"]).isEqual(to: expected) == nil)
    }

    private static func auditor() -> Auditor {
        Auditor(municipalities: [
            AuditedMunicipality(
                number: RandomJournal.municipality,
                zones: RandomJournal.zones,
                registry: RandomJournal.registry.map { .init(device: $0.device, zone: $0.zone, from: $0.from, to: $0.to) }
            )
        ])
    }

    private static func period(of journal: RandomJournal) -> (Int64, Int64) {
        let day: Int64 = 86_400_000
        let last = journal.messages.last?.received ?? 0
        return (RandomJournal.start / day * day - 5 * day, last / day * day + 2 * day)
    }

    private func compare(_ product: Product, with journal: RandomJournal, _ comment: Comment) async throws {
        var auditor = Self.auditor()
        for (message, receipt) in zip(journal.messages, product.receipts) {
            let expected = auditor.read(.init(message))
            if let receipt, let expected { #expect(receipt.isEqual(to: expected) == nil, comment) }
        }
        let (from, to) = Self.period(of: journal)
        let municipality = RandomJournal.municipality
        let period = "from=\(Timestamp.format(from))&to=\(Timestamp.format(to))"
        for step in [Auditor.Step.quarter, .hour, .day] {
            for first in [false, true] {
                let expected = auditor.loads(
                    municipality: municipality,
                    from: from,
                    to: to,
                    zone: nil,
                    step: step,
                    publishedFirst: first
                )
                let answer = try await product.ask("loads", "\(period)&step=\(step.rawValue)\(first ? "&published=first" : "")")
                let cells = try #require(answer["cells"])
                #expect(cells.isEqual(to: .array(expected)) == nil, "\(comment), step \(step.rawValue), first \(first)")
            }
        }
        let assists = try ViewsReader(folder: product.folder).assists(municipality: municipality, in: from..<to).value
        let counted = Dictionary(uniqueKeysWithValues: assists.map { ("\($0.zone) \($0.hour) \($0.technology.rawValue) \($0.result.rawValue)", $0.count) })
        #expect(counted == auditor.assists(municipality: municipality, from: from, to: to), comment)
        #expect(counted.count > 3, comment)
        let alarms = try await product.ask("alarms", period)
        #expect(
            try #require(alarms["alarms"]).isEqual(to: .array(auditor.alarms(municipality: municipality, from: from, to: to))) == nil,
            comment
        )
        for zone in [nil, "biri", "ukjent"] {
            let figures = try await product.ask("kpis", period + (zone.map { "&zone=\($0)" } ?? ""))
            let expected = auditor.kpis(municipality: municipality, from: from, to: to, zone: zone)
            #expect(figures.isEqual(to: expected) == nil, "\(comment), zone \(zone ?? "all")")
        }
        let sources = try await product.ask("sources", "")
        #expect(try #require(sources["sources"]).isEqual(to: .array(auditor.sources(municipality: municipality))) == nil, comment)
    }
}

extension AuditedMessage {
    init(_ message: JournalMessage) {
        self.init(position: message.position, received: message.received, topic: message.topic, payload: message.payload)
    }
}

extension AuditValue {
    /// Where an answer departs from the recomputation; nil when it does not. Members of ours beyond it are allowed.
    func isEqual(to expected: AuditValue) -> String? { expected.difference(from: self, tolerance: 1e-12) }
}
