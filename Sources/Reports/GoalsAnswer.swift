package import Strategy
package import Workload

/// A period's indicators against the goals: the one value that `vaktlast goals` and `/api/v1/goals` are written from.
package struct GoalsAnswer: Sendable {
    package struct Row: Sendable {
        package var framework: Goals.Framework
        package var goal: Goals.Goal
        package var indicator: Goals.Indicator
        package var figure: IndicatorFigure
        package var status: GoalStatus
        package var trend: Trend

        /// What the value is in, for programs; shares are 0–1.
        package var unit: String { figure.measure.unit == .share ? "andel 0–1" : figure.measure.unit.bokmal }
    }

    package let number: String
    package let name: String
    package let zone: String?
    package let period: ReportPeriod
    package let goals: Goals
    /// The journal position that the views stood for.
    package let position: Int64
    /// Whole local days of the period that the data cover.
    package let wholeDays: Int
    package let freed: FreedHours?
    /// The first day that is not told of: the period's end, or today where it still goes on.
    package let until: LocalTime.Day
    /// By framework, goal and indicator, in the order of the file.
    package let rows: [Row]

    /// - Parameters:
    ///   - earlier: the periods before, in order; those of the same kind that are wholly covered by data.
    ///   - until: the first day that is not over; nil where all of the period is.
    package init(
        number: String,
        name: String,
        zone: String?,
        period: ReportPeriod,
        goals: Goals,
        current: IndicatorData,
        wholeDays: Int,
        position: Int64,
        earlier: [IndicatorData],
        until: LocalTime.Day? = nil
    ) {
        self.number = number
        self.name = name
        self.zone = zone
        self.period = period
        self.goals = goals
        self.position = position
        self.wholeDays = wholeDays
        freed = current.freed
        self.until = min(period.endDay, until ?? period.endDay)
        rows = goals.frameworks.flatMap { framework in
            framework.goals.flatMap { goal in
                goal.indicators.map { indicator in
                    let figure = IndicatorFigure(indicator.measure, current)
                    return Row(
                        framework: framework,
                        goal: goal,
                        indicator: indicator,
                        figure: figure,
                        status: GoalStatus(figure, indicator),
                        trend: Trend(figure, after: earlier)
                    )
                }
            }
        }
    }
}
