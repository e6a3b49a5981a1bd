import Foundation
import Simulator

/// The project's folder, found from this file.
let projectFolder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

func scenario(_ name: String) throws -> Scenario {
    let path = "config/scenarios/\(name).yaml"
    let yaml = try String(contentsOf: projectFolder.appending(path: path), encoding: .utf8)
    return try Scenario(yaml: yaml, file: path)
}

/// Monday 2026-10-05T00:00+02:00.
let monday: Int64 = 1_791_151_200_000
let day: Int64 = 86_400_000
let hour: Int64 = 3_600_000
let minute: Int64 = 60_000

extension Simulation {
    /// Everything sent before an instant.
    mutating func all(before end: Int64) -> [SimulatedEvent] {
        var events: [SimulatedEvent] = []
        while let event = next(before: end) { events.append(event) }
        return events
    }
}

/// One message an event, as a live run sends them, half a second after.
func messages(_ events: [SimulatedEvent], municipality: String, source: String) -> [AuditedMessage] {
    events.enumerated().map { index, event in
        AuditedMessage(
            position: Int64(index + 1),
            received: event.time + 500,
            topic: "vaktlast/v1/\(municipality)/\(source)/\(event.isAlarm ? "alarm" : "telemetry")",
            payload: event.json
        )
    }
}

extension AuditedMunicipality {
    init(_ scenario: Scenario) {
        self.init(
            number: scenario.municipality,
            zones: scenario.zones.map(\.id),
            registry: scenario.registry().map { Device(device: $0.device, zone: $0.zone) }
        )
    }
}

/// A municipality with two zones and one registered device, to which events are told by hand.
struct Told {
    var auditor = Auditor(
        municipalities: [
            AuditedMunicipality(
                number: "3407",
                zones: ["haugtun", "biri"],
                registry: [.init(device: "d1", zone: "biri")]
            )
        ]
    )
    private var position: Int64 = 0

    /// Noon of the Monday.
    static let noon = monday + 12 * hour

    /// Reads a payload received at a time after noon, in milliseconds.
    @discardableResult
    mutating func message(
        _ payload: String,
        received: Int64 = 0,
        lane: String = "alarm",
        source: String = "c"
    ) -> AuditValue? {
        position += 1
        return auditor.read(
            AuditedMessage(
                position: position,
                received: Told.noon + received,
                topic: "vaktlast/v1/3407/\(source)/\(lane)",
                payload: Array(payload.utf8)
            )
        )
    }

    /// An event of a device at `time` after noon; nil leaves the time out.
    @discardableResult
    mutating func event(
        _ type: String,
        _ id: String,
        at time: Int64?,
        received: Int64? = nil,
        lane: String = "alarm",
        sequence: Int? = nil,
        data: String
    ) -> AuditValue? {
        let written = time.map { ",\"time\":\"\(Told.text($0))\"" } ?? ""
        let numbered = sequence.map { ",\"sequence\":\"\($0)\"" } ?? ""
        let json = """
            {"specversion":"1.0","id":"\(id)","source":"c",\
            "type":"no.vaktlast.\(type)"\(written)\(numbered),"data":{\(data)}}
            """
        return message(json, received: received ?? time ?? 0, lane: lane)
    }

    static func text(_ time: Int64) -> String {
        let seconds = Date(timeIntervalSince1970: Double((noon + time) / 1000))
        return seconds.formatted(.iso8601).replacing("Z", with: String(format: ".%03dZ", Int((noon + time) % 1000)))
    }

    /// The row of a zone and the quarter that begins at a time after noon.
    func cell(_ zone: String, at time: Int64 = 0, publishedFirst: Bool = false) -> AuditValue? {
        let start = Told.noon + time
        return auditor.loads(
            municipality: "3407",
            from: start,
            to: start + 15 * minute,
            zone: zone,
            publishedFirst: publishedFirst
        ).first
    }

    /// All alarms of the day.
    var alarms: [AuditValue] { auditor.alarms(municipality: "3407", from: monday, to: monday + day) }
}

extension AuditValue {
    /// The number at a name; −1 when there is none.
    func figure(_ name: String) -> Double {
        if case .number(let value) = self[name] { return value }
        return -1
    }
}
