import Simulator
import Testing

/// The rules of CONTRACT 2 and 3 as tables.
@Suite("The auditor reads events")
struct AuditorEventTests {
    private static let head = #""specversion":"1.0","id":"e1","source":"c""#
    private static let raised = #""type":"no.vaktlast.alarm.raised""#
    private static let data = #""data":{"device":"d1","alarm":"a","kind":"manual"}"#

    private func reason(_ payload: String) -> String? {
        var told = Told()
        guard case .array(let rejected) = told.message(payload)?["rejected"] else { return "no receipt" }
        guard case .string(let reason) = rejected.first?["reason"] else { return nil }
        return reason
    }

    @Test(
        "a message is refused whole for what it is",
        arguments: [
            ("", "not-json"), ("{", "not-json"), ("{}x", "not-json"), ("[1,]", "not-json"), ("{\"a\":01}", "not-json"),
            ("{\"a\":1e400}", "not-json"), ("{\"a\":\"\\ud800\"}", "not-json"),
            ("{\"a\":\"\\udc00\\ud800\"}", "not-json"),
            ("{\"a\":\"\t\"}", "not-json"), ("nul", "not-json"), ("{\"a\":.5}", "not-json"), ("{\"a\":+1}", "not-json"),
            (String(repeating: "[", count: 65) + String(repeating: "]", count: 65), "not-json"),
            ("42", "not-an-event"), ("\"text\"", "not-an-event"), ("null", "not-an-event"),
            (" [" + Array(repeating: "1", count: 5001).joined(separator: ",") + "]", "too-many-events"),
            (String(repeating: " ", count: 1_048_577), "too-large"),
        ]
    )
    func wholeMessages(payload: String, reason: String) {
        var told = Told()
        let receipt = told.message(payload)
        let rejection = AuditValue.object(["index": .integer(0), "id": .null, "reason": .string(reason)])
        #expect(receipt?["rejected"] == .array([rejection]))
        #expect(receipt?["ids"] == .array([.null]))
        #expect(receipt?["events"] == .integer(1))
        #expect(told.auditor.sources(municipality: "3407").first?.figure("rejected") == 1)
    }

    @Test("bytes that are no UTF-8 are refused before they are no JSON")
    func notUTF8() {
        var auditor = Auditor(municipalities: [])
        let topic = "vaktlast/v1/3407/c/alarm"
        let receipt = auditor.read(
            AuditedMessage(position: 1, received: 0, topic: topic, payload: [0x7B, 0xED, 0xA0, 0x80])
        )
        #expect(receipt?["rejected"]?.description.contains("not-utf8") == true)
    }

    @Test(
        "the first reason in the contract's order is given",
        arguments: [
            ("[5]", "not-an-event"), ("[[]]", "not-an-event"), ("{}", "missing:specversion"),
            (#"{"specversion":1.0}"#, "bad:specversion"), (#"{"specversion":null}"#, "missing:specversion"),
            (#"{"specversion":"1.0"}"#, "missing:id"), (#"{"specversion":"1.0","id":""}"#, "bad:id"),
            (#"{"specversion":"1.0","id":"a\u0001"}"#, "bad:id"),
            (#"{"specversion":"1.0","id":"a"}"#, "missing:source"),
            (#"{"specversion":"1.0","id":"a","source":""}"#, "bad:source"), ("{\(head)}", "missing:type"),
            (#"{\#(head),"type":"no.vaktlast.alarm.raise"}"#, "unknown-type"),
            (#"{\#(head),"type":7}"#, "unknown-type"),
            (#"{\#(head),\#(raised),"time":"yesterday"}"#, "bad-time"),
            (#"{\#(head),\#(raised),"time":5}"#, "bad-time"),
            (#"{\#(head),\#(raised),"subject":5}"#, "bad:subject"),
            (#"{\#(head),\#(raised),"sequence":5}"#, "bad:sequence"),
            (#"{\#(head),\#(raised),"sequence":"-5"}"#, "bad:sequence"), ("{\(head),\(raised)}", "missing:data"),
            (#"{\#(head),\#(raised),"data_base64":"aGVp"}"#, "missing:data"),
            (#"{\#(head),\#(raised),"data":[]}"#, "bad:data"),
        ]
    )
    func attributes(payload: String, reason: String) {
        #expect(self.reason(payload) == reason)
    }

    @Test(
        "members are checked in the order of the table, the zone last",
        arguments: [
            ("alarm.raised", "", "missing:device"), ("alarm.raised", #""device":"d 1""#, "bad:device"),
            ("alarm.closed", #""device":"d 1""#, "bad:device"), ("alarm.raised", #""device":"d1""#, "missing:alarm"),
            ("alarm.raised", #""device":"d1","alarm":"\u0000""#, "bad:alarm"),
            ("alarm.raised", #""device":"d1","alarm":"a""#, "missing:kind"),
            ("alarm.raised", #""device":"d1","alarm":"a","kind":"Fall""#, "bad:kind"),
            ("alarm.raised", #""device":"d1","alarm":"a","kind":"fall","priority":10"#, "bad:priority"),
            ("alarm.raised", #""device":"d1","alarm":"a","kind":"fall","priority":2.5"#, "bad:priority"),
            ("alarm.raised", #""device":"d1","alarm":"a","kind":"fall","priority":true"#, "bad:priority"),
            ("alarm.raised", #""device":"d1","alarm":"a","kind":"fall","test":1"#, "bad:test"),
            ("alarm.raised", #""device":"d1","alarm":"a","kind":"fall","zone":"""#, "bad:zone"),
            ("alarm.raised", #""zone":"","device":"d1","alarm":"a","kind":"fall","test":0"#, "bad:test"),
            ("alarm.answered", #""alarm":"a","voice":"yes""#, "bad:voice"),
            ("alarm.accepted", #""alarm":"a","responders":0"#, "bad:responders"),
            ("alarm.dispatched", #""alarm":"a","respondingZone":5"#, "bad:respondingZone"),
            ("alarm.closed", #""alarm":"a""#, "missing:outcome"),
            ("alarm.closed", #""alarm":"a","outcome":"x""#, "bad:outcome"),
            ("alarm.closed", #""alarm":"a","outcome":"other","cause":"x""#, "bad:cause"),
            ("sensor.observed", #""device":"d1""#, "missing:property"),
            ("sensor.observed", #""device":"d1","property":"p""#, "missing:value"),
            ("sensor.observed", #""device":"d1","property":"p","value":[]"#, "bad:value"),
            ("sensor.observed", #""device":"d1","property":"p","value":null"#, "missing:value"),
            ("assist.performed", #""device":"d1","technology":"location""#, "missing:result"),
            ("device.heartbeat", #""device":"d1","battery":101"#, "bad:battery"),
            ("device.heartbeat", "", "missing:device"),
            ("device.heartbeat", #""device":"d1","signal":"weak""#, "bad:signal"),
            ("device.fault", #""device":"d1""#, "missing:fault"),
        ]
    )
    func members(type: String, data: String, reason: String) {
        #expect(self.reason(#"{\#(Self.head),"type":"no.vaktlast.\#(type)","data":{\#(data)}}"#) == reason)
    }

    @Test(
        "what is unusual and allowed is accepted",
        arguments: [
            "\u{FEFF} {\(head),\(raised),\(data)}", " \n[{\(head),\(raised),\(data)}]",
            #"{\#(head),\#(raised),"subject":"d1","data":{"alarm":"a","kind":"manual","priority":2.0,"more":{}}}"#,
            #"{\#(head),\#(raised),"data":5,"data":{"device":"d1","alarm":"a","kind":5,"k\u0069nd":"manual"}}"#,
            #"{\#(head),"type":"no.vaktlast.alarm.repeated","data":{"alarm":"æøå"}}"#,
            #"{\#(head),\#(raised),"time":"2026-10-05t09:59:60.123456789+02:00",\#(data)}"#,
            #"{\#(head),\#(raised),"nationality":"12345678901","text":"a13097248022",\#(data)}"#,
        ]
    )
    func accepted(payload: String) {
        #expect(reason(payload) == nil)
    }

    /// Synthetic numbers (month + 80, and a D-number) with right control digits; none belongs to a person.
    @Test(
        "a national identity number is found wherever it stands alone",
        arguments: [
            ("NUMBER", true), ("SPACED", true), ("xNUMBER", false), ("NUMBERø", false), ("1NUMBER", false),
            ("(NUMBER)", true), ("fnr:NUMBER.", true), ("x SPACED", true), ("1SPACED", false), ("WRONG", false),
        ]
    )
    func personalData(text: String, found: Bool) throws {
        let number = Self.syntheticNumber()
        let written = text.replacing("NUMBER", with: number)
            .replacing("SPACED", with: "\(number.prefix(6)) \(number.suffix(5))")
            .replacing("WRONG", with: "\(number.prefix(10))\(number.hasSuffix("0") ? "1" : "0")")
        let payload = #"{"deep":[{"a":"\#(written)"}],\#(Self.head),\#(Self.raised),\#(Self.data)}"#
        #expect(reason(payload) == (found ? "personal-data" : nil))
    }

    @Test("an identity number in the id is masked in the receipt")
    func maskedId() {
        var told = Told()
        let receipt = told.message(#"{"specversion":"1.0","id":"e-\#(Self.syntheticNumber())"}"#)
        #expect(receipt?["ids"] == .array([.string("e-***********")]))
    }

    /// The first number of 15.81.50 whose control digits are right, by trying all.
    private static func syntheticNumber() -> String {
        for rest in 0..<100_000 {
            let text = "158150" + String(repeating: "0", count: 5 - String(rest).count) + String(rest)
            let digits = text.utf8.map { Int($0) - 48 }
            let first = zip([3, 7, 6, 1, 8, 9, 4, 5, 2, 1], digits).reduce(0) { $0 + $1.0 * $1.1 }
            let second = zip([5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1], digits).reduce(0) { $0 + $1.0 * $1.1 }
            if first % 11 == 0 && second % 11 == 0 { return text }
        }
        return ""
    }
}

extension AuditValue {
    fileprivate var description: String { "\(self)" }
}
