import Devices
import Foundation
import Telemetry
import Testing

/// One request read alone.
func scaip(_ text: String) throws -> NativeReading { try scaip(bytes: Array(text.utf8)) }

func scaip(bytes: [UInt8]) throws -> NativeReading {
    var memory = DeviceMemory()
    let message = NativeMessage(payload: bytes, topic: "", municipality: "3407", source: "a", received: 1_790_000_000_000)
    return try NativeDecoder().read(message, codec: .scaip, memory: &memory) { _ in nil }
}

private func request(_ elements: String) -> String { "<mrq><ref>r1</ref><cid>123 45</cid>\(elements)</mrq>" }

/// Type and data as one line, without the alarm's name.
private func line(_ event: DeviceEvent?) -> String {
    guard let event else { return "nothing" }
    let data = event.data.filter { $0.name != "alarm" }.map { name, value in
        switch value {
        case .text(let text): "\(name)=\(text)"
        case .number(let number): "\(name)=\(number)"
        case .flag(let flag): "\(name)=\(flag)"
        }
    }
    return ([event.type.word] + data).joined(separator: " ")
}

/// Text as UTF-16.
private func utf16(_ text: String, isBigEndian: Bool, hasMark: Bool) -> [UInt8] {
    var bytes: [UInt8] = []
    for unit in (hasMark ? [0xFEFF] : []) + Array(text.utf16) {
        let (high, low) = (UInt8(unit >> 8), UInt8(truncatingIfNeeded: unit))
        bytes += isBigEndian ? [high, low] : [low, high]
    }
    return bytes
}

@Suite("SCAIP")
struct SCAIPTests {
    @Test(
        "a status is what the table says",
        arguments: [
            (9, "alarm.raised kind=manual"), (10, "alarm.raised kind=manual"), (81, "alarm.raised kind=medication"),
            (83, "assist.performed technology=medication-dispenser result=done"), (14, "device.fault fault=battery-low"),
            (16, "device.fault fault=battery-low"), (15, "device.restored fault=battery-low"), (23, "device.fault fault=link-lost"),
            (24, "device.fault fault=link-lost"), (26, "device.fault fault=link-lost"), (63, "device.fault fault=link-lost"),
            (112, "device.restored fault=link-lost"), (113, "device.restored fault=link-lost"), (115, "device.restored fault=link-lost"),
            (85, "device.fault fault=mains-lost"), (86, "device.restored fault=mains-lost"), (67, "device.fault fault=malfunction"),
            (70, "device.restored fault=malfunction"), (68, "device.fault fault=memory-full"), (125, "device.fault fault=tamper"),
            (123, "device.fault fault=radio-test-missing"), (124, "device.restored fault=radio-test-missing"), (102, "device.tested"),
            (103, "device.tested"), (88, "sensor.observed property=presence-after-alarm value=true"),
            (111, "sensor.observed property=intervention-complete value=true"), (19, "sensor.observed property=cancel value=true"),
            (92, "sensor.observed property=reset value=true"), (93, "sensor.observed property=reset value=true"),
            (117, "sensor.observed property=in-bed value=true"), (119, "sensor.observed property=movement value=true"),
            (0, "sensor.observed property=scaip-status value=0.0"), (11, "sensor.observed property=scaip-status value=11.0"),
            (114, "sensor.observed property=scaip-status value=114.0"), (9999, "sensor.observed property=scaip-status value=9999.0"),
        ]
    )
    func status(_ status: Int, _ expected: String) throws {
        for text in ["\(status)", "0\(status)", "00000\(status)"] {
            let reading = try scaip(request("<dty>03</dty><stc>\(text)</stc>"))
            #expect(reading.events.map { line($0) } == [expected])
            #expect(reading.events.first?.id == "scaip:12345:r1")
            #expect(reading.events.first?.device == "12345")
            #expect(reading.events.first?.time == nil)
            #expect(reading.oddities == ["scaip:cid-with-spaces"])
        }
        // Nothing of a heartbeat but its sign of life, whatever status it carries.
        #expect(line(try scaip(request("<stc>\(status)</stc><mty>PI</mty><dty>2</dty>")).events.first) == "device.heartbeat")
        #expect(line(try scaip(request("<stc>\(status)</stc><mty>RE</mty><dty>2</dty>")).events.first) == "sensor.observed property=reset value=true")
        #expect(line(try scaip(request("<mty>IN</mty><stc>\(status)</stc><dty>3</dty>")).events.first) == expected)
    }

    @Test("the kind of an alarm comes of the device's type")
    func kinds() throws {
        let kinds: [AlarmKind: [Int]] = [
            .fall: [5], .inactivity: [10, 18], .medication: [11], .bed: [12, 13, 44], .door: [14, 15], .epilepsy: [17], .smoke: [23, 25, 26],
            .location: [51], .manual: [2, 3, 4, 6, 45, 48],
        ]
        for type in 0...60 {
            let kind = kinds.first { $0.value.contains(type) }?.key ?? .other
            for text in ["\(type)", "00\(type)"] {
                let event = try #require(try scaip(request("<dty>\(text)</dty><stc>010</stc>")).events.first)
                #expect(line(event) == "alarm.raised kind=\(kind.rawValue)")
                #expect(event.data.first?.value == .text("scaip:12345:r1"))
            }
        }
    }

    @Test("priority only from 0 to 9; the unit's number only where it is not 0")
    func details() throws {
        #expect(line(try scaip(request("<dty>3</dty><stc>10</stc><pri>07</pri>")).events.first) == "alarm.raised kind=manual priority=7.0")
        for odd in ["10", "-1", "high"] {
            let reading = try scaip(request("<dty>3</dty><stc>10</stc><pri>\(odd)</pri>"))
            #expect(line(reading.events.first) == "alarm.raised kind=manual")
            #expect(reading.oddities.contains("scaip:bad-pri"))
        }
        for (unit, device) in [("", "12345"), ("0", "12345"), ("00", "12345"), (" 000 ", "12345"), ("7", "12345:7"), ("A 1", "12345:A1")] {
            #expect(try scaip(request("<dty>3</dty><stc>10</stc><did>\(unit)</did>")).events.first?.device == device)
        }
    }

    @Test("frames of three makers' devices")
    func published() throws {
        let heartbeats = [
            "<mrq><ref>00001A85</ref><cha>0</cha><mty>PI</mty><cid>26317</cid><dty>02</dty><did>00</did><crd>no-voice:</crd><stc>102</stc></mrq>",
            "<mrq><mty>PI</mty><ref>1998218577</ref><cid>10149471</cid><dty>2</dty></mrq>",
            "<mrq><ref>v6l7eiuzBTfybE7j</ref><cid>999998</cid><dty>0002</dty><mty>PI</mty><stc>0009</stc><lco>002</lco><crd>gsm:</crd><cha>0</cha></mrq>",
        ]
        for text in heartbeats {
            let reading = try scaip(text)
            #expect(line(reading.events.first) == "device.heartbeat" && reading.oddities.isEmpty)
        }
        let alarm = try scaip("<mrq><ref>1193308443</ref><cid>10149471</cid><dty>3</dty><stc>10</stc><crd>gsm:</crd></mrq>")
        #expect(alarm.events.first?.id == "scaip:10149471:1193308443" && alarm.oddities.isEmpty)
    }

    @Test("writing that means the same reads the same")
    func writing() throws {
        let plain = try scaip("<mrq><ref>r1</ref><cid>12345</cid><dty>3</dty><stc>10</stc><pri>2</pri></mrq>")
        let others = [
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone='yes'?>\r\n<mrq>\n <pri> 2 </pri><stc>0010</stc>\n<dty>\t03</dty><cid>12345</cid><ref>r1</ref></mrq>\n",
            "<!-- before --><mrq xmlns=\"urn:scaip\" version=\"2\"><ref type='x'>r1</ref><!-- <stc>9</stc> --><cid>12<!---->345</cid><dty>3</dty><stc>10</stc><pri>2</pri></mrq><!-- after -->",
            "<s:mrq xmlns:s=\"urn:scaip\"><s:ref>r1</s:ref><s:cid>12345</s:cid><s:dty>3</s:dty><s:stc>10</s:stc><s:pri>2</s:pri></s:mrq>",
            "<s:mrq><s:ref>r1</s:ref><s:cid>12345</s:cid><s:dty>3</s:dty><s:stc>10</s:stc><s:pri>2</s:pri></s:mrq>",
            "<mrq><ref><![CDATA[r1]]></ref><cid>1<![CDATA[23]]>45</cid><dty>&#51;</dty><stc>&#x31;0</stc><pri>2</pri><lte/></mrq>",
            "<?xml-stylesheet href='x'?><mrq><ref>r1</ref><cid>12345</cid><dty>3</dty><stc>10</stc><pri>2</pri><lte><![CDATA[a & <b>]]></lte></mrq>",
        ]
        for text in others { #expect(try scaip(text) == plain, "\(text)") }
        let declared = Array("<?xml version=\"1.0\" encoding=\"UTF-16\"?><mrq><ref>r1</ref><cid>12345</cid><dty>3</dty><stc>10</stc><pri>2</pri></mrq>".utf8)
        #expect(try scaip(bytes: declared) == plain)
        #expect(try scaip(bytes: [0xEF, 0xBB, 0xBF] + declared) == plain)
        for isBig in [true, false] {
            for mark in [true, false] {
                let bytes = utf16(String(decoding: declared, as: UTF8.self), isBigEndian: isBig, hasMark: mark)
                let reading = try scaip(bytes: bytes)
                #expect(reading.events == plain.events && reading.oddities == ["scaip:not-utf8"])
            }
        }
    }

    @Test(
        "what is odd is noted, and the alarm is an alarm",
        arguments: [
            ("<dty>3</dty><stc>10</stc><foo>1</foo><bar/>", "unknown-element"), ("<dty>3</dty><stc>10</stc><mty>XX</mty>", "unknown-mty"),
            ("<dty>3</dty><stc>ten</stc>", "bad-stc"), ("<dty>3</dty><stc>-10</stc>", "bad-stc"), ("<dty>3</dty>", "missing-stc"),
            ("<dty>3</dty><stc> </stc>", "missing-stc"), ("<dty>3</dty><stc>10</stc><stc>102</stc>", "duplicate-element"),
            ("<dty>pendant</dty><stc>10</stc>", "bad-dty"), ("<dty>3</dty><stc>10</stc><lte>Kari & Ola &nbsp; &#0;</lte>", "bare-character"),
            ("<dty>3</dty><stc>10</stc><lte>puls < 40</lte>", "bare-character"),
            ("<dty>3</dty><stc>10</stc><lte>a\u{1}b</lte>", "control-character"), ("<dty>3</dty><stc>10</stc><lte><p>x</p></lte>", "nested-element"),
            ("<DTY>3</DTY><STC>10</STC>", "element-case"), ("<dty>3</dty><stc>10</stc><did>tråd/1</did>", "odd-device"),
            ("<dty>3</dty><stc>10</stc><did>\(String(repeating: "9", count: 80))</did>", "odd-device"),
        ]
    )
    func odd(_ elements: String, _ word: String) throws {
        let reading = try scaip("<mrq><ref>r1</ref><cid>12345</cid>\(elements)</mrq>")
        #expect(reading.events.first?.type == .alarmRaised)
        #expect(reading.oddities == ["scaip:\(word)"])
    }

    @Test("instructions without data, which have ended processes elsewhere, are passed over")
    func instructions() throws {
        let text = "<?x?><?xml-a?><mrq><?xmlSu60?><ref>r<?y?>1</ref><cid>12345</cid><dty>3</dty><stc>10</stc><??></mrq><?z?>"
        let reading = try scaip(text)
        #expect(reading.events.first?.id == "scaip:12345:r1" && reading.oddities.isEmpty)
    }

    @Test("odd wrapping is noted, and the alarm is an alarm")
    func wrapping() throws {
        let text = "<mrq><ref>r1</ref><cid>12345</cid><dty>3</dty><stc>10</stc></mrq>"
        let plain = try scaip(text).events
        #expect(try scaip(bytes: Array(text.utf8) + [0, 0, 10]).events == plain)
        let behind = try scaip(text + "<mrq>")
        #expect(behind.events == plain && behind.oddities == ["scaip:extra-content"])
        let twice = try scaip(text.replacing("<mrq>", with: "<mrq v='1' v='2'>"))
        #expect(twice.events == plain && twice.oddities.isEmpty)
        let latin = try scaip(
            bytes: Array(text.utf8.dropLast(6)) + [0x3C, 0x6C, 0x74, 0x65, 0x3E, 0xE6, 0x3C, 0x2F, 0x6C, 0x74, 0x65, 0x3E] + Array("</mrq>".utf8)
        )
        #expect(latin.events == plain && latin.oddities == ["scaip:not-utf8"])
    }

    @Test("a ref or cid that fits nowhere still makes a valid alarm, the same each time")
    func overlong() throws {
        let decoder = CanonicalDecoder()
        for (ref, cid) in [
            (String(repeating: "r", count: 17), "1"), (String(repeating: "r", count: 900), "1"), ("r", String(repeating: "æ", count: 900)), ("a\tb", "1"),
            ("r", "<![CDATA[\u{85}]]>"),
        ] {
            let text = "<mrq><ref>\(ref)</ref><cid>x\(cid)</cid><dty>3</dty><stc>10</stc></mrq>"
            let reading = try scaip(text)
            #expect(try scaip(text) == reading)
            var json = JSONText()
            json.object { [event = reading.events[0]] in event.write(source: "scaip", into: &$0) }
            json.bytes.withUnsafeBufferPointer { _ = decoder.open($0) }
            #expect(decoder.events.count == 1 && decoder.refused.isEmpty, "\(ref) \(cid) \(decoder.refused.map(\.reason))")
        }
        #expect(try scaip("<mrq><ref>12345678901234567</ref><cid>1</cid><dty>3</dty><stc>10</stc></mrq>").oddities == ["scaip:long-ref"])
    }

    @Test(
        "what is no request is refused with its reason",
        arguments: [
            ("<mrq><cid>1</cid><dty>3</dty></mrq>", "missing ref"), ("<mrq><ref>1</ref><dty>3</dty></mrq>", "missing cid"),
            ("<mrq><ref>1</ref><cid>2</cid></mrq>", "missing dty"), ("<mrq><ref> </ref><cid/><dty></dty></mrq>", "missing ref"), ("<mrq/>", "missing ref"),
            ("<mrs><ref>1</ref><snu>0</snu></mrs>", "an answer (mrs), not a request (mrq)"), ("<html></html>", "the root is not mrq"),
            ("", "no whole XML document"), ("alarm", "no whole XML document"), ("{\"mrq\":1}", "no whole XML document"),
            ("<mrq><ref>1</ref><cid>2</cid><dty>3</dty>", "no whole XML document"), ("<mrq><ref>1</cid></mrq>", "no whole XML document"),
            ("<!DOCTYPE mrq [<!ENTITY x \"y\">]><mrq/>", "doctype"),
            ("<?xml version='1.0'?> <!-- --> <!DOCTYPE mrq SYSTEM 'file:///etc/passwd'><mrq/>", "doctype"),
            ("<!doctype mrq><mrq/>", "doctype"), ("<mrq><!DOCTYPE x></mrq>", "doctype"), ("<mrq><ref>1</ref><![CDATA[", "no whole XML document"),
            ("<mrq a='1><ref>1</ref></mrq>", "no whole XML document"), ("<mrq", "no whole XML document"), ("<mrq><", "no whole XML document"),
            ("<!-- --", "no whole XML document"), ("<?xml version='1.0' encoding='UTF-7'?>+ADwAIQ-DOCTYPE mrq+AD4-", "no whole XML document"),
            (String(repeating: "<mrq>", count: 20), "nested more than 16 deep"), (String(repeating: " ", count: 16_385), "larger than 16 KiB"),
            ("<mrq>\(String(repeating: "<a/>", count: 256))</mrq>", "more than 256 elements"),
        ]
    )
    func refused(_ text: String, _ detail: String) {
        #expect(throws: CodecRefusal(detail)) { try scaip(text) }
    }

    @Test("a document type is refused in UTF-16 too, and no file is read for an entity")
    func entities() {
        let text = "<!DOCTYPE mrq [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><mrq><ref>&e;</ref><cid>1</cid><dty>3</dty></mrq>"
        #expect(throws: CodecRefusal("doctype")) { try scaip(bytes: utf16(text, isBigEndian: false, hasMark: true)) }
        // An entity nobody declared is text.
        let reading = try? scaip("<mrq><ref>&e;</ref><cid>1</cid><dty>3</dty><stc>10</stc></mrq>")
        #expect(reading?.events.first?.id == "scaip:1:&e;")
    }
}
