import Foundation
import Glibc

/// An answer as it came over the wire.
struct HTTPAnswer: Sendable {
    var status: Int
    var headers: [String: String]
    var body: Data

    var json: [String: Any]? { (try? JSONSerialization.jsonObject(with: body)) as? [String: Any] }
    var detail: String { json?["detail"] as? String ?? "" }
    var isProblem: Bool { headers["content-type"] == "application/problem+json" && json?["status"] as? Int == status }
}

enum HTTPExchange {
    struct Failure: Error { var text: String }

    /// Sends bytes to a port of this machine as they are and reads until the other side closes. It waits on a thread
    /// of its own: the server needs those of the tasks.
    static func send(_ bytes: [UInt8], port: Int) async throws -> HTTPAnswer {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result { try read(exchange(bytes, port: port)) }) }
        }
    }

    /// The answer as it came, where a header that stands twice matters.
    static func raw(_ bytes: [UInt8], port: Int) async throws -> String {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result { String(decoding: try exchange(bytes, port: port), as: UTF8.self) }) }
        }
    }

    /// Sends a head without what it announces, and gives the beginning of the answer.
    static func head(_ text: String, port: Int) async throws -> String {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(
                    with: Result {
                        let descriptor = try open(text, port: port)
                        defer { close(descriptor) }
                        var buffer = [UInt8](repeating: 0, count: 4096)
                        let count = recv(descriptor, &buffer, buffer.count, 0)
                        return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
                    }
                )
            }
        }
    }

    /// A connection on which a beginning was sent and nothing more; whoever gets it closes it.
    static func open(_ text: String, port: Int) throws -> Int32 {
        let descriptor = try connected(port)
        let bytes = Array(text.utf8)
        guard Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else { throw Failure(text: "the beginning was not taken") }
        return descriptor
    }

    /// Asks again for a while: where thousands connect at once the kernel may turn one away.
    private static func connected(_ port: Int) throws -> Int32 {
        var problem: Int32 = 0
        for _ in 1...100 {
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            guard descriptor >= 0 else { throw Failure(text: "no socket: errno \(errno)") }
            // Long, because the server shares its threads with whatever other test computes meanwhile.
            var timeout = timeval(tv_sec: 300, tv_usec: 0)
            setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
            var address = loopback(port: port)
            let isConnected = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
                }
            }
            if isConnected { return descriptor }
            problem = errno
            close(descriptor)
            usleep(100_000)
        }
        throw Failure(text: "nobody listens on \(port): errno \(problem)")
    }

    private static func exchange(_ bytes: [UInt8], port: Int) throws -> [UInt8] {
        let descriptor = try connected(port)
        defer { close(descriptor) }
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress! + sent, bytes.count - sent, Int32(MSG_NOSIGNAL)) }
            // A server may refuse before it has read everything.
            guard count > 0 else { break }
            sent += count
        }
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = recv(descriptor, &buffer, buffer.count, 0), count > 0 { answer += buffer[..<count] }
        return answer
    }

    private static func read(_ bytes: [UInt8]) throws -> HTTPAnswer {
        guard let end = bytes.indices.dropLast(3).first(where: { Array(bytes[$0..<$0 + 4]) == Array("\r\n\r\n".utf8) }) else {
            throw Failure(text: "no answer, or one without an end of its head: \(String(decoding: bytes.prefix(200), as: UTF8.self))")
        }
        let lines = String(decoding: bytes[..<end], as: UTF8.self).components(separatedBy: "\r\n")
        let status = lines[0].split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            if parts.count == 2 { headers[parts[0].lowercased()] = parts[1] }
        }
        return HTTPAnswer(status: status, headers: headers, body: Data(bytes[(end + 4)...]))
    }

    /// A port that the system gives away, for a server that starts at once.
    static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = loopback(port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard isBound else { throw Failure(text: "no free port") }
        return Int(in_port_t(bigEndian: address.sin_port))
    }

    private static func loopback(port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
        return address
    }
}
