import Devices
import Foundation
import Telemetry

/// The lists of `vaktlast.yaml` for devices' own formats: topic trees of others, and keys of encrypted DC-09 accounts.
extension ServiceSettings {
    mutating func readForeign(_ sections: [YAMLReader], _ problems: YAMLReader.Problems) {
        var trees: [(tree: ForeignTopics.Tree, place: String)] = []
        for section in sections {
            defer { section.finish() }
            let rule = "a topic filter such as zigbee2mqtt/# or application/7/device/+/event/up, not beginning with $"
            let filter = section.required("topics", rule) { TopicFilter.isValid($0) && !$0.hasPrefix("$") }
            let sender = sender(section, problems)
            let names = CodecName.allCases.map(\.rawValue)
            let codec = section.required("codec", "one of \(names.joined(separator: ", "))") { names.contains($0) }
            guard let filter, let sender, let codec else { continue }
            if TopicFilter.overlap(filter, Topic.ownFilter) {
                section.problem(
                    key: "topics",
                    "«\(filter)» takes in topics of \(Topic.ownFilter), which are read already: a message would be read twice. "
                        + "Give the tree's own first level, e.g. zigbee2mqtt/#"
                )
                continue
            }
            if let other = trees.first(where: { TopicFilter.overlap(filter, $0.tree.filter) }) {
                section.problem(
                    key: "topics",
                    "«\(filter)» and «\(other.tree.filter)» (\(other.place)) may take in the same topic, which would be read twice: narrow one of them"
                )
                continue
            }
            trees.append((.init(filter: filter, municipality: sender.municipality, source: sender.source, codec: codec), section.place(of: "topics")))
        }
        foreign = ForeignTopics(trees.map(\.tree))
    }

    mutating func readDC09Keys(_ sections: [YAMLReader], folder: String, _ problems: YAMLReader.Problems) {
        var keys: [DC09Keys.Key] = []
        for section in sections {
            defer { section.finish() }
            let sender = sender(section, problems)
            let account = section.text("account", "the account's 1–32 letters and digits; left out: every account of the source") {
                (1...32).contains($0.utf8.count) && $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
            }
            let file = section.required("keyFile").map { Paths.resolve($0, in: folder) }
            guard let sender, let file else { continue }
            let twin = keys.contains {
                $0.municipality == sender.municipality && $0.source == sender.source && $0.account?.uppercased() == account?.uppercased()
            }
            if twin { section.problem(key: account == nil ? "source" : "account", "has a key already: keep one of the two") }
            guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
                section.problem(key: "keyFile", "cannot be read: \(file); write the key into it, readable by the service alone")
                continue
            }
            let hexadecimal = text.trimmingCharacters(in: .whitespacesAndNewlines)
            guard
                let key = DC09Keys.Key(municipality: sender.municipality, source: sender.source, account: account, hexadecimal: hexadecimal)
            else {
                section.problem(key: "keyFile", "\(file) holds no key: write 32, 48 or 64 hexadecimal digits (AES-128, -192, -256) and nothing else")
                continue
            }
            warnOfReaders(file, section.place(of: "keyFile"), problems)
            keys.append(key)
        }
        dc09Keys = DC09Keys(keys)
    }

    private func warnOfReaders(_ file: String, _ place: String, _ problems: YAMLReader.Problems) {
        let attributes = try? FileManager.default.attributesOfItem(atPath: file)
        guard let mode = (attributes?[.posixPermissions] as? NSNumber)?.intValue, mode & 0o077 != 0 else { return }
        problems.warnings.append("\(place) \(file) may be read by others than its owner (mode \(String(mode, radix: 8))): chmod 600 \(file)")
    }

    /// Whose messages a row is about: municipality and source, as in a topic.
    private func sender(_ section: YAMLReader, _ problems: YAMLReader.Problems) -> (municipality: String, source: String)? {
        let municipality = section.required("municipality", "four digits in quotes", where: Topic.isMunicipality)
        let rule = "1–32 of a–z, 0–9 and -; zone and service are reserved"
        let source = section.required("source", rule) { Topic.isSource($0) && !Topic.isReservedSource($0) }
        guard let municipality, let source else { return nil }
        if !municipalities.contains(where: { $0.number == municipality }) {
            problems.warnings.append("\(section.place(of: "municipality")) \(municipality) is not configured: all its zones will be ukjent")
        }
        return (municipality, source)
    }
}
