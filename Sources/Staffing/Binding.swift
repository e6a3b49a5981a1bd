/// Who of those at work planned work binds: as much of it as can be has somebody, and whose row stands first makes no difference.
///
/// Those who serve fewest zones are bound first; where all of a zone's are bound, one of them changes places with somebody who is not
/// (augmenting paths; Kuhn 1955).
struct Binding {
    /// Places of the crews that serve a zone, in the order in which they are bound, zone by zone.
    private let able: [Int]
    /// Where each zone's begin among them, and where the last ones end.
    private let starts: [Int]
    private let people: [Int32]
    /// By crew, those who are not bound.
    private(set) var free: [Int32]
    /// By zone × crews + crew.
    private var bound: [Int32]

    /// - Parameter crews: those at work in the order in which they are bound; zones are places.
    init(crews: [(people: Int32, zones: [Int])], zoneCount: Int) {
        people = crews.map(\.people)
        let byZone = (0..<zoneCount).map { zone in crews.indices.filter { crews[$0].zones.contains(zone) } }
        able = byZone.flatMap(\.self)
        starts = byZone.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
        free = people
        bound = Array(repeating: 0, count: zoneCount * people.count)
    }

    /// Binds anew.
    ///
    /// - Parameter needed: people by zone. O(zones · crews), and as much again for each who must change places, at worst.
    mutating func bind(_ needed: [Int32]) {
        for crew in people.indices { free[crew] = people[crew] }
        for place in bound.indices { bound[place] = 0 }
        for zone in 0..<starts.count - 1 where needed[zone] > 0 {
            var left = needed[zone]
            for place in starts[zone]..<starts[zone + 1] where left > 0 && free[able[place]] > 0 {
                let crew = able[place]
                let taken = min(left, free[crew])
                bind(taken, of: crew, to: zone)
                left -= taken
            }
            while left > 0 {
                var seen: Set<Int> = [zone]
                guard bindOne(zone, &seen) else { break }
                left -= 1
            }
        }
    }

    private mutating func bind(_ count: Int32, of crew: Int, to zone: Int) {
        free[crew] -= count
        bound[zone * people.count + crew] += count
    }

    private mutating func bindOne(_ zone: Int, _ seen: inout Set<Int>) -> Bool {
        let crews = able[starts[zone]..<starts[zone + 1]]
        if let crew = crews.first(where: { free[$0] > 0 }) {
            bind(1, of: crew, to: zone)
            return true
        }
        for crew in crews {
            for other in 0..<starts.count - 1 where bound[other * people.count + crew] > 0 && seen.insert(other).inserted {
                guard bindOne(other, &seen) else { continue }
                bound[other * people.count + crew] -= 1
                bound[zone * people.count + crew] += 1
                return true
            }
        }
        return false
    }
}
