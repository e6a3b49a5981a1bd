import Foundation
import Store
import Telemetry
import Testing

@Suite("The journal")
struct JournalTests {
    private func message(_ position: Int64, payload: [UInt8] = [0x7B, 0x7D]) -> JournalMessage {
        JournalMessage(
            position: position,
            received: 1000 + position,
            topic: "vaktlast/v1/3407/s/alarm",
            payload: payload
        )
    }

    private func noise(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
        var random = Seeded(seed: seed)
        return (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    }

    private func isSame(_ left: JournalMessage, _ right: JournalMessage) -> Bool {
        left.position == right.position && left.received == right.received && left.topic == right.topic
            && left.payload == right.payload && left.form == right.form && left.original == right.original
            && left.personal == right.personal && left.responseTopic == right.responseTopic
            && left.correlation == right.correlation
    }

    @Test("what is appended is read back whole, whatever its size and form")
    func roundtrip() throws {
        let folder = try DataFolder()
        let journal = try Journal(folder: folder.path)
        var messages: [JournalMessage] = []
        for size in [0, 1, 4095, 4096, 4097, 1_048_576] {
            messages.append(message(Int64(messages.count + 1), payload: noise(size)))
            messages.append(message(Int64(messages.count + 1), payload: [UInt8](repeating: 0x20, count: size)))
        }
        messages.append(
            JournalMessage(
                position: 100,
                received: 5000,
                topic: "vaktlast/v1/3407/s/native/scaip/ø",
                payload: [0],
                form: .tooLarge,
                original: "2000000 abc",
                personal: [0, 3, 4999],
                responseTopic: "vaktlast/v1/3407/s/answer",
                correlation: [0, 1, 0xFF]
            )
        )
        messages.append(
            JournalMessage(
                position: 101,
                received: 5000,
                topic: "",
                payload: [],
                form: .badCompression,
                correlation: []
            )
        )
        try journal.append(Array(messages.prefix(5)), receipted: 0)
        try journal.append(Array(messages.dropFirst(5)), receipted: 0)
        let reader = try JournalReader(folder: folder.path)
        let read = try reader.messages(after: 0)
        #expect(read.count == messages.count)
        for (left, right) in zip(read, messages) { #expect(isSame(left, right), "position \(right.position)") }
        #expect(try reader.lastPosition() == 101)
        #expect(try reader.hashKey() == journal.hashKey)
    }

    @Test("a reader goes on after a position, by count and by bytes, and over gaps")
    func pages() throws {
        let folder = try DataFolder()
        let journal = try Journal(folder: folder.path)
        let positions: [Int64] = [1, 2, 3, 10, 11, 500]
        try journal.append(positions.map { message($0, payload: noise(1000)) }, receipted: 0)
        let reader = try JournalReader(folder: folder.path)
        #expect(try reader.messages(after: 0, countMax: 4).map(\.position) == [1, 2, 3, 10])
        #expect(try reader.messages(after: 10).map(\.position) == [11, 500])
        #expect(try reader.messages(after: 4, countMax: 1).map(\.position) == [10])
        #expect(try reader.messages(after: 500).isEmpty)
        // About so many bytes, but always one message.
        #expect(try reader.messages(after: 0, bytesMax: 2500).map(\.position) == [1, 2, 3])
        #expect(try reader.messages(after: 0, bytesMax: 1).map(\.position) == [1])
    }

    @Test("an opened journal goes on where it ended")
    func reopen() throws {
        let folder = try DataFolder()
        let first = try Journal(folder: folder.path)
        #expect(first.lastPosition == 0 && first.lastReceived == 0 && first.receipted == 0)
        try first.append([message(1), message(7)], receipted: 0)
        try first.append([message(8)], receipted: 5)
        #expect(first.lastPosition == 8 && first.lastReceived == 1008)
        let key = first.hashKey
        try first.close()
        let second = try Journal(folder: folder.path)
        #expect(second.lastPosition == 8 && second.lastReceived == 1008)
        #expect(second.receipted == 5 && second.hashKey == key)
        try second.append([message(9)], receipted: 8)
        try second.append([], receipted: 9)
        #expect(second.lastPosition == 9)
        try second.close()
        let third = try Journal(folder: folder.path)
        #expect(third.lastPosition == 9 && third.receipted == 9)
        #expect(try JournalReader(folder: folder.path).messages(after: 0).map(\.position) == [1, 7, 8, 9])
    }

    @Test("two journals have different keys for their hashes")
    func keys() throws {
        let folders = try (0..<3).map { _ in try DataFolder() }
        let keys = try folders.map { try Journal(folder: $0.path).hashKey }
        #expect(Set(keys).count == 3)
    }

    @Test("a batch that cannot be written is not written in part")
    func failure() throws {
        let folder = try DataFolder()
        let journal = try Journal(folder: folder.path)
        try journal.append([message(1), message(2)], receipted: 0)
        #expect(throws: (any Error).self) { try journal.append([message(3), message(2)], receipted: 1) }
        #expect(journal.lastPosition == 2)
        #expect(try JournalReader(folder: folder.path).messages(after: 0).map(\.position) == [1, 2])
        try journal.append([message(3)], receipted: 0)
        try journal.close()
        let again = try Journal(folder: folder.path)
        #expect(again.lastPosition == 3 && again.receipted == 0)
    }

    @Test("large payloads are kept compressed, and what does not shrink is kept as it is")
    func compression() throws {
        let folder = try DataFolder()
        let journal = try Journal(folder: folder.path)
        let event = Array(#"{"specversion":"1.0","id":"e-1","source":"s","type":"no.vaktlast.device.tested"},"#.utf8)
        let batch = (0..<5000).flatMap { _ in event }
        try journal.append((1...10).map { message($0, payload: batch) }, receipted: 0)
        try journal.close()
        #expect(try folder.size() < batch.count)
        #expect(try JournalReader(folder: folder.path).messages(after: 9).first?.payload == batch)
    }

    @Test("the checkpointer moves the log into the file, beside the writer")
    func checkpoint() throws {
        let folder = try DataFolder()
        let journal = try Journal(folder: folder.path)
        let checkpointer = try JournalCheckpointer(folder: folder.path)
        func size(_ name: String) throws -> Int {
            let attributes = try FileManager.default.attributesOfItem(atPath: folder.file(name))
            return try #require(attributes[.size] as? Int)
        }
        try journal.append((1...50).map { message($0, payload: noise(20_000, seed: UInt64($0))) }, receipted: 0)
        #expect(try size(Journal.fileName) < 500_000)
        try checkpointer.run()
        #expect(try size(Journal.fileName) > 1_000_000)
        try journal.append([message(51)], receipted: 0)
        try checkpointer.close()
        #expect(try JournalReader(folder: folder.path).lastPosition() == 51)
    }

    @Test("a probe leaves nothing behind, and says when the journal cannot be written")
    func probe() throws {
        let folder = try DataFolder()
        let journal = try Journal(folder: folder.path)
        try journal.probe()
        #expect(journal.lastPosition == 0)
        try journal.close()
        #expect(throws: (any Error).self) { try journal.probe() }
    }

    @Test("a folder without a journal, and a file that is none, are told with their path and left alone")
    func noJournal() throws {
        let folder = try DataFolder()
        #expect(throws: StoreError.self) { try JournalReader(folder: folder.path) }
        #expect(!folder.exists(Journal.fileName))
        let text = Data("this is no database, but someone may want it".utf8)
        try text.write(to: URL(fileURLWithPath: folder.file(Journal.fileName)))
        let error = #expect(throws: StoreError.self) { try Journal(folder: folder.path) }
        #expect(error?.description.contains(folder.file(Journal.fileName)) == true)
        #expect(FileManager.default.contents(atPath: folder.file(Journal.fileName)) == text)
    }
}
