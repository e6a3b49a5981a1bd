import Telemetry
import Testing
import Workload

@Suite("Tables of texts")
struct TextTableTests {
    private func table() -> TextTable { TextTable(hasher: TextHasher(key: 17)) }

    @Test("texts get 0, 1, 2 … in the order they come, and keep them while the table grows")
    func growth() {
        var table = table()
        let count = 20_000
        for number in 0..<count {
            let result = "text \(number)".withText { table.intern($0) }
            #expect(result == (number, true))
        }
        #expect(table.count == count)
        for number in stride(from: 0, to: count, by: 7) {
            #expect("text \(number)".withText { table.find($0) } == number)
            #expect("text \(number)".withText { table.intern($0) } == (number, false))
            #expect(table.string(number) == "text \(number)")
        }
        #expect("text \(count)".withText { table.find($0) } == nil)
        #expect(table.count == count)
    }

    @Test("texts are the same only byte for byte, whatever Swift's String thinks")
    func bytewise() {
        var table = table()
        let texts = ["\u{E9}", "e\u{301}", "E\u{301}", "e", "", "e\0", "\0", " e", "\u{212B}", "\u{C5}"]
        for (number, text) in texts.enumerated() {
            #expect(text.withText { table.find($0) } == nil)
            #expect(text.withText { table.intern($0).number } == number)
        }
        for (number, text) in texts.enumerated() {
            #expect(table.withText(number) { $0.bytes } == Array(text.utf8))
        }
    }

    @Test("the same text of another scope is another")
    func scopes() {
        var table = table()
        #expect("a".withText { table.intern($0, scope: 1).number } == 0)
        #expect("a".withText { table.find($0, scope: 2) } == nil)
        #expect("a".withText { table.intern($0, scope: 2).number } == 1)
        #expect("a".withText { table.find($0, scope: 1) } == 0)
        #expect(table.scope(of: 0) == 1 && table.scope(of: 1) == 2)
    }

    @Test("two texts are ordered by their bytes", arguments: [1, 2, 3] as [UInt64])
    func order(seed: UInt64) {
        var random = Seeded(seed: seed)
        var table = table()
        for _ in 0..<200 {
            let bytes = (0..<Int.random(in: 0...4, using: &random)).map { _ in
                [0, 0x41, 0x42, 0x7F, 0xC3][Int.random(in: 0..<5, using: &random)] as UInt8
            }
            _ = bytes.withUnsafeBufferPointer { table.intern(Text($0)) }
        }
        for left in 0..<table.count {
            for right in 0..<table.count {
                let leftBytes = table.withText(left) { $0.bytes }
                let rightBytes = table.withText(right) { $0.bytes }
                #expect(table.isLess(left, right) == leftBytes.lexicographicallyPrecedes(rightBytes))
            }
        }
    }

    @Test("hashes depend on every byte, the length, the scope and the key")
    func hashes() {
        let hasher = TextHasher(key: 5)
        var seen: Set<UInt64> = []
        var count = 0
        for length in 0...40 {
            let zeros = [UInt8](repeating: 0, count: length)
            seen.insert(zeros.withUnsafeBufferPointer { hasher.hash(Text($0), scope: 0) })
            count += 1
            for place in 0..<length {
                var bytes = zeros
                bytes[place] = 1
                for scope in [0, 1] as [UInt64] {
                    seen.insert(bytes.withUnsafeBufferPointer { hasher.hash(Text($0), scope: scope) })
                    count += 1
                }
            }
        }
        #expect(seen.count == count)
        #expect(
            "id".withText { TextHasher(key: 5).hash($0, scope: 0) }
                != "id".withText { TextHasher(key: 6).hash($0, scope: 0) }
        )
    }
}
