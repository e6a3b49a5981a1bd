import Foundation
import Ingest
import Simulator
import Store
import Telemetry
import Web
import Workload

/// Fold, views and API as the service wires them, in a folder of its own, without broker and network.
final class Product {
    static let plan = ZonePlan(municipalities: [
        .init(
            number: RandomJournal.municipality,
            name: "Gjøvik",
            zones: RandomJournal.zones.map { .init(id: $0, name: $0) },
            registry: RandomJournal.registry.map { .init(device: $0.device, zone: $0.zone, from: $0.from, to: $0.to) }
        )
    ])
    private static let hashKey: UInt64 = 99

    let folder: String
    private var views: Views
    private var folding: Folding
    private(set) var receipts: [AuditValue?] = []

    init(plan: ZonePlan = Product.plan) throws {
        folder = NSTemporaryDirectory() + "vaktlast-recomputation-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        views = try Views(folder: folder, hashKey: Product.hashKey) { _ in }
        folding = try Folding(setup: Product.setup(plan), hashKey: Product.hashKey, views: views)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private static func setup(_ plan: ZonePlan) -> Folding.Setup {
        .init(plan: plan, receipts: ["3407/a": .all, "3407/b": .all])
    }

    /// Ends as if killed after the last commit, and starts from the views.
    func restart(plan: ZonePlan = Product.plan) throws {
        try views.close()
        views = try Views(folder: folder, hashKey: Product.hashKey) { _ in }
        folding = try Folding(setup: Product.setup(plan), hashKey: Product.hashKey, views: views)
    }

    func fold(_ messages: [JournalMessage], commitEvery: Int) throws {
        for (index, message) in messages.enumerated() {
            receipts.append(folding.fold(message).flatMap { AuditValue(json: $0.payload) })
            if index % commitEvery == commitEvery - 1 { try commit() }
        }
        try commit()
    }

    private func commit() throws {
        if let commit = folding.takeCommit(outbox: []) { try views.write(commit) }
    }

    func ask(_ path: String, _ query: String) async throws -> AuditValue {
        let face = ServiceFace(
            instance: "test",
            version: "0",
            startedAt: 0,
            now: { 0 },
            status: { .init(journalPosition: 0, broker: "none", isReady: true, problem: nil) },
            metrics: { "" }
        )
        let api = API(face: face, views: try ViewsReader(folder: folder), plan: Product.plan)
        var answer = try await api.answer(path, Query("municipality=\(RandomJournal.municipality)&\(query)"), .loopback)
        if let rest = answer.rest { for try await piece in rest { answer.body += piece } }
        guard let value = AuditValue(json: answer.body) else { throw CocoaError(.coderReadCorrupt) }
        return value
    }
}
