import Reports
import Settings
import Strategy
import Workload

/// What a goals file can say that no report will ever answer as it was meant, a line each with file and line.
struct GoalsCheck {
    let warnings: [String]

    init(_ goals: Goals, file: String, _ municipality: MunicipalitySettings, today: LocalTime.Day) {
        var found: [String] = []
        func warn(_ line: Int, _ text: String) { found.append("\(file):\(line): \(text)") }
        for goal in goals.frameworks.flatMap(\.goals) {
            for (first, second) in goal.contradictions {
                warn(
                    second.line,
                    "\(second.id) has the same measure (\(second.measure.rawValue)) as \(first.id) on line \(first.line) in the goal \(goal.id), and "
                        + "another target: keep one of them, or measure two things"
                )
            }
        }
        for doubt in goals.doubts { warn(doubt.line, doubt.text) }
        for indicator in goals.indicators {
            // The baseline's period is any text; of one that is no period of a report nothing is known.
            if let baseline = indicator.baseline, let deadline = indicator.deadline, let period = try? ReportPeriod(baseline.period), deadline < period.endDay {
                warn(
                    indicator.line,
                    "\(indicator.id): deadline: \(deadline.iso) is not after the baseline's period \(baseline.period): give a later deadline, or the "
                        + "period that the baseline was measured in"
                )
            } else if let deadline = indicator.deadline, indicator.target != nil, deadline < today {
                warn(
                    indicator.line,
                    "\(indicator.id): deadline: \(deadline.iso) is over: give a new target with a new deadline, or leave the deadline out when the goal "
                        + "is settled"
                )
            }
            if let key = GoalsCheck.keyMissing(for: indicator.measure, municipality) {
                warn(
                    indicator.line,
                    "\(indicator.id): \(indicator.measure.rawValue) is never measured without \(key): add the key \(key) with the file's name to "
                        + "municipality.yaml, or leave the indicator out"
                )
            }
        }
        warnings = found
    }

    /// The key of `municipality.yaml` whose file a measure cannot do without; nil where it is there, or none is asked for.
    private static func keyMissing(for measure: IndicatorMeasure, _ municipality: MunicipalitySettings) -> String? {
        switch measure {
        case .freedHours: municipality.planning.benefits == nil ? "benefits" : nil
        case .unplannedShare: municipality.rosterFile == nil ? "roster" : nil
        default: measure.unit == .usersPer1000 && municipality.planning.population == nil ? "population" : nil
        }
    }
}
