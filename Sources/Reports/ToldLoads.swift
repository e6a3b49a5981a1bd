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
    let others: TechnologyUse.UnknownLoad

    init(_ data: IndicatorData, _ counts: inout ToldCounts?) {
        let isExternal = counts != nil
        let (uses, others) = (data.uses, data.alarmsOfUnknown)
        (self.uses, self.others) = (uses, others)
        func table(_ rows: [[Int]], _ withheld: [Bool] = []) -> ToldRows? { isExternal ? ToldRows(rows, withheld: withheld) : nil }
        // Devices beyond one each are of users who have two.
        let own = uses.map { [$0.users, $0.devices - $0.users] }
        let isFurther = uses.map { use in if case .accessory = use.kind { true } else { false } }
        let technologies = table(zip(own, isFurther).filter { !$1 }.map(\.0))
        let further = table(zip(own, isFurther).filter { $1 }.map(\.0))
        var (left, leftFurther) = ((technologies?.isTold ?? [])[...], (further?.isTold ?? [])[...])
        let isRegisterTold = isFurther.map { ($0 ? leftFurther.popFirst() : left.popFirst()) ?? true }
        let isDevicesSumTold = technologies?.isSumTold ?? true && further?.isSumTold ?? true
        let loads = uses.map { [$0.callOuts, $0.alarms - $0.callOuts] } + [[others.callOuts, others.alarms - others.callOuts]]
        var load = table(loads, isRegisterTold.map { !$0 } + [false])
        let (alarms, callOuts) = (uses.reduce(others.alarms) { $0 + $1.alarms }, uses.reduce(others.callOuts) { $0 + $1.callOuts })
        if counts?.tell([(.alarms, alarms), (.callOuts, callOuts)]) == false { load?.withholdSum(of: loads) }
        let causes = uses.map { [$0.unintended, $0.alarms - $0.unintended] } + [[others.unintended, others.alarms - others.unintended]]
        var unintended = table(causes, (load?.isTold ?? []).map { !$0 })
        if counts?.tell([(.unintended, causes.reduce(0) { $0 + $1[0] })]) == false { unintended?.withholdSum(of: causes) }
        let rests = uses.map { [$0.technical, $0.alarms - $0.unintended - $0.technical] }
        let otherRest = [others.technical, others.alarms - others.unintended - others.technical]
        let technical = table(rests + [otherRest], (unintended?.isTold ?? []).map { !$0 })
        func told(_ table: ToldRows?, _ place: Int, _ count: Int) -> Int? { table?.isTold[place] ?? true ? count : nil }
        func registered(_ place: Int, _ count: Int) -> Int? { isRegisterTold[place] ? count : nil }
        kinds = uses.enumerated().map { place, use in
            BenefitFigures.Load(
                kind: use.kind,
                users: registered(place, use.users),
                devices: registered(place, use.devices),
                alarms: told(load, place, use.alarms),
                callOuts: told(load, place, use.callOuts),
                unintended: told(unintended, place, use.unintended),
                technical: told(technical, place, use.technical)
            )
        }
        func all(_ table: ToldRows?, _ count: (TechnologyUse) -> Int) -> Int? {
            table?.isSumTold ?? true ? uses.reduce(0) { $0 + count($1) } : nil
        }
        sum.devices = isDevicesSumTold ? uses.reduce(0) { $0 + $1.devices } : nil
        sum.alarms = all(load, \.alarms).map { $0 + others.alarms }
        sum.callOuts = all(load, \.callOuts).map { $0 + others.callOuts }
        // Taken from the key figures' they would tell of devices that nobody knows.
        sum.unintended = sum.alarms == nil || isExternal && others.alarms > 0 ? nil : all(unintended, \.unintended)
        sum.technical = sum.unintended == nil ? nil : all(technical, \.technical)
        unknown = load?.isTold.last ?? true ? (others.alarms, others.callOuts) : nil
        let users = data.technologyUsers ?? 0
        // Who has two technologies is counted in both, and who has not the one is the rest of it.
        let byTechnology = (data.usersByTechnology ?? [:]).values
        let isOverlapTold = !isExternal || (byTechnology.reduce(0, +) - users).isTellable && byTechnology.allSatisfy { (users - $0).isTellable }
        let isSumTold = isOverlapTold && (uses.isEmpty ? !isExternal || users.isTellable : technologies?.isSumTold ?? true)
        if let devices = sum.devices { _ = counts?.tell([(.devices, devices)]) }
        // Users of alarms are told by other figures too, of other days.
        for kind in kinds where kind.kind == .technology(.safetyAlarm) { _ = kind.users.map { counts?.tell([(.users, $0)]) } }
        isUsersSumTold = isSumTold && counts?.tell([(.users, users)]) ?? true
    }
}
