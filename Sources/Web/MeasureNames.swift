import Workload

/// The members of a cell that are measures.
enum MeasureNames {
    static let all = Measures.named.map(\.name)
}
