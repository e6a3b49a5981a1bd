package import Telemetry
package import Workload

/// The days a report is about: a day, ISO week, month, quarter or year of the local calendar, or the 28 days that end
/// with a day, so that each weekday counts four times.
package struct ReportPeriod: Hashable, Sendable, CustomStringConvertible {
    package enum Kind: CaseIterable, Sendable {
        case day, week, month, quarter, year, fourWeeks
    }

    package let kind: Kind
    /// The first day.
    package let firstDay: LocalTime.Day
    /// The day after the last.
    package let endDay: LocalTime.Day

    /// The years a period may lie in.
    package static let years = 2000...2199

    /// The period of a kind that holds a day.
    package init(_ kind: Kind, containing day: LocalTime.Day) {
        self.kind = kind
        switch kind {
        case .day:
            firstDay = day
            endDay = day.advanced(by: 1)
        case .week:
            firstDay = day.advanced(by: 1 - day.weekday)
            endDay = firstDay.advanced(by: 7)
        case .month:
            firstDay = LocalTime.Day(year: day.year, month: day.month, day: 1)
            endDay = ReportPeriod.firstOfMonth(day.year, day.month + 1)
        case .quarter:
            firstDay = ReportPeriod.firstOfMonth(day.year, (day.month - 1) / 3 * 3 + 1)
            endDay = ReportPeriod.firstOfMonth(day.year, firstDay.month + 3)
        case .year:
            firstDay = ReportPeriod.firstOfMonth(day.year, 1)
            endDay = ReportPeriod.firstOfMonth(day.year + 1, 1)
        case .fourWeeks:
            firstDay = day.advanced(by: -27)
            endDay = day.advanced(by: 1)
        }
    }

    private static func firstOfMonth(_ year: Int, _ month: Int) -> LocalTime.Day {
        month > 12
            ? LocalTime.Day(year: year + 1, month: month - 12, day: 1) : LocalTime.Day(year: year, month: month, day: 1)
    }

    package var previous: ReportPeriod { ReportPeriod(kind, containing: firstDay.advanced(by: -1)) }

    package var next: ReportPeriod {
        ReportPeriod(kind, containing: kind == .fourWeeks ? endDay.advanced(by: 27) : endDay)
    }

    package var dayCount: Int { endDay.number - firstDay.number }

    /// The quarters of a year, the months of a quarter; none of shorter periods.
    package var parts: [ReportPeriod] {
        guard kind == .year || kind == .quarter else { return [] }
        var parts = [ReportPeriod(kind == .year ? .quarter : .month, containing: firstDay)]
        while let last = parts.last, last.endDay < endDay { parts.append(last.next) }
        return parts
    }

    package var days: [LocalTime.Day] { (0..<dayCount).map { firstDay.advanced(by: $0) } }

    /// The instants between which the period lies; a month with a change of clock is an hour longer or shorter.
    package func bounds(_ localTime: LocalTime = .oslo) -> Range<EventTime> {
        localTime.instant(firstDay)..<localTime.instant(endDay)
    }

    /// The ISO 8601 week and the year it is counted in: that of its Thursday.
    package var isoWeek: (year: Int, week: Int) {
        let thursday = firstDay.advanced(by: 4 - firstDay.weekday)
        let newYear = LocalTime.Day(year: thursday.year, month: 1, day: 1)
        return (thursday.year, (thursday.number - newYear.number) / 7 + 1)
    }

    /// As it is written in commands and addresses: `2026-10-05`, `2026-W43`, `2026-10`, `2026-Q4`, `2026`.
    package var description: String {
        let month = Norwegian.twoDigits(firstDay.month)
        switch kind {
        case .day: return firstDay.iso
        case .fourWeeks: return "\(endDay.advanced(by: -1).iso)-28d"
        case .week: return "\(isoWeek.year)-W\(Norwegian.twoDigits(isoWeek.week))"
        case .month: return "\(firstDay.year)-\(month)"
        case .quarter: return "\(firstDay.year)-Q\((firstDay.month + 2) / 3)"
        case .year: return "\(firstDay.year)"
        }
    }

    /// In bokmål: `mandag 5. oktober 2026`, `uke 43, 2026`, `oktober 2026`, `4. kvartal 2026`, `2026`.
    package var title: String {
        switch kind {
        case .day: "\(Norwegian.weekdays[firstDay.weekday - 1]) \(Norwegian.date(firstDay))"
        case .week: "uke\(Norwegian.space)\(isoWeek.week), \(isoWeek.year)"
        case .month: "\(Norwegian.months[firstDay.month - 1])\(Norwegian.space)\(firstDay.year)"
        case .quarter: "\((firstDay.month + 2) / 3).\(Norwegian.space)kvartal\(Norwegian.space)\(firstDay.year)"
        case .year: "\(firstDay.year)"
        case .fourWeeks: Norwegian.dates(firstDay, endDay.advanced(by: -1))
        }
    }
}

extension ReportPeriod {
    /// Reads a period as commands and addresses write it.
    ///
    /// - Throws: `ReportPeriodError` with the allowed forms; also for 31 February and for week 53 of a year of 52.
    package init(_ text: String) throws(ReportPeriodError) {
        guard let period = ReportPeriod(reading: text) else { throw ReportPeriodError(value: text) }
        self = period
    }

    private init?(reading text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard let year = ReportPeriod.number(parts[0], digits: 4), ReportPeriod.years.contains(year) else { return nil }
        switch parts.count {
        case 1:
            self.init(.year, containing: LocalTime.Day(year: year, month: 1, day: 1))
        case 2 where parts[1].hasPrefix("W"):
            guard let week = ReportPeriod.number(parts[1].dropFirst(), digits: 2), week >= 1 else { return nil }
            let fourth = LocalTime.Day(year: year, month: 1, day: 4)
            self.init(.week, containing: fourth.advanced(by: (week - 1) * 7))
            guard isoWeek == (year, week) else { return nil }
        case 2 where parts[1].hasPrefix("Q"):
            guard let quarter = ReportPeriod.number(parts[1].dropFirst(), digits: 1), (1...4).contains(quarter) else {
                return nil
            }
            self.init(.quarter, containing: LocalTime.Day(year: year, month: quarter * 3, day: 1))
        case 2:
            guard let month = ReportPeriod.number(parts[1], digits: 2), (1...12).contains(month) else { return nil }
            self.init(.month, containing: LocalTime.Day(year: year, month: month, day: 1))
        case 3, 4:
            guard parts.count == 3 || parts[3] == "28d" else { return nil }
            guard let month = ReportPeriod.number(parts[1], digits: 2),
                let day = ReportPeriod.number(parts[2], digits: 2),
                (1...12).contains(month), (1...31).contains(day)
            else { return nil }
            let date = LocalTime.Day(year: year, month: month, day: day)
            guard LocalTime.Day(number: date.number) == date else { return nil }
            self.init(parts.count == 3 ? .day : .fourWeeks, containing: date)
        default: return nil
        }
    }

    private static func number(_ text: Substring, digits: Int) -> Int? {
        guard text.utf8.count == digits, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int(text)
    }
}

/// A text that is no period.
package struct ReportPeriodError: Error, Equatable, CustomStringConvertible {
    package var value: String

    package init(value: String) {
        self.value = value
    }

    package var description: String {
        "\"\(value.shown)\" is no period: write 2026-10-05 (day), 2026-W43 (ISO week), 2026-10 (month), 2026-Q4 (quarter), 2026 or 2026-10-05-28d (the 28 days up to and with that date)"
    }

    /// The same for the page.
    package var bokmal: String {
        "«\(value.shown)» er ingen periode fra 2000 til 2199. Skriv 2026-10-05 (dag), 2026-W43 (uke), 2026-10 (måned), 2026-Q4 (kvartal), 2026 eller 2026-10-05-28d (de 28 dagene til og med den datoen)."
    }
}

extension String {
    /// A text from outside as it may be repeated to who sent it: short, and free of control characters.
    package var shown: String {
        let scalars = unicodeScalars.prefix(40).map { $0.value < 0x20 || $0.value == 0x7F ? "\u{FFFD}" : $0 }
        return String(String.UnicodeScalarView(scalars)) + (unicodeScalars.count > 40 ? "…" : "")
    }
}
