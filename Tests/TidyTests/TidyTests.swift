import Foundation
import Testing

/// What a machine can check of how we write.
@Suite("The tree is tidy")
struct TidyTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Rooms and what they may import of each other, as the table in Sources/README.md says.
    private static func arrows() throws -> [String: Set<String>] {
        let readme = try String(contentsOf: root.appendingPathComponent("Sources/README.md"), encoding: .utf8)
        var arrows: [String: Set<String>] = [:]
        for line in readme.split(separator: "\n") where line.hasPrefix("| `") {
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 3 else { continue }
            for room in names(in: cells[0]) { arrows[room] = Set(names(in: cells[2])) }
        }
        return arrows
    }

    private static func names(in cell: String) -> [String] {
        cell.split(separator: "`").enumerated().filter { $0.offset % 2 == 0 && cell.hasPrefix("`") || $0.offset % 2 == 1 && !cell.hasPrefix("`") }
            .map { String($0.element) }
    }

    private static func sources() throws -> [(room: String, name: String, text: String)] {
        let folder = root.appendingPathComponent("Sources")
        let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
        return try files.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }.map { file in
            (file.deletingLastPathComponent().lastPathComponent, file.lastPathComponent, try String(contentsOf: file, encoding: .utf8))
        }
    }

    @Test("a room imports only rooms that its row names")
    func imports() throws {
        let arrows = try Self.arrows()
        #expect(arrows.count >= 16)
        for (room, name, text) in try Self.sources() {
            let allowed = try #require(arrows[room], "Sources/README.md has no row for \(room)")
            for line in text.split(separator: "\n") where line.hasPrefix("import ") || line.hasPrefix("package import ") {
                guard let module = line.split(separator: " ").last.map(String.init), arrows[module] != nil else { continue }
                #expect(allowed.contains(module), "\(room)/\(name) imports \(module)")
            }
        }
    }

    @Test("no file of the product is longer than 400 lines")
    func lengths() throws {
        for (room, name, text) in try Self.sources() {
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).count
            #expect(lines <= 401, "\(room)/\(name) has \(lines) lines")
        }
    }

    @Test("no forced try, no notes to self, no prints of payloads")
    func marks() throws {
        let forbidden = ["try" + "!", "TO" + "DO", "FIX" + "ME", "fatal" + "Error("]
        for (room, name, text) in try Self.sources() {
            for mark in forbidden { #expect(!text.contains(mark), "\(room)/\(name) has \(mark)") }
        }
    }
}
