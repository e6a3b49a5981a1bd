import Foundation
import Store
import Telemetry
import Testing

@Suite("A look at the files")
struct StoreConditionTests {
    @Test("the first position read at or after an instant, also with gaps and equal times")
    func positions() throws {
        let folder = try DataFolder()
        let journal = try Journal(folder: folder.path)
        let reader = try JournalReader(folder: folder.path)
        #expect(try reader.extent() == nil)
        #expect(try reader.position(receivedFrom: 0) == nil)
        var random = Seeded(seed: 5)
        var messages: [JournalMessage] = []
        for _ in 0..<300 {
            let last = messages.last
            messages.append(
                JournalMessage(
                    position: (last?.position ?? 10) + 1 + Int64(random.below(5)),
                    received: (last?.received ?? 1000) + Int64(random.below(3)),
                    topic: "t",
                    payload: []
                )
            )
        }
        try journal.append(messages, receipted: 0)
        let extent = try #require(try reader.extent())
        #expect(extent.firstPosition == messages[0].position && extent.lastPosition == messages[299].position)
        #expect(extent.firstReceived == messages[0].received && extent.lastReceived == messages[299].received)
        for instant in extent.firstReceived - 1...extent.lastReceived + 1 {
            #expect(try reader.position(receivedFrom: instant) == messages.first { $0.received >= instant }?.position)
        }
    }

    @Test("SQLite's check: a whole file, a damaged one, one that is none")
    func checks() throws {
        let folder = try DataFolder()
        let journal = try Journal(folder: folder.path)
        try journal.append((1...2000).map { .init(position: $0, received: $0, topic: "t", payload: [UInt8](repeating: 7, count: 300)) }, receipted: 0)
        #expect(try StoreCheck.run(folder: folder.path, file: Journal.fileName) == [])
        try JournalCheckpointer(folder: folder.path).finish()
        try journal.close()
        let handle = try #require(FileHandle(forUpdatingAtPath: folder.file(Journal.fileName)))
        try handle.seek(toOffset: 40_960)
        try handle.write(contentsOf: [UInt8](repeating: 0xA5, count: 40_960))
        try handle.close()
        #expect(try !StoreCheck.run(folder: folder.path, file: Journal.fileName).isEmpty)
        try Data(repeating: 0x41, count: 8192).write(to: URL(fileURLWithPath: folder.file("other.db")))
        #expect(try !StoreCheck.run(folder: folder.path, file: "other.db").isEmpty)
        #expect(throws: StoreError.self) { try StoreCheck.run(folder: folder.path, file: "missing.db") }
    }
}
