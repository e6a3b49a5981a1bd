import Files
import Foundation
import Languages
import Schedules
import Settings
import Workload

extension MunicipalitySettings {
    /// What `schedule.yaml` holds; nothing where none is named.
    ///
    /// - Parameter service: whose languages and mail server are there to be used.
    func schedules(in service: ServiceSettings) throws -> [ReportSchedule] {
        guard let scheduleFile else { return [] }
        return try ReportSchedule.read(
            yaml: Service.text(of: scheduleFile),
            file: scheduleFile,
            zones: Set(zones.map(\.id)),
            languages: service.languages.choices.map(\.tag),
            hasMail: service.mail != nil
        )
    }
}
