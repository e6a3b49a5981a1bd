package import Telemetry
package import Workload

/// A kind of technology in a municipality: how many have it, and what load came from it.
package struct TechnologyUse: Equatable, Sendable {
    package enum Kind: Hashable, Comparable, Sendable {
        case technology(Technology)
        /// A further device of a home, by its own word in bokmål.
        case accessory(String)

        package var bokmal: String {
            switch self {
            case .technology(let technology): technology.bokmal
            case .accessory(let word): word
            }
        }

        private var order: (Int, String) {
            switch self {
            case .technology(let technology): (Technology.allCases.firstIndex(of: technology) ?? 0, "")
            case .accessory(let word): (Technology.allCases.count, word)
            }
        }

        package static func < (left: Kind, right: Kind) -> Bool { left.order < right.order }
    }

    package var kind: Kind
    /// Distinct residents with at least one such device.
    package var users: Int
    package var devices: Int
    /// Raised in the period, tests left out, and those of them that somebody was sent to.
    package var alarms = 0
    package var callOuts = 0
    /// Closed as unintended, and as technical.
    package var unintended = 0
    package var technical = 0

    package init(kind: Kind, users: Int, devices: Int) {
        self.kind = kind
        self.users = users
        self.devices = devices
    }

    /// The load of each kind by the alarms of its devices.
    ///
    /// - Returns: alarms of devices that have no kind, or none at all.
    package static func add(_ raised: [AlarmRecord], kinds: [String: Kind], to uses: inout [TechnologyUse]) -> (alarms: Int, callOuts: Int) {
        var places = Dictionary(uniqueKeysWithValues: uses.enumerated().map { ($1.kind, $0) })
        var unknown = (alarms: 0, callOuts: 0)
        for alarm in raised {
            let isSent = alarm.callOutTime != nil
            guard let kind = alarm.device.flatMap({ kinds[$0] }) else {
                unknown.alarms += 1
                if isSent { unknown.callOuts += 1 }
                continue
            }
            // A device that was taken out before the period's end still has its alarms.
            let place = places[kind] ?? uses.count
            if place == uses.count {
                uses.append(TechnologyUse(kind: kind, users: 0, devices: 0))
                places[kind] = place
            }
            uses[place].alarms += 1
            if isSent { uses[place].callOuts += 1 }
            if alarm.outcome == .unintended { uses[place].unintended += 1 }
            if alarm.outcome == .technical { uses[place].technical += 1 }
        }
        uses.sort { $0.kind < $1.kind }
        return unknown
    }
}
