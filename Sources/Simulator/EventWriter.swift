import Telemetry

/// Writes CloudEvents as JSON bytes, without a String an event: the words are escaped nowhere because everything
/// that comes from a scenario is checked to be plain ASCII when it is read.
struct EventWriter: Sendable {
    private let opening: [UInt8]
    /// `","source":"…","type":"no.vaktlast.<word>"`, by event type.
    private let middles: [[UInt8]]
    private let timeName = Array(",\"time\":\"".utf8)
    private let sequenceName = Array(",\"sequence\":\"".utf8)
    private var dayNumber = Int64.min
    /// `2026-10-05T` of `dayNumber`.
    private var day: [UInt8] = []
    private var bytes: [UInt8] = []

    private static let lengthUsual = 288

    init(idPrefix: String, source: String) {
        opening = Array("{\"specversion\":\"1.0\",\"id\":\"\(idPrefix)-".utf8)
        middles = EventType.allCases.map { type in
            Array("\",\"source\":\"\(source)\",\"type\":\"\(EventType.prefix)\(type.word)\"".utf8)
        }
    }

    /// Everything up to the members of `data`; `dataOpening` is `",data":{"device":…` of the device.
    ///
    /// - Parameters:
    ///   - time: nil leaves it out.
    ///   - offset: milliseconds that local time is ahead of UTC, for a writer of local times; nil writes UTC with `Z`.
    mutating func begin(_ type: EventType, time: EventTime?, offset: Int64? = nil, sequence: Int64, dataOpening: [UInt8]) {
        bytes = []
        bytes.reserveCapacity(EventWriter.lengthUsual)
        bytes.append(contentsOf: opening)
        number(sequence)
        bytes.append(contentsOf: middles[Int(type.rawValue)])
        if let time {
            bytes.append(contentsOf: timeName)
            instant(time + (offset ?? 0))
            zoneOffset(offset)
            bytes.append(UInt8(ascii: "\""))
        }
        bytes.append(contentsOf: sequenceName)
        number(sequence)
        bytes.append(contentsOf: dataOpening)
    }

    static func dataOpening(device: String, zone: String?) -> [UInt8] {
        let zoneMember = zone.map { ",\"zone\":\"\($0)\"" } ?? ""
        return Array("\",\"data\":{\"device\":\"\(device)\"\(zoneMember)".utf8)
    }

    mutating func member(_ name: StaticString, text: String) {
        memberName(name)
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: text.utf8)
        bytes.append(UInt8(ascii: "\""))
    }

    mutating func member(_ name: StaticString, _ value: Int) {
        memberName(name)
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        number(Int64(abs(value)))
    }

    /// A number with one decimal.
    mutating func member(_ name: StaticString, tenths: Int) {
        memberName(name)
        if tenths < 0 { bytes.append(UInt8(ascii: "-")) }
        number(Int64(abs(tenths) / 10))
        bytes.append(UInt8(ascii: "."))
        number(Int64(abs(tenths) % 10))
    }

    mutating func member(_ name: StaticString, _ value: Bool) {
        memberName(name)
        bytes.append(contentsOf: (value ? "true" : "false").utf8)
    }

    /// The finished object.
    mutating func end() -> [UInt8] {
        bytes.append(UInt8(ascii: "}"))
        bytes.append(UInt8(ascii: "}"))
        defer { bytes = [] }
        return bytes
    }

    private mutating func memberName(_ name: StaticString) {
        bytes.append(UInt8(ascii: ","))
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
    }

    private mutating func number(_ value: Int64) {
        let start = bytes.count
        var rest = value
        repeat {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0
        bytes[start...].reverse()
    }

    private mutating func digits(_ value: Int64, count: Int) {
        var divisor: Int64 = 1
        for _ in 1..<count { divisor *= 10 }
        while divisor > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / divisor % 10))
            divisor /= 10
        }
    }

    /// RFC 3339 without the final `Z`.
    private mutating func instant(_ time: EventTime) {
        let number = TimeRule.floorDivide(time, TimeRule.dayMilliseconds)
        if number != dayNumber {
            dayNumber = number
            day = EventWriter.date(dayNumber: number)
        }
        let inDay = time - number * TimeRule.dayMilliseconds
        bytes.append(contentsOf: day)
        digits(inDay / 3_600_000, count: 2)
        bytes.append(UInt8(ascii: ":"))
        digits(inDay / 60_000 % 60, count: 2)
        bytes.append(UInt8(ascii: ":"))
        digits(inDay / 1000 % 60, count: 2)
        bytes.append(UInt8(ascii: "."))
        digits(inDay % 1000, count: 3)
    }

    private mutating func zoneOffset(_ offset: Int64?) {
        guard let offset else { return bytes.append(UInt8(ascii: "Z")) }
        bytes.append(UInt8(ascii: offset < 0 ? "-" : "+"))
        digits(abs(offset) / 3_600_000, count: 2)
        bytes.append(UInt8(ascii: ":"))
        digits(abs(offset) / 60_000 % 60, count: 2)
    }

    /// `2026-10-05T` of a day since 1970 (Hinnant, civil_from_days).
    private static func date(dayNumber: Int64) -> [UInt8] {
        let shifted = dayNumber + 719_468
        let era = TimeRule.floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        precondition((0...9999).contains(year), "RFC 3339 has years of 4 digits")
        func padded(_ value: Int64, _ count: Int) -> String {
            let digits = String(value)
            return String(repeating: "0", count: count - digits.utf8.count) + digits
        }
        return Array("\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))T".utf8)
    }
}
