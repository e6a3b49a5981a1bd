package import Telemetry
package import Workload

/// What staffing looks at of a load cell: heartbeats and all else change no analysis.
package struct ObservedCell: Equatable, Sendable {
    package var zone: String
    package var start: EventTime
    package var responseMilliseconds: Int64
    var travelMilliseconds: Int64
    var onSiteMilliseconds: Int64
    var talkMilliseconds: Int64
    /// Most responders at work at one instant.
    var openPeak: Int64

    /// Nil where there is nothing of it in a cell.
    package init?(_ cell: LoadCell) {
        let measures = cell.measures
        guard measures.responseMs | measures.travelMs | measures.onSiteMs | measures.talkMs | measures.openPeak != 0 else { return nil }
        (zone, start) = (cell.zone, cell.start)
        responseMilliseconds = measures.responseMs
        travelMilliseconds = measures.travelMs
        onSiteMilliseconds = measures.onSiteMs
        talkMilliseconds = measures.talkMs
        openPeak = measures.openPeak
    }
}
