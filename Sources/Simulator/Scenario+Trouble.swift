/// What goes wrong beyond the way of single events: centrals, clocks, and incidents with a timetable.
extension Scenario {
    /// An alarm central: it answers and calls out for its share of the residents, and sends under its own source.
    package struct Central: Sendable {
        package var source: String
        package var share: Double
        /// Its own answer times; nil: those of `answer`.
        package var answerSeconds: Spread?
        /// It writes `+02:00` behind local times instead of `Z`.
        package var writesLocalTime: Bool
    }

    /// Devices whose clock is wrong, each share on its own. A central's own steps keep the central's time.
    package struct Clocks: Sendable {
        package var offsetShare: Double
        /// Ahead for half of them, behind for the others.
        package var offsetMinutes: Spread
        package var driftShare: Double
        package var driftSecondsPerDay: Spread
        /// They begin at 1970-01-01 with the run.
        package var unsetShare: Double
        package var futureShare: Double
        package var futureDays: Spread
        /// They send no time at all.
        package var missingShare: Double
    }

    /// Something with a beginning and an end.
    package struct Incident: Sendable {
        package enum Kind: String, CaseIterable, Sendable {
            /// Nothing gets through; all of it comes when it is over.
            case outage
            case delay, duplicate, reorder, lost, malformed
            /// A gateway writes its own time over the event's when it sends it on.
            case restamp
            case clock
            case powerCut = "power-cut", linkLoss = "link-loss", testFlood = "test-flood"
            case repeatPresses = "repeat-presses", lateAnswer = "late-answer", switchOver = "switch-over"
        }

        package var kind: Kind
        /// Hours after the start of the run.
        package var atHour: Double
        package var hours: Double
        /// Of the events, devices or alarms that it could touch.
        package var share: Double
        /// Indexes; empty: all.
        package var zones: [Int]
        package var centrals: [Int]
        /// How far: of a delay, a copy, an overtaking, a clock, an answer.
        package var minutes: Double
        /// Test alarms a minute.
        package var perMinute: Double
        package var presses: Int
        package var batteryHours: Spread
        /// Devices lost that somebody is told of.
        package var toldShare: Double
        /// The centrals of a switch-over; while it lasts `bothShare` of the alarms go to both.
        package var from: Int
        package var to: Int
        package var bothShare: Double

        /// Milliseconds after the start.
        var start: Int64 { Int64(atHour * 3_600_000) }
        var end: Int64 { Int64((atHour + hours) * 3_600_000) }

        func isOn(at time: Int64) -> Bool { start <= time && time < end }

        /// Whether it touches events of a zone and a central.
        func concerns(zone: Int, central: Int) -> Bool {
            (zones.isEmpty || zones.contains(zone)) && (centrals.isEmpty || centrals.contains(central))
        }
    }

    /// Devices that speak their own format instead of the central's events.
    package struct NativeGroup: Sendable {
        package var kind: DeviceKind
        package var codec: NativeCodec
        /// Of the JSON formats: the device's model.
        package var profile: SensorProfile?
        /// Of the devices of the kind.
        package var share: Double
    }

    /// The same scenario with fewer or more people and, with them, floods; at least one person stays.
    package func scaled(by factor: Double) -> Scenario {
        var scenario = self
        scenario.population.residents = max(1, Int((Double(population.residents) * factor).rounded()))
        for index in scenario.incidents.indices { scenario.incidents[index].perMinute *= factor }
        for index in scenario.zones.indices {
            if let responders = zones[index].responders { scenario.zones[index].responders = max(1, Int((Double(responders) * factor).rounded(.up))) }
        }
        return scenario
    }

    /// The instants between which it plays where it says so: its local date and length.
    package var ownStart: Int64? { start.flatMap { AuditClock.milliseconds(Array("\($0)T12:00:00Z".utf8)) }.map { AuditClock.startOfOsloDay($0) } }
}

/// Formats of devices that the simulator can write.
package enum NativeCodec: String, CaseIterable, Sendable {
    case scaip, dc09, zigbee2mqtt, chirpstack
    case thingsStack = "things-stack"
}
