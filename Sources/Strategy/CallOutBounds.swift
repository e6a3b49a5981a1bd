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
        let (first, second) = (told.unintended ?? 0, told.technical ?? 0)
        unintended = max(0, first - unsent)...max(0, min(told.unintended ?? most, most))
        technical = max(0, second - unsent)...max(0, min(told.technical ?? most, most))
        both = max(0, first + second - unsent)...max(0, most)
    }

    private init(_ kinds: [AlarmsByCause]) {
        (unintended, technical, both) = (0...0, 0...0, 0...0)
        for kind in kinds {
            guard let bounds = CallOutBounds(kind).narrowed else { continue }
            unintended = CallOutBounds.add(unintended, bounds.unintended)
            technical = CallOutBounds.add(technical, bounds.technical)
            both = CallOutBounds.add(both, bounds.both)
        }
    }

    private static func add(_ one: ClosedRange<Int>, _ other: ClosedRange<Int>) -> ClosedRange<Int> {
        (one.lowerBound + other.lowerBound)...(one.upperBound + other.upperBound)
    }

    /// Each by what the others leave of it; nil where there is no such number.
    private var narrowed: CallOutBounds? {
        var bounds = self
        func part(_ part: ClosedRange<Int>, _ other: ClosedRange<Int>) -> ClosedRange<Int>? {
            .init(from: max(part.lowerBound, both.lowerBound - other.upperBound), to: min(part.upperBound, both.upperBound - other.lowerBound))
        }
        guard let first = part(unintended, technical), let second = part(technical, unintended) else { return nil }
        let sum = CallOutBounds.add(first, second)
        guard let both = ClosedRange(from: max(both.lowerBound, sum.lowerBound), to: min(both.upperBound, sum.upperBound)) else { return nil }
        (bounds.unintended, bounds.technical, bounds.both) = (first, second, both)
        return bounds
    }

    /// What is left of told numbers once others are taken from them.
    private func narrowed(falseAlarms: ClosedRange<Int>, visits: ClosedRange<Int>, beside rest: CallOutBounds) -> CallOutBounds? {
        func part(_ part: ClosedRange<Int>, _ told: ClosedRange<Int>, _ rest: ClosedRange<Int>) -> ClosedRange<Int>? {
            .init(from: max(part.lowerBound, told.lowerBound - rest.upperBound), to: min(part.upperBound, told.upperBound - rest.lowerBound))
        }
        guard let first = part(unintended, falseAlarms, rest.unintended), let second = part(technical, visits, rest.technical),
            let sum = part(both, CallOutBounds.add(falseAlarms, visits), rest.both)
        else { return nil }
        var bounds = self
        (bounds.unintended, bounds.technical, bounds.both) = (first, second, sum)
        return bounds.narrowed
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
    /// Nil where `last` comes before `first`.
    fileprivate init?(from first: Int, to last: Int) {
        guard first <= last else { return nil }
        self = first...last
    }
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
