import Strategy
import Telemetry
import Testing
import Workload

@Suite("Lineage: from a figure to its alarms")
struct IndicatorLineageTests {
    /// 5 October 2026, 00:00 local time, a Monday.
    private static let monday = LocalTime.Day(year: 2026, month: 10, day: 5)
    private static let start = LocalTime.oslo.instant(monday)
    private static let minute: Int64 = 60_000

    private static func scope(zone: String?) -> IndicatorData.Scope {
        let days = (0..<7).map { monday.advanced(by: $0) }
        return .init(
            period: start..<LocalTime.oslo.instant(monday.advanced(by: 7)),
            days: days,
            dataUntil: LocalTime.oslo.instant(monday.advanced(by: 9)),
            zone: zone
        )
    }

    /// Alarms from the day before until the day after, with any steps in any order, tests and those without `raised` too.
    private static func alarms(seed: UInt64) -> [AlarmRecord] {
        var random = TestRandom(seed: seed)
        func chance(_ percent: Int) -> Bool { random.next(below: 100) < percent }
        return (0..<250).map { number in
            let begin = start + Int64(random.next(below: 9 * 24 * 60) - 24 * 60) * minute
            let steps = Step.allCases.compactMap { step -> AlarmRecord.StepRecord? in
                guard chance(step == .raised ? 95 : 60) else { return nil }
                let t = step == .raised ? begin : begin + Int64(random.next(below: 150) - 5) * minute
                return .init(step: step, t: t, id: "\(number)-\(step)", flag: nil, late: chance(10))
            }
            let instant = steps.first { $0.step == .raised }?.t ?? steps.map(\.t).min() ?? begin
            let zone = chance(50) ? "a" : "b"
            return AlarmRecord(
                municipality: "3441",
                source: chance(50) ? "s" : "t",
                alarm: "\(number)",
                zone: zone,
                respondingZone: chance(80) ? zone : "b",
                device: chance(90) ? "d\(random.next(below: 40))" : nil,
                kind: .manual,
                priority: nil,
                isTest: chance(5),
                isLive: chance(90),
                outcome: chance(30) ? .unintended : .visited,
                cause: nil,
                voice: chance(20) ? nil : chance(70),
                responders: chance(20) ? 2 : 1,
                steps: steps,
                repeats: 0,
                instant: instant
            )
        }
    }

    @Test("what the alarms add up to is the figure, for every measure that rests on alarms, of all zones and of one", arguments: 1...8)
    func addsUp(seed: UInt64) throws {
        let alarms = Self.alarms(seed: seed)
        for zone in [nil, "a", "b"] {
            let scope = Self.scope(zone: zone)
            let listed = alarms.filter { scope.period.contains($0.instant) && (zone == nil || $0.zone == zone) }
            var data = IndicatorData(
                keyFigures: KeyFigures(of: listed),
                responseMillisecondsByDay: Self.responseByDay(alarms, scope),
                users: 40,
                deviceDaysWithSign: 0,
                deviceDaysRegistered: 0
            )
            data.add(alarms: alarms, residents: [:], scope)
            for measure in IndicatorMeasure.allCases where measure != .unplannedShare {
                guard let unit = measure.lineageUnit else { continue }
                let found = IndicatorData.lineage(of: measure, alarms: alarms, scope)
                let figure = IndicatorFigure(measure, data)
                let numerator = Double(found.reduce(0) { $0 + $1.numerator })
                #expect(abs(figure.numerator - (unit == .milliseconds ? numerator / 3_600_000 : numerator)) < 1e-9, "\(measure) in \(zone ?? "all")")
                if measure.isShareOfAlarms {
                    #expect(figure.denominator == Double(found.reduce(0) { $0 + $1.denominator }), "\(measure) in \(zone ?? "all")")
                }
                #expect(figure.count > 0 && !found.isEmpty, "\(measure) has something to count")
            }
        }
    }

    /// The slow twin of the cells: minute by minute.
    private static func responseByDay(_ alarms: [AlarmRecord], _ scope: IndicatorData.Scope) -> [Int64] {
        scope.days.map { day in
            let from = LocalTime.oslo.instant(day)
            let until = LocalTime.oslo.instant(day.advanced(by: 1))
            return alarms.reduce(0) { sum, alarm in
                guard !alarm.isTest, scope.zone == nil || alarm.respondingZone == scope.zone, let response = alarm.intervals.response else { return sum }
                let minutes = stride(from: response.lowerBound, to: response.upperBound, by: Int(minute)).count { from <= $0 && $0 < until }
                return sum + Int64(minutes) * minute * Int64(alarm.responders)
            }
        }
    }

    @Test("a list is by instant, source and alarm, and names no alarm twice", arguments: 1...3)
    func order(seed: UInt64) {
        for measure in IndicatorMeasure.allCases {
            let found = IndicatorData.lineage(of: measure, alarms: Self.alarms(seed: seed), Self.scope(zone: nil)).map(\.alarm)
            #expect(zip(found, found.dropFirst()).allSatisfy { ($0.instant, $0.source, $0.alarm) < ($1.instant, $1.source, $1.alarm) }, "\(measure)")
        }
    }

    @Test("of who calls most no list is made, nor of what rests on no alarms")
    func noList() {
        let without = IndicatorMeasure.allCases.filter { $0.lineageUnit == nil }
        #expect(without.contains(.repeatUsers) && without.contains(.deviceAvailability) && without.contains(.realisedKroner))
        for measure in without {
            #expect(IndicatorData.lineage(of: measure, alarms: Self.alarms(seed: 1), Self.scope(zone: nil)).isEmpty, "\(measure)")
            #expect(!measure.isShareOfAlarms)
        }
    }
}
