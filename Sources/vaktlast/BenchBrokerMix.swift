import Telemetry
import Workload

/// The realistic mix of part B as a pure function of an event's number: of every hundred 90 heartbeats, 6 observations,
/// 3 alarm steps (raised, answered, closed of one alarm) and 1 assist, from 5,000 devices in eight zones.
///
/// Whole hundreds have exact counts by type, so that what the service counted can be held against them.
struct BenchMix {
    enum Kind {
        case mix
        /// Alarms that are raised, nothing more.
        case alarms
        /// Alarms that a central raises in a test; each is one event.
        case testAlarms
        case heartbeats
    }

    static let zones = (1...8).map { "zone-\($0)" }
    static let deviceCount: Int64 = 5000

    var kind = Kind.mix
    /// Stands first in ids: two runs into one journal are not copies of each other.
    var prefix = "b"
    /// When number 0 happened.
    var start: EventTime
    /// Microseconds from one event to the next.
    var spacing: Int64 = 0

    func t(_ number: Int64) -> EventTime { start + number * spacing / 1000 }

    /// One event without a newline.
    func write(_ number: Int64, into bytes: inout [UInt8]) {
        let noise = BenchMix.mix(UInt64(bitPattern: number) &+ 0x9E37)
        let device = Int64(noise % UInt64(BenchMix.deviceCount))
        let part = number % 100
        let (type, isAlarm) = BenchMix.type(kind, part)
        bytes.add("{\"specversion\":\"1.0\",\"id\":\"")
        bytes += prefix.utf8
        bytes.add("-")
        bytes.add(number)
        bytes.add("\",\"source\":\"bench\",\"type\":\"no.vaktlast.")
        bytes.add(type)
        bytes.add("\",\"time\":\"")
        bytes += Timestamp.format(t(number)).utf8
        if kind == .mix {
            bytes.add("\",\"sequence\":\"")
            bytes.add(number + 1)
        }
        bytes.add("\",\"data\":{\"device\":\"gj-")
        bytes.add(device)
        bytes.add("\",\"zone\":\"")
        bytes += BenchMix.zones[Int(device) % 8].utf8
        bytes.add("\"")
        if isAlarm {
            bytes.add(",\"alarm\":\"")
            bytes += prefix.utf8
            bytes.add("-")
            bytes.add(kind == .mix ? number / 100 : number)
            bytes.add("\"")
        }
        details(part, noise, into: &bytes)
        bytes.add("}}")
    }

    private func details(_ part: Int64, _ noise: UInt64, into bytes: inout [UInt8]) {
        if kind == .alarms { return bytes.add(",\"kind\":\"manual\"") }
        if kind == .testAlarms { return bytes.add(",\"kind\":\"manual\",\"test\":true") }
        let isHeartbeat = kind == .heartbeats || BenchMix.isHeartbeat(part)
        switch part {
        case _ where isHeartbeat:
            bytes.add(",\"battery\":")
            bytes.add(Int64(noise >> 20 % 60) + 40)
            bytes.add(",\"signal\":-")
            bytes.add(Int64(noise >> 40 % 40) + 60)
        case 33: bytes.add(",\"kind\":\"manual\"")
        case 66: bytes.add(",\"voice\":true")
        case 99: bytes.add(",\"outcome\":\"resolved-by-voice\"")
        case 50: bytes.add(",\"technology\":\"medication-dispenser\",\"result\":\"done\"")
        default: bytes.add(noise & 1 == 0 ? ",\"property\":\"contact\",\"value\":true" : ",\"property\":\"contact\",\"value\":false")
        }
    }

    static func isHeartbeat(_ part: Int64) -> Bool { !(part % 33 == 0 && part > 0 || part == 50 || part % 16 == 8 && part < 90) }

    private static func type(_ kind: Kind, _ part: Int64) -> (StaticString, isAlarm: Bool) {
        if kind == .alarms || kind == .testAlarms { return ("alarm.raised", true) }
        if kind == .heartbeats || isHeartbeat(part) { return ("device.heartbeat", false) }
        switch part {
        case 33: return ("alarm.raised", true)
        case 66: return ("alarm.answered", true)
        case 99: return ("alarm.closed", true)
        case 50: return ("assist.performed", false)
        default: return ("sensor.observed", false)
        }
    }

    /// Events of a range as one JSON array.
    func batch(_ numbers: Range<Int64>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(numbers.count * 260)
        for number in numbers {
            bytes.append(number == numbers.lowerBound ? UInt8(ascii: "[") : UInt8(ascii: ","))
            write(number, into: &bytes)
        }
        bytes.append(UInt8(ascii: "]"))
        return bytes
    }

    /// What a number of whole hundreds of the mix must come to, by the names of the API.
    static func expected(count: Int64) -> [String: Int64] {
        precondition(count % 100 == 0, "the mix has its counts by the hundred")
        let hundreds = count / 100
        return [
            "heartbeats": hundreds * 90, "observations": hundreds * 6, "assists": hundreds, "raised": hundreds,
            "answered": hundreds, "closed": hundreds,
        ]
    }

    /// SplitMix64's finish: noise that is the same at every run.
    private static func mix(_ value: UInt64) -> UInt64 {
        var z = value &* 0x9E37_79B9_7F4A_7C15
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

extension [UInt8] {
    fileprivate mutating func add(_ text: StaticString) {
        append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    fileprivate mutating func add(_ value: Int64) {
        let start = count
        var rest = value
        repeat {
            append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0
        self[start...].reverse()
    }
}
