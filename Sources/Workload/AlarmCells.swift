import Telemetry

/// What alarms add to each cell, with the response intervals that peak and overlap come from.
struct AlarmCells {
    struct Figures {
        /// Without `openPeak` and `overlapMs`, which come from the intervals.
        var sums = Measures()
        var responses: [Contribution.Response] = []

        /// The sums with peak and overlap.
        func measures(of key: CellKey) -> Measures {
            var measures = sums
            (measures.openPeak, measures.overlapMs) = ResponsesAtWork.peakAndOverlap(
                responses,
                in: key.start..<key.end
            )
            return measures
        }
    }

    struct Cell {
        var present = Figures()
        /// What it showed when it was published; nil while nothing but history has changed it since.
        var first: Figures?
        var isDirty = false
    }

    private var cells: ContiguousArray<Cell> = []
    private var places: [CellKey: Int] = [:]
    /// Places found last, by a few bits of their keys: what alarms add is nearly always to the same few cells.
    private var lastPlaces: ContiguousArray<(key: CellKey, place: Int)> = .init(
        repeating: (CellKey(zone: .max, quarter: 0), 0),
        count: AlarmCells.lastPlacesCount
    )
    private var dirty: [CellKey] = []

    private static let lastPlacesCount = 256

    func cell(_ key: CellKey) -> Cell? { places[key].map { cells[$0] } }

    /// What a change does to the figures that a published cell showed first.
    enum FirstRule {
        /// A live message: they stay.
        case keep
        /// History of an alarm that is nothing else: they change like the present ones.
        case follow
        /// They are changed by `applyToFirst`.
        case apart
    }

    /// Adds (`sign` 1) or takes back (−1) a contribution because of a message received then.
    mutating func apply(_ contribution: Contribution, sign: Int64, received: EventTime, rule: FirstRule) {
        let keeps = rule != .follow && contribution.key.isPublished(at: received)
        change(contribution.key) { cell in
            if keeps, cell.first == nil { cell.first = cell.present }
            AlarmCells.apply(contribution, sign, to: &cell.present)
            if rule == .follow, cell.first != nil { AlarmCells.apply(contribution, sign, to: &cell.first!) }
        }
    }

    /// Changes the first figures alone; of a cell that has none apart, they are made from the present ones.
    mutating func applyToFirst(_ contribution: Contribution, sign: Int64) {
        change(contribution.key) { cell in
            if cell.first == nil { cell.first = cell.present }
            AlarmCells.apply(contribution, sign, to: &cell.first!)
        }
    }

    @inline(__always)
    private mutating func change(_ key: CellKey, _ body: (inout Cell) -> Void) {
        let place = place(of: key)
        body(&cells[place])
        if !cells[place].isDirty {
            cells[place].isDirty = true
            dirty.append(key)
        }
    }

    private mutating func place(of key: CellKey) -> Int {
        let slot = Int(truncatingIfNeeded: UInt32(bitPattern: key.quarter) &+ key.zone &* 31) & (AlarmCells.lastPlacesCount - 1)
        if lastPlaces[slot].key == key { return lastPlaces[slot].place }
        let place: Int
        if let known = places[key] {
            place = known
        } else {
            place = cells.count
            places[key] = place
            cells.append(Cell())
        }
        lastPlaces[slot] = (key, place)
        return place
    }

    private static func apply(_ contribution: Contribution, _ sign: Int64, to figures: inout Figures) {
        contribution.apply(to: &figures.sums, sign: sign)
        guard case .response(let response) = contribution.kind else { return }
        if sign > 0 {
            figures.responses.append(response)
        } else if let index = figures.responses.firstIndex(of: response) {
            figures.responses.swapAt(index, figures.responses.count - 1)
            figures.responses.removeLast()
        }
    }

    mutating func takeDirty() -> [CellKey] {
        for key in dirty { cells[place(of: key)].isDirty = false }
        defer { dirty = [] }
        return dirty
    }
}

/// Peak and overlap of responses (CONTRACT 6), by a sweep over their ends.
enum ResponsesAtWork {
    /// The largest number of responders at one instant of the span, and the time with two or more responses open.
    /// O(n log n).
    static func peakAndOverlap(_ responses: [Contribution.Response], in span: Range<EventTime>) -> (Int64, Int64) {
        switch responses.count {
        case 0: return (0, 0)
        case 1: return (Int64(responses[0].responders), 0)
        default: break
        }
        var ends: [(time: EventTime, responses: Int64, responders: Int64)] = []
        for response in responses {
            let cut = response.interval.clamped(to: span)
            ends.append((cut.lowerBound, 1, Int64(response.responders)))
            ends.append((cut.upperBound, -1, -Int64(response.responders)))
        }
        // Half open: what ends at an instant is gone before what starts there.
        ends.sort { ($0.time, $0.responses) < ($1.time, $1.responses) }
        var peak: Int64 = 0
        var overlap: Int64 = 0
        var open: Int64 = 0
        var atWork: Int64 = 0
        var last = span.lowerBound
        for end in ends {
            if open >= 2 { overlap += end.time - last }
            last = end.time
            open += end.responses
            atWork += end.responders
            peak = max(peak, atWork)
        }
        return (peak, overlap)
    }
}
