import Foundation
import Telemetry

/// Reads `profile.yaml`. What it takes, `devices/profile.schema.json` takes, and the other way round; a test holds them
/// together.
struct ProfileReader {
    let file: String
    let problems: ProfileNode.Problems

    static let technologies = Technology.allCases.map(\.rawValue)
    static let codecs = ["canonical"] + CodecName.allCases.map(\.rawValue)
    static let recognitionsMax = 20
    static let rowsMax = 50
    static let conditionsMax = 8
    static let valuesMax = 50

    /// Nil where something is wrong with it, which is then among the problems.
    func read(id: String, text: String) -> DeviceProfile? {
        let before = problems.lines.count
        guard let top = ProfileNode.open(text: text, file: file, problems: problems) else { return nil }
        let name = top.section("name", "the names in bokmål and English, {nb: …, en: …}")
        top.require("name", "the names in bokmål and English, {nb: …, en: …}")
        let norwegian = name.flatMap { self.name($0, "nb", "the name in bokmål") }
        let english = name.flatMap { self.name($0, "en", "the name in English") }
        name?.finish()
        let technology = word(top, "technology", ProfileReader.technologies).flatMap(Technology.init)
        top.require("ladderStep", "the step of the care ladder, 1 to 9")
        let step = top.number("ladderStep", "a whole number from 1 to 9") { $0 == $0.rounded() && (1...9).contains($0) }
        let codecName = word(top, "codec", ProfileReader.codecs)
        let codec = codecName.flatMap(CodecName.init)
        let isJSON = codec?.isJSON == true
        let heartbeat = top.text("heartbeat", "a duration of ISO 8601, as in PT26H or P7D") { ProfileReader.milliseconds($0) != nil }
        let battery = battery(top, isJSON: isJSON)
        let accessory = top.text("accessory", "the word it is counted under, 1 to 40 characters") { (1...40).contains($0.unicodeScalars.count) }
        let recognitions = isJSON ? self.recognitions(top) : []
        let rows = isJSON ? self.rows(top) : []
        if let codecName, !isJSON {
            for key in ["recognise", "events"] where top.has(key) {
                _ = top.item(key)
                top.problem(key, "is for codecs that are JSON (zigbee2mqtt, chirpstack, things-stack), not for \(codecName): leave it out")
            }
        }
        top.finish()
        guard problems.lines.count == before, let norwegian, let english, let technology, let step else { return nil }
        var profile = DeviceProfile(
            id: id,
            nameNorwegian: norwegian,
            nameEnglish: english,
            technology: technology,
            ladderStep: Int(step),
            codec: codec,
            heartbeatMilliseconds: heartbeat.flatMap(ProfileReader.milliseconds),
            battery: battery.flatMap { battery in battery.low.flatMap { low in battery.restored.map { (low, $0) } } }
        )
        profile.accessory = accessory
        profile.batteryPath = battery?.path
        profile.recognitions = recognitions
        profile.rows = rows
        return profile
    }

    private func name(_ section: ProfileNode, _ key: String, _ what: String) -> String? {
        section.require(key, what)
        return section.text(key, "\(what), 1 to 80 characters") { (1...80).contains($0.unicodeScalars.count) }
    }

    /// A required word of a list.
    func word(_ node: ProfileNode, _ key: String, _ words: [String]) -> String? {
        let rule = "one of: \(words.joined(separator: ", "))"
        node.require(key, rule)
        return node.text(key, rule, where: words.contains)
    }

    private func battery(_ top: ProfileNode, isJSON: Bool) -> (low: Double?, restored: Double?, path: DevicePath?)? {
        guard let section = top.section("battery", "{low: percent, restored: percent}") else { return nil }
        for key in ["low", "restored"] { section.require(key, "a percentage, 0 to 100") }
        let low = section.number("low", "a percentage, 0 to 100", where: (0...100).contains)
        let restored = section.number("restored", "a percentage, 0 to 100", where: (0...100).contains)
        if let low, let restored, low >= restored {
            section.problem("restored", "must lie above low, so that a battery at the limit does not go back and forth")
        }
        let path = isJSON ? path(section, "path") : nil
        section.finish()
        return (low, restored, path)
    }

    func path(_ node: ProfileNode, _ key: String) -> DevicePath? {
        node.text(key, "a path such as object.battery or list.0.value") { DevicePath($0) != nil }.flatMap(DevicePath.init)
    }

    private func recognitions(_ top: ProfileNode) -> [Recognition] {
        let rule = "a list of 1 to \(ProfileReader.recognitionsMax) ways to know the model, {path: …, equals: …} or {topic: …}"
        return (top.sections("recognise", rule, max: ProfileReader.recognitionsMax, allowsOne: true) ?? []).compactMap { section in
            defer { section.finish() }
            if section.has("topic") {
                let topic = section.text("topic", "a topic below the base, such as bridge/state") { !$0.isEmpty }
                return topic.map { Recognition(place: .topic, values: [.text($0)]) }
            }
            section.require("path", "the path to the model's name in the message, or topic instead")
            section.require("equals", "the model's name, or a list of them")
            let path = path(section, "path")
            let values = section.scalars("equals", max: ProfileReader.valuesMax)
            return path.flatMap { path in values.map { Recognition(place: .path(path), values: $0) } }
        }
    }

    // MARK: - Durations

    private static let largest: [Character: Int] = ["D": 3, "H": 4, "M": 5, "S": 6]

    /// Days, hours, minutes and seconds of ISO 8601, not zero: `P7D`, `PT26H`, `PT1H30M`.
    static func milliseconds(_ text: String) -> Int64? {
        var rest = Substring(text)
        guard rest.popFirst() == "P" else { return nil }
        var total: Int64 = 0
        var units = Array("DTHMS")
        var lastUnit: Character = "P"
        while let first = rest.first {
            var unit = first
            var number: Int64 = 0
            if first == "T" {
                rest.removeFirst()
            } else {
                let digits = rest.prefix { ("0"..."9").contains($0) }
                rest = rest.dropFirst(digits.count)
                guard let letter = rest.popFirst(), let digitsMax = largest[letter], (1...digitsMax).contains(digits.count),
                    let value = Int64(digits)
                else { return nil }
                (unit, number) = (letter, value)
            }
            guard let place = units.firstIndex(of: unit), unit == "T" || unit == "D" || !units.contains("T") else { return nil }
            units.removeFirst(place + 1)
            total += number * (["D": 86_400_000, "H": 3_600_000, "M": 60_000, "S": 1000][unit] ?? 0)
            lastUnit = unit
        }
        return lastUnit == "T" || total == 0 ? nil : total
    }
}
