import Telemetry

/// The defaults of every section. Rates and the daily peak are DOMAIN's; the rest are examples.
extension Scenario.Population {
    static let standardDwellings: [(String, Double)] = [
        ("own-home", 0.72), ("municipal-rental", 0.2), ("care-home", 0.08),
    ]
    static let standardSteps: [(String, Double)] = [("1", 0.1), ("2", 0.35), ("3", 0.35), ("4", 0.15), ("5", 0.05)]
    static let standardDevices: [DeviceKind: Double] = [
        .fallDetector: 0.12, .doorSensor: 0.08, .bedSensor: 0.05, .smokeDetector: 0.25,
        .medicationDispenser: 0.12, .supervisionCamera: 0.06, .electronicLock: 0.2,
    ]
}

extension Scenario.Rhythm {
    /// Peak 08–11, a second shoulder in the evening, a quiet but never silent night.
    static let standard = Scenario.Rhythm(
        hours: [
            0.55, 0.5, 0.45, 0.45, 0.5, 0.65, 0.9, 1.3, 1.75, 1.85, 1.7, 1.3,
            1.1, 1.05, 1.0, 1.0, 1.05, 1.15, 1.25, 1.35, 1.3, 1.15, 0.9, 0.7,
        ],
        weekdays: [1.06, 1.02, 1.0, 1.0, 1.0, 0.97, 0.95],
        testHours: [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 3, 3, 2, 3, 3, 2, 1, 0, 0, 0, 0, 0, 0, 0],
        testWeekdays: [1, 1, 1, 1, 1, 0.1, 0.1]
    )
}

extension Scenario.Alarms {
    static let standard = Scenario.Alarms(
        perUserMonth: 3.6,
        callOutsPerUserMonth: 0.7,
        testsPerUserMonth: 1,
        kinds: [
            (.manual, 0.7), (.pullCord, 0.05), (.fall, 0.07), (.smoke, 0.02), (.door, 0.05), (.bed, 0.04),
            (.inactivity, 0.02), (.epilepsy, 0.005), (.medication, 0.03), (.location, 0.005), (.supervision, 0.01),
        ],
        causesByDay: [
            (.fall, 0.06), (.illness, 0.07), (.toiletCare, 0.2), (.medication, 0.08), (.practical, 0.27),
            (.anxiety, 0.14), (.otherCare, 0.1), (.unknown, 0.08),
        ],
        causesByNight: [
            (.fall, 0.06), (.illness, 0.08), (.toiletCare, 0.36), (.medication, 0.12), (.practical, 0.06),
            (.anxiety, 0.12), (.otherCare, 0.14), (.unknown, 0.06),
        ],
        centreOutcomes: [
            (.resolvedByVoice, 0.62), (.unintended, 0.3), (.cancelled, 0.04), (.technical, 0.03), (.other, 0.01),
        ],
        visitOutcomes: [
            (.visited, 0.92), (.emergencyServices, 0.04), (.technical, 0.02), (.unintended, 0.01), (.other, 0.01),
        ],
        silentShare: 0.05,
        repeatedShare: 0.12,
        repeatedAgainShare: 0.4,
        neverClosedShare: 0.002,
        correctedShare: 0
    )
}

extension Scenario.Answer {
    static let standard = Scenario.Answer(
        withinMinuteShare: 0.982,
        seconds: Spread(median: 14, sigma: 0.55),
        tailSeconds: Spread(median: 45, sigma: 0.9),
        unansweredShare: 0.004,
        acknowledgeSeconds: Spread(median: 5, sigma: 0.5),
        talkSeconds: Spread(median: 75, sigma: 0.7)
    )
}

extension Scenario.Response {
    static let standard = Scenario.Response(
        acceptSeconds: Spread(median: 70, sigma: 0.7),
        departMinutes: Spread(median: 4, sigma: 0.7),
        onSiteMinutes: Spread(median: 22, sigma: 0.55),
        twoRespondersShare: 0.1,
        neighbourShare: 0.06,
        stepMissingShare: 0.02
    )
}

extension Scenario {
    static let standardActivities: [DeviceKind: Activity] = [
        .doorSensor: Activity(
            perDeviceDay: 6,
            hours: [
                0.1, 0.1, 0.1, 0.1, 0.1, 0.2, 0.5, 1, 1.5, 2, 2, 2, 2, 2, 2, 2, 2, 1.5, 1, 1, 0.8, 0.6, 0.4, 0.2,
            ]
        ),
        .bedSensor: Activity(
            perDeviceDay: 6,
            hours: [1, 1, 1, 1, 1, 1.5, 2, 3, 3, 1, 0.5, 0.5, 1, 1.5, 1, 0.5, 0.3, 0.3, 0.5, 1, 2, 3, 3, 2]
        ),
        .smokeDetector: Activity(perDeviceDay: 1, hours: [Double](repeating: 1, count: 24)),
    ]

    static let standardAssists: [DeviceKind: Assist] = [
        .medicationDispenser: Assist(
            perDeviceDay: 3,
            followUpShare: 0.03,
            hours: [0, 0, 0, 0, 0, 0, 0, 1, 6, 4, 1, 0, 1, 4, 2, 0, 0, 0, 1, 3, 5, 2, 0, 0]
        ),
        .supervisionCamera: Assist(
            perDeviceDay: 3,
            followUpShare: 0.04,
            hours: [4, 1, 3, 4, 1, 3, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3]
        ),
        .electronicLock: Assist(
            perDeviceDay: 1.5,
            followUpShare: 0.002,
            hours: [
                0.2, 0.2, 0.2, 0.2, 0.2, 0.3, 0.6, 2, 3, 3, 2, 1, 1.5, 1.2, 1, 0.7, 1, 1, 1.2, 1.5, 1.5, 1, 0.5, 0.3,
            ]
        ),
    ]

    static let standardFaults: [Fault: FaultRate] = [
        .batteryLow: FaultRate(perDeviceMonth: 0.04, restoredAfterHours: Spread(median: 40, sigma: 0.7)),
        .mainsLost: FaultRate(perDeviceMonth: 0.03, restoredAfterHours: Spread(median: 0.7, sigma: 1)),
        .linkLost: FaultRate(perDeviceMonth: 0.05, restoredAfterHours: Spread(median: 0.4, sigma: 1)),
        .radioTestMissing: FaultRate(perDeviceMonth: 0.01, restoredAfterHours: Spread(median: 20, sigma: 0.5)),
    ]
}

extension Scenario.Delivery {
    static let standard = Scenario.Delivery(
        zoneOmittedShare: 0.25,
        delayedShare: 0.0005,
        delayMinutes: Spread(median: 60, sigma: 1.2),
        duplicatedShare: 0.001,
        duplicateSeconds: Spread(median: 20, sigma: 1),
        fixedDelays: [],
        restampedShare: 0,
        reorderedShare: 0,
        reorderSeconds: Spread(median: 5, sigma: 1),
        malformedShare: 0,
        lostShare: 0,
        silencesPerDeviceMonth: 0.01,
        silenceDays: Spread(median: 3, sigma: 0.6)
    )
}
