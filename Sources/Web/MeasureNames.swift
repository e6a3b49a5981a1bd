import Workload

/// The members of a cell that are measures.
enum MeasureNames {
    static let all = Measures.named.map(\.name)
}

extension Measures {
    /// The figures in the order of `MeasureNames.all`, without key paths: a month of quarters has half a million.
    var inOrder: InlineArray<20, Int64> {
        [
            raised, answered, dispatched, accepted, arrived, closed, repeated, silent, tests, talkMs, responseMs,
            travelMs, onSiteMs, openPeak, overlapMs, heartbeats, observations, faults, assists, late,
        ]
    }
}
