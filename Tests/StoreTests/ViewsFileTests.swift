import Foundation
import Store
import Telemetry
import Testing
import Workload

@Suite("The views' file")
struct ViewsFileTests {
    private static let entry = OutboxEntry(number: 1, position: 3, topic: "t", payload: [1], correlation: nil)

    /// A folder whose views stand at position 3.
    private func written(hashKey: UInt64 = 7) throws -> DataFolder {
        let folder = try DataFolder()
        let views = try folder.views(hashKey: hashKey)
        try views.write(ViewsCommit(position: 3, received: 30, outbox: [Self.entry]))
        try views.close()
        return folder
    }

    @Test("opened again the views stand where they stood")
    func reopen() throws {
        let folder = try written()
        var notices: [String] = []
        let stored = try folder.views { notices.append($0) }.stored()
        #expect(stored.position == 3 && stored.planFingerprint == 1 && stored.outbox == [Self.entry])
        #expect(!stored.seenDroppedForCount && notices.isEmpty)
        #expect(try ViewsReader(folder: folder.path).position() == 3)
    }

    @Test("new views stand at nothing")
    func new() throws {
        let stored = try DataFolder().views().stored()
        #expect(stored.position == 0 && stored.planFingerprint == nil && stored.outbox.isEmpty)
    }

    @Test("views of another journal are made anew, and nothing is set aside")
    func otherJournal() throws {
        let folder = try written()
        var notices: [String] = []
        let stored = try folder.views(hashKey: 8) { notices.append($0) }.stored()
        #expect(stored.position == 0 && stored.outbox.isEmpty && notices.isEmpty)
        #expect(!folder.exists("views.db.damaged"))
        // They belong to that journal from now on.
        #expect(try folder.views(hashKey: 7).stored().position == 0)
    }

    enum Damage: CaseIterable { case text, header, pages, cut }

    @Test("a damaged file is set aside, which a notice says, and made anew", arguments: Damage.allCases)
    func damaged(damage: Damage) throws {
        let folder = try written()
        let file = URL(fileURLWithPath: folder.file(Views.fileName))
        var bytes = try Data(contentsOf: file)
        #expect(bytes.count > 20_000)
        switch damage {
        case .text: bytes = Data("no database at all".utf8)
        case .header: bytes.replaceSubrange(0..<16, with: Data(repeating: 0x41, count: 16))
        case .pages: bytes.replaceSubrange(4096..<bytes.count, with: Data(repeating: 0xA5, count: bytes.count - 4096))
        case .cut: bytes = bytes.prefix(bytes.count / 2)
        }
        try bytes.write(to: file)
        var notices: [String] = []
        let views = try folder.views { notices.append($0) }
        #expect(notices.count == 1)
        #expect(notices.first?.contains("views.db.damaged") == true)
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.file("views.db.damaged"))) == bytes)
        #expect(try views.stored().position == 0)
        try views.write(ViewsCommit(position: 9))
        try views.close()
        #expect(try folder.views().stored().position == 9)
    }

    @Test("a second damage replaces what was set aside at the first")
    func damagedTwice() throws {
        let folder = try DataFolder()
        for text in ["first damage", "second damage"] {
            try Data(text.utf8).write(to: URL(fileURLWithPath: folder.file(Views.fileName)))
            var notices = 0
            try folder.views { _ in notices += 1 }.close()
            #expect(notices == 1)
            let aside = FileManager.default.contents(atPath: folder.file("views.db.damaged"))
            #expect(aside == Data(text.utf8))
        }
    }

    @Test("an empty file is an empty database, so no damage")
    func emptyFile() throws {
        let folder = try DataFolder()
        try Data().write(to: URL(fileURLWithPath: folder.file(Views.fileName)))
        var notices = 0
        #expect(try folder.views { _ in notices += 1 }.stored().position == 0)
        #expect(notices == 0)
    }

    @Test("cleared views stand at nothing, with another key as well")
    func clear() throws {
        let folder = try written()
        let views = try folder.views()
        try views.clear(hashKey: 7)
        #expect(try views.stored().position == 0)
        #expect(try views.stored().outbox.isEmpty)
        try views.write(ViewsCommit(position: 4))
        try views.close()
        #expect(try folder.views().stored().position == 4)
    }

    @Test("a folder without views says so to a reader")
    func noViews() throws {
        let folder = try DataFolder()
        #expect(throws: StoreError.self) { try ViewsReader(folder: folder.path) }
        #expect(!folder.exists(Views.fileName))
    }

    @Test("the outbox is what the last commit gave, whole and in order")
    func outbox() throws {
        let folder = try DataFolder()
        var views = try folder.views()
        let entries = [
            OutboxEntry(
                number: 2,
                position: 10,
                topic: "vaktlast/v1/3407/s/receipt",
                payload: Array("{}".utf8),
                correlation: nil
            ),
            OutboxEntry(number: 3, position: 10, topic: "vaktlast/v1/3407/s/ø", payload: [], correlation: []),
            OutboxEntry(number: 9, position: 12, topic: "t", payload: [0, 0xFF, 0], correlation: [0, 1, 2]),
        ]
        try views.write(ViewsCommit(position: 12, outbox: entries.reversed()))
        try views.close()
        views = try folder.views()
        #expect(try views.stored().outbox == entries)
        try views.write(ViewsCommit(position: 13, outbox: [entries[1]]))
        #expect(try views.stored().outbox == [entries[1]])
        try views.write(ViewsCommit(position: 14))
        #expect(try views.stored().outbox.isEmpty)
    }
}
