/// What came from one source, in events (CONTRACT 5): received = accepted + duplicates + rejected.
package struct LedgerRecord: Equatable, Sendable {
    package var municipality: String
    package var source: String
    package var messages: Int64 = 0
    package var accepted: Int64 = 0
    package var duplicates: Int64 = 0
    package var rejected: Int64 = 0
    package var late: Int64 = 0
    package var noClock: Int64 = 0
    package var unsetClock: Int64 = 0
    package var future: Int64 = 0
    package var firstSequence: Int64?
    package var lastSequence: Int64?
    /// Every maximal missing range between the first and the last sequence, inclusive.
    package var missing: [ClosedRange<Int64>] = []
    package var sequenceReuse: Int64 = 0
    /// Receive time of the first reuse.
    package var sequenceReuseFirst: Int64?

    /// What codecs found odd in devices' own formats but read all the same: short words with their counts.
    package var oddities: [String: Int64] = [:]

    package var received: Int64 { accepted + duplicates + rejected }

    package init(municipality: String, source: String) {
        self.municipality = municipality
        self.source = source
    }
}
