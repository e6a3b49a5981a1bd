import Foundation
import Languages
import Outbound
import Reports
import Schedules
import Settings
import Store
import Telemetry
import Web

extension ReportSchedule {
    /// What a delivery into the folder is addressed to.
    static let folderReceiver = "folder"

    /// Everything that goes out on one occasion: a file a format, and a mail a receiver.
    func deliveries(municipality: String, _ occasion: Occasion, state: Delivery.State = .waiting) -> [Delivery] {
        func delivery(_ format: String, _ receiver: String) -> Delivery {
            let key = Delivery.Key(municipality: municipality, schedule: name, period: "\(occasion.period)", format: format, receiver: receiver)
            return Delivery(key: key, due: occasion.due, state: state)
        }
        let files = folder == nil ? [] : formats.map { delivery($0.rawValue, ReportSchedule.folderReceiver) }
        let mails = (mail?.to ?? []).map { delivery(mailFormat, $0) }
        return files + mails
    }

    /// Whether the schedule, as it is now, still wants a delivery that was written down.
    func wants(_ key: Delivery.Key) -> Bool {
        if key.receiver == ReportSchedule.folderReceiver { return folder != nil && formats.contains { $0.rawValue == key.format } }
        return key.format == mailFormat && mail?.to.contains(key.receiver) == true
    }

    /// All files of a mail come in one.
    private var mailFormat: String { formats.map(\.rawValue).joined(separator: "+") }
}

/// Makes the report of a delivery and brings it where it belongs.
struct ReportPost {
    /// Comes later than this: the mail says so.
    private static let lateMilliseconds: Int64 = 2 * 3_600_000

    let instance: String
    let server: MailServer?
    let publicAddress: String?
    let languages: Languages
    /// Of schedules that name none.
    let language: String
    let views: ViewsReader
    let accessLog: AccessLog
    /// The last report made, for those who get the same one.
    private var made: Made?

    private struct Made {
        var municipality: String
        var schedule: ReportSchedule
        var period: String
        var report: Report
        var files: [ReportFormat: Data] = [:]
    }

    init(settings: ServiceSettings, views: ViewsReader) {
        instance = settings.instance
        server = settings.mail
        publicAddress = settings.publicAddress
        (languages, language) = (settings.languages, settings.language)
        self.views = views
        accessLog = AccessLog(folder: settings.dataFolder)
    }

    /// Forgets the last report, so that the next one is made anew.
    mutating func forget() { made = nil }

    /// Returns when the file is durable in its folder, or the mail server has taken the mail on itself.
    mutating func deliver(_ delivery: Delivery, _ schedule: ReportSchedule, _ municipality: ReportedMunicipality, now: EventTime) throws {
        var made = try made(delivery, schedule, municipality, now: now)
        let period = made.report.period
        func name(_ format: ReportFormat) -> String {
            ReportFileName.name(
                municipality: municipality.number,
                section: schedule.section,
                period: period,
                zone: schedule.zone,
                isExternal: schedule.isExternal,
                language: schedule.language == language ? nil : schedule.language,
                format: format
            )
        }
        let formats = schedule.formats.filter { delivery.key.format.split(separator: "+").contains(Substring($0.rawValue)) }
        let translator = municipality.translator(languages, schedule.language ?? language)
        for format in formats where made.files[format] == nil {
            made.files[format] = try made.report.document(format, schedule.section, in: translator)
        }
        self.made = made
        // What cannot be logged is not sent.
        let zones = schedule.zone.map { [$0] }
        try accessLog.recordNow(delivery.accessEntry(files: formats.map(name), zones: zones, position: made.report.provenance.position, now: now))
        if delivery.key.receiver == ReportSchedule.folderReceiver {
            guard let folder = schedule.folder else { throw Failure("the schedule names no folder") }
            for format in formats {
                let path = "\(folder)/\(name(format))"
                // In place of a file of the same name, which is the same report made earlier; its mode is kept.
                do { try DurableFile.replace(path, with: Array(made.files[format] ?? Data())) } catch {
                    throw Failure("\(path): \(error). The folder must exist and be writable for the service's user.")
                }
            }
            return
        }
        guard let server else { throw Failure("vaktlast.yaml names no mail server: add smtp: with url and from") }
        let isLate = now - delivery.due > ReportPost.lateMilliseconds
        let letter = ReportLetter(
            made.report,
            schedule.section,
            address: publicAddress,
            subject: schedule.mail?.subject,
            files: formats.map(name),
            due: isLate ? delivery.due : nil
        ) { translator?.translation(of: $0).text ?? $0 }
        let message = MailMessage(
            to: delivery.key.receiver,
            subject: letter.subject,
            text: letter.text,
            attachments: formats.map { .init(name: name($0), type: $0.type, bytes: Array(made.files[$0] ?? Data())) },
            messageID: DeliveryRule.messageID(instance: instance, key: delivery.key.parts, domain: server.from.domain),
            date: now
        )
        do { try server.send(message) } catch {
            throw Failure("mail server \(server.url): \(error)" + (error.status == 0 ? "" : " (it said \(error.status))"))
        }
    }

    private func made(_ delivery: Delivery, _ schedule: ReportSchedule, _ municipality: ReportedMunicipality, now: EventTime) throws -> Made {
        let key = delivery.key
        if let made, made.municipality == key.municipality, made.schedule == schedule, made.period == key.period { return made }
        let making = ReportMaking(
            municipality: municipality,
            period: try ReportPeriod(key.period),
            zone: schedule.zone,
            section: schedule.section,
            isExternal: schedule.isExternal
        )
        return Made(municipality: key.municipality, schedule: schedule, period: key.period, report: try making.report(views: views, now: now))
    }
}
