package import Staffing
import Telemetry
import Workload

extension StaffingAnalysis {
    /// The analysis as one HTML document in bokmål, without script or anything from elsewhere.
    package var html: String { html(styleText: Report.styleSheet) }

    /// The same for a program that makes paper of it.
    package var paper: String {
        Report.paper { style in
            guard case .embedded(let text) = style else { return html }
            return html(styleText: text)
        }
    }

    private func html(styleText: String) -> String {
        let words = StaffingWords(analysis: self)
        let first = LocalTime.oslo.day(at: covered.lowerBound)
        let last = LocalTime.oslo.day(at: max(covered.lowerBound, covered.upperBound - 1))
        let dates = Norwegian.dates(first, last)
        let profiles = observed.weeks.compactMap { week -> WeekProfile? in
            guard week.zones.count == 1 else { return nil }
            return WeekProfile(week, zone: .init(id: week.zones[0], name: name(week.zones)))
        }
        return Templates.render(
            "staffingPage",
            [
                "documentTitle": "Bemanning mot belastning \(dates), \(municipalityName) – Vaktlast", "styleText": styleText,
                "municipality": Norwegian.municipality(municipalityName, municipalityNumber), "title": "Bemanning mot belastning, \(dates)",
                "coverage": words.ownPeriod.hasSuffix(dates) ? "\(words.ownPeriod)." : "\(words.ownPeriod): \(dates).", "analysis": StaffingViews(self).view,
                "weekText": WeekChart.explanation(hasLoad: true),
                "charts": profiles.enumerated().map { WeekChart(profile: $1, number: $0 + 1).view },
                "definitions": [
                    "title": "Slik er tallene regnet", "terms": Glossary.ofStaffing.map { ["id": $0.id, "term": $0.term, "text": $0.text] as View },
                ] as View,
                "provenance": "Journalposisjon \(Norwegian.count(position)), frø \(settings.seed): samme data gir samme tall.",
            ]
        )
    }
}

extension WeekProfile {
    /// A zone's week as the analysis has it.
    init(_ week: ObservedWeek, zone: ReportInput.Zone) {
        self.init(
            zone: zone,
            peaks: week.hours.map { $0?.peakResponders },
            positions: week.hours.map { $0?.positions },
            erlang: week.hours.map { $0?.meanErlang },
            exceededQuarters: week.hours.map { $0?.exceededQuarters ?? 0 },
            load: week.hours,
            withheld: Set(week.hours.indices.filter { week.hours[$0]?.told == .nothing })
        )
    }
}
