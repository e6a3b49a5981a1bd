import ArgumentParser
import Foundation
import Logging
import Settings

struct ConfigurationOption: ParsableArguments {
    @Option(name: .long, help: "The folder with vaktlast.yaml and municipalities/.")
    var config: String
}

struct Serve: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the service.",
        discussion: """
            Reads the broker, answers on http.host:http.port. Environment variables override keys, e.g. VAKTLAST_DATA, \
            VAKTLAST_BROKER_URL, VAKTLAST_HTTP_PORT. Ends in order on SIGINT and SIGTERM.
            """
    )

    @OptionGroup var configuration: ConfigurationOption
    @OptionGroup var logging: LogOption

    func run() throws {
        let settings = try ServiceSettings(folder: configuration.config)
        let logger = logging.logger(default: .info)
        for warning in settings.warnings { logger.warning("\(warning)") }
        let folder = try DataFolder(settings.dataFolder)
        defer { withExtendedLifetime(folder) {} }
        let service = try Service(settings: settings, log: logger)
        try Service.blocking {
            try await service.run {
                logger.notice("Vaktlast answers on http://\(settings.httpHost):\(settings.httpPort), data in \(settings.dataFolder)")
            }
        }
    }
}

struct LogOption: ParsableArguments {
    @Option(help: "Log lines from this level on: trace, debug, info, notice, warning, error.")
    var log: String?

    func validate() throws {
        if let log, Logger.Level(rawValue: log) == nil { throw ValidationError("--log \(log) is no level; see --help") }
    }

    /// Logs go to standard error, a line each.
    func logger(default level: Logger.Level) -> Logger {
        var logger = Logger(label: "vaktlast") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = log.flatMap { Logger.Level(rawValue: $0) } ?? level
        return logger
    }
}
