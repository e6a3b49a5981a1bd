import Foundation
import Glibc
import Synchronization

/// A connection that stays open, read by a thread of its own.
final class StreamReader: Sendable {
    private struct Read {
        var text = ""
        var isClosed = false
    }

    private let descriptor: Int32
    private let read = Mutex(Read())

    /// Connects and asks.
    init(_ request: String, port: Int) throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
        guard connected == 0 else { throw HTTPExchange.Failure(text: "nobody listens on \(port)") }
        self.descriptor = descriptor
        _ = request.withCString { Glibc.send(descriptor, $0, strlen($0), Int32(MSG_NOSIGNAL)) }
        Thread.detachNewThread { [self] in
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while case let count = recv(descriptor, &buffer, buffer.count, 0), count > 0 {
                let text = String(decoding: buffer[..<count], as: UTF8.self)
                read.withLock { $0.text += text }
            }
            read.withLock { $0.isClosed = true }
        }
    }

    /// Whether what has come holds a text, sooner or later; the limit only keeps a test that fails from hanging.
    func holds(_ text: String) async throws -> Bool {
        for _ in 0..<2400 {
            if read.withLock({ $0.text.contains(text) }) { return true }
            if read.withLock({ $0.isClosed }) { return read.withLock { $0.text.contains(text) } }
            try await Task.sleep(for: .milliseconds(25))
        }
        return false
    }

    /// Whether the other side closes, sooner or later.
    func ends() async throws -> Bool {
        for _ in 0..<2400 where !read.withLock({ $0.isClosed }) { try await Task.sleep(for: .milliseconds(25)) }
        return read.withLock { $0.isClosed }
    }

    var text: String { read.withLock { $0.text } }

    func stop() { shutdown(descriptor, Int32(SHUT_RDWR)) }
}
