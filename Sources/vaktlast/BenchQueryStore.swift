import Foundation
import Ingest
import Store
import Telemetry
import Workload

/// The store of the query bench: one municipality with a year of events, folded as in the service, among 356 others
/// whose cells are written as rows by the store's own writer.
struct BenchQueryStore {
    static let municipalityCount = 357
    static let days: Int64 = 365
    private static let eventsInMessage: Int64 = 500
    private static let rowsInCommit = 200_000
    /// Every alarm of so many is visited.
    private static let visitedEvery: Int64 = 5

    let end: EventTime
    let events: BenchMix
    let count: Int64
    /// Quarters from one cell of another municipality's zone to the next.
    let othersEvery: Int64

    /// - Parameter isShort: a tenth of the events, and a cell a day in the other municipalities instead of one every three hours.
    init(end: EventTime, isShort: Bool) {
        self.end = end
        count = isShort ? 260_000 : 2_600_000
        othersEvery = isShort ? 96 : 12
        events = BenchMix(start: end - BenchQueryStore.days * 86_400_000, spacing: BenchQueryStore.days * 86_400_000_000 / count)
    }

    /// 3229 to 3585: the bench's own municipality stands in the middle.
    static let numbers = (0..<municipalityCount).map { String(3229 + $0) }

    /// - Returns: rows of cells in the store.
    func fill(folder: String, progress: (Double) -> Void) throws -> Int {
        let journal = try Journal(folder: folder)
        let views = try Views(folder: folder, hashKey: journal.hashKey) { Terminal.error($0) }
        let folding = Folding(setup: .init(plan: BenchSize.plan), hashKey: journal.hashKey)
        var position: Int64 = 0
        func fold(_ payload: [UInt8], received: EventTime) {
            position += 1
            let topic = "\(BenchService.root)/import"
            _ = folding.fold(JournalMessage(position: position, received: received, topic: topic, payload: payload))
        }
        for first in stride(from: 0, to: count, by: Int64.Stride(BenchQueryStore.eventsInMessage)) {
            let last = min(count, first + BenchQueryStore.eventsInMessage)
            fold(events.batch(first..<last), received: events.t(last) + 1000)
            fold(visits(first..<last), received: events.t(last) + 1000)
        }
        guard folding.counts.rejected == 0, folding.counts.duplicates == 0, let own = folding.takeCommit(outbox: []) else {
            throw Failure("the year's events were not all accepted")
        }
        try views.write(own)
        progress(0.2)
        var rows = own.changes.cells.count
        var commit = ViewsCommit(
            position: own.position,
            received: own.received,
            changes: StateChanges(),
            quarantine: [],
            outbox: [],
            replacesFigures: false,
            planFingerprint: own.planFingerprint
        )
        let quarters = TimeRule.quarter(of: events.start)..<TimeRule.quarter(of: end)
        for (index, number) in BenchQueryStore.numbers.enumerated() where number != BenchService.municipality {
            for quarter in stride(from: quarters.lowerBound, to: quarters.upperBound, by: Int64.Stride(othersEvery)) {
                for zone in BenchMix.zones {
                    var measures = Measures()
                    measures.heartbeats = 30 + quarter % 7
                    measures.observations = quarter % 3
                    commit.changes.cells.append(
                        CellRow(
                            municipality: number,
                            zone: zone,
                            quarter: quarter,
                            present: measures,
                            first: nil,
                            telemetry: measures,
                            telemetryFirst: nil
                        )
                    )
                }
            }
            if commit.changes.cells.count > BenchQueryStore.rowsInCommit || index == BenchQueryStore.municipalityCount - 1 {
                rows += commit.changes.cells.count
                try views.write(commit)
                commit.changes.cells = []
            }
            progress(0.2 + 0.8 * Double(index + 1) / Double(BenchQueryStore.municipalityCount))
        }
        try views.close()
        try journal.close()
        return rows
    }

    /// The call-outs of a range's alarms, as further events.
    private func visits(_ numbers: Range<Int64>) -> [UInt8] {
        let minute: Int64 = 60_000
        let steps: [(type: String, after: Int64, further: String)] = [
            ("dispatched", 2, ""), ("accepted", 3, #","responders":1"#), ("departed", 5, ""), ("arrived", 10, ""),
        ]
        var texts: [String] = []
        for alarm in numbers.lowerBound / 100..<numbers.upperBound / 100 where alarm % BenchQueryStore.visitedEvery == 0 {
            for step in steps {
                let t = Timestamp.format(events.t(alarm * 100 + 33) + step.after * minute)
                texts.append(
                    #"{"specversion":"1.0","id":"v-\#(alarm)-\#(step.type)","source":"bench","type":"no.vaktlast.alarm.\#(step.type)","#
                        + #""time":"\#(t)","data":{"alarm":"\#(events.prefix)-\#(alarm)"\#(step.further)}}"#
                )
            }
        }
        return Array("[\(texts.joined(separator: ","))]".utf8)
    }

    /// What the cells of a time must sum up to; visits whose alarm lies outside do not matter to these.
    func expected(from: EventTime, to: EventTime) -> (heartbeats: Int64, raised: Int64) {
        var sums = (heartbeats: Int64(0), raised: Int64(0))
        for number in 0..<count where (from..<to).contains(events.t(number)) {
            if BenchMix.isHeartbeat(number % 100) { sums.heartbeats += 1 }
            if number % 100 == 33 { sums.raised += 1 }
        }
        return sums
    }
}
