package import Telemetry
package import Workload

/// A kind of technology in a municipality: how many have it, and what load came from it.
package struct TechnologyUse: Equatable, Sendable {
    package enum Kind: Hashable, Comparable, Sendable {
        case technology(Technology)
        /// A further device of a home, by its own word in bokmål, and the technology that its alarms count as.
        case accessory(String, of: Technology)

        package var bokmal: String {
            switch self {
            case .technology(let technology): technology.bokmal
            case .accessory(let word, _): word
            }
        }

        /// What freed hours and new work count its alarms as.
        package var technology: Technology {
            switch self {
            case .technology(let technology), .accessory(_, let technology): technology
            }
        }

        private var order: (Int, String, Int) {
            let place = Technology.allCases.firstIndex(of: technology) ?? 0
            return switch self {
            case .technology: (place, "", 0)
            case .accessory(let word, _): (Technology.allCases.count, word, place)
            }
        }

        package static func < (left: Kind, right: Kind) -> Bool { left.order < right.order }
    }

    /// Alarms that came from no known device: those raised, those that somebody was sent to, those closed as unintended and as technical.
    package struct UnknownLoad: Equatable, Sendable {
        package var alarms: Int
        package var callOuts: Int
        package var unintended: Int
        package var technical: Int

        package init(alarms: Int = 0, callOuts: Int = 0, unintended: Int = 0, technical: Int = 0) {
            (self.alarms, self.callOuts, self.unintended, self.technical) = (alarms, callOuts, unintended, technical)
        }
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
    package static func add(_ raised: [AlarmRecord], kinds: [String: Kind], to uses: inout [TechnologyUse]) -> UnknownLoad {
        var places = Dictionary(uniqueKeysWithValues: uses.enumerated().map { ($1.kind, $0) })
        var unknown = UnknownLoad()
        for alarm in raised {
            let isSent = alarm.callOutTime != nil
            guard let kind = alarm.device.flatMap({ kinds[$0] }) else {
                unknown.alarms += 1
                if isSent { unknown.callOuts += 1 }
                if alarm.outcome == .unintended { unknown.unintended += 1 }
                if alarm.outcome == .technical { unknown.technical += 1 }
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
