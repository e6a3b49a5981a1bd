import Telemetry
import Workload

/// The members of a cell that are measures.
enum MeasureNames {
    static let all = Measures.named.map(\.name)
    static let ready = JSONText.Names(all)
}
