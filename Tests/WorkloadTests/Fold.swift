import Telemetry
import Workload

/// Minutes of the test day: 0 is 2026-10-05T06:00:00Z, a Monday, on a quarter and on a UTC hour.
func minute(_ minutes: Double) -> EventTime { 1_791_180_000_000 + EventTime(minutes * 60_000) }

/// A state with what it has told so far, and short ways to feed it.
struct Fold {
    static let municipality = "3407"
    static let plan = ZonePlan(municipalities: [
        .init(
            number: municipality,
            name: "Gjøvik",
            zones: [
                .init(id: "biri", name: "Biri"), .init(id: "haugtun", name: "Haugtun"),
                .init(id: "nordbyen", name: "Nordbyen"),
            ],
            registry: [
                .init(device: "d-biri", zone: "biri"),
                .init(device: "d-moved", zone: "haugtun", to: minute(120)),
                .init(device: "d-moved", zone: "nordbyen", from: minute(120)),
            ]
        )
    ])

    struct CellID: Hashable {
        var zone: String
        var quarter: Int64
        var municipality: String
    }

    var state: State
    private(set) var position: Int64 = 0
    private(set) var alarms: [String: AlarmRecord] = [:]
    private(set) var cells: [CellID: CellRow] = [:]
    /// By `zone hour technology result`.
    private(set) var assists: [String: Int64] = [:]
    private(set) var ledgers: [String: LedgerRow] = [:]
    private(set) var devices: [DeviceRow] = []
    private(set) var unknownZones: [UnknownZoneRow] = []
    private(set) var boards: [String: ZoneBoard] = [:]

    init(plan: ZonePlan = Fold.plan, seen: SeenIDs = SeenIDs()) {
        state = State(plan: plan, hashKey: 1, seen: seen)
    }

    /// Folds one message and takes the changes; what became of each event.
    @discardableResult
    mutating func message(
        _ events: [Event],
        received: EventTime,
        source: String = "s",
        municipality: String = Fold.municipality,
        isHistory: Bool = false
    ) -> [State.Verdict] {
        position += 1
        let context = state.begin(
            position: position,
            received: received,
            municipality: municipality,
            source: source,
            isHistory: isHistory
        )
        let verdicts = events.enumerated().map { index, event in state.apply(event, index: index, in: context) }
        take()
        return verdicts
    }

    /// A message for each event, received two seconds after its time.
    mutating func promptly(_ events: Event..., source: String = "s") {
        for event in events { message([event], received: (event.time ?? 0) + 2000, source: source) }
    }

    mutating func take() {
        let changes = state.takeChanges()
        for alarm in changes.alarms { alarms["\(alarm.municipality)/\(alarm.source)/\(alarm.alarm)"] = alarm }
        for cell in changes.cells {
            cells[CellID(zone: cell.zone, quarter: cell.quarter, municipality: cell.municipality)] = cell
        }
        for row in changes.assists { assists["\(row.zone) \(row.hour) \(row.technology.rawValue) \(row.result.rawValue)"] = row.count }
        for ledger in changes.ledgers { ledgers["\(ledger.record.municipality)/\(ledger.record.source)"] = ledger }
        devices += changes.devices
        unknownZones += changes.unknownZones
        for (municipality, zone, board) in changes.boards { boards["\(municipality)/\(zone)"] = board }
    }

    func alarm(_ name: String = "a", source: String = "s") -> AlarmRecord? {
        alarms["\(Fold.municipality)/\(source)/\(name)"]
    }

    func ledger(_ source: String = "s") -> LedgerRecord? { ledgers["\(Fold.municipality)/\(source)"]?.record }

    /// The figures of the quarter that a minute lies in; zeros where there is no cell.
    func present(_ zone: String, _ minutes: Double) -> Measures { cell(zone, minutes)?.present ?? Measures() }

    /// What it showed when it was published; the present figures where they are the same.
    func first(_ zone: String, _ minutes: Double) -> Measures {
        cell(zone, minutes)?.first ?? present(zone, minutes)
    }

    func cell(_ zone: String, _ minutes: Double) -> CellRow? {
        cells[CellID(zone: zone, quarter: TimeRule.quarter(of: minute(minutes)), municipality: Fold.municipality)]
    }

    /// All zones' quarters that are not empty.
    var figures: [CellID: Measures] { cells.mapValues(\.present).filter { !$0.value.isEmpty } }

    /// The same without what lateness adds, for what must not depend on the time of receipt.
    var figuresWithoutLate: [CellID: Measures] {
        let figures = cells.mapValues { cell in
            var measures = cell.present
            measures.late = 0
            return measures
        }
        return figures.filter { !$0.value.isEmpty }
    }

    /// All quarters of all zones summed; `openPeak` is the largest.
    var total: Measures {
        figures.values.reduce(into: Measures()) { $0.merge($1) }
    }
}

/// Lends a string as a text that lives as long as the process: tests may keep it.
func lasting(_ string: String) -> Text {
    let bytes = Array(string.utf8)
    let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, bytes.count))
    memory.initialize(from: bytes, count: bytes.count)
    return Text(start: memory, count: bytes.count)
}

/// An event; `minutes` nil for one without a clock. Its id is its type and time unless a test wants another.
func event(
    _ type: EventType,
    _ minutes: Double?,
    id: String? = nil,
    alarm: String = "a",
    zone: String? = nil,
    device: String? = nil,
    sequence: Int64? = nil
) -> Event {
    let time = minutes.map(minute)
    let ownID = id ?? "\(type.word)/\(alarm)/\(time.map(String.init) ?? "-")"
    var event = Event(type: type, id: lasting(ownID))
    event.time = time
    event.sequence = sequence
    event.device = device.map(lasting)
    event.zone = zone.map(lasting)
    if type.isAlarm { event.alarm = lasting(alarm) }
    if type == .alarmRaised { event.kind = .fall }
    if type == .alarmClosed { event.outcome = .visited }
    return event
}

extension Event {
    /// The same event with something changed.
    func with(_ change: (inout Event) -> Void) -> Event {
        var copy = self
        change(&copy)
        return copy
    }
}

/// Steele, Lea & Flood 2014 (SplitMix64): the same seed gives the same events.
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
