import Workload

/// Which rows of a roster hold on a day, found without a look at every date and every word.
struct RosterIndex: Equatable, Sendable {
    private struct Key: Hashable {
        var zones: Set<String>
        var kind: ShiftKind
    }

    /// What decides whether a row holds, in numbers: rows are asked once a day of every year that is replayed.
    private struct Row: Equatable {
        /// The row's zones and shift.
        var key: Int
        /// Bit 1 Monday … bit 7 Sunday; nil for public holidays.
        var weekdays: UInt8?
        /// Day numbers.
        var from: Int
        var to: Int
        /// Of a rotation of one week and week 1 where there is none.
        var rotationStart: Int
        var weekCount: Int
        /// Bit 0 the first week.
        var weeks: UInt64

        init(_ shift: Roster.Shift, key: Int) {
            self.key = key
            if case .weekdays(let days) = shift.days { weekdays = days.reduce(0) { $0 | 1 << UInt8($1) } }
            from = shift.from?.number ?? .min
            to = shift.to?.number ?? .max
            rotationStart = shift.rotation?.start.number ?? 0
            weekCount = shift.rotation?.weekCount ?? 1
            weeks = shift.rotation?.weeks.reduce(0) { $0 | 1 << UInt64($1 - 1) } ?? 1
        }

        func isInForce(on day: Int) -> Bool { from <= day && day < to }

        func isInWeek(of day: Int) -> Bool {
            guard weekCount > 1 else { return weeks & 1 == 1 }
            let days = day - rotationStart
            let week = ((days >= 0 ? days : days - 6) / 7) % weekCount
            return weeks >> UInt64(week < 0 ? week + weekCount : week) & 1 == 1
        }
    }

    private var rows: [Row] = []
    /// Places of the rows that come again.
    private var recurring: [Int] = []
    /// Places of the rows of one date, by day number.
    private var dated: [Int: [Int]] = [:]
    /// Places of the rows for public holidays.
    private var holidays: [Int] = []
    private var keyCount: Int

    init(_ shifts: [Roster.Shift]) {
        var numbers: [Key: Int] = [:]
        for (place, shift) in shifts.enumerated() {
            let key = Key(zones: Set(shift.zones), kind: shift.kind)
            let number = numbers[key] ?? numbers.count
            numbers[key] = number
            rows.append(Row(shift, key: number))
            if let date = shift.date {
                dated[date.number, default: []].append(place)
            } else {
                recurring.append(place)
                if shift.days == .holidays { holidays.append(place) }
            }
        }
        keyCount = numbers.count
    }

    /// Places of the rows that hold on a day, ascending. O(rows that come again + rows of that date).
    func places(on day: LocalTime.Day, isHoliday: Bool) -> [Int] {
        let number = day.number
        let weekday = UInt8(1) << UInt8(isHoliday ? 7 : day.weekday)
        let dated = (dated[number] ?? []).filter { rows[$0].isInForce(on: number) }
        var isReplaced = Array(repeating: false, count: keyCount)
        for place in dated { isReplaced[rows[place].key] = true }
        var hasHolidayRows = Array(repeating: false, count: isHoliday ? keyCount : 0)
        if isHoliday {
            for place in holidays where rows[place].isInForce(on: number) { hasHolidayRows[rows[place].key] = true }
        }
        let recurring = recurring.filter { place in
            let row = rows[place]
            guard !isReplaced[row.key], row.isInForce(on: number), row.isInWeek(of: number) else { return false }
            guard let weekdays = row.weekdays else { return isHoliday }
            return weekdays & weekday != 0 && !(isHoliday && hasHolidayRows[row.key])
        }
        return dated.isEmpty ? recurring : (recurring + dated).sorted()
    }
}
