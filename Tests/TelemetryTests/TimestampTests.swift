import Foundation
import Telemetry
import Testing

@Suite("Timestamps")
struct TimestampTests {
    private func parse(_ text: String) -> EventTime? { text.withText(Timestamp.parse) }

    static let good: [(text: String, milliseconds: EventTime)] = [
        ("1970-01-01T00:00:00Z", 0),
        ("2015-01-01T00:00:00Z", 1_420_070_400_000),
        ("2026-10-05T05:41:12.482Z", 1_791_178_872_482),
        ("2026-10-05t05:41:12.482z", 1_791_178_872_482),
        ("2026-10-05T07:41:12.482+02:00", 1_791_178_872_482),
        ("2026-10-05T01:11:12.482-04:30", 1_791_178_872_482),
        ("2026-10-06T05:40:12.482+23:59", 1_791_178_872_482),
        ("2026-10-05T05:41:12.482-00:00", 1_791_178_872_482),
        ("2026-10-05T05:41:12.4Z", 1_791_178_872_400),
        ("2026-10-05T05:41:12.04Z", 1_791_178_872_040),
        // Cut, not rounded.
        ("2026-10-05T05:41:12.4829999999999999999999999999999999999999999999Z", 1_791_178_872_482),
        ("2026-10-05T05:41:12.0009Z", 1_791_178_872_000),
        // Second 60 is the next second.
        ("2016-12-31T23:59:60Z", 1_483_228_800_000),
        ("2016-12-31T23:59:60.75Z", 1_483_228_800_750),
        ("2026-10-05T05:41:60Z", 1_791_178_920_000),
        ("2017-01-01T00:59:60+01:00", 1_483_228_800_000),
        ("2024-02-29T00:00:00Z", 1_709_164_800_000),
        ("2000-02-29T12:00:00Z", 951_825_600_000),
        ("0000-01-01T00:00:00Z", -62_167_219_200_000),
        ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
        ("1969-12-31T23:59:59.999Z", -1),
        // Truncated downwards, before 1970 as well.
        ("1969-12-31T23:59:59.9999Z", -1),
    ]

    @Test("a date-time of RFC 3339 is read to the millisecond below", arguments: good)
    func read(text: String, milliseconds: EventTime) {
        #expect(parse(text) == milliseconds)
    }

    static let bad = [
        "", "2026-10-05", "2026-10-05T05:41:12", "2026-10-05T05:41Z", "2026-10-05 05:41:12Z", "2026-10-05T05:41:12.Z",
        "2026-10-05T05:41:12,5Z", "2026-10-05T24:00:00Z", "2026-10-05T05:60:00Z", "2026-10-05T05:41:61Z",
        "2026-00-05T05:41:12Z", "2026-13-05T05:41:12Z", "2026-10-00T05:41:12Z", "2026-04-31T05:41:12Z",
        "2026-02-29T05:41:12Z", "1900-02-29T05:41:12Z", "26-10-05T05:41:12Z", "12026-10-05T05:41:12Z",
        "+2026-10-05T05:41:12Z", "-026-10-05T05:41:12Z", "2026-10-05T05:41:12+0200", "2026-10-05T05:41:12+02",
        "2026-10-05T05:41:12+24:00", "2026-10-05T05:41:12+02:60", "2026-10-05T05:41:12Z ", " 2026-10-05T05:41:12Z",
        "2026-10-05T05:41:12ZZ", "2026-10-5T05:41:12Z", "2026/10/05T05:41:12Z", "20261005T054112Z",
        "2026-10-05T05:41:12\u{2212}02:00", "2026-10-05T05:41:12.٤Z", "2026-10-05T05:41:12Z\0",
        "2026-W41-1T05:41:12Z", "2026-278T05:41:12Z",
    ]

    @Test("what is no date-time of RFC 3339 is none", arguments: bad)
    func refuse(text: String) {
        #expect(parse(text) == nil)
    }

    static let written: [(milliseconds: EventTime, text: String)] = [
        (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
        (1_791_178_872_482, "2026-10-05T05:41:12.482Z"), (1_709_164_800_000, "2024-02-29T00:00:00.000Z"),
        (253_402_300_799_999, "9999-12-31T23:59:59.999Z"), (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"),
        (1_791_178_872_007, "2026-10-05T05:41:12.007Z"),
    ]

    @Test("an instant is written in UTC with three digits of fraction", arguments: written)
    func write(milliseconds: EventTime, text: String) {
        #expect(Timestamp.format(milliseconds) == text)
    }

    @Test("what is written is read back, and means what Foundation means", arguments: [1, 2, 3] as [UInt64])
    func roundtrip(seed: UInt64) throws {
        var random = Seeded(seed: seed)
        let foundation = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        for _ in 0..<2000 {
            let time = Int64.random(in: -2_208_988_800_000...4_102_444_800_000, using: &random)
            let text = Timestamp.format(time)
            #expect(parse(text) == time)
            let date = try foundation.parse(text)
            #expect(Int64((date.timeIntervalSince1970 * 1000).rounded()) == time)
        }
    }

    @Test("a quarter is floor division, before 1970 too")
    func quarters() {
        #expect(TimeRule.quarter(of: 0) == 0)
        #expect(TimeRule.quarter(of: 899_999) == 0)
        #expect(TimeRule.quarter(of: 900_000) == 1)
        #expect(TimeRule.quarter(of: -1) == -1)
        #expect(TimeRule.quarter(of: -900_000) == -1)
        #expect(TimeRule.quarter(of: -900_001) == -2)
    }
}

/// Steele, Lea & Flood 2014 (SplitMix64): the same seed gives the same texts.
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
