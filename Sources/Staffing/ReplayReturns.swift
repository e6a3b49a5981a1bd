import Telemetry

/// Who comes back when: a binary heap by instant.
struct ReturnQueue {
    private var items: ContiguousArray<(time: EventTime, crew: Int32)> = []

    var first: EventTime? { items.isEmpty ? nil : items[0].time }

    mutating func removeAll() { items.removeAll(keepingCapacity: true) }

    mutating func insert(_ time: EventTime, crew: Int32) {
        var place = items.count
        items.append((time, crew))
        while place > 0, items[(place - 1) / 2].time > time {
            items[place] = items[(place - 1) / 2]
            place = (place - 1) / 2
        }
        items[place] = (time, crew)
    }

    mutating func removeFirst() -> Int32 {
        let crew = items[0].crew
        let last = items.removeLast()
        guard !items.isEmpty else { return crew }
        var place = 0
        while true {
            var child = 2 * place + 1
            guard child < items.count else { break }
            if child + 1 < items.count, items[child + 1].time < items[child].time { child += 1 }
            guard items[child].time < last.time else { break }
            items[place] = items[child]
            place = child
        }
        items[place] = last
        return crew
    }
}
