import Testing
import Workload

import Reports

@Suite("Numbers and dates in bokmål")
struct NorwegianTests {
    @Test(
        "thousands have a no-break space, decimals a comma",
        arguments: [
            (1234.5, 1, "1\u{A0}234,5"), (0, 1, "0,0"), (0.05, 1, "0,1"), (-0.04, 1, "0,0"),
            (-1234.56, 1, "−1\u{A0}234,6"),
            (1_000_000, 0, "1\u{A0}000\u{A0}000"), (999.95, 1, "1\u{A0}000,0"), (0.005, 2, "0,01"), (.infinity, 1, "–"),
        ]
    )
    func numbers(value: Double, decimals: Int, text: String) {
        #expect(Norwegian.number(value, decimals: decimals) == text)
    }

    @Test("a difference is that of the numbers as they are written")
    func differences() {
        #expect(Norwegian.difference(5.666, 5.254, decimals: 2) == "0,42" && Norwegian.difference(5.254, 5.666, decimals: 2) == "−0,42")
        #expect(Norwegian.difference(2.4, 2.4, decimals: 0) == "0")
    }

    @Test(
        "parts have as many decimals as it takes to come to what is left of them",
        arguments: [(211.6, 16.8, 0), (57.6, 1.4, 1), (0, 0, 0), (10.46, 0.95, 1)]
    )
    func decimals(value: Double, subtracted: Double, decimals: Int) {
        #expect(Norwegian.decimals(of: value, minus: subtracted) == decimals)
    }

    @Test("shortest shows no needless decimals", arguments: [(2.0, "2"), (1.5, "1,5"), (0.25, "0,25"), (97.5, "97,5")])
    func shortest(value: Double, text: String) { #expect(Norwegian.shortest(value) == text) }

    @Test(
        "durations are told in the two units that matter",
        arguments: [
            (47_000, "47 s"), (60_000, "1 min"), (200_000, "3 min 20 s"), (600_000, "10 min"), (3_900_000, "1 t 5 min"),
            (3_600_000, "1 t"), (59_600, "1 min"), (0, "0 s"),
        ] as [(Int64, String)]
    )
    func durations(milliseconds: Int64, text: String) {
        #expect(Norwegian.duration(milliseconds: milliseconds).replacing("\u{A0}", with: " ") == text)
    }

    @Test("dates are as short as they can be said")
    func dates() {
        let first = LocalTime.Day(year: 2026, month: 10, day: 5)
        func plain(_ last: LocalTime.Day) -> String {
            Norwegian.dates(first, last).replacing("\u{A0}", with: " ").replacing("\u{2060}", with: "")
        }
        #expect(plain(first) == "5. oktober 2026")
        #expect(plain(.init(year: 2026, month: 10, day: 28)) == "5.–28. oktober 2026")
        #expect(plain(.init(year: 2026, month: 11, day: 1)) == "5. oktober–1. november 2026")
        #expect(plain(.init(year: 2027, month: 1, day: 1)) == "5. oktober 2026–1. januar 2027")
    }
}
