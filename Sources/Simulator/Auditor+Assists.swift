/// What technology did, counted anew.
extension Auditor {
    /// How many `assist.performed` there were in each UTC hour, by `zone hour technology result`.
    package func assists(municipality: String, from: Int64, to: Int64) -> [String: Int64] {
        var counts: [String: Int64] = [:]
        for event in events where event.municipality == municipality && event.type == "assist.performed" && from <= event.time && event.time < to {
            let hour = AuditClock.floor(event.time, 3_600_000)
            counts["\(event.zone) \(hour) \(event.data.technology ?? "") \(event.data.result ?? "")", default: 0] += 1
        }
        return counts
    }
}
