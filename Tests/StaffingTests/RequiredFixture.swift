import Foundation
import Staffing
import Telemetry
import Workload

/// Call-outs drawn at random, with nothing from a municipality.
enum RequiredFixture {
    static let minute: Int64 = 60_000

    static func at(_ month: Int, _ day: Int, _ hour: Int = 0) -> EventTime {
        LocalTime.oslo.instant(LocalTime.Day(year: 2026, month: month, day: day), milliseconds: Int64(hour) * 3_600_000)
    }

    /// Eight weeks from Monday 5 January 2026 without a public holiday, as many call-outs an hour day and night, 40 minutes on
    /// average from the start of the response, 5 to 25 minutes of travel.
    static func trace(
        perHour: [Double],
        period: Range<EventTime> = at(1, 5)..<at(3, 2),
        responders: Int32 = 1,
        seed: UInt64 = 1,
        busyMilliseconds: Int64? = nil,
        travelMilliseconds: Int64? = nil
    ) -> Trace {
        var draws = ModelDraws(seed: seed)
        var calls: [CallOut] = []
        for (zone, rate) in perHour.enumerated() where rate > 0 {
            var time = Double(period.lowerBound)
            while true {
                time += draws.exponential(mean: 3_600_000 / rate)
                guard time < Double(period.upperBound) else { break }
                calls.append(
                    CallOut(
                        zone: Int32(zone),
                        time: EventTime(time),
                        delayMilliseconds: 2 * minute,
                        travelMilliseconds: travelMilliseconds ?? Int64((5 + 20 * draws.uniform()) * 60) * 1000,
                        busyMilliseconds: busyMilliseconds ?? Int64(draws.exponential(mean: 2_400_000)) + 1,
                        responders: responders,
                        isUrgent: draws.uniform() < 0.3
                    )
                )
            }
        }
        return Trace(zones: perHour.indices.map { "sone\($0)" }, period: period, callOuts: calls)
    }

    static func required(_ trace: Trace, spans: [Roster.Span] = [], groups: [[String]]? = nil, settings: StaffingSettings = StaffingSettings())
        -> [RequiredShift]
    {
        RequiredPositions.byShift(
            trace: trace,
            spans: spans,
            groups: groups,
            turnoutMilliseconds: trace.zones.map { _ in 3 * minute },
            settings: settings
        )
    }

    static func figures(_ shifts: [RequiredShift], _ kind: ShiftKind, _ days: RequiredDays) -> RequiredFigures? {
        guard case .positions(let figures) = shifts.first(where: { $0.kind == kind && $0.days == days })?.outcome else { return nil }
        return figures
    }
}
