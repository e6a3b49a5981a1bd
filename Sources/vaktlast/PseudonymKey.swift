import Foundation

/// The file that holds the key of a recording's pseudonyms: 64 hexadecimal digits in one line.
enum PseudonymKey {
    private static let bytes = 32

    /// The key in a file that must be there.
    static func read(_ file: String) throws -> [UInt8] {
        let digits = try Service.text(of: file).trimmingCharacters(in: .whitespacesAndNewlines).compactMap(\.hexDigitValue)
        guard digits.count == bytes * 2 else {
            throw Failure("\(file) holds no key: 64 hexadecimal digits in one line. Delete it and `vaktlast record` makes a new one.")
        }
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    /// The key in a file, which is made where it is missing.
    static func readOrMade(_ file: String) throws -> [UInt8] {
        if FileManager.default.fileExists(atPath: file) { return try read(file) }
        let new = (0..<bytes).map { _ in UInt8.random(in: 0...255) }
        let text = new.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() + "\n"
        guard FileManager.default.createFile(atPath: file, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600]) else {
            throw Failure("\(file) cannot be written: no such folder, or no right to")
        }
        Terminal.say("Made a new key in \(file)")
        return new
    }
}
