import Telemetry
import Workload

extension AlarmRecord {
    /// An alarm with steps a minute apart.
    static func made(_ name: String, device: String?, outcome: Outcome?, isTest: Bool = false, steps: [Step]) -> AlarmRecord {
        AlarmRecord(
            municipality: "3407",
            source: "s",
            alarm: name,
            zone: "a",
            respondingZone: "a",
            device: device,
            kind: .manual,
            priority: nil,
            isTest: isTest,
            isLive: true,
            outcome: outcome,
            cause: nil,
            voice: nil,
            responders: 1,
            steps: steps.enumerated().map { .init(step: $1, t: Int64($0) * 60_000, id: "\(name)-\($1)", flag: nil, late: false) },
            repeats: 0,
            instant: 0
        )
    }
}
