import Telemetry
import Testing

@Suite("Topics")
struct TopicTests {
    private static func topic(
        _ channel: Topic.Channel,
        municipality: String = "3407",
        source: String = "s-1"
    ) -> Topic.Reading {
        .topic(sender(channel, municipality, source))
    }

    /// A topic made of its parts; the one it starts from has other ones.
    private static func sender(_ channel: Topic.Channel, _ municipality: String, _ source: String) -> Topic {
        guard case .topic(var topic) = Topic.read("vaktlast/v1/9999/other/native/other") else {
            preconditionFailure("a plain topic is read")
        }
        topic.municipality = municipality
        topic.source = source
        topic.channel = channel
        return topic
    }

    private static let longest = String(repeating: "z", count: 32)

    static let table: [(text: String, reading: Topic.Reading)] = [
        ("vaktlast/v1/3407/s-1/alarm", topic(.alarm)),
        ("vaktlast/v1/3407/s-1/telemetry", topic(.telemetry)),
        ("vaktlast/v1/3407/s-1/history", topic(.history)),
        ("vaktlast/v1/3407/s-1/import", topic(.importing)),
        ("vaktlast/v1/3407/s-1/native/scaip", topic(.native(codec: "scaip"))),
        ("vaktlast/v1/3407/s-1/native/dc09/a/b/c", topic(.native(codec: "dc09"))),
        ("vaktlast/v1/0000/0/alarm", topic(.alarm, municipality: "0000", source: "0")),
        ("vaktlast/v1/3407/\(longest)/alarm", topic(.alarm, source: longest)),
        // A bad municipality or source level.
        ("vaktlast/v1/340/s-1/alarm", .bad),
        ("vaktlast/v1/34071/s-1/alarm", .bad),
        ("vaktlast/v1/34o7/s-1/alarm", .bad),
        ("vaktlast/v1/٣٤٠٧/s-1/alarm", .bad),
        ("vaktlast/v1//s-1/alarm", .bad),
        ("vaktlast/v1/3407//alarm", .bad),
        ("vaktlast/v1/3407/S-1/alarm", .bad),
        ("vaktlast/v1/3407/s_1/alarm", .bad),
        ("vaktlast/v1/3407/sør/alarm", .bad),
        ("vaktlast/v1/3407/\(longest)z/alarm", .bad),
        ("vaktlast/v1/***********/s-1/alarm", .bad),
        // Reserved sources, and what ends in receipt.
        ("vaktlast/v1/3407/zone/alarm", .ignored),
        ("vaktlast/v1/3407/service/alarm", .ignored),
        ("vaktlast/v1/3407/s-1/receipt", .ignored),
        ("vaktlast/v1/3407/s-1/native/scaip/receipt", .ignored),
        ("vaktlast/v1/abc/s-1/native/receipt", .ignored),
        ("vaktlast/v1/3407/zones/alarm", topic(.alarm, source: "zones")),
        ("vaktlast/v1/3407/s-1/native/receipt/x", topic(.native(codec: "receipt"))),
        // No filter of ours.
        ("vaktlast/v1/3407/s-1/other", .ignored),
        ("vaktlast/v1/3407/s-1/Alarm", .ignored),
        ("vaktlast/v1/3407/s-1/alarm/more", .ignored),
        ("vaktlast/v1/3407/s-1", .ignored),
        ("vaktlast/v2/3407/s-1/alarm", .ignored),
        ("/vaktlast/v1/3407/s-1/alarm", .ignored),
        ("", .ignored),
    ]

    @Test("an inbound topic is read, refused or ignored", arguments: table)
    func read(text: String, reading: Topic.Reading) {
        #expect(Topic.read(text) == reading)
    }

    static let responses: [(topic: String, isAllowed: Bool)] = [
        ("vaktlast/v1/3407/s-1/answers", true),
        ("vaktlast/v1/3407/s-1/answers/42", true),
        ("vaktlast/v1/3407/s-1/receipt", true),
        ("vaktlast/v1/3407/s-1/receipt/native", true),
        ("vaktlast/v1/3407/s-1/alarm/x", true),
        ("vaktlast/v1/3407/s-1/natives", true),
        // Read by a filter of ours.
        ("vaktlast/v1/3407/s-1/alarm", false),
        ("vaktlast/v1/3407/s-1/telemetry", false),
        ("vaktlast/v1/3407/s-1/history", false),
        ("vaktlast/v1/3407/s-1/import", false),
        ("vaktlast/v1/3407/s-1/native", false),
        ("vaktlast/v1/3407/s-1/native/x", false),
        ("vaktlast/v1/3407/s-1/native/x/receipt", false),
        // Not below the sender's own root.
        ("vaktlast/v1/3407/s-1", false),
        ("vaktlast/v1/3407/s-1/", false),
        ("vaktlast/v1/3407/s-10/answers", false),
        ("vaktlast/v1/3407/s-2/answers", false),
        ("vaktlast/v1/3440/s-1/answers", false),
        ("answers", false),
        ("", false),
        // Not publishable.
        ("vaktlast/v1/3407/s-1/answers/#", false),
        ("vaktlast/v1/3407/s-1/+/answers", false),
        ("vaktlast/v1/3407/s-1/an\0swers", false),
    ]

    @Test("a response topic lies below the sender's root, and no filter of ours reads it", arguments: responses)
    func response(topic: String, isAllowed: Bool) {
        let sender = Self.sender(.alarm, "3407", "s-1")
        #expect(sender.senderRoot == "vaktlast/v1/3407/s-1/")
        #expect(sender.allowsResponse(on: topic) == isAllowed)
    }

    @Test("a response topic longer than MQTT's 65,535 bytes is none")
    func longResponse() {
        let sender = Self.sender(.alarm, "3407", "s-1")
        let longest = sender.senderRoot + String(repeating: "x", count: 65_535 - sender.senderRoot.utf8.count)
        #expect(sender.allowsResponse(on: longest))
        #expect(!sender.allowsResponse(on: longest + "x"))
    }

    /// MQTT's own rule for `+` and `#`.
    private func matches(_ filter: String, _ topic: String) -> Bool {
        let filter = filter.split(separator: "/", omittingEmptySubsequences: false)
        let topic = topic.split(separator: "/", omittingEmptySubsequences: false)
        for (index, level) in filter.enumerated() {
            if level == "#" { return true }
            guard index < topic.count, level == "+" || level == topic[index] else { return false }
        }
        return filter.count == topic.count
    }

    @Test("a topic that is read comes through exactly one filter of the two lanes", arguments: table)
    func oneFilter(text: String, reading: Topic.Reading) {
        let hits = (Topic.alarmFilters + Topic.restFilters).count { matches($0, text) }
        if case .topic = reading { #expect(hits == 1) } else { #expect(hits <= 1) }
    }
}
