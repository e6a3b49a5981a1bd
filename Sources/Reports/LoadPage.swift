import Workload

extension Report {
    /// The page of load on the web: the report without what has pages of its own (staffing, goals, single zones, definitions), with the cells of the heat map
    /// as links to the hours behind them.
    package func loadPage(navigation: ReportNavigation, style: StylePlacement) -> String {
        var view = frame("Belastning \(period.title)", navigation, style, .oslo)
        view["periodTitle"] = period.title
        view["headlines"] = headlinesView(navigation)
        let comparison = comparisonView
        view["comparison"] = comparison.orHidden
        view["contents"] =
            ([
                ("nokkeltall", "Nøkkeltall"), ("sammenligning", "Mot før og i fjor"), ("belastning", "Uka time for time"), ("bemanning", "Mot turnus"),
                ("samtidighet", "Samtidighet"), ("livstegn", "Livstegn"), ("datakvalitet", "Datakvalitet"),
            ] as [(String, String)]).filter { comparison != nil || $0.0 != "sammenligning" }.map { ["id": $0.0, "title": $0.1] as View }
        view["keyFigures"] = keyFiguresView
        view["heat"] = heatView { map in
            navigation.hoursPath.map { path in
                map.zone == nil || heatMaps.count == 1
                    ? .cells { hour in
                        navigation.path(at: path, period: period, zone: map.zone?.id ?? selectedZone?.id, [HourOfWeek.field: HourOfWeek(hour).word])
                    }
                    : .page(navigation.path(period: period, zone: map.zone?.id) + "#belastning")
            }
        }
        view["staffing"] = staffingView
        view["staffingPath"] = navigation.staffingPath.map { navigation.path(at: $0, period: period, zone: selectedZone?.id) }.orHidden
        view["overlap"] = overlapView
        view["availability"] = availabilityView
        view["quality"] = qualityView(.oslo)
        return Templates.render("loadPage", view)
    }
}

/// An hour of the week in addresses: `5-08` is Friday 08–09.
package struct HourOfWeek: Equatable, Sendable {
    /// 0–167: (weekday − 1) × 24 + hour by the wall clock.
    package let number: Int

    package static let field = "time"

    package init(_ number: Int) {
        precondition((0..<PeriodGrid.hoursOfWeek).contains(number), "a week has 168 hours")
        self.number = number
    }

    /// Nil for what is no hour.
    package init?(_ word: String) {
        let parts = word.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.count == 1, parts[1].utf8.count == 2, let day = Int(parts[0]), let hour = Int(parts[1]),
            parts[1].utf8.allSatisfy({ (48...57).contains($0) }), (1...7).contains(day), (0..<24).contains(hour)
        else { return nil }
        self.init((day - 1) * 24 + hour)
    }

    package var weekday: Int { number / 24 }
    package var hour: Int { number % 24 }
    package var word: String { "\(weekday + 1)-\(Norwegian.twoDigits(hour))" }
    /// `fredag kl. 08–09`
    package var title: String { "\(Norwegian.weekdays[weekday]) kl.\(Norwegian.space)\(StaffingWords.hour(hour))" }
}
