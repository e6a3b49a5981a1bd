import Foundation
import Glibc
import Synchronization
import Testing

/// A program of a test, waited for with `waitpid`; it dies with the test run.
///
/// The kernel ends a child when the *thread* that started it ends, so all are started by one that never does.
final class ChildProcess {
    let pid: pid_t
    private(set) var status: Int32?
    private let output: Int32

    /// - Parameter log: the file its output is appended to; without one it is kept for `waitForOutput`.
    init(_ path: String, _ arguments: [String], log: String? = nil, input: Int32? = nil, environment: [String] = []) throws {
        let setpriv = try Programs.path("setpriv")
        let words = [setpriv, "--pdeathsig", "KILL", "--", path] + arguments
        var ends: [Int32] = [-1, -1]
        if let log {
            ends[1] = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        } else {
            try #require(pipe(&ends) == 0)
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        }
        defer { close(ends[1]) }
        output = ends[0]
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let input {
            posix_spawn_file_actions_adddup2(&actions, input, 0)
        } else {
            posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        }
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 2)
        pid = try Spawner.shared.spawn(words, environment, &actions)
    }

    deinit {
        end(SIGKILL)
        if output >= 0 { close(output) }
    }

    var isRunning: Bool {
        guard status == nil else { return false }
        var code: Int32 = 0
        if waitpid(pid, &code, WNOHANG) == pid { status = code }
        return status == nil
    }

    /// Sends a signal and waits for the end; returns the exit code, or 128 + the signal that ended it.
    @discardableResult
    func end(_ signal: Int32) -> Int32 {
        if isRunning { kill(pid, signal) }
        return wait()
    }

    @discardableResult
    func wait() -> Int32 {
        var code = status ?? 0
        while status == nil {
            if waitpid(pid, &code, 0) == pid { status = code }
        }
        return code & 0x7f == 0 ? code >> 8 & 0xff : 128 + code & 0x7f
    }

    /// Everything it printed, and its exit code.
    func waitForOutput() -> (status: Int32, output: String) {
        let handle = FileHandle(fileDescriptor: output, closeOnDealloc: false)
        let text = String(decoding: handle.readDataToEndOfFile(), as: UTF8.self)
        return (wait(), text)
    }
}

/// The thread that starts all children and outlives them.
private final class Spawner: Sendable {
    static let shared = Spawner()
    private struct Request: @unchecked Sendable {
        // Unchecked: the asker waits until the answer is there.
        var words: [String]
        var environment: [String]
        var actions: UnsafePointer<posix_spawn_file_actions_t>
        var answer: @Sendable (Int32, pid_t) -> Void
    }
    private let requests = Mutex<[Request]>([])
    private let waiting = DispatchSemaphore(value: 0)

    private init() {
        Thread { [self] in
            while true {
                waiting.wait()
                guard let request = requests.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) else { continue }
                var words: [UnsafeMutablePointer<CChar>?] = request.words.map { strdup($0) } + [nil]
                var environment: [UnsafeMutablePointer<CChar>?] = request.environment.map { strdup($0) } + [strdup("PATH=/usr/bin:/bin:/usr/sbin:/sbin"), nil]
                var pid: pid_t = 0
                // Threads of a pool block signals, and children inherit that: SIGTERM would not reach them.
                var attributes = posix_spawnattr_t()
                posix_spawnattr_init(&attributes)
                defer { posix_spawnattr_destroy(&attributes) }
                var none = sigset_t()
                sigemptyset(&none)
                posix_spawnattr_setsigmask(&attributes, &none)
                posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
                let code = posix_spawn(&pid, request.words[0], request.actions, &attributes, &words, &environment)
                for text in words + environment { free(text) }
                request.answer(code, pid)
            }
        }.start()
    }

    func spawn(_ words: [String], _ environment: [String], _ actions: inout posix_spawn_file_actions_t) throws -> pid_t {
        let result = Mutex<(code: Int32, pid: pid_t)>((0, 0))
        let done = DispatchSemaphore(value: 0)
        return try withUnsafePointer(to: &actions) { actions in
            let request = Request(words: words, environment: environment, actions: actions) { code, pid in
                result.withLock { $0 = (code, pid) }
                done.signal()
            }
            requests.withLock { $0.append(request) }
            waiting.signal()
            done.wait()
            let (code, pid) = result.withLock { $0 }
            try #require(code == 0, "\(words.joined(separator: " ")): \(String(cString: strerror(code)))")
            return pid
        }
    }
}
