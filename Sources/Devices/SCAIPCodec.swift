import Telemetry

/// Reads SCAIP requests into canonical events, exactly as the table in `docs/devices.md` says.
///
/// `mty` decides before `stc`: real heartbeats carry the status of an alarm. Codes are compared as numbers.
enum SCAIPCodec {
    /// The longest `ref` of the standard.
    static let referenceLengthMax = 16

    static func read(_ payload: [UInt8]) throws(CodecRefusal) -> NativeReading {
        let document = try SCAIPDocument(payload)
        var request = try Request(document)
        let event = request.event()
        return NativeReading(events: [event], oddities: request.oddities.words)
    }

    private enum MessageType { case message, reset, information, heartbeat }

    private struct Request {
        var oddities: Oddities
        private let fields: [String: String]
        private let controller: String
        private let id: String
        /// Nil where there is none from 0 to 9.
        private let priority: Int?
        private let deviceType: Int?

        init(_ document: SCAIPDocument) throws(CodecRefusal) {
            fields = document.fields
            oddities = document.oddities
            for name in ["ref", "cid", "dty"] where fields[name] == nil { throw CodecRefusal("missing \(name)") }
            controller = NativeReference.withoutSpaces(fields["cid"] ?? "")
            if controller.isEmpty { throw CodecRefusal("missing cid") }
            if controller.utf8.count != (fields["cid"] ?? "").utf8.count { oddities.note("cid-with-spaces") }
            let reference = fields["ref"] ?? ""
            if reference.unicodeScalars.count > SCAIPCodec.referenceLengthMax { oddities.note("long-ref") }
            id = NativeReference.eventID("scaip:\(controller):\(reference)")
            priority = NativeReference.number(fields["pri"]).flatMap { (0...9).contains($0) ? $0 : nil }
            if fields["pri"] != nil, priority == nil { oddities.note("bad-pri") }
            deviceType = NativeReference.number(fields["dty"])
            if deviceType == nil { oddities.note("bad-dty") }
        }

        mutating func event() -> DeviceEvent {
            switch messageType() {
            case .heartbeat: return make(.deviceHeartbeat)
            case .reset: return observed("reset")
            case .information: return statusEvent(isInformation: true)
            case .message: return statusEvent(isInformation: false)
            }
        }

        /// Missing means a message, and so does what nobody knows: it may be an alarm.
        private mutating func messageType() -> MessageType {
            switch (fields["mty"] ?? "ME").uppercased() {
            case "ME": return .message
            case "RE": return .reset
            case "IN": return .information
            case "PI": return .heartbeat
            default:
                oddities.note("unknown-mty")
                return .message
            }
        }

        private mutating func statusEvent(isInformation: Bool) -> DeviceEvent {
            guard let status = NativeReference.number(fields["stc"]) else {
                oddities.note(fields["stc"] == nil ? "missing-stc" : "bad-stc")
                // Rather an alarm too many than one too few: a message whose status cannot be read may be one.
                return isInformation ? make(.sensorObserved, [("property", .text("scaip-status")), ("value", .text("unknown"))]) : alarm(kind)
            }
            switch status {
            case 9, 10: return alarm(kind, hasPriority: true)
            case 81: return alarm(.medication)
            case 83:
                return make(
                    .assistPerformed,
                    [
                        ("technology", .text(Technology.medicationDispenser.rawValue)), ("result", .text(AssistResult.done.rawValue)),
                    ]
                )
            case 14, 16: return fault(.batteryLow)
            case 15: return restored(.batteryLow)
            case 23, 24, 26, 63: return fault(.linkLost)
            case 112, 113, 115: return restored(.linkLost)
            case 85: return fault(.mainsLost)
            case 86: return restored(.mainsLost)
            case 67: return fault(.malfunction)
            case 70: return restored(.malfunction)
            case 68: return fault(.memoryFull)
            case 125: return fault(.tamper)
            case 123: return fault(.radioTestMissing)
            case 124: return restored(.radioTestMissing)
            case 102, 103: return make(.deviceTested)
            case 88: return observed("presence-after-alarm")
            case 111: return observed("intervention-complete")
            case 19: return observed("cancel")
            case 92, 93: return observed("reset")
            case 117: return observed("in-bed")
            case 119: return observed("movement")
            default: return make(.sensorObserved, [("property", .text("scaip-status")), ("value", .number(Double(status)))])
            }
        }

        // MARK: - Events

        private mutating func device() -> String {
            var device = controller
            if let unit = fields["did"].map(NativeReference.withoutSpaces), NativeReference.number(unit) != 0 { device += ":\(unit)" }
            let reference = NativeReference.device(device)
            if reference != device { oddities.note("odd-device") }
            return reference
        }

        private mutating func make(_ type: EventType, _ data: [(name: String, value: DeviceEvent.Value)] = []) -> DeviceEvent {
            DeviceEvent(id: id, type: type, device: device(), data: data)
        }

        private mutating func observed(_ property: String) -> DeviceEvent {
            make(.sensorObserved, [("property", .text(property)), ("value", .flag(true))])
        }

        private mutating func fault(_ fault: Fault) -> DeviceEvent { make(.deviceFault, [("fault", .text(fault.rawValue))]) }
        private mutating func restored(_ fault: Fault) -> DeviceEvent { make(.deviceRestored, [("fault", .text(fault.rawValue))]) }

        private mutating func alarm(_ kind: AlarmKind, hasPriority: Bool = false) -> DeviceEvent {
            var data: [(name: String, value: DeviceEvent.Value)] = [("alarm", .text(id)), ("kind", .text(kind.rawValue))]
            if hasPriority, let priority { data.append(("priority", .number(Double(priority)))) }
            return make(.alarmRaised, data)
        }

        private var kind: AlarmKind {
            switch deviceType {
            case 5: .fall
            case 10, 18: .inactivity
            case 11: .medication
            case 12, 13, 44: .bed
            case 14, 15: .door
            case 17: .epilepsy
            case 23, 25, 26: .smoke
            case 51: .location
            case 2, 3, 4, 6, 45, 48: .manual
            default: .other
            }
        }
    }
}
