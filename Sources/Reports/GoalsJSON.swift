import Strategy
import Telemetry
import Workload

extension GoalsAnswer {
    /// The answer as JSON, as `/api/v1/goals` gives it and `/openapi.json` describes it. Shares are 0–1.
    package var json: [UInt8] {
        var json = JSONText(bytesLikely: 64 << 10)
        json.object { json in
            json.members(of: scope)
            json.member("name", name)
            json.member("position", position)
            json.array("frameworks", goals.frameworks) { json, framework in
                json.object { json in
                    json.member("id", framework.id)
                    json.member("name", framework.name)
                    json.member("careLadder", framework.careLadder)
                    json.member("document", framework.document)
                    json.member("note", framework.note)
                    json.array("goals", framework.goals) { json, goal in json.object { members(of: framework, goal, &$0) } }
                }
            }
        }
        return json.bytes
    }

    /// Where and when an answer about goals is of.
    package struct Scope: Sendable {
        package var municipality: String
        package var zone: String?
        package var period: ReportPeriod
        /// Whole local days of the period that the data cover.
        package var wholeDays: Int

        package init(municipality: String, zone: String?, period: ReportPeriod, wholeDays: Int) {
            self.municipality = municipality
            self.zone = zone
            self.period = period
            self.wholeDays = wholeDays
        }

        /// The bounds as parameters of other addresses.
        package var query: String {
            "municipality=\(municipality)&from=\(period.firstDay.iso)&to=\(period.endDay.iso)" + (zone.map { "&zone=\($0)" } ?? "")
        }
    }

    package var scope: Scope { Scope(municipality: number, zone: zone, period: period, wholeDays: wholeDays) }

    private func members(of framework: Goals.Framework, _ goal: Goals.Goal, _ json: inout JSONText) {
        json.member("id", goal.id)
        json.member("name", goal.name)
        json.member("reference", goal.reference)
        json.member("note", goal.note)
        json.member("notMeasured", goal.notMeasured)
        json.array("indicators", rows.filter { $0.framework.id == framework.id && $0.goal.id == goal.id }) { json, row in
            json.object { json in
                json.members(of: row)
                json.member("lineage", "/api/v1/goals/\(framework.id)/\(goal.id)/\(row.indicator.id)/lineage?\(scope.query)")
            }
        }
    }
}

extension JSONText {
    mutating func members(of scope: GoalsAnswer.Scope) {
        member("municipality", scope.municipality)
        member("zone", scope.zone)
        member("period", scope.period.description)
        member("from", scope.period.firstDay.iso)
        member("to", scope.period.endDay.iso)
        member("wholeDays", Int64(scope.wholeDays))
    }

    mutating func members(of figure: IndicatorFigure) {
        member("value", figure.value)
        member("low", figure.low)
        member("high", figure.high)
        member("numerator", figure.numerator)
        member("denominator", figure.denominator)
        member("n", Int64(figure.count))
        member("measured", figure.isMeasured)
        member("restsOnExample", figure.restsOnExample)
    }

    fileprivate mutating func members(of row: GoalsAnswer.Row) {
        let (indicator, definition) = (row.indicator, row.figure.definition)
        member("id", indicator.id)
        member("name", indicator.name)
        member("measure", row.figure.measure.rawValue)
        member("definitionVersion", Int64(definition.version))
        member("definition", definition.text)
        member("unit", row.unit)
        member("category", definition.category.rawValue)
        member("uncertainty", definition.uncertainty.bokmal)
        member("direction", indicator.direction.rawValue)
        members(of: row.figure)
        member("status", "\(row.status)")
        optional("baseline", indicator.baseline) { json, baseline in
            json.member("value", baseline.value)
            json.member("period", baseline.period)
            json.member("source", baseline.source)
            json.member("isExample", baseline.isExample)
        }
        optional("target", indicator.target) { json, target in
            json.member("value", target.value)
            json.member("isExample", target.isExample)
        }
        // The baseline or the target is made up.
        member("isExample", indicator.baseline?.isExample == true || indicator.target?.isExample == true)
        member("deadline", indicator.deadline?.iso)
        member("owner", indicator.owner)
        member("note", indicator.note)
        member("reference", indicator.reference)
        object("trend") { json in
            json.member("direction", row.trend.direction.rawValue)
            json.member("test", row.trend.test)
            json.member("probability", row.trend.probability)
            json.member("periods", Int64(row.trend.count))
        }
    }
}
