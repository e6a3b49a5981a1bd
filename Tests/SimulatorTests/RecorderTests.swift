import Simulator
import Testing

@Suite("Recording without names")
struct RecorderTests {
    private static let key = [UInt8](repeating: 0x0B, count: 20)

    @Test("the pseudonym is HMAC-SHA-256 (RFC 4231, case 1)")
    func code() {
        let pseudonyms = Pseudonyms(key: Self.key)
        #expect(pseudonyms.code(Array("Hi There".utf8)) == "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")
        #expect(pseudonyms.pseudonym("Hi There") == "B0344C61D8DB3853")
        #expect(pseudonyms.device("26317:2") == pseudonyms.device("26317") + ":2")
        #expect(!pseudonyms.device("26317:kari").contains("kari"))
        #expect(Pseudonyms(key: Self.key + [1]).pseudonym("Hi There") != pseudonyms.pseudonym("Hi There"))
    }

    private func recorded(_ recorder: inout Recorder, _ topic: String, _ payload: String) throws -> SimulatedMessage {
        let outcome = recorder.record(topic: topic, payload: Array(payload.utf8), time: monday)
        guard case .recorded(let message) = outcome else { throw LeftOut() }
        return message
    }

    private struct LeftOut: Error {}

    private func isLeftOut(_ recorder: inout Recorder, _ topic: String, _ payload: String) -> Bool {
        if case .leftOut = recorder.record(topic: topic, payload: Array(payload.utf8), time: monday) { return true }
        return false
    }

    @Test("events of the contract keep what figures need; device, subject, id and alarm are pseudonyms, the rest is gone")
    func canonical() throws {
        var recorder = Recorder(pseudonyms: Pseudonyms(key: Self.key))
        let event = """
            {"specversion":"1.0","id":"secret-0001-7","source":"urn:secret-0001","type":"no.vaktlast.alarm.closed","time":"2026-10-05T10:00:00Z",\
            "subject":"secret-0001","sequence":"12","note":"Kari bor her","data":{"device":"secret-0001","alarm":"secret-0001/9","outcome":"visited",\
            "cause":"fall","zone":"biri","caller":"Kari","value":"secret-0001"}}
            """
        let message = try recorded(&recorder, "vaktlast/v1/3407/c/alarm", "[\(event),5]")
        let text = String(decoding: message.payload, as: UTF8.self)
        #expect(!text.contains("secret") && !text.contains("Kari") && !text.contains("note"))
        for kept in [#""outcome":"visited""#, #""cause":"fall""#, #""zone":"biri""#, #""sequence":"12""#, #""time":"2026-10-05T10:00:00Z""#] {
            #expect(text.contains(kept), "\(kept)")
        }
        #expect(text.contains(Pseudonyms(key: Self.key).device("secret-0001")))
        let again = try recorded(&recorder, "vaktlast/v1/3407/c/alarm", "[\(event),5]")
        #expect(again == message)
    }

    @Test("what a simulated central and its devices send counts the same when it is recorded and played")
    func sameFigures() throws {
        let scenario = try scenario("bad-clocks")
        var simulation = Simulation(scenario: scenario, seed: 3, start: monday)
        var maker = MessageMaker(scenario, lane: .live, eventCountMax: 1)
        var recorder = Recorder(pseudonyms: Pseudonyms(key: Self.key))
        var ledgers = [Auditor(municipalities: [AuditedMunicipality(scenario)]), Auditor(municipalities: [AuditedMunicipality(scenario)])]
        var position: Int64 = 0
        while let event = simulation.next(before: monday + 2 * day) {
            for message in maker.add(event) where !message.topic.contains("native") {
                position += 1
                guard case .recorded(let own) = recorder.record(topic: message.topic, payload: message.payload, time: message.time) else { continue }
                for (index, payload) in [message.payload, own.payload].enumerated() {
                    ledgers[index].read(AuditedMessage(position: position, received: message.time, topic: own.topic, payload: payload))
                }
            }
        }
        let sources = ledgers.map { $0.sources(municipality: "3441") }
        #expect(position > 2000)
        #expect(sources[0] == sources[1])
        let kpis = ledgers.map { $0.kpis(municipality: "3441", from: monday, to: monday + 3 * day) }
        #expect(kpis[0] == kpis[1])
    }

    @Test("frames are written anew from their codes; frame and central agree on the alarm's name")
    func natives() throws {
        var recorder = Recorder(pseudonyms: Pseudonyms(key: Self.key))
        let root = "vaktlast/v1/3407/c/native"
        let scaip = try recorded(
            &recorder,
            "\(root)/scaip/hos-kari",
            "<mrq><ref>R7</ref><cid>26 317</cid><dty>3</dty><stc>10</stc><ame>Kari</ame><hbo>61234567</hbo></mrq>"
        )
        let xml = String(decoding: scaip.payload, as: UTF8.self)
        #expect(xml.contains("<stc>10</stc>") && xml.contains("<dty>3</dty>"))
        for word in ["Kari", "kari", "317", "R7", "6123"] { #expect(!(xml + scaip.topic).contains(word), "\(word)") }
        let cid = try #require(xml.firstMatch(of: /<cid>(.*)<\/cid>/)?.1)
        let ref = try #require(xml.firstMatch(of: /<ref>(.*)<\/ref>/)?.1)
        let answered = try recorded(&recorder, "vaktlast/v1/3407/c/alarm", #"{"data":{"alarm":"scaip:26317:R7"}}"#)
        #expect(String(decoding: answered.payload, as: UTF8.self).contains("scaip:\(cid):\(ref)"))

        // A frame published with the standard.
        let frame = "\n87CD0037\"ADM-CID\"9876R579BDFL789ABC#12345A[#12345A|1110 00 129]\r"
        let dc09 = try recorded(&recorder, "\(root)/dc09", frame)
        let text = String(decoding: dc09.payload, as: UTF8.self)
        #expect(text.contains("|1110 00 129]") && !text.contains("12345A"))
        let own = try #require(text.firstMatch(of: /\n(....)....".*"9876L0#([0-9A-F]+)\[/))
        let closed = try recorded(&recorder, "vaktlast/v1/3407/c/alarm", #"{"data":{"alarm":"dc09:12345A:9876:87CD"}}"#)
        #expect(String(decoding: closed.payload, as: UTF8.self).contains("dc09:\(own.2):9876:\(own.1)"))
        let isLeft = isLeftOut(&recorder, "\(root)/dc09", frame.replacing("\"ADM", with: "\"*ADM"))
        #expect(isLeft)
    }

    @Test("JSON of sensors keeps numbers, times and known words, and loses names, positions and raw payloads")
    func sensors() throws {
        var recorder = Recorder(pseudonyms: Pseudonyms(key: Self.key))
        let json = """
            {"deduplicationId":"d-1","time":"2026-10-05T10:00:00Z","deviceInfo":{"devEui":"24e124","deviceName":"Kari","deviceProfileName":"VS373",\
            "tags":{"who":"Kari"}},"fCnt":7,"data":"S2FyaQ==","object":{"detection_status":4,"battery":88,"latitude":61.1},"rxInfo":[{"gatewayId":"24e1"}]}
            """
        let message = try recorded(&recorder, "vaktlast/v1/3407/c/native/chirpstack/application/5/device/24e124/event/up", json)
        let text = String(decoding: message.payload, as: UTF8.self)
        for word in ["Kari", "24e1", "61.1", "S2Fya", "d-1"] { #expect(!(text + message.topic).contains(word), "\(word)") }
        for word in [#""deviceProfileName":"VS373""#, #""fCnt":7"#, #""detection_status":4"#, #""time":"2026-10-05T10:00:00Z""#] {
            #expect(text.contains(word), "\(word)")
        }
        #expect(message.topic.hasSuffix("/event/up") && message.topic.contains("/chirpstack/application/"))
    }

    @Test("what cannot be read is not recorded")
    func unreadable() {
        var recorder = Recorder(pseudonyms: Pseudonyms(key: Self.key))
        for payload in ["Kari trenger hjelp", "{\"a\":", "", "5", "\u{1F}\u{8B}kari"] {
            let isLeft = isLeftOut(&recorder, "vaktlast/v1/3407/c/alarm", payload)
            #expect(isLeft)
        }
        let isLeft = isLeftOut(&recorder, "vaktlast/v1/3407/c/native/scaip", "<!DOCTYPE mrq><mrq><ref>1</ref></mrq>")
        #expect(isLeft)
    }
}
