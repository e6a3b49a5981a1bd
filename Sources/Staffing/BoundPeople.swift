import Telemetry

/// How many people of each zone planned work binds as time goes: 2.4 are two for the hour and a third for 24 minutes of it.
///
/// These minutes are the first of the hour. Zones that share people have theirs one after the other, from the end of the hour to its
/// beginning again, so that on people of both the sum is bound: 35 minutes in each of two zones are one person for the hour and another
/// for ten minutes.
struct BoundPeople: Sendable {
    let firmShare: Double
    /// By zone, a zone that stands for all that share people with it.
    private let sharing: [Int]
    private var changes: [(time: EventTime, zone: Int, people: Int32)]
    private var next = 0
    private(set) var people: [Int32]

    init(_ planned: PlannedLoad, firmShare: Double, zones: [String], sharing: [Int]) {
        (self.firmShare, self.sharing) = (firmShare, sharing)
        var changes: [(time: EventTime, zone: Int, people: Int32)] = []
        let rows = zones.map { planned.zones.firstIndex(of: $0) }
        for hour in 0..<planned.hourCount {
            let (start, end) = (planned.hours[hour], planned.hours[hour + 1])
            var taken = [Int64](repeating: 0, count: zones.count)
            for (zone, row) in rows.enumerated() {
                guard let row else { continue }
                let needed = planned.people(zone: row, hour: hour) * firmShare
                let whole = Int32(needed.rounded(.down))
                let part = Int64(((needed - Double(whole)) * Double(end - start)).rounded())
                let from = taken[sharing[zone]]
                let wrapped = max(0, from + part - (end - start))
                taken[sharing[zone]] = (from + part) % max(1, end - start)
                if from > 0 { changes.append((start, zone, wrapped > 0 ? whole + 1 : whole)) }
                if wrapped > 0 { changes.append((start + wrapped, zone, whole)) }
                if part > 0 { changes.append((start + from, zone, whole + 1)) }
                if start + from + part < end { changes.append((start + from + part, zone, whole)) }
            }
        }
        for (zone, row) in rows.enumerated() where row != nil { changes.append((planned.hours[planned.hourCount], zone, 0)) }
        // Those of an hour lie before those of the next, so none has far to go.
        for place in changes.indices.dropFirst() {
            var place = place
            while place > 0, changes[place - 1].time > changes[place].time {
                changes.swapAt(place - 1, place)
                place -= 1
            }
        }
        self.changes = changes
        people = Array(repeating: 0, count: zones.count)
    }

    /// Whether the same zones share people, among some.
    func isShared(as sharing: [Int], in isLookedAt: [Bool]?) -> Bool {
        zip(self.sharing, sharing).enumerated().allSatisfy { $1.0 == $1.1 || isLookedAt?[$0] == false }
    }

    /// Those of some zones alone.
    func limited(to isKept: [Bool]) -> BoundPeople {
        var limited = self
        limited.changes.removeAll { !isKept[$0.zone] }
        return limited
    }

    var nextTime: EventTime? { next < changes.count ? changes[next].time : nil }

    /// Sets `people` to those of an instant, which never lies before the one that was set last.
    mutating func advance(to time: EventTime) {
        while next < changes.count, changes[next].time <= time {
            people[changes[next].zone] = changes[next].people
            next += 1
        }
    }
}
