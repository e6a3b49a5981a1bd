import Synchronization
import Telemetry

/// What a frozen reader remembers of its answers: a report of eight periods asks the same of each.
final class FrozenMemory: Sendable {
    private struct Known {
        var dataBounds: [String: Range<EventTime>?] = [:]
        var deviceDays: [String: [String: DeviceDays]] = [:]
        var hasHeartbeats: [String: Bool] = [:]
    }

    private let known = Mutex(Known())

    /// Nil where it has not been asked; within it nil where there are no data.
    func dataBounds(_ municipality: String) -> Range<EventTime>?? { known.withLock { $0.dataBounds[municipality] } }
    func keep(dataBounds: Range<EventTime>?, _ municipality: String) { known.withLock { $0.dataBounds[municipality] = .some(dataBounds) } }
    func hasHeartbeats(_ municipality: String) -> Bool? { known.withLock { $0.hasHeartbeats[municipality] } }
    func keep(hasHeartbeats: Bool, _ municipality: String) { known.withLock { $0.hasHeartbeats[municipality] = hasHeartbeats } }
    func deviceDays(_ municipality: String) -> [String: DeviceDays]? { known.withLock { $0.deviceDays[municipality] } }
    func keep(deviceDays: [String: DeviceDays], _ municipality: String) { known.withLock { $0.deviceDays[municipality] = deviceDays } }
}
