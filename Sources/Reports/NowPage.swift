import Workload

/// The page that is opened first: what goes on now, and beside it what the last four weeks say of load and people.
package struct NowPage: Sendable {
    package var municipalityName: String
    package var municipalityNumber: String
    package var board: LiveBoard
    /// Nil for a reader who has no reports.
    package var weeks: Weeks?
    /// Links to the board of one zone, or all.
    package var zones: [ReportNavigation.Link]
    /// Set large, without the bar, for a screen on a wall.
    package var isWall: Bool
    /// The same page, and the same set for a wall or back.
    package var ownPath: String
    package var otherPath: String
    /// Why single alarms are not shown to a reader who may see them.
    package var message: String?
    /// What the reader can do about it.
    package var messageLink: ReportNavigation.Link?

    /// What the last weeks say beside it.
    package struct Weeks: Sendable {
        /// The first sentences of the report, which stands at `reportPath`; empty where it could not be made.
        package var headlines: [Report.Headline]
        package var period: ReportPeriod
        package var reportPath: String
        /// Where it stands what would help; nil for who may not come in there.
        package var staffingPath: String?

        package init(headlines: [Report.Headline], period: ReportPeriod, reportPath: String, staffingPath: String?) {
            self.headlines = headlines
            self.period = period
            self.reportPath = reportPath
            self.staffingPath = staffingPath
        }

        fileprivate var view: View {
            [
                "periodTitle": period.title, "reportPath": reportPath, "staffingPath": staffingPath.orHidden, "hasHeadlines": !headlines.isEmpty,
                "headlines": headlines.prefix(NowPage.headlinesMax).map {
                    ["tone": $0.tone.css, "mark": $0.tone.mark, "title": $0.title.breakable, "detail": $0.detail] as View
                },
            ]
        }
    }

    /// So many sentences are read while one passes by.
    package static let headlinesMax = 3

    package init(
        municipalityName: String,
        municipalityNumber: String,
        board: LiveBoard,
        weeks: Weeks?,
        zones: [ReportNavigation.Link],
        isWall: Bool,
        ownPath: String,
        otherPath: String,
        message: String? = nil,
        messageLink: ReportNavigation.Link? = nil
    ) {
        self.municipalityName = municipalityName
        self.municipalityNumber = municipalityNumber
        self.board = board
        self.weeks = weeks
        self.zones = zones
        self.isWall = isWall
        self.ownPath = ownPath
        self.otherPath = otherPath
        self.message = message
        self.messageLink = messageLink
    }

    package func html(navigation: ReportNavigation, style: Report.StylePlacement) -> String {
        let frame = PageFrame(
            title: "Nå",
            about: municipalityName,
            navigation: navigation,
            style: style,
            provenance: "Siden oppdateres av seg selv der skript er slått på. Tallene gjelder soner, aldri enkeltansatte."
        )
        return Templates.render(
            "nowPage",
            frame.view.merging([
                "municipality": "\(municipalityName) kommune (\(municipalityNumber))", "clock": board.clock, "board": board.html,
                "zoneLinks": zones.map(\.view), "hasZoneLinks": zones.count > 1, "isWall": isWall, "ownPath": ownPath, "otherPath": otherPath,
                "message": message.orHidden, "messageLink": (messageLink?.view).orHidden, "weeks": (weeks?.view).orHidden,
            ]) { $1 }
        )
    }
}
