import ArgumentParser
import Foundation
import Ingest
import Settings
import Store

struct Rebuild: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make the views anew from the journal.",
        discussion: "Needed when zones or registry have changed and telemetry is to follow them, or when views.db is damaged. The service must not run."
    )

    @OptionGroup var configuration: ConfigurationOption

    func run() throws {
        let settings = try ServiceSettings(folder: configuration.config)
        let folder = try DataFolder(settings.dataFolder)
        defer { withExtendedLifetime(folder) {} }
        try Rebuild.views(settings)
    }

    /// Empties the views and folds the whole journal into them. The data folder must be locked.
    static func views(_ settings: ServiceSettings) throws {
        let reader = try JournalReader(folder: settings.dataFolder)
        let journal = try Journal(folder: settings.dataFolder)
        let views = try Views(folder: settings.dataFolder, hashKey: journal.hashKey) { Terminal.error($0) }
        try views.clear(hashKey: journal.hashKey)
        let offline = try OfflineFold(settings: settings.folding, journal: journal, views: views)
        let last = try reader.lastPosition()
        let progress = Terminal.Progress("Views")
        try offline.catchUp(reader) { progress.show(last == 0 ? 1 : Double($0) / Double(last)) }
        let counts = offline.counts
        progress.finish(
            "made anew up to position \(offline.position): \(counts.accepted) events accepted, "
                + "\(counts.duplicates) duplicates, \(counts.rejected) rejected"
        )
        try views.close()
        try journal.close()
    }
}
