/// Topic trees outside our own root, mapped by the configuration to a municipality, a source and a codec (CONTRACT 1).
package struct ForeignTopics: Equatable, Sendable {
    package struct Tree: Equatable, Sendable {
        /// An MQTT filter, e.g. `zigbee2mqtt/#`.
        package var filter: String
        package var municipality: String
        package var source: String
        package var codec: String

        package init(filter: String, municipality: String, source: String, codec: String) {
            self.filter = filter
            self.municipality = municipality
            self.source = source
            self.codec = codec
        }
    }

    package let trees: [Tree]

    /// - Parameter trees: with filters that overlap neither each other nor our own root.
    package init(_ trees: [Tree] = []) { self.trees = trees }

    package var filters: [String] { trees.map(\.filter) }

    /// What stands behind the levels that a tree's filter names outright, as the friendly name does behind the base topic
    /// of Zigbee2MQTT; the whole topic where the filter has no wildcard.
    package func belowBase(_ topic: String) -> String {
        guard let tree = trees.first(where: { TopicFilter.matches(topic, $0.filter) }) else { return topic }
        let wanted = tree.filter.split(separator: "/", omittingEmptySubsequences: false)
        let fixed = wanted.prefix { $0 != "+" && $0 != "#" }.count
        guard fixed < wanted.count else { return topic }
        return topic.split(separator: "/", omittingEmptySubsequences: false).dropFirst(fixed).joined(separator: "/")
    }

    /// Reads a topic of our own root or of a foreign tree. O(trees).
    package func read(_ topic: String) -> Topic.Reading {
        if Topic.isOwn(topic) { return Topic.read(topic) }
        guard let tree = trees.first(where: { TopicFilter.matches(topic, $0.filter) }) else { return .ignored }
        return .topic(Topic(municipality: tree.municipality, source: tree.source, channel: .native(codec: tree.codec)))
    }
}

/// MQTT topic filters (MQTT 5, 4.7).
package enum TopicFilter {
    private static let any = [UInt8(ascii: "+")][...]
    private static let rest = [UInt8(ascii: "#")][...]

    private static func levels(_ text: String) -> [ArraySlice<UInt8>] {
        Array(text.utf8).split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    }

    /// Whether a filter is one: wildcards alone in their level, `#` last.
    package static func isValid(_ filter: String) -> Bool {
        guard (1...65_535).contains(filter.utf8.count), !filter.utf8.contains(0) else { return false }
        let levels = levels(filter)
        return levels.indices.allSatisfy { index in
            let level = levels[index]
            if level == rest { return index == levels.count - 1 }
            return level == any || !level.contains { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "#") }
        }
    }

    /// Whether a topic is one of the filter's; bytewise. A wildcard in front matches no topic that begins with `$`.
    package static func matches(_ topic: String, _ filter: String) -> Bool {
        let (levels, wanted) = (levels(topic), levels(filter))
        if topic.utf8.first == UInt8(ascii: "$"), wanted.first == any || wanted.first == rest { return false }
        for (index, level) in wanted.enumerated() {
            // "a/#" matches "a" too.
            if level == rest { return true }
            if index >= levels.count || level != any && level != levels[index] { return false }
        }
        return levels.count == wanted.count
    }

    /// Whether there may be a topic that both match.
    package static func overlap(_ one: String, _ other: String) -> Bool {
        let (left, right) = (levels(one), levels(other))
        for index in 0..<max(left.count, right.count) {
            let first = index < left.count ? left[index] : nil
            let second = index < right.count ? right[index] : nil
            if first == rest || second == rest { return true }
            guard let first, let second else { return false }
            if first != any, second != any, first != second { return false }
        }
        return true
    }
}
