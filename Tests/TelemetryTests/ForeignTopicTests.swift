import Telemetry
import Testing

@Suite("Foreign topic trees")
struct ForeignTopicTests {
    @Test(
        "a filter is one as MQTT says",
        arguments: [
            ("zigbee2mqtt/#", true), ("#", true), ("+", true), ("a/+/b", true), ("/a", true), ("a//b", true), ("a/", true), ("", false), ("a/#/b", false),
            ("a#", false), ("a/b+", false), ("a/+b/c", false), ("a\0", false), ("a/##", false),
        ]
    )
    func validity(_ filter: String, _ isValid: Bool) { #expect(TopicFilter.isValid(filter) == isValid) }

    @Test(
        "a topic is one of a filter's as MQTT says",
        arguments: [
            ("a/#", "a", true), ("a/#", "a/b/c", true), ("a/#", "ab", false), ("a/+", "a/b", true), ("a/+", "a/b/c", false), ("a/+", "a", false),
            ("a/+", "a/", true), ("+/b", "/b", true), ("#", "$SYS/x", false), ("+/x", "$SYS/x", false), ("$SYS/#", "$SYS/x", true), ("a/b", "a/b", true),
            ("a/b", "a/B", false), ("a/+/c/#", "a/b/c", true), ("å", "a\u{30A}", false),
        ]
    )
    func matching(_ filter: String, _ topic: String, _ matches: Bool) { #expect(TopicFilter.matches(topic, filter) == matches) }

    /// Every topic and filter of up to three levels from a small alphabet.
    private static func all(_ alphabet: [String]) -> [String] {
        let one = alphabet
        let two = one.flatMap { first in alphabet.map { "\(first)/\($0)" } }
        return one + two + two.flatMap { first in alphabet.map { "\(first)/\($0)" } }
    }

    @Test("two filters overlap where there is a topic that both match")
    func overlap() {
        let topics = Self.all(["a", "b", "x"])
        let filters = Self.all(["a", "b", "+", "#"]).filter(TopicFilter.isValid)
        #expect(filters.count > 50)
        for one in filters {
            for other in filters {
                let shared = topics.contains { TopicFilter.matches($0, one) && TopicFilter.matches($0, other) }
                #expect(TopicFilter.overlap(one, other) == shared, "\(one) \(other)")
            }
        }
    }

    /// Municipality, source and codec.
    private func parts(_ reading: Topic.Reading) -> [String] {
        guard case .topic(let topic) = reading, case .native(let codec?) = topic.channel else { return [] }
        return [topic.municipality, topic.source, codec]
    }

    @Test("our own root is read as ever; a tree gives its municipality, source and codec; anything else is ignored")
    func reading() {
        let trees = ForeignTopics([
            .init(filter: "zigbee2mqtt/#", municipality: "3407", source: "zigbee", codec: "zigbee2mqtt"),
            .init(filter: "application/+/device/+/event/up", municipality: "3441", source: "lora", codec: "chirpstack"),
        ])
        #expect(trees.filters == ["zigbee2mqtt/#", "application/+/device/+/event/up"])
        for topic in ["vaktlast/v1/3407/a/alarm", "vaktlast/v1/34/a/alarm", "vaktlast/v1/3407/a/native/scaip/x", "vaktlast/v1/3407/a/receipt"] {
            #expect(trees.read(topic) == Topic.read(topic))
        }
        #expect(parts(trees.read("zigbee2mqtt/0x1")) == ["3407", "zigbee", "zigbee2mqtt"])
        #expect(parts(trees.read("zigbee2mqtt/a/receipt")) == ["3407", "zigbee", "zigbee2mqtt"])
        #expect(parts(trees.read("application/1/device/2/event/up")) == ["3441", "lora", "chirpstack"])
        #expect(trees.read("application/1/device/2/event/join") == .ignored && trees.read("other") == .ignored && trees.read("vaktlast/v2/x") == .ignored)
        #expect(Topic.nativeRest("vaktlast/v1/3407/a/native/scaip/x/y/") == "x/y/" && Topic.nativeRest("vaktlast/v1/3407/a/native/scaip") == "")
    }
}
