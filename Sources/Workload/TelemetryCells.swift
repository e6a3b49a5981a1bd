import Telemetry

/// Counts of telemetry in one cell.
struct TelemetryCounts: Equatable {
    enum Kind: Int { case heartbeats, observations, faults, assists, late }

    private var counts: InlineArray<5, UInt32> = .init(repeating: 0)

    subscript(kind: Kind) -> UInt32 {
        get { counts[kind.rawValue] }
        set { counts[kind.rawValue] = newValue }
    }

    init() {}

    init(_ measures: Measures) {
        self[.heartbeats] = UInt32(measures.heartbeats)
        self[.observations] = UInt32(measures.observations)
        self[.faults] = UInt32(measures.faults)
        self[.assists] = UInt32(measures.assists)
        self[.late] = UInt32(measures.late)
    }

    static func == (left: TelemetryCounts, right: TelemetryCounts) -> Bool {
        (0..<5).allSatisfy { left.counts[$0] == right.counts[$0] }
    }

    var measures: Measures {
        var measures = Measures()
        measures.heartbeats = Int64(self[.heartbeats])
        measures.observations = Int64(self[.observations])
        measures.faults = Int64(self[.faults])
        measures.assists = Int64(self[.assists])
        measures.late = Int64(self[.late])
        return measures
    }
}

/// The telemetry of every cell, in slabs of a zone's 96 quarters of a UTC day: the hot path finds its slab again
/// without a search.
struct TelemetryCells {
    private struct Cell {
        var present = TelemetryCounts()
        var isDirty = false
        /// There are first figures of their own.
        var hasFirst = false
    }

    private struct SlabKey: Hashable {
        var zone: UInt32
        var day: Int32
    }

    private static let quartersOfDay: Int64 = 96

    private var slabs: [SlabKey: Int] = [:]
    private var cells: ContiguousArray<Cell> = []
    /// By zone, the day asked for last and its slab.
    private var lastSlabs: ContiguousArray<(day: Int32, slab: Int)> = []
    /// What published cells showed, where something that is not history has changed them since.
    private var first: [CellKey: TelemetryCounts] = [:]
    private(set) var dirty: [CellKey] = []

    mutating func count(
        _ kind: TelemetryCounts.Kind?,
        isLate: Bool,
        zone: UInt32,
        quarter: Int64,
        received: EventTime,
        isHistory: Bool
    ) {
        let place = place(zone: zone, quarter: quarter)
        let key = CellKey(zone: zone, quarter: quarter)
        if !isHistory, !cells[place].hasFirst, key.isPublished(at: received) {
            first[key] = cells[place].present
            cells[place].hasFirst = true
        }
        if let kind { cells[place].present[kind] += 1 }
        if isLate { cells[place].present[.late] += 1 }
        if isHistory, let kind, cells[place].hasFirst { first[key]![kind] += 1 }
        if !cells[place].isDirty {
            cells[place].isDirty = true
            dirty.append(key)
        }
    }

    func present(_ key: CellKey) -> TelemetryCounts? {
        let (day, quarter) = Int64(key.quarter).quotientAndRemainder(dividingBy: TelemetryCells.quartersOfDay)
        return slabs[SlabKey(zone: key.zone, day: Int32(day))].map { cells[$0 + Int(quarter)].present }
    }

    func first(_ key: CellKey) -> TelemetryCounts? { first[key] }

    mutating func restore(_ key: CellKey, present: TelemetryCounts, first: TelemetryCounts?) {
        let place = place(zone: key.zone, quarter: Int64(key.quarter))
        cells[place].present = present
        guard let first else { return }
        self.first[key] = first
        cells[place].hasFirst = true
    }

    mutating func markAllDirty() {
        dirty = slabs.flatMap { slab, start in
            (0..<Int(TelemetryCells.quartersOfDay)).compactMap { quarter in
                let key = CellKey(
                    zone: slab.zone,
                    quarter: Int64(slab.day) * TelemetryCells.quartersOfDay + Int64(quarter)
                )
                let isUsed = cells[start + quarter].present != TelemetryCounts() || first[key] != nil
                return isUsed ? key : nil
            }
        }
    }

    mutating func takeDirty() -> [CellKey] {
        for key in dirty { cells[place(zone: key.zone, quarter: Int64(key.quarter))].isDirty = false }
        defer { dirty = [] }
        return dirty
    }

    private mutating func place(zone: UInt32, quarter: Int64) -> Int {
        // Event times are never before 2015, so the quotient is the floor.
        let (day, inDay) = quarter.quotientAndRemainder(dividingBy: TelemetryCells.quartersOfDay)
        while lastSlabs.count <= Int(zone) { lastSlabs.append((Int32.min, 0)) }
        if lastSlabs[Int(zone)].day != Int32(day) {
            lastSlabs[Int(zone)] = (Int32(day), slab(SlabKey(zone: zone, day: Int32(day))))
        }
        return lastSlabs[Int(zone)].slab + Int(inDay)
    }

    private mutating func slab(_ key: SlabKey) -> Int {
        if let slab = slabs[key] { return slab }
        let slab = cells.count
        slabs[key] = slab
        cells.append(contentsOf: repeatElement(Cell(), count: Int(TelemetryCells.quartersOfDay)))
        return slab
    }
}
