import Workload

extension ObservedStaffing {
    /// Leaves out what may not be told to who sees sums alone: rows of one to four call-outs, and what they follow from.
    ///
    /// A sum is withheld where what is withheld beneath it is one row alone or has under five call-outs together, since whoever has
    /// the sum and the rest has it by subtraction. Percentiles over shifts, the longest stretch, and two or more at once in an hour or
    /// a day's shift are figures of single shifts, and talk is that of other alarms than the call-outs: they are told in no row.
    package mutating func withholdFew() {
        let few = FewRows(self)
        func told(_ rows: [ObservedRow], _ isWholeShift: Bool) -> [ObservedRow] {
            rows.map { row in
                var row = row
                if few.contains(row) { row.figures.withhold() } else { row.figures.leaveOutSingle(isWholeShift: isWholeShift) }
                return row
            }
        }
        (shifts, days, hours) = (told(shifts, true), told(days, false), told(hours, false))
        withholdFewOfWeeks()
    }

    /// The same of the hours of the week, whichever shifts they lie in.
    private mutating func withholdFewOfWeeks() {
        let zoneCount = weeks.count { $0.zones.count == 1 }
        // Zones come before groups of them.
        var withheld: [String: [Int: Few]] = [:]
        for place in weeks.indices {
            let zones = weeks[place].zones
            for (number, hour) in weeks[place].hours.enumerated() {
                guard var hour else { continue }
                var few = Few()
                if hour.isOfFew { few.add(hour.callOuts) }
                if zones.count == 1, few.rows > 0 { withheld[zones[0], default: [:]][number] = few }
                if zones.count > 1, few.rows == 0 {
                    for zone in zones { few.add(withheld[zone]?[number] ?? Few()) }
                    if !few.isFollowing(isAll: zones.count == zoneCount) { few = Few() }
                }
                hour.leaveOutSingle(isAll: few.rows > 0)
                weeks[place].hours[number] = hour
            }
        }
    }
}

/// What is withheld beneath a sum.
private struct Few {
    var rows = 0
    var callOuts = 0

    mutating func add(_ callOuts: Int) {
        rows += 1
        self.callOuts += callOuts
    }

    mutating func add(_ other: Few) {
        rows += other.rows
        callOuts += other.callOuts
    }

    /// Whether it follows from its sum.
    ///
    /// - Parameter isAll: the sum is over all zones. Other groups of them overlap one another, so that no zone withheld may be in one.
    func isFollowing(isAll: Bool) -> Bool { rows == 1 || rows > 0 && (callOuts < Share.smallBelow || !isAll) }
}

/// Which rows may not be told, with what of them is not known beneath their sums.
private struct FewRows {
    private struct Key: Hashable {
        var zones: [String]
        var kind: ShiftKind
        var dayClass: DayClass?
        var hour: Int?

        init(_ row: ObservedRow) { (zones, kind, dayClass, hour) = (row.zones, row.kind, row.dayClass, row.hour) }
    }

    private struct HourOfWeek: Hashable {
        var zones: [String]
        var number: Int
    }

    private var few: [Key: Few] = [:]
    private let zoneCount: Int

    init(_ observed: ObservedStaffing) {
        zoneCount = Set(observed.shifts.flatMap(\.zones)).count
        // From the parts to their sums; in each list zones come before groups of them.
        for rows in [observed.hours, observed.days, observed.shifts] {
            for row in rows where row.figures.isOfFew { few[Key(row)] = Few(rows: 1, callOuts: row.figures.callOuts) }
        }
        addSharedHours(observed.hours)
        for rows in [observed.hours, observed.days, observed.shifts] {
            for row in rows {
                let key = Key(row)
                guard few[key] == nil else { continue }
                let (times, zones) = (withheldTimes(key), withheldZones(key))
                if times.isFollowing(isAll: true) {
                    few[key] = times
                } else if zones.isFollowing(isAll: key.zones.count == zoneCount) {
                    few[key] = zones
                }
            }
        }
    }

    func contains(_ row: ObservedRow) -> Bool { few[Key(row)] != nil }

    /// An hour of the week that two shifts share is told as a whole elsewhere: a part of it that is withheld takes the other along.
    private mutating func addSharedHours(_ hours: [ObservedRow]) {
        var parts: [HourOfWeek: [ObservedRow]] = [:]
        for row in hours {
            guard let hour = row.hour, let dayClass = row.dayClass, dayClass != .holiday else { continue }
            // A night goes on into the next day.
            let isNext = row.kind == .night && hour < 12
            let day = isNext ? dayClass.rawValue % 7 : dayClass.rawValue - 1
            parts[HourOfWeek(zones: row.zones, number: day * 24 + hour), default: []].append(row)
        }
        for rows in parts.values where rows.count > 1 {
            var withheld = Few()
            for row in rows { withheld.add(few[Key(row)] ?? Few()) }
            guard withheld.isFollowing(isAll: true) else { continue }
            for row in rows where few[Key(row)] == nil { few[Key(row)] = Few(rows: 1, callOuts: row.figures.callOuts) }
        }
    }

    /// Of the hours of a day's shift, or the days of a shift.
    private func withheldTimes(_ key: Key) -> Few {
        var parts = key
        guard key.hour == nil else { return Few() }
        var sum = Few()
        if key.dayClass == nil {
            for dayClass in DayClass.allCases {
                parts.dayClass = dayClass
                sum.add(few[parts] ?? Few())
            }
        } else {
            for hour in 0..<24 {
                parts.hour = hour
                sum.add(few[parts] ?? Few())
            }
        }
        return sum
    }

    private func withheldZones(_ key: Key) -> Few {
        guard key.zones.count > 1 else { return Few() }
        var (part, sum) = (key, Few())
        for zone in key.zones {
            part.zones = [zone]
            sum.add(few[part] ?? Few())
        }
        return sum
    }
}

extension ObservedFigures {
    /// Somebody was out, on one to four call-outs that began here or on what is left of those that began before.
    fileprivate var isOfFew: Bool {
        callOuts < Share.smallBelow && (callOuts > 0 || responseMilliseconds > 0 || atOnce.contains { $0.times > 0 })
    }

    /// Nothing but what the roster and the plan say.
    fileprivate mutating func withhold() {
        var left = ObservedFigures()
        (left.days, left.coveredMilliseconds) = (days, coveredMilliseconds)
        (left.rosteredMilliseconds, left.plannedMilliseconds) = (rosteredMilliseconds, plannedMilliseconds)
        left.atOnce = left.atOnce.map { _ in .withheld }
        left.told = .nothing
        self = left
    }

    fileprivate mutating func leaveOutSingle(isWholeShift: Bool) {
        (loadP50Erlang, loadP90Erlang, talkMilliseconds, told) = (0, 0, 0, .sums)
        for level in atOnce.indices {
            atOnce[level].longestMilliseconds = 0
            guard level > 0, !isWholeShift || (1..<Share.smallBelow).contains(atOnce[level].times) else { continue }
            atOnce[level] = .withheld
        }
    }
}

extension ObservedFigures.AtOnce {
    fileprivate static let withheld = ObservedFigures.AtOnce(isWithheld: true)
}

extension ObservedHour {
    fileprivate var isOfFew: Bool { callOuts < Share.smallBelow && (callOuts > 0 || meanErlang > 0) }

    /// - Parameter isAll: nothing but what the roster and the plan say is left.
    fileprivate mutating func leaveOutSingle(isAll: Bool) {
        (p50Erlang, p90Erlang, told) = (0, 0, .sums)
        guard isAll else { return }
        (callOuts, meanErlang, exceededQuarters, told) = (0, 0, 0, .nothing)
        peakResponders = nil
    }
}
