import Telemetry
import Workload

/// Seeded messages that meet every kind of row: alarms, telemetry, history, flags, sequences, unknown zones.
struct RandomEvents {
    static let plan = ZonePlan(municipalities: [
        .init(
            number: "3407",
            name: "Gjøvik",
            zones: [.init(id: "biri", name: "Biri"), .init(id: "haugtun", name: "Haugtun")],
            registry: [.init(device: "d-1", zone: "biri"), .init(device: "d-2", zone: "haugtun")]
        ),
        .init(number: "3440", name: "Øyer", zones: [.init(id: "biri", name: "Other Biri")]),
    ])

    private static let start: EventTime = 1_791_180_000_000

    private var random: Seeded
    private var position: Int64 = 0
    private var received = RandomEvents.start
    private var number = 0

    init(seed: UInt64) { random = Seeded(seed: seed) }

    /// Feeds the next message to states that are to know the same.
    mutating func feed(to list: inout [State]) {
        position += 1
        received += Int64(random.pick([0, 1, 1000, 60_000, 1_000_000, random.below(4_000_000)]))
        let municipality = random.pick(["3407", "3407", "3407", "3440", "9999"])
        let source = random.pick(["a", "b"])
        let isHistory = random.below(4) == 0
        let events = (0..<random.pick([1, 1, 2, 6])).map { _ in event() }
        let rejected: Int64? = random.below(5) == 0 ? Int64(random.below(500)) : nil
        for index in list.indices {
            let message = list[index].begin(
                position: position,
                received: received,
                municipality: municipality,
                source: source,
                isHistory: isHistory
            )
            for (place, event) in events.enumerated() { _ = list[index].apply(event, index: place, in: message) }
            if let rejected { list[index].reject(sequence: rejected, in: message) }
        }
    }

    /// Where the last message stood.
    var last: (position: Int64, received: EventTime) { (position, received) }

    private mutating func event() -> Event {
        number += 1
        let type = random.below(3) == 0 ? random.pick(EventType.allCases) : random.pick(Self.alarmTypes)
        let id = random.below(4) == 0 ? "e\(random.below(number))" : "e\(number)"
        var event = Event(type: type, id: Self.lasting(id))
        event.time = random.pick([
            nil, 5, received + 400_000, received - Int64(random.below(40_000_000)),
            received - Int64(random.below(2_000_000)),
            received - Int64(random.below(40)) * 450_000,
        ])
        event.sequence = random.below(2) == 0 ? Int64(random.below(500)) : nil
        event.zone = random.pick([nil, nil, "biri", "haugtun", "mars", "m\0on", "e\u{301}", "\u{E9}"]).map(Self.lasting)
        event.device = random.pick([nil, "d-1", "d-2", "d-3"]).map(Self.lasting)
        if type == .assistPerformed {
            event.technology = Technology.allCases[number % Technology.allCases.count]
            event.result = AssistResult.allCases[number % AssistResult.allCases.count]
        }
        guard type.isAlarm else { return event }
        // Two of the names are the same to Swift's String.
        event.alarm = Self.lasting(random.pick(["a1", "a2", "a3", "e\u{301}", "\u{E9}", "a4", "a5"]))
        event.kind = random.pick([.fall, .pullCord])
        event.priority = random.pick([nil, 0, 9])
        event.test = random.pick([nil, nil, false, random.below(6) == 0])
        event.voice = random.pick([nil, true, false])
        event.respondingZone = random.pick([nil, "haugtun", "moon"]).map(Self.lasting)
        event.responders = random.pick([nil, 1, 3])
        event.outcome = random.pick([.visited, .visited, .unintended, .emergencyServices, .test])
        event.cause = random.pick([nil, .toiletCare])
        return event
    }

    private static let alarmTypes = EventType.allCases.filter(\.isAlarm)

    /// A text that lives as long as the process.
    private static func lasting(_ string: String) -> Text {
        let bytes = Array(string.utf8)
        let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, bytes.count))
        memory.initialize(from: bytes, count: bytes.count)
        return Text(start: memory, count: bytes.count)
    }
}

/// The sum of all changes a state has told, comparable.
struct Told: Equatable {
    private(set) var alarms: [[UInt8]: AlarmRecord] = [:]
    private(set) var cells: [String: CellRow] = [:]
    private(set) var assists: [String: Int64] = [:]
    private(set) var ledgers: [String: LedgerRow] = [:]
    private(set) var devices: [String: DeviceRow] = [:]
    private(set) var unknownZones: [[UInt8]: UnknownZoneRow] = [:]
    private(set) var boards: [String: ZoneBoard] = [:]

    mutating func add(_ changes: StateChanges) {
        for row in changes.alarms { alarms[Array("\(row.municipality)/\(row.source)/\(row.alarm)".utf8)] = row }
        for row in changes.cells {
            let key = "\(row.municipality)/\(row.zone)/\(row.quarter)"
            cells[key] = row.present.isEmpty && row.first == nil ? nil : row
        }
        for row in changes.assists { assists["\(row.municipality)/\(row.zone)/\(row.hour)/\(row.technology)/\(row.result)"] = row.count }
        for row in changes.ledgers { ledgers["\(row.record.municipality)/\(row.record.source)"] = row }
        for row in changes.devices { devices["\(row.municipality)/\(row.device)/\(row.window)"] = row }
        for row in changes.unknownZones { unknownZones[Array("\(row.municipality)/\(row.zone)".utf8)] = row }
        for (municipality, zone, board) in changes.boards {
            boards["\(municipality)/\(zone)"] = board == ZoneBoard() ? nil : board
        }
    }
}
