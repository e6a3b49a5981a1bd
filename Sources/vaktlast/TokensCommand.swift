import Accounts
import ArgumentParser
import Foundation
import Ingest
import Settings
import Store
import Telemetry

struct TokensCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tokens",
        abstract: "Keys for programs that ask the API.",
        discussion: "A token is shown once and kept as a digest. Those of vaktlast.yaml hold beside these. May be run beside the service.",
        subcommands: [List.self, Issue.self, Revoke.self]
    )

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "All tokens: name, role, municipalities, zones (* for all), source, state, last use; tabs between."
        )
        @OptionGroup var configuration: ConfigurationOption

        func run() throws {
            let tokens = try UsersCommand.store(try ServiceSettings(folder: configuration.config)).tokens()
            let now = Pump.wallClock()
            for token in tokens {
                let state =
                    token.isValid(at: now)
                    ? token.expiresAt.map { "until \(Timestamp.format($0))" } ?? "without end" : token.revokedAt == nil ? "expired" : "revoked"
                let used = token.lastUsed.map(Timestamp.format) ?? "never"
                Terminal.say("\(token.name)\t\(UsersCommand.text(token.reach))\t\(state)\t\(used)")
            }
            if tokens.isEmpty { Terminal.error("no tokens yet: `vaktlast tokens issue NAME --role planner --municipality 3407 --days 365`") }
        }
    }

    struct Issue: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make a token and show it: the only time.", aliases: ["add"])
        @OptionGroup var configuration: ConfigurationOption
        @Argument(help: "1–64 of letters, digits and . - _ @: the access log knows it by this name.")
        var name: String
        @OptionGroup var reach: ReachOptions
        @Option(help: "It runs out after so many days, 1 to 3650.")
        var days = 365
        @Option(help: "Why it asks for single alarms: oppfolging, klage, kontroll, drift or innsyn. None: as each request says in Vaktlast-Purpose.")
        var purpose: Purpose?

        func validate() throws {
            guard Account.isName(name) else { throw ValidationError("«\(name)» is no name: 1–64 of a–z, A–Z, 0–9 and . - _ @") }
            guard 1...3650 ~= days else { throw ValidationError("--days \(days) is not 1 to 3650") }
        }

        func run() throws {
            let settings = try ServiceSettings(folder: configuration.config)
            let reach = try reach.reach(settings)
            guard !settings.tokens.contains(where: { $0.name == name }) else {
                throw Failure("vaktlast.yaml has a token «\(name)» already: the access log must be able to tell them apart")
            }
            let now = Pump.wallClock()
            let store = try UsersCommand.store(settings)
            guard try !store.tokens().contains(where: { $0.name == name }) else { throw Issue.taken(name) }
            try AccessCommand.note("tilgangsnøkkelen \(name) utstedt for \(days) dager: \(reach.told)", reach.municipalities, settings)
            let secret = try store.issueToken(name, reach, expiresAt: now + Int64(days) * 86_400_000, purpose: purpose, now: now)
            guard let secret else { throw Issue.taken(name) }
            Terminal.error("the token of \(name), shown only now:")
            Terminal.say(secret)
        }

        private static func taken(_ name: String) -> Failure { Failure("there is a token «\(name)» already, maybe revoked: choose another name") }
    }

    struct Revoke: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "End a token at once.")
        @OptionGroup var configuration: ConfigurationOption
        @Argument var name: String

        func run() throws {
            let settings = try ServiceSettings(folder: configuration.config)
            let store = try UsersCommand.store(settings)
            if let token = try store.tokens().first(where: { $0.name == name && $0.revokedAt == nil }) {
                try AccessCommand.note("tilgangsnøkkelen \(name) trukket tilbake", token.reach.municipalities, settings)
            }
            guard try store.revokeToken(name, now: Pump.wallClock()) else { throw Failure("no token «\(name)» holds; `vaktlast tokens list` names them") }
            Terminal.say("\(name) is revoked")
        }
    }
}
