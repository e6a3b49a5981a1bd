import Staffing
import Strategy
import Workload

extension ReportedMunicipality {
    /// The municipality as it is told to who may see some zones alone: what people wrote of others in its files is left out.
    ///
    /// Rosters that could be instead are called by their place, for their names and notes say what others would be given; groups
    /// with other zones in them are left out; in all other texts another zone's name or id is replaced. Figures are bounded elsewhere.
    ///
    /// - Parameter zones: nil for who may see all.
    func told(to zones: [String]?) -> ReportedMunicipality {
        guard let zones else { return self }
        let mask = NameMask(of: self.zones.filter { !zones.contains($0.id) }.flatMap { [$0.id, $0.name] })
        var told = self
        told.alternatives = alternatives.enumerated().map { place, alternative in
            RosterAlternative(name: "Turnus \(place + 1)", note: nil, file: "", roster: alternative.roster.told(mask))
        }
        told.roster = roster?.told(mask)
        told.staffing.zoneGroups = staffing.zoneGroups.filter { $0.zones.allSatisfy(zones.contains) }
        for index in told.staffing.zoneGroups.indices { mask.apply(&told.staffing.zoneGroups[index].name) }
        for path in ReportedMunicipality.capacitySources { mask.apply(&told.staffing.capacity[keyPath: path].source) }
        mask.apply(&told.staffing.rates.hourlyKroner.source)
        mask.apply(&told.staffing.rates.socialCostsShare.source)
        for index in told.staffing.rates.supplements.indices { mask.apply(&told.staffing.rates.supplements[index].source) }
        mask.apply(&told.staffing.restRules.source)
        told.goals = goals?.told(mask)
        told.sources.benefits = sources.benefits?.told(mask)
        return told
    }

    private static var capacitySources: [WritableKeyPath<CapacityAssumptions, SourcedFigure>] {
        [
            \.hoursAWeek, \.weeksAYear, \.holidayWeeks, \.absenceShare, \.longAbsenceShare, \.trainingHours, \.meetingsShare, \.travelShare,
        ]
    }
}

/// Replaces names in texts, where they stand as words of their own, also in the genitive.
struct NameMask {
    private static let replacement = "en annen sone"
    private let names: [String]

    /// - Parameter names: also each part of a name such as `Haugtun/Sentrum`.
    init(of names: [String]) {
        let all = names.flatMap { name in [name] + name.split(separator: "/").map { $0.trimmingPrefix(" ") }.map(String.init) }
        // The longest first, so that no half of a name is left behind.
        self.names = Set(all.map { $0.lowercased() }).filter { !$0.isEmpty }.sorted { ($1.count, $0) < ($0.count, $1) }
    }

    func apply(_ text: inout String?) {
        guard var plain = text else { return }
        apply(&plain)
        text = plain
    }

    func apply(_ text: inout String) {
        for name in names { text = masked(text, name) }
    }

    private func masked(_ text: String, _ name: String) -> String {
        var (result, rest) = ("", text[...])
        while let found = rest.firstRange(where: name) {
            let before = rest[..<found.lowerBound].last ?? result.last
            var after = rest[found.upperBound...]
            if after.first == "s" { after = after.dropFirst() }
            let isWord = before?.isPartOfWord != true && (after.first?.isPartOfWord != true || rest[found.upperBound...].first?.isPartOfWord != true)
            result += rest[..<found.lowerBound] + (isWord ? NameMask.replacement : String(rest[found]))
            rest = rest[found.upperBound...]
        }
        return result + rest
    }
}

extension Substring {
    /// Where a text in small letters stands in this one, in letters of any size.
    fileprivate func firstRange(where name: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            var (place, rest) = (start, name[...])
            while place < endIndex, let letter = rest.first, self[place].lowercased() == String(letter) {
                (place, rest) = (index(after: place), rest.dropFirst())
            }
            if rest.isEmpty { return start..<place }
            start = index(after: start)
        }
        return nil
    }
}

extension Character {
    fileprivate var isPartOfWord: Bool { isLetter || isNumber }
}

extension Roster {
    fileprivate func told(_ mask: NameMask) -> Roster {
        Roster(
            shifts: shifts.map { shift in
                var shift = shift
                mask.apply(&shift.line)
                mask.apply(&shift.role)
                return shift
            }
        )
    }
}

extension Goals {
    fileprivate func told(_ mask: NameMask) -> Goals {
        var told = self
        for framework in told.frameworks.indices {
            mask.apply(&told.frameworks[framework].name)
            mask.apply(&told.frameworks[framework].document)
            mask.apply(&told.frameworks[framework].note)
            for goal in told.frameworks[framework].goals.indices { told.frameworks[framework].goals[goal].hide(mask) }
        }
        return told
    }
}

extension Goals.Goal {
    fileprivate mutating func hide(_ mask: NameMask) {
        mask.apply(&name)
        mask.apply(&reference)
        mask.apply(&note)
        mask.apply(&notMeasured)
        for index in indicators.indices {
            mask.apply(&indicators[index].name)
            mask.apply(&indicators[index].owner)
            mask.apply(&indicators[index].note)
            mask.apply(&indicators[index].reference)
            guard var baseline = indicators[index].baseline else { continue }
            mask.apply(&baseline.source)
            indicators[index].baseline = baseline
        }
    }
}

extension BenefitAssumptions {
    fileprivate func told(_ mask: NameMask) -> BenefitAssumptions {
        var told = self
        for index in told.technologies.indices {
            mask.apply(&told.technologies[index].replaces)
            mask.apply(&told.technologies[index].share.source)
            mask.apply(&told.technologies[index].minutes.source)
            for kind in told.technologies[index].newWorkMinutes.keys { mask.apply(&told.technologies[index].newWorkMinutes[kind]!.source) }
        }
        return told
    }
}
