import Workload

/// Which rows of a roster hold on a day, found without a look at every date and every word.
struct RosterIndex: Equatable, Sendable {
    private struct Key: Hashable {
        var zones: Set<String>
        var kind: ShiftKind
    }

    /// The key of each row, as a number.
    private var keys: [Int] = []
    /// Places of the rows that come again.
    private var recurring: [Int] = []
    /// Places of the rows of one date, by day number.
    private var dated: [Int: [Int]] = [:]
    /// Places of the rows for public holidays.
    private var holidays: [Int] = []

    init(_ shifts: [Roster.Shift]) {
        var numbers: [Key: Int] = [:]
        for (place, shift) in shifts.enumerated() {
            let key = Key(zones: Set(shift.zones), kind: shift.kind)
            let number = numbers[key] ?? numbers.count
            numbers[key] = number
            keys.append(number)
            if let date = shift.date {
                dated[date.number, default: []].append(place)
            } else {
                recurring.append(place)
                if shift.days == .holidays { holidays.append(place) }
            }
        }
    }

    /// Places of the rows that hold on a day, ascending.
    func places(on day: LocalTime.Day, isHoliday: Bool, in shifts: [Roster.Shift]) -> [Int] {
        let dated = (dated[day.number] ?? []).filter { shifts[$0].isInForce(on: day) }
        let datedKeys = Set(dated.map { keys[$0] })
        let holidayKeys = isHoliday ? Set(holidays.filter { shifts[$0].isInForce(on: day) }.map { keys[$0] }) : []
        let recurring = recurring.filter { place in
            let shift = shifts[place]
            guard !datedKeys.contains(keys[place]), shift.isInForce(on: day) else { return false }
            if let rotation = shift.rotation, !rotation.weeks.contains(rotation.week(of: day)) { return false }
            switch shift.days {
            case .holidays: return isHoliday
            case .weekdays(let weekdays):
                if isHoliday { return !holidayKeys.contains(keys[place]) && weekdays.contains(7) }
                return weekdays.contains(day.weekday)
            }
        }
        return dated.isEmpty ? recurring : (recurring + dated).sorted()
    }
}
