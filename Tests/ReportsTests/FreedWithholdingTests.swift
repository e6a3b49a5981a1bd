import Strategy
import Telemetry
import Testing
import Workload

import Reports

/// Made-up municipalities, and what was done in them that has a handful somewhere: their external editions are the same whichever it was.
@Suite("Freed hours outside the municipality")
struct FreedWithholdingTests {
    private struct Load {
        var alarms = 0
        var callOuts = 0
        var unintended = 0
        var technical = 0
    }

    private struct Place {
        var safety: Load
        var dispenser = Load()
        var smoke = Load()
        var unknown = (alarms: 0, callOuts: 0)

        /// Those that count as a safety alarm's.
        var own: Load {
            .init(
                alarms: safety.alarms + smoke.alarms + unknown.alarms,
                callOuts: safety.callOuts + smoke.callOuts + unknown.callOuts,
                unintended: safety.unintended + smoke.unintended,
                technical: safety.technical + smoke.technical
            )
        }

        /// Alarms of a safety alarm closed at the centre.
        func done(_ hidden: Hidden) -> Int {
            let own = own
            return own.alarms - own.callOuts - (own.unintended - hidden.falseAlarms) - (own.technical - hidden.visits) - hidden.open
        }
    }

    private static let places: [String: Place] = [
        "safety alarms alone": Place(safety: .init(alarms: 330, callOuts: 90, unintended: 100, technical: 20)),
        "two technologies and smoke detectors": Place(
            safety: .init(alarms: 330, callOuts: 90, unintended: 100, technical: 20),
            dispenser: .init(alarms: 120, callOuts: 60, unintended: 40, technical: 30),
            smoke: .init(alarms: 60, callOuts: 20, unintended: 15, technical: 10)
        ),
        "alarms of a dispenser and of unknown devices are hidden": Place(
            safety: .init(alarms: 330, callOuts: 90, unintended: 100, technical: 20),
            dispenser: .init(alarms: 40, callOuts: 12, unintended: 3, technical: 2),
            smoke: .init(alarms: 60, callOuts: 20, unintended: 15, technical: 10),
            unknown: (3, 1)
        ),
        "small": Place(safety: .init(alarms: 30, callOuts: 12, unintended: 10, technical: 7)),
    ]

    /// What is hidden of a safety alarm's counts and of a dispenser's, which has `followUps` and `done`.
    private struct Hidden {
        var falseAlarms = 0
        var visits = 0
        var open = 0
        var followUps = 0
        var done = 600
    }

    /// Every one of a list has the same hidden.
    private static func alike(_ place: Place) -> [String: [Hidden]] {
        let (handful, own) = (1...4, place.own)
        var lists: [String: [Hidden]] = [
            "false alarms and visits": handful.flatMap { falseAlarms in handful.map { .init(falseAlarms: falseAlarms, visits: $0) } },
            "follow-ups and doses": handful.flatMap { followUps in handful.map { .init(followUps: followUps, done: $0) } },
        ]
        // Of alarms that are partly hidden themselves nobody can tell how many are open or lack.
        if place.unknown.alarms == 0 {
            lists["open ones"] = handful.map { .init(open: $0) }
            lists["false alarms and open ones"] = handful.flatMap { falseAlarms in handful.map { .init(falseAlarms: falseAlarms, open: $0) } }
        }
        if own.unintended >= 10, place.unknown.alarms == 0 {
            lists["all but a handful of unintended ones"] = handful.map { .init(falseAlarms: own.unintended - $0) }
            lists["and of technical ones"] = handful.flatMap { missing in
                handful.map { .init(falseAlarms: missing, visits: own.technical - $0) }
            }
        }
        return lists.mapValues { $0.filter { place.done($0) >= 0 } }
    }

    /// So many hours of each that the least difference would be seen through the rounding.
    private static func benefits() throws -> BenefitAssumptions {
        var benefits = try BenefitAssumptions(yaml: GoalFixture.text("3441-gausdal/benefits.yaml"))
        for position in benefits.technologies.indices {
            benefits.technologies[position].minutes = Assumption(Range3(low: 4000, main: 6000, high: 9000), source: "prøve", isExample: true)
            for (kind, minutes) in zip(BenefitAssumptions.NewWork.allCases, [5000.0, 7000, 11000]) {
                benefits.technologies[position].newWorkMinutes[kind] = Assumption(Range3(minutes), source: "prøve", isExample: true)
            }
        }
        return benefits
    }

    private func input(_ place: Place) throws -> ReportInput {
        var input = try GoalFixture.input()
        input.isExternal = true
        (input.cells, input.roster) = ([], nil)
        var data = try #require(input.indicatorData)
        for (position, load) in [(0, place.dispenser), (1, Load()), (2, place.safety), (3, place.smoke)] {
            (data.uses[position].alarms, data.uses[position].callOuts) = (load.alarms, load.callOuts)
            (data.uses[position].unintended, data.uses[position].technical) = (load.unintended, load.technical)
        }
        data.alarmsOfUnknown = .init(alarms: place.unknown.alarms, callOuts: place.unknown.callOuts)
        input.indicatorData = data
        return input
    }

    private func freed(_ place: Place, _ hidden: Hidden, _ benefits: BenefitAssumptions) -> FreedHours {
        FreedHours(
            benefits,
            counts: [
                .safetyAlarm: .init(done: place.done(hidden), newWork: [.falseAlarm: hidden.falseAlarms, .technicalVisit: hidden.visits]),
                .medicationDispenser: .init(done: hidden.done, newWork: [.followUp: hidden.followUps]),
            ]
        )
    }

    @Test("the edition is the same in every place whichever count of one to four is hidden, or lacks in a number that is told", arguments: places.keys.sorted())
    func same(name: String) throws {
        let (place, benefits) = (try #require(Self.places[name]), try Self.benefits())
        var input = try input(place)
        for (what, hiddens) in Self.alike(place) {
            var editions: Set<String> = []
            var pages: Set<[String]> = []
            for (number, hidden) in hiddens.enumerated() {
                input.indicatorData?.freed = freed(place, hidden, benefits)
                let report = Report(input)
                let freed = try #require(report.benefits?.freed)
                #expect(freed.sum.isRounded && freed.sum.net != nil, "\(name), \(what): \(hidden)")
                editions.insert("\(report.tables().map(\.rows)) \(report.headlines)")
                // Pages are slow, and say what stands in the tables.
                if number % 5 == 0 { pages.insert([report.html(), report.summaryPage(), report.goalsPage(try report.goals())]) }
            }
            #expect(editions.count == 1 && pages.count == 1, "\(name): \(what)")
        }
    }

    @Test("what was not hidden is told beside, and the hours lie as near as a handful lies to its middle")
    func near() throws {
        let place = try #require(Self.places["two technologies and smoke detectors"])
        var input = try input(place)
        input.indicatorData?.freed = freed(place, .init(falseAlarms: 3, visits: 12, followUps: 30), try Self.benefits())
        let (told, counted) = (try #require(Report(input).benefits?.freed), try #require(input.indicatorData?.freed))
        let dispenser = try #require(told.rows.first { $0.technology == .medicationDispenser })
        #expect(dispenser.done == 600 && !dispenser.isRounded && dispenser.newWork?.main == counted.rows[0].newWork.main)
        let (safety, row) = (try #require(told.rows.last), try #require(counted.rows.last))
        #expect(safety.isRounded && safety.done == nil && safety.freed == nil && safety.newWork == nil && told.newWork == nil)
        let each = row.freedEach.main + (row.newWorkEach[.falseAlarm]?.main ?? 0)
        #expect(abs((safety.net?.main ?? .infinity) - row.net.main) <= 1.5 * each + FreedFigures.roundedToHours / 2)
        #expect(abs((told.sum.net?.main ?? .infinity) - counted.net.main) <= 1.5 * each + FreedFigures.roundedToHours / 2)
    }

    /// Loads of a municipality with the kinds of devices of the fixture, and what a safety alarm did in it.
    private func edition(_ loads: [(alarms: Int, callOuts: Int, unintended: Int, technical: Int)], _ counts: FreedHours.Counts, users: [Int] = []) throws
        -> Report
    {
        var input = try GoalFixture.input()
        input.isExternal = true
        (input.cells, input.roster) = ([], nil)
        var data = try #require(input.indicatorData)
        for (place, load) in loads.enumerated() {
            (data.uses[place].alarms, data.uses[place].callOuts) = (load.alarms, load.callOuts)
            (data.uses[place].unintended, data.uses[place].technical) = (load.unintended, load.technical)
        }
        for (place, users) in users.enumerated() { (data.uses[place].users, data.uses[place].devices) = (users, users) }
        data.alarmsOfUnknown = .init()
        data.freed = FreedHours(try Self.benefits(), counts: [.safetyAlarm: counts])
        input.indicatorData = data
        return Report(input)
    }

    @Test("where all of a technology's alarms are hidden one technical visit is hidden like two, three and four, and each edition comes to its end")
    func allHidden() throws {
        var told: Set<String> = []
        for visits in 1...4 {
            let loads = [(3, 3, 0, 0), (0, 0, 0, 0), (33, 4, 8, visits), (4, 1, 0, 0)]
            let report = try edition(loads, .init(done: 20, newWork: [.technicalVisit: visits]), users: [3, 0, 40, 10])
            let freed = try #require(report.benefits?.freed)
            #expect(freed.newWork == nil && freed.rows.allSatisfy { $0.done == nil && $0.newWork == nil })
            told.insert("\(freed.rows.map(\.net)) \(freed.sum)")
            #expect(!report.goalsPage(try report.goals()).contains("teknisk besøk"))
        }
        #expect(told.count == 1)
    }

    @Test("further devices count as their profile's technology: what fall sensors gave is not counted among safety alarms")
    func furtherDevices() throws {
        var input = try GoalFixture.input()
        input.isExternal = true
        var data = try #require(input.indicatorData)
        data.uses = [
            TechnologyUse(kind: .technology(.digitalSupervision), users: 40, devices: 40), .init(kind: .technology(.safetyAlarm), users: 40, devices: 40),
            .init(kind: .accessory("fallsensor", of: .digitalSupervision), users: 22, devices: 22),
        ]
        for (place, load) in [(0, 0, 0, 0), (30, 10, 6, 3), (22, 0, 0, 0)].enumerated() {
            (data.uses[place].alarms, data.uses[place].callOuts, data.uses[place].unintended, data.uses[place].technical) = load
        }
        data.alarmsOfUnknown = .init()
        // 30 − 10 − 6 − 3: the three technical ones may not follow.
        data.freed = FreedHours(try Self.benefits(), counts: [.safetyAlarm: .init(done: 11)])
        input.indicatorData = data
        let report = Report(input)
        #expect(report.benefits?.kinds[1].technical == nil && report.benefits?.freed?.rows.last?.done == nil)
    }

    @Test("causes of alarms from devices that nobody knows are not to be had by taking those of known ones from all", arguments: 0...7)
    func unknownCauses(unintended: Int) throws {
        var input = try GoalFixture.input()
        input.isExternal = true
        input.keyFiguresByZone = [:]
        var data = try #require(input.indicatorData)
        for (place, load) in [(0, 0, 0, 0), (0, 0, 0, 0), (85, 20, 15, 0), (0, 0, 0, 0)].enumerated() {
            (data.uses[place].alarms, data.uses[place].callOuts, data.uses[place].unintended, data.uses[place].technical) = load
        }
        data.alarmsOfUnknown = .init(alarms: 7, unintended: unintended)
        input.keyFigures.alarms = 92
        (input.keyFigures.unintended, input.keyFigures.closedAtCentre) = (Share(15 + unintended, of: 92), Share(72, of: 92))
        (data.keyFigures, data.callOuts) = (input.keyFigures, 20)
        input.indicatorData = data
        let report = Report(input)
        let known = report.benefits?.kinds.compactMap(\.unintended).reduce(0, +)
        let isKnownTold = report.benefits?.kinds.allSatisfy { $0.unintended != nil } == true
        let all = report.keyFigures.unintended.share?.numerator
        if isKnownTold, let known, let all {
            let (left, rest) = (all - known, 7 - (all - known))
            #expect(left.isTellable && rest.isTellable)
        }
        #expect(all != nil, "told of all")
    }
}
