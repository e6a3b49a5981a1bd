import Strategy
import Testing
import Workload

@Suite("Indicators by hand-made numbers")
struct IndicatorFigureTests {
    private func data(
        _ figures: KeyFigures = .made(),
        byDay: [Int64] = [],
        users: Int = 0,
        devices: (Int, Int) = (0, 0)
    ) -> IndicatorData {
        IndicatorData(
            keyFigures: figures,
            responseMillisecondsByDay: byDay,
            users: users,
            deviceDaysWithSign: devices.0,
            deviceDaysRegistered: devices.1
        )
    }

    private func isNear(_ left: Double?, _ right: Double, _ tolerance: Double = 1e-9) -> Bool {
        left.map { abs($0 - right) <= tolerance } ?? false
    }

    @Test("81 of 263 alarms closed at the centre: 30.8 %, Wilson 25.5 to 36.6 % (Newcombe 1998)")
    func closedAtCentre() {
        let figure = IndicatorFigure(.closedAtCentre, data(.made(closedAtCentre: Share(81, of: 263))))
        #expect((figure.numerator, figure.denominator) == (81, 263))
        #expect(isNear(figure.value, 81.0 / 263))
        #expect(isNear(figure.low, 0.2553, 5e-5) && isNear(figure.high, 0.3662, 5e-5))
    }

    @Test("nothing of ten unintended still leaves room up to 27.8 %")
    func unintended() {
        let figure = IndicatorFigure(.unintended, data(.made(unintended: Share(0, of: 10))))
        #expect(figure.value == 0 && isNear(figure.low, 0) && isNear(figure.high, 0.2775, 5e-5))
    }

    @Test("answers within 60 s and attendance within 45 min count the limit itself")
    func waits() {
        let figures = KeyFigures.made(answers: [10, 60, 61, 200, 30], attendances: [2700, 2701, 60, 60, 60])
        #expect(IndicatorFigure(.answerWithin60Seconds, data(figures)).numerator == 3)
        #expect(IndicatorFigure(.attendanceWithin45Minutes, data(figures)).numerator == 4)
    }

    @Test("under five the value is there but no interval, so no status")
    func small() {
        let figure = IndicatorFigure(.closedAtCentre, data(.made(closedAtCentre: Share(3, of: 4))))
        #expect(figure.isSmall && figure.value == 0.75 && figure.low == nil)
        #expect(GoalStatus(figure, direction: .up, baseline: 0.1, target: 0.2) == .cannotSay)
    }

    @Test("device-days with a sign of life: 2,970 of 3,000, and never more than registered")
    func availability() {
        #expect(IndicatorFigure(.deviceAvailability, data(devices: (2970, 3000))).value == 0.99)
        #expect(IndicatorFigure(.deviceAvailability, data(devices: (11, 10))).value == 1)
        #expect(IndicatorFigure(.deviceAvailability, data()).value == nil)
    }

    @Test("10 days of 2 h with 50 users are 120 h per 100 users and 30 days, without spread and so without width")
    func callOutHours() {
        let days = [Int64](repeating: 2 * 3_600_000, count: 10)
        let figure = IndicatorFigure(.callOutHoursPer100Users, data(byDay: days, users: 50))
        #expect(isNear(figure.numerator, 20) && isNear(figure.value, 120))
        #expect(isNear(figure.low, 120) && isNear(figure.high, 120))
    }

    @Test("hours of 1 and 3 over 8 days: t with 7 degrees is 2.3646")
    func callOutInterval() {
        let days = [1, 3, 1, 3, 1, 3, 1, 3].map { Int64($0) * 3_600_000 }
        let figure = IndicatorFigure(.callOutHoursPer100Users, data(byDay: days, users: 100))
        // Sum 16 h, variance 8/7, half width 2.3646 × √(8 × 8/7) = 7.150 h, over 100 × 8 / 3000.
        #expect(isNear(figure.value, 60) && isNear(figure.low, 60 - 7.150 * 3.75, 0.02))
        #expect(isNear(figure.high, 60 + 7.150 * 3.75, 0.02))
    }

    @Test("fewer than seven whole days, or no known users, cannot be said")
    func tooFewDays() {
        let six = [Int64](repeating: 3_600_000, count: 6)
        #expect(IndicatorFigure(.callOutHoursPer100Users, data(byDay: six, users: 100)).low == nil)
        #expect(IndicatorFigure(.callOutHoursPer100Users, data(byDay: six, users: 0)).value == nil)
        #expect(IndicatorFigure(.callOutHoursPer100Users, data(byDay: [], users: 10)).value == nil)
    }
}
