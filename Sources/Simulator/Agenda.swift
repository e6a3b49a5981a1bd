/// What is to happen in the simulation, earliest first; what falls on the same instant keeps the order of its entry.
///
/// A binary heap: adding and taking are O(log n).
struct Agenda<Action: Sendable>: Sendable {
    struct Entry: Sendable {
        /// Milliseconds since the simulation's start.
        var time: Int64
        fileprivate var order: UInt64
        var action: Action

        fileprivate func precedes(_ other: Entry) -> Bool {
            time == other.time ? order < other.order : time < other.time
        }
    }

    private var heap: [Entry] = []
    private var entered: UInt64 = 0

    var first: Entry? { heap.first }

    mutating func add(_ action: Action, at time: Int64) {
        heap.append(Entry(time: time, order: entered, action: action))
        entered += 1
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[child].precedes(heap[parent]) else { break }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    mutating func removeFirst() {
        precondition(!heap.isEmpty, "the agenda has a first entry")
        let last = heap.removeLast()
        guard !heap.isEmpty else { return }
        heap[0] = last
        var parent = 0
        while true {
            var child = 2 * parent + 1
            guard child < heap.count else { break }
            if child + 1 < heap.count && heap[child + 1].precedes(heap[child]) { child += 1 }
            guard heap[child].precedes(heap[parent]) else { break }
            heap.swapAt(child, parent)
            parent = child
        }
    }
}

/// Values in numbered places that are used again once they are free.
struct Slots<Value: Sendable>: Sendable {
    private var values: [Value?] = []
    private var free: [Int] = []

    mutating func insert(_ value: Value) -> Int {
        if let place = free.popLast() {
            values[place] = value
            return place
        }
        values.append(value)
        return values.count - 1
    }

    mutating func remove(_ place: Int) -> Value? {
        defer { values[place] = nil }
        free.append(place)
        return values[place]
    }

    subscript(place: Int) -> Value? {
        get { values[place] }
        set { values[place] = newValue }
    }
}
