import ArgumentParser
import Devices
import Foundation
import Settings
import Telemetry

struct DevicesImport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take devices from a CSV file into a municipality's registry, history kept.",
        discussion: """
            The file has the columns device;zone and if wanted profile;dwelling;step;from;to (or enhet;sone;profil;boform;trinn;fra;til), \
            as Norwegian Excel writes it or with commas. A device with a new zone, profile, dwelling or step from a date closes its \
            earlier row at that date; to ends it; the same row again changes nothing. A running service goes by it within seconds. \
            Exit code 1 when a row is bad: then nothing is written, unless with --partial.
            """
    )

    @Argument(help: "The CSV file; - for standard input.")
    var file: String
    @OptionGroup var configuration: ConfigurationOption
    @Option(help: "The municipality number, four digits.")
    var municipality: String
    @Flag(help: "Take the good rows also where others are bad.")
    var partial = false
    @Flag(help: "Say what would happen, and write nothing.")
    var dryRun = false

    func validate() throws {
        guard Topic.isMunicipality(municipality) else { throw ValidationError("--municipality is four digits, e.g. 3407") }
    }

    func run() throws {
        let settings = try ServiceSettings(folder: configuration.config)
        let registry = try Self.registry(of: municipality, settings, folder: configuration.config)
        let outcome = try registry.take(try table(), isPartial: partial, isTrial: dryRun)
        let name = file == "-" ? "standard input" : file
        for row in outcome.warnings { Terminal.error("warning: \(name):\(row.line): \(row.reason)") }
        for row in outcome.bad { Terminal.error("\(name):\(row.line): \(row.reason)") }
        let counts = outcome.counts
        let text = "\(counts.added) added, \(counts.moved) moved, \(counts.ended) ended, \(counts.corrected) corrected, \(counts.unchanged) unchanged"
        let bad = outcome.bad.isEmpty ? "" : "; \(outcome.bad.count) bad"
        if dryRun {
            Terminal.say("would be: \(text)\(bad). Nothing was written.")
        } else if outcome.isWritten {
            Terminal.say("\(text)\(bad). Written to \(registry.path)")
        } else if outcome.bad.isEmpty || partial {
            Terminal.say("\(text)\(bad). \(registry.path) stays as it was")
        } else {
            let hasGoodRows = counts.added + counts.moved + counts.ended + counts.corrected + counts.unchanged > 0
            Terminal.error("nothing was taken: mend what is named above\(hasGoodRows ? ", or take the good rows with --partial" : "")")
        }
        if !outcome.bad.isEmpty { throw ExitCode(1) }
    }

    static func registry(of municipality: String, _ settings: ServiceSettings, folder: String) throws -> RegistryFile {
        guard let found = settings.municipalities.first(where: { $0.number == municipality }) else {
            let known = settings.municipalities.map { "\($0.number) \($0.name)" }.joined(separator: ", ")
            throw Failure("municipality \(municipality) is not in \(folder)/municipalities. There: \(known.isEmpty ? "none" : known)")
        }
        guard let registry = RegistryFile(found, profiles: Set(settings.profiles.profiles.map(\.id))) else {
            throw Failure("\(found.file) names no registry: add devices: devices.csv, and an empty file of that name beside it")
        }
        return registry
    }

    private func table() throws -> Data {
        if file == "-" { return try FileHandle.standardInput.readToEnd() ?? Data() }
        let size = (try? FileManager.default.attributesOfItem(atPath: file))?[.size] as? Int ?? 0
        guard size <= RegistryFile.bytesMax else {
            throw Failure("\(file) is larger than \(RegistryFile.bytesMax >> 20) MiB: split it")
        }
        do { return try Data(contentsOf: URL(fileURLWithPath: file)) } catch {
            throw Failure("\(file) cannot be read: \(DataFolder.reason(error))")
        }
    }
}
