import Workload

extension ReportPeriod.Kind {
    /// In addresses, where a period is chosen by its kind and a day in it.
    package var word: String {
        switch self {
        case .day: "dag"
        case .week: "uke"
        case .month: "maaned"
        case .quarter: "kvartal"
        case .year: "aar"
        case .fourWeeks: "fire-uker"
        }
    }

    /// For the reader.
    package var title: String {
        switch self {
        case .day: "Dag"
        case .week: "Uke"
        case .month: "Måned"
        case .quarter: "Kvartal"
        case .year: "År"
        case .fourWeeks: "Fire uker"
        }
    }

    /// In the order in which they are offered.
    package static let offered: [ReportPeriod.Kind] = [.day, .week, .month, .quarter, .year, .fourWeeks]
}

extension ReportPeriod {
    /// The names of the fields in which a period is chosen by its kind and a day in it.
    package static let kindField = "slag"
    package static let dayField = "dato"

    /// The period that someone chose in the form: of `word`'s kind, with the day written `2026-10-05` in it, four weeks up to it.
    ///
    /// - Throws: `PeriodChoiceError` with the sentence for the field.
    package init(kind word: String?, day text: String?) throws(PeriodChoiceError) {
        guard let kind = Kind.offered.first(where: { $0.word == word }) else {
            throw PeriodChoiceError(bokmal: "Velg om du vil se en dag, uke, måned, kvartal, år eller fire uker.")
        }
        guard let text, text.utf8.count == 10, let day = try? ReportPeriod(text), day.kind == .day else {
            throw PeriodChoiceError(bokmal: "«\((text ?? "").shown)» er ingen dato. Skriv for eksempel 2026-10-05.")
        }
        self.init(kind, containing: day.firstDay)
    }

    /// The same period a year before: the same month, quarter or year, or the days 52 weeks earlier, so that weekdays meet.
    package var yearBefore: ReportPeriod {
        switch kind {
        case .month, .quarter, .year: ReportPeriod(kind, containing: .init(year: firstDay.year - 1, month: firstDay.month, day: 1))
        case .day, .week: ReportPeriod(kind, containing: firstDay.advanced(by: -364))
        case .fourWeeks: ReportPeriod(kind, containing: endDay.advanced(by: -365))
        }
    }
}

/// A choice that is no period.
package struct PeriodChoiceError: Error, Equatable {
    /// What to do, for the reader.
    package var bokmal: String
}
