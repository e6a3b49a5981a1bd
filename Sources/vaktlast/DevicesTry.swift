import ArgumentParser
import Devices
import Foundation
import Settings
import Telemetry

struct DevicesTry: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "try",
        abstract: "Show what a device's message would become with a profile, or why it is refused.",
        discussion: """
            Nothing is counted or kept. A file that ends in .jsonl holds a message a line, read one after the other, a minute \
            apart, so that `changed` can be seen at work. Exit code 1 when something is refused.
            """
    )

    @Argument(help: "The profile's id, such as door-sensor-zigbee, or its folder.")
    var profile: String
    @Argument(help: "A file with the message as the device sent it; - for standard input.")
    var file: String
    @Option(help: "The topic it came on, behind native/CODEC/; where there is a NAME.topic beside the file, its text is taken.")
    var topic: String?
    @Option(help: "When it was read, e.g. 2026-10-05T08:00:00Z, which is also what is taken without it.")
    var received: String?
    @Option(help: "A configuration folder whose own profiles are known as well.")
    var config: String?
    @Option(help: "A folder of profiles, such as devices/, in place of the shipped ones.")
    var devices: String?
    @Flag(help: "Print the canonical events as JSON, as they stand in samples/good-….expected.json.")
    var json = false

    func validate() throws {
        if let received, received.withText(Timestamp.parse) == nil {
            throw ValidationError("--received «\(received)» is no instant such as 2026-10-05T08:00:00Z")
        }
    }

    func run() throws {
        let (profile, all) = try found()
        guard let messages = file == "-" ? [Array(FileHandle.standardInput.readDataToEndOfFile())] : ProfileSamples.messages(of: file) else {
            throw Failure("\(file) cannot be read: no such file, or no right to")
        }
        let instant = received.flatMap { $0.withText(Timestamp.parse) } ?? ProfileTrial.received
        let trial = ProfileTrial(profile, among: all, received: instant)
        let outcome = trial.run(messages, topic: topic ?? topicBeside)
        json ? printJSON(outcome) : printTable(outcome, profile)
        if json { for reason in outcome.reasons { Terminal.error("refused: \(reason)") } }
        if !outcome.reasons.isEmpty { throw ExitCode(1) }
    }

    private var topicBeside: String {
        let beside = (file as NSString).deletingPathExtension + ".topic"
        let text = FileManager.default.contents(atPath: beside).map { String(decoding: $0, as: UTF8.self) } ?? ""
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    // MARK: - The profile

    private func found() throws -> (DeviceProfile, [DeviceProfile]) {
        let folder = URL(fileURLWithPath: profile).standardizedFileURL
        let isFolder = FileManager.default.fileExists(atPath: folder.appendingPathComponent(DeviceProfiles.fileName).path)
        let id = isFolder ? folder.lastPathComponent : profile
        let read = try isFolder ? DeviceProfiles.read([folder.deletingLastPathComponent().path]) : known()
        // A fault in a neighbour is no hindrance.
        let own = read.problems.filter { $0.contains("/\(id)/") || $0.contains("/\(id):") }
        guard own.isEmpty else { throw Failure(own.joined(separator: "\n")) }
        guard let profile = read.profiles.first(where: { $0.id == id }) else {
            let ids = read.profiles.map(\.id).joined(separator: ", ")
            throw Failure("there is no profile «\(id)». Known: \(ids.isEmpty ? "none; name a folder of them with --devices" : ids)")
        }
        return (profile, read.profiles)
    }

    private func known() throws -> DeviceProfiles {
        if let devices { return DeviceProfiles.read([URL(fileURLWithPath: devices).standardizedFileURL.path]) }
        if let config { return try ServiceSettings(folder: config).profiles }
        guard let shipped = DeviceProfiles.shippedFolder(program: DeviceProfiles.program) else {
            throw Failure("no device profiles came with this program: name a folder of them with --devices")
        }
        return DeviceProfiles.read([shipped])
    }

    // MARK: - What is shown

    private func printJSON(_ outcome: ProfileTrial.Outcome) {
        let lines = outcome.events.map { "  \($0.json)" }.joined(separator: ",\n")
        Terminal.say(lines.isEmpty ? "[]" : "[\n\(lines)\n]")
    }

    private func printTable(_ outcome: ProfileTrial.Outcome, _ profile: DeviceProfile) {
        Terminal.say("profile   \(profile.id): \(profile.nameEnglish) (\(profile.codec?.rawValue ?? "canonical"))")
        for event in outcome.events {
            Terminal.say("")
            let data = event["data"] ?? .null
            Terminal.say("\(String((event["type"]?.text ?? "").dropFirst(EventType.prefix.count)))")
            line("device", data["device"]?.text ?? event["subject"]?.text ?? "–")
            line("time", event["time"]?.text ?? "none of its own: when it is read counts")
            if case .object(let members) = data {
                for member in members where member.name != "device" { line(member.name, member.value.text ?? member.value.json) }
            }
            line("id", event["id"]?.text ?? "–")
        }
        if outcome.events.isEmpty, outcome.reasons.isEmpty {
            Terminal.say("\nNothing: the message is read, and says nothing that counts.")
        }
        if !outcome.oddities.isEmpty { Terminal.say("\nodd       \(outcome.oddities.joined(separator: ", "))") }
        for reason in outcome.reasons { Terminal.error("refused   \(reason)\(DevicesTry.advice(reason))") }
    }

    private func line(_ name: String, _ value: String) {
        Terminal.say("  \(name)\(String(repeating: " ", count: max(1, 12 - name.count)))\(value)")
    }

    private static func advice(_ reason: String) -> String {
        switch reason {
        case "codec:missing topic": ": the topic names the device; give it with --topic, e.g. --topic hall-door"
        case "codec:not json": ": the file holds no JSON text; see that the message was saved whole"
        default: ""
        }
    }
}
