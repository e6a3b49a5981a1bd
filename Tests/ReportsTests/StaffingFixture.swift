import Foundation
import Staffing
import Telemetry
import Testing
import Workload

import Reports

/// A made-up month of call-outs in Gjøvik with the shipped roster, planned work, settings, alternatives and what-if.
///
/// Whole minutes and integer arithmetic only, so that what is written from it is the same everywhere.
struct StaffingFixture {
    static let folder = "config/municipalities/3407-gjovik"
    /// October 2026: 31 days, one of 25 hours.
    static let covered = LocalTime.oslo.instant(.init(year: 2026, month: 10, day: 1))..<LocalTime.oslo.instant(.init(year: 2026, month: 11, day: 1))
    static let zones = ReportFixture.zones.map { StaffingAnalysis.Zone(id: $0.id, name: $0.name) }

    /// - Parameters:
    ///   - perDay: call-outs a day in the whole municipality.
    ///   - withinMinutes: of the norm.
    static func input(seed: UInt64 = 3407, perDay: Int = 40, withinMinutes: Int64 = 25) throws -> StaffingInput {
        let ids = Set(zones.map(\.id))
        let roster = try Roster(csv: ReportFixture.text("\(folder)/roster.csv"), zones: ids)
        var settings = try StaffingSettings(yaml: ReportFixture.text("\(folder)/staffing.yaml"), zones: ids)
        settings.norm.withinMilliseconds = withinMinutes * 60_000
        settings.replays = 200
        let alarms = alarms(seed: seed, perDay: perDay)
        return StaffingInput(
            municipalityNumber: "3407",
            municipalityName: "Gjøvik",
            zones: zones,
            covered: covered,
            position: 184_467,
            cells: cells(alarms).compactMap(ObservedCell.init),
            alarms: alarms,
            roster: roster,
            planned: try PlannedWork(csv: ReportFixture.text("\(folder)/planned.csv"), zones: ids),
            settings: settings,
            alternatives: try RosterAlternative.read(yaml: ReportFixture.text("\(folder)/alternatives.yaml"), zones: ids) {
                .init(name: $0, text: try ReportFixture.text("\(folder)/\($0)"))
            },
            whatIfs: [try WhatIf(yaml: ReportFixture.text("\(folder)/what-if-natt.yaml"), zones: ids, settings: settings, roster: roster)]
        )
    }

    static func alarms(seed: UInt64, perDay: Int) -> [AlarmRecord] {
        var random = SeededRandom(seed: seed)
        let minutes = Int((covered.upperBound - covered.lowerBound) / 60_000)
        let users = ReportFixture.users.reduce(0, +)
        return (0..<(31 * perDay)).map { number in
            var person = random.below(users)
            let zone = ReportFixture.users.indices.first { place in
                person -= ReportFixture.users[place]
                return person < 0
            }!
            var minute = random.below(minutes)
            while !random.chance(10 * ReportFixture.rhythm[minute / 60 % 24]) { minute = random.below(minutes) }
            let raised = covered.lowerBound + Int64(minute) * 60_000
            let travel = Int64(4 + random.below(zone == 1 || zone == 4 ? 26 : 14))
            let onSite = Int64(5 + random.below(40))
            let steps: [(Step, Int64)] = [
                (.raised, 0), (.answered, 1), (.dispatched, 3), (.departed, 5), (.arrived, 5 + travel), (.closed, 5 + travel + onSite),
            ]
            return AlarmRecord(
                municipality: "3407",
                source: "helsevakten",
                alarm: "a\(number)",
                zone: ReportFixture.zones[zone].id,
                respondingZone: ReportFixture.zones[zone].id,
                device: nil,
                kind: random.chance(150) ? .fall : .manual,
                priority: nil,
                isTest: false,
                isLive: true,
                outcome: .visited,
                cause: nil,
                voice: !random.chance(50),
                responders: random.chance(80) ? 2 : 1,
                steps: steps.map { .init(step: $0.0, t: raised + $0.1 * 60_000, id: "e\(number)-\($0.1)", flag: nil, late: false) },
                repeats: 0,
                instant: raised
            )
        }
        .sorted { ($0.instant, $0.alarm) < ($1.instant, $1.alarm) }
    }

    /// The cells that the alarms make, minute by minute.
    static func cells(_ alarms: [AlarmRecord]) -> [LoadCell] {
        var cells: [String: [Int64: Measures]] = [:]
        var open: [String: [Int64: Int64]] = [:]
        for alarm in alarms {
            guard let response = alarm.intervals.response, let arrived = alarm.intervals.arrived else { continue }
            for time in stride(from: response.lowerBound, to: response.upperBound, by: 60_000) {
                let quarter = TimeRule.quarter(of: time)
                let length = 60_000 * Int64(alarm.responders)
                cells[alarm.zone, default: [:]][quarter, default: Measures()].responseMs += length
                if time < arrived { cells[alarm.zone]![quarter]!.travelMs += length } else { cells[alarm.zone]![quarter]!.onSiteMs += length }
                open[alarm.zone, default: [:]][time, default: 0] += Int64(alarm.responders)
                cells[alarm.zone]![quarter]!.openPeak = max(cells[alarm.zone]![quarter]!.openPeak, open[alarm.zone]![time]!)
            }
        }
        return cells.flatMap { zone, quarters in
            quarters.map { LoadCell(zone: zone, start: $0 * TimeRule.quarterMilliseconds, measures: $1, revised: false) }
        }
    }
}
