import Strategy

/// What may be told of some zones' counts and of their sum in a report that leaves the municipality: none under five, and
/// none that could be found by subtraction.
struct SumWithholding {
    /// By zone, true for what is withheld.
    let zones: [Bool]
    let sum: Bool

    init(_ counts: [Int]) {
        let withholding = Withholding([counts])
        zones = withholding.cells[0]
        // Of a table of one row the row's sum is the whole.
        sum = withholding.rowSums[0] || withholding.total
    }
}
