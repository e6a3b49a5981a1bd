import Accounts
import ArgumentParser
import Foundation
import Ingest
import Settings
import Store
import Telemetry
import Workload

/// What someone may, on the command line; shared by accounts and tokens.
struct ReachOptions: ParsableArguments {
    @Option(help: "leader (own zones), technician (devices and data quality), planner (sums alone), central (own ledger) or admin.")
    var role: Role
    @Option(help: "A municipality number; repeat for several.")
    var municipality: [String]
    @Option(help: "A zone; repeat for several. None: all zones.")
    var zone: [String] = []
    @Option(help: "Of the role central: the source whose ledger it sees.")
    var source: String?

    /// The reach, held against the configuration.
    func reach(_ settings: ServiceSettings) throws -> Reach {
        let reach = Reach(role: role, municipalities: municipality, zones: zone.isEmpty ? nil : zone, source: source)
        if let objection = reach.objection { throw Failure(objection) }
        let configured = Set(settings.municipalities.map(\.number))
        for number in municipality {
            if Topic.isMunicipality(number), !configured.contains(number) {
                Terminal.error("warning: --municipality \(number) is not configured; there are \(configured.sorted().joined(separator: ", "))")
            }
            guard Topic.isMunicipality(number) else { throw Failure("--municipality \(number) is no municipality number: four digits, e.g. 3407") }
        }
        let known = settings.municipalities.filter { municipality.contains($0.number) }.flatMap(\.zones).map(\.id)
        for zone in zone where !known.contains(zone) {
            throw Failure("--zone \(zone) is in none of these municipalities. Their zones: \(known.joined(separator: ", "))")
        }
        return reach
    }
}

extension Role: ExpressibleByArgument {}
extension Purpose: ExpressibleByArgument {}

extension Reach {
    /// As the access log says it.
    var told: String {
        let all: [String?] = [role.rawValue, municipalities.joined(separator: ","), zones?.joined(separator: ",") ?? "alle soner", source]
        return all.compactMap(\.self).joined(separator: " ")
    }
}

struct UsersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "users",
        abstract: "Accounts of people: who may log in and what they may see.",
        discussion: "With the first account nobody is let in without one, from loopback either. May be run beside the service.",
        subcommands: [List.self, Add.self, Password.self, Change.self, Disable.self, Enable.self, Remove.self]
    )

    /// The store of the configuration's data folder, which is made where it is missing.
    static func store(_ settings: ServiceSettings) throws -> AccountStore {
        try FileManager.default.createDirectory(atPath: settings.dataFolder, withIntermediateDirectories: true)
        return try AccountStore(folder: settings.dataFolder)
    }

    static func text(_ reach: Reach) -> String {
        let parts = [
            reach.role.rawValue, reach.municipalities.joined(separator: ","), reach.zones?.joined(separator: ",") ?? "*", reach.source ?? "-",
        ]
        return parts.joined(separator: "\t")
    }

    /// Writes a change of an account there is into the access log, before it is made.
    fileprivate static func note(_ what: String, _ name: String, _ store: AccountStore, _ settings: ServiceSettings) throws {
        guard let account = try store.account(name)?.account else { return }
        try AccessCommand.note(what, account.reach.municipalities, settings)
    }

    fileprivate static func found(_ isFound: Bool, _ name: String) throws {
        guard isFound else { throw Failure("there is no account «\(name)»; `vaktlast users list` names them") }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "All accounts: name, role, municipalities, zones (* for all), source, active, last login; tabs between."
        )
        @OptionGroup var configuration: ConfigurationOption

        func run() throws {
            let accounts = try UsersCommand.store(try ServiceSettings(folder: configuration.config)).accounts()
            for account in accounts {
                let login = account.lastLogin.map(Timestamp.format) ?? "never"
                Terminal.say("\(account.name)\t\(UsersCommand.text(account.reach))\t\(account.isActive ? "active" : "disabled")\t\(login)")
            }
            if accounts.isEmpty { Terminal.error("no accounts yet: `vaktlast users add NAME --role leader --municipality 3407`") }
        }
    }

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make an account; asks for its password.")
        @OptionGroup var configuration: ConfigurationOption
        @Argument(help: "1–64 of letters, digits and . - _ @")
        var name: String
        @OptionGroup var reach: ReachOptions
        @OptionGroup var password: PasswordOption

        func validate() throws {
            guard Account.isName(name) else { throw ValidationError("«\(name)» is no account name: 1–64 of a–z, A–Z, 0–9 and . - _ @") }
        }

        func run() throws {
            let settings = try ServiceSettings(folder: configuration.config)
            let reach = try reach.reach(settings)
            let store = try UsersCommand.store(settings)
            guard try store.account(name) == nil else { throw UsersCommand.taken(name) }
            let hash = Accounts.Password.hash(try password.read(of: name))
            try AccessCommand.note("kontoen \(name) opprettet: \(reach.told)", reach.municipalities, settings)
            guard try store.add(name, reach, hash: hash, now: Pump.wallClock()) else { throw UsersCommand.taken(name) }
            Terminal.say("\(name) may log in as \(reach.role.rawValue)")
        }
    }

    fileprivate static func taken(_ name: String) -> Failure {
        Failure("there is an account «\(name)» already; `users change` and `users password` change it")
    }

    struct Password: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Give an account a new password, which ends its sessions.")
        @OptionGroup var configuration: ConfigurationOption
        @Argument var name: String
        @OptionGroup var password: PasswordOption

        func run() throws {
            let settings = try ServiceSettings(folder: configuration.config)
            let store = try UsersCommand.store(settings)
            try UsersCommand.found(try store.account(name) != nil, name)
            let hash = Accounts.Password.hash(try password.read(of: name))
            try UsersCommand.note("\(name) har fått nytt passord", name, store, settings)
            try UsersCommand.found(try store.change(name, hash: hash), name)
            Terminal.say("\(name) has a new password")
        }
    }

    struct Change: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Give an account another role and reach, which ends its sessions.")
        @OptionGroup var configuration: ConfigurationOption
        @Argument var name: String
        @OptionGroup var reach: ReachOptions

        func run() throws {
            let settings = try ServiceSettings(folder: configuration.config)
            let (store, new) = (try UsersCommand.store(settings), try reach.reach(settings))
            try UsersCommand.note("\(name) har fått ny tilgang: \(new.told)", name, store, settings)
            try UsersCommand.found(try store.change(name, reach: new), name)
            Terminal.say("\(name) is \(reach.role.rawValue) now")
        }
    }

    struct Disable: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let an account in no more; ends its sessions at once.")
        @OptionGroup var configuration: ConfigurationOption
        @Argument var name: String

        func run() throws {
            let settings = try ServiceSettings(folder: configuration.config)
            let store = try UsersCommand.store(settings)
            try UsersCommand.note("\(name) er stengt", name, store, settings)
            try UsersCommand.found(try store.change(name, isActive: false), name)
            Terminal.say("\(name) cannot log in any more")
        }
    }

    struct Enable: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let an account in again.")
        @OptionGroup var configuration: ConfigurationOption
        @Argument var name: String

        func run() throws {
            let settings = try ServiceSettings(folder: configuration.config)
            let store = try UsersCommand.store(settings)
            try UsersCommand.note("\(name) er åpnet igjen", name, store, settings)
            try UsersCommand.found(try store.change(name, isActive: true), name)
            Terminal.say("\(name) may log in")
        }
    }

    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Remove an account; the access log keeps what its name saw.")
        @OptionGroup var configuration: ConfigurationOption
        @Argument var name: String

        func run() throws {
            let settings = try ServiceSettings(folder: configuration.config)
            let store = try UsersCommand.store(settings)
            try UsersCommand.note("\(name) er slettet", name, store, settings)
            try UsersCommand.found(try store.remove(name), name)
            Terminal.say("\(name) is removed")
        }
    }
}

/// Where a password comes from: never from the command line, which others on the machine can read.
struct PasswordOption: ParsableArguments {
    @Option(help: "A file with the password in its first line; without it, it is asked for, or read from standard input.")
    var passwordFile: String?

    func read(of name: String) throws -> String {
        let password: String
        if let passwordFile {
            guard let data = FileManager.default.contents(atPath: passwordFile) else { throw Failure("--password-file \(passwordFile) cannot be read") }
            password = String(decoding: data, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).first.map(String.init) ?? ""
        } else if isatty(STDIN_FILENO) == 1 {
            password = try PasswordOption.ask("Password of \(name): ")
            guard try PasswordOption.ask("Once more: ") == password else { throw Failure("the two are not the same; nothing was changed") }
        } else {
            password = readLine() ?? ""
        }
        if let objection = Password.objection(to: password, of: name) { throw Failure("\(objection). Nothing was changed.") }
        return password
    }

    /// Without showing what is typed.
    private static func ask(_ question: String) throws -> String {
        guard let typed = getpass(question) else { throw Failure("no password could be read") }
        return String(cString: typed)
    }
}
