import Files
import Foundation
import Schedules
import Settings
import Workload

extension MunicipalitySettings {
    /// What `schedule.yaml` holds; nothing where none is named.
    func schedules(hasMail: Bool) throws -> [ReportSchedule] {
        guard let scheduleFile else { return [] }
        return try ReportSchedule.read(yaml: Service.text(of: scheduleFile), file: scheduleFile, zones: Set(zones.map(\.id)), hasMail: hasMail)
    }
}
