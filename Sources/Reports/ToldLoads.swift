import Strategy
import Telemetry
import Workload

/// Which columns of which kinds may be told: each column's counts are a division of the one before it.
struct ToldLoads {
    var kinds: [BenefitFigures.Load]
    var sum = BenefitFigures.Load()
    var unknown: (alarms: Int, callOuts: Int)?
    let isUsersSumTold: Bool
    /// The kinds as they were counted, and the alarms that came from no known device.
    let uses: [TechnologyUse]
    let others: (alarms: Int, callOuts: Int)

    init(_ data: IndicatorData, _ counts: inout ToldCounts?) {
        let isExternal = counts != nil
        let (uses, others) = (data.uses, data.alarmsOfUnknown)
        (self.uses, self.others) = (uses, others)
        let own = uses.map { use -> [Int] in
            // Devices beyond one each are of users who have two.
            let further = use.devices - use.users
            if case .accessory = use.kind { return [0, 0, use.users, further] }
            return [use.users, further, 0, 0]
        }
        func table(_ rows: [[Int]], _ withheld: [Bool] = []) -> ToldRows? { isExternal ? ToldRows(rows, withheld: withheld) : nil }
        let register = table(own)
        let loads = uses.map { [$0.callOuts, $0.alarms - $0.callOuts] } + [[others.callOuts, others.alarms - others.callOuts]]
        var load = table(loads, (register?.isTold ?? []).map { !$0 } + [false])
        let (alarms, callOuts) = (uses.reduce(others.alarms) { $0 + $1.alarms }, uses.reduce(others.callOuts) { $0 + $1.callOuts })
        if counts?.tell([(.alarms, alarms), (.callOuts, callOuts)]) == false { load?.withholdSum(of: loads) }
        let withheld = (load?.isTold.dropLast() ?? []).map { !$0 }
        let causes = uses.map { [$0.unintended, $0.alarms - $0.unintended] }
        var unintended = table(causes, withheld)
        if counts?.tell([(.unintended, uses.reduce(0) { $0 + $1.unintended })]) == false { unintended?.withholdSum(of: causes) }
        let technical = table(uses.map { [$0.technical, $0.alarms - $0.unintended - $0.technical] }, (unintended?.isTold ?? []).map { !$0 })
        func told(_ table: ToldRows?, _ place: Int, _ count: Int) -> Int? { table?.isTold[place] ?? true ? count : nil }
        kinds = uses.enumerated().map { place, use in
            BenefitFigures.Load(
                kind: use.kind,
                users: told(register, place, use.users),
                devices: told(register, place, use.devices),
                alarms: told(load, place, use.alarms),
                callOuts: told(load, place, use.callOuts),
                unintended: told(unintended, place, use.unintended),
                technical: told(technical, place, use.technical)
            )
        }
        func all(_ table: ToldRows?, _ count: (TechnologyUse) -> Int) -> Int? {
            table?.isSumTold ?? true ? uses.reduce(0) { $0 + count($1) } : nil
        }
        sum.devices = all(register, \.devices)
        sum.alarms = all(load, \.alarms).map { $0 + others.alarms }
        sum.callOuts = all(load, \.callOuts).map { $0 + others.callOuts }
        // Taken from the key figures' they would tell of devices that nobody knows.
        sum.unintended = sum.alarms == nil || isExternal && others.alarms > 0 ? nil : all(unintended, \.unintended)
        sum.technical = sum.unintended == nil ? nil : all(technical, \.technical)
        unknown = load?.isTold.last ?? true ? others : nil
        let users = data.technologyUsers ?? 0
        // Who has two technologies is counted in both, and who has not the one is the rest of it.
        let byTechnology = (data.usersByTechnology ?? [:]).values
        let isOverlapTold = !isExternal || (byTechnology.reduce(0, +) - users).isTellable && byTechnology.allSatisfy { (users - $0).isTellable }
        let isSumTold = isOverlapTold && (uses.isEmpty ? !isExternal || users.isTellable : register?.isSumTold ?? true)
        if let devices = sum.devices { _ = counts?.tell([(.devices, devices)]) }
        // Users of alarms are told by other figures too, of other days.
        for kind in kinds where kind.kind == .technology(.safetyAlarm) { _ = kind.users.map { counts?.tell([(.users, $0)]) } }
        isUsersSumTold = isSumTold && counts?.tell([(.users, users)]) ?? true
    }
}
