import ArgumentParser
import Devices
import Foundation
import Telemetry

struct BenchCodecs: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "codecs",
        abstract: "Devices' own formats against reading the canonical events that they become."
    )

    /// What a valid message may take.
    private static let limitSeconds = 0.001

    @OptionGroup var options: BenchOptions

    private struct Sample {
        var name: String
        var codec: CodecName
        var payload: [UInt8]
        /// Ids of the events it becomes.
        var ids: [String]
        var topic = ""
        /// What the registry names.
        var profile: String?
    }

    func run() throws {
        let key = DC09Keys.Key(municipality: "3407", source: "a", account: nil, hexadecimal: "0102030405060708090a0b0c0d0e0f10")
        let shipped = DeviceProfiles.shippedFolder(program: DeviceProfiles.program)
        let profiles = try shipped.map(DeviceProfiles.load) ?? []
        let native = NativeDecoder(profiles: profiles, keys: DC09Keys([key].compactMap { $0 }))
        let decoder = CanonicalDecoder()
        var figures: [BenchFigure] = []
        for sample in BenchCodecs.samples + BenchCodecs.jsonSamples {
            let message = NativeMessage(payload: sample.payload, topic: sample.topic, municipality: "3407", source: "a", received: 1_795_200_000_000)
            var memory = DeviceMemory()
            let reading = try native.read(message, codec: sample.codec, memory: &memory) { _ in sample.profile }
            guard reading.events.map(\.id) == sample.ids else { throw Failure("\(sample.name) became \(reading.events.map(\.id))") }
            var json = JSONText()
            json.array(reading.events) { json, event in json.object { event.write(source: sample.codec.rawValue, into: &$0) } }
            let rounds = options.short ? 2000 : 20_000
            var seconds: [Double] = []
            var twins: [Double] = []
            for _ in 0..<rounds {
                seconds.append(
                    try BenchCore.seconds {
                        let again = try native.read(message, codec: sample.codec, memory: &memory) { _ in sample.profile }
                        guard again.events.count == sample.ids.count else { throw Failure("\(sample.name) became something else") }
                    }
                )
                twins.append(
                    try BenchCore.seconds {
                        guard case .success(sample.ids.count) = json.bytes.withUnsafeBufferPointer(decoder.open), decoder.refused.isEmpty else {
                            throw Failure("\(sample.name) is no valid event")
                        }
                    }
                )
            }
            let (median, twin) = (BenchCore.median(seconds), BenchCore.median(twins))
            let slow = seconds.sorted()[rounds * 999 / 1000]
            figures.append(.init(name: "\(sample.name)Ratio", figure: median / twin, unit: "1", limit: "of reading its events as canonical JSON"))
            figures.append(
                .init(
                    name: "\(sample.name)OfLimit",
                    figure: slow / BenchCodecs.limitSeconds,
                    unit: "1",
                    limit: "p99.9 of 1 ms, which a valid message never takes; median \(Int(median * 1e6)) µs, \(sample.payload.count) bytes"
                )
            )
        }
        BenchFigure.show("codecs: processor time a message, result checked", figures, json: options.json)
    }

    private static var samples: [Sample] {
        let request = "<mrq><ref>A1</ref><cid>26317</cid><dty>03</dty><did>00</did><mty>ME</mty><stc>0010</stc><lco>012</lco><pri>2</pri><crd>gsm:</crd></mrq>"
        // The most elements and bytes that are read at all.
        var large = request.replacing("</mrq>", with: "")
        large += String(repeating: "<x>\(String(repeating: "æ", count: 20))</x>", count: 246)
        large += "<!--\(String(repeating: "-x", count: (16_384 - large.utf8.count - 13) / 2))--></mrq>"
        let many = "BD780061\"SIA-DCS\"0045L0#1234[#1234|Nri1/BA01/FA02^Kj\u{F8}kken/vest^/PR3][I^x^][X012W34.1]_14:12:07,11-20-2026"
        let encrypted =
            "16780076\"*SIA-DCS\"0050L0#1234[3454DE2D6C5C02EF10E5A427661DF10680B49CF62CA6B136A88E8DA52A2EA61662D52B342B03FEEC94336EE85A81B757"
        let contactID = "87CD0037\"ADM-CID\"9876R579BDFL789ABC#12345A[#12345A|1110 00 129]"
        return [
            Sample(name: "scaip", codec: .scaip, payload: Array(request.utf8), ids: ["scaip:26317:A1"]),
            Sample(name: "scaipLargest", codec: .scaip, payload: Array(large.utf8), ids: ["scaip:26317:A1"]),
            Sample(name: "dc09ContactID", codec: .dc09, payload: Array(contactID.utf8), ids: ["dc09:12345A:9876:87CD"]),
            Sample(
                name: "dc09ThreeCodes",
                codec: .dc09,
                payload: many.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) },
                ids: ["dc09:1234:0045:BD78", "dc09:1234:0045:BD78:2", "dc09:1234:0045:BD78:3"]
            ),
            Sample(name: "dc09Encrypted", codec: .dc09, payload: Array(encrypted.utf8), ids: ["dc09:1234:0050:1678"]),
        ]
    }

    private static var jsonSamples: [Sample] {
        let door = #"{"battery":87,"contact":false,"device_temperature":19,"last_seen":"2026-10-05T07:58:00.120Z","linkquality":112,"voltage":2985}"#
        let id = "3ac7e3c4-4401-4b8d-9386-a5c902f9202d"
        let gateway = #"{"gatewayId":"0016c001ff10a235","uplinkId":4217106255,"nsTime":"2026-10-05T07:58:00.08Z","rssi":-107,"snr":5.2,"crcStatus":"CRC_OK"}"#
        let head =
            "{\"deduplicationId\":\"\(id)\",\"time\":\"2026-10-05T07:58:00.123456789+00:00\",\"deviceInfo\":{\"tenantName\":\"Gj\u{F8}vik\","
            + "\"deviceProfileName\":\"Milesight VS373\",\"devEui\":\"24e124791d123456\",\"tags\":{}},\"fCnt\":41,\"fPort\":85,\"data\":\"A/gEAAAAAAA=\","
            + "\"object\":{\"detection_status\":4,\"target_status\":2},\"txInfo\":{\"frequency\":868500000},\"rxInfo\":["
        let fall = head + "\(gateway),\(gateway)]}"
        // As many gateways as are read at all.
        let count = (DeviceProfiles.messageBytesMax - head.utf8.count - 2) / (gateway.utf8.count + 1)
        let manyGateways = head + Array(repeating: gateway, count: count).joined(separator: ",") + "]}"
        let opened =
            #"{"end_device_ids":{"device_id":"door-1","dev_eui":"24E124141C123457"},"received_at":"2026-10-05T07:58:00.9Z","uplink_message":"#
            + #"{"session_key_id":"AXBSH1Pk6Z0=","f_cnt":120,"decoded_payload":{"magnet_status":"open"},"rx_metadata":[{"rssi":-88}],"received_at":"2026-10-05T07:58:00.4Z"}}"#
        let up = "application/17c82e96/device/24e124791d123456/event/up"
        return [
            Sample(
                name: "zigbee2mqtt",
                codec: .zigbee2mqtt,
                payload: Array(door.utf8),
                ids: ["z2m:b92b2ae49669cafc1b68861e:1791187080120", "z2m:b92b2ae49669cafc1b68861e:1791187080120:2"],
                topic: "biri-2-door",
                profile: "door-sensor-zigbee"
            ),
            Sample(name: "chirpstack", codec: .chirpstack, payload: Array(fall.utf8), ids: ["chirpstack:\(id)"], topic: up, profile: "fall-radar-vs373"),
            Sample(
                name: "chirpstackLargest",
                codec: .chirpstack,
                payload: Array(manyGateways.utf8),
                ids: ["chirpstack:\(id)"],
                topic: up,
                profile: "fall-radar-vs373"
            ),
            Sample(
                name: "thingsStack",
                codec: .thingsStack,
                payload: Array(opened.utf8),
                ids: ["tts:ab4451d9f966d207821c381b:120"],
                profile: "door-alarm-lorawan"
            ),
        ]
    }
}
