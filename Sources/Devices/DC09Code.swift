import Telemetry

/// One event code of a frame, what it means, and the zone or point that it names.
struct DC09Code: Equatable {
    enum Meaning: Equatable {
        case heartbeat, tested, reset
        case alarm(AlarmKind)
        case fault(Fault), restored(Fault)
        /// A code of no meaning here.
        case other(String)
    }

    var meaning: Meaning
    /// Zone or point; 0 for the whole account.
    var number: Int

    func event(id: String, account: String, time: EventTime?, _ oddities: inout Oddities) -> DeviceEvent {
        let name = number == 0 ? account : "\(account):\(number)"
        let device = NativeReference.device(name)
        if device != name { oddities.note("odd-account") }
        var event = DeviceEvent(id: id, type: .deviceHeartbeat, time: time, device: device)
        switch meaning {
        case .heartbeat: break
        case .tested: event.type = .deviceTested
        case .reset:
            event.type = .sensorObserved
            event.data = [("property", .text("reset")), ("value", .flag(true))]
        case .alarm(let kind):
            event.type = .alarmRaised
            event.data = [("alarm", .text(id)), ("kind", .text(kind.rawValue))]
        case .fault(let fault):
            event.type = .deviceFault
            event.data = [("fault", .text(fault.rawValue))]
        case .restored(let fault):
            event.type = .deviceRestored
            event.data = [("fault", .text(fault.rawValue))]
        case .other(let code):
            event.type = .sensorObserved
            event.data = [("property", .text("dc09-code")), ("value", .text(code))]
        }
        return event
    }

    // MARK: - Meanings

    /// Of a two-letter code of SIA DC-03.
    static func meaning(dcs code: String) -> Meaning {
        switch code {
        case "RP": .heartbeat
        case "PA", "HA", "MA", "QA": .alarm(.manual)
        case "FA", "KA": .alarm(.smoke)
        case "BA": .alarm(.door)
        case "YT": .fault(.batteryLow)
        case "YR": .restored(.batteryLow)
        case "AT": .fault(.mainsLost)
        case "AR": .restored(.mainsLost)
        case "YC": .fault(.linkLost)
        case "YK": .restored(.linkLost)
        case "TA": .fault(.tamper)
        case "TR": .restored(.tamper)
        case "RX", "TX": .tested
        case "PR", "HR", "MR", "QR", "FR", "KR", "BR": .reset
        default: .other(code)
        }
    }

    /// Of an event code of Contact ID (SIA DC-05) that is new, or restored.
    static func meaning(contactID code: String, isRestored: Bool) -> Meaning {
        let kind: AlarmKind
        switch code {
        case "602": return .heartbeat
        case "601": return .tested
        case "302": return isRestored ? .restored(.batteryLow) : .fault(.batteryLow)
        case "301": return isRestored ? .restored(.mainsLost) : .fault(.mainsLost)
        case "350", "351": return isRestored ? .restored(.linkLost) : .fault(.linkLost)
        case "137", "144": return isRestored ? .restored(.tamper) : .fault(.tamper)
        case "100", "101", "120", "121", "122", "123": kind = .manual
        case "102": kind = .inactivity
        case "110", "111", "114": kind = .smoke
        case "130", "131", "132", "133", "134": kind = .door
        default: return .other(code)
        }
        return isRestored ? .reset : .alarm(kind)
    }
}
