import Strategy
import Telemetry
import Workload

/// What of freed hours leaves the municipality. A technology whose every count may be told is told as it is. Of another the net hours
/// alone are told, reckoned with the middle of what each hidden count can be, so that they are the same whichever it is.
extension FreedFigures {
    /// - Parameters:
    ///   - loads: the technologies' alarms by cause as they are told beside.
    ///   - counts: of the same events that are told already.
    mutating func withhold(_ counted: [FreedHours.Row], _ loads: ToldLoads, _ counts: inout ToldCounts) {
        let told = counted.map { [counts] row in
            let alarms = loads.alarms(behind: row.technology)
            return ToldFreedCounts(row.counts, of: row.technology, beside: alarms.told, by: alarms.kinds, all: alarms.counted, counts)
        }
        // What is done by a safety alarm is alarms closed at the centre.
        for (row, told) in zip(counted, told) where row.technology == .safetyAlarm && told.isDoneTold && told.isNetTold {
            _ = counts.tell([(.closedAtCentre, row.counts.done)])
        }
        // The hours of a row that is told tell its counts: what is left of a sum is the others'.
        if !told.allSatisfy({ $0.isNewWorkTold && $0.isNetTold }) { newWork = nil }
        guard !told.allSatisfy(\.isTold) else { return }
        let nets = zip(counted, told).map { $1.isNetTold ? $1.net($0) : nil }
        for place in rows.indices where !told[place].isTold {
            (rows[place].done, rows[place].freed, rows[place].newWork) = (nil, nil, nil)
            rows[place].net = nets[place]?.nearest
            rows[place].isRounded = nets[place] != nil
        }
        let whole = nets.contains(nil) ? nil : nets.compactMap(\.self).reduce(Range3.zero, +)
        (sum.done, sum.freed, sum.newWork, sum.net) = (nil, nil, nil, whole?.nearest)
        sum.isRounded = whole != nil
    }
}

extension ToldLoads {
    /// Alarms of further devices count as their profile's technology's, those of devices that nobody knows as a safety alarm's.
    fileprivate func alarms(behind technology: Technology) -> (told: AlarmsByCause, kinds: [AlarmsByCause], counted: AlarmsByCause) {
        let isOwn = uses.map { $0.kind.technology == technology } + [technology == .safetyAlarm]
        func all(_ counts: [Int?]) -> Int? { counts.contains(nil) ? nil : counts.compactMap(\.self).reduce(0, +) }
        var alarms = (told: AlarmsByCause(), kinds: [AlarmsByCause](), counted: AlarmsByCause())
        func add(_ column: WritableKeyPath<AlarmsByCause, Int?>, _ told: [Int?], sum: Int?, _ counted: [Int]) {
            let own = zip(isOwn, told).filter { $0.0 }.map(\.1)
            let rest = zip(isOwn, told).filter { !$0.0 }.map(\.1)
            // What others have, taken from the sum.
            let bySum = sum.flatMap { sum in all(rest).map { sum - $0 } }
            if !own.isEmpty { alarms.told[keyPath: column] = all(own) ?? bySum }
            alarms.counted[keyPath: column] = zip(isOwn, counted).reduce(0) { $0 + ($1.0 ? $1.1 : 0) }
        }
        add(\.alarms, kinds.map(\.alarms) + [unknown?.alarms], sum: sum.alarms, uses.map(\.alarms) + [others.alarms])
        add(\.callOuts, kinds.map(\.callOuts) + [unknown?.callOuts], sum: sum.callOuts, uses.map(\.callOuts) + [others.callOuts])
        // Causes are told of known devices alone.
        let causes = unknown?.alarms == 0 ? 0 : nil as Int?
        add(\.unintended, kinds.map(\.unintended) + [causes], sum: sum.unintended, uses.map(\.unintended) + [others.unintended])
        add(\.technical, kinds.map(\.technical) + [causes], sum: sum.technical, uses.map(\.technical) + [others.technical])
        let rows =
            kinds.map { AlarmsByCause(alarms: $0.alarms, callOuts: $0.callOuts, unintended: $0.unintended, technical: $0.technical) }
            + [AlarmsByCause(alarms: unknown?.alarms, callOuts: unknown?.callOuts)]
        alarms.kinds = zip(isOwn, rows).filter(\.0).map(\.1)
        return alarms
    }
}

extension Range3 {
    /// In round hours.
    fileprivate var nearest: Range3 {
        func nearest(_ hours: Double) -> Double { (hours / FreedFigures.roundedToHours).rounded() * FreedFigures.roundedToHours + 0 }
        return Range3(low: nearest(low), main: nearest(main), high: nearest(high))
    }
}
