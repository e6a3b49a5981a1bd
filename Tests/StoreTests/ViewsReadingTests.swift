import Store
import Telemetry
import Testing
import Workload

/// Rows written to the views and asked for again; with them the packing of figures, sequences and steps.
@Suite("Rows of the views")
struct ViewsReadingTests {
    static let seeds = Array(1...10) as [UInt64]
    private static let quarter = TimeRule.quarterMilliseconds

    private static func number(_ random: inout Seeded) -> Int64 {
        let magnitude = Int64(1) << Int64(random.below(62))
        return random.pick([0, 0, 1, -1, magnitude, -magnitude, magnitude - 1, .max, .min])
    }

    private static func measures(_ random: inout Seeded) -> Measures {
        var measures = Measures()
        for (_, path) in Measures.named { measures[keyPath: path] = number(&random) }
        for outcome in Outcome.allCases { measures.outcomes[outcome] = number(&random) }
        return measures
    }

    private func views(_ changes: StateChanges, received: EventTime = 0) throws -> (DataFolder, ViewsReader) {
        let folder = try DataFolder()
        let views = try folder.views()
        try views.write(ViewsCommit(position: 42, received: received, changes: changes))
        try views.close()
        return (folder, try ViewsReader(folder: folder.path))
    }

    @Test("a frozen reader sees figures, alarms and position of one commit, whatever is written meanwhile")
    func frozen() throws {
        let folder = try DataFolder()
        let views = try folder.views()
        func write(position: Int64, count: Int64) throws {
            var changes = StateChanges()
            changes.assists = [AssistRow(municipality: "3407", zone: "biri", hour: 5, technology: .location, result: .done, count: count)]
            try views.write(ViewsCommit(position: position, changes: changes))
        }
        try write(position: 1, count: 7)
        let reader = try folder.reader()
        let frozen = try reader.frozen()
        try write(position: 2, count: 8)
        func seen(_ reader: ViewsReader) throws -> [Int64] {
            let answer = try reader.assists(municipality: "3407", in: 0..<2_000_000_000_000)
            return try [answer.position, reader.position()] + answer.value.map(\.count)
        }
        #expect(try seen(frozen) == [1, 1, 7] && seen(try frozen.frozen()) == [1, 1, 7])
        #expect(try seen(reader) == [2, 2, 8] && seen(try reader.frozen()) == [2, 2, 8])
        try views.close()
    }

    @Test("figures of any size are read as they were written", arguments: seeds)
    func cells(seed: UInt64) throws {
        var random = Seeded(seed: seed)
        var changes = StateChanges()
        for quarter in 0..<40 as Range<Int64> {
            let first = random.below(2) == 0 ? Self.measures(&random) : nil
            changes.cells.append(
                CellRow(
                    municipality: "3407",
                    zone: random.pick(["biri", "ukjent"]),
                    quarter: quarter,
                    present: Self.measures(&random),
                    first: first,
                    telemetry: Self.measures(&random),
                    telemetryFirst: nil
                )
            )
        }
        let (folder, reader) = try views(changes, received: 40 * Self.quarter + TimeRule.publishAfterMilliseconds)
        let answer = try reader.cells(municipality: "3407", from: 0, to: 40 * Self.quarter)
        #expect(answer.position == 42)
        #expect(answer.value.map(\.measures) == changes.cells.map(\.present))
        #expect(answer.value.map(\.start) == changes.cells.map { $0.quarter * Self.quarter })
        #expect(answer.value.map(\.zone) == changes.cells.map(\.zone))
        #expect(answer.value.map(\.revised) == changes.cells.map { $0.first != nil })
        let first = try reader.cells(municipality: "3407", from: 0, to: 40 * Self.quarter, publishedFirst: true).value
        #expect(first.map(\.measures) == changes.cells.map { $0.first ?? $0.present })
        withExtendedLifetime(folder) {}
    }

    @Test("cells are those that start in the period, of the zone and municipality asked for")
    func cellPeriod() throws {
        var measures = Measures()
        measures.raised = 1
        var changes = StateChanges()
        for (municipality, zone, quarter) in [
            ("3407", "biri", 4), ("3407", "haugtun", 4), ("3407", "biri", 5), ("3407", "biri", 6), ("3440", "biri", 5),
        ] as [(String, String, Int64)] {
            changes.cells.append(
                CellRow(
                    municipality: municipality,
                    zone: zone,
                    quarter: quarter,
                    present: measures,
                    first: nil,
                    telemetry: Measures(),
                    telemetryFirst: nil
                )
            )
        }
        let (folder, reader) = try views(changes, received: 6 * Self.quarter + TimeRule.publishAfterMilliseconds)
        func cells(_ from: EventTime, _ to: EventTime, zone: String? = nil, first: Bool = false) throws -> [String] {
            try reader.cells(municipality: "3407", from: from, to: to, zone: zone, publishedFirst: first).value
                .map { "\($0.zone) \($0.start / Self.quarter)" }
        }
        let quarter = Self.quarter
        #expect(try cells(4 * quarter, 6 * quarter) == ["biri 4", "haugtun 4", "biri 5"])
        #expect(try cells(4 * quarter, 6 * quarter, zone: "biri") == ["biri 4", "biri 5"])
        #expect(try cells(4 * quarter + 1, 5 * quarter + 1) == ["biri 5"])
        // The quarter 6 is not published yet by a millisecond's hour.
        #expect(try cells(0, 9 * quarter, first: true) == ["biri 4", "haugtun 4", "biri 5"])
        withExtendedLifetime(folder) {}
    }

    @Test("a quarter that became empty is forgotten, unless it showed something when published")
    func emptyCells() throws {
        let folder = try DataFolder()
        let views = try folder.views()
        var full = Measures()
        full.raised = 1
        var row = CellRow(
            municipality: "3407",
            zone: "biri",
            quarter: 4,
            present: full,
            first: nil,
            telemetry: Measures(),
            telemetryFirst: nil
        )
        func write(_ row: CellRow) throws -> [LoadCell] {
            var changes = StateChanges()
            changes.cells = [row]
            try views.write(ViewsCommit(position: 1, changes: changes))
            return try ViewsReader(folder: folder.path).cells(municipality: "3407", from: 0, to: 9 * Self.quarter).value
        }
        #expect(try write(row).map(\.measures) == [full])
        row.present = Measures()
        row.first = full
        #expect(try write(row).map(\.revised) == [true])
        row.first = nil
        #expect(try write(row).isEmpty)
    }

    @Test("ledgers with any gaps in their sequences are read as they were written", arguments: seeds)
    func ledgers(seed: UInt64) throws {
        var random = Seeded(seed: seed)
        var changes = StateChanges()
        for source in ["a", "b", "c"] {
            var arrived = SequenceSet()
            var accepted = SequenceSet()
            for _ in 0..<random.pick([0, 1, 100]) {
                let number = random.pick([
                    Int64(random.below(150)), 999_999_999_999_999_999 - Int64(random.below(20)),
                    Int64(random.below(1 << 40)),
                ])
                arrived.insert(number)
                if random.below(2) == 0 { accepted.insert(number) }
            }
            var record = LedgerRecord(municipality: "3407", source: source)
            record.messages = Int64(random.below(1 << 50))
            record.accepted = 1
            record.duplicates = 2
            record.rejected = 3
            record.late = 4
            record.noClock = 5
            record.unsetClock = 6
            record.future = 7
            record.sequenceReuse = 8
            record.sequenceReuseFirst = random.pick([nil, 9])
            record.firstSequence = arrived.first
            record.lastSequence = arrived.last
            record.missing = arrived.missing
            changes.ledgers.append(LedgerRow(record: record, arrived: arrived, accepted: accepted))
        }
        let (folder, reader) = try views(changes)
        #expect(try reader.ledgers(municipality: "3407").value == changes.ledgers)
        #expect(try reader.ledgers(municipality: "3440").value.isEmpty)
        withExtendedLifetime(folder) {}
    }

    private static func alarm(_ name: String, _ instant: EventTime, _ random: inout Seeded) -> AlarmRecord {
        let steps = Step.allCases.compactMap { step in
            random.below(2) == 0
                ? nil
                : AlarmRecord.StepRecord(
                    step: step,
                    t: number(&random),
                    id: random.pick(["", "e-1", "e\u{301}", "ærlig 😀", String(repeating: "x", count: 128)]),
                    flag: random.pick([nil] + ClockFlag.allCases),
                    late: random.below(2) == 0
                )
        }
        return AlarmRecord(
            municipality: "3407",
            source: random.pick(["a", "b"]),
            alarm: name,
            zone: random.pick(["biri", "ukjent"]),
            respondingZone: "haugtun",
            device: random.pick([nil, "d-1"]),
            kind: random.pick([nil] + AlarmKind.allCases),
            priority: random.pick([nil, 0, 9]),
            isTest: random.below(4) == 0,
            isLive: random.below(2) == 0,
            outcome: random.pick([nil] + Outcome.allCases),
            cause: random.pick([nil] + Cause.allCases),
            voice: random.pick([nil, true, false]),
            responders: UInt8(1 + random.below(9)),
            steps: steps,
            repeats: random.below(1000),
            instant: instant
        )
    }

    @Test("alarms are read as they were written, by instant, source and name, a page at a time", arguments: seeds)
    func alarms(seed: UInt64) throws {
        var random = Seeded(seed: seed)
        var changes = StateChanges()
        changes.alarms = (0..<60).map { Self.alarm("a\($0)", Int64(random.below(10)), &random) }
        let (folder, reader) = try views(changes)
        let expected = changes.alarms.sorted { ($0.instant, $0.source, $0.alarm) < ($1.instant, $1.source, $1.alarm) }
        #expect(try reader.alarms(municipality: "3407", from: 0, to: 10).value == expected)
        #expect(
            try reader.alarms(municipality: "3407", from: 3, to: 5).value
                == expected.filter { (3..<5).contains($0.instant) }
        )
        #expect(
            try reader.alarms(municipality: "3407", from: 0, to: 10, zones: ["biri"]).value
                == expected.filter { $0.zone == "biri" }
        )
        #expect(
            try reader.alarms(municipality: "3407", from: 0, to: 10, isOpen: true).value == expected.filter(\.isOpen)
        )
        #expect(
            try reader.alarms(municipality: "3407", from: 0, to: 10, isOpen: false).value
                == expected.filter { !$0.isOpen }
        )
        #expect(try reader.alarms(municipality: "3440", from: 0, to: 10).value.isEmpty)
        var pages: [AlarmRecord] = []
        while true {
            let place = pages.last.map {
                ViewsReader.AlarmPlace(instant: $0.instant, source: $0.source, alarm: $0.alarm)
            }
            let page = try reader.alarms(municipality: "3407", from: 0, to: 10, after: place, limit: 7).value
            pages += page
            if page.count < 7 { break }
        }
        #expect(pages == expected)
        let open = expected.filter { $0.isOpen && !$0.isTest }
        let counted = try reader.openAlarms(municipality: "3407")
        #expect(counted.count == open.count && counted.oldest == open.map(\.instant).min())
        #expect(counted.ofHistory == open.filter { !$0.isLive }.count)
        withExtendedLifetime(folder) {}
    }

    @Test("refused events are read by municipality, the oldest first, after a place")
    func quarantine() throws {
        let folder = try DataFolder()
        let views = try folder.views()
        let rows = [(2, 0, "3407"), (2, 1, "3407"), (3, 0, nil), (9, 4, "3407"), (9, 5, "3440")].map {
            (position: Int64, index: Int, municipality: String?) in
            QuarantineRow(
                position: position,
                index: index,
                received: 5,
                municipality: municipality,
                topic: "t",
                id: index == 1 ? nil : "e\u{301}",
                reason: "bad:zone",
                excerpt: "{\"x\":\"ø\"}"
            )
        }
        var commit = ViewsCommit(position: 9)
        commit.quarantine = rows.reversed()
        try views.write(commit)
        let reader = try ViewsReader(folder: folder.path)
        #expect(try reader.quarantine(municipality: "3407").value == [rows[0], rows[1], rows[3]])
        #expect(try reader.quarantine(municipality: "3407", after: (2, 0)).value == [rows[1], rows[3]])
        #expect(try reader.quarantine(municipality: nil).value == [rows[2]])
    }

    @Test("days with a sign of life are counted across the words that hold them")
    func deviceDays() throws {
        var changes = StateChanges()
        changes.devices = [
            DeviceRow(municipality: "3407", device: "d-1", window: 2, days: 1 << 63, lastSeen: 0),
            DeviceRow(municipality: "3407", device: "d-1", window: 3, days: 0b1011, lastSeen: 0),
            DeviceRow(municipality: "3407", device: "d-2", window: 3, days: .max, lastSeen: 0),
            DeviceRow(municipality: "3440", device: "d-1", window: 3, days: .max, lastSeen: 0),
        ]
        let (folder, reader) = try views(changes)
        // Word 3 starts with day 192.
        #expect(try reader.deviceDays(municipality: "3407").mapValues { $0.count(in: 191..<195) } == ["d-1": 3, "d-2": 3])
        #expect(try reader.deviceDays(municipality: "3407").mapValues { $0.count(in: 192..<256) } == ["d-1": 3, "d-2": 64])
        #expect(try reader.deviceDays(municipality: "3407").mapValues { $0.count(in: 0..<191) } == ["d-1": 0, "d-2": 0])
        withExtendedLifetime(folder) {}
    }
}
