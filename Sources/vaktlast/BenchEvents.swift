import Telemetry
import Workload

/// A message's worth of decoded events in memory of its own, made anew for each message as a decoder would: what the
/// benchmarks of the fold are fed with.
final class BenchEvents {
    static let zones = ["haugtun", "biri", "nordbyen", "sorbyen", "vind", "snertingdal", "hunndalen", "bybrua"]
    static let municipality = "3407"
    static var plan: ZonePlan {
        ZonePlan(municipalities: [.init(number: municipality, name: "Bench", zones: zones.map { .init(id: $0, name: $0) })])
    }

    let count: Int
    private(set) var events: ContiguousArray<Event> = []
    private let memory: UnsafeMutablePointer<UInt8>
    private let zoneTexts: [Text]
    private var isReady = false

    private static let textBytes = 16
    /// A letter and eleven digits.
    private static let nameBytes = 12

    init(count: Int) {
        self.count = count
        memory = .allocate(capacity: (count * 3 + BenchEvents.zones.count) * BenchEvents.textBytes)
        var texts: [Text] = []
        for (index, zone) in BenchEvents.zones.enumerated() {
            let start = memory + (count * 3 + index) * BenchEvents.textBytes
            for (place, byte) in zone.utf8.enumerated() { start[place] = byte }
            texts.append(Text(start: start, count: zone.utf8.count))
        }
        zoneTexts = texts
    }

    deinit { memory.deallocate() }

    /// Heartbeats `first`, `first` + 1, … of devices that take turns.
    func makeHeartbeats(first: Int, deviceCount: Int, time: EventTime) {
        make(.deviceHeartbeat) { index, event in
            // Far from the order of their numbers, as devices come in reality.
            let device = (first + index) * 7_919_993 % deviceCount
            event.id = name("e", first + index, place: index * 3)
            event.sequence = Int64(first + index + 1)
            event.time = time + Int64(index)
            event.device = name("d", device, place: index * 3 + 1)
            event.zone = zoneTexts[device % zoneTexts.count]
        }
    }

    /// One step of the alarms `first`, `first` + 1, ….
    func makeStep(_ type: EventType, first: Int, sequence: Int, time: EventTime) {
        make(type) { index, event in
            event.id = name("s", sequence + index, place: index * 3)
            event.sequence = Int64(sequence + index + 1)
            event.time = time + Int64(index)
            event.alarm = name("a", first + index, place: index * 3 + 2)
            event.device = name("d", (first + index) % 5000, place: index * 3 + 1)
            event.zone = zoneTexts[(first + index) % zoneTexts.count]
            event.kind = type == .alarmRaised ? .manual : nil
            event.voice = type == .alarmAnswered ? true : nil
            event.responders = type == .alarmAccepted ? 2 : nil
            event.outcome = type == .alarmClosed ? .visited : nil
        }
    }

    private func make(_ type: EventType, _ fill: (Int, inout Event) -> Void) {
        if !isReady { events = .init(repeating: Event(type: type, id: .empty), count: count) }
        isReady = true
        for index in 0..<count {
            events[index].type = type
            fill(index, &events[index])
        }
    }

    private func name(_ letter: Unicode.Scalar, _ number: Int, place: Int) -> Text {
        let start = memory + place * BenchEvents.textBytes
        start[0] = UInt8(ascii: letter)
        var rest = number
        for digit in stride(from: BenchEvents.nameBytes - 1, to: 0, by: -1) {
            start[digit] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        return Text(start: start, count: BenchEvents.nameBytes)
    }
}

/// The present figures of all cells that a state has told of.
struct BenchCells {
    private var cells: [String: Measures] = [:]

    mutating func take(_ changes: StateChanges) {
        for row in changes.cells { cells["\(row.zone) \(row.quarter)"] = row.present }
    }

    var total: Measures { cells.values.reduce(into: Measures()) { $0.merge($1) } }
}
