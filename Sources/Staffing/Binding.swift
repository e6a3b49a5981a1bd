/// Who of those at work planned work binds: as much of it as can be has somebody, and whose row stands first makes no difference.
///
/// Those who serve fewest zones are bound first; where all of a zone's are bound, one of them changes places with somebody who is not
/// (augmenting paths; Kuhn 1955).
struct Binding {
    /// By zone, places of the crews that serve it, in the order in which they are bound.
    private let able: [[Int]]
    private let people: [Int32]
    /// By crew, those who are not bound.
    private(set) var free: [Int32] = []
    /// By zone and crew.
    private var bound: [[Int32]] = []

    /// - Parameter crews: those at work in the order in which they are bound; zones are places.
    init(crews: [(people: Int32, zones: [Int])], zoneCount: Int) {
        people = crews.map(\.people)
        able = (0..<zoneCount).map { zone in crews.indices.filter { crews[$0].zones.contains(zone) } }
    }

    /// Binds anew.
    ///
    /// - Parameter needed: people by zone. O(zones · crews) for each of them at worst.
    mutating func bind(_ needed: [Int32]) {
        free = people
        bound = able.map { _ in people.map { _ in 0 } }
        for zone in able.indices {
            for _ in 0..<needed[zone] {
                var seen: Set<Int> = [zone]
                guard bindOne(zone, &seen) else { break }
            }
        }
    }

    private mutating func bindOne(_ zone: Int, _ seen: inout Set<Int>) -> Bool {
        if let crew = able[zone].first(where: { free[$0] > 0 }) {
            free[crew] -= 1
            bound[zone][crew] += 1
            return true
        }
        for crew in able[zone] {
            for other in able.indices where bound[other][crew] > 0 && seen.insert(other).inserted {
                guard bindOne(other, &seen) else { continue }
                bound[other][crew] -= 1
                bound[zone][crew] += 1
                return true
            }
        }
        return false
    }
}
