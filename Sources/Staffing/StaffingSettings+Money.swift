import Files
import Yams

/// The keys of `staffing.yaml` whose figures each carry their source: rates and capacity.
extension YAMLReader {
    /// `{value: 35.5, source: …, example: true}`; nil where the key is not there.
    private mutating func sourced(_ section: Section, _ name: String, in range: ClosedRange<Double>) -> SourcedFigure? {
        guard let node = section.values[name],
            let keys = mapping(node, at: join(section.path, name), required: ["value", "source"], optional: ["example"])
        else { return nil }
        let isExample = flag(keys, "example", otherwise: false)
        guard let value = number(keys, "value", in: range), let source = text(keys, "source") else { return nil }
        return SourcedFigure(value, source: source, isExample: isExample)
    }

    private mutating func sourcedPercent(_ section: Section, _ name: String, max: Double = 100) -> SourcedFigure? {
        sourced(section, name, in: 0...max).map { SourcedFigure($0.value / 100, source: $0.source, isExample: $0.isExample) }
    }

    mutating func read(_ capacity: inout CapacityAssumptions, _ node: Node, _ path: String) {
        let names = [
            "hoursAWeek", "weeksAYear", "holidayWeeks", "absencePercent", "longAbsencePercent", "trainingHours", "meetingsPercent", "travelPercent",
        ]
        guard let keys = mapping(node, at: path, required: [], optional: names) else { return }
        if let figure = sourced(keys, "hoursAWeek", in: 20...40) { capacity.hoursAWeek = figure }
        if let figure = sourced(keys, "weeksAYear", in: 52...53) { capacity.weeksAYear = figure }
        if let figure = sourced(keys, "holidayWeeks", in: 0...10) { capacity.holidayWeeks = figure }
        if let figure = sourcedPercent(keys, "absencePercent", max: 60) { capacity.absenceShare = figure }
        if let figure = sourcedPercent(keys, "longAbsencePercent", max: 60) { capacity.longAbsenceShare = figure }
        if let figure = sourced(keys, "trainingHours", in: 0...400) { capacity.trainingHours = figure }
        if let figure = sourcedPercent(keys, "meetingsPercent", max: 90) { capacity.meetingsShare = figure }
        if let figure = sourcedPercent(keys, "travelPercent", max: 90) { capacity.travelShare = figure }
        if capacity.longAbsenceShare.value > capacity.absenceShare.value {
            let wayOut = "at most absencePercent, \(capacity.absenceShare.value * 100), of which it is a part"
            let value = "\(capacity.longAbsenceShare.value * 100)"
            fail(keys.values["longAbsencePercent"] ?? node, join(path, "longAbsencePercent"), value: value, "more than all absence", wayOut)
        }
        if capacity.meetingsShare.value + capacity.travelShare.value >= 1 {
            let value = "\((capacity.meetingsShare.value + capacity.travelShare.value) * 100)"
            fail(node, path, value: value, "meetings and travel leave no time", "meetingsPercent and travelPercent are under 100 together")
        }
    }

    mutating func read(_ rates: inout RosterRates, _ node: Node, _ path: String) {
        guard let keys = mapping(node, at: path, required: [], optional: ["hourlyKroner", "socialCostsPercent", "supplements"]) else { return }
        if let figure = sourced(keys, "hourlyKroner", in: 1...5000) { rates.hourlyKroner = figure }
        if let figure = sourcedPercent(keys, "socialCostsPercent", max: 200) { rates.socialCostsShare = figure }
        guard let node = keys.values["supplements"] else { return }
        let names = RosterRates.SupplementKind.allCases.map(\.rawValue)
        guard let section = mapping(node, at: join(path, "supplements"), required: [], optional: names) else { return }
        // Who writes supplements writes all of them: an example beside one's own would be money that nobody pays.
        rates.supplements = RosterRates.SupplementKind.allCases.compactMap { supplement(section, $0) }
    }

    private mutating func supplement(_ section: Section, _ kind: RosterRates.SupplementKind) -> RosterRates.Supplement? {
        guard let node = section.values[kind.rawValue] else { return nil }
        let path = join(section.path, kind.rawValue)
        guard let keys = mapping(node, at: path, required: ["source"], optional: ["kroner", "percent", "from", "to", "example"]) else { return nil }
        let kroner = number(keys, "kroner", in: 0...5000)
        let percent = number(keys, "percent", in: 0...1000)
        if (keys.values["kroner"] == nil) == (keys.values["percent"] == nil) {
            fail(node, path, "neither or both of kroner and percent", "write kroner an hour, or percent of the hourly wage")
        }
        let usual = RosterRates().supplements.first { $0.kind == kind }!
        let from = clock(keys, "from", max: 1439) ?? usual.fromMinutes
        let to = clock(keys, "to", max: 1440) ?? usual.toMinutes
        if from == to { fail(keys.values["to"] ?? node, path, "from and to are the same", "leave both out for the usual hours") }
        let isExample = flag(keys, "example", otherwise: false)
        guard let source = text(keys, "source"), let amount = kroner.map(RosterRates.Amount.kroner) ?? percent.map({ .share($0 / 100) }) else { return nil }
        return RosterRates.Supplement(kind: kind, amount: amount, fromMinutes: from, toMinutes: to, source: source, isExample: isExample)
    }

    /// Minutes of a time of day.
    mutating func clock(_ section: Section, _ name: String, max: Int) -> Int? {
        guard let text = text(section, name) else { return nil }
        if let minutes = Cells.minutes(text, max: max) { return minutes }
        fail(section.values[name], join(section.path, name), value: text, "not a time of day", "a time such as 21:00, in quotes")
        return nil
    }
}
