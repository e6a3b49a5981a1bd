package import Telemetry

/// What is simulated: a municipality's people, their devices, its alarm centrals, and what goes wrong.
///
/// Every rate, share and distribution stands here, with the defaults of DOMAIN.md («How alarms behave»); those
/// that no source gives are examples.
package struct Scenario: Sendable {
    package var municipality: String
    /// At least one.
    package var centrals: [Central]
    /// The seed that is taken when the command names none.
    package var seed: UInt64
    package var population: Population
    package var zones: [Zone]
    package var rhythm: Rhythm
    package var alarms: Alarms
    package var answer: Answer
    package var response: Response
    package var heartbeats: Heartbeats
    /// Observations a device and day, by the kind of device that makes them.
    package var observations: [DeviceKind: Activity]
    /// Assists a device and day, by the kind of device that helps.
    package var assists: [DeviceKind: Assist]
    package var faults: [Fault: FaultRate]
    package var delivery: Delivery
    package var clocks: Clocks
    package var incidents: [Incident]
    package var natives: [NativeGroup]
    /// The local date on which it begins, for what belongs to one; otherwise it ends now.
    package var start: String?
    /// How long it is; the command's own value goes first.
    package var days: Double?

    /// The first central's.
    package var source: String { centrals[0].source }

    package struct Population: Sendable {
        /// People with a safety alarm.
        package var residents: Int
        /// People and devices come from this seed and not from the run's: the registry holds for every run.
        package var seed: UInt64
        /// Stands first in every device reference.
        package var prefix: String
        /// Spread of how often people use their alarm: σ of a lognormal with mean 1.
        package var activitySigma: Double
        package var dwellings: [(String, Double)]
        /// Steps of the care ladder.
        package var steps: [(String, Double)]
        /// The share of people who have each further device.
        package var devices: [DeviceKind: Double]
    }

    package struct Zone: Sendable {
        package var id: String
        package var weight: Double
        package var travelMinutes: Spread
        /// Zones that help out now and then.
        package var neighbours: [String]
        /// People on duty, each of whom serves one alarm at a time; nil: always as many as are asked for.
        package var responders: Int?
    }

    package struct Rhythm: Sendable {
        /// Weight of each hour of the day for alarms.
        package var hours: [Double]
        /// Weight of each day of the week, Monday first.
        package var weekdays: [Double]
        package var testHours: [Double]
        package var testWeekdays: [Double]
    }

    package struct Alarms: Sendable {
        package var perUserMonth: Double
        package var callOutsPerUserMonth: Double
        package var testsPerUserMonth: Double
        package var kinds: [(AlarmKind, Double)]
        package var causesByDay: [(Cause, Double)]
        /// From 22 to 06.
        package var causesByNight: [(Cause, Double)]
        package var centreOutcomes: [(Outcome, Double)]
        package var visitOutcomes: [(Outcome, Double)]
        /// Alarms without voice contact: always a visit.
        package var silentShare: Double
        /// Alarms that the device sends again at least once.
        package var repeatedShare: Double
        /// Of those repeated n times, the share repeated n + 1 times; 8 is the most.
        package var repeatedAgainShare: Double
        /// Alarms that nobody closes.
        package var neverClosedShare: Double
        /// Alarms answered and closed once more, with another outcome, when somebody corrects them.
        package var correctedShare: Double
    }

    package struct Answer: Sendable {
        package var withinMinuteShare: Double
        package var seconds: Spread
        /// Beyond the first minute.
        package var tailSeconds: Spread
        /// Alarms that nobody answers before the device gives up.
        package var unansweredShare: Double
        package var acknowledgeSeconds: Spread
        package var talkSeconds: Spread
    }

    package struct Response: Sendable {
        package var acceptSeconds: Spread
        package var departMinutes: Spread
        package var onSiteMinutes: Spread
        package var twoRespondersShare: Double
        package var neighbourShare: Double
        /// Accepted or departed steps that the responder forgets to enter, each on its own.
        package var stepMissingShare: Double
    }

    package struct Heartbeats: Sendable {
        package var safetyAlarmMinutes: Double
        package var otherMinutes: Double
        /// Self-tests a device reports in a month.
        package var selfTestsPerDeviceMonth: Double
    }

    package struct Activity: Sendable {
        package var perDeviceDay: Double
        package var hours: [Double]
    }

    package struct Assist: Sendable {
        package var perDeviceDay: Double
        package var followUpShare: Double
        package var hours: [Double]
    }

    package struct FaultRate: Sendable {
        package var perDeviceMonth: Double
        package var restoredAfterHours: Spread
    }

    /// What happens between the making of an event and its sending.
    package struct Delivery: Sendable {
        package var zoneOmittedShare: Double
        package var delayedShare: Double
        package var delayMinutes: Spread
        package var duplicatedShare: Double
        package var duplicateSeconds: Spread
        /// Delays of a length of their own: each with its share and its hours.
        package var fixedDelays: [FixedDelay]
        /// Of the delayed: the gateway that held them writes its own time over the event's.
        package var restampedShare: Double
        /// Events that others overtake.
        package var reorderedShare: Double
        package var reorderSeconds: Spread
        /// Events whose bytes are broken in one of several ways.
        package var malformedShare: Double
        /// Events that are made and never sent: their sequence is missing.
        package var lostShare: Double
        /// Devices that go silent without a word, a device and month.
        package var silencesPerDeviceMonth: Double
        package var silenceDays: Spread
    }

    package struct FixedDelay: Sendable {
        package var share: Double
        package var hours: Double
    }
}

/// The kinds of devices that a resident can have; the raw value is the registry's profile.
package enum DeviceKind: String, CaseIterable, Sendable {
    case safetyAlarm = "safety-alarm", fallDetector = "fall-detector", doorSensor = "door-sensor"
    case bedSensor = "bed-sensor", smokeDetector = "smoke-detector", medicationDispenser = "medication-dispenser"
    case supervisionCamera = "supervision-camera", electronicLock = "electronic-lock"

    /// What stands behind the resident's reference in the device's.
    var suffix: String {
        switch self {
        case .safetyAlarm: ""
        case .fallDetector: "-fall"
        case .doorSensor: "-door"
        case .bedSensor: "-bed"
        case .smokeDetector: "-smoke"
        case .medicationDispenser: "-med"
        case .supervisionCamera: "-cam"
        case .electronicLock: "-lock"
        }
    }

    /// The property it reports in `sensor.observed`.
    var property: String? {
        switch self {
        case .doorSensor: "contact"
        case .bedSensor: "in-bed"
        case .smokeDetector: "room-temperature"
        default: nil
        }
    }

    /// The technology it counts as in `assist.performed`.
    var technology: Technology? {
        switch self {
        case .medicationDispenser: .medicationDispenser
        case .supervisionCamera: .digitalSupervision
        case .electronicLock: .electronicLock
        default: nil
        }
    }

    /// The device that raises an alarm of a kind, where a resident has one.
    static func raising(_ kind: AlarmKind) -> DeviceKind {
        switch kind {
        case .fall: .fallDetector
        case .door: .doorSensor
        case .bed: .bedSensor
        case .smoke: .smokeDetector
        case .medication: .medicationDispenser
        case .supervision: .supervisionCamera
        case .manual, .pullCord, .inactivity, .epilepsy, .location, .other: .safetyAlarm
        }
    }
}
