package import Strategy
import Telemetry

/// What the counts of alarms, call-outs and hours at work of a period are made of: of all alarms, or of those from one kind of technology.
package struct LoadLineage: Sendable {
    /// Of which alarms.
    package enum Choice: Equatable, Sendable {
        case all
        case kind(TechnologyUse.Kind)
        /// From devices that are not registered, or from none.
        case unknown

        /// What the address of the page calls the choice.
        package static let field = "teknologi"

        /// In addresses: a technology's own word, that of a further device of homes, or one of two words for the rest.
        package var word: String {
            switch self {
            case .all: "alle"
            case .kind(.technology(let technology)): technology.rawValue
            case .kind(.accessory(let word, _)): word
            case .unknown: "ikke-registrert"
            }
        }

        /// In bokmål, as the table of technology calls it.
        package var bokmal: String {
            switch self {
            case .all: "alle"
            case .kind(let kind): kind.bokmal
            case .unknown: "ikke registrert"
            }
        }

        /// The choice of a word among the kinds there are; nil where there is none such.
        package init?(_ word: String, of kinds: [TechnologyUse.Kind]) {
            guard let found = ([.all, .unknown] + kinds.map(Choice.kind)).first(where: { $0.word == word }) else { return nil }
            self = found
        }

        fileprivate func holds(_ load: AlarmLoad) -> Bool {
            switch self {
            case .all: true
            case .kind(let kind): load.kind == kind
            case .unknown: load.kind == nil
            }
        }
    }

    /// The whole days that indicators count, of the same alarms.
    package struct WholeDays: Equatable, Sendable {
        package var days: Int
        package var callOuts: Int
        package var milliseconds: Int64

        package init(days: Int, callOuts: Int, milliseconds: Int64) {
            self.days = days
            self.callOuts = callOuts
            self.milliseconds = milliseconds
        }
    }

    package let choice: Choice
    package let scope: GoalsAnswer.Scope
    package let position: Int64
    /// Registered of the kind at the period's end; nil where the choice is of no kind.
    package let registered: (users: Int, devices: Int)?
    /// By instant, source and alarm.
    package let loads: [AlarmLoad]
    /// There are data of some of the period; without them no count says anything.
    package let hasData: Bool
    /// Of the choice `all` alone.
    package let wholeDays: WholeDays?

    package init(
        _ choice: Choice,
        scope: GoalsAnswer.Scope,
        position: Int64,
        uses: [TechnologyUse],
        loads: [AlarmLoad],
        hasData: Bool,
        wholeDays: WholeDays?
    ) {
        self.choice = choice
        self.scope = scope
        self.position = position
        self.loads = loads.filter(choice.holds)
        self.hasData = hasData
        self.wholeDays = choice == .all && hasData ? wholeDays : nil
        if case .kind(let kind) = choice { registered = uses.first { $0.kind == kind }.map { ($0.users, $0.devices) } } else { registered = nil }
    }

    package var alarms: Int { loads.count(where: \.isRaised) }
    package var callOuts: Int { loads.count(where: \.isSent) }
    package var unintended: Int { loads.count(where: \.isUnintended) }
    package var technical: Int { loads.count(where: \.isTechnical) }
    package var dispatched: Int { loads.count(where: \.isDispatched) }
    package var milliseconds: Int64 { loads.reduce(0) { $0 + $1.milliseconds } }
}
