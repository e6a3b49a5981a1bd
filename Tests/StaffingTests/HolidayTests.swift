import Staffing
import Testing
import Workload

@Suite("Public holidays of Norway")
struct HolidayTests {
    @Test(
        "Easter Sunday falls as the almanac has it",
        arguments: [
            (2000, 4, 23), (2008, 3, 23), (2011, 4, 24), (2016, 3, 27), (2019, 4, 21), (2024, 3, 31), (2025, 4, 20),
            (2026, 4, 5), (2027, 3, 28), (2038, 4, 25), (2049, 4, 18),
        ]
    )
    func easter(year: Int, month: Int, day: Int) {
        #expect(Holidays.easterSunday(year) == LocalTime.Day(year: year, month: month, day: day))
    }

    @Test("2026 has its twelve holidays")
    func holidaysOf2026() {
        let days = Holidays.of(year: 2026).keys.sorted()
        let expected = [
            (1, 1), (4, 2), (4, 3), (4, 5), (4, 6), (5, 1), (5, 14), (5, 17), (5, 24), (5, 25), (12, 25), (12, 26),
        ]
        #expect(days == expected.map { LocalTime.Day(year: 2026, month: $0.0, day: $0.1) })
    }

    @Test("when two holidays fall together both are named")
    func twoTogether() {
        #expect(Holidays.name(of: LocalTime.Day(year: 2043, month: 5, day: 17)) == "17. mai og 1. pinsedag")
        #expect(Holidays.name(of: LocalTime.Day(year: 2026, month: 10, day: 25)) == nil)
    }
}
