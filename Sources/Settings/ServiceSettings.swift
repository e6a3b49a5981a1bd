package import Accounts
package import Devices
import Foundation
package import Identity
package import Ingest
package import Languages
package import MQTT
package import Outbound
package import Telemetry
package import Workload

/// `vaktlast.yaml` with its defaults (CONTRACT 10), environment variables applied.
package struct ServiceSettings: Sendable {
    package struct Token: Sendable {
        package var name: String
        package var sha256: String
        package var reach: Reach
        /// Why it asks for alarms; nil where each request may say so.
        package var purpose: Purpose?
    }

    package var instance = "vl1"
    /// Absolute.
    package var dataFolder: String
    package var broker: BrokerSettings
    package var httpHost = "127.0.0.1"
    package var httpPort = 8080
    /// Where people reach the service, e.g. `https://vaktlast.kommune.no`; nil where nobody said so.
    package var publicAddress: String?
    /// Nil where nothing is mailed.
    package var mail: MailServer?
    /// Whom readers tell what does not work; nil where nobody is named.
    package var contact: String?
    /// Nil where people log in with accounts of their own here alone.
    package var identity: IdentitySettings?
    /// Authorities to believe of the provider of `identity`; nil: the system's.
    package var identityCAFile: String?
    package var tokens: [Token] = []
    /// How long entries of the access log are kept; nil for two years.
    package var accessLogDays: Int?
    /// By `municipality/source`.
    package var receipts: [String: ReceiptSetting] = [:]
    package var foreign = ForeignTopics()
    package var dc09Keys = DC09Keys()
    package var municipalities: [MunicipalitySettings] = []
    /// The shipped profiles and the configuration's own.
    package var profiles = DeviceProfiles()
    /// What the pages can be read in, and what they are shown in to who has not chosen.
    package var languages = Languages.none
    package var language = Languages.source.tag
    /// What is odd but no reason to stop.
    package var warnings: [String] = []

    /// A configuration folder as far as it can be read, with all that is wrong in it.
    package struct Reading: Sendable {
        /// What could be read; nil where there is no readable `vaktlast.yaml`.
        package var settings: ServiceSettings?
        /// What stops every command, a line each with file, line and key.
        package var problems: [String]
        /// What stops `serve` alone.
        package var serviceProblems: [String]
        package var warnings: [String]
    }

    /// Reads a configuration folder. Throws `SettingsError` with every problem found.
    package init(folder: String, environment: [String: String] = ProcessInfo.processInfo.environment) throws {
        let reading = ServiceSettings.read(folder: folder, environment: environment)
        guard let settings = reading.settings, reading.problems.isEmpty else { throw SettingsError(reading.problems) }
        self = settings
    }

    /// Reads as much of a configuration folder as can be read, to tell everything that is wrong in one go.
    package static func read(
        folder: String,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> Reading {
        let problems = YAMLReader.Problems()
        let folder = URL(fileURLWithPath: folder).standardizedFileURL.path
        let overrides = EnvironmentOverrides(environment, problems: problems)
        var settings: ServiceSettings?
        if !FileManager.default.fileExists(atPath: "\(folder)/vaktlast.yaml") {
            problems.lines.append("\(folder)/vaktlast.yaml is missing: --config names the folder that holds it, e.g. config/")
        } else if let file = YAMLReader.open(file: "\(folder)/vaktlast.yaml", problems: problems) {
            settings = ServiceSettings(file, folder: folder, overrides: overrides, problems: problems)
        }
        settings?.warnings = problems.warnings
        return Reading(
            settings: settings,
            problems: problems.lines,
            serviceProblems: problems.forService,
            warnings: problems.warnings
        )
    }

    private init(_ file: YAMLReader, folder: String, overrides: EnvironmentOverrides, problems: YAMLReader.Problems) {
        let instance = file.text("instance", "1–32 of a–z, 0–9 and -", where: Topic.isSource)
        self.instance = overrides["instance"] ?? instance ?? "vl1"
        if !Topic.isSource(self.instance) {
            problems.lines.append("VAKTLAST_INSTANCE: «\(self.instance)» is not 1–32 of a–z, 0–9 and -")
        }
        let data = file.text("data") ?? "./data"
        dataFolder = overrides["data"].map(Paths.inWorkingFolder) ?? Paths.resolve(data, in: folder)
        broker = BrokerReader(folder: folder, overrides: overrides, problems: problems)
            .read(file, defaultClientID: "vaktlast-\(self.instance)")
        let http = file.section("http")
        if let http {
            httpHost = http.text("host") ?? httpHost
            httpPort = http.integer("port", 1...65_535) ?? httpPort
        }
        readPublicAddress(http, overrides, problems)
        http?.finish()
        mail = ServiceSettings.readMail(file.section("smtp"), folder: folder, overrides, problems)
        httpHost = overrides["http.host"] ?? httpHost
        if !ServiceSettings.isLoopback(httpHost) {
            let place = overrides["http.host"] == nil ? http?.place(of: "host") ?? file.place(of: "http") : "VAKTLAST_HTTP_HOST"
            problems.forService.append("\(place) \(ServiceSettings.loopbackRule(httpHost))")
        }
        if let port = overrides["http.port"] {
            if let number = Int(port), (1...65_535).contains(number) {
                httpPort = number
            } else {
                problems.lines.append("VAKTLAST_HTTP_PORT: «\(port)» is not a port, 1 to 65535")
            }
        }
        accessLogDays = file.integer("accessLogDays", 1...36_500)
        contact = file.text("contact", "whom to tell, 1–200 characters on a line") { (1...200).contains($0.count) && !$0.contains(where: \.isNewline) }
        let identitySection = file.section("oidc")
        let tokenSections = file.sections("tokens") ?? []
        let sourceSections = file.sections("sources") ?? []
        let foreignSections = file.sections("foreign") ?? []
        let keySections = file.sections("dc09Keys") ?? []
        profiles = ServiceSettings.readProfiles(file, folder: folder, problems)
        (languages, language) = ServiceSettings.readLanguages(file, folder: folder, problems)
        file.finish()
        municipalities = MunicipalitySettings.readAll(folder: "\(folder)/municipalities", problems: problems)
        readTokens(tokenSections, problems)
        readSources(sourceSections, problems)
        readIdentity(identitySection, folder: folder, overrides, problems)
        readForeign(foreignSections, problems)
        readDC09Keys(keySections, folder: folder, problems)
        warnOfProfiles(problems)
    }

    /// Nothing but loopback is served: what goes further goes through a proxy with TLS.
    package static func isLoopback(_ host: String) -> Bool { ["127.0.0.1", "::1", "localhost"].contains(host) }

    /// What to say about an address that is not served; the key's place stands before it.
    package static func loopbackRule(_ host: String) -> String {
        "«\(host)» is not loopback: only 127.0.0.1, ::1 or localhost is served, for passwords and figures go out over TLS alone. "
            + "Set http.host to 127.0.0.1 and put a reverse proxy with TLS in front: config/nginx.conf or config/Caddyfile."
    }

    package var plan: ZonePlan { .init(municipalities: municipalities.map(\.plan)) }

    /// What the fold depends on.
    package var folding: Folding.Setup {
        var setup = Folding.Setup(plan: plan, receipts: receipts)
        setup.foreign = foreign
        setup.dc09Keys = dc09Keys
        setup.profiles = profiles.profiles
        setup.registered = RegisteredProfiles(plan)
        return setup
    }
}
