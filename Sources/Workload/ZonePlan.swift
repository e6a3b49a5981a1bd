package import Telemetry

/// The part of the configuration that the fold depends on: which zones there are and where a device belongs when.
package struct ZonePlan: Equatable, Sendable {
    package struct Municipality: Equatable, Sendable {
        package var number: String
        package var name: String
        package var zones: [Zone]
        package var registry: [Registration]

        package init(number: String, name: String, zones: [Zone], registry: [Registration] = []) {
            self.number = number
            self.name = name
            self.zones = zones
            self.registry = registry
        }
    }

    package struct Zone: Equatable, Sendable {
        package var id: String
        package var name: String

        package init(id: String, name: String) {
            self.id = id
            self.name = name
        }
    }

    /// A device's place from `from` until `to` (excluded); open ends where nil.
    package struct Registration: Equatable, Sendable {
        package var device: String
        package var zone: String
        /// Its model, by which it is watched; nil for none.
        package var profile: String?
        package var from: EventTime?
        package var to: EventTime?

        package init(device: String, zone: String, profile: String? = nil, from: EventTime? = nil, to: EventTime? = nil) {
            self.device = device
            self.zone = zone
            self.profile = profile
            self.from = from
            self.to = to
        }

        func covers(_ time: EventTime) -> Bool { (from.map { $0 <= time } ?? true) && (to.map { time < $0 } ?? true) }
    }

    package var municipalities: [Municipality]

    /// The zone of everything whose zone is not known.
    package static let unknownZone = "ukjent"

    package init(municipalities: [Municipality]) { self.municipalities = municipalities }
}

/// The plan with numbers instead of names, as the fold asks it; grows by municipalities that are not configured.
struct ZoneIndex {
    struct Place {
        var zone: UInt32
        var from: EventTime?
        var to: EventTime?
    }

    private(set) var municipalities: [String] = []
    private(set) var zones: [(municipality: UInt32, id: String, canBeNamed: Bool)] = []
    private(set) var zoneTable: TextTable
    private var numbers: [String: UInt32] = [:]
    private var unknownZones: [UInt32] = []
    private(set) var isConfigured: [Bool] = []
    /// Configured zones by a few bits of their ids, which nearly every event names: most are found by one look. A zone
    /// that has lost its slot to another is found in the table.
    private var nearZones: ContiguousArray<NearZone>

    private struct NearZone {
        var id: ShortText
        var length: Int32
        var municipality: UInt32
        var zone: UInt32
        static let none = NearZone(id: ShortText(place: 0), length: 0, municipality: .max, zone: 0)
    }

    init(plan: ZonePlan, hasher: TextHasher) {
        zoneTable = TextTable(hasher: hasher)
        let zoneCount = plan.municipalities.reduce(1) { $0 + $1.zones.count }
        nearZones = .init(repeating: .none, count: 64 << (Int.bitWidth - (zoneCount / 8).leadingZeroBitCount))
        for municipality in plan.municipalities {
            let number = addMunicipality(municipality.number, isConfigured: true)
            for zone in municipality.zones { addZone(zone.id, in: number, canBeNamed: true) }
        }
    }

    mutating func municipality(_ name: String) -> UInt32 {
        numbers[name] ?? addMunicipality(name, isConfigured: false)
    }

    /// The number of a municipality that is known already.
    func number(ofMunicipality name: String) -> UInt32? { numbers[name] }

    /// The number of a configured zone.
    func zone(_ id: Text, in municipality: UInt32) -> UInt32? {
        if id.count <= ShortText.bytesMax {
            let short = ShortText(id)
            let near = nearZones[nearSlot(short, municipality)]
            if near.id == short, near.municipality == municipality, Int(near.length) == id.count { return near.zone }
        }
        guard let found = zoneTable.find(id, scope: municipality), zones[found].canBeNamed else { return nil }
        return UInt32(found)
    }

    /// The number of any zone that once was: of one no longer configured, a new number that no event can name.
    mutating func zoneKeepingRetired(_ id: String, in municipality: UInt32) -> UInt32 {
        if let found = id.withText({ zoneTable.find($0, scope: municipality) }) { return UInt32(found) }
        addZone(id, in: municipality, canBeNamed: false)
        return UInt32(zones.count - 1)
    }

    @inline(__always)
    private func nearSlot(_ id: ShortText, _ municipality: UInt32) -> Int {
        let mixed = (id.low ^ id.high &* 31 ^ UInt64(municipality) << 40) &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: mixed >> 32) & (nearZones.count - 1)
    }

    func unknownZone(of municipality: UInt32) -> UInt32 { unknownZones[Int(municipality)] }

    private mutating func addMunicipality(_ name: String, isConfigured: Bool) -> UInt32 {
        let number = UInt32(municipalities.count)
        municipalities.append(name)
        numbers[name] = number
        self.isConfigured.append(isConfigured)
        unknownZones.append(UInt32(zones.count))
        addZone(ZonePlan.unknownZone, in: number, canBeNamed: false)
        return number
    }

    private mutating func addZone(_ id: String, in municipality: UInt32, canBeNamed: Bool) {
        let (_, isNew) = id.withText { zoneTable.intern($0, scope: municipality) }
        precondition(isNew, "a zone id stands twice in one municipality: settings must refuse that")
        if canBeNamed, id.utf8.count <= ShortText.bytesMax {
            let short = id.withText { ShortText($0) }
            nearZones[nearSlot(short, municipality)] = NearZone(
                id: short,
                length: Int32(id.utf8.count),
                municipality: municipality,
                zone: UInt32(zones.count)
            )
        }
        zones.append((municipality, id, canBeNamed))
    }
}
