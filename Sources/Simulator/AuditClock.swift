import Foundation

/// Instants and days for the auditor, worked out by counting.
enum AuditClock {
    /// The milliseconds of an RFC 3339 date-time, fractions truncated downwards; nil when it is none.
    ///
    /// Letters T and Z may be small (RFC 3339, 5.6); second 60 is the next second.
    static func milliseconds(_ text: [UInt8]) -> Int64? {
        var index = 0
        func isDigit(_ place: Int) -> Bool { place < text.count && (0x30...0x39).contains(text[place]) }
        func digits(_ count: Int) -> Int64? {
            var value: Int64 = 0
            for _ in 0..<count {
                guard isDigit(index) else { return nil }
                value = value * 10 + Int64(text[index] - 0x30)
                index += 1
            }
            return value
        }
        func take(_ characters: String) -> UInt8? {
            guard index < text.count, characters.utf8.contains(text[index]) else { return nil }
            index += 1
            return text[index - 1]
        }
        guard let year = digits(4), take("-") != nil, let month = digits(2), take("-") != nil,
            let day = digits(2), take("Tt") != nil, let hour = digits(2), take(":") != nil,
            let minute = digits(2), take(":") != nil, let second = digits(2)
        else { return nil }
        guard (1...12).contains(month), day >= 1, day <= daysInMonth(year, month), hour < 24, minute < 60, second <= 60
        else { return nil }
        var fraction: Int64 = 0
        if take(".") != nil {
            let first = index
            while isDigit(index) { index += 1 }
            guard index > first else { return nil }
            for place in first..<(first + 3) {
                fraction = fraction * 10 + (place < index ? Int64(text[place] - 0x30) : 0)
            }
        }
        var offsetMinutes: Int64 = 0
        if take("Zz") == nil {
            guard let sign = take("+-"), let hours = digits(2), take(":") != nil, let minutes = digits(2), hours < 24,
                minutes < 60
            else { return nil }
            offsetMinutes = (hours * 60 + minutes) * (sign == UInt8(ascii: "-") ? -1 : 1)
        }
        guard index == text.count else { return nil }
        let minutes = days(year, month, day) * 1440 + hour * 60 + minute - offsetMinutes
        return (minutes * 60 + second) * 1000 + fraction
    }

    static func text(_ milliseconds: Int64) -> String {
        let dayNumber = floor(milliseconds, 86_400_000)
        var year: Int64 = 1970 + floor(dayNumber, 366)
        while days(year + 1, 1, 1) <= dayNumber { year += 1 }
        var month: Int64 = 1
        while month < 12 && days(year, month + 1, 1) <= dayNumber { month += 1 }
        let day = dayNumber - days(year, month, 1) + 1
        let rest = milliseconds - dayNumber * 86_400_000
        func padded(_ value: Int64, _ count: Int) -> String {
            String(repeating: "0", count: max(0, count - String(value).count)) + String(value)
        }
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))T\(padded(rest / 3_600_000, 2)):"
            + "\(padded(rest / 60_000 % 60, 2)):\(padded(rest / 1000 % 60, 2)).\(padded(rest % 1000, 3))Z"
    }

    static func floor(_ value: Int64, _ divisor: Int64) -> Int64 {
        value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor)
    }

    /// The instant at which the Oslo day of an instant began.
    static func startOfOsloDay(_ milliseconds: Int64) -> Int64 {
        guard let zone = TimeZone(identifier: "Europe/Oslo") else {
            preconditionFailure("the time zone Europe/Oslo is unknown here: install the package tzdata")
        }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let start = calendar.startOfDay(for: Date(timeIntervalSince1970: Double(milliseconds) / 1000))
        return Int64((start.timeIntervalSince1970 * 1000).rounded())
    }

    private static func isLeap(_ year: Int64) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    private static func daysInMonth(_ year: Int64, _ month: Int64) -> Int64 {
        month == 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    }

    /// Days from 1970-01-01.
    private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        // Leap days before a year, by counting every fourth, not every hundredth, but every four hundredth.
        func leapDays(before year: Int64) -> Int64 {
            floor(year - 1, 4) - floor(year - 1, 100) + floor(year - 1, 400)
        }
        var count = (year - 1970) * 365 + leapDays(before: year) - leapDays(before: 1970)
        for earlier in 1..<max(month, 1) where earlier < month { count += daysInMonth(year, earlier) }
        return count + day - 1
    }
}
