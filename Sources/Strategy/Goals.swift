package import Workload

/// What a municipality has set itself: frameworks (such as Gausdal's vegvalg) with goals and their indicators.
package struct Goals: Equatable, Sendable {
    package var frameworks: [Framework]

    package init(frameworks: [Framework]) {
        self.frameworks = frameworks
    }

    /// Every indicator, in the order of the file.
    package var indicators: [Indicator] { frameworks.flatMap(\.goals).flatMap(\.indicators) }

    /// The first indicator of a measure: what the report's key figures are held against.
    package func indicator(of measure: IndicatorMeasure) -> Indicator? {
        indicators.first { $0.measure == measure }
    }

    /// A document's own structure: its title, and the care ladder it builds on.
    package struct Framework: Equatable, Sendable {
        package var id: String
        package var name: String
        /// What the document calls the care ladder, e.g. `mestringstrappa`.
        package var careLadder: String?
        package var document: String?
        package var note: String?
        package var goals: [Goal]

        package init(
            id: String,
            name: String,
            careLadder: String? = nil,
            document: String? = nil,
            note: String? = nil,
            goals: [Goal]
        ) {
            self.id = id
            self.name = name
            self.careLadder = careLadder
            self.document = document
            self.note = note
            self.goals = goals
        }
    }

    package struct Goal: Equatable, Sendable {
        package var id: String
        package var name: String
        /// Page, chapter or number in the document.
        package var reference: String?
        package var note: String?
        /// The part of the goal that telemetry cannot measure; the report says so instead of inventing a number.
        package var notMeasured: String?
        package var indicators: [Indicator]

        /// Indicators whose measure another one above them has with another target: no report can say whether such a goal is reached.
        package var contradictions: [(first: Indicator, second: Indicator)] {
            var found: [(first: Indicator, second: Indicator)] = []
            for (place, second) in indicators.enumerated() {
                guard let target = second.target?.value else { continue }
                let same = indicators[..<place].filter { $0.measure == second.measure }
                guard let first = same.first(where: { ($0.target?.value ?? target) != target }) else { continue }
                found.append((first, second))
            }
            return found
        }

        package init(
            id: String,
            name: String,
            reference: String? = nil,
            note: String? = nil,
            notMeasured: String? = nil,
            indicators: [Indicator]
        ) {
            self.id = id
            self.name = name
            self.reference = reference
            self.note = note
            self.notMeasured = notMeasured
            self.indicators = indicators
        }
    }

    package enum Direction: String, CaseIterable, Sendable {
        /// More is better.
        case up
        /// Less is better.
        case down
    }

    package struct Indicator: Equatable, Sendable {
        package var id: String
        package var name: String
        package var measure: IndicatorMeasure
        package var direction: Direction
        package var baseline: Baseline?
        package var target: Target?
        package var deadline: LocalTime.Day?
        package var owner: String?
        package var note: String?
        package var reference: String?
        /// Its line in the file; 0 for one that is not from a file.
        package var line: Int

        package init(
            id: String,
            name: String,
            measure: IndicatorMeasure,
            direction: Direction,
            baseline: Baseline? = nil,
            target: Target? = nil,
            deadline: LocalTime.Day? = nil,
            owner: String? = nil,
            note: String? = nil,
            reference: String? = nil,
            line: Int = 0
        ) {
            self.id = id
            self.name = name
            self.measure = measure
            self.direction = direction
            self.baseline = baseline
            self.target = target
            self.deadline = deadline
            self.owner = owner
            self.note = note
            self.reference = reference
            self.line = line
        }
    }

    /// Where the municipality stood. Values are in the measure's own scale: shares 0–1 (percent in the file).
    package struct Baseline: Equatable, Sendable {
        package var value: Double
        package var period: String
        package var source: String
        /// True for a made-up figure; pages say so.
        package var isExample: Bool

        package init(value: Double, period: String, source: String, isExample: Bool) {
            self.value = value
            self.period = period
            self.source = source
            self.isExample = isExample
        }
    }

    package struct Target: Equatable, Sendable {
        package var value: Double
        package var isExample: Bool

        package init(value: Double, isExample: Bool) {
            self.value = value
            self.isExample = isExample
        }
    }
}
