import Foundation
import Staffing
import Strategy
import Telemetry
import Workload

import Reports

/// SplitMix64 (Steele, Lea and Flood 2014): the same seed gives the same month on every machine.
struct SeededRandom {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// 0 up to, not with, `limit`.
    mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }

    mutating func chance(_ permille: Int) -> Bool { below(1000) < permille }
}

/// A made-up month of Gjøvik: enough alarms to look like the real thing, in whole minutes and with integer
/// arithmetic only, so that the golden page is the same everywhere.
struct ReportFixture {
    static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static let zones: [ReportInput.Zone] = [
        .init(id: "haugtun", name: "Haugtun/Sentrum"), .init(id: "snertingdal", name: "Snertingdal"),
        .init(id: "aslundmarka", name: "Åslundmarka/Hunndalen"), .init(id: "sorbyen", name: "Sørbyen"),
        .init(id: "biri", name: "Biri"), .init(id: "nordbyen", name: "Nordbyen"),
    ]

    static let users = [190, 45, 120, 110, 60, 75]

    /// Alarms of a thousand that come in each hour: mornings most, nights least.
    static let rhythm = [
        22, 20, 19, 20, 22, 28, 40, 58, 72, 70, 62, 52, 48, 46, 44, 44, 46, 50, 52, 48, 44, 38, 30, 25,
    ]

    private var random: SeededRandom
    private var waitsByZone: [(answer: [Int64], attendance: [Int64], closed: Int, centre: Int, unintended: Int)]
    private var cells: [LoadCell] = []
    let period: ReportPeriod

    init(seed: UInt64, period: ReportPeriod) {
        random = SeededRandom(seed: seed)
        self.period = period
        waitsByZone = ReportFixture.zones.map { _ in ([], [], 0, 0, 0) }
        for place in ReportFixture.zones.indices { addZone(place) }
    }

    static func text(_ path: String) throws -> String {
        try String(contentsOf: repository.appending(path: path), encoding: .utf8)
    }

    func input() throws -> ReportInput {
        let folder = "config/municipalities/3407-gjovik"
        let bounds = period.bounds()
        var input = ReportInput(
            municipalityNumber: "3407",
            municipalityName: "Gjøvik",
            zones: ReportFixture.zones,
            period: period,
            generatedAt: bounds.upperBound + 8 * 3_600_000,
            position: 184_467
        )
        input.cells = cells
        input.keyFigures = keyFigures(Array(ReportFixture.zones.indices))
        for (place, zone) in ReportFixture.zones.enumerated() {
            input.keyFiguresByZone[zone.id] = keyFigures([place])
            input.usersByZone[zone.id] = ReportFixture.users[place]
            let days = ReportFixture.users[place] * period.dayCount
            input.deviceDaysByZone[zone.id] = .init(withSign: days - days / 60 - place, registered: days)
            input.deviceDaysByGroup[.init(zone: zone.id, technology: .safetyAlarm)] = .init(
                days: .init(withSign: days - days / 60 - place, registered: days),
                devices: ReportFixture.users[place],
                silentDevices: min(ReportFixture.users[place], days / 60 + place)
            )
            // One dispenser more in each zone: the first have too few to leave the municipality.
            let dispensers = (place + 3) * period.dayCount
            input.deviceDaysByGroup[.init(zone: zone.id, technology: .medicationDispenser)] = .init(
                days: .init(withSign: dispensers - 2 * place, registered: dispensers),
                devices: place + 3,
                silentDevices: place
            )
        }
        input.roster = try Roster(
            csv: ReportFixture.text("\(folder)/roster.csv"),
            zones: Set(ReportFixture.zones.map(\.id))
        )
        input.goals = try Goals(yaml: ReportFixture.text("\(folder)/goals.yaml"))
        input.dataUntil = bounds.upperBound + 3_600_000
        var ledger = LedgerRecord(municipality: "3407", source: "helsevakten")
        (ledger.messages, ledger.accepted, ledger.duplicates, ledger.rejected) = (12_881, 41_207, 312, 3)
        (ledger.late, ledger.noClock, ledger.future) = (41, 0, 2)
        (ledger.firstSequence, ledger.lastSequence) = (1, 41_520)
        ledger.missing = [8_112...8_118, 20_004...20_004]
        input.ledgers = [ledger]
        input.openAlarms = .init(count: 2, oldest: bounds.upperBound - 5_400_000)
        input.unknownZones = [.init(name: "Haugtunn", count: 4)]
        input.unregisteredDevices = 1
        return input
    }

    private func keyFigures(_ places: [Int]) -> KeyFigures {
        let of = places.map { waitsByZone[$0] }
        let closed = of.reduce(0) { $0 + $1.closed }
        return KeyFigures(
            alarms: closed + places.count,
            answer: WaitFigures(
                waits: of.flatMap(\.answer),
                none: places.count,
                negative: 0,
                limitsMilliseconds: KeyFigures.answerLimitsMilliseconds
            ),
            attendance: WaitFigures(
                waits: of.flatMap(\.attendance),
                none: 0,
                negative: 0,
                limitsMilliseconds: KeyFigures.attendanceLimitsMilliseconds
            ),
            closedAtCentre: Share(of.reduce(0) { $0 + $1.centre }, of: closed),
            unintended: Share(of.reduce(0) { $0 + $1.unintended }, of: closed)
        )
    }

    private mutating func addZone(_ place: Int) {
        let bounds = period.bounds()
        let minutes = Int((bounds.upperBound - bounds.lowerBound) / 60_000)
        var responders = [UInt8](repeating: 0, count: minutes)
        var responses = [UInt8](repeating: 0, count: minutes)
        var measures = [Measures](repeating: Measures(), count: minutes / 15)
        let hourOffset = LocalTime.oslo.offsetSeconds(at: bounds.lowerBound) / 3600
        for minute in 0..<minutes {
            let hour = (minute / 60 + hourOffset + Int(bounds.lowerBound / 3_600_000)) % 24
            // 3.6 alarms a user and 30 days, by the hour's part of the day.
            guard random.below(30 * 60 * 1000 * 10) < ReportFixture.users[place] * 36 * ReportFixture.rhythm[hour]
            else { continue }
            measures[minute / 15].raised += 1
            measures[minute / 15].answered += 1
            waitsByZone[place].answer.append(Int64(4 + random.below(38) + (random.chance(35) ? 45 : 0)) * 1000)
            waitsByZone[place].closed += 1
            if random.chance(165) { waitsByZone[place].unintended += 1 }
            let isNight = hour >= 23 || hour < 7
            if random.chance(isNight ? 600 : 785) {
                waitsByZone[place].centre += 1
                continue
            }
            let wait = 6 + random.below(28) + (random.chance(120) ? 25 : 0)
            waitsByZone[place].attendance.append(Int64(wait) * 60_000)
            measures[minute / 15].dispatched += 1
            let end = min(minutes, minute + wait + 8 + random.below(isNight ? 60 : 35))
            let count: UInt8 = random.chance(90) ? 2 : 1
            for at in minute..<end {
                responders[at] += count
                responses[at] += 1
            }
        }
        for minute in 0..<minutes {
            measures[minute / 15].responseMs += Int64(responders[minute]) * 60_000
            measures[minute / 15].openPeak = max(measures[minute / 15].openPeak, Int64(responders[minute]))
            if responses[minute] > 1 { measures[minute / 15].overlapMs += 60_000 }
        }
        for (quarter, measure) in measures.enumerated() where !measure.isEmpty {
            cells.append(
                LoadCell(
                    zone: ReportFixture.zones[place].id,
                    start: bounds.lowerBound + Int64(quarter) * 900_000,
                    measures: measure,
                    revised: random.chance(12)
                )
            )
        }
    }
}
