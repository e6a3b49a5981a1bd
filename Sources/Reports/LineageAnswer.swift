package import Strategy
import Telemetry
package import Workload

/// What a figure was made of: definition, cells and alarms.
package struct LineageAnswer: Sendable {
    /// The alarms of the page, or why there are none.
    package enum Page: Sendable {
        case alarms(ArraySlice<LineageAlarm>, next: String?)
        /// Whoever asks may not see single alarms.
        case notAllowed
    }

    /// The alarms behind the figure, all pages together.
    package struct Sum: Equatable, Sendable {
        package var unit: LineageUnit
        package var alarms: Int
        package var numerator: Int64
        /// Nil where the figure's denominator is not made of alarms.
        package var denominator: Int64?

        package init(_ alarms: [LineageAlarm], _ measure: IndicatorMeasure, _ unit: LineageUnit) {
            self.unit = unit
            self.alarms = alarms.count
            numerator = alarms.reduce(0) { $0 + $1.numerator }
            denominator = measure.isShareOfAlarms ? alarms.reduce(0) { $0 + $1.denominator } : nil
        }
    }

    /// Something that a figure is counted from besides alarms that may be shown: how many, never who.
    package struct Source: Equatable, Sendable {
        package enum Kind: String, Sendable {
            case alarms, assists, callOuts = "call-outs", devices, users, deviceDays = "device-days", inhabitants, days
            /// Hours at work by the roster.
            case rosteredHours = "rostered-hours"
            /// Of the benefit ledger: hours or kroner, as the figure's unit is.
            case lines
        }

        package var kind: Kind
        /// In bokmål.
        package var name: String
        package var count: Double

        package init(_ kind: Kind, _ name: String, _ count: Double) {
            self.kind = kind
            self.name = name
            self.count = count
        }
    }

    package let scope: GoalsAnswer.Scope
    package let framework: String
    package let goal: String
    package let indicator: Goals.Indicator
    package let figure: IndicatorFigure
    package let position: Int64
    /// Nil where the figure does not rest on alarms that may be told apart.
    package let sum: Sum?
    /// Of `sum`, alarms of zones that whoever asks may not see: they are in the sum and on no page.
    package let outOfReach: Int
    package let page: Page
    /// Of freed hours: each technology's counts and hours, and what technology did by zone and day. Nil for all other figures.
    package let freed: (hours: FreedHours, assists: [AssistRow])?
    package let sources: [Source]

    package init(
        scope: GoalsAnswer.Scope,
        framework: String,
        goal: String,
        indicator: Goals.Indicator,
        figure: IndicatorFigure,
        position: Int64,
        sum: Sum?,
        outOfReach: Int,
        page: Page,
        freed: (hours: FreedHours, assists: [AssistRow])? = nil,
        sources: [Source] = []
    ) {
        self.scope = scope
        self.framework = framework
        self.goal = goal
        self.indicator = indicator
        self.figure = figure
        self.position = position
        self.sum = sum
        self.outOfReach = outOfReach
        self.page = page
        self.freed = freed
        self.sources = sources
    }

    /// The answer as JSON, as `/api/v1/goals/…/lineage` gives it and `/openapi.json` describes it.
    package var json: [UInt8] {
        let definition = figure.definition
        var json = JSONText(bytesLikely: 64 << 10)
        json.object { json in
            json.members(of: scope)
            json.member("position", position)
            json.member("framework", framework)
            json.member("goal", goal)
            json.member("indicator", indicator.id)
            json.member("name", indicator.name)
            json.member("measure", figure.measure.rawValue)
            json.object("figure") { $0.members(of: figure) }
            json.object("definition") { json in
                json.member("version", Int64(definition.version))
                json.member("text", definition.text)
                json.member("numerator", definition.numerator)
                json.member("denominator", definition.denominator)
                json.member("exclusions", definition.exclusions)
                json.member("counted", definition.counted)
                json.member("minimumCount", Int64(definition.minimumCount))
                json.member("category", definition.category.rawValue)
                json.member("uncertainty", definition.uncertainty.bokmal)
                json.member("source", definition.source)
            }
            json.member("cells", "/api/v1/loads?\(scope.query)")
            json.optional("behind", sum) { json, sum in
                json.member("unit", sum.unit.rawValue)
                json.member("alarms", Int64(sum.alarms))
                json.member("numerator", sum.numerator)
                json.member("denominator", sum.denominator)
                json.member("outOfReach", Int64(outOfReach))
            }
            json.optional("freed", freed) { $0.members(ofFreed: $1.hours, $1.assists) }
            json.array("sources", sources) { json, source in
                json.object { json in
                    json.member("kind", source.kind.rawValue)
                    json.member("name", source.name)
                    json.member("count", source.count)
                }
            }
            switch page {
            case .alarms(let alarms, let next):
                json.array("alarms", alarms) { json, row in
                    json.object { json in
                        json.member("source", row.alarm.source)
                        json.member("alarm", row.alarm.alarm)
                        json.member("zone", row.alarm.zone)
                        json.member("t", Timestamp.format(row.alarm.instant))
                        json.member("numerator", row.numerator)
                        json.member("denominator", sum?.denominator == nil ? nil : row.denominator)
                    }
                }
                json.member("next", next)
            case .notAllowed:
                json.member("alarms", String?.none)
                json.member("next", String?.none)
            }
        }
        return json.bytes
    }
}
