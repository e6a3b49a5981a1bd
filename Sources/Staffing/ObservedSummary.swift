import Telemetry
import Workload

/// From a tally to rows with intervals.
struct ObservedSummary {
    let tally: ObservedTally
    let zones: [String]
    let hasRoster: Bool
    let hasPlan: Bool
    let callOutsMin: Int
    let resamples: Int
    let seed: UInt64
    let drawn: ObservedStaffing.Drawn?

    private var grid: ObservedGrid { tally.grid }

    func shifts() -> [ObservedRow] {
        ShiftKind.allCases.compactMap { row($0, dayClass: nil, hour: nil, Array(grid.days.indices)) }
    }

    func days() -> [ObservedRow] {
        let byClass = daysByClass
        return ShiftKind.allCases.flatMap { kind in
            DayClass.allCases.compactMap { row(kind, dayClass: $0, hour: nil, byClass[$0] ?? []) }
        }
    }

    func hours() -> [ObservedRow] {
        let byClass = daysByClass
        return ShiftKind.allCases.flatMap { kind in
            DayClass.allCases.flatMap { dayClass in
                (0..<24).compactMap { row(kind, dayClass: dayClass, hour: $0, byClass[dayClass] ?? []) }
            }
        }
    }

    /// The hours of the week, whichever shifts they lie in.
    func week() -> ObservedWeek {
        let byClass = daysByClass
        let hours = (0..<168).map { hourOfWeek -> ObservedHour? in
            let samples = (byClass[DayClass(rawValue: hourOfWeek / 24 + 1)!] ?? []).map { tally.clockSlots[$0 * 24 + hourOfWeek % 24] }
                .filter { $0.quarters > 0 }
            guard !samples.isEmpty else { return nil }
            var whole = ObservedTally.Slot()
            for sample in samples { whole.add(sample) }
            let loads = samples.map(\.load).sorted()
            let covered = Double(whole.coveredMilliseconds)
            return ObservedHour(
                days: samples.count,
                callOuts: whole.callOuts,
                meanErlang: whole.load,
                p50Erlang: loads.nearestRank(percent: 50),
                p90Erlang: loads.nearestRank(percent: 90),
                positions: hasRoster ? whole.rostered / covered : nil,
                plannedPositions: hasPlan ? whole.planned / covered : nil,
                peakResponders: zones.count == 1 ? Int(whole.peak) : nil,
                exceededQuarters: hasRoster && zones.count == 1 ? whole.exceeded : 0
            )
        }
        return ObservedWeek(zones: zones, hours: hours)
    }

    private var daysByClass: [DayClass: [Int]] { Dictionary(grouping: grid.days.indices) { grid.dayClasses[$0] } }

    /// The slots of a shift that began on a day, of an hour or (nil) all.
    private func sum(day: Int, hour: Int?, kind: ShiftKind) -> ObservedTally.Slot {
        var sum = ObservedTally.Slot()
        for hour in hour.map({ $0...$0 }) ?? 0...23 {
            let slot = tally.slots[day * ObservedTally.slotsPerDay + hour * ObservedTally.kinds + kind.order]
            if slot.quarters > 0 { sum.add(slot) }
        }
        return sum
    }

    private func row(_ kind: ShiftKind, dayClass: DayClass?, hour: Int?, _ days: [Int]) -> ObservedRow? {
        var samples: [(day: Int, slot: ObservedTally.Slot)] = []
        var total = ObservedTally.Slot()
        for day in days {
            let slot = sum(day: day, hour: hour, kind: kind)
            guard slot.quarters > 0 else { continue }
            samples.append((day, slot))
            total.add(slot)
        }
        guard !samples.isEmpty else { return nil }
        let loads = samples.map(\.slot.load).sorted()
        var figures = ObservedFigures()
        figures.days = samples.count
        figures.coveredMilliseconds = total.coveredMilliseconds
        figures.callOuts = total.callOuts
        figures.responseMilliseconds = total.response
        figures.travelMilliseconds = total.travel
        figures.onSiteMilliseconds = total.onSite
        figures.talkMilliseconds = total.talk
        figures.loadErlang = Estimate(total.load)
        figures.loadP50Erlang = loads.nearestRank(percent: 50)
        figures.loadP90Erlang = loads.nearestRank(percent: 90)
        figures.rosteredMilliseconds = hasRoster ? total.rostered : nil
        figures.plannedMilliseconds = hasPlan ? total.planned : nil
        figures.unplannedShare = hasRoster && total.rostered > 0 ? Estimate(Double(total.response) / total.rostered) : nil
        for level in 0..<ObservedFigures.atOnceMax {
            figures.atOnce[level] = .init(
                milliseconds: total.atOnce[level],
                share: Estimate(Double(total.atOnce[level]) / Double(total.coveredMilliseconds)),
                times: total.times[level],
                longestMilliseconds: total.longest[level]
            )
        }
        figures.isTooFew = total.callOuts < callOutsMin
        if !figures.isTooFew { addIntervals(to: &figures, samples, seed: rowSeed(kind, dayClass, hour)) }
        return ObservedRow(zones: zones, kind: kind, dayClass: dayClass, hour: hour, figures: figures)
    }

    /// One of its own for every row, whichever other rows there are.
    private func rowSeed(_ kind: ShiftKind, _ dayClass: DayClass?, _ hour: Int?) -> UInt64 {
        let row = (kind.order * 9 + (dayClass?.rawValue ?? 0)) * 25 + (hour.map { $0 + 1 } ?? 0)
        return seed &+ UInt64(row) &* 0x9E37_79B9_7F4A_7C15
    }

    /// Percentile bootstrap of ratios (Efron & Tibshirani 1993, ch. 13) over weeks, which keep what a week's days have in common,
    /// or over days where there are few weeks.
    private func addIntervals(to figures: inout ObservedFigures, _ samples: [(day: Int, slot: ObservedTally.Slot)], seed: UInt64) {
        let units: [ObservedTally.Slot]
        switch drawn {
        case nil: return
        case .days: units = samples.map(\.slot)
        case .weeks:
            var byWeek: [Int: ObservedTally.Slot] = [:]
            for sample in samples { byWeek[grid.week(ofDay: sample.day), default: .init()].add(sample.slot) }
            units = byWeek.sorted { $0.key < $1.key }.map(\.value)
        }
        guard units.count >= ObservedStaffing.weeksMin else { return }
        let draws = RatioDraws(units, resamples: resamples, seed: seed)
        figures.loadErlang = draws.estimate(figures.loadErlang.value, \.load)
        if let share = figures.unplannedShare { figures.unplannedShare = draws.estimate(share.value, \.unplanned) }
        for level in 0..<ObservedFigures.atOnceMax {
            figures.atOnce[level].share = draws.estimate(figures.atOnce[level].share.value) { $0.atOnce[level] }
        }
    }
}

/// Drawn sets of units and the ratios each gives.
private struct RatioDraws {
    struct Ratios {
        var load = 0.0
        var unplanned = 0.0
        var atOnce: InlineArray<3, Double> = .init(repeating: 0)
    }

    private var drawn: [Ratios] = []

    init(_ units: [ObservedTally.Slot], resamples: Int, seed: UInt64) {
        var state = seed
        drawn.reserveCapacity(resamples)
        for _ in 0..<resamples {
            var covered = 0.0
            var response = 0.0
            var rostered = 0.0
            var ratios = Ratios()
            for _ in units.indices {
                // SplitMix64 (Steele, Lea & Flood 2014); the product's upper half is even over the units.
                state &+= 0x9E37_79B9_7F4A_7C15
                var word = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
                word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
                word ^= word >> 31
                let unit = Int(word.multipliedFullWidth(by: UInt64(units.count)).high)
                units.withUnsafeBufferPointer { units in
                    covered += Double(units[unit].coveredMilliseconds)
                    response += Double(units[unit].response)
                    rostered += units[unit].rostered
                    for level in ratios.atOnce.indices { ratios.atOnce[level] += Double(units[unit].atOnce[level]) }
                }
            }
            ratios.load = response / covered
            ratios.unplanned = rostered > 0 ? response / rostered : 0
            for level in ratios.atOnce.indices { ratios.atOnce[level] /= covered }
            drawn.append(ratios)
        }
    }

    /// A value with the middle 95 % of what was drawn.
    func estimate(_ value: Double, _ figure: (Ratios) -> Double) -> Estimate {
        var drawn = drawn.map(figure)
        guard let middle = Selection.middle95(&drawn) else { return Estimate(value) }
        return Estimate(value, low: middle.low, high: middle.high)
    }
}

extension ObservedTally.Slot {
    /// Erlang.
    fileprivate var load: Double { Double(response) / Double(coveredMilliseconds) }
}

extension [Double] {
    /// Nearest rank of ascending values, not empty.
    fileprivate func nearestRank(percent: Int) -> Double { self[Swift.max(0, (count * percent + 99) / 100 - 1)] }
}
