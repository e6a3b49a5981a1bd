import Foundation
import Testing

enum Programs {
    /// The program under test, as the build that runs the tests made it.
    static func vaktlast() throws -> String { try beside("vaktlast") }

    /// A product of that build.
    static func beside(_ name: String) throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        // The test runner lies beside it.
        let runner = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().path
        let candidates = [runner, root.path + "/.build/release", root.path + "/.build/debug"].map { "\($0)/\(name)" }
        return try #require(candidates.first { FileManager.default.fileExists(atPath: $0) }, "\(name) is not built")
    }

    static func path(_ name: String) throws -> String {
        let folders = ["/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/local/bin"]
        return try #require(
            folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) },
            "\(name) is not installed: scripts/test installs it"
        )
    }
}

/// Runs a program to its end; throws unless it ends well.
@discardableResult
func run(_ name: String, _ arguments: [String]) throws -> String {
    let (status, output) = try ChildProcess(Programs.path(name), arguments).waitForOutput()
    try #require(status == 0, "\(name) \(arguments.joined(separator: " ")): \(output)")
    return output
}

enum Folder {
    /// Holds all of this run's, and goes with it.
    private static let root: String = {
        atexit { try? FileManager.default.removeItem(atPath: Folder.path) }
        return path
    }()
    private static var path: String { NSTemporaryDirectory() + "vaktlast-test-\(getpid())" }

    static func new(_ name: String) throws -> String {
        let path = "\(root)/\(name)-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }
}

enum FreePort {
    static func next() throws -> Int {
        for _ in 0..<200 {
            let port = Int.random(in: 20_000..<32_000)
            if isFree(port) { return port }
        }
        throw CocoaError(.featureUnsupported)
    }

    static func isFree(_ port: Int) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}

/// Waits for something that must come; 30 s are more than any of it takes.
func waitUntil(_ what: @autoclosure () -> String, seconds: Double = 30, _ isSo: () throws -> Bool) throws {
    let end = Date(timeIntervalSinceNow: seconds)
    while try !isSo() {
        try #require(Date() < end, "after \(Int(seconds)) s still not: \(what())")
        usleep(20_000)
    }
}
