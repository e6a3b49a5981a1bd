import Foundation

/// The samples of a profile: `samples/good-NAME.json` (or `.jsonl`, a message a line; `.xml`; `.txt`) with
/// `good-NAME.expected.json` beside it, `bad-NAME.json` with `bad-NAME.reason`; where the codec needs one, the topic below
/// the base in `….topic`.
package struct ProfileSamples {
    /// Problems, a line each, naming file and what differs.
    package private(set) var problems: [String] = []
    package private(set) var warnings: [String] = []
    package private(set) var count = 0

    private static let kinds = ["json", "jsonl", "xml", "txt"]
    private static let companions = [".expected.json", ".reason", ".topic"]

    private let folder: String
    private let profile: DeviceProfile
    private let profiles: [DeviceProfile]

    /// Runs all samples of a profile.
    ///
    /// - Parameter folder: the profile's own.
    package init(of profile: DeviceProfile, in folder: String, among profiles: [DeviceProfile]) {
        self.folder = "\(folder)/samples"
        self.profile = profile
        self.profiles = profiles
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: self.folder)) ?? []).filter { !$0.hasPrefix(".") }.sorted()
        let messages = names.filter { name in !ProfileSamples.companions.contains(where: name.hasSuffix) }
        for name in messages { run(name) }
        let stems = Set(messages.map { ($0 as NSString).deletingPathExtension })
        for name in names where !messages.contains(name) {
            let stem = ProfileSamples.companions.first(where: name.hasSuffix).map { String(name.dropLast($0.count)) } ?? name
            if !stems.contains(stem) { problems.append("\(self.folder)/\(name) belongs to no sample: there is no \(stem).json, .jsonl, .xml or .txt") }
        }
        if !messages.contains(where: { $0.hasPrefix("good-") }) {
            warnings.append(
                "\(self.folder) has no sample good-….json: nothing holds the profile to what the device sends. Catch a message and see "
                    + "`vaktlast devices try \(profile.id) FILE --json`"
            )
        }
    }

    private mutating func run(_ name: String) {
        let file = "\(folder)/\(name)"
        let stem = (name as NSString).deletingPathExtension
        guard ProfileSamples.kinds.contains((name as NSString).pathExtension), stem.hasPrefix("good-") || stem.hasPrefix("bad-") else {
            problems.append("\(file): samples are called good-… or bad-…, and end in .\(ProfileSamples.kinds.joined(separator: ", ."))")
            return
        }
        guard let messages = ProfileSamples.messages(of: file) else {
            problems.append("\(file) cannot be read")
            return
        }
        count += 1
        let topic = ProfileSamples.topic(of: "\(folder)/\(stem).topic")
        let outcome = ProfileTrial(profile, among: profiles).run(messages, topic: topic)
        stem.hasPrefix("good-") ? compare(outcome, file, stem, messages, topic) : compareReason(outcome, file, stem)
    }

    /// The messages of a file: the whole of it, or its lines.
    package static func messages(of file: String) -> [[UInt8]]? {
        guard let data = FileManager.default.contents(atPath: file) else { return nil }
        guard file.hasSuffix(".jsonl") else { return [Array(data)] }
        return data.split(separator: 0x0A).map { Array($0) }.filter { !$0.allSatisfy { $0 == 0x20 || $0 == 0x0D } }
    }

    private static func topic(of file: String) -> String {
        (DeviceProfiles.text(file) ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private mutating func compare(_ outcome: ProfileTrial.Outcome, _ file: String, _ stem: String, _ messages: [[UInt8]], _ topic: String) {
        guard outcome.reasons.isEmpty else {
            problems.append("\(file): is refused: \(outcome.reasons.joined(separator: ", "))")
            return
        }
        let expectedFile = "\(folder)/\(stem).expected.json"
        let way = "`vaktlast devices try \(profile.id) \(file)\(topic.isEmpty ? "" : " --topic '\(topic)'") --json` shows what it becomes"
        guard let text = DeviceProfiles.text(expectedFile) else {
            problems.append("\(expectedFile) is missing: \(way)")
            return
        }
        guard case .array(let expected)? = JSONValue.read(Array(text.utf8)) else {
            problems.append("\(expectedFile) is not a JSON array of events: \(way)")
            return
        }
        if let difference = ProfileSamples.difference(.array(outcome.events), .array(expected), "event") {
            problems.append("\(expectedFile): \(difference). If the profile is right, \(way)")
        }
        checkRecognition(file, messages, topic)
    }

    /// A message must not be taken for another model's where the registry names none.
    private mutating func checkRecognition(_ file: String, _ messages: [[UInt8]], _ topic: String) {
        guard profile.codec?.isJSON == true else { return }
        for other in profiles where other.id != profile.id && other.codec == profile.codec && !other.recognitions.isEmpty {
            let alone = ProfileTrial(other, among: [other], isRegistered: false).run(messages, topic: topic)
            if alone.reasons.isEmpty, !alone.events.isEmpty {
                problems.append("\(file): profile \(other.id) recognises it as well: make recognise of one of them narrower")
            }
        }
    }

    private mutating func compareReason(_ outcome: ProfileTrial.Outcome, _ file: String, _ stem: String) {
        let reasonFile = "\(folder)/\(stem).reason"
        guard let text = DeviceProfiles.text(reasonFile) else {
            problems.append("\(reasonFile) is missing: it holds the reason, here «\(outcome.reasons.first ?? "none: it is accepted")»")
            return
        }
        let expected = text.trimmingCharacters(in: .whitespacesAndNewlines)
        if outcome.reasons.first != expected {
            let found = outcome.reasons.first.map { "refused with «\($0)»" } ?? "accepted"
            problems.append("\(file): is \(found), \((reasonFile as NSString).lastPathComponent) says «\(expected)»")
        }
    }

    /// Where two values differ first; nil where they do not.
    static func difference(_ found: JSONValue, _ expected: JSONValue, _ place: String) -> String? {
        switch (found, expected) {
        case (.array(let a), .array(let b)):
            for (index, pair) in zip(a, b).enumerated() {
                if let difference = difference(pair.0, pair.1, "\(place) \(index + 1)") { return difference }
            }
            return a.count == b.count ? nil : "\(a.count) \(place)s come, \(b.count) are expected"
        case (.object(let a), .object(let b)):
            var names: [String] = []
            for name in b.map(\.name) + a.map(\.name) where !names.contains(name) { names.append(name) }
            for name in names {
                switch (found[name], expected[name]) {
                case (let a?, let b?): if let difference = difference(a, b, "\(place), \(name)") { return difference }
                case (nil, let b?): return "\(place) has no \(name), expected \(b.json)"
                case (let a?, nil): return "\(place) has \(name) \(a.json), which is not expected"
                case (nil, nil): break
                }
            }
            return nil
        default: return found == expected ? nil : "\(place): \(found.json) comes, \(expected.json) is expected"
        }
    }
}
