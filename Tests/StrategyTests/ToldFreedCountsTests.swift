import Strategy
import Telemetry
import Testing
import Workload

@Suite("Counts behind freed hours as they may be told")
struct ToldFreedCountsTests {
    /// A safety alarm's alarms: unintended and technical ones with and without a call-out, others with one, closed at the centre, and open yet.
    private struct Alarms {
        var falseAlarms = 0
        var unintended = 0
        var visits = 0
        var technical = 0
        var callOuts = 0
        var done = 0
        var open = 0

        var parts: [Int] { [falseAlarms, unintended - falseAlarms, visits, technical - visits, callOuts - falseAlarms - visits, done, open] }
        var all: AlarmsByCause {
            let unsent = unintended - falseAlarms + technical - visits + done + open
            return .init(alarms: callOuts + unsent, callOuts: callOuts, unintended: unintended, technical: technical)
        }

        func told(_ load: AlarmsByCause, _ counts: ToldCounts = ToldCounts()) -> ToldFreedCounts {
            let freed = FreedHours.Counts(done: done, newWork: [.falseAlarm: falseAlarms, .technicalVisit: visits])
            return ToldFreedCounts(freed, of: .safetyAlarm, beside: load, by: [load], all: all, counts)
        }
    }

    /// What an edition tells: hours give the ranges away at best.
    private enum Told: Hashable {
        case counts(ToldFreedCounts)
        case nothing
    }

    /// Every division of some alarms of which their number and that of call-outs may be told.
    private func divisions(_ alarms: Int) -> [Alarms] {
        var found: [Alarms] = []
        for callOuts in 0...alarms where callOuts.isTellable && (alarms - callOuts).isTellable {
            for unintended in 0...alarms {
                for technical in 0...(alarms - unintended) {
                    for visits in 0...min(technical, callOuts) {
                        for falseAlarms in 0...min(unintended, callOuts - visits) {
                            let left = alarms - callOuts - (unintended - falseAlarms) - (technical - visits)
                            guard left >= 0 else { continue }
                            for open in 0...left {
                                found.append(
                                    .init(
                                        falseAlarms: falseAlarms,
                                        unintended: unintended,
                                        visits: visits,
                                        technical: technical,
                                        callOuts: callOuts,
                                        done: left - open,
                                        open: open
                                    )
                                )
                            }
                        }
                    }
                }
            }
        }
        return found
    }

    private struct Edition: Hashable {
        var load: [Int?]
        var told: Told
    }

    /// Sums of some parts, as of all those that were sent to.
    private static let sums = (1..<128).map { bits in (0..<7).filter { bits >> $0 & 1 == 1 } }.filter { $0.count <= 4 }

    @Test(
        "from what is told beside and the ranges themselves no count of one to four can be found, nor of some parts together",
        arguments: [10, 11, 15, 17]
    )
    func exhaustive(alarms: Int) {
        let divisions = divisions(alarms)
        for causes in 0...2 {
            var possible: [Edition: [Set<Int>]] = [:]
            for division in divisions {
                let (unintended, technical) = (division.unintended, division.technical)
                guard causes < 1 || unintended.isTellable && (alarms - unintended).isTellable else { continue }
                guard causes < 2 || technical.isTellable && (alarms - unintended - technical).isTellable else { continue }
                let load = AlarmsByCause(
                    alarms: alarms,
                    callOuts: division.callOuts,
                    unintended: causes < 1 ? nil : unintended,
                    technical: causes < 2 ? nil : technical
                )
                let told = division.told(load)
                let edition = Edition(
                    load: [load.alarms, load.callOuts, load.unintended, load.technical],
                    told: told.isNetTold ? .counts(told) : .nothing
                )
                let parts = division.parts
                var found = possible[edition] ?? Self.sums.map { _ in [] }
                for (place, sum) in Self.sums.enumerated() where found[place].count < 2 { found[place].insert(sum.reduce(0) { $0 + parts[$1] }) }
                possible[edition] = found
            }
            for (edition, sums) in possible {
                for (sum, counts) in zip(Self.sums, sums) where counts.count == 1 {
                    #expect(counts.allSatisfy { $0.isTellable }, "\(edition) tells \(counts) of \(sum)")
                }
            }
        }
    }

    /// Alarms, call-outs, unintended and technical alarms of a kind, any that may be told together.
    private func load(_ random: inout TestRandom) -> AlarmsByCause {
        while true {
            let alarms = 5 + random.next(below: 18)
            let callOuts = [0, alarms, random.next(below: alarms + 1)][random.next(below: 3)]
            let unintended = random.next(below: alarms + 1)
            let technical = random.next(below: alarms - unintended + 1)
            let parts = [callOuts, alarms - callOuts, unintended, alarms - unintended, technical, alarms - unintended - technical]
            if parts.allSatisfy(\.isTellable) { return .init(alarms: alarms, callOuts: callOuts, unintended: unintended, technical: technical) }
        }
    }

    /// By cause, each with a call-out and without, of one kind.
    private func divisions(_ load: AlarmsByCause) -> [Alarms] {
        let (alarms, callOuts, unintended, technical) = (load.alarms ?? 0, load.callOuts ?? 0, load.unintended ?? 0, load.technical ?? 0)
        return (0...unintended).flatMap { falseAlarms in
            (0...technical).compactMap { visits in
                let done = alarms - callOuts - (unintended - falseAlarms) - (technical - visits)
                guard falseAlarms + visits <= callOuts, done >= 0 else { return nil }
                return Alarms(falseAlarms: falseAlarms, unintended: unintended, visits: visits, technical: technical, callOuts: callOuts, done: done)
            }
        }
    }

    @Test("nor of one of two kinds of devices, from what is told of each and of both together", arguments: 1...4)
    func kinds(seed: Int) {
        var random = TestRandom(seed: UInt64(seed))
        var (apart, foundUntested) = (0, false)
        for _ in 0..<30 {
            let kinds = [load(&random), load(&random)]
            let told = possible(kinds, by: kinds)
            apart += told.count { $0.key.isTold }
            for (edition, counts) in told {
                for counts in counts where counts.count == 1 {
                    #expect(counts.allSatisfy { $0.isTellable }, "\(kinds): \(edition) tells \(counts)")
                }
            }
            foundUntested = foundUntested || possible(kinds, by: []).values.joined().contains { $0.count == 1 && !$0.allSatisfy(\.isTellable) }
        }
        #expect(apart > 20, "so many divisions were told as they are")
        #expect(foundUntested, "where kinds are not looked at, a handful of one is found")
    }

    /// By edition, what each part of each kind can have been.
    private func possible(_ kinds: [AlarmsByCause], by looked: [AlarmsByCause]) -> [ToldFreedCounts: [Set<Int>]] {
        func sum(_ column: KeyPath<AlarmsByCause, Int?>) -> Int { kinds.reduce(0) { $0 + ($1[keyPath: column] ?? 0) } }
        let both = AlarmsByCause(alarms: sum(\.alarms), callOuts: sum(\.callOuts), unintended: sum(\.unintended), technical: sum(\.technical))
        var possible: [ToldFreedCounts: [Set<Int>]] = [:]
        for one in divisions(kinds[0]) {
            for other in divisions(kinds[1]) {
                let freed = FreedHours.Counts(
                    done: one.done + other.done,
                    newWork: [.falseAlarm: one.falseAlarms + other.falseAlarms, .technicalVisit: one.visits + other.visits]
                )
                let told = ToldFreedCounts(freed, of: .safetyAlarm, beside: both, by: looked, all: both, ToldCounts())
                guard told.isNetTold else { continue }
                let counts = one.parts + other.parts
                var found = possible[told] ?? counts.map { _ in [] }
                for (place, count) in counts.enumerated() { found[place].insert(count) }
                possible[told] = found
            }
        }
        return possible
    }

    @Test("a handful is its middle, what lacks a handful of a told number that much less, and what was done moves along")
    func middles() throws {
        func told(_ change: (inout Alarms) -> Void) -> (Alarms, ToldFreedCounts) {
            var alarms = Alarms(falseAlarms: 12, unintended: 40, visits: 9, technical: 30, callOuts: 90, done: 200, open: 0)
            let left = alarms.done
            change(&alarms)
            // All that is told beside stays.
            alarms.done = left + alarms.falseAlarms - 12 + alarms.visits - 9 - alarms.open
            return (alarms, alarms.told(alarms.all))
        }
        let plain = told { _ in }.1
        #expect(plain.isTold && plain.done == 200)
        for falseAlarms in 1...4 {
            let found = told { $0.falseAlarms = falseAlarms }.1
            #expect(found.newWork[.falseAlarm]?.middle == 2.5 && found.newWork[.technicalVisit]?.isTold == true && found.done == 190.5)
        }
        for missing in 1...4 {
            let found = told { $0.falseAlarms = 40 - missing }.1
            #expect(found.newWork[.falseAlarm]?.counts == 36...39 && found.done == 225.5)
        }
        for open in 1...4 { #expect(told { $0.open = open }.1.done == 197.5) }
        let all = told { ($0.falseAlarms, $0.visits, $0.open) = (0, 0, 5) }.1
        #expect(all.isTold && all.done == 174)
    }

    @Test("what was done is not told one to four away from alarms closed at the centre that are told")
    func closed() {
        var counts = ToldCounts()
        _ = counts.tell([(.closedAtCentre, 200)])
        func told(done: Int) -> ToldFreedCounts {
            let alarms = Alarms(unintended: 20, callOuts: 40, done: done, open: 220 - done)
            return alarms.told(alarms.all, counts)
        }
        #expect(told(done: 200).done == 200 && told(done: 200).isDoneTold && told(done: 205).isDoneTold)
        for done in 196...199 { #expect(told(done: done).done == 197.5 && !told(done: done).isDoneTold) }
    }

    @Test("beside alarms whose causes are hidden new work is told in steps of five, unless it comes near them")
    func hiddenCauses() {
        func told(_ falseAlarms: Int, of unintended: Int) -> ToldFreedCounts {
            let alarms = Alarms(falseAlarms: falseAlarms, unintended: unintended, callOuts: 90, done: 200)
            return alarms.told(.init(alarms: alarms.all.alarms, callOuts: 90))
        }
        #expect(told(0, of: 20).isTold && told(3, of: 20).newWork[.falseAlarm]?.counts == 1...4 && told(7, of: 20).newWork[.falseAlarm]?.counts == 5...9)
        #expect(told(7, of: 20).isNetTold && !told(7, of: 9).isNetTold && told(4, of: 4).isNetTold)
    }
}
