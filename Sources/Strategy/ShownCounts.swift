import Staffing
import Workload

/// Which counts of call-outs may leave the municipality: none under 5, and none that could be found by subtracting what is told of
/// other zones, shifts and sums (primary and complementary suppression, `Withholding`).
///
/// The same call-outs are told in several tables, so what one of them must withhold none of them tells: withholding more never
/// makes anything easier to find.
struct ShownCounts {
    /// Zones in the order of the rows, with what is withheld of them by shift.
    private let zones: [String]
    private let tables: [Withholding]

    /// Call-outs of a zone's shift; zones and shifts that are not named have none.
    typealias Table = [(zone: String, kind: ShiftKind, callOuts: Int)]

    init(zones: [String], tables: [Table]) {
        self.zones = zones
        self.tables = tables.filter { !$0.isEmpty }.map { table in
            var counts = [[Int]](repeating: [Int](repeating: 0, count: ShiftKind.allCases.count), count: zones.count)
            for row in table {
                if let place = zones.firstIndex(of: row.zone) { counts[place][row.kind.order] += row.callOuts }
            }
            return Withholding(counts)
        }
    }

    /// Whether the whole's count may be told.
    var isTotalShown: Bool { tables.allSatisfy { !$0.total } }

    /// Whether every zone's count of every shift is told.
    var isWhole: Bool { zones.allSatisfy { zone in ShiftKind.allCases.allSatisfy { isShown([zone], $0) } } }

    /// Whether a zone's count, that of all zones together, or of a group may be told; of a group only where each of its zones' is: else
    /// it would tell of the others.
    ///
    /// - Parameter kind: nil for all shifts together.
    func isShown(_ asked: [String], _ kind: ShiftKind?) -> Bool {
        if asked.count == 1, let place = zones.firstIndex(of: asked[0]) {
            return tables.allSatisfy { table in kind.map { !table.cells[place][$0.order] } ?? !table.rowSums[place] }
        }
        if Set(asked) == Set(zones) { return tables.allSatisfy { table in kind.map { !table.columnSums[$0.order] } ?? !table.total } }
        return asked.allSatisfy { zone in zones.contains(zone) && isShown([zone], kind) }
    }

    /// What of a line may be told beside its sum; nothing of it where the sum would have to go as well.
    static func shown(of line: [Int]) -> [Bool] {
        let withholding = Withholding([line])
        let isSumHidden = withholding.rowSums[0] || withholding.total
        return withholding.cells[0].map { !$0 && !isSumHidden }
    }
}
