package import Telemetry
import Workload

/// What is written in the mail that a report comes with: what the report says first, and where to read on.
package struct ReportLetter: Equatable, Sendable {
    package var subject: String
    package var text: String

    /// - Parameters:
    ///   - address: where the service is reached, without a slash at the end; nil where nobody said so. Not given to
    ///     those outside, who may not log in.
    ///   - subject: in the place of ours.
    ///   - files: names of the files that come along.
    ///   - due: when it should have been sent, where that is long past; nil where it comes in time.
    ///   - words: puts a text of ours into the receiver's language.
    package init(
        _ report: Report,
        _ section: ReportSection,
        address: String?,
        subject: String? = nil,
        files: [String],
        due: EventTime? = nil,
        words: (String) -> String = { $0 }
    ) {
        let place = [report.selectedZone?.name, report.municipalityName].compactMap(\.self).joined(separator: ", ")
        self.subject = Norwegian.plain(subject ?? words("\(section.title) i \(place), \(report.period.title)"))
        var parts = [words("Hei."), words("Her er rapporten «\(section.title)» for \(place), \(report.period.title).")]
        if let due {
            parts.append(words("Den skulle vært sendt \(Norwegian.instant(due, .oslo)), men kunne ikke sendes da."))
        }
        if report.isExternal {
            parts.append(
                words(
                    "Utgaven er for andre enn kommunen: antall alarmer, brukere, enheter og vakter fra 1 til 4 er skjult, også de som kunne regnes ut av summer."
                )
            )
        }
        parts += report.headlines.map { headline in
            "- \(words("\(headline.title)."))" + (headline.detail.isEmpty ? "" : "\n  \(words(headline.detail))")
        }
        if let address, !report.isExternal {
            let fields = [ReportNavigation.Field(name: "municipality", value: report.municipalityNumber)]
            let page = ReportNavigation(path: "/\(section.rawValue)", fields: fields)
            parts.append("\(words("Se den på nett (du må logge inn)")):\n\(address)\(page.path(period: report.period, zone: report.selectedZone?.id))")
        }
        parts.append("\(words("Vedlagt")): \(files.joined(separator: ", "))")
        parts.append(words("Meldingen er sendt av Vaktlast og kan ikke besvares. Den som drifter Vaktlast, kan ta deg av lista."))
        text = Norwegian.plain(parts.joined(separator: "\n\n")) + "\n"
    }

    /// Without the spaces and joiners that hold a line together in print: a mail reader breaks lines as it likes.
}
