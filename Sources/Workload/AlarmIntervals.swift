package import Telemetry

/// Talk and response of one alarm (CONTRACT 6), from the times of its steps alone.
///
/// No start, no interval. A start without an end, an end before the start, or more than six hours is flagged and
/// contributes nothing; nothing is repaired by trying another step.
package struct AlarmIntervals: Equatable, Sendable {
    /// `[answered, min(dispatched, closed))`
    package private(set) var talk: Range<EventTime>?
    /// `[departed, else accepted, else dispatched, else arrived; closed)`
    package private(set) var response: Range<EventTime>?
    /// When the responders arrived, if that divides the response.
    package private(set) var arrived: EventTime?
    /// A bit a flag: nothing to allocate on the hot path.
    private var flagBits: UInt8 = 0

    /// In the order of `Flag.allCases`.
    package var flags: [Flag] {
        Flag.allCases.filter { flagBits & 1 << $0.bit != 0 }
    }

    package enum Flag: String, CaseIterable, Sendable {
        case talkOpen = "talk:open", talkOrder = "talk:illegal-order", talkImplausible = "talk:implausible"
        case responseOpen = "response:open", responseOrder = "response:illegal-order"
        case responseImplausible = "response:implausible"
        case splitOrder = "split:illegal-order"

        /// Its place among `allCases`.
        fileprivate var bit: UInt8 {
            switch self {
            case .talkOpen: 0
            case .talkOrder: 1
            case .talkImplausible: 2
            case .responseOpen: 3
            case .responseOrder: 4
            case .responseImplausible: 5
            case .splitOrder: 6
            }
        }
    }

    package init(time: (Step) -> EventTime?) {
        let closed = time(.closed)
        if let answered = time(.answered) {
            let dispatched = time(.dispatched)
            let end = dispatched.map { min($0, closed ?? $0) } ?? closed
            talk = interval(answered, end, open: .talkOpen, order: .talkOrder, implausible: .talkImplausible)
        }
        guard let start = time(.departed) ?? time(.accepted) ?? time(.dispatched) ?? time(.arrived) else { return }
        response = interval(
            start,
            closed,
            open: .responseOpen,
            order: .responseOrder,
            implausible: .responseImplausible
        )
        guard let response, let arrived = time(.arrived) else { return }
        if response.lowerBound <= arrived, arrived <= response.upperBound {
            self.arrived = arrived
        } else {
            _ = flag(.splitOrder)
        }
    }

    package var travel: Range<EventTime>? {
        guard let response, let arrived else { return nil }
        return response.lowerBound..<arrived
    }

    package var onSite: Range<EventTime>? {
        guard let response, let arrived else { return nil }
        return arrived..<response.upperBound
    }

    private mutating func interval(
        _ start: EventTime,
        _ end: EventTime?,
        open: Flag,
        order: Flag,
        implausible: Flag
    ) -> Range<EventTime>? {
        guard let end else { return flag(open) }
        guard start <= end else { return flag(order) }
        guard end - start <= TimeRule.implausibleAfterMilliseconds else { return flag(implausible) }
        return start..<end
    }

    private mutating func flag(_ flag: Flag) -> Range<EventTime>? {
        flagBits |= 1 << flag.bit
        return nil
    }
}

extension Range<EventTime> {
    package var lengthMilliseconds: Int64 { upperBound - lowerBound }
}
