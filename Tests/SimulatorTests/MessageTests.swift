import Simulator
import Testing

@Suite("Messages and their files")
struct MessageTests {
    private static let natives = """
        municipality: "3441"
        source: vakta
        zones: [{id: nord}]
        natives: [{devices: safety-alarm, codec: scaip, share: 0.5}, {devices: safety-alarm, codec: dc09}]
        delivery: {malformedShare: 0.02}

        """

    private func sent(_ yaml: String, batch: Int) throws -> [SimulatedMessage] {
        let scenario = try Scenario(yaml: yaml, file: "s.yaml")
        var simulation = Simulation(scenario: scenario, seed: 5, start: monday)
        var maker = MessageMaker(scenario, lane: .live, eventCountMax: batch)
        var sent: [SimulatedMessage] = []
        while let event = simulation.next(before: monday + day) { sent += maker.add(event) }
        return sent + maker.flush()
    }

    @Test("a file of messages gives back what was written, and says what is wrong with a line")
    func file() throws {
        let sent =
            try sent(Self.natives, batch: 3) + [
                SimulatedMessage(time: monday, topic: "a/æ", payload: [0xFF, 0x00, 0x22], meaning: .canonical)
            ]
        for message in sent {
            let line = MessageFile.line(message)
            #expect(line.last == UInt8(ascii: "\n") && line.filter { $0 == UInt8(ascii: "\n") }.count == 1)
            #expect(try MessageFile.read(Array(line.dropLast())) == .message(message))
        }
        let receipt = MessageFile.line(receipt: Array(#"{"position":7}"#.utf8), number: 3)
        #expect(try MessageFile.read(Array(receipt.dropLast())) == .receipt(number: 3, .object(["position": .integer(7)])))
        for line in ["[]", "{}", #"{"time":"now","topic":"t","payload":""}"#, #"{"time":"2026-10-05T00:00:00Z","topic":"t"}"#, #"{"number":1}"#] {
            #expect(throws: MessageFile.Problem.self) { try MessageFile.read(Array(line.utf8)) }
        }
    }

    @Test("devices' own frames go on native topics, each with the event it must become or the reason of its refusal")
    func natives() throws {
        let sent = try sent(Self.natives, batch: 1)
        let own = sent.filter { $0.topic.contains("/native/") }
        #expect(own.contains { $0.topic == "vaktlast/v1/3441/vakta/native/scaip" })
        #expect(own.contains { $0.topic == "vaktlast/v1/3441/vakta/native/dc09" })
        var auditor = Auditor(municipalities: [AuditedMunicipality(number: "3441", zones: ["nord"], registry: [])])
        var refused = 0
        for (index, message) in own.enumerated() {
            if case .refused = message.meaning { refused += 1 }
            auditor.read(
                AuditedMessage(position: Int64(index + 1), received: message.time, topic: message.topic, payload: message.payload, meaning: message.meaning)
            )
        }
        let source = try #require(auditor.sources(municipality: "3441").first)
        #expect(refused > 3)
        #expect(source.figure("rejected") == Double(refused))
        #expect(source.figure("accepted") > 1000)
        #expect(auditor.quarantine(municipality: "3441").count == refused)
    }

    @Test("the same seed gives the same messages, frames and all")
    func deterministic() throws {
        #expect(try sent(Self.natives, batch: 5) == sent(Self.natives, batch: 5))
    }

    @Test("a broken event goes alone, so that no batch goes down with it")
    func alone() throws {
        let yaml = Self.natives.replacing("0.02", with: "0.2").replacing(/natives.*\n/, with: "")
        for message in try sent(yaml, batch: 20) {
            var auditor = Auditor(municipalities: [])
            auditor.read(AuditedMessage(position: 1, received: message.time, topic: message.topic, payload: message.payload))
            let source = try #require(auditor.sources(municipality: "3441").first)
            #expect(source.figure("rejected") == 0 || source.figure("received") == 1)
        }
    }
}
