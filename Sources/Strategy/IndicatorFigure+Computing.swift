import Telemetry
import Workload

extension IndicatorFigure {
    /// The figure of a measure, by its definition in the catalogue. O(draws × days or users) for the two with a bootstrap.
    ///
    /// - Parameter isDrawn: false leaves these two without an interval.
    package init(_ measure: IndicatorMeasure, _ data: IndicatorData, isDrawn: Bool = true) {
        self.init(computing: measure, data, isDrawn)
        guard isMeasured else {
            missing = MissingSource(measure, data)
            return
        }
        switch measure.unit {
        case .usersPer1000: restsOnExample = data.isPopulationSynthetic
        case .hoursPer30Days: restsOnExample = data.freed?.rows.contains(where: \.hasExample) ?? false
        case .hours, .kroner: restsOnExample = data.realised?.isExample ?? false
        default: break
        }
    }

    private init(computing measure: IndicatorMeasure, _ data: IndicatorData, _ isDrawn: Bool) {
        let figures = data.keyFigures
        switch measure {
        case .closedAtCentre: self.init(measure, figures.closedAtCentre)
        case .lowestEffectiveStep: self.init(measure, data.lowestEffectiveStep)
        case .unintended: self.init(measure, figures.unintended)
        case .silent: self.init(measure, data.silent)
        case .answerWithin60Seconds: self.init(measure, figures.answer.within[0])
        case .answerWithin180Seconds: self.init(measure, figures.answer.within[1])
        case .unanswered: self.init(measure, Share(min(figures.answer.none, figures.alarms), of: figures.alarms))
        case .open:
            let closed = min(figures.closedAtCentre.denominator, figures.alarms)
            self.init(measure, Share(figures.alarms - closed, of: figures.alarms))
        case .attendanceWithin45Minutes: self.init(measure, figures.attendance.within[0])
        case .attendanceWithin60Minutes: self.init(measure, figures.attendance.within[1])
        case .late: self.init(measure, data.late)
        case .callOutsPer100Users: self.init(measure, count: data.callOuts, over: data.userMonths, isEnough: data.hasWeek)
        case .nightCallOutsPer100Users: self.init(measure, count: data.nightCallOuts, over: data.userMonths, isEnough: data.hasWeek)
        case .callOutHoursPer100Users: self.init(callOutHours: data)
        case .repeatUsers: self.init(callOutsByUser: data.callOutsByUser ?? [], isDrawn)
        case .simultaneousResponses: self.init(measure, data.simultaneous)
        case .unplannedShare: self.init(unplanned: data, isDrawn)
        case .deviceAvailability:
            let days = data.deviceDaysRegistered
            self.init(measure, Share(min(data.deviceDaysWithSign, days), of: days))
        case .technologyUsersPer1000: self.init(measure, users: data.technologyUsers, data)
        case .safetyAlarmUsersPer1000, .medicationDispenserUsersPer1000, .digitalSupervisionUsersPer1000, .electronicLockUsersPer1000,
            .locationUsersPer1000, .homeMonitoringUsersPer1000:
            let users = measure.technology.flatMap { technology in data.usersByTechnology.map { $0[technology] ?? 0 } }
            self.init(measure, users: users, data)
        case .ladderNotRisen: self.init(measure, data.ladder?.notRisen)
        case .freedHours: self.init(freed: data)
        case .realisedHours: self.init(measure, account: data.realised?.hours, lines: data.realised?.lines ?? 0)
        case .realisedKroner: self.init(measure, account: data.realised?.kroner, lines: data.realised?.lines ?? 0)
        }
    }

    private init(_ measure: IndicatorMeasure, users: Int?, _ data: IndicatorData) {
        self.init(measure, count: users, over: Double(data.inhabitants80 ?? 0) / 1000, isEnough: (users ?? 0) >= Share.smallBelow)
    }

    private init(callOutsByUser: [Int], _ isDrawn: Bool) {
        let users = callOutsByUser.count
        let minimum = IndicatorDefinition.of(.repeatUsers).minimumCount
        // Under the limit the value itself would tell of a handful of people.
        guard users >= minimum, let share = IndicatorFigure.loadOfMost(callOutsByUser) else {
            self.init(.repeatUsers, numerator: 0, denominator: 0, count: users)
            return
        }
        self.init(.repeatUsers, numerator: Double(share.numerator), denominator: Double(share.denominator), count: users)
        guard isDrawn else { return }
        let drawn = Bootstrap.interval(count: users) { places in IndicatorFigure.loadOfMost(places.map { callOutsByUser[$0] })?.value }
        low = drawn?.low
        high = drawn?.high
    }

    /// The part of all call-outs that the 5 % with most have, rounded up to whole users; nil without call-outs. O(users +
    /// largest number), since the bootstrap asks a thousand times: users are counted by their number, not sorted.
    private static func loadOfMost(_ callOuts: [Int]) -> Share? {
        let total = callOuts.reduce(0, +)
        guard total > 0, let largest = callOuts.max() else { return nil }
        var users = [Int](repeating: 0, count: largest + 1)
        for number in callOuts { users[number] += 1 }
        var left = Int((Double(callOuts.count) * IndicatorDefinition.repeatUserShare).rounded(.up))
        var sum = 0
        for number in stride(from: largest, through: 1, by: -1) where left > 0 {
            let taken = min(left, users[number])
            sum += taken * number
            left -= taken
        }
        return Share(sum, of: total)
    }

    private init(unplanned data: IndicatorData, _ isDrawn: Bool) {
        let rostered = (data.rosteredMillisecondsByDay ?? []).map { Double($0) / 3_600_000 }
        let response = (data.rosteredResponseMillisecondsByDay ?? []).map { Double($0) / 3_600_000 }
        precondition(rostered.count == response.count, "both are of the same days")
        self.init(.unplannedShare, numerator: response.reduce(0, +), denominator: rostered.reduce(0, +), count: rostered.count)
        guard isDrawn, value != nil, count >= IndicatorFigure.dayCountMin else { return }
        let drawn = Bootstrap.interval(count: count) { places in
            let sum = places.reduce(0) { $0 + rostered[$1] }
            return sum > 0 ? places.reduce(0) { $0 + response[$1] } / sum : nil
        }
        low = drawn?.low
        high = drawn?.high
    }

    private init(freed data: IndicatorData) {
        guard let freed = data.freed, data.freedDays > 0, freed.count > 0 else {
            self.init(nothingOf: .freedHours)
            return
        }
        let months = Double(data.freedDays) / 30
        self.init(.freedHours, numerator: freed.net.main, denominator: months, count: freed.count)
        low = freed.net.low / months
        high = freed.net.high / months
    }

    /// Of what is kept as an account there is no chance: low and high are the value.
    private init(_ measure: IndicatorMeasure, account sum: Double?, lines: Int) {
        self.init(measure, numerator: sum ?? 0, denominator: sum == nil ? 0 : 1, count: lines)
        // A book without a line yet says nothing about what was realised.
        guard lines > 0 else { return }
        low = value
        high = value
    }
}

extension IndicatorData {
    /// Hundreds of users × months of 30 days.
    fileprivate var userMonths: Double { Double(users) * Double(responseMillisecondsByDay.count) / 3000 }

    /// A whole week, so that each weekday is there.
    fileprivate var hasWeek: Bool { responseMillisecondsByDay.count >= IndicatorFigure.dayCountMin }
}
