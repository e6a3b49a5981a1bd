package import Staffing
package import Telemetry
import Workload

/// The page of staffing on the web: what the roster carries, what the norm asks for, and what would be if something were otherwise.
package struct StaffingSitePage: Sendable {
    package var municipalityName: String
    package var municipalityNumber: String
    /// Those the reader may choose among, and the one chosen; nil for all.
    package var zones: [ReportInput.Zone]
    package var zone: String?
    package var period: ReportPeriod
    /// Today's roster against the period; nil where it takes too long for a page.
    package var analysis: StaffingAnalysis?
    /// The shift in which most often more were out than on duty, as it was measured; nil where none is told.
    package var mostOut: ShiftRow?
    /// Nil where there is no roster to change.
    package var form: WhatIfForm?
    /// The same period with the form's changes; nil where none were asked for or they cannot be used.
    package var answer: StaffingAnalysis?
    /// The page of the answer, to be shared.
    package var answerPath: String
    /// The same page without changes.
    package var plainPath: String
    package var dataUntil: EventTime?
    /// What of the address is left out of the what-if.
    package var leftOut: String?
    /// Why something is missing.
    package var message: String?
    /// The same page of what can be worked out where all at once takes too long.
    package var shorter: [ReportNavigation.Link]

    package init(
        municipalityName: String,
        municipalityNumber: String,
        zones: [ReportInput.Zone],
        zone: String?,
        period: ReportPeriod,
        analysis: StaffingAnalysis?,
        mostOut: ShiftRow? = nil,
        form: WhatIfForm?,
        answer: StaffingAnalysis?,
        answerPath: String,
        plainPath: String,
        dataUntil: EventTime?,
        leftOut: String? = nil,
        message: String?,
        shorter: [ReportNavigation.Link] = []
    ) {
        self.municipalityName = municipalityName
        self.municipalityNumber = municipalityNumber
        self.zones = zones
        self.zone = zone
        self.period = period
        self.analysis = analysis
        self.mostOut = mostOut
        self.form = form
        self.answer = answer
        self.answerPath = answerPath
        self.plainPath = plainPath
        self.dataUntil = dataUntil
        self.leftOut = leftOut
        self.message = message
        self.shorter = shorter
    }

    package func html(navigation: ReportNavigation, style: Report.StylePlacement) -> String {
        let name = zones.first { $0.id == zone }?.name
        let frame = PageFrame(title: "Bemanning \(period.title)", about: municipalityName, navigation: navigation, style: style, provenance: provenance)
        let own = Set(WhatIfForm.names(zones: form?.zones.map(\.id) ?? []))
        let carried =
            navigation.fields.filter { !own.contains($0.name) } + [.init(name: "period", value: period.description)]
            + (zone.map { [.init(name: "zone", value: $0)] } ?? [])
        let formView = form.map { $0.view(action: navigation.path, carried: carried) }
        let formHasProblems = form?.problems.isEmpty == false
        return Templates.render(
            "staffingSite",
            frame.view.merging([
                "municipality": "\(municipalityName) kommune (\(municipalityNumber))", "zoneTitle": name.orHidden, "periodTitle": period.title,
                "leftOut": leftOut.orHidden, "message": message.orHidden, "coverage": coverage.orHidden,
                "hasShorter": !shorter.isEmpty, "shorter": shorter.map(\.view),
                "navigation": navigation.view(
                    .init(period: period, zone: zone, zones: zones, latestDay: latestDay, dataUntil: dataUntil)
                ),
                "form": (formHasProblems ? nil : formView).orHidden, "formFirst": (formHasProblems ? formView : nil).orHidden, "plainPath": plainPath,
                "answer": answer.flatMap { WhatIfAnswer($0, path: answerPath)?.view }.orHidden,
                "lead": lead(navigation).orHidden,
                // Said at the top of the page already.
                "analysis": analysis.map { StaffingViews($0, navigation).view.merging(["headline": false]) { $1 } }.orHidden,
                "hasChart": chart != nil, "chart": (chart?.view).orHidden, "weekText": weekText, "chartNote": chartNote.orHidden,
                "charts": otherZones(navigation),
            ]) { $1 }
        )
    }

    /// Whether the roster holds, the weakest shift in one sentence, what would help, which other one Belastning names, and what it rests on.
    private func lead(_ navigation: ReportNavigation) -> View? {
        guard let analysis else { return nil }
        let words = StaffingWords(analysis: analysis)
        var detail: [String] = []
        if let claim = words.claim {
            // That no other is below the norm is said by the claim.
            let worst = words.worst[words.isWorstBelow ? 0 : 1]
            detail = [words.isWorstBelow ? "Svakest er \(worst)" : worst]
            detail += [words.advice, mostOut.flatMap { words.otherWorst(besides: $0)?.mostOut }, words.headline, words.tooFewToSay].compactMap(\.self)
            return lead(claim.text, claim.tone, detail, navigation)
        }
        return lead(words.headline, .neutral, [words.tooFewToSay].compactMap(\.self), navigation)
    }

    private func lead(_ claim: String, _ tone: Report.Headline.Tone, _ detail: [String], _ navigation: ReportNavigation) -> View {
        let pieces = ReportNavigation?.some(navigation).pieces(of: detail.joined(separator: " "))
        return ["tone": tone.css, "mark": tone.mark, "claim": claim.breakable, "hasDetail": !detail.isEmpty, "pieces": pieces]
    }

    private var latestDay: LocalTime.Day? {
        analysis.flatMap { $0.covered.isEmpty ? nil : LocalTime.oslo.day(at: $0.covered.upperBound - 1) }
    }

    /// Nil where nothing was worked out: the message says why.
    private var coverage: String? {
        guard let analysis else { return nil }
        guard !analysis.covered.isEmpty else { return "Ingen data fra perioden." }
        let days = Norwegian.dates(LocalTime.oslo.day(at: analysis.covered.lowerBound), LocalTime.oslo.day(at: analysis.covered.upperBound - 1))
        let silent = analysis.quality.silentDays
        return "Tallene dekker \(days)." + (silent.isEmpty ? "" : " Det kom ingen signaler \(Norwegian.dates(silent)); de døgnene er ikke regnet med.")
    }

    private var provenance: String {
        guard let analysis else { return "" }
        return "Journalposisjon \(Norwegian.count(analysis.position)), frø \(analysis.settings.seed): samme data gir samme tall."
    }

    /// The zone whose week is shown: the one chosen, else that of the weakest shift.
    private var chartZone: String? { zone ?? analysis?.worst?.scope.zone ?? zones.first?.id }

    private var chart: WeekChart? {
        guard let analysis, !analysis.covered.isEmpty, let zone = chartZone, let place = zones.first(where: { $0.id == zone }),
            let week = analysis.observed.weeks.first(where: { $0.zones == [zone] })
        else { return nil }
        return WeekChart(profile: WeekProfile(week, zone: place), number: 1)
    }

    private var weekText: String {
        let isSummed = analysis?.isSummed == true
        return WeekChart.explanation(hasLoad: !isSummed) + (isSummed ? " " + WeekChart.withheldText : "")
    }

    private var chartNote: String? {
        guard zone == nil, zones.count > 1, analysis?.worst != nil else { return nil }
        return "Her er sonen med den svakeste vakta. De andre:"
    }

    private func otherZones(_ navigation: ReportNavigation) -> [View] {
        guard zone == nil, zones.count > 1 else { return [] }
        return zones.filter { $0.id != chartZone }.map { zone in
            ["title": zone.name, "path": navigation.path(period: period, zone: zone.id) + "#uka"] as View
        }
    }
}
