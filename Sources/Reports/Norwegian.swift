package import Telemetry
package import Workload

/// Numbers, times and dates as they are written in bokmål. No locale database: the same bytes everywhere.
package enum Norwegian {
    /// The no-break space between thousands and before units.
    package static let space = "\u{A0}"

    package static let weekdays = ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"]
    package static let months = [
        "januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november",
        "desember",
    ]

    /// `1 234`
    package static func count(_ value: some BinaryInteger) -> String {
        let digits = String(Swift.max(0, value) + Swift.max(0, 0 - value))
        var result = value < 0 ? "−" : ""
        for (place, digit) in digits.enumerated() {
            if place > 0, (digits.count - place) % 3 == 0 { result += space }
            result.append(digit)
        }
        return result
    }

    /// `1 hendelse`, `2 hendelser`
    package static func count(_ value: some BinaryInteger, _ one: String, _ several: String) -> String {
        "\(count(value))\(space)\(value == 1 ? one : several)"
    }

    /// `1 234,5`, rounded half away from zero.
    package static func number(_ value: Double, decimals: Int) -> String {
        guard value.isFinite, abs(value) < 1e15 else { return "–" }
        var scale: Int64 = 1
        for _ in 0..<decimals { scale *= 10 }
        let scaled = Int64((abs(value) * Double(scale)).rounded(.toNearestOrAwayFromZero))
        let sign = value < 0 && scaled > 0 ? "−" : ""
        guard decimals > 0 else { return sign + count(scaled) }
        let fraction = String(scaled % scale)
        return "\(sign)\(count(scaled / scale)),\(String(repeating: "0", count: decimals - fraction.count))\(fraction)"
    }

    /// The difference of two numbers as they are written, so that who subtracts them finds the same.
    package static func difference(_ value: Double, _ subtracted: Double, decimals: Int) -> String {
        number(rounded(value, decimals: decimals) - rounded(subtracted, decimals: decimals), decimals: decimals)
    }

    /// As many decimals as two numbers need, at most two, for their difference to be the one that is told without any.
    package static func decimals(of value: Double, minus subtracted: Double) -> Int {
        let difference = rounded(value - subtracted, decimals: 0)
        return (0...1).first { rounded(rounded(value, decimals: $0) - rounded(subtracted, decimals: $0), decimals: 0) == difference } ?? 2
    }

    private static func rounded(_ value: Double, decimals: Int) -> Double {
        let scale = (0..<decimals).reduce(1.0) { scale, _ in scale * 10 }
        return (value * scale).rounded(.toNearestOrAwayFromZero) / scale
    }

    /// As many decimals as the number has, at most two: `2`, `1,5`.
    package static func shortest(_ value: Double) -> String {
        let text = number(value, decimals: 2)
        if text.hasSuffix(",00") { return String(text.dropLast(3)) }
        return text.hasSuffix("0") ? String(text.dropLast()) : text
    }

    /// A share as `97,2 %`.
    package static func percent(_ share: Double, decimals: Int = 1) -> String {
        number(share * 100, decimals: decimals) + space + "%"
    }

    /// The dash of a range, which a line is not broken after (en dash and word joiner).
    package static let dash = "–\u{2060}"

    /// A text without the signs that only guide how lines break on a page.
    package static func plain(_ text: String) -> String {
        text.replacing("\u{2060}", with: "").replacing(String.breakSpace, with: "").replacing(space, with: " ")
    }

    /// A range of shares as `95,9–98,1 %`.
    package static func percentRange(_ low: Double, _ high: Double, decimals: Int = 1) -> String {
        "\(number(low * 100, decimals: decimals))\(dash)\(percent(high, decimals: decimals))"
    }

    /// A range of shares as `mellom 95,9 og 98,1 %`.
    package static func percentBetween(_ low: Double, _ high: Double) -> String {
        "mellom\(space)\(number(low * 100, decimals: 1)) og \(percent(high))"
    }

    /// `47 s`, `3 min 20 s`, `1 t 5 min`.
    package static func duration(milliseconds: Int64) -> String {
        let seconds = (milliseconds + 500) / 1000
        if seconds < 60 { return "\(seconds)\(space)s" }
        if seconds < 600 {
            let rest = seconds % 60
            return "\(seconds / 60)\(space)min" + (rest == 0 ? "" : "\(space)\(rest)\(space)s")
        }
        let minutes = (seconds + 30) / 60
        if minutes < 60 { return "\(minutes)\(space)min" }
        return "\(count(minutes / 60))\(space)t" + (minutes % 60 == 0 ? "" : "\(space)\(minutes % 60)\(space)min")
    }

    /// Hours with one decimal under a hundred, none above: `7,5`, `1 234`.
    package static func hours(_ hours: Double) -> String { number(hours, decimals: abs(hours) >= 99.95 ? 0 : 1) }

    /// `5. oktober 2026`
    package static func date(_ day: LocalTime.Day) -> String {
        "\(day.day).\(space)\(months[day.month - 1])\(space)\(day.year)"
    }

    /// `5.–28. oktober 2026`, as short as it can be said. The last day is within.
    package static func dates(_ first: LocalTime.Day, _ last: LocalTime.Day) -> String {
        if first == last { return date(first) }
        if first.year != last.year { return "\(date(first))–\(date(last))" }
        if first.month != last.month {
            return "\(first.day).\(space)\(months[first.month - 1])–\(date(last))"
        }
        return "\(first.day).\(dash)\(date(last))"
    }

    /// `12.–14. oktober 2026 og 20. oktober 2026`: days in order, those that follow each other together.
    package static func dates(_ days: [LocalTime.Day]) -> String {
        var runs: [ClosedRange<LocalTime.Day>] = []
        for day in days {
            if let last = runs.last, last.upperBound.advanced(by: 1) == day {
                runs[runs.count - 1] = last.lowerBound...day
            } else {
                runs.append(day...day)
            }
        }
        return list(runs.map { dates($0.lowerBound, $0.upperBound) })
    }

    /// `5. oktober 2026 kl. 14:05`, in local time.
    package static func instant(_ time: EventTime, _ localTime: LocalTime) -> String {
        let clock = localTime.wallClock(at: time)
        return "\(date(clock.day)) kl.\(space)\(clockTime(minutes: Int(clock.milliseconds / 60_000)))"
    }

    /// `07:30`
    package static func clockTime(minutes: Int) -> String { "\(twoDigits(minutes / 60)):\(twoDigits(minutes % 60))" }

    package static func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }

    /// `Gjøvik kommune (3407)`; a name that says more than the place stands as it is: `Plan 2040 (eksempel), 9901`.
    static func municipality(_ name: String, _ number: String) -> String {
        name.hasSuffix(")") || name.lowercased().contains("kommune") ? "\(name), \(number)" : "\(name) kommune (\(number))"
    }

    /// `a, b og c`
    package static func list(_ items: [String]) -> String {
        guard let last = items.last else { return "" }
        return items.count == 1 ? last : items.dropLast().joined(separator: ", ") + " og " + last
    }
}

extension LocalTime.Day {
    /// `2026-10-05`
    package var iso: String { "\(year)-\(Norwegian.twoDigits(month))-\(Norwegian.twoDigits(day))" }
}
