package import Telemetry

/// The figures of one zone and one span of time (CONTRACT 6): counts are whole numbers, times are milliseconds.
package struct Measures: Equatable, Sendable {
    package var raised: Int64 = 0
    package var answered: Int64 = 0
    package var dispatched: Int64 = 0
    package var accepted: Int64 = 0
    package var arrived: Int64 = 0
    package var closed: Int64 = 0
    package var repeated: Int64 = 0
    package var silent: Int64 = 0
    package var tests: Int64 = 0
    package var talkMs: Int64 = 0
    package var responseMs: Int64 = 0
    package var travelMs: Int64 = 0
    package var onSiteMs: Int64 = 0
    /// The largest number of responders at work at one instant. A maximum, not a sum.
    package var openPeak: Int64 = 0
    package var overlapMs: Int64 = 0
    package var heartbeats: Int64 = 0
    package var observations: Int64 = 0
    package var faults: Int64 = 0
    package var assists: Int64 = 0
    package var late: Int64 = 0
    /// Closed alarms by outcome, indexed as `Outcome.allCases`.
    package var outcomes = OutcomeCounts()

    package init() {}

    package var isEmpty: Bool { self == Measures() }

    /// Name and place of every measure but `outcomes`, in the contract's order: one list for API, store and reports.
    package static let named: [(name: String, path: any WritableKeyPath<Measures, Int64> & Sendable)] = [
        ("raised", \.raised), ("answered", \.answered), ("dispatched", \.dispatched), ("accepted", \.accepted),
        ("arrived", \.arrived), ("closed", \.closed), ("repeated", \.repeated), ("silent", \.silent),
        ("tests", \.tests), ("talkMs", \.talkMs), ("responseMs", \.responseMs), ("travelMs", \.travelMs),
        ("onSiteMs", \.onSiteMs), ("openPeak", \.openPeak), ("overlapMs", \.overlapMs),
        ("heartbeats", \.heartbeats), ("observations", \.observations), ("faults", \.faults),
        ("assists", \.assists), ("late", \.late),
    ]

    /// Adds another span of the same zone: everything is summed but `openPeak`, which is a maximum.
    package mutating func merge(_ other: Measures) {
        let peak = max(openPeak, other.openPeak)
        add(other)
        openPeak = peak
    }

    package mutating func add(_ other: Measures) {
        var sums = figures
        let others = other.figures
        for index in sums.indices { sums[index] += others[index] }
        figures = sums
    }

    /// Every figure by its place: those of `named` in its order, then the outcomes. Key paths would be asked half a
    /// million times for a month of quarters.
    package var figures: InlineArray<28, Int64> {
        // The properties are 28 whole numbers in a row and nothing else; a test holds their order against `named`.
        get { unsafeBitCast(self, to: InlineArray<28, Int64>.self) }
        set { self = unsafeBitCast(newValue, to: Measures.self) }
    }
}

/// Eight counts, one an outcome, without an allocation of their own.
package struct OutcomeCounts: Equatable, Sendable {
    private var counts: InlineArray<8, Int64> = .init(repeating: 0)

    package init() {}

    package static let indices = 0..<8

    package subscript(index: Int) -> Int64 {
        get { counts[index] }
        set { counts[index] = newValue }
    }

    package subscript(outcome: Outcome) -> Int64 {
        get { counts[OutcomeCounts.index(of: outcome)] }
        set { counts[OutcomeCounts.index(of: outcome)] = newValue }
    }

    private static func index(of outcome: Outcome) -> Int {
        switch outcome {
        case .resolvedByVoice: 0
        case .visited: 1
        case .emergencyServices: 2
        case .unintended: 3
        case .test: 4
        case .technical: 5
        case .cancelled: 6
        case .other: 7
        }
    }

    package static func == (left: OutcomeCounts, right: OutcomeCounts) -> Bool {
        indices.allSatisfy { left.counts[$0] == right.counts[$0] }
    }
}

/// One row of `/loads`: a zone's figures from `start` for the length of the step asked for.
package struct LoadCell: Equatable, Sendable {
    package var zone: String
    package var start: EventTime
    package var measures: Measures
    /// The figures differ from those first published.
    package var revised: Bool

    package init(zone: String, start: EventTime, measures: Measures, revised: Bool) {
        self.zone = zone
        self.start = start
        self.measures = measures
        self.revised = revised
    }
}
