import Telemetry

/// What a device says, before it is put into its own format.
enum NativeReport: Sendable {
    /// Battery in percent, where the format has a place for it.
    case heartbeat(battery: Int), tested
    case fault(Fault), restored(Fault)
    /// What it senses: whether the door is closed or the bed taken, or the room's tenths of a degree.
    case observed(Bool, tenths: Int)
    /// What raised the alarm is gone.
    case settled
    case alarm(AlarmKind, priority: Int)
}

/// A message in a device's own format, with the event that DOMAIN's mapping makes of it.
struct WrittenNative: Sendable {
    var frame: NativeFrame
    /// One canonical event; empty where the frame is refused.
    var event: [UInt8]
    var id: String
    var isAlarm: Bool
}

/// The canonical event that a native message must become, as DOMAIN's tables say; written for the auditor alone.
struct NativeEvent: Sendable {
    var type: EventType
    /// The members of `data` behind the device, as JSON.
    var members = ""

    static func fault(_ fault: Fault) -> NativeEvent { NativeEvent(type: .deviceFault, members: ",\"fault\":\"\(fault.rawValue)\"") }
    static func restored(_ fault: Fault) -> NativeEvent { NativeEvent(type: .deviceRestored, members: ",\"fault\":\"\(fault.rawValue)\"") }
    static func raised(_ kind: AlarmKind, priority: Int?) -> NativeEvent {
        NativeEvent(type: .alarmRaised, members: ",\"kind\":\"\(kind.rawValue)\"" + (priority.map { ",\"priority\":\($0)" } ?? ""))
    }
    static func observed(_ property: String, _ value: String) -> NativeEvent {
        NativeEvent(type: .sensorObserved, members: ",\"property\":\"\(property)\",\"value\":\(value)")
    }

    /// - Parameter id: of the event, and of the alarm that it raises.
    func json(id: String, device: String, time: String?, source: String) -> [UInt8] {
        let alarm = type == .alarmRaised ? ",\"alarm\":\"\(id)\"" : ""
        let written = time.map { ",\"time\":\"\($0)\"" } ?? ""
        return Array(
            """
            {"specversion":"1.0","id":"\(id)","source":"\(source)","type":"\(EventType.prefix)\(type.word)"\(written),\
            "data":{"device":"\(device)"\(alarm)\(members)}}
            """.utf8
        )
    }
}

/// SCAIP (SS 91100): a request, `mrq`, without a time.
enum SCAIPWriter {
    /// - Parameters:
    ///   - reference: of 1 to 16 characters, unique for the device.
    ///   - isMalformed: leaves out `dty`, without which a request is refused.
    static func write(_ report: NativeReport, device: String, reference: String, source: String, isMalformed: Bool) -> WrittenNative {
        var type = "ME"
        var (deviceType, status): (Int, Int)
        var priority: Int?
        let event: NativeEvent
        switch report {
        case .heartbeat, .observed, .settled:
            // Real heartbeats carry the status of an automatic alarm; the type decides.
            (type, deviceType, status, event) = ("PI", 2, 9, NativeEvent(type: .deviceHeartbeat))
        case .tested: (deviceType, status, event) = (2, 102, NativeEvent(type: .deviceTested))
        case .fault(let fault): (deviceType, status, event) = (2, stc(fault), .fault(fault))
        case .restored(let fault):
            let (code, restored) = stc(restored: fault)
            (deviceType, status, event) = (2, code, .restored(restored))
        case .alarm(let kind, let urgency):
            let (code, told) = dty(kind)
            let isPressed = kind == .manual || kind == .pullCord
            (deviceType, status, priority) = (code, isPressed ? 10 : 9, urgency)
            event = NativeEvent(type: .alarmRaised, members: ",\"kind\":\"\(told.rawValue)\",\"priority\":\(urgency)")
        }
        let id = "scaip:\(device):\(reference)"
        let dtyElement = isMalformed ? "" : "<dty>\(padded(deviceType))</dty>"
        let priElement = priority.map { "<pri>\($0)</pri>" } ?? ""
        let xml = """
            <?xml version="1.0" encoding="UTF-8"?><mrq><ref>\(reference)</ref><cid>\(device)</cid>\(dtyElement)\
            <mty>\(type)</mty><stc>\(padded(status))</stc>\(priElement)</mrq>
            """
        return WrittenNative(
            frame: NativeFrame(codec: .scaip, payload: Array(xml.utf8), refusal: isMalformed ? "codec:missing dty" : nil),
            event: isMalformed ? [] : event.json(id: id, device: device, time: nil, source: source),
            id: id,
            isAlarm: event.type.isAlarm
        )
    }

    /// Four digits, as most devices write codes.
    private static func padded(_ code: Int) -> String { String(repeating: "0", count: 4 - String(code).count) + String(code) }

    private static func dty(_ kind: AlarmKind) -> (Int, AlarmKind) {
        switch kind {
        case .manual: (3, .manual)
        case .pullCord: (4, .manual)
        case .fall: (5, .fall)
        case .inactivity: (10, .inactivity)
        case .medication: (11, .medication)
        case .bed: (12, .bed)
        case .door: (14, .door)
        case .epilepsy: (17, .epilepsy)
        case .smoke: (23, .smoke)
        case .location: (51, .location)
        case .supervision, .other: (31, .other)
        }
    }

    private static func stc(_ fault: Fault) -> Int {
        switch fault {
        case .batteryLow: 16
        case .mainsLost: 85
        case .linkLost: 23
        case .tamper: 125
        case .radioTestMissing: 123
        case .malfunction: 67
        case .memoryFull: 68
        }
    }

    /// Tamper and a full memory have no end of their own: the device says that all is normal.
    private static func stc(restored fault: Fault) -> (Int, Fault) {
        switch fault {
        case .batteryLow: (15, fault)
        case .mainsLost: (86, fault)
        case .linkLost: (112, fault)
        case .radioTestMissing: (124, fault)
        case .tamper, .malfunction, .memoryFull: (70, .malfunction)
        }
    }
}

/// SIA DC-09 frames with a time, in turns SIA-DCS and ADM-CID.
enum DC09Writer {
    /// - Parameters:
    ///   - account: hexadecimal digits.
    ///   - time: milliseconds; the frame has whole seconds.
    ///   - isMalformed: writes a wrong CRC, as of a frame that was changed on its way.
    static func write(
        _ report: NativeReport,
        account: String,
        number: Int64,
        time: EventTime?,
        source: String,
        isMalformed: Bool = false
    ) -> WrittenNative {
        let (token, data, event) = content(report, account: account, usesContactID: number % 2 == 0)
        let digits = String(number % 9999 + 1)
        let sequence = String(repeating: "0", count: 4 - digits.count) + digits
        let stamp = time.map { "_\(clockText($0))" } ?? ""
        let body = "\"\(token)\"\(sequence)L0#\(account)[\(data)]\(stamp)"
        let check = hexadecimal(UInt64(crc(Array(body.utf8)) ^ (isMalformed ? 0xFFFF : 0)))
        let text = "\n\(check)\(hexadecimal(UInt64(body.utf8.count)))\(body)\r"
        let id = "dc09:\(account):\(sequence):\(check)"
        let seconds = time.map { AuditClock.text(AuditClock.floor($0, 1000) * 1000) }
        return WrittenNative(
            frame: NativeFrame(codec: .dc09, payload: Array(text.utf8), refusal: isMalformed ? "codec:wrong crc" : nil),
            event: isMalformed ? [] : event.json(id: id, device: account, time: seconds, source: source),
            id: id,
            isAlarm: event.type.isAlarm
        )
    }

    private static func content(_ report: NativeReport, account: String, usesContactID: Bool) -> (String, String, NativeEvent) {
        /// A code of both alphabets; a Contact ID code has its qualifier first.
        func block(_ sia: String, _ contactID: String, _ event: NativeEvent) -> (String, String, NativeEvent) {
            usesContactID
                ? ("ADM-CID", "#\(account)|\(contactID) 00 000", event) : ("SIA-DCS", "#\(account)|Nri0/\(sia)00", event)
        }
        func alarm(_ kind: AlarmKind) -> NativeEvent { NativeEvent(type: .alarmRaised, members: ",\"kind\":\"\(kind.rawValue)\"") }
        func other(_ code: String) -> NativeEvent { .observed("dc09-code", "\"\(code)\"") }
        switch report {
        case .heartbeat, .observed, .settled: return ("NULL", "", NativeEvent(type: .deviceHeartbeat))
        case .tested: return block("RX", "1601", NativeEvent(type: .deviceTested))
        case .fault(.batteryLow): return block("YT", "1302", .fault(.batteryLow))
        case .restored(.batteryLow): return block("YR", "3302", .restored(.batteryLow))
        case .fault(.mainsLost): return block("AT", "1301", .fault(.mainsLost))
        case .restored(.mainsLost): return block("AR", "3301", .restored(.mainsLost))
        case .fault(.linkLost): return block("YC", "1350", .fault(.linkLost))
        case .restored(.linkLost): return block("YK", "3350", .restored(.linkLost))
        case .fault(.tamper): return block("TA", "1137", .fault(.tamper))
        case .restored(.tamper): return block("TR", "3137", .restored(.tamper))
        // These have no code of their own in DOMAIN's table.
        case .fault, .restored: return ("SIA-DCS", "#\(account)|Nri0/YX00", other("YX"))
        case .alarm(.smoke, _): return block("FA", "1110", alarm(.smoke))
        case .alarm(.door, _): return block("BA", "1130", alarm(.door))
        case .alarm(.inactivity, _): return ("ADM-CID", "#\(account)|1102 00 000", alarm(.inactivity))
        case .alarm: return block("PA", "1101", alarm(.manual))
        }
    }

    /// `HH:MM:SS,MM-DD-YYYY`, UTC.
    private static func clockText(_ time: EventTime) -> String {
        let text = Array(AuditClock.text(time))
        return String(text[11..<19]) + "," + String(text[5..<10]) + "-" + String(text[0..<4])
    }

    /// Four digits, upper case.
    static func hexadecimal(_ value: UInt64) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }

    /// CRC-16/ARC: polynomial 0x8005 reflected, from 0.
    static func crc(_ bytes: [UInt8]) -> UInt16 {
        var crc: UInt16 = 0
        for byte in bytes {
            crc ^= UInt16(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xA001 : crc >> 1 }
        }
        return crc
    }
}
