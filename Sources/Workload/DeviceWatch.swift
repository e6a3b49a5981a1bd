import Telemetry

/// The registered devices with what is needed to say whether one is silent for too long: when it was last heard,
/// exactly, and through which source. Those of a known profile are watched; the others only have their place.
///
/// Places are numbered in the order in which the plan names the devices first, municipality by municipality.
struct DeviceWatch {
    /// A time that a device is registered for.
    struct Stay {
        var zone: UInt32
        var start: EventTime
        var end: EventTime
        /// Number of its rule; negative for none.
        var rule: Int32
    }

    struct Member {
        var device: UInt32
        /// The first stay that the registry names; nearly all have no other.
        var stay: Stay
        var hasMoreStays = false
    }

    static let noSource = UInt32.max

    private(set) var rules: ContiguousArray<WatchRule> = []
    private var ruleNumbers: [String: Int32] = [:]
    private(set) var members: ContiguousArray<Member> = []
    /// The places of a municipality's devices.
    private(set) var places: [UInt32: Range<Int>] = [:]
    private var moreStays: [Int: [Stay]] = [:]
    /// By place: the newest effective time of a live event; `.min` for never.
    private(set) var lastSeen: ContiguousArray<EventTime> = []
    private(set) var sources: ContiguousArray<UInt32> = []
    private(set) var batteries: ContiguousArray<DeviceBattery> = []
    private var dirtyBatteries: Set<Int32> = []
    private var dirtySources: Set<Int32> = []

    init(rules: [String: WatchRule]) {
        for (profile, rule) in rules {
            ruleNumbers[profile] = Int32(self.rules.count)
            self.rules.append(rule)
        }
    }

    /// Adds a stay of a device; all of one municipality come together.
    mutating func add(_ device: UInt32, _ place: ZoneIndex.Place, profile: String?, municipality: UInt32, in devices: inout DeviceLog) {
        let rule = profile.flatMap { ruleNumbers[$0] } ?? -1
        let stay = Stay(zone: place.zone, start: place.from ?? .min, end: place.to ?? .max, rule: rule)
        let known = devices.registered(device)
        let number = known ?? members.count
        if known == nil {
            members.append(Member(device: device, stay: stay))
            lastSeen.append(.min)
            sources.append(DeviceWatch.noSource)
            batteries.append(DeviceBattery())
            places[municipality] = (places[municipality]?.lowerBound ?? number)..<number + 1
        } else {
            members[number].hasMoreStays = true
            moreStays[number, default: []].append(stay)
        }
        devices.setRegistered(device, number, isWatched: rule >= 0)
    }

    /// The stay that holds at an instant; the first where several do.
    @inline(__always)
    func stay(_ place: Int, at t: EventTime) -> Stay? {
        let first = members[place].stay
        if first.start <= t, t < first.end { return first }
        return members[place].hasMoreStays ? moreStays[place]?.first { $0.start <= t && t < $0.end } : nil
    }

    // MARK: - Events

    /// Notes an accepted event of a watched device.
    @inline(__always)
    mutating func note(_ event: UnsafePointer<Event>, _ place: Int32, t: EventTime, source: UInt32, isHistory: Bool) {
        if !isHistory, t > lastSeen[Int(place)] {
            lastSeen[Int(place)] = t
            if sources[Int(place)] != source {
                sources[Int(place)] = source
                dirtySources.insert(place)
            }
        }
        if let percent = event.pointee.battery { noteBattery(place, percent: percent, t: t) }
    }

    private mutating func noteBattery(_ place: Int32, percent: Float, t: EventTime) {
        let stay = stay(Int(place), at: t)
        let rule = stay.flatMap { $0.rule >= 0 ? rules[Int($0.rule)].battery : nil }
        if batteries[Int(place)].read(percent, t: t, rule: rule) { dirtyBatteries.insert(place) }
    }

    mutating func noteBattery(_ place: Int32, isLow: Bool, t: EventTime) {
        if batteries[Int(place)].decide(isLow: isLow, t: t) { dirtyBatteries.insert(place) }
    }

    mutating func takeDirtyBatteries() -> [(device: UInt32, battery: DeviceBattery)] {
        defer { dirtyBatteries = [] }
        return dirtyBatteries.map { (members[Int($0)].device, batteries[Int($0)]) }
    }

    /// The devices that were heard through another source than before.
    mutating func takeDirtySources() -> [(device: UInt32, source: UInt32)] {
        defer { dirtySources = [] }
        return dirtySources.map { (members[Int($0)].device, sources[Int($0)]) }
    }

    // MARK: - Restoring

    /// Puts back when a device was last seen, by the quarter; a negative place is no watched device.
    mutating func restore(_ place: Int32, lastSeen time: EventTime) {
        if place >= 0 { lastSeen[Int(place)] = max(lastSeen[Int(place)], time) }
    }

    mutating func restore(_ place: Int32, source: UInt32) {
        if place >= 0 { sources[Int(place)] = source }
    }

    mutating func restore(_ place: Int32, battery: DeviceBattery) {
        if place >= 0 { batteries[Int(place)] = battery }
    }

    /// Puts back what another watch knows more exactly.
    mutating func restore(_ place: Int32, lastSeen time: EventTime, source: UInt32) {
        guard place >= 0, time >= lastSeen[Int(place)] else { return }
        lastSeen[Int(place)] = time
        sources[Int(place)] = source
    }
}
