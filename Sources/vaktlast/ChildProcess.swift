import CSpawn
import Foundation

/// A program that we start and wait for, by `posix_spawn` and `waitpid`.
///
/// It gets a session of its own, so that Ctrl-C in our terminal and the terminal's end reach us alone. Its standard
/// input is a pipe that only we hold: it ends when we close it, and with us, however we end. Not thread-safe.
final class ChildProcess {
    /// How a program ended.
    enum End: Equatable, CustomStringConvertible {
        case exit(code: Int32)
        case signal(Int32)

        var description: String {
            switch self {
            case .exit(let code): "exit code \(code)"
            case .signal(let number): "signal \(number)"
            }
        }
    }

    /// POSIX_SPAWN_SETSID, which glibc has since 2.26 and shows to GNU sources alone.
    private static let newSession: Int16 = 0x80

    let identifier: pid_t
    /// nil while it runs.
    private(set) var end: End?
    private var input: Int32

    /// Starts a program, named by its path. What it says, on either output, goes to `log` (appended), else nowhere.
    ///
    /// - Throws: `Failure` with the system's reason.
    init(_ program: String, _ arguments: [String], log: String? = nil) throws {
        var pipe: [Int32] = [-1, -1]
        guard Glibc.pipe(&pipe) == 0 else { throw ChildProcess.failure(program, errno) }
        // No other child may hold our end. Swift sees no pipe2: programs are started by one thread at a time.
        for end in pipe { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { close(pipe[0]) }

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, pipe[0], STDIN_FILENO)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, log ?? "/dev/null", O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)
        // What we listen on is not the program's: it would hold our port when we are killed and it lives on.
        vaktlast_close_from(&actions, STDERR_FILENO + 1)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // Neither what we ignore nor what a thread of ours holds back is the program's business.
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        for number in [SIGINT, SIGTERM, SIGHUP, SIGPIPE] { sigaddset(&signals, number) }
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, ChildProcess.newSession | Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
        defer { words.forEach { free($0) } }
        var identifier: pid_t = 0
        let problem = posix_spawn(&identifier, program, &actions, &attributes, &words, environ)
        guard problem == 0 else {
            close(pipe[1])
            throw ChildProcess.failure(program, problem)
        }
        self.identifier = identifier
        input = pipe[1]
    }

    deinit { closeInput() }

    var isRunning: Bool {
        look(WNOHANG)
        return end == nil
    }

    /// Waits until it has ended.
    func wait() -> End {
        while end == nil { look(0) }
        return end ?? .exit(code: 0)
    }

    /// Ends its standard input, which asks a program that reads it to end.
    func closeInput() {
        guard input >= 0 else { return }
        close(input)
        input = -1
    }

    /// Waits at most so long; false where it still runs.
    func wait(seconds: Double) -> Bool {
        let until = Date(timeIntervalSinceNow: seconds)
        while isRunning {
            guard Date() < until else { return false }
            usleep(5000)
        }
        return true
    }

    /// SIGKILL, which no program can refuse.
    func kill() {
        guard isRunning else { return }
        Glibc.kill(identifier, SIGKILL)
        _ = wait()
    }

    private func look(_ options: Int32) {
        guard end == nil else { return }
        var status: Int32 = 0
        let found = waitpid(identifier, &status, options)
        if found == identifier {
            // What WIFEXITED, WEXITSTATUS and WTERMSIG say in C.
            end = status & 0x7f == 0 ? .exit(code: status >> 8 & 0xff) : .signal(status & 0x7f)
        } else if found < 0, errno == ECHILD {
            end = .exit(code: 0)
        }
    }

    private static func failure(_ program: String, _ number: Int32) -> Failure {
        Failure("\(program) cannot be started: \(String(cString: strerror(number)))")
    }
}
