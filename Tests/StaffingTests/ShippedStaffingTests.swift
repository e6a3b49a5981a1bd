import Foundation
import Staffing
import Testing
import Workload

/// The example files of Gjøvik.
@Suite("Shipped examples")
struct ShippedStaffingTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "config/municipalities/3407-gjovik")
    private let zones: Set = ["haugtun", "snertingdal", "aslundmarka", "sorbyen", "biri", "nordbyen"]
    private let day = LocalTime.Day(year: 2026, month: 10, day: 5)

    private func text(_ name: String) throws -> String { try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8) }

    private func alternatives() throws -> [RosterAlternative] {
        try RosterAlternative.read(yaml: text("alternatives.yaml"), zones: zones) { .init(name: $0, text: try text($0)) }
    }

    @Test("settings are read, and every figure of money and capacity that is no law says that it is an example")
    func settings() throws {
        let settings = try StaffingSettings(yaml: text("staffing.yaml"), zones: zones)
        #expect(settings.zoneGroups.count == 2 && settings.demandFactors.allSatisfy(\.factor.isExample) && settings.rates.isExample)
        for from in zones {
            for to in zones where from < to {
                #expect(settings.travelMinutes[.init(from: from, to: to)] != nil || settings.travelMinutes[.init(from: to, to: from)] != nil)
            }
        }
        let chain = CapacityChain(settings.capacity, year: 2026)
        #expect((1300...1500).contains(chain.netHours) && (800...1100).contains(chain.userHours))
    }

    @Test("planned work fits in the roster in every zone and hour of the week, and leaves something for alarms")
    func planned() throws {
        let planned = try PlannedWork(csv: text("planned.csv"), zones: zones)
        let roster = try Roster(csv: text("roster.csv"), zones: zones)
        #expect(planned.zones == zones)
        for zone in zones {
            for weekday in 1...7 {
                for hour in 0..<24 {
                    let at = LocalTime.oslo.instant(day.advanced(by: weekday - 1), milliseconds: Int64(hour) * 3_600_000)
                    let minutes = planned.minutes(zone: zone, weekday: weekday, hour: hour)
                    #expect(minutes.sum > 0 && minutes.sum < roster.positions(zone: zone, at: at) * 60, "\(zone) \(weekday) \(hour)")
                }
            }
        }
    }

    @Test("each alternative covers all zones in every hour of any week, and no week differs from another")
    func coverage() throws {
        let alternatives = try alternatives()
        #expect(alternatives.map(\.name) == ["A", "B", "C"])
        for alternative in alternatives {
            var weeks: Set<[Double]> = []
            for week in 0..<15 {
                var positions: [Double] = []
                for hour in 0..<168 {
                    // A day without public holidays or a change of the clock stands for each weekday.
                    let day = day.advanced(by: hour / 24)
                    let at = LocalTime.oslo.instant(day, milliseconds: Int64(hour % 24) * 3_600_000)
                    var shifted = alternative.roster
                    shifted.shifts = shifted.shifts.map { shift in
                        var shift = shift
                        if let start = shift.rotation?.start { shift.rotation?.start = start.advanced(by: 7 * week) }
                        return shift
                    }
                    guard week == 0 || hour % 12 == 8 else { continue }
                    for zone in zones.sorted() {
                        let here = shifted.positions(zone: zone, at: at)
                        #expect(here > 0, "\(alternative.name) \(zone) \(hour)")
                        if hour % 12 == 8 { positions.append((here * 1000).rounded()) }
                    }
                }
                weeks.insert(positions)
            }
            #expect(weeks.count == 1, "\(alternative.name)")
        }
    }

    @Test("the alternatives differ in what they are examples of: nights, short rest, long shifts")
    func figures() throws {
        let settings = try StaffingSettings(yaml: text("staffing.yaml"), zones: zones)
        let figures = try alternatives().map { $0.figures(settings, on: day) }
        #expect(figures[0].rest.lines.isEmpty && figures[1].rest.lines.count == 20 && figures[2].rest.lines.count == 15)
        // Fifteen lines, each with a day after an evening: legal by agreement only.
        #expect(!figures[1].rest.findings.isEmpty && figures[1].rest.findings.allSatisfy { $0.kind == .daily && $0.foundHours == 8 })
        #expect(figures[2].rest.findings.isEmpty)
        #expect(abs(figures[1].cost.hours - figures[0].cost.hours) < 200 && figures[1].cost.kroner > 0)
        #expect(figures[2].cost.nightHours > figures[0].cost.nightHours && figures[2].cost.weekendShare < figures[0].cost.weekendShare + 0.02)
    }

    @Test("the what-if is read")
    func whatIf() throws {
        let whatIf = try WhatIf(yaml: text("what-if-natt.yaml"), zones: zones)
        #expect(
            whatIf.changes == [
                .pool(zones: ["biri", "snertingdal"], kinds: [.night]),
                .positions(zones: ["haugtun"], kind: .night, days: .weekdays([5, 6, 7]), delta: 1),
            ]
        )
    }
}
