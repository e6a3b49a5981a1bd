import Glibc

/// Plain connections with time limits, for looking at servers from outside.
package enum TCP {
    /// Monotonic seconds.
    static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// A connected, blocking socket whose reads and writes give up after `waitSeconds`; the caller closes it. Tries
    /// every address of the host.
    package static func connect(host: String, port: UInt16, waitSeconds: Double) throws(MQTTError) -> Int32 {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, "\(port)", &hints, &list)
        guard code == 0 else { throw MQTTError("the host \(host) is unknown: \(String(cString: gai_strerror(code)))") }
        defer { freeaddrinfo(list) }
        var problem = "no address"
        var next = list
        while let address = next?.pointee {
            next = address.ai_next
            let descriptor = socket(address.ai_family, address.ai_socktype | Int32(SOCK_CLOEXEC.rawValue), address.ai_protocol)
            guard descriptor >= 0 else { continue }
            // SO_SNDTIMEO limits connect as well.
            var limit = timeval(tv_sec: Int(waitSeconds), tv_usec: 0)
            for option in [SO_SNDTIMEO, SO_RCVTIMEO] {
                setsockopt(descriptor, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
            }
            if Glibc.connect(descriptor, address.ai_addr, address.ai_addrlen) == 0 { return descriptor }
            problem = errno == EINPROGRESS || errno == EAGAIN ? "no answer in \(Int(waitSeconds)) s" : String(cString: strerror(errno))
            close(descriptor)
        }
        throw MQTTError(problem)
    }

    /// Asks an HTTP server for a path; status and body, at most `bytesMax` of it all.
    package static func get(host: String, port: UInt16, path: String, waitSeconds: Double, bytesMax: Int = 1 << 20) throws(MQTTError) -> (
        status: Int, body: String
    ) {
        let descriptor = try connect(host: host, port: port, waitSeconds: waitSeconds)
        defer { close(descriptor) }
        let request = Array("GET \(path) HTTP/1.1\r\nHost: \(host):\(port)\r\nConnection: close\r\n\r\n".utf8)
        guard send(descriptor, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else { throw MQTTError("it takes no request") }
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while answer.count < bytesMax {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count <= 0 { break }
            answer += buffer[..<count]
        }
        let text = String(decoding: answer, as: UTF8.self)
        guard let end = text.firstRange(of: "\r\n\r\n"), let status = text.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
            throw MQTTError("it does not answer like a web server")
        }
        return (status, String(text[end.upperBound...]))
    }
}
