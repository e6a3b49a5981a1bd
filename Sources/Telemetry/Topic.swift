/// An inbound topic taken apart (CONTRACT 1): `vaktlast/v1/{municipality}/{source}/{channel}`.
package struct Topic: Equatable, Sendable {
    package enum Channel: Equatable, Sendable {
        case alarm, telemetry, history, importing
        /// A device's own format; the codec's name is nil where the topic names none.
        case native(codec: String?)
    }

    package var municipality: String
    package var source: String
    package var channel: Channel

    package static let root = "vaktlast/v1"

    /// Everything below our own root.
    package static let ownFilter = "\(root)/#"

    package static func isOwn(_ topic: String) -> Bool { topic.utf8.starts(with: "\(root)/".utf8) }

    /// What the gate subscribes to, by lane. The filters never overlap.
    package static let alarmFilters = ["\(root)/+/+/alarm", "\(root)/+/+/native/#"]
    package static let restFilters = ["\(root)/+/+/telemetry", "\(root)/+/+/history", "\(root)/+/+/import"]

    package enum Reading: Equatable, Sendable {
        case topic(Topic)
        /// A municipality or source level that is against the rules.
        case bad
        /// A reserved source or a topic that is not for reading.
        case ignored
    }

    package static func read(_ text: String) -> Reading {
        let levels = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard levels.count >= 5, levels[0].elementsEqual("vaktlast".utf8), levels[1].elementsEqual("v1".utf8) else {
            return .ignored
        }
        if levels[levels.count - 1].elementsEqual("receipt".utf8) { return .ignored }
        let municipality = String(decoding: levels[2], as: UTF8.self)
        let source = String(decoding: levels[3], as: UTF8.self)
        if isReservedSource(source) { return .ignored }
        guard isMunicipality(municipality), isSource(source) else { return .bad }
        let channel: Channel
        switch (String(decoding: levels[4], as: UTF8.self), levels.count) {
        case ("alarm", 5): channel = .alarm
        case ("telemetry", 5): channel = .telemetry
        case ("history", 5): channel = .history
        case ("import", 5): channel = .importing
        case ("native", let count): channel = .native(codec: count > 5 ? String(decoding: levels[5], as: UTF8.self) : nil)
        default: return .ignored
        }
        return .topic(Topic(municipality: municipality, source: source, channel: channel))
    }

    /// What stands behind `native/{codec}/` in one of our own topics, as it stands; empty where there is nothing.
    package static func nativeRest(_ topic: String) -> String {
        let levels = topic.utf8.split(separator: UInt8(ascii: "/"), maxSplits: 6, omittingEmptySubsequences: false)
        return levels.count == 7 ? String(decoding: levels[6], as: UTF8.self) : ""
    }

    package static func isMunicipality(_ text: String) -> Bool {
        text.utf8.count == 4 && text.utf8.allSatisfy(PersonalData.isDigit)
    }

    /// `[a-z0-9-]{1,32}`; zone ids have the same form.
    package static func isSource(_ text: String) -> Bool {
        (1...32).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                PersonalData.isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || byte == UInt8(ascii: "-")
            }
    }

    package static func isReservedSource(_ text: String) -> Bool { text == "zone" || text == "service" }

    /// Where everything of a sender lies.
    package var senderRoot: String { "\(Topic.root)/\(municipality)/\(source)/" }

    /// Whether a Response Topic may be used: below the sender's own root, publishable, and read by no filter of ours.
    package func allowsResponse(on topic: String) -> Bool {
        guard topic.utf8.count > senderRoot.utf8.count, topic.utf8.starts(with: senderRoot.utf8),
            topic.utf8.count <= 65_535, !topic.unicodeScalars.contains(where: { $0 == "+" || $0 == "#" || $0.value == 0 })
        else { return false }
        let rest = topic.utf8.dropFirst(senderRoot.utf8.count)
        let isInbound =
            ["alarm", "telemetry", "history", "import", "native"].contains { rest.elementsEqual($0.utf8) }
            || rest.starts(with: "native/".utf8)
        return !isInbound
    }
}
