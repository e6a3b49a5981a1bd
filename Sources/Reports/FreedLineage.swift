import Strategy
import Telemetry
import Workload

extension JSONText {
    /// The members of what freed hours were reckoned from: each technology's counts and hours, and the assists by local day,
    /// zone, technology and result.
    mutating func members(ofFreed freed: FreedHours, _ assists: [AssistRow], localTime: LocalTime = .oslo) {
        array("technologies", freed.rows) { json, row in
            json.object { json in
                json.member("technology", row.technology.rawValue)
                json.member("replaces", row.replaces)
                json.member("done", Int64(row.counts.done))
                json.object("newWork") { json in
                    for kind in BenefitAssumptions.NewWork.allCases { json.member(kind.rawValue, Int64(row.counts.newWork[kind] ?? 0)) }
                }
                json.hours("freedHours", row.freed)
                json.hours("newWorkHours", row.newWork)
                json.hours("netHours", row.net)
            }
        }
        array("assists", AssistDay.sums(of: assists, localTime)) { json, row in
            json.object { json in
                json.member("day", row.day.iso)
                json.member("zone", row.zone)
                json.member("technology", row.technology)
                json.member("result", row.result)
                json.member("count", row.count)
            }
        }
    }

    private mutating func hours(_ name: String, _ range: Range3) {
        object(name) { json in
            json.member("low", range.low)
            json.member("main", range.main)
            json.member("high", range.high)
        }
    }
}

/// What a technology did in a zone on a local day.
private struct AssistDay {
    var day: LocalTime.Day
    var zone: String
    var technology: String
    var result: String
    var count: Int64

    /// By day, zone, technology and result.
    static func sums(of rows: [AssistRow], _ localTime: LocalTime) -> [AssistDay] {
        var days: [[String]: AssistDay] = [:]
        for row in rows {
            let day = localTime.wallClock(at: row.start).day
            let key = [day.iso, row.zone, row.technology.rawValue, row.result.rawValue]
            days[key, default: AssistDay(day: day, zone: key[1], technology: key[2], result: key[3], count: 0)].count += row.count
        }
        return days.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
    }
}
