import Strategy
import Telemetry
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

    @Test("what was not measured for want of a file says which; what waits for data says none")
    func missing() {
        var week = data(byDay: [Int64](repeating: 0, count: 7))
        func missing(_ measure: IndicatorMeasure) -> MissingSource? { IndicatorFigure(measure, week).missing }
        #expect(missing(.freedHours) == .benefits && missing(.unplannedShare) == .roster && missing(.safetyAlarmUsersPer1000) == .population)
        #expect(missing(.closedAtCentre) == nil && missing(.realisedHours) == nil)
        #expect(IndicatorFigure(.unplannedShare, week).unmeasuredText == "ikke målt: ingen turnus")
        (week.rosteredMillisecondsByDay, week.rosteredResponseMillisecondsByDay, week.inhabitants80) = ([], [], 400)
        #expect(missing(.unplannedShare) == nil && missing(.safetyAlarmUsersPer1000) == nil)
        week.isOfOneZone = true
        #expect(missing(.realisedHours) == .wholeMunicipality && missing(.realisedKroner) == .wholeMunicipality)
        // Without a whole day nothing is reckoned, whatever there is of assumptions.
        #expect(IndicatorFigure(.freedHours, data()).missing == nil)
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

    @Test("100 users of whom five have 12 each and twenty one each: the 5 % with most have 60 of 80, 75 %")
    func repeatUsers() throws {
        var known = data()
        known.callOutsByUser = [Int](repeating: 12, count: 5) + [Int](repeating: 1, count: 20) + [Int](repeating: 0, count: 75)
        let figure = IndicatorFigure(.repeatUsers, known)
        #expect(figure.value == 0.75 && figure.count == 100)
        let (low, high) = (try #require(figure.low), try #require(figure.high))
        #expect(low < 0.75 && high <= 1 && low > 0.3)
        known.callOutsByUser?.removeLast()
        let small = IndicatorFigure(.repeatUsers, known)
        #expect(small.value == nil && small.count == 99)
    }

    @Test("the load of those with most is that of sorted users", arguments: 1...50)
    func repeatUsersTwin(seed: UInt64) {
        var random = TestRandom(seed: seed)
        let callOuts = (0..<(100 + random.next(below: 200))).map { _ in random.next(below: 4) * random.next(below: 6) }
        var known = data()
        known.callOutsByUser = callOuts
        let most = Int((Double(callOuts.count) * 0.05).rounded(.up))
        let slow = Double(callOuts.sorted(by: >).prefix(most).reduce(0, +)) / Double(callOuts.reduce(0, +))
        let figure = IndicatorFigure(.repeatUsers, known)
        #expect(isNear(figure.value, slow) && figure == IndicatorFigure(.repeatUsers, known))
    }

    @Test("14 days of 2 h out of 100 rostered are 2 %; drawn days without spread have no width")
    func unplannedShare() {
        var known = data()
        known.rosteredMillisecondsByDay = [Int64](repeating: 100 * 3_600_000, count: 14)
        known.rosteredResponseMillisecondsByDay = [Int64](repeating: 2 * 3_600_000, count: 14)
        let figure = IndicatorFigure(.unplannedShare, known)
        #expect(isNear(figure.value, 0.02) && isNear(figure.low, 0.02) && isNear(figure.high, 0.02) && figure.count == 14)
        #expect(IndicatorFigure(.unplannedShare, data()).value == nil)
    }

    @Test("30 dispensers among 1,522 inhabitants of 80 and more are 19.7 per 1,000, Garwood 13.3 to 28.1")
    func technologyUsers() {
        var known = data()
        known.inhabitants80 = 1522
        known.usersByTechnology = [.medicationDispenser: 30]
        known.technologyUsers = 31
        let figure = IndicatorFigure(.medicationDispenserUsersPer1000, known)
        #expect(isNear(figure.value, 30 / 1.522) && isNear(figure.low, 20.2409 / 1.522, 1e-3) && isNear(figure.high, 42.8269 / 1.522, 1e-3))
        #expect(isNear(IndicatorFigure(.technologyUsersPer1000, known).value, 31 / 1.522))
        #expect(IndicatorFigure(.locationUsersPer1000, known).value == 0 && IndicatorFigure(.locationUsersPer1000, known).low == nil)
        known.inhabitants80 = nil
        #expect(IndicatorFigure(.technologyUsersPer1000, known).value == nil)
    }

    @Test("open and unanswered are of all alarms raised")
    func openAndUnanswered() {
        var figures = KeyFigures.made(answers: [10, 20, 30, 40, 50, 60], closedAtCentre: Share(2, of: 5))
        figures.answer.none = 1
        figures.alarms = 7
        #expect(IndicatorFigure(.open, data(figures)).value == 2.0 / 7)
        #expect(IndicatorFigure(.unanswered, data(figures)).value == 1.0 / 7)
        #expect(IndicatorFigure(.answerWithin180Seconds, data(figures)).value == 1)
    }

    @Test("of five on the ladder one rose, one fell, three stayed; who came and who left is told beside")
    func ladder() {
        let movement = LadderMovement(
            before: ["a": 1, "b": 2, "c": 2, "d": 3, "e": 3, "gone": 4],
            after: ["a": 2, "b": 1, "c": 2, "d": 3, "e": 3, "new": 1]
        )
        #expect((movement.risen, movement.fallen, movement.stayed) == (1, 1, 3))
        #expect(movement.moves[.init(from: 1, to: 2)] == 1 && movement.came == [1: 1] && movement.left == [4: 1])
        var known = data()
        known.ladder = movement
        #expect(IndicatorFigure(.ladderNotRisen, known).value == 0.8)
    }

    @Test("what nobody has measured has no value, no interval and no status")
    func nothing() {
        for measure in IndicatorMeasure.allCases {
            let figure = IndicatorFigure(measure, data())
            #expect(figure.value == nil && figure.low == nil && figure.high == nil, "\(measure)")
            #expect(GoalStatus(figure, direction: .up, baseline: 0, target: 1) == .cannotSay)
        }
    }
}
