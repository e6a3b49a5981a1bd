import Strategy
import Telemetry
import Workload

extension Report {
    /// Where the page takes its looks from.
    package enum StylePlacement: Sendable {
        /// One `<style>` block, for a file that stands alone.
        case inline
        /// The same with another style.
        case embedded(String)
        /// A link to where the caller serves `Report.styleSheet`, for a strict content security policy.
        case linked(String)
    }

    /// The report as one HTML document, without script or anything from elsewhere.
    ///
    /// - Parameter style: inline for a file.
    package func html(style: StylePlacement = .inline) -> String {
        Templates.render("page", page(style, .oslo))
    }

    private func page(_ style: StylePlacement, _ localTime: LocalTime) -> View {
        let writer = AnswerWriter(report: self, rows: (frameworks ?? []).flatMap(\.indicators))
        let answers = benefits == nil || !hasData ? [] : [writer.use, writer.load, writer.freed, writer.realised] + writer.nearness
        return frame("Responsbelastning \(period.title)", nil, style, localTime).merging([
            "periodTitle": period.title, "headlines": headlinesView(nil),
            "contents": [
                ("nokkeltall", "Nøkkeltall"), ("belastning", "Belastning"), ("bemanning", "Turnus"),
                ("samtidighet", "Samtidighet"), ("livstegn", "Livstegn"), ("teknologi", "Teknologi"), ("maal", "Mål"), ("datakvalitet", "Datakvalitet"),
                ("kilder", "Kilder"),
                ("definisjoner", "Definisjoner"),
            ].filter { ($0.0 != "teknologi" || !answers.isEmpty) && ($0.0 != "kilder" || frameworks != nil) }.map { ["id": $0.0, "title": $0.1] as View },
            "keyFigures": keyFiguresView, "comparison": comparisonView.orHidden, "heat": heatView { _ in nil }, "staffing": staffingView,
            "overlap": overlapView,
            "availability": availabilityView,
            "technology": answers.isEmpty
                ? false
                : [
                    "answers": answers.map { ["question": $0.question, "claim": $0.claim, "detail": $0.detail] as View },
                    "load": loadView().orHidden, "freed": freedView(writer).orHidden,
                ] as View, "sources": sourcesView.orHidden,
            "goals": goalsView, "quality": qualityView(localTime), "definitions": definitionsView(localTime),
        ]) { $1 }
    }

    /// What every page of a report has around what it is about.
    func frame(_ title: String, _ navigation: ReportNavigation?, _ style: StylePlacement, _ localTime: LocalTime) -> View {
        let frame = PageFrame(
            title: title,
            about: municipalityName,
            navigation: navigation,
            style: style,
            provenance: provenanceText(localTime)
        )
        return frame.view.merging([
            "municipality": Norwegian.municipality(municipalityName, municipalityNumber), "zoneTitle": (selectedZone?.name).orHidden,
            "coverage": coverageText, "isExternal": isExternal, "navigation": navigation.map { $0.view(self) }.orHidden,
        ]) { $1 }
    }

    /// Which days the figures cover, in a sentence.
    var coverageText: String {
        guard let days = coverage.days else { return "Ingen data fra perioden." }
        let dates = Norwegian.dates(days.lowerBound, days.upperBound)
        guard coverage.isPartial else { return "Tallene dekker hele perioden, \(dates)." }
        let whole = "\(coverage.wholeDayCount) av \(coverage.dayCount) hele døgn"
        let silent = coverage.silentDays.isEmpty ? "" : " Det kom ingen signaler \(Norwegian.dates(coverage.silentDays)); de døgnene er ikke regnet med."
        let known = min(coverage.bounds.upperBound, provenance.generatedAt)
        let silentMilliseconds = known - coverage.covered.upperBound
        // Where the data end within a day, that nothing came after it is known within hours.
        let isWithinDay = LocalTime.oslo.instant(days.upperBound.advanced(by: 1)) != coverage.covered.upperBound
        let end = isWithinDay ? Norwegian.instant(coverage.covered.upperBound, .oslo) : Norwegian.date(days.upperBound)
        let isSilentAfter = silentMilliseconds >= (isWithinDay ? 3 * TimeRule.hourMilliseconds : TimeRule.dayMilliseconds)
        let after = isSilentAfter ? " Etter \(end) kom det ingen signaler." : ""
        return "Tallene dekker \(dates) (\(whole)).\(silent)\(after)"
    }

    /// Why a section is empty: that there was nothing is said only where there are data of the period.
    func emptyText(_ nothing: String) -> String { hasCoverage ? nothing : "Ingen data fra perioden." }

    /// The same where nobody was out; nil where somebody was.
    var noResponsesText: String? { totals.responseMilliseconds == 0 ? emptyText("Ingen utrykninger i perioden.") : nil }

    func provenanceText(_ localTime: LocalTime) -> String {
        let until = provenance.dataUntil.map { ", med data til \(Norwegian.instant($0, localTime))" } ?? ""
        return "Laget \(Norwegian.instant(provenance.generatedAt, localTime))\(until). Journalposisjon "
            + "\(Norwegian.count(provenance.position)), definisjoner utgave \(provenance.definitions): samme posisjon gir samme rapport."
    }

    /// - Parameter navigation: the page that links figures to what is behind them; nil for a file.
    func headlinesView(_ navigation: ReportNavigation?) -> View {
        [
            "items": headlines.map { headline -> View in
                var path: String?
                switch headline.subject {
                case .staffing: path = self.path(.staffing, navigation)
                case .attendance: path = tracePath(.attendanceWithin45Minutes, navigation)
                case .volume: path = self.path(.load, navigation)
                case .goals, .trust: break
                }
                return [
                    "tone": headline.tone.css, "mark": headline.tone.mark, "title": headline.title.breakable,
                    "pieces": navigation.pieces(of: headline.detail), "path": path.orHidden,
                ]
            }
        ]
    }

    /// An answer, with the ways to what its figures are made of.
    func view(_ answer: Answer, _ navigation: ReportNavigation?) -> View {
        links(answer.traces, answer.question, navigation).merging([
            "claim": answer.claim, "pieces": navigation.pieces(of: answer.detail), "tone": answer.tone.css, "mark": answer.tone.mark,
        ]) { $1 }
    }
}

extension Report.Headline.Tone {
    /// The name of its looks in the style sheet.
    var css: String {
        switch self {
        case .problem: "problem"
        case .good: "good"
        case .neutral: "neutral"
        }
    }

    /// So that no meaning hangs on colour alone.
    var mark: String {
        switch self {
        case .problem: "▲"
        case .good: "✓"
        case .neutral: "•"
        }
    }
}

extension GoalStatus? {
    var css: String { self?.css ?? "unknown" }
    /// A dash where there is none, or it is withheld.
    var mark: String { self?.mark ?? "–" }
}

extension GoalStatus {
    var css: String {
        switch self {
        case .reached: "good"
        case .onTheWay: "way"
        case .off: "problem"
        case .cannotSay: "unknown"
        }
    }

    var mark: String {
        switch self {
        case .reached: "✓"
        case .onTheWay: "→"
        case .off: "▲"
        case .cannotSay: "?"
        }
    }
}

extension ReportInput.Zone {
    /// The name with a place to break the line after each slash (zero width space), for narrow tables.
    var breakableName: String { name.breakable }
}

/// What stands where a figure is withheld.
let withheldText = "skjult"

/// The same in the narrow cells of a week, whose text says what it stands for.
let fewText = "<5"

extension RoundedShare {
    /// `minst 94 %`
    var text: String { "\(words.bokmal) \(percent)\(Norwegian.space)%" }
}

extension RoundedShare.Words {
    var bokmal: String {
        switch self {
        case .atLeast: "minst"
        case .atMost: "høyst"
        }
    }
}

extension ReportedShare {
    /// `97,2 %`, `95,9–98,1 %` and `n = 1 234`, or why not.
    var view: View {
        guard let share else {
            return rounded.map { ["value": $0.text, "interval": "avrundet", "count": ""] }
                ?? ["value": withheldText, "interval": "", "count": ""]
        }
        guard let value = share.value, let interval = share.interval else {
            return ["value": "–", "interval": "ingen", "count": ""]
        }
        let count = "n\u{A0}=\u{A0}\(Norwegian.count(share.denominator))"
        if share.small {
            return ["value": "\(share.numerator) av \(share.denominator)", "interval": "for få til å si", "count": ""]
        }
        return [
            "value": Norwegian.percent(value), "interval": Norwegian.percentRange(interval.low, interval.high),
            "count": count,
        ]
    }
}

extension String {
    /// A line may break here; nothing is seen.
    static let breakSpace = "\u{200B}"

    /// The text with a place to break after each slash: browsers would break `Åslundmarka/Hunndalen` in the middle of a word.
    var breakable: String { replacing("/", with: "/" + .breakSpace) }
}
