package import Staffing
import Workload

/// The what-if of a page: fields in, changes out, or a sentence at each field that cannot be used.
package struct WhatIfForm: Sendable {
    /// A field that cannot be used.
    package struct Problem: Equatable, Sendable {
        package var field: String
        package var bokmal: String
    }

    /// Set by the form's button, so that empty fields can be taken out of the address.
    package static let sentField = "svar"

    /// What was written, by field.
    package let values: [String: String]
    /// Of these zones; a change names them, or all.
    package let zones: [StaffingAnalysis.Zone]
    package let settings: StaffingSettings
    package private(set) var changes: [StaffingChange] = []
    package private(set) var problems: [Problem] = []
    /// Whether a link brought changes for zones that are not among these, whether there are such zones or not; they are left out.
    package let hasOtherZones: Bool

    package static let positionsMax = 20.0
    package static let startMinutesMax = 240.0
    package static let travelPercents = -50.0...300.0
    package static let loadFactors = 0.1...10.0

    enum Field {
        static let normMinutes = "norm.minutter"
        static let normPercent = "norm.andel"
        static let centre = "sentral"
        static let travel = "reise"
        static let year = "aar"
        static let load = "ganger"

        static let (positionsBeginning, pooledBeginning) = ("vakt.", "sammen.")

        static func positions(_ zone: String, _ kind: ShiftKind) -> String { "\(positionsBeginning)\(zone).\(kind.rawValue)" }
        static func start(_ kind: ShiftKind) -> String { "start.\(kind.rawValue)" }
        static func pooled(_ zone: String) -> String { "\(pooledBeginning)\(zone)" }
    }

    /// What the names of fields begin with that are about one zone.
    package static let zoneBeginnings = [Field.positionsBeginning, Field.pooledBeginning]

    /// What the page says where `hasOtherZones`: the same of zones that the reader does not see and of those that do not exist.
    package static let otherZonesText = "Deler av lenken gjelder ikke sonene du ser, og er utelatt."

    /// All names that the form may bring, so that a reader's other fields are left alone.
    package static func names(zones: [String]) -> [String] {
        zones.flatMap { zone in ShiftKind.allCases.map { Field.positions(zone, $0) } } + ShiftKind.allCases.map(Field.start) + zones.map(Field.pooled)
            + [Field.normMinutes, Field.normPercent, Field.centre, Field.travel, Field.year, Field.load]
    }

    /// - Parameters:
    ///   - names: of all fields with a value that begin as `zoneBeginnings`, also of zones that are not among these.
    ///   - value: what stands in a field; nil where nothing does.
    package init(zones: [StaffingAnalysis.Zone], settings: StaffingSettings, names: [String] = [], value: (String) -> String?) {
        self.zones = zones
        self.settings = settings
        let own = WhatIfForm.names(zones: zones.map(\.id))
        var values: [String: String] = [:]
        for name in own { values[name] = value(name) }
        let others = Set(names).subtracting(own).filter { !WhatIfForm.isNeutral($0, value($0) ?? "") }
        // A zone whose helpers are left out has nobody left to help.
        let pooled = zones.map { Field.pooled($0.id) }.filter { WhatIfForm.isSet(values[$0]) }
        if let only = pooled.first, pooled.count == 1, others.contains(where: { $0.hasPrefix(Field.pooledBeginning) }) { values[only] = nil }
        self.values = values
        hasOtherZones = !others.isEmpty
        readPositions()
        readStarts()
        readPooling()
        readNorm()
        readRest()
    }

    /// Nil where nothing is changed, or something cannot be used.
    package var whatIf: WhatIf? { changes.isEmpty || !problems.isEmpty ? nil : WhatIf(name: "Hva om", changes: changes) }

    /// The fields that say something, in a fixed order: what stands in an address to be shared.
    package var fields: [ReportNavigation.Field] {
        WhatIfForm.names(zones: zones.map(\.id)).compactMap { name in
            guard let text = values[name], !WhatIfForm.isNeutral(name, text) else { return nil }
            return .init(name: name, value: text)
        }
    }

    /// Whether a field changes nothing.
    private static func isNeutral(_ name: String, _ text: String) -> Bool {
        guard let number = number(text) else { return text.isEmpty }
        return number == (name == Field.load ? 1 : 0)
    }

    // MARK: Reading

    private mutating func readPositions() {
        // The same for all zones of a kind is one change.
        for kind in ShiftKind.allCases {
            var byDelta: [(delta: Double, zones: [String])] = []
            for zone in zones {
                let field = Field.positions(zone.id, kind)
                guard let delta = number(field, in: -WhatIfForm.positionsMax...WhatIfForm.positionsMax, such: "1, -1 eller 0,5"), delta != 0 else { continue }
                if let place = byDelta.firstIndex(where: { $0.delta == delta }) {
                    byDelta[place].zones.append(zone.id)
                } else {
                    byDelta.append((delta, [zone.id]))
                }
            }
            changes += byDelta.map { .positions(zones: $0.zones, kind: kind, days: nil, delta: $0.delta) }
        }
    }

    private mutating func readStarts() {
        for kind in ShiftKind.allCases {
            let limit = WhatIfForm.startMinutesMax
            guard let minutes = number(Field.start(kind), in: -limit...limit, such: "30, eller -30 for tidligere"), minutes != 0 else { continue }
            guard minutes == minutes.rounded() else {
                let typed = (values[Field.start(kind)] ?? "").shown
                problems.append(.init(field: Field.start(kind), bokmal: "«\(typed)» kan ikke brukes: skriv hele minutter, for eksempel 30."))
                continue
            }
            changes.append(.start(zones: zones.map(\.id), kind: kind, laterMinutes: Int(minutes)))
        }
    }

    private mutating func readPooling() {
        let pooled = zones.filter { isPooled($0.id) }
        guard let only = pooled.first else { return }
        guard pooled.count > 1 else {
            problems.append(.init(field: Field.pooled(only.id), bokmal: "Velg minst to soner som skal hjelpe hverandre."))
            return
        }
        changes.append(.pool(zones: pooled.map(\.id), kinds: [.night]))
    }

    func isPooled(_ zone: String) -> Bool { WhatIfForm.isSet(values[Field.pooled(zone)]) }

    /// Whether a box is ticked.
    private static func isSet(_ text: String?) -> Bool { text.map { $0 != "0" } ?? false }

    private mutating func readNorm() {
        let minutes = number(Field.normMinutes, in: 1...360, such: "30")
        let percent = number(Field.normPercent, in: 1...100, such: "90")
        guard minutes != nil || percent != nil else { return }
        var norm = settings.norm
        if let minutes { norm.withinMilliseconds = Int64((minutes * 60_000).rounded()) }
        if let percent { norm.share = percent / 100 }
        guard norm.withinMilliseconds != settings.norm.withinMilliseconds || norm.share != settings.norm.share else { return }
        norm.source = "hva om"
        changes.append(.norm(norm))
    }

    private mutating func readRest() {
        if let percent = number(Field.centre, in: 0...100, such: "10"), percent > 0 { changes.append(.closedAtCentre(share: percent / 100)) }
        if let percent = number(Field.travel, in: WhatIfForm.travelPercents, such: "20"), percent != 0 { changes.append(.travel(factor: 1 + percent / 100)) }
        var load: Double?
        if let text = values[Field.year] {
            if let demand = settings.demandFactors.first(where: { "\($0.year)" == text }) {
                load = demand.factor.value
            } else {
                problems.append(.init(field: Field.year, bokmal: "Velg ett av årene i lista."))
            }
        }
        if let factor = number(Field.load, in: WhatIfForm.loadFactors, such: "1,3"), factor != 1 {
            if load == nil {
                load = factor
            } else {
                problems.append(.init(field: Field.load, bokmal: "Velg enten et år eller skriv hvor mange ganger så mange, ikke begge."))
            }
        }
        if let load { changes.append(.load(factor: load)) }
    }

    /// A field's number; nil where it is empty, or no number within the bounds, which is then a problem.
    private mutating func number(_ field: String, in bounds: ClosedRange<Double>, such example: String) -> Double? {
        guard let text = values[field] else { return nil }
        guard let number = WhatIfForm.number(text), bounds.contains(number) else {
            let range = "\(Norwegian.shortest(bounds.lowerBound)) til \(Norwegian.shortest(bounds.upperBound))"
            problems.append(.init(field: field, bokmal: "«\(text.prefix(20))» kan ikke brukes: skriv et tall fra \(range), for eksempel \(example)."))
            return nil
        }
        return number
    }

    /// A number as people write it: comma or point, a minus of either kind, a plus or none; at most two decimals.
    static func number(_ text: String) -> Double? {
        let plain = text.filter { $0 != " " && $0 != "\u{A0}" }.replacing(",", with: ".").replacing("−", with: "-")
        guard plain.utf8.count <= 8, let match = plain.wholeMatch(of: #/[+-]?[0-9]{1,4}(\.[0-9]{1,2})?/#) else { return nil }
        return Double(match.output.0)
    }
}
