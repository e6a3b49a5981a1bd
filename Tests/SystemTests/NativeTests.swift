import Foundation
import Simulator
import Testing

extension SystemTests {
    @Suite("Devices' own formats")
    struct NativeTests {
        private static let scaip = "<mrq><ref>r1</ref><cid>123 45</cid><dty>3</dty><stc>10</stc></mrq>"
        private static let frame = "87CD0037\"ADM-CID\"9876R579BDFL789ABC#12345A[#12345A|1110 00 129]"
        private static let encrypted =
            "16780076\"*SIA-DCS\"0050L0#1234[3454DE2D6C5C02EF10E5A427661DF10680B49CF62CA6B136A88E8DA52A2EA61662D52B342B03FEEC94336EE85A81B757"
        private static let foreign = "foreign: [{topics: \"gateway/+/scaip\", municipality: \"3407\", source: b, codec: scaip}]\n"

        private func publish(_ text: String, on topic: String, _ broker: Broker, retained: Bool = false) throws {
            try run(
                "mosquitto_pub",
                [
                    "-h", "127.0.0.1", "-p", "\(broker.port)", "-u", "central", "-P", "central-secret", "-q", "1", "-t", topic, "-m", text,
                ] + (retained ? ["-r"] : [])
            )
        }

        private func alarms(_ service: ServiceUnderTest) throws -> Set<String> {
            let answer = try service.ask("alarms", "from=2020-01-01&to=2030-01-01")
            return Set(answer["alarms"]?.elements.compactMap { $0["alarm"]?.text } ?? [])
        }

        @Test("SCAIP, DC-09 and a foreign tree count once, live, after a restart and made anew; a key that comes later lets its frames in")
        func formats() throws {
            let broker = try Broker(foreignTopics: "gateway/#")
            // Kept by the broker from before the service knew the tree.
            try publish(Self.scaip.replacing("r1", with: "kept"), on: "gateway/9/scaip", broker, retained: true)
            let service = try ServiceUnderTest(broker, further: Self.foreign)
            let central = try Central(broker)
            try central.send(Self.scaip, on: "vaktlast/v1/3407/a/native/scaip")
            #expect(try central.receipt(naming: "scaip:12345:r1")["accepted"]?.number == 1)
            try central.send("\n\(Self.frame)\r", on: "vaktlast/v1/3407/a/native/dc09")
            #expect(try central.receipt(naming: "dc09:12345A:9876:87CD")["accepted"]?.number == 1)
            try central.send(Self.encrypted, on: "vaktlast/v1/3407/a/native/dc09")
            try publish(Self.scaip, on: "gateway/7/scaip", broker)
            try publish(Self.scaip, on: "gateway/7/scaip", broker)
            try publish(Self.scaip, on: "gateway/7/other", broker)
            let wanted: Set = ["scaip:12345:r1", "scaip:12345:kept", "dc09:12345A:9876:87CD"]
            try waitUntil("all is counted: \(service.log())") {
                try alarms(service) == wanted && service.ledger("b")?["received"]?.number == 3 && service.ledger("a")?["rejected"]?.number == 1
            }
            let ledger = try #require(try service.ledger("b"))
            #expect(ledger["duplicates"]?.number == 1)
            #expect(ledger["oddities"]?["scaip:cid-with-spaces"]?.number == 3)
            let refused = try service.ask("quarantine", "")["items"]?.elements.first
            #expect(refused?["reason"]?.text == "codec:encrypted, and no key for the account")
            #expect(refused?["excerpt"]?.text == Self.encrypted)
            let before = try service.ask("sources", "")
            #expect(service.stop() == 0)
            #expect(try service.command(["rebuild"]).status == 0)
            try service.start()
            #expect(try service.ask("sources", "")["sources"] == before["sources"])
            #expect(try alarms(service) == wanted)
            #expect(service.stop() == 0)

            try service.write("dc09.key", "0102030405060708090a0b0c0d0e0f10\n")
            try service.write("vaktlast.yaml", try service.settings() + "dc09Keys: [{municipality: \"3407\", source: a, keyFile: dc09.key}]\n")
            let replayed = try service.command(["quarantine", "replay"])
            #expect(replayed.status == 0 && replayed.output.contains("1 of 1 refused events are accepted now"), "\(replayed.output)")
            try service.start()
            #expect(try alarms(service) == wanted.union(["dc09:1234:0050:1678"]))
            #expect(!service.log().lowercased().contains("0102030405060708090a0b0c0d0e0f10"))
        }
    }
}
