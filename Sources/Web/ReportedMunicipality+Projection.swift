package import Reports
import Staffing
package import Store
package import Strategy
package import Telemetry
import Workload

extension ReportedMunicipality {
    /// A measured period that is too short, or with too few call-outs, to begin a projection from.
    package struct TooLittleMeasured: Error, CustomStringConvertible {
        package var period: String
        package var found: ProjectionAnswer.Measured

        package var description: String {
            "\(period) has \(found.wholeDays) whole days of data of \(found.days), and \(found.callOuts) call-outs on them: a projection needs at least "
                + "\(ProjectionAnswer.Measured.wholeDaysMin) whole days and \(ProjectionAnswer.Measured.callOutsMin) call-outs. Choose a longer period, or "
                + "leave the period out and begin from the assumptions."
        }
    }

    /// What a projection is made from besides the municipality.
    package struct ProjectionInput: Sendable {
        package var population: Population
        package var users: UsersByAge
        package var assumptions: ProjectionAssumptions
        package var years: [Int]
        /// As they are named where something is wrong in them.
        package var files = (population: "population.csv", users: "users-by-age.csv", assumptions: "projection.yaml")

        package init(population: Population, users: UsersByAge, assumptions: ProjectionAssumptions, years: [Int]) {
            self.population = population
            self.users = users
            self.assumptions = assumptions
            self.years = years
        }
    }

    /// The years that are projected to where nobody asks for others.
    package static let projectionYears = "2030,2040,2050"
    /// Years in one projection.
    private static let projectionYearsMax = 50

    /// Years with commas between, each from 2000 to 2200, in order and each once; nil for anything else.
    package static func years(_ text: String) -> [Int]? {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let years = parts.compactMap { Int($0) }.filter { (2000...2200).contains($0) }
        return years.count == parts.count && parts.count <= projectionYearsMax ? Set(years).sorted() : nil
    }

    /// Carries today's users and load into years to come. From a measured period call-outs, their length and the share closed at the
    /// centre are those measured then, and where there is a roster the attendance norm says how many are needed. The one way to a
    /// projection: pages, files, command and API all have it from here.
    ///
    /// - Throws: `TooLittleMeasured`; `FileError` where population and users do not fit together.
    package func projection(_ input: ProjectionInput, measured: (period: ReportPeriod, views: ViewsReader)? = nil, now: EventTime) throws -> ProjectionAnswer {
        guard let measured else { return try assumed(input) }
        let found = try indicators(period: measured.period, views: measured.views, now: now)
        let staffing = try staffingInput(period: ReportedMunicipality.whole(found, of: measured.period), views: measured.views, now: now)
        return try projection(input, of: found, period: measured.period, staffing)
    }

    /// What a report's pages plan by: the projection begins from the report's period, or from assumptions where that has too little.
    func planningFigures(of report: ReportInput, views: ViewsReader, now: EventTime) throws -> PlanningFigures {
        var figures = PlanningFigures(kostra: planning.kostra, capacity: planning.capacity)
        guard let input = planning.projectionInput else { return figures }
        do {
            let found = try indicators(of: report, views: views, now: now)
            var whole = report
            whole.counted = ReportedMunicipality.whole(found, of: report.period)
            let staffing = try staffingInput(of: whole, views: views, now: now)
            figures.projection = try projection(input, of: found, period: report.period, staffing, isExternal: report.isExternal)
        } catch let error as TooLittleMeasured {
            figures.projection = try assumed(input, basis: .tooLittle(error.found))
        }
        return figures
    }

    /// What a projection begins from, the people that are needed too: whole days alone, so that what leaves the municipality says the same.
    private static func whole(_ found: Indicators, of period: ReportPeriod) -> Range<EventTime> {
        let start = period.bounds().lowerBound
        return whole(found.scope.days) ?? start..<start
    }

    /// From what is assumed of today, even over the week.
    private func assumed(_ input: ProjectionInput, basis: ProjectionAnswer.Basis = .assumed) throws -> ProjectionAnswer {
        let need = SquareRootStaffing(evenErlang: input.assumptions.today.erlang, rule: input.assumptions.staffing).need
        return try answer(input, input.assumptions, need, measured: nil, .squareRoot, basis)
    }

    private func projection(
        _ input: ProjectionInput,
        of found: Indicators,
        period: ReportPeriod,
        _ staffing: StaffingInput,
        isExternal: Bool = false
    ) throws -> ProjectionAnswer {
        var assumptions = input.assumptions
        try found.replace(&assumptions.today, period: period, isExternal: isExternal)
        let measured = (period, found.position)
        // What the norm asks for hangs on each attendance that came too late, and whether it can be told on how many were measured: where
        // some of them are a handful both tell how many.
        let isNormTold = !isExternal || found.data.isAttendanceTellable
        guard isNormTold, let required = RequiredByLoad(staffing) else {
            let need = SquareRootStaffing(measured: found.hourlyErlang, rule: assumptions.staffing).need
            return try answer(input, assumptions, need, measured: measured, .squareRoot, .measured(found.measured))
        }
        let hours = assumptions.staffing.hoursPerFullTimeEquivalent
        let need = StaffingNeed(
            readiness: required.readiness(hoursPerFullTimeEquivalent: hours),
            fullTimeEquivalents: { required.fullTimeEquivalents(loadFactor: $0, hoursPerFullTimeEquivalent: hours) },
            removed: { required.removed(loadFactor: $0, fullTimeEquivalents: $1, hoursPerFullTimeEquivalent: hours) }
        )
        let method = ProjectionAnswer.Need.requiredPositions(shifts: required.shiftCount, borrowed: required.borrowedCount)
        return try answer(input, assumptions, need, measured: measured, method, .measured(found.measured))
    }

    private func answer(
        _ input: ProjectionInput,
        _ assumptions: ProjectionAssumptions,
        _ need: StaffingNeed,
        measured: (period: ReportPeriod, position: Int64)?,
        _ method: ProjectionAnswer.Need,
        _ basis: ProjectionAnswer.Basis
    ) throws -> ProjectionAnswer {
        let projection = try Projection(
            population: input.population,
            users: input.users,
            assumptions: assumptions,
            years: input.years,
            files: input.files,
            need: need
        )
        return ProjectionAnswer(
            number: number,
            name: name,
            projection: projection,
            assumptions: assumptions,
            users: input.users,
            measured: measured,
            need: method,
            basis: basis
        )
    }
}

extension ReportedMunicipality.Indicators {
    /// What there is to begin a projection from.
    var measured: ProjectionAnswer.Measured { .init(wholeDays: wholeDays, days: dayCount, callOuts: data.callOuts ?? 0) }

    /// Puts what was measured in the place of what was assumed of today. The same in low, main and high: these differ by what is
    /// assumed of the years to come, and are no intervals. How sure the count itself is stands in its source; each has the n that
    /// it was counted over.
    fileprivate func replace(_ today: inout ProjectionAssumptions.Today, period: ReportPeriod, isExternal: Bool) throws {
        guard measured.isEnough else { throw ReportedMunicipality.TooLittleMeasured(period: period.description, found: measured) }
        let callOuts = measured.callOuts
        let months = Double(wholeDays) / 30
        let bounds = PoissonInterval.bounds(callOuts)
        let interval = "95 %: \(Norwegian.number(bounds.low / months, decimals: 0))–\(Norwegian.number(bounds.high / months, decimals: 0)) per 30 døgn"
        let days = "målt \(period.title), \(wholeDays) av \(dayCount) hele døgn"
        let source = "\(days), n = \(Norwegian.count(callOuts))"
        today.callOutsPer30Days = Assumption(Range3(Double(callOuts) / months), source: "\(source), \(interval)", isExample: false)
        let milliseconds = data.responseMillisecondsByDay.reduce(0, +)
        today.minutesPerCallOut = Assumption(Range3(Double(milliseconds) / 60_000 / Double(callOuts)), source: source, isExample: false)
        let closed = data.keyFigures.closedAtCentre
        if isExternal {
            // Alarms to come follow from it and the call-outs: so it is made of these and all alarms, which are told.
            let alarms = max(callOuts, data.keyFigures.alarms)
            let share = Double(alarms - callOuts) / Double(alarms)
            today.closedAtCentre = Assumption(Range3(share), source: "\(days), alarmer uten utrykning", isExample: false)
        } else if let share = closed.value {
            today.closedAtCentre = Assumption(
                Range3(share),
                source: "målt \(period.title), n = \(Norwegian.count(closed.denominator)) lukkede alarmer",
                isExample: false
            )
        }
    }
}

extension IndicatorData {
    /// Whether no part of the call-outs is a handful: in time by either limit, later, without the step, and of other alarms.
    fileprivate var isAttendanceTellable: Bool {
        let attendance = keyFigures.attendance
        let (short, long) = (attendance.within[0].numerator, attendance.within[1].numerator)
        let parts = [short, long - short, attendance.n - long, attendance.none, attendance.negative, (callOuts ?? attendance.n) - attendance.n]
        return parts.allSatisfy(\.isTellable)
    }
}
