import Foundation

/// A process of our own program for a benchmark: told by lines on its standard input, answering in lines on its
/// standard output, and ended by the kernel when we end.
final class BenchChild {
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private let name: String
    private var buffered: [UInt8] = []

    /// Must be called on the main thread: the kernel ends the child with the thread that started it.
    init(_ arguments: [String], log: String? = nil) throws {
        name = arguments.first ?? ""
        process.executableURL = URL(fileURLWithPath: "/usr/bin/setpriv")
        process.arguments = ["--pdeathsig", "KILL", "--", "/proc/self/exe"] + arguments
        // Of setpriv, /proc/self/exe would be setpriv.
        process.arguments?[3] = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        process.standardInput = input
        process.standardOutput = output
        if let log {
            if !FileManager.default.fileExists(atPath: log) { _ = FileManager.default.createFile(atPath: log, contents: nil) }
            let file = FileHandle(forWritingAtPath: log)
            _ = try file?.seekToEnd()
            process.standardError = file
        }
        do { try process.run() } catch { throw Failure("\(name) cannot be started: \(DataFolder.reason(error))") }
    }

    deinit { kill() }

    var isRunning: Bool { process.isRunning }

    /// Seconds of processor time that the process has used until now, of all its threads.
    var cpuSeconds: Double {
        var clock = clockid_t()
        var time = timespec()
        guard clock_getcpuclockid(process.processIdentifier, &clock) == 0, clock_gettime(clock, &time) == 0 else { return 0 }
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    func tell(_ line: String) throws { try input.fileHandleForWriting.write(contentsOf: Data((line + "\n").utf8)) }

    /// The next line of its output. Throws when it ends without one.
    func line() throws -> String {
        while true {
            if let end = buffered.firstIndex(of: UInt8(ascii: "\n")) {
                defer { buffered.removeFirst(end + 1) }
                return String(decoding: buffered[..<end], as: UTF8.self)
            }
            let data = output.fileHandleForReading.availableData
            guard !data.isEmpty else { throw Failure("\(name) ended without an answer") }
            buffered += data
        }
    }

    /// Throws unless the next line is this one.
    func expect(_ wanted: String) throws {
        let got = try line()
        guard got == wanted else { throw Failure("\(name) said «\(got)» instead of «\(wanted)»") }
    }

    func kill() {
        guard process.isRunning else { return }
        Glibc.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    func stop() {
        guard process.isRunning else { return }
        process.terminate()
        process.waitUntilExit()
    }

    /// Reads what it says until its end; throws unless that was a good one.
    func drainAndFinish() throws {
        while !output.fileHandleForReading.availableData.isEmpty {}
        try finish()
    }

    /// Waits for its own end; throws unless it was a good one.
    func finish() throws {
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure("\(name) ended with code \(process.terminationStatus)") }
    }
}

/// A temporary folder that is removed with everything in it, also on Ctrl-C.
final class BenchFolder {
    let path: String
    private let signals: [any DispatchSourceSignal]

    init() throws {
        // mkdtemp asks for the six X and puts its own letters there.
        let template = FileManager.default.temporaryDirectory.appendingPathComponent("vaktlast-bench-XXXXXX").path
        var bytes = Array(template.utf8CString)
        guard let made = mkdtemp(&bytes) else { throw Failure("no temporary folder can be made at \(template)") }
        let path = String(cString: made)
        self.path = path
        signals = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                try? FileManager.default.removeItem(atPath: path)
                exit(128 + number)
            }
            source.resume()
            return source
        }
    }

    deinit {
        for source in signals { source.cancel() }
        try? FileManager.default.removeItem(atPath: path)
    }

    func write(_ name: String, _ text: String) throws {
        let file = URL(fileURLWithPath: "\(path)/\(name)")
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }
}

/// Time that no clock step disturbs.
enum BenchClock {
    static func seconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    static func measure(_ body: () throws -> Void) rethrows -> Double {
        let begin = seconds()
        try body()
        return seconds() - begin
    }

    /// Nearest rank, as the contract's percentiles.
    static func percentile(_ values: [Double], _ part: Double) -> Double {
        let sorted = values.sorted()
        guard !sorted.isEmpty else { return .nan }
        return sorted[max(0, min(sorted.count - 1, Int((Double(sorted.count) * part).rounded(.up)) - 1))]
    }

    static func median(_ values: [Double]) -> Double { percentile(values, 0.5) }
}
