import Telemetry

/// Shipped device profiles of the JSON formats that the simulator can write; the raw value is the profile's id.
package enum SensorProfile: String, CaseIterable, Sendable {
    case smokeZigbee = "smoke-detector-zigbee", doorZigbee = "door-sensor-zigbee"
    case fallRadar = "fall-radar-vs373", bedLoRaWAN = "bed-sensor-lorawan", smokeLoRaWAN = "smoke-detector-lorawan"
    case doorAlarm = "door-alarm-lorawan"

    var codec: NativeCodec {
        switch self {
        case .smokeZigbee, .doorZigbee: .zigbee2mqtt
        case .fallRadar, .bedLoRaWAN, .smokeLoRaWAN: .chirpstack
        case .doorAlarm: .thingsStack
        }
    }

    /// The simulated device that can be such a one.
    var kind: DeviceKind {
        switch self {
        case .smokeZigbee, .smokeLoRaWAN: .smokeDetector
        case .doorZigbee, .doorAlarm: .doorSensor
        case .fallRadar: .fallDetector
        case .bedLoRaWAN: .bedSensor
        }
    }
}

/// What a sensor says, in the maker's words, and the event that the profile's table makes of it.
struct SensorStatement: Sendable {
    /// Members of the part that the profile reads, as JSON.
    var members: [(name: String, value: String)]
    /// The member that is an event only where its value is another than the one before; nil: it is one always.
    var changed: String?
    /// Nothing is restored that was not known to be broken.
    var isRestoration = false
    /// Nil: nothing but a sign of life.
    var event: NativeEvent?

    private init(_ members: [(String, String)], _ event: NativeEvent? = nil, changed: String? = nil) {
        self.members = members.map { (name: $0.0, value: $0.1) }
        self.changed = changed
        self.event = event
    }

    /// The statement for a report; nil where the profile's table has no row for it.
    init?(_ report: NativeReport, _ profile: SensorProfile) {
        switch profile {
        case .smokeZigbee: self.init(smokeZigbee: report)
        case .doorZigbee: self.init(doorZigbee: report)
        case .fallRadar: self.init(fallRadar: report)
        case .bedLoRaWAN: self.init(bedLoRaWAN: report)
        case .smokeLoRaWAN: self.init(smokeLoRaWAN: report)
        case .doorAlarm: self.init(doorAlarm: report)
        }
    }

    private init(_ name: String, _ value: String, _ event: NativeEvent?) { self.init([(name, value)], event, changed: name) }

    private init?(smokeZigbee report: NativeReport) {
        switch report {
        case .heartbeat(let battery): self.init([("battery", "\(battery)"), ("test", "false")])
        case .tested: self.init("test", "true", NativeEvent(type: .deviceTested))
        case .alarm(.smoke, _): self.init("smoke", "true", .raised(.smoke, priority: 1))
        case .observed, .settled: self.init("smoke", "false", .observed("smoke", "false"))
        case .fault(.batteryLow): self.init("battery_low", "true", .fault(.batteryLow))
        case .restored(.batteryLow):
            self.init("battery_low", "false", .restored(.batteryLow))
            isRestoration = true
        case .fault(.tamper): self.init("tamper", "true", .fault(.tamper))
        case .restored(.tamper): self.init("tamper", "false", nil)
        case .fault, .restored, .alarm: return nil
        }
    }

    private init?(doorZigbee report: NativeReport) {
        switch report {
        case .heartbeat(let battery): self.init([("battery", "\(battery)")])
        case .observed(let isClosed, _): self.init("contact", "\(isClosed)", .observed("door", isClosed ? "\"closed\"" : "\"open\""))
        case .fault, .restored, .alarm, .tested, .settled: return nil
        }
    }

    private init?(fallRadar report: NativeReport) {
        switch report {
        case .heartbeat: self.init([])
        case .alarm(.fall, _): self.init("detection_status", "4", .raised(.fall, priority: nil))
        case .settled: self.init("detection_status", "0", .observed("presence", "\"normal\""))
        case .observed, .fault, .restored, .alarm, .tested: return nil
        }
    }

    private init?(bedLoRaWAN report: NativeReport) {
        switch report {
        case .heartbeat(let battery): self.init([("battery_percent", "\(battery)")])
        case .observed(let isInBed, _): self.init("occupied", "\(isInBed)", .observed("in-bed", "\(isInBed)"))
        case .alarm(.bed, _): self.init("absent_too_long", "true", .raised(.bed, priority: 3))
        case .settled: self.init("absent_too_long", "false", nil)
        case .fault, .restored, .alarm, .tested: return nil
        }
    }

    private init?(smokeLoRaWAN report: NativeReport) {
        switch report {
        case .heartbeat(let battery): self.init([("battery", "\(battery)")])
        case .observed(_, let tenths):
            let value = "\(tenths / 10).\(tenths % 10)"
            self.init([("temperature", value)], NativeEvent(type: .sensorObserved, members: ",\"property\":\"temperature\",\"value\":\(value),\"unit\":\"°C\""))
        case .alarm(.smoke, _): self.init("smoke_status", "\"alarm\"", .raised(.smoke, priority: 1))
        case .settled: self.init("smoke_status", "\"normal\"", .observed("smoke", "false"))
        case .fault, .restored, .alarm, .tested: return nil
        }
    }

    /// Every opening is an alarm, so a door that is seen by itself is seen closed.
    private init?(doorAlarm report: NativeReport) {
        switch report {
        case .heartbeat(let battery): self.init([("battery", "\(battery)")])
        case .alarm(.door, _): self.init("magnet_status", "\"open\"", .raised(.door, priority: nil))
        case .observed, .settled: self.init("magnet_status", "\"close\"", .observed("door", "\"closed\""))
        case .fault(.tamper): self.init("tamper_status", "\"uninstalled\"", .fault(.tamper))
        case .restored(.tamper):
            self.init("tamper_status", "\"installed\"", .restored(.tamper))
            isRestoration = true
        case .fault, .restored, .alarm, .tested: return nil
        }
    }
}

/// What a sensor has told, so far as its profile's table compares with it: by member the value that held last.
struct SensorMemory: Sendable {
    private var values: [String: String] = [:]

    /// The event of a statement that arrives, remembered for the next: a value that is no other is a sign of life.
    mutating func event(of statement: SensorStatement) -> NativeEvent {
        let heartbeat = NativeEvent(type: .deviceHeartbeat)
        var isNews = true
        for member in statement.members {
            let before = values.updateValue(member.value, forKey: member.name)
            if member.name == statement.changed { isNews = before == nil ? !statement.isRestoration : before != member.value }
        }
        return isNews ? statement.event ?? heartbeat : heartbeat
    }
}

/// Messages of Zigbee2MQTT, ChirpStack 4 and The Things Stack 3, each of one event.
struct SensorWriter {
    var profile: SensorProfile
    /// As the registry has it: a friendly name, or an extended unique identifier in lower case.
    var device: String
    /// Of the device's messages, from 1.
    var number: Int64
    /// Keeps two runs apart.
    var runPrefix: String
    /// When the network heard it.
    var time: EventTime
    var source: String

    /// The identifier of a LoRaWAN device: Milesight's first digits, then the device's number.
    static func extendedIdentifier(_ index: Int) -> String {
        let digits = String(index, radix: 16)
        return "24e124ab" + "c" + String(repeating: "0", count: max(0, 7 - digits.count)) + digits
    }

    /// - Parameter event: what the table makes of the statement; nil for a message cut off on its way.
    func write(_ statement: SensorStatement, event: NativeEvent?) -> WrittenNative {
        let members = statement.members.map { "\"\($0.name)\":\($0.value)" }
        let stamp = AuditClock.text(time)
        let (id, topic, json): (String, String, String)
        switch profile.codec {
        case .chirpstack: (id, topic, json) = chirpstack(members, stamp)
        case .thingsStack: (id, topic, json) = thingsStack(members, stamp)
        case .zigbee2mqtt, .scaip, .dc09: (id, topic, json) = zigbee(members, stamp)
        }
        let payload = Array(json.utf8)
        return WrittenNative(
            frame: NativeFrame(
                codec: profile.codec,
                payload: event == nil ? Array(payload.prefix(payload.count * 2 / 3)) : payload,
                refusal: event == nil ? "codec:not json" : nil,
                topic: topic
            ),
            event: event?.json(id: id, device: device, time: stamp, source: source) ?? [],
            id: id,
            isAlarm: event?.type.isAlarm ?? false
        )
    }

    private func zigbee(_ members: [String], _ stamp: String) -> (id: String, topic: String, json: String) {
        let json = "{" + (members + ["\"last_seen\":\"\(stamp)\"", "\"linkquality\":\(60 + number % 120)"]).joined(separator: ",") + "}"
        return ("z2m:\(SensorWriter.digest("\(device)\n\(json)")):\(time)", device, json)
    }

    private func chirpstack(_ members: [String], _ stamp: String) -> (id: String, topic: String, json: String) {
        let hash = Array(Digest.sha256(Array("\(runPrefix)\n\(device)\n\(number)".utf8)))
        let id = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(hash[$0]) }.joined(separator: "-")
        let model =
            switch profile {
            case .bedLoRaWAN: "Bed mat"
            case .smokeLoRaWAN: "GS524N"
            default: "Milesight VS373"
            }
        let json = """
            {"deduplicationId":"\(id)","time":"\(stamp)","deviceInfo":{"applicationName":"trygg","deviceProfileName":"\(model)",\
            "devEui":"\(device)"},"fCnt":\(number - 1),"fPort":85,"object":{\(members.joined(separator: ","))},\
            "rxInfo":[{"gatewayId":"24e124fffef00001","rssi":\(-117 + number % 30)}]}
            """
        return ("chirpstack:\(id)", "application/trygg/device/\(device)/event/up", json)
    }

    /// Leaves out what is 0, as The Things Stack does.
    private func thingsStack(_ members: [String], _ stamp: String) -> (id: String, topic: String, json: String) {
        let session = "s-\(runPrefix)"
        let counter = number > 1 ? "\"f_cnt\":\(number - 1)," : ""
        let json = """
            {"end_device_ids":{"device_id":"eui-\(device)","application_ids":{"application_id":"trygg"},\
            "dev_eui":"\(device.uppercased())"},"uplink_message":{"session_key_id":"\(session)","f_port":85,\(counter)\
            "decoded_payload":{\(members.joined(separator: ","))},\
            "rx_metadata":[{"gateway_ids":{"gateway_id":"gw-1"},"rssi":\(-117 + number % 30)}],\
            "version_ids":{"model_id":"ws301"},"received_at":"\(stamp)"}}
            """
        let id = "tts:\(SensorWriter.digest("\(device)\n\(number - 1)\n\(session)")):\(number - 1)"
        return (id, "v3/trygg@ttn/devices/eui-\(device)/up", json)
    }

    /// 24 hexadecimal digits of a SHA-256.
    private static func digest(_ text: String) -> String { String(Digest.sha256(Array(text.utf8)).prefix(24)) }
}
