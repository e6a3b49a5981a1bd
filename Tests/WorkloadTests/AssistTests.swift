import Telemetry
import Testing
import Workload

@Suite("What technology did, by zone and hour")
struct AssistTests {
    /// The hour that minute 0 begins, and so many behind it.
    private func key(_ zone: String, _ hours: Int64, _ technology: Technology, _ result: AssistResult) -> String {
        "\(zone) \(minute(0) / 3_600_000 + hours) \(technology.rawValue) \(result.rawValue)"
    }

    private func assist(_ minutes: Double?, _ technology: Technology, _ result: AssistResult = .done, id: String, zone: String? = nil, device: String = "x")
        -> Event
    {
        event(.assistPerformed, minutes, id: id, zone: zone, device: device).with { ($0.technology, $0.result) = (technology, result) }
    }

    @Test("each counts in the hour of its time, its technology and its result; zones come from the event, else the registry")
    func places() {
        var fold = Fold()
        fold.promptly(
            assist(0, .medicationDispenser, id: "1", zone: "biri"),
            assist(59.9, .medicationDispenser, id: "2", zone: "biri"),
            assist(60, .medicationDispenser, id: "3", zone: "biri"),
            assist(10, .medicationDispenser, .followUp, id: "4", zone: "biri"),
            assist(10, .electronicLock, id: "5", zone: "biri"),
            assist(119, .location, id: "6", device: "d-moved"),
            assist(120, .location, id: "7", device: "d-moved"),
            assist(120, .location, id: "8", zone: "mars"),
            event(.deviceHeartbeat, 0, id: "9", zone: "biri", device: "x")
        )
        #expect(
            fold.assists == [
                key("biri", 0, .medicationDispenser, .done): 2, key("biri", 1, .medicationDispenser, .done): 1,
                key("biri", 0, .medicationDispenser, .followUp): 1, key("biri", 0, .electronicLock, .done): 1, key("haugtun", 1, .location, .done): 1,
                key("nordbyen", 2, .location, .done): 1, key("ukjent", 2, .location, .done): 1,
            ]
        )
    }

    @Test("copies count once, days late counts in its own hour, history counts, and without a clock it counts when it was read")
    func identity() {
        var fold = Fold()
        let early = assist(5, .medicationDispenser, id: "1", zone: "biri")
        #expect(fold.message([early, early], received: minute(6)) == [.accepted, .duplicate])
        #expect(fold.message([early], received: minute(50)) == [.duplicate])
        fold.message([assist(6, .medicationDispenser, id: "2", zone: "biri")], received: minute(3 * 24 * 60))
        fold.message([assist(7, .medicationDispenser, id: "3", zone: "biri")], received: minute(3 * 24 * 60), isHistory: true)
        fold.message([assist(nil, .medicationDispenser, id: "4", zone: "biri")], received: minute(3 * 24 * 60 + 1))
        #expect(fold.assists == [key("biri", 0, .medicationDispenser, .done): 3, key("biri", 72, .medicationDispenser, .done): 1])
        #expect(fold.total.assists == 4, "load cells count the same events")
    }
}
