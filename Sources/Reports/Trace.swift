import Strategy

/// Where a figure of a report leads.
enum Trace: Equatable {
    /// What the figure of a measure was made of.
    case measure(IndicatorMeasure)
    /// The alarms, call-outs and hours of the period.
    case load
    /// Load against the roster.
    case staffing
    /// The same page of all zones.
    case wholeMunicipality

    /// What the link calls it, where there are several.
    var bokmal: String {
        switch self {
        case .measure(let measure): measure.bokmal.lowercasedFirst
        case .load: "alarmene, utrykningene og timene"
        case .staffing: "bemanningen"
        case .wholeMunicipality: "hele kommunen"
        }
    }
}

extension Report {
    /// The page that a figure leads to; nil for a file, and where there is no such page for the reader.
    func path(_ trace: Trace, _ navigation: ReportNavigation?) -> String? {
        guard let navigation else { return nil }
        switch trace {
        case .measure(let measure): return tracePath(measure, navigation)
        case .load: return loadTracePath(.all, navigation)
        case .wholeMunicipality: return navigation.canChooseAllZones && selectedZone != nil ? navigation.path(period: period, zone: nil) : nil
        case .staffing: return navigation.staffingPath.map { navigation.pagePath($0, period, selectedZone?.id) }
        }
    }

    /// The ways that some figures lead, for the template `traces`: one, or several by their names.
    ///
    /// - Parameter question: what the figures are about, for who does not see where a link stands.
    func links(_ traces: [Trace], _ question: String, _ navigation: ReportNavigation?) -> View {
        let paths = traces.compactMap { trace in path(trace, navigation).map { (name: trace.bokmal, path: $0) } }
        let words = traces == [.wholeMunicipality] ? "Se hele kommunen" : "Hva tallet bygger på"
        return [
            "question": question, "link": paths.count == 1 ? ["path": paths[0].path, "words": words] as View : false as Any, "hasLinks": paths.count > 1,
            "links": Report.links(paths),
        ]
    }

    /// Links beside one another.
    static func links(_ links: [(name: String, path: String)]) -> [View] {
        links.enumerated().map { ["name": $1.name, "path": $1.path, "isLast": $0 == links.count - 1] }
    }

    /// The page that tells what the load of a technology, or of the whole period, was made of; nil for a file, and without goals.
    func loadTracePath(_ choice: LoadLineage.Choice, _ navigation: ReportNavigation?) -> String? {
        guard let navigation, frameworks != nil else { return nil }
        var own = navigation.withoutGoal
        own.fields.removeAll { $0.name == LoadLineage.Choice.field }
        return own.path(at: LineagePage.path, period: period, zone: selectedZone?.id, [LoadLineage.Choice.field: choice.word])
    }

    /// The page that tells what a measure's figure was made of, by its first indicator, or by the measure alone where no goal has it; nil for
    /// a file, and where the municipality has no goals at all.
    func tracePath(_ measure: IndicatorMeasure, _ navigation: ReportNavigation?) -> String? {
        guard let navigation, frameworks != nil else { return nil }
        return Report.tracePath(place(of: measure), navigation, period: period, zone: selectedZone?.id)
    }

    /// The page that tells what an indicator's figure was made of.
    ///
    /// - Parameter place: ids of framework, goal and indicator.
    package static func tracePath(_ place: [String], _ navigation: ReportNavigation, period: ReportPeriod, zone: String?) -> String {
        let fields = zip([Report.frameworkField, Report.goalField, Report.indicatorField], place)
        return navigation.withoutGoal.path(at: LineagePage.path, period: period, zone: zone, Dictionary(uniqueKeysWithValues: fields.map { ($0, $1) }))
    }

    /// The ids of a measure's first indicator; of one that no goal has its own.
    func place(of measure: IndicatorMeasure) -> [String] {
        for figures in frameworks ?? [] {
            for goal in figures.goals {
                if let row = goal.indicators.first(where: { $0.indicator.measure == measure }) {
                    return [figures.framework.id, goal.goal.id, row.indicator.id]
                }
            }
        }
        return [Goals.noGoal, Goals.noGoal, measure.rawValue]
    }
}

extension ReportNavigation {
    /// Without the goal that a page was asked for, for addresses that name another.
    var withoutGoal: ReportNavigation {
        var own = self
        own.fields.removeAll { [Report.frameworkField, Report.goalField, Report.indicatorField].contains($0.name) }
        return own
    }

    /// Another page of the same municipality, period and zone.
    func pagePath(_ path: String, _ period: ReportPeriod, _ zone: String?) -> String { withoutGoal.path(at: path, period: period, zone: zone) }
}
