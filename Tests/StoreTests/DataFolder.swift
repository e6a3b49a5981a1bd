import Foundation
import Store
import Telemetry
import Workload

/// A data folder of its own, thrown away with the test.
final class DataFolder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "vaktlast-store-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: file(name)) }

    /// Bytes of all files together.
    func size() throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: path).reduce(0) { sum, name in
            let attributes = try FileManager.default.attributesOfItem(atPath: file(name))
            return sum + (attributes[.size] as? Int ?? 0)
        }
    }

    /// Opens the views; what was said meanwhile is lost unless `notice` keeps it.
    func views(hashKey: UInt64 = 7, notice: (String) -> Void = { _ in }) throws -> Views {
        try Views(folder: path, hashKey: hashKey, notice: notice)
    }

    func reader() throws -> ViewsReader { try ViewsReader(folder: path) }
}

extension ViewsCommit {
    /// A commit of nothing but what a test puts into it.
    init(position: Int64, received: EventTime = 0, changes: StateChanges = StateChanges(), outbox: [OutboxEntry] = []) {
        self.init(
            position: position,
            received: received,
            changes: changes,
            quarantine: [],
            outbox: outbox,
            replacesFigures: false,
            planFingerprint: 1
        )
    }
}

/// Steele, Lea & Flood 2014 (SplitMix64): the same seed gives the same rows.
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

    mutating func pick<Value>(_ values: [Value]) -> Value { values[below(values.count)] }
}
