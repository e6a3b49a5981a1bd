import Foundation

/// A bare MQTT 3.1.1 client for measuring: blocking, on loopback, without a library between clock and socket, so that
/// the publisher takes as little as possible of the cores that it shares with what is measured.
final class BenchWire {
    let descriptor: Int32
    private var buffer = [UInt8](repeating: 0, count: 1 << 16)
    private var pending: [UInt8] = []

    enum Packet {
        /// A message of ours that the broker has.
        case acknowledged
        case message([UInt8])
        case other
    }

    init(port: Int, clientID: String, user: String, password: String) throws {
        descriptor = try BenchSocket.connect(port: port)
        var body: [UInt8] = [0, 4] + Array("MQTT".utf8) + [4, 0xC2, 0, 0]
        for text in [clientID, user, password] { body += BenchWire.field(text) }
        try send(BenchWire.packet(0x10, body))
        let answer = try receiveExactly(4)
        guard answer[0] == 0x20, answer[3] == 0 else { throw Failure("the broker refuses \(clientID): code \(answer[3])") }
    }

    deinit { close(descriptor) }

    /// With QoS 0: receipts are only looked at.
    func subscribe(to filter: String) throws {
        try send(BenchWire.packet(0x82, [0, 1] + BenchWire.field(filter) + [0]))
        let answer = try receiveExactly(5)
        guard answer[0] == 0x90, answer[4] < 0x80 else { throw Failure("the broker refuses the subscription to \(filter)") }
    }

    /// A PUBLISH packet with QoS 1; `identifier` 1 to 65,535.
    static func publish(topic: String, payload: [UInt8], identifier: Int) -> [UInt8] {
        packet(0x32, field(topic) + [UInt8(identifier >> 8), UInt8(identifier & 0xFF)] + payload)
    }

    private static func packet(_ head: UInt8, _ body: [UInt8]) -> [UInt8] {
        var bytes = [head]
        var rest = body.count
        repeat {
            bytes.append(UInt8(rest % 128) | (rest > 127 ? 0x80 : 0))
            rest /= 128
        } while rest > 0
        return bytes + body
    }

    private static func field(_ text: String) -> [UInt8] {
        let bytes = Array(text.utf8)
        return [UInt8(bytes.count >> 8), UInt8(bytes.count & 0xFF)] + bytes
    }

    func send(_ bytes: some Collection<UInt8>) throws {
        try bytes.withContiguousStorageIfAvailable { try BenchSocket.send($0, to: descriptor) }
    }

    /// Packets that have come, after at most `milliseconds`.
    func receive(milliseconds: Int32) throws -> [Packet] {
        var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard Glibc.poll(&poll, 1, milliseconds) > 0 else { return [] }
        let count = recv(descriptor, &buffer, buffer.count, 0)
        guard count > 0 else { throw Failure("the broker closed the connection of the benchmark's client") }
        pending += buffer[..<count]
        return takePackets()
    }

    private func takePackets() -> [Packet] {
        var packets: [Packet] = []
        var start = 0
        while let (bodyStart, end) = frame(at: start) {
            switch pending[start] >> 4 {
            case 4: packets.append(.acknowledged)
            case 3:
                // QoS 0 has no packet id.
                let topicEnd = bodyStart + 2 + Int(pending[bodyStart]) << 8 + Int(pending[bodyStart + 1])
                packets.append(.message(Array(pending[topicEnd..<end])))
            default: packets.append(.other)
            }
            start = end
        }
        pending.removeFirst(start)
        return packets
    }

    private func frame(at start: Int) -> (bodyStart: Int, end: Int)? {
        var length = 0
        var shift = 0
        var index = start + 1
        while index < pending.count {
            length |= Int(pending[index] & 0x7F) << shift
            shift += 7
            index += 1
            if pending[index - 1] < 0x80 { return index + length <= pending.count ? (index, index + length) : nil }
        }
        return nil
    }

    private func receiveExactly(_ count: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            let got = recv(descriptor, &buffer, count - bytes.count, 0)
            guard got > 0 else { throw Failure("the broker does not answer the benchmark's client") }
            bytes += buffer[..<got]
        }
        return bytes
    }
}

/// TCP on loopback, and as much of HTTP as the service's own answers need.
enum BenchSocket {
    static func connect(port: Int) throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else {
            close(descriptor)
            throw Failure("nothing answers on 127.0.0.1:\(port)")
        }
        var yes: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
        return descriptor
    }

    static func send(_ bytes: UnsafeBufferPointer<UInt8>, to descriptor: Int32) throws {
        var sent = 0
        while sent < bytes.count {
            let count = Glibc.send(descriptor, bytes.baseAddress! + sent, bytes.count - sent, Int32(MSG_NOSIGNAL))
            guard count > 0 else { throw Failure("the connection broke: \(String(cString: strerror(errno)))") }
            sent += count
        }
    }

    /// Status and body of a GET; the connection ends with the answer.
    static func get(port: Int, _ path: String) throws -> (status: Int, body: [UInt8]) {
        let descriptor = try connect(port: port)
        defer { close(descriptor) }
        let request = Array("GET \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".utf8)
        try request.withUnsafeBufferPointer { try send($0, to: descriptor) }
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = recv(descriptor, &buffer, buffer.count, 0), count > 0 { answer += buffer[..<count] }
        let end = Array("\r\n\r\n".utf8)
        guard let head = answer.firstRange(of: end), let status = Int(String(decoding: answer.dropFirst(9).prefix(3), as: UTF8.self))
        else { throw Failure("no answer to GET \(path)") }
        let isInPieces = String(decoding: answer[..<head.lowerBound], as: UTF8.self).lowercased().contains("transfer-encoding: chunked")
        return (status, isInPieces ? try whole(answer[head.upperBound...]) : Array(answer[head.upperBound...]))
    }

    /// A body that came in chunks (RFC 9112, 7.1).
    private static func whole(_ chunks: ArraySlice<UInt8>) throws -> [UInt8] {
        var (rest, body) = (chunks, [UInt8]())
        body.reserveCapacity(chunks.count)
        while true {
            guard let end = rest.firstIndex(of: 13), let size = Int(String(decoding: rest[..<end], as: UTF8.self), radix: 16), rest.endIndex - end >= size + 4
            else { throw Failure("the answer broke off") }
            guard size > 0 else { return body }
            body += rest[(end + 2)..<(end + 2 + size)]
            rest = rest[(end + 4 + size)...]
        }
    }
}
