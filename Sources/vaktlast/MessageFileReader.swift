import Foundation
import Simulator

/// Reads a file of messages line by line.
final class MessageFileReader {
    private static let chunkBytes = 1 << 20
    /// A payload of the greatest size, every byte escaped, and what stands around it.
    private static let lineBytesMax = 16 << 20

    private let name: String
    private let file: FileHandle
    private let size: UInt64
    private var buffer: [UInt8] = []
    private var place = 0
    private var lineNumber = 0
    private var read: UInt64 = 0
    private var isAtEnd = false

    init(_ name: String) throws {
        guard let file = FileHandle(forReadingAtPath: name) else { throw Failure("\(name) cannot be read") }
        self.name = name
        self.file = file
        size = (try? file.seekToEnd()) ?? 0
        try file.seek(toOffset: 0)
    }

    /// Whether a file holds messages and no scenario: its first character is a brace.
    static func isMessages(_ name: String) throws -> Bool {
        guard let file = FileHandle(forReadingAtPath: name) else { return false }
        let start = try file.read(upToCount: 64) ?? Data()
        return start.first { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) } == UInt8(ascii: "{")
    }

    /// How much of it has been read, from 0 to 1.
    var part: Double { size == 0 ? 1 : Double(read) / Double(size) }

    /// The next line that says something; nil at the end.
    ///
    /// - Throws: `Failure` that names file and line.
    func next() throws -> MessageFile.Line? {
        while let line = try nextLine() {
            if line.allSatisfy({ [0x20, 0x09, 0x0D].contains($0) }) { continue }
            do { return try MessageFile.read(line) } catch {
                let cut = isAtEnd && place == buffer.count && buffer.last != UInt8(ascii: "\n")
                throw Failure("\(name):\(lineNumber) \(error)\(cut ? "; the file ends in the middle of a line: it was cut" : "")")
            }
        }
        return nil
    }

    private func nextLine() throws -> [UInt8]? {
        while true {
            if let end = buffer[place...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { place = end + 1 }
                lineNumber += 1
                return Array(buffer[place..<end])
            }
            if isAtEnd {
                guard place < buffer.count else { return nil }
                defer { place = buffer.count }
                lineNumber += 1
                return Array(buffer[place...])
            }
            guard buffer.count - place <= MessageFileReader.lineBytesMax else {
                throw Failure("\(name):\(lineNumber + 1) is longer than \(MessageFileReader.lineBytesMax >> 20) MiB: this is no file of messages")
            }
            let chunk = try file.read(upToCount: MessageFileReader.chunkBytes) ?? Data()
            isAtEnd = chunk.isEmpty
            read += UInt64(chunk.count)
            buffer.removeFirst(place)
            place = 0
            buffer += chunk
        }
    }
}

/// A file that is written in large pieces.
final class OutputFile {
    private static let bufferBytes = 1 << 20

    private let file: FileHandle
    private var buffer: [UInt8] = []

    /// - Parameter name: - for standard output.
    init(_ name: String, permissions: Int = 0o644) throws {
        guard
            name == "-" || FileManager.default.createFile(atPath: name, contents: nil, attributes: [.posixPermissions: permissions]),
            let file = name == "-" ? FileHandle.standardOutput : FileHandle(forWritingAtPath: name)
        else { throw Failure("\(name) cannot be written: no such folder, or no right to") }
        self.file = file
    }

    func write(_ bytes: [UInt8]) throws {
        buffer += bytes
        if buffer.count > OutputFile.bufferBytes { try finish() }
    }

    /// Hands over what waits.
    func finish() throws {
        try file.write(contentsOf: Data(buffer))
        buffer.removeAll(keepingCapacity: true)
    }
}
