import Telemetry

/// Topics: what is read is what our filters subscribe to; what may be answered on is read by none of them.
enum TopicsTarget {
    static func check(_ bytes: [UInt8]) {
        let fields = Fields(bytes)
        guard case .topic(let topic) = Topic.read(fields.topic) else { return }
        let levels = levels(fields.topic)
        expect(filters.contains { matches(levels, $0) }, "a topic that is read matches a filter")
        expect(filters.filter { matches(levels, $0) }.count == 1, "one filter alone")
        expect(levels.last != "receipt", "a receipt is never read")
        expect(levels[2].count == 4 && levels[2].allSatisfy { "0123456789".contains($0) }, "the municipality is four digits")
        expect(topic.municipality == levels[2] && topic.source == levels[3], "the levels are the topic's")
        expect((1...32).contains(levels[3].count) && !["zone", "service"].contains(levels[3]), "the source may be one")
        expect(levels[3].allSatisfy { "abcdefghijklmnopqrstuvwxyz0123456789-".contains($0) }, "the source's letters")
        guard let response = fields.responseTopic else { return }
        let responseLevels = Self.levels(response)
        let isBelow = responseLevels.count >= 5 && responseLevels.prefix(4) == levels.prefix(4) && Array(response.utf8).count > topic.senderRoot.utf8.count
        let isPlain = !response.unicodeScalars.contains { "+#\0".unicodeScalars.contains($0) } && response.utf8.count <= 65_535
        let isRead = filters.contains { matches(responseLevels, $0) }
        expect(topic.allowsResponse(on: response) == (isBelow && isPlain && !isRead), "a response topic is below the sender's root and read by no filter")
    }

    private static let filters = (Topic.alarmFilters + Topic.restFilters).map(levels)

    /// By Unicode scalars: two levels that differ only in normalisation are two.
    private static func levels(_ topic: String) -> [String] {
        topic.unicodeScalars.split(separator: "/", omittingEmptySubsequences: false).map { String($0) }
    }

    /// MQTT 5, 4.7.1.
    private static func matches(_ levels: [String], _ filter: [String]) -> Bool {
        for (index, wanted) in filter.enumerated() {
            if wanted == "#" { return true }
            // "a/#" matches "a" too.
            if index >= levels.count { return false }
            if wanted != "+", wanted != levels[index] { return false }
        }
        return levels.count == filter.count
    }
}
