import Telemetry

private let share = 0.0...1.0
private let rate = 0.0...10_000.0
private let duration = 0.001...100_000.0

extension ScenarioReader {
    /// Weights of the contract's words.
    fileprivate func shares<Word: RawRepresentable & CaseIterable>(
        _ key: String,
        default standard: [(Word, Double)]
    ) throws -> [(Word, Double)] where Word.RawValue == String {
        let read = try weights(
            key,
            words: Word.allCases.map(\.rawValue),
            default: standard.map { ($0.rawValue, $1) }
        )
        return read.compactMap { name, weight in Word(rawValue: name).map { ($0, weight) } }
    }
}

extension Scenario.Alarms {
    init(_ top: ScenarioReader) throws {
        let section = try top.section(
            "alarms",
            keys: [
                "perUserMonth", "callOutsPerUserMonth", "testsPerUserMonth", "kinds", "causesByDay", "causesByNight",
                "centreOutcomes", "visitOutcomes", "silentShare", "repeatedShare", "repeatedAgainShare",
                "neverClosedShare", "correctedShare",
            ]
        )
        self = .standard
        perUserMonth = try section.number("perUserMonth", default: perUserMonth, in: rate)
        callOutsPerUserMonth = try section.number(
            "callOutsPerUserMonth",
            default: min(callOutsPerUserMonth, perUserMonth),
            in: 0...perUserMonth
        )
        testsPerUserMonth = try section.number("testsPerUserMonth", default: testsPerUserMonth, in: rate)
        kinds = try section.shares("kinds", default: kinds)
        causesByDay = try section.shares("causesByDay", default: causesByDay)
        causesByNight = try section.shares("causesByNight", default: causesByNight)
        centreOutcomes = try section.shares("centreOutcomes", default: centreOutcomes)
        visitOutcomes = try section.shares("visitOutcomes", default: visitOutcomes)
        silentShare = try section.number("silentShare", default: silentShare, in: share)
        repeatedShare = try section.number("repeatedShare", default: repeatedShare, in: share)
        repeatedAgainShare = try section.number("repeatedAgainShare", default: repeatedAgainShare, in: share)
        neverClosedShare = try section.number("neverClosedShare", default: neverClosedShare, in: share)
        correctedShare = try section.number("correctedShare", default: correctedShare, in: share)
    }
}

extension Scenario.Answer {
    init(_ top: ScenarioReader) throws {
        let section = try top.section(
            "answer",
            keys: [
                "withinMinuteShare", "seconds", "tailSeconds", "unansweredShare", "acknowledgeSeconds", "talkSeconds",
            ]
        )
        self = .standard
        withinMinuteShare = try section.number("withinMinuteShare", default: withinMinuteShare, in: share)
        seconds = try section.spread("seconds", default: seconds, in: 0.1...60)
        tailSeconds = try section.spread("tailSeconds", default: tailSeconds, in: duration)
        unansweredShare = try section.number("unansweredShare", default: unansweredShare, in: share)
        acknowledgeSeconds = try section.spread("acknowledgeSeconds", default: acknowledgeSeconds, in: duration)
        talkSeconds = try section.spread("talkSeconds", default: talkSeconds, in: duration)
    }
}

extension Scenario.Response {
    init(_ top: ScenarioReader) throws {
        let section = try top.section(
            "response",
            keys: [
                "acceptSeconds", "departMinutes", "onSiteMinutes", "twoRespondersShare", "neighbourShare",
                "stepMissingShare",
            ]
        )
        self = .standard
        acceptSeconds = try section.spread("acceptSeconds", default: acceptSeconds, in: duration)
        departMinutes = try section.spread("departMinutes", default: departMinutes, in: duration)
        onSiteMinutes = try section.spread("onSiteMinutes", default: onSiteMinutes, in: duration)
        twoRespondersShare = try section.number("twoRespondersShare", default: twoRespondersShare, in: share)
        neighbourShare = try section.number("neighbourShare", default: neighbourShare, in: share)
        stepMissingShare = try section.number("stepMissingShare", default: stepMissingShare, in: share)
    }
}

extension Scenario.Heartbeats {
    private static let minutes = 0.1...100_000.0

    init(_ top: ScenarioReader) throws {
        let section = try top.section(
            "heartbeats",
            keys: ["safetyAlarmMinutes", "otherMinutes", "selfTestsPerDeviceMonth"]
        )
        safetyAlarmMinutes = try section.number("safetyAlarmMinutes", default: 120, in: Scenario.Heartbeats.minutes)
        otherMinutes = try section.number("otherMinutes", default: 1440, in: Scenario.Heartbeats.minutes)
        selfTestsPerDeviceMonth = try section.number("selfTestsPerDeviceMonth", default: 1, in: rate)
    }
}

extension Scenario.Delivery {
    init(_ top: ScenarioReader) throws {
        let section = try top.section(
            "delivery",
            keys: [
                "zoneOmittedShare", "delayedShare", "delayMinutes", "fixedDelays", "restampedShare", "reorderedShare",
                "reorderSeconds", "malformedShare", "duplicatedShare", "duplicateSeconds", "lostShare", "silencesPerDeviceMonth",
                "silenceDays",
            ]
        )
        self = .standard
        zoneOmittedShare = try section.number("zoneOmittedShare", default: zoneOmittedShare, in: share)
        delayedShare = try section.number("delayedShare", default: delayedShare, in: share)
        delayMinutes = try section.spread("delayMinutes", default: delayMinutes, in: duration)
        duplicatedShare = try section.number("duplicatedShare", default: duplicatedShare, in: 0...(1 - delayedShare))
        duplicateSeconds = try section.spread("duplicateSeconds", default: duplicateSeconds, in: duration)
        lostShare = try section.number(
            "lostShare",
            default: lostShare,
            in: 0...max(0, 1 - delayedShare - duplicatedShare)
        )
        fixedDelays = try section.list("fixedDelays", keys: ["share", "hours"]).map { reader in
            Scenario.FixedDelay(
                share: try reader.number("share", default: 0, in: share),
                hours: try reader.number("hours", default: 5, in: 0...10_000)
            )
        }
        restampedShare = try section.number("restampedShare", default: restampedShare, in: share)
        reorderedShare = try section.number("reorderedShare", default: reorderedShare, in: share)
        reorderSeconds = try section.spread("reorderSeconds", default: reorderSeconds, in: duration)
        malformedShare = try section.number("malformedShare", default: malformedShare, in: share)
        silencesPerDeviceMonth = try section.number(
            "silencesPerDeviceMonth",
            default: silencesPerDeviceMonth,
            in: rate
        )
        silenceDays = try section.spread("silenceDays", default: silenceDays, in: duration)
    }
}
