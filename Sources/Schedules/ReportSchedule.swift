package import Reports

/// A report that goes out by itself: when, about what, as what, to whom. One entry of `schedule.yaml`.
package struct ReportSchedule: Equatable, Sendable {
    /// On which days it goes out.
    package enum Rhythm: Equatable, Sendable {
        case daily
        /// 1 Monday … 7 Sunday.
        case weekly(weekday: Int)
        /// 1…31; in a month that is shorter, on its last day.
        case monthly(day: Int)
    }

    /// Unique among those of the municipality; a delivery is known by it.
    package var name: String
    package var rhythm: Rhythm
    /// By the wall clock of Europe/Oslo, minutes after 00:00.
    package var atMinutes: Int
    /// What it is about: the last whole one before the day it goes out.
    package var periodKind: ReportPeriod.Kind
    package var section: ReportSection
    package var zone: String?
    package var formats: [ReportFormat]
    /// For others than the municipality: small figures withheld.
    package var isExternal: Bool
    /// The tag of the language that mail, pages and workbooks are in; nil for the service's.
    package var language: String?
    /// A folder that the files are put into; absolute, nil for none.
    package var folder: String?
    package var mail: Mail?

    package struct Mail: Equatable, Sendable {
        package var to: [String]
        /// Nil for ours.
        package var subject: String?

        package init(to: [String], subject: String? = nil) {
            self.to = to
            self.subject = subject
        }
    }

    package init(
        name: String,
        rhythm: Rhythm,
        atMinutes: Int,
        periodKind: ReportPeriod.Kind,
        section: ReportSection = .belastning,
        zone: String? = nil,
        formats: [ReportFormat] = [.pdf],
        isExternal: Bool = false,
        language: String? = nil,
        folder: String? = nil,
        mail: Mail? = nil
    ) {
        self.name = name
        self.rhythm = rhythm
        self.atMinutes = atMinutes
        self.periodKind = periodKind
        self.section = section
        self.zone = zone
        self.formats = formats
        self.isExternal = isExternal
        self.language = language
        self.folder = folder
        self.mail = mail
    }
}
