import Dispatch
import Store
import Synchronization
import Telemetry
import Workload

/// Load cells. A month of quarters is megabytes of text, so reading, writing and sending go on beside one another.
extension API {
    func loads(_ query: Query, _ caller: Access.Caller) async throws -> Answer {
        let (municipality, zones) = try bounds(query, caller)
        let (period, step) = (try query.period(), try query.word("step", default: LoadStep.quarter))
        let cells = CellText(
            views: views,
            municipality: municipality,
            period: period,
            zones: zones,
            step: step,
            published: try query.word("published", default: Published.present)
        )
        try caller.requireCells()
        try await settle(query)
        return try await withCheckedThrowingContinuation { begun in Task.detached { cells.write(begun) } }
    }
}

/// The cells that were asked for, as JSON.
private struct CellText: Sendable {
    /// So much is sent at a time: few enough bytes to be still in the processor's cache when the kernel takes them.
    static let pieceBytes = 128 << 10
    /// So many cells are handed from reading to writing at a time.
    static let batchCount = 512

    let views: ViewsReader
    let municipality: String
    let period: Range<EventTime>
    /// Nil for all.
    let zones: [String]?
    let step: LoadStep
    let published: Published

    /// Gives the answer as soon as its first piece is there; what fails later breaks the answer off.
    func write(_ begun: CheckedContinuation<API.Answer, any Error>) {
        let (pieces, flow) = AsyncThrowingStream.makeStream(of: [UInt8].self)
        var position: Int64 = 0
        var isBegun = false
        var json = JSONText(bytesLikely: CellText.pieceBytes)
        do {
            try json.object { json in
                json.member("municipality", municipality)
                json.member("from", Timestamp.format(period.lowerBound))
                json.member("to", Timestamp.format(period.upperBound))
                json.member("step", step.rawValue)
                try json.array("cells") { json in
                    let batches = read()
                    var start: (time: EventTime, text: String)?
                    while let batch = try batches.next() {
                        position = batch.position
                        for cell in batch.cells {
                            if start?.time != cell.start { start = (cell.start, Timestamp.format(cell.start)) }
                            json.object { $0.members(of: cell, start: start?.text ?? "") }
                            guard json.bytes.count > CellText.pieceBytes - 1024 else { continue }
                            let piece = json.take(bytesLikely: CellText.pieceBytes)
                            if isBegun {
                                flow.yield(piece)
                            } else {
                                begun.resume(returning: .init(body: piece, rest: pieces, position: position))
                            }
                            isBegun = true
                        }
                    }
                }
                json.member("position", position)
            }
        } catch {
            guard isBegun else { return begun.resume(throwing: error) }
            return flow.finish(throwing: error)
        }
        guard isBegun else { return begun.resume(returning: .init(body: json.bytes, position: position)) }
        flow.yield(json.bytes)
        flow.finish()
    }

    /// Begins to read on a thread of its own: the tasks' few threads may all be waiting for what others read.
    private func read() -> Handover {
        let handover = Handover()
        DispatchQueue.global(qos: .userInitiated).async {
            var batch = Batch()
            var sums = LoadSums(step)
            func give(_ cell: borrowing LoadCell) {
                batch.cells.append(copy cell)
                guard batch.cells.count == CellText.batchCount else { return }
                handover.give(.success(batch))
                batch.cells = []
                batch.cells.reserveCapacity(CellText.batchCount)
            }
            do {
                batch.position = try views.eachCell(
                    municipality: municipality,
                    from: period.lowerBound,
                    to: period.upperBound,
                    zone: zones?.count == 1 ? zones?[0] : nil,
                    publishedFirst: published == .first,
                    begun: { batch.position = $0 }
                ) { cell in
                    if let zones, !zones.contains(cell.zone) { return }
                    sums.add(cell, give)
                }
                sums.finish(give)
                handover.give(.success(batch))
                handover.give(.success(nil))
            } catch {
                handover.give(.failure(error))
            }
        }
        return handover
    }
}

/// Cells in order, and the position they stand for.
private struct Batch: Sendable {
    var position: Int64 = 0
    var cells: [LoadCell] = []
}

/// Hands cells from the thread that reads them to the one that writes them.
private final class Handover: Sendable {
    private let batches = Mutex<[Result<Batch?, any Error>]>([])
    private let count = DispatchSemaphore(value: 0)

    /// Nil after the last.
    func give(_ batch: Result<Batch?, any Error>) {
        batches.withLock { $0.append(batch) }
        count.signal()
    }

    /// Waits for the next.
    func next() throws -> Batch? {
        count.wait()
        return try batches.withLock { $0.removeFirst() }.get()
    }
}
