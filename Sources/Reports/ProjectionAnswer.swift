package import Strategy
import Telemetry

/// A projection: the one value that `vaktlast project` and `/api/v1/projection` are written from.
package struct ProjectionAnswer: Sendable {
    /// How load was turned into people.
    package enum Need: Equatable, Sendable {
        /// No more than assumptions, or a measured week without roster: a margin over the mean.
        case squareRoot
        /// The positions that the attendance norm asks for, of the municipality's own call-outs and roster: so many zone groups ×
        /// shifts, and those of them with so few call-outs that ways and times are those of more of them.
        case requiredPositions(shifts: Int, borrowed: Int)

        /// As programs read it.
        package var word: String {
            switch self {
            case .squareRoot: "square-root"
            case .requiredPositions: "required-positions"
            }
        }

        /// For who reads where today's staffing comes from.
        package var shortBokmal: String {
            switch self {
            case .squareRoot: "etter kvadratrotregelen"
            case .requiredPositions: "etter kravet til utrykningstid"
            }
        }

        /// The method as one sentence or two.
        package func bokmal(_ rule: ProjectionAssumptions.Staffing) -> String {
            let hours = "delt på \(Norwegian.number(rule.hoursPerFullTimeEquivalent, decimals: 0)) timer per årsverk (\(rule.source))"
            switch self {
            case .squareRoot:
                return "Årsverk etter kvadratrotregelen: snittet på jobb m pluss \(Norwegian.shortest(rule.margin))·√m i hver time"
                    + (rule.isWhole ? ", rundet opp til hele stillinger" : ", uten avrunding (utrykninger tas av folk som også har annet å gjøre)")
                    + ", \(hours). Kommunens egne utrykninger og turnus er ikke brukt til dette."
            case .requiredPositions(let shifts, let borrowed):
                return "Årsverk etter kravet til utrykningstid: stillingene som må være på vakt for at kravet skal nås, sone for sone og vakt for "
                    + "vakt (\(shifts) i alt), av kommunens egne utrykninger og turnus (Erlang C), \(hours). Minst én er på vakt i hver: det er "
                    + "beredskap, og den blir ikke mindre. Over det følger stillingene belastningen jevnt, rett linje mellom de hele stillingene "
                    + "i Erlang C. De på vakt kan ha planlagt arbeid også."
                    + (borrowed > 0 ? " I \(borrowed) av vaktene er utrykningene så få at reisetid og tid per utrykning er lånt fra flere." : "")
            }
        }
    }

    package let number: String
    package let name: String
    package private(set) var projection: Projection
    package let assumptions: ProjectionAssumptions
    package let users: UsersByAge
    /// What low, main and high are, and why a gap may look turned around.
    package static let levels =
        "Lav, hoved og høy har samme utrykninger per bruker i dag. De skiller seg i befolkningens alternativ og i forutsetningene om årene som kommer, og er "
        + "ikke statistiske intervaller. Gapet kan være størst i lav: der er det også færre i yrkesaktiv alder."

    /// What a period had to measure today's load from.
    package struct Measured: Equatable, Sendable {
        /// Days of the period wholly covered by data, of all its days.
        package var wholeDays: Int
        package var days: Int
        /// On the whole days.
        package var callOuts: Int

        /// A whole week, so that each weekday is there.
        package static let wholeDaysMin = IndicatorFigure.dayCountMin
        /// Under so many call-outs their rate could be half or twice as high.
        package static let callOutsMin = 10

        package init(wholeDays: Int, days: Int, callOuts: Int) {
            self.wholeDays = wholeDays
            self.days = days
            self.callOuts = callOuts
        }

        package var isEnough: Bool { wholeDays >= Measured.wholeDaysMin && callOuts >= Measured.callOutsMin }

        /// The days of the shortest quarter: from there on months no longer say each its own.
        package static let steadyDaysMin = 90
    }

    /// Where today's load is from.
    package enum Basis: Equatable, Sendable {
        /// Nobody asked for a measured one.
        case assumed
        case measured(Measured)
        /// The period had too little, and assumptions took its place.
        case tooLittle(Measured)
    }

    /// The measured period that it begins from, and the journal position it was read at; nil where it begins from assumptions.
    package let measured: (period: ReportPeriod, position: Int64)?
    package private(set) var need: Need
    package var basis: Basis

    package init(
        number: String,
        name: String,
        projection: Projection,
        assumptions: ProjectionAssumptions,
        users: UsersByAge,
        measured: (period: ReportPeriod, position: Int64)?,
        need: Need,
        basis: Basis
    ) {
        self.number = number
        self.name = name
        self.projection = projection
        self.assumptions = assumptions
        self.users = users
        usersToday = users.rows.reduce(0) { $0 + ($1.technology == .safetyAlarm ? $1.users : 0) }
        self.measured = measured
        self.need = need
        self.basis = basis
    }

    /// Whether the period had too little, so that it begins from assumptions.
    var isFromTooLittle: Bool { if case .tooLittle = basis { true } else { false } }

    /// Users of safety alarms today, as the municipality has counted them by age; nil when withheld.
    package private(set) var usersToday: Int?

    /// As it may leave the municipality; nil where an age group is a handful: how the load grows tells how its users are divided.
    ///
    /// - Parameter counts: of the same events that are told already.
    func told(_ counts: inout ToldCounts) -> ProjectionAnswer? {
        guard users.rows.allSatisfy({ $0.technology != .safetyAlarm || $0.users.isTellable }) else { return nil }
        var answer = self
        answer.projection = projection.rounded
        // Whose call-outs are few is said of five shifts or more.
        if case .requiredPositions(let shifts, let borrowed) = need, !borrowed.isTellable { answer.need = .requiredPositions(shifts: shifts, borrowed: 0) }
        if let usersToday, !counts.tell([(.users, usersToday)]) { answer.usersToday = nil }
        return answer
    }

    /// What chance alone does to a projection from a short period, in bokmål: low and high say nothing of it. Nil from a quarter of whole
    /// days on, and where it begins from assumptions.
    package var caution: String? {
        guard case .measured(let found) = basis, found.wholeDays < Measured.steadyDaysMin else { return nil }
        let (bounds, months) = (PoissonInterval.bounds(found.callOuts), Double(found.wholeDays) / 30)
        return "Tallet hviler på \(Norwegian.count(found.callOuts, "utrykning", "utrykninger")) i \(found.wholeDays) hele døgn, og kan bli et annet neste "
            + "gang: det vanlige nivået kan være \(Norwegian.number(bounds.low / months, decimals: 0)) til "
            + "\(Norwegian.number(bounds.high / months, decimals: 0)) per 30 døgn (95\(Norwegian.space)%). Lav og høy har ikke med dette; et kvartal eller et år gir et sikrere tall."
    }

    /// The answer as JSON, as `/api/v1/projection` gives it and `/openapi.json` describes it. Shares are 0–1.
    package var json: [UInt8] {
        var json = JSONText(bytesLikely: 16 << 10)
        json.object { json in
            json.member("municipality", number)
            json.member("name", name)
            json.member("period", measured?.period.description)
            json.member("position", measured?.position)
            json.member("staffingToday", projection.staffingToday)
            json.object("staffingNeed") { json in
                json.member("method", need.word)
                json.member("text", need.bokmal(assumptions.staffing))
                json.member("readiness", projection.readiness)
                if case .requiredPositions(let shifts, let borrowed) = need {
                    json.member("shifts", Int64(shifts))
                    json.member("borrowed", Int64(borrowed))
                }
            }
            json.member("isSynthetic", projection.isSynthetic)
            json.member("hasExamples", projection.hasExample)
            json.object("today") { json in
                json.member("year", Int64(assumptions.today.year))
                json.assumption("callOutsPer30Days", assumptions.today.callOutsPer30Days)
                json.assumption("minutesPerCallOut", assumptions.today.minutesPerCallOut)
                json.assumption("closedAtCentre", assumptions.today.closedAtCentre)
                json.assumption("fullTimeEquivalents", assumptions.today.fullTimeEquivalents)
            }
            json.array("rows", projection.rows) { json, row in json.object { $0.members(of: row) } }
        }
        return json.bytes
    }
}

extension JSONText {
    fileprivate mutating func assumption(_ name: String, _ assumption: Assumption?) {
        optional(name, assumption) { json, assumption in
            json.member("low", assumption.range.low)
            json.member("main", assumption.range.main)
            json.member("high", assumption.range.high)
            json.member("source", assumption.source)
            json.member("isExample", assumption.isExample)
        }
    }

    fileprivate mutating func members(of row: Projection.Row) {
        member("year", Int64(row.year))
        member("level", row.level.rawValue)
        member("alternative", row.alternative)
        member("inhabitants80", row.inhabitants80.map(Int64.init))
        object("usersByTechnology") { json in
            for (technology, users) in row.usersByTechnology.sorted(by: { $0.key.rawValue < $1.key.rawValue }) { json.member(technology.rawValue, users) }
        }
        member("alarmsPer30Days", row.alarmsPer30Days)
        member("callOutsPer30Days", row.callOutsPer30Days)
        member("responseHoursPerYear", row.responseHoursPerYear)
        member("loadFactor", row.loadFactor)
        member("fullTimeEquivalents", row.fullTimeEquivalents)
        member("workforceFactor", row.workforceFactor)
        member("available", row.available)
        member("gap", row.gap)
        member("replacedToKeepStaffing", row.replacedToKeepStaffing)
        member("closedAtCentreToKeepStaffing", row.closedAtCentreToKeepStaffing)
        member("replacedToMeetWorkforce", row.replacedToMeetWorkforce)
    }
}
