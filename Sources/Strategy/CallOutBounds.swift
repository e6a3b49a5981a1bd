/// How many call-outs to unintended and to technical alarms there can be among some alarms, each and both together. Bounds that are
/// tight each for itself: those of two kinds of devices together are their sums (Frank, Generalized polymatroids, 1984).
struct CallOutBounds {
    private var unintended: ClosedRange<Int>
    private var technical: ClosedRange<Int>
    private var both: ClosedRange<Int>

    /// More than any municipality has; sums of it stay numbers.
    private static let most = 1 << 40
    static let any = 0...most

    /// So many kinds are told apart, in 2 to their number of steps; those beyond count as one.
    private static let kindsMax = 10

    /// By what is told of a kind's alarms.
    private init(_ told: AlarmsByCause) {
        let most = told.callOuts ?? told.alarms ?? CallOutBounds.most
        // Of those of one cause beyond the alarms that nobody was sent to, somebody was sent to each.
        let unsent = told.alarms.flatMap { alarms in told.callOuts.map { alarms - $0 } } ?? CallOutBounds.most
        func sent(of cause: Int, atMost high: Int) -> ClosedRange<Int> {
            let low = max(0, cause - unsent)
            return low...max(low, high)
        }
        let (first, second) = (told.unintended ?? 0, told.technical ?? 0)
        unintended = sent(of: first, atMost: min(told.unintended ?? most, most))
        technical = sent(of: second, atMost: min(told.technical ?? most, most))
        both = sent(of: first + second, atMost: most)
    }

    private init(_ kinds: [AlarmsByCause]) {
        (unintended, technical, both) = (0...0, 0...0, 0...0)
        for kind in kinds {
            guard let bounds = CallOutBounds(kind).narrowed else { continue }
            (unintended, technical, both) = (unintended + bounds.unintended, technical + bounds.technical, both + bounds.both)
        }
    }

    private init(_ unintended: ClosedRange<Int>, _ technical: ClosedRange<Int>, both: ClosedRange<Int>) {
        (self.unintended, self.technical, self.both) = (unintended, technical, both)
    }

    /// Each by what the others leave of it; nil where there is no such number.
    private var narrowed: CallOutBounds? {
        guard let first = unintended.within(both - technical), let second = technical.within(both - unintended),
            let sum = both.within(first + second)
        else { return nil }
        return CallOutBounds(first, second, both: sum)
    }

    /// What is left of told numbers once others are taken from them.
    private func narrowed(falseAlarms: ClosedRange<Int>, visits: ClosedRange<Int>, beside rest: CallOutBounds) -> CallOutBounds? {
        guard let first = unintended.within(falseAlarms - rest.unintended), let second = technical.within(visits - rest.technical),
            let sum = both.within(falseAlarms + visits - rest.both)
        else { return nil }
        return CallOutBounds(first, second, both: sum).narrowed
    }

    /// Whether numbers of call-outs for all kinds together tell of no kind, nor of some of them together, how many are a handful: call-outs
    /// by cause, alarms of a cause that nobody was sent to, call-outs and other alarms of neither cause.
    ///
    /// - Parameters:
    ///   - falseAlarms: all numbers that call-outs to unintended alarms can be told to be.
    ///   - visits: of those to technical ones.
    static func areSafe(falseAlarms: ClosedRange<Int>, visits: ClosedRange<Int>, of kinds: [AlarmsByCause]) -> Bool {
        let kinds = kinds.filter { $0.alarms != 0 }
        let apart = min(kinds.count, kindsMax)
        // All of them together are left out: they are tested as what is told of all.
        return (1..<max(1, 1 << apart - 1)).allSatisfy { chosen in
            func isChosen(_ place: Int) -> Bool { chosen >> min(place, apart - 1) & 1 == 1 }
            let some = kinds.indices.filter(isChosen).map { kinds[$0] }
            let rest = kinds.indices.filter { !isChosen($0) }.map { kinds[$0] }
            guard let bounds = CallOutBounds(some).narrowed(falseAlarms: falseAlarms, visits: visits, beside: CallOutBounds(rest)) else { return true }
            return bounds.areTellable(AlarmsByCause(some))
        }
    }

    /// Of each number that follows from the bounds.
    private func areTellable(_ told: AlarmsByCause) -> Bool {
        func number(_ range: ClosedRange<Int>) -> Int? { range.lowerBound == range.upperBound ? range.lowerBound : nil }
        func difference(_ whole: Int?, _ part: Int?) -> Int? { whole.flatMap { whole in part.map { whole - $0 } } }
        let (falseAlarms, visits, sent) = (number(unintended), number(technical), number(both))
        let unsent = difference(told.alarms, told.callOuts)
        let causes = difference(told.unintended.flatMap { unintended in told.technical.map { unintended + $0 } }, sent)
        let numbers = [
            falseAlarms, visits, difference(told.unintended, falseAlarms), difference(told.technical, visits), difference(told.callOuts, sent),
            difference(unsent, causes),
        ]
        return numbers.allSatisfy { $0?.isTellable ?? true }
    }
}

extension ClosedRange<Int> {
    /// What a sum can be, and a difference.
    fileprivate static func + (left: Self, right: Self) -> Self { (left.lowerBound + right.lowerBound)...(left.upperBound + right.upperBound) }
    fileprivate static func - (left: Self, right: Self) -> Self { (left.lowerBound - right.upperBound)...(left.upperBound - right.lowerBound) }

    /// What lies in both.
    fileprivate func within(_ other: Self) -> Self? { overlaps(other) ? clamped(to: other) : nil }
}

extension AlarmsByCause {
    /// Of kinds together; nil where a kind's is withheld.
    fileprivate init(_ kinds: [AlarmsByCause]) {
        func sum(_ column: (AlarmsByCause) -> Int?) -> Int? {
            kinds.allSatisfy { column($0) != nil } ? kinds.reduce(0) { $0 + (column($1) ?? 0) } : nil
        }
        self.init(alarms: sum(\.alarms), callOuts: sum(\.callOuts), unintended: sum(\.unintended), technical: sum(\.technical))
    }
}
