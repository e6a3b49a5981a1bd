import Strategy
import Workload

/// The comparison with a group of municipalities in words, a picture and a table.
struct KostraViews {
    let name: String
    let comparison: KostraComparison

    var view: View {
        [
            "name": name, "group": Set(comparison.groups.map(\.groupName)).sorted().joined(separator: " og "),
            "sentences": comparison.groups.map(sentence), "picture": picture.view, "rows": comparison.groups.map(row),
        ]
    }

    private func sentence(_ group: KostraComparison.AgeGroup) -> String {
        let number = Norwegian.count(abs(group.usersAbove))
        let what =
            group.usersAbove == 0
            ? "\(name) har like mange brukere \(group.age) år som med andelen i \(group.groupName)."
            : "\(name) har \(number) \(group.usersAbove > 0 ? "flere" : "færre") brukere \(group.age) år enn med andelen i \(group.groupName) (\(group.year))."
        return what + (group.isBeyondChance ? " Forskjellen er større enn tilfeldig variasjon." : " Forskjellen kan være tilfeldig variasjon.")
    }

    private var picture: BarPicture {
        BarPicture(
            id: "b-kostra",
            title: "Andel av innbyggerne som har tjenester",
            description: "Hjemmetjenester og institusjon sammen. Streken over kommunens søyle er 95\u{A0}%-intervallet.",
            groups: comparison.groups.map { group in
                let interval = group.users.small ? nil : group.users.interval
                return .init(
                    name: "\(group.age) år, \(group.year)",
                    bars: [
                        .init(
                            name: name,
                            value: Double(group.municipality.sum) / 100_000,
                            range: interval.map { $0.low...$0.high },
                            look: .own,
                            text: percent(group.municipality.sum)
                        ),
                        .init(name: group.groupName, value: Double(group.group.sum) / 100_000, look: .other, text: percent(group.group.sum)),
                    ]
                )
            }
        )
    }

    private func row(_ group: KostraComparison.AgeGroup) -> View {
        [
            "year": "\(group.year)", "age": group.age, "home": percent(group.municipality.home), "institution": percent(group.municipality.institution),
            "own": percent(group.municipality.sum), "other": percent(group.group.sum), "difference": points(group.difference),
            "inhabitants": Norwegian.count(group.inhabitants), "above": signed(group.usersAbove),
            "bounds": group.usersAboveBounds.map { "\(signed($0.low)) til \(signed($0.high))" } ?? "for få til å si",
        ]
    }

    private func percent(_ thousandths: Int) -> String { Norwegian.shortest(Double(thousandths) / 1000) + Norwegian.space + "%" }

    private func points(_ thousandths: Int) -> String { (thousandths > 0 ? "+" : "") + Norwegian.shortest(Double(thousandths) / 1000) }

    private func signed(_ number: Int) -> String { (number > 0 ? "+" : "") + Norwegian.count(number) }
}

/// Places and dwellings in words, a picture and tables.
struct CapacityViews {
    let capacity: CareCapacity
    /// Those of 80 years and more, for the coverage; nil where nothing says how many.
    let old: KostraComparison.AgeGroup?

    private static let kinds = CareCapacity.Kind.housing

    var view: View {
        let areas = capacity.areas(with: CapacityViews.kinds)
        return [
            "sentences": sentences, "picture": picture(areas).view, "kinds": CapacityViews.kinds.map { $0.rawValue.uppercasedFirst },
            "rows": areas.map { row($0, $0) } + [row("Sum", nil).merging(["isSum": true]) { $1 }],
            "steps": capacity.byStep.map { ["step": $0.step.map { "Trinn \($0)" } ?? "Uten trinn", "places": Norwegian.count($0.places)] as View },
        ]
    }

    private func row(_ name: String, _ area: String?) -> View {
        [
            "area": name, "cells": CapacityViews.kinds.map { kind in capacity.places(kind, area: area).map { Norwegian.count($0) } ?? "–" },
            "isSum": false,
        ]
    }

    private func picture(_ areas: [String]) -> BarPicture {
        let kinds: [CareCapacity.Kind] = [.institution, .sharedHousing, .careHome]
        return BarPicture(
            id: "b-plasser",
            title: "Institusjonsplasser, bokollektiv og omsorgsboliger",
            description: "Antall etter område. Kommunale utleieboliger står i tabellen.",
            groups: areas.map { area in
                .init(
                    name: area,
                    bars: zip(kinds, [BarPicture.Look.own, .other, .further]).compactMap { kind, look in
                        capacity.places(kind, area: area).map { .init(name: kind.rawValue, value: Double($0), look: look, text: Norwegian.count($0)) }
                    }
                )
            }
        )
    }

    private var sentences: [String] {
        var sentences: [String] = []
        if let old {
            let coverage = { (kinds: [CareCapacity.Kind]) in
                capacity.coverage(kinds, inhabitants80: old.inhabitants).map { Norwegian.number($0, decimals: 1) } ?? "–"
            }
            sentences.append(
                "Dekningsgrad per 100 innbyggere på 80 år og eldre (\(Norwegian.count(old.inhabitants)) i \(old.year)): institusjon \(coverage([.institution])), "
                    + "institusjon og bokollektiv \(coverage([.institution, .sharedHousing])), med omsorgsboliger "
                    + "\(coverage([.institution, .sharedHousing, .careHome]))."
            )
        }
        if let convertible = capacity.places(.convertible) {
            sentences.append("\(Norwegian.count(convertible)) boliger kan gjøres om til heldøgns omsorg. De er blant boligene i tabellen og legges ikke til.")
        }
        if let day = capacity.places(.dayPlace) { sentences.append("\(Norwegian.count(day)) dagplasser per dag.") }
        return sentences
    }
}
