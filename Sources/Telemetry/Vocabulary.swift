/// The words of CONTRACT 3. Raw values are the words on the wire; `allCases` keeps the contract's order.

public enum EventType: UInt8, CaseIterable, Sendable {
    case alarmRaised, alarmRepeated, alarmAnswered, alarmAcknowledged, alarmDispatched
    case alarmAccepted, alarmDeparted, alarmArrived, alarmClosed
    case sensorObserved, assistPerformed, deviceHeartbeat, deviceFault, deviceRestored, deviceTested

    public static let prefix = "no.vaktlast."

    /// The word behind the prefix, e.g. `alarm.raised`.
    public var word: String {
        switch self {
        case .alarmRaised: "alarm.raised"
        case .alarmRepeated: "alarm.repeated"
        case .alarmAnswered: "alarm.answered"
        case .alarmAcknowledged: "alarm.acknowledged"
        case .alarmDispatched: "alarm.dispatched"
        case .alarmAccepted: "alarm.accepted"
        case .alarmDeparted: "alarm.departed"
        case .alarmArrived: "alarm.arrived"
        case .alarmClosed: "alarm.closed"
        case .sensorObserved: "sensor.observed"
        case .assistPerformed: "assist.performed"
        case .deviceHeartbeat: "device.heartbeat"
        case .deviceFault: "device.fault"
        case .deviceRestored: "device.restored"
        case .deviceTested: "device.tested"
        }
    }

    public var isAlarm: Bool { rawValue <= EventType.alarmClosed.rawValue }
}

public enum AlarmKind: String, CaseIterable, Sendable {
    case manual, pullCord = "pull-cord", fall, smoke, door, bed, inactivity, epilepsy, medication, location
    case supervision, other
}

public enum Outcome: String, CaseIterable, Sendable {
    case resolvedByVoice = "resolved-by-voice", visited, emergencyServices = "emergency-services", unintended, test
    case technical, cancelled, other
}

public enum Cause: String, CaseIterable, Sendable {
    case fall, illness, toiletCare = "toilet-care", medication, practical, anxiety, unintended
    case otherCare = "other-care", unknown
}

public enum Technology: String, CaseIterable, Sendable {
    case digitalSupervision = "digital-supervision", medicationDispenser = "medication-dispenser"
    case electronicLock = "electronic-lock", location, homeMonitoring = "home-monitoring", safetyAlarm = "safety-alarm"
}

public enum AssistResult: String, CaseIterable, Sendable {
    case done, followUp = "follow-up"
}

public enum Fault: String, CaseIterable, Sendable {
    case batteryLow = "battery-low", mainsLost = "mains-lost", linkLost = "link-lost", tamper
    case radioTestMissing = "radio-test-missing", malfunction, memoryFull = "memory-full"
}

/// Why an event's own time was not believed (CONTRACT 4).
public enum ClockFlag: UInt8, CaseIterable, Sendable {
    case noClock, unsetClock, future

    public var word: String {
        switch self {
        case .noClock: "no-clock"
        case .unsetClock: "unset-clock"
        case .future: "future"
        }
    }
}
