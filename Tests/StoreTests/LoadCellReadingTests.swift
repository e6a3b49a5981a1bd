import Store
import Telemetry
import Testing
import Workload

/// What pages of a year read, held against reading every cell and every alarm.
@Suite("Reading a year's load")
struct LoadCellReadingTests {
    private static let quarter = TimeRule.quarterMilliseconds

    @Test("cells with load are those of all cells that hold more than signs, and the rest is counted", arguments: 1...10 as ClosedRange<UInt64>)
    func cells(seed: UInt64) throws {
        var random = Seeded(seed: seed)
        var changes = StateChanges()
        for quarter in 0..<60 as Range<Int64> {
            for zone in ["biri", "haugtun", "ukjent"] where random.below(4) > 0 {
                var present = Measures()
                for (_, path) in Measures.named where random.below(12) == 0 { present[keyPath: path] = Int64(random.below(5)) }
                if random.below(2) == 0 { present.heartbeats = Int64(random.below(3)) }
                if random.below(20) == 0 { present.outcomes[.visited] = 1 }
                var first = present
                first.raised += 1
                changes.cells.append(
                    CellRow(
                        municipality: "3407",
                        zone: zone,
                        quarter: quarter,
                        present: present,
                        first: random.below(3) == 0 ? first : nil,
                        telemetry: Measures(),
                        telemetryFirst: nil
                    )
                )
            }
        }
        let folder = try DataFolder()
        let views = try folder.views()
        try views.write(ViewsCommit(position: 7, received: 0, changes: changes))
        try views.close()
        let reader = try ViewsReader(folder: folder.path)
        let (from, to) = (3 * Self.quarter, 55 * Self.quarter)
        let all = try reader.cells(municipality: "3407", from: from, to: to).value.filter { !$0.measures.isEmpty }
        func isQuiet(_ measures: Measures) -> Bool {
            var rest = measures
            (rest.heartbeats, rest.observations, rest.faults, rest.assists) = (0, 0, 0, 0)
            return rest.isEmpty
        }
        let answer = try reader.loadCells(municipality: "3407", from: from, to: to)
        #expect(answer.position == 7)
        #expect(answer.value.cells == all.filter { !isQuiet($0.measures) })
        let quiet = all.filter { isQuiet($0.measures) }
        #expect(!quiet.isEmpty && quiet.count < all.count)
        for zone in ["biri", "haugtun", "ukjent"] {
            let here = quiet.filter { $0.zone == zone }
            let counted = answer.value.quiet.byZone[zone]
            #expect((counted?.cells ?? 0) == here.count && (counted?.revised ?? 0) == here.count(where: \.revised))
        }
        #expect(answer.value.quiet.hasHeartbeats == quiet.contains { $0.measures.heartbeats > 0 })
        let starts = quiet.map(\.start)
        #expect(answer.value.quiet.span == starts.min()!..<starts.max()! + Self.quarter)
        #expect(try reader.loadCells(municipality: "3440", from: from, to: to).value.cells.isEmpty)
    }

    @Test("how many alarms there are is what reading them gives")
    func alarmCount() throws {
        var changes = StateChanges()
        for (number, zone) in ["biri", "haugtun", "biri", "biri"].enumerated() {
            changes.alarms.append(
                AlarmRecord(
                    municipality: "3407",
                    source: "a",
                    alarm: "\(number)",
                    zone: zone,
                    respondingZone: zone,
                    device: nil,
                    kind: nil,
                    priority: nil,
                    isTest: false,
                    isLive: true,
                    outcome: nil,
                    cause: nil,
                    voice: nil,
                    responders: 1,
                    steps: [],
                    repeats: 1,
                    instant: Int64(number) * 10
                )
            )
        }
        let folder = try DataFolder()
        let views = try folder.views()
        try views.write(ViewsCommit(position: 7, received: 0, changes: changes))
        try views.close()
        let reader = try ViewsReader(folder: folder.path)
        for (from, to) in [(0, 40), (0, 30), (1, 31), (40, 50)] as [(EventTime, EventTime)] {
            let read = try reader.alarms(municipality: "3407", from: from, to: to).value.count
            #expect(try reader.alarmCount(municipality: "3407", from: from, to: to) == read)
        }
    }

    @Test("a frozen reader's memory says what a reader without one says, of each municipality")
    func memory() throws {
        var changes = StateChanges()
        var measures = Measures()
        measures.raised = 1
        changes.cells = [
            CellRow(municipality: "3407", zone: "biri", quarter: 4, present: measures, first: nil, telemetry: Measures(), telemetryFirst: nil),
            CellRow(municipality: "3440", zone: "fjell", quarter: 9, present: measures, first: nil, telemetry: Measures(), telemetryFirst: nil),
        ]
        changes.devices = [
            DeviceRow(municipality: "3407", device: "d-1", window: 2, days: 5, lastSeen: 0),
            DeviceRow(municipality: "3440", device: "d-2", window: 2, days: 7, lastSeen: 0),
        ]
        let folder = try DataFolder()
        let views = try folder.views()
        try views.write(ViewsCommit(position: 7, received: 20 * Self.quarter, changes: changes))
        let reader = try folder.reader()
        let frozen = try reader.frozen()
        for _ in 0..<2 {
            for municipality in ["3407", "3440", "9999"] {
                #expect(try frozen.dataBounds(municipality: municipality) == reader.dataBounds(municipality: municipality))
                let days = try [frozen, reader].map { try $0.deviceDays(municipality: municipality).mapValues { $0.count(in: 0..<1000) } }
                #expect(days[0] == days[1])
            }
        }
        try views.close()
    }
}
