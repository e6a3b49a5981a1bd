import Store
import Telemetry
import Workload

/// Load cells. A month of quarters is megabytes of text, so the first pieces are sent while the rest is read.
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
                    try eachCell(begun: { position = $0 }) { cell, start in
                        json.object { $0.members(of: cell, start: start) }
                        guard json.bytes.count > CellText.pieceBytes - 1024 else { return }
                        let piece = json.take(bytesLikely: CellText.pieceBytes)
                        if isBegun {
                            flow.yield(piece)
                        } else {
                            begun.resume(returning: .init(body: piece, rest: pieces, position: position))
                        }
                        isBegun = true
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

    private func eachCell(begun: (Int64) -> Void, _ body: (borrowing LoadCell, String) -> Void) throws {
        var start: (time: EventTime, text: String)?
        var sums = LoadSums(step)
        func write(_ cell: borrowing LoadCell) {
            if start?.time != cell.start { start = (cell.start, Timestamp.format(cell.start)) }
            body(cell, start?.text ?? "")
        }
        _ = try views.eachCell(
            municipality: municipality,
            from: period.lowerBound,
            to: period.upperBound,
            zone: zones?.count == 1 ? zones?[0] : nil,
            publishedFirst: published == .first,
            begun: begun
        ) { cell in
            if let zones, !zones.contains(cell.zone) { return }
            sums.add(cell, write)
        }
        sums.finish(write)
    }
}
