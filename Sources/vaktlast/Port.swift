import Foundation

/// TCP ports of this machine.
enum Port {
    /// Whether a server could bind here now.
    static func isFree(_ port: Int, host: String) -> Bool { bind(port, host: host) != nil }

    /// Why a server cannot bind here now, with a way out; nil where it can.
    static func refusal(_ port: Int) -> String? {
        guard bind(port, host: "127.0.0.1") == nil else { return nil }
        if errno == EACCES { return "port \(port) needs root. Choose one from 1024 on: --port 8080" }
        let other = (port + 1...port + 100).first { $0 <= 65_535 && isFree($0, host: "127.0.0.1") } ?? 8080
        return "port \(port) is taken, perhaps by another demo. Choose another: --port \(other)"
    }

    /// A port that the system gives away, for a server that starts at once.
    static func anyFree() throws -> Int {
        guard let port = bind(0, host: "127.0.0.1") else { throw Failure("no free port on 127.0.0.1") }
        return port
    }

    /// Binds, notes the number and lets go.
    private static func bind(_ port: Int, host: String) -> Int? {
        let isIPv6 = host == "::1"
        let descriptor = socket(isIPv6 ? AF_INET6 : AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        defer {
            let reason = errno
            close(descriptor)
            errno = reason
        }
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        if isIPv6 {
            var address = sockaddr_in6()
            address.sin6_family = sa_family_t(AF_INET6)
            address.sin6_port = in_port_t(port).bigEndian
            address.sin6_addr = in6addr_loopback
            return bound(descriptor, &address) ? Int(in_port_t(bigEndian: address.sin6_port)) : nil
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
        return bound(descriptor, &address) ? Int(in_port_t(bigEndian: address.sin_port)) : nil
    }

    /// Binds to an address and fills in the port that it got.
    private static func bound<Address>(_ descriptor: Int32, _ address: inout Address) -> Bool {
        var length = socklen_t(MemoryLayout<Address>.size)
        return withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                Glibc.bind(descriptor, pointer, length) == 0 && getsockname(descriptor, pointer, &length) == 0
            }
        }
    }
}
