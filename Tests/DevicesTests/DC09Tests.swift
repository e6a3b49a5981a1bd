import Devices
import Telemetry
import Testing

private let keys = DC09Keys(
    [
        .init(municipality: "3407", source: "a", account: "1111", hexadecimal: "41414141414141414141414141414141"),
        .init(municipality: "3407", source: "a", account: nil, hexadecimal: "0102030405060708090a0b0c0d0e0f10"),
        .init(municipality: "3407", source: "b", account: "1234", hexadecimal: "0102030405060708090A0B0C0D0E0F101112131415161718"),
        .init(municipality: "3407", source: "c", account: "1234", hexadecimal: "0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20"),
    ].compactMap { $0 }
)

private func dc09(_ text: String, source: String = "a") throws -> NativeReading { try dc09(bytes: Array(text.utf8), source: source) }

private func dc09(bytes: [UInt8], source: String = "a") throws -> NativeReading {
    var memory = DeviceMemory()
    let message = NativeMessage(payload: bytes, topic: "", municipality: "3407", source: source, received: 1_795_000_000_000)
    return try NativeDecoder(keys: keys).read(message, codec: .dc09, memory: &memory) { _ in nil }
}

/// CRC-16/ARC by a table, as many receivers make it.
private let crcTable: [UInt16] = (0..<256).map { index in
    var crc = UInt16(index)
    for _ in 0..<8 {
        let isOdd = crc & 1 == 1
        crc >>= 1
        if isOdd { crc ^= 0xA001 }
    }
    return crc
}

/// A frame round a body.
private func frame(_ body: String, lengthOffBy: Int = 0) -> String {
    var crc: UInt16 = 0
    for byte in body.utf8 { crc = (crc >> 8) ^ crcTable[Int(UInt8(truncatingIfNeeded: crc) ^ byte)] }
    func hex(_ number: Int) -> String { String(String(0x10000 + number, radix: 16, uppercase: true).dropFirst()) }
    return hex(Int(crc)) + hex(body.utf8.count + lengthOffBy) + body
}

/// Type, device and data of each event, without the alarm's name.
private func lines(_ reading: NativeReading) -> [String] {
    reading.events.map { event in
        let data = event.data.filter { $0.name != "alarm" }.map { name, value in
            if case .text(let text) = value { "\(name)=\(text)" } else { "\(name)=true" }
        }
        return ([event.type.word, event.device ?? "-"] + data).joined(separator: " ")
    }
}

@Suite("DC-09")
struct DC09Tests {
    @Test("a SIA-DCS frame: id, device, time, alarm")
    func frameFields() throws {
        let text = "8EE4003C\"SIA-DCS\"0042R1L0#1234[#1234|Nri1/PA001]_14:12:04,11-20-2026"
        let reading = try dc09(text)
        let event = try #require(reading.events.first)
        #expect(reading.events.count == 1 && reading.oddities.isEmpty)
        #expect(event.id == "dc09:1234:0042:8EE4")
        #expect(event.device == "1234:1")
        #expect(event.time == "2026-11-20T14:12:04Z".withText(Timestamp.parse))
        #expect(event.data.first?.name == "alarm" && event.data.first?.value == .text("dc09:1234:0042:8EE4"))
        #expect(lines(reading) == ["alarm.raised 1234:1 kind=manual"])
        for wrapped in ["\n\(text)\r", "\n\(text)", "\(text)\r", " \n\(text)\r\n\0", "\r\n\(text)\r\n"] { #expect(try dc09(wrapped) == reading) }
        let small = try dc09("8ee4003c" + text.dropFirst(8))
        #expect(small == reading)
    }

    @Test("published frames of the standard and of receivers' own tests, made by others")
    func published() throws {
        #expect(lines(try dc09("87CD0037\"ADM-CID\"9876R579BDFL789ABC#12345A[#12345A|1110 00 129]")) == ["alarm.raised 12345A:129 kind=smoke"])
        #expect(
            lines(try dc09("73580056\"SIA-DCS\"0002R1L232#78919[#78919|Nri1/BA012][X012W34.1][Y045N12.2]_14:12:04,09-25-2026")) == [
                "alarm.raised 78919:12 kind=door"
            ]
        )
        let noAccount = try dc09("E5D50078\"SIA-DCS\"6002L0#AAA[|Nri1/CL501]_14:12:04,09-25-2019")
        #expect(lines(noAccount) == ["sensor.observed AAA:501 property=dc09-code value=CL"])
        #expect(noAccount.events.first?.id == "dc09:AAA:6002:E5D5" && noAccount.oddities == ["dc09:bad-length"])
        #expect(lines(try dc09("43580023\"SIA-DCS\"0084L0#AAA[#AAA|Nri1/XC12]")) == ["sensor.observed AAA:12 property=dc09-code value=XC"])
        let encrypted = "05BB0076\"*SIA-DCS\"7654L0#1111[C07DA1EB73C617857476EE5D79436CEE5E0084485E79EC56B0D5D1F3F6E648B278050BBCCBC8FE5DCA7E3C80DBDD4945"
        let reading = try dc09(encrypted)
        #expect(lines(reading) == ["sensor.observed 1111 property=dc09-code value=WA"])
        #expect(reading.events.first?.time == "2020-07-09T16:04:02Z".withText(Timestamp.parse))
    }

    @Test("the code decides, new and restored")
    func codes() throws {
        let table: [(dcs: [String], contactID: [String], meaning: String)] = [
            (["RP"], ["1602", "3602"], "device.heartbeat X"),
            (["PA", "HA", "MA", "QA"], ["1100", "1101", "1120", "1121", "1122", "1123"], "alarm.raised X kind=manual"),
            ([], ["1102"], "alarm.raised X kind=inactivity"), (["FA", "KA"], ["1110", "1111", "1114"], "alarm.raised X kind=smoke"),
            (["BA"], ["1130", "1131", "1132", "1133", "1134"], "alarm.raised X kind=door"), (["YT"], ["1302"], "device.fault X fault=battery-low"),
            (["YR"], ["3302"], "device.restored X fault=battery-low"), (["AT"], ["1301"], "device.fault X fault=mains-lost"),
            (["AR"], ["3301"], "device.restored X fault=mains-lost"), (["YC"], ["1350", "1351"], "device.fault X fault=link-lost"),
            (["YK"], ["3350", "3351"], "device.restored X fault=link-lost"), (["TA"], ["1137", "1144"], "device.fault X fault=tamper"),
            (["TR"], ["3137", "3144"], "device.restored X fault=tamper"), (["RX", "TX"], ["1601"], "device.tested X"),
            (
                ["PR", "HR", "MR", "QR", "FR", "KR", "BR"], ["3100", "3101", "3102", "3110", "3111", "3114", "3120", "3123", "3130", "3134"],
                "sensor.observed X property=reset value=true"
            ), (["OP"], [], "sensor.observed X property=dc09-code value=OP"), (["NL"], [], "sensor.observed X property=dc09-code value=NL"),
            ([], ["1401", "3401"], "sensor.observed X property=dc09-code value=401"),
        ]
        for row in table {
            for code in row.dcs {
                for (zone, device) in [("", "77"), ("0", "77"), ("000", "77"), ("5", "77:5"), ("015", "77:15"), ("0015", "77:15")] {
                    let expected = [row.meaning.replacing("X", with: device)]
                    for data in [
                        "Nri1/\(code)\(zone)", "N\(code)\(zone)", "Nti10:23/id7/ri02/\(code)\(zone)^a/b^", "Nri1\(code)\(zone)*x*", "ri1/\(code)\(zone)",
                        "Ori3/\(code)\(zone)",
                    ] {
                        #expect(lines(try dc09(frame("\"SIA-DCS\"0001L0#77[#77|\(data)]_10:00:00,10-05-2026"))) == expected, "\(data)")
                    }
                }
            }
            for code in row.contactID {
                for (zone, device) in [("000", "77"), ("015", "77:15")] {
                    let expected = [row.meaning.replacing("X", with: device)]
                    #expect(lines(try dc09(frame("\"ADM-CID\"0001L0#77[#77|\(code) 01 \(zone)]"))) == expected, "\(code)")
                    #expect(lines(try dc09(frame("\"ADM-CID\"0001L0#77[#77|\(code)01\(zone)]"))) == expected, "\(code)")
                }
            }
        }
        #expect(lines(try dc09("1EF20013\"NULL\"0000L0#1234[]")) == ["device.heartbeat 1234"])
        #expect(lines(try dc09(frame("\"NULL\"0000L0#1234"))) == ["device.heartbeat 1234"])
        #expect(lines(try dc09("B93F0027\"NULL\"0000L0#1234[]_14:12:06,11-20-2026")) == ["device.heartbeat 1234"])
    }

    @Test("NL and OP without the N of a new event are codes")
    func withoutNew() throws {
        #expect(lines(try dc09(frame("\"SIA-DCS\"0001L0#77[#77|NL2]"))) == ["sensor.observed 77:2 property=dc09-code value=NL"])
        #expect(lines(try dc09(frame("\"SIA-DCS\"0001L0#77[#77|OP3]"))) == ["sensor.observed 77:3 property=dc09-code value=OP"])
        #expect(lines(try dc09(frame("\"SIA-DCS\"0001L0#77[#77|NNL2]"))) == ["sensor.observed 77:2 property=dc09-code value=NL"])
        #expect(lines(try dc09(frame("\"SIA-DCS\"0001L0#77[#77|NOP3]"))) == ["sensor.observed 77:3 property=dc09-code value=OP"])
    }

    @Test("several codes of one frame are several events; further blocks are none; Latin-1 is no trouble")
    func several() throws {
        let text = "BD780061\"SIA-DCS\"0045L0#1234[#1234|Nri1/BA01/FA02^Kj\u{F8}kken/vest^/PR3][I^x^][X012W34.1]_14:12:07,11-20-2026"
        let reading = try dc09(bytes: text.unicodeScalars.map { UInt8($0.value) })
        #expect(lines(reading) == ["alarm.raised 1234:1 kind=door", "alarm.raised 1234:2 kind=smoke", "sensor.observed 1234:3 property=reset value=true"])
        #expect(reading.events.map(\.id) == ["dc09:1234:0045:BD78", "dc09:1234:0045:BD78:2", "dc09:1234:0045:BD78:3"])
        #expect(reading.events[1].data.first?.value == .text("dc09:1234:0045:BD78:2"))
        #expect(reading.events.allSatisfy { $0.time == reading.events[0].time } && reading.oddities.isEmpty)
    }

    @Test("encrypted frames with the account's key, of each length")
    func encrypted() throws {
        let cases = [
            ("a", "16780076\"*SIA-DCS\"0050L0#1234[3454DE2D6C5C02EF10E5A427661DF10680B49CF62CA6B136A88E8DA52A2EA61662D52B342B03FEEC94336EE85A81B757", "1678"),
            ("b", "25380076\"*SIA-DCS\"0050L0#1234[92F3142DC42B8FF89A5936B6857EEAF6CCC69B84556BA3CDA4A869EE72AE7C460AF0F6ED6AEE3B893A14E170AE00320F", "2538"),
            ("c", "18250076\"*SIA-DCS\"0050L0#1234[41EBB0E1104F70B184274FE45AF0E0B4BEE60F1855DF450EC9690BEFBE7DD2C6C197C2118116FD5D65601E741CAD98CE", "1825"),
        ]
        for (source, text, crc) in cases {
            let reading = try dc09(text, source: source)
            #expect(lines(reading) == ["alarm.raised 1234:7 kind=manual"])
            #expect(reading.events.first?.id == "dc09:1234:0050:\(crc)")
            #expect(reading.events.first?.time == "2026-11-20T14:12:08Z".withText(Timestamp.parse))
            for other in ["a", "b", "c"] where other != source {
                #expect(throws: CodecRefusal("encrypted, the key is wrong")) { try dc09(text, source: other) }
            }
            #expect(throws: CodecRefusal("encrypted, and no key for the account")) { try dc09(text, source: "d") }
        }
        #expect(lines(try dc09("AE140053\"*NULL\"0000L0#1234[8AF8B3B2EAD5C412B105C6D34188CAA1498BACA2F207BD2268C269DAA4603D71")) == ["device.heartbeat 1234"])
        let contactID = "62B40076\"*ADM-CID\"0051L0#1234[64B650D10F6085FBDB0D9CB6798F86B9915B7D698C6F5EF85B5C24E4E71AEDA0A3BC13B38280EC31246802BDC363CDDB"
        #expect(lines(try dc09(contactID)) == ["alarm.raised 1234:3 kind=manual"])
        for broken in ["\"*SIA-DCS\"0001L0#1234[ABC", "\"*SIA-DCS\"0001L0#1234[", "\"*SIA-DCS\"0001L0#1234", "\"*SIA-DCS\"0001L0#1234[XYZ0"] {
            #expect(throws: CodecRefusal("encrypted, no whole AES blocks")) { try dc09(frame(broken)) }
        }
    }

    @Test("keys are never shown")
    func hiddenKeys() throws {
        #expect("\(keys)" == "4 keys")
        let key = try #require(DC09Keys.Key(municipality: "3407", source: "a", account: nil, hexadecimal: "41414141414141414141414141414141"))
        #expect("\(key)" == "a key of 3407/a")
        for bad in ["", "41", "4141414141414141414141414141414G", "414141414141414141414141414141414"] {
            #expect(DC09Keys.Key(municipality: "3407", source: "a", account: nil, hexadecimal: bad) == nil)
        }
    }

    @Test("what is odd is noted, and the alarm is an alarm")
    func odd() throws {
        let body = "\"SIA-DCS\"0042R1L0#1234[#1234|Nri1/PA001]_14:12:04,11-20-2026"
        let alarm = ["alarm.raised 1234:1 kind=manual"]
        let cases = [
            (frame(body, lengthOffBy: 4), "bad-length"), (frame(body, lengthOffBy: -3) + "\r", "bad-length"), ("xy" + frame(body), "leading-bytes"),
            (frame(body.replacing("0042", with: "42")), "bad-sequence"), (frame(body.replacing("0042", with: "")), "bad-sequence"),
            (frame(body.replacing("[#1234", with: "[#9999")), "other-account"), (frame(body.replacing("11-20", with: "20-11")), "bad-timestamp"),
            (frame(String(body.prefix { $0 != "_" })), "no-timestamp"), (frame(body.replacing("PA001", with: "?!/PA001")), "unknown-part"),
            (frame(body.replacing("PA001", with: "PA001NBA6")), "unknown-part"),
        ]
        for (text, word) in cases {
            let reading = try dc09(text)
            #expect(lines(reading) == alarm && reading.oddities == ["dc09:\(word)"], "\(word): \(reading)")
        }
        let crc = Array(frame(body).utf8)
        let binary = [10, UInt8(0x8E), 0xE4] + crc[4...] + [13]
        #expect(try dc09(bytes: binary).oddities == ["dc09:binary-crc"] && lines(try dc09(bytes: binary)) == alarm)
        #expect(try dc09(bytes: binary).events.first?.id == "dc09:1234:0042:8EE4")
        // Some count the CR in.
        for text in ["F19A002B\"ADM-CID\"0056L9999#9999[#9999|1900 00 001]", "367B002B\"ADM-CID\"0058L9999#9999[#9999|1900 00 001]"] {
            let readings = try ["\(text)", "\n\(text)\r", "\(text)\r\n"].map { try dc09($0) }
            #expect(readings.allSatisfy { lines($0) == ["sensor.observed 9999:1 property=dc09-code value=900"] && $0.oddities.contains("dc09:cr-counted") })
        }
        let inData = try dc09(frame("\"SIA-DCS\"0042L0[#1234|Nri1/PA001]_14:12:04,11-20-2026"))
        #expect(lines(inData) == alarm && inData.oddities.isEmpty)
        #expect(try dc09(frame("\"ADM-CID\"0001L0#77[#77|1130]_14:12:04,11-20-2026")).oddities == ["dc09:no-zone"])
        #expect(lines(try dc09(frame("\"ADM-CID\"0001L0#77[#77|5130 01 001]"))) == ["alarm.raised 77:1 kind=door"])
        // What was reported before is no new alarm.
        #expect(lines(try dc09(frame("\"ADM-CID\"0001L0#77[#77|6130 01 001]"))) == ["sensor.observed 77:1 property=dc09-code value=130"])
    }

    @Test(
        "what is no good frame is refused with its reason",
        arguments: [
            ("", "no frame"), ("hello", "no frame"), ("\"SIA-DCS\"0042L0#1234[#1234|Nri1/PA001]", "no CRC and length before the first quote"),
            ("8EE5003C\"SIA-DCS\"0042R1L0#1234[#1234|Nri1/PA001]_14:12:04,11-20-2026", "wrong crc"),
            ("8EE4003C\"SIA-DCS\"0042R1L0#1234[#1234|Nri1/PA002]_14:12:04,11-20-2026", "wrong crc"),
            (frame("\"ACK\"0042L0#1234[]"), "the token is not SIA-DCS, ADM-CID or NULL"), (frame("\"SIA-DCS"), "no token"),
            (frame("\"SIA-DCS\"0042L0[Nri1/PA001]"), "missing account"), (frame("\"SIA-DCS\"0042L0#1234"), "no whole data block"),
            (frame("\"SIA-DCS\"0042L0#1234[#1234|Nri1/PA001"), "no whole data block"), (frame("\"SIA-DCS\"0042L0#1234[]"), "no event code"),
            (frame("\"ADM-CID\"0042L0#1234[#1234|hello]"), "no event code"), (String(repeating: "A", count: 9000), "larger than 8 KiB"),
        ]
    )
    func refused(_ text: String, _ detail: String) {
        #expect(throws: CodecRefusal(detail)) { try dc09(text) }
    }

    @Test("codes cannot make more events than a message may have")
    func many() throws {
        let reading = try dc09(frame("\"SIA-DCS\"0001L0#77[#77|\(String(repeating: "PA/", count: 1200))]"))
        #expect(reading.events.count == 1000)
        #expect(Set(reading.events.map(\.id)).count == 1000)
    }
}
