import Foundation
import Testing

/// A mail server on a port of its own (aiosmtpd), which ends with the test.
final class MailSink {
    struct Mail {
        var message: String
        var from: String
        var to: [String]
        var isEncrypted: Bool
        var user: String?
    }

    private let process = Process()
    let folder: String
    let port: Int

    init(_ options: [String] = []) throws {
        folder = NSTemporaryDirectory() + "vaktlast-mail-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("MailSink/mail_sink.py")
            .path
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = [script, folder] + options
        let output = Pipe()
        process.standardOutput = output
        // Were the tests to crash, it would hold what they write to open for ever.
        process.standardError = FileHandle.nullDevice
        try process.run()
        var line: [UInt8] = []
        while let byte = try output.fileHandleForReading.read(upToCount: 1)?.first, byte != 10 { line.append(byte) }
        port = try #require(Int(String(decoding: line, as: UTF8.self)), "python3-aiosmtpd is not installed: scripts/test installs it")
    }

    deinit {
        // Threads of a pool block other signals, and children inherit that.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        try? FileManager.default.removeItem(atPath: folder)
    }

    func mails() throws -> [Mail] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".json") }.sorted()
        return try names.map { name in
            let about = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))) as? [String: Any])
            let message = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name.dropLast(5)).eml"))
            return Mail(
                message: String(decoding: message, as: UTF8.self),
                from: about["from"] as? String ?? "",
                to: about["to"] as? [String] ?? [],
                isEncrypted: about["tls"] as? Bool ?? false,
                user: about["user"] as? String
            )
        }
    }

    /// A certificate for this machine, signed by itself, with its key behind it in one file.
    static func certificate(_ folder: String) throws -> (both: String, certificate: String) {
        let (key, certificate, both) = ("\(folder)/key.pem", "\(folder)/certificate.pem", "\(folder)/both.pem")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments = [
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "2", "-subj", "/CN=localhost",
            "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
        ]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        let text = try String(contentsOfFile: certificate, encoding: .utf8) + String(contentsOfFile: key, encoding: .utf8)
        try text.write(toFile: both, atomically: true, encoding: .utf8)
        return (both, certificate)
    }
}
