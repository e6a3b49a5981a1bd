import Foundation
import Ingest
import Reports
import Staffing
import Store
import Strategy
import Telemetry
import Testing
import Web
import Workload

@Suite("Indicators from views, registry, roster and plans")
struct IndicatorGatheringTests {
    private static let zones: [ZonePlan.Zone] = [.init(id: "biri", name: "Biri"), .init(id: "sentrum", name: "Sentrum")]
    /// A fortnight after the first event.
    private static let now: EventTime = LocalTime.oslo.instant(LocalTime.Day(year: 2026, month: 10, day: 14))

    /// A call-out of an hour each morning of a fortnight, from 28 September on; on the fifth day another while it goes on.
    private static var events: [String] {
        (0..<14).flatMap { day -> [String] in
            let date = day < 3 ? "2026-09-\(28 + day)" : "2026-10-\(day < 12 ? "0" : "")\(day - 2)"
            func event(_ alarm: String, _ type: String, _ clock: String, _ data: String) -> String {
                #"{"specversion":"1.0","id":"\#(alarm)-\#(type)","source":"s","type":"no.vaktlast.alarm.\#(type)","time":"\#(date)T\#(clock)Z","#
                    + #""data":{"alarm":"\#(alarm)"\#(data)}}"#
            }
            func callOut(_ alarm: String, _ device: String, from: String, until: String) -> [String] {
                [
                    event(alarm, "raised", from, #","device":"\#(device)","kind":"manual""#),
                    event(alarm, "dispatched", from, ""), event(alarm, "closed", until, #","outcome":"visited""#),
                ]
            }
            let daily = callOut("a\(day)", "d-1", from: "08:00:00", until: "09:00:00")
            return daily + (day == 11 ? callOut("b", "d-2", from: "08:30:00", until: "08:45:00") : [])
        }
    }

    private func indicators(zone: String? = nil) throws -> ReportedMunicipality.Indicators {
        try gathered(Self.events) { try $0.indicators(period: ReportPeriod("2026-W41"), zone: zone, views: $1, now: Self.now) }
    }

    /// What is made of the municipality and the views of some events.
    private func gathered<Value>(_ events: [String], _ body: (ReportedMunicipality, ViewsReader) throws -> Value) throws -> Value {
        let folder = NSTemporaryDirectory() + "vaktlast-indicators-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let plan = ZonePlan(municipalities: [
            .init(
                number: "3407",
                name: "Gjøvik",
                zones: Self.zones,
                registry: [.init(device: "d-1", zone: "biri"), .init(device: "d-2", zone: "biri"), .init(device: "m-1", zone: "sentrum")]
            )
        ])
        let views = try Views(folder: folder, hashKey: 7) { _ in }
        let folding = try Folding(setup: .init(plan: plan, receipts: [:]), hashKey: 7, views: views)
        for (index, event) in events.enumerated() {
            let position = Int64(index) + 1
            _ = folding.fold(
                JournalMessage(position: position, received: Self.now - 1000 + position, topic: "vaktlast/v1/3407/a/history", payload: Array(event.utf8))
            )
        }
        if let commit = folding.takeCommit(outbox: []) { try views.write(commit) }
        try views.close()
        let roster = try Roster(csv: "zone;role;shift;weekdays;start;end;positions\nbiri;pleie;dag;alle;07:00;15:00;2\nbiri;pleie;natt;alle;23:00;07:00;1\n")
        var municipality = ReportedMunicipality(
            number: "3407",
            name: "Gjøvik",
            zones: Self.zones,
            devices: [
                .init(device: "d-1", zone: "biri", technology: .safetyAlarm, step: 2, from: nil, to: nil, isSafetyAlarm: true),
                .init(device: "d-2", zone: "biri", technology: .safetyAlarm, step: 3, from: nil, to: nil, isSafetyAlarm: true),
                .init(device: "m-1", zone: "sentrum", technology: .medicationDispenser, from: nil, to: nil, isSafetyAlarm: false),
            ],
            roster: roster,
            goals: nil
        )
        municipality.sources = IndicatorSources(
            population: try Population(csv: "region;alder;år;alternativ;personer\n3407 Gjøvik;80 år eller eldre;2026;hoved;500\n", municipality: "3407"),
            ledger: try BenefitLedger(
                csv: "date;hours;kroner;use\n2025-12-31;99;0;flere brukere\n2026-02-01;5;1000;færre vakter\n2026-10-12;7;0;færre vakter\n"
            )
        )
        return try body(municipality, try ViewsReader(folder: folder))
    }

    @Test("a week by hand: eight call-outs, 7.25 h, two users, 24 rostered hours a day")
    func week() throws {
        let found = try indicators()
        let data = found.data
        #expect(found.wholeDays == 7 && data.callOuts == 8 && data.nightCallOuts == 0 && data.users == 2)
        #expect(responseMinutes(data) == 435)
        // The home with a dispenser called for nobody.
        #expect(data.callOutsByUser == [7, 1, 0] && data.simultaneous == Share(1, of: 8))
        #expect(data.rosteredMillisecondsByDay == [Int64](repeating: 24 * 3_600_000, count: 7))
        #expect(data.usersByTechnology == [.safetyAlarm: 2, .medicationDispenser: 1] && data.technologyUsers == 3)
        #expect(data.inhabitants80 == 500 && !data.isPopulationSynthetic)
        #expect(data.ladder?.notRisen == Share(2, of: 2))
        // From the new year until the week's end.
        let realised = try #require(data.realised)
        #expect((realised.hours, realised.kroner, realised.lines) == (5, 1000, 1))
        #expect(data.freed == nil)
        // 08–09 UTC is 10–11 by the clock: one at work all of it, on all seven days; and a quarter of an hour more on the Friday.
        let biri = try #require(found.hourlyErlang.first)
        let mornings = (0..<7).map { biri[$0 * 24 + 10] }
        #expect(mornings == [1, 1, 1, 1, 1.25, 1, 1])
        let sum: Double = biri.reduce(0, +)
        #expect(abs(sum - 7.25) < 1e-12)
        let unplanned = try #require(IndicatorFigure(.unplannedShare, data).value)
        #expect(abs(unplanned - 7.25 / 168) < 1e-12)
    }

    @Test("a zone alone has its own, and neither the municipality's inhabitants nor its ledger")
    func zone() throws {
        let sentrum = try indicators(zone: "sentrum")
        #expect(sentrum.data.callOuts == 0 && sentrum.data.users == 0 && sentrum.data.technologyUsers == 1)
        #expect(sentrum.data.inhabitants80 == nil && sentrum.data.realised == nil)
        let biri = try indicators(zone: "biri")
        #expect(biri.data.callOuts == 8 && responseMinutes(biri.data) == 435)
    }

    @Test("freed hours count the assists of the period's whole days in the zone asked for, less the new work they made")
    func freed() throws {
        func assist(_ id: String, _ time: String, _ data: String) -> String {
            #"{"specversion":"1.0","id":"\#(id)","source":"s","type":"no.vaktlast.assist.performed","time":"\#(time)","data":{\#(data)}}"#
        }
        let dispenser = #""device":"m-1","technology":"medication-dispenser","result":"#
        let events = [
            // Monday 5 October began at 22:00 UTC on Sunday; what came a quarter before it was last week's.
            assist("1", "2026-10-04T21:45:00Z", dispenser + #""done""#), assist("2", "2026-10-04T22:00:00Z", dispenser + #""done""#),
            assist("3", "2026-10-11T21:59:59Z", dispenser + #""done""#), assist("4", "2026-10-11T22:00:00Z", dispenser + #""done""#),
            assist("5", "2026-10-07T12:00:00Z", dispenser + #""follow-up""#), assist("5", "2026-10-07T12:00:00Z", dispenser + #""follow-up""#),
            assist("6", "2026-10-07T12:00:00Z", #""device":"d-1","technology":"electronic-lock","result":"done""#),
        ]
        try gathered(Self.events + events) { municipality, views in
            var municipality = municipality
            municipality.sources.benefits = try ServedSite.benefits
            func found(_ zone: String?) throws -> ReportedMunicipality.Indicators {
                try municipality.indicators(period: ReportPeriod("2026-W41"), zone: zone, views: views, now: Self.now)
            }
            let all = try found(nil)
            let freed = try #require(all.data.freed)
            #expect(freed.rows.map(\.technology) == [.medicationDispenser, .safetyAlarm] && all.data.freedDays == 7)
            #expect(freed.rows[0].counts == .init(done: 2, newWork: [.followUp: 1]) && freed.rows[1].counts == .init(done: 0))
            // 2 × 50 % × 30 min less 15 min.
            #expect(abs(freed.net.main - 0.25) < 1e-12)
            #expect(all.assists.reduce(0) { $0 + $1.count } == 4, "locks have no assumptions, but are counted")
            #expect(try found("sentrum").data.freed?.rows.map(\.counts.done) == [2, 0])
            #expect(try found("biri").data.freed?.rows.map(\.technology) == [.safetyAlarm])
            #expect(try found("biri").data.freed?.uncounted == [.medicationDispenser])
            try expectLineage(freed, all)
        }
    }

    /// The lineage of freed hours: each technology's counts are those of its assists by zone and local day.
    private func expectLineage(_ freed: FreedHours, _ found: ReportedMunicipality.Indicators) throws {
        let answer = LineageAnswer(
            scope: .init(municipality: "3407", zone: nil, period: try ReportPeriod("2026-W41"), wholeDays: 7),
            framework: "ramme",
            goal: "teknologi",
            indicator: .init(id: "frigjort", name: "Frigjort", measure: .freedHours, direction: .up),
            figure: IndicatorFigure(.freedHours, found.data),
            position: found.position,
            sum: nil,
            outOfReach: 0,
            page: .notAllowed,
            freed: (freed, found.assists)
        )
        let json = try #require(try JSONSerialization.jsonObject(with: Data(answer.json)) as? [String: Any])
        let shown = try #require(json["freed"] as? [String: Any])
        let assists = try #require(shown["assists"] as? [[String: Any]])
        let days = assists.map { row in ["day", "zone", "technology", "result"].map { row[$0] as? String ?? "" } + ["\(row["count"] as? Int ?? 0)"] }
        #expect(
            days == [
                ["2026-10-05", "sentrum", "medication-dispenser", "done", "1"], ["2026-10-07", "biri", "electronic-lock", "done", "1"],
                ["2026-10-07", "sentrum", "medication-dispenser", "follow-up", "1"], ["2026-10-11", "sentrum", "medication-dispenser", "done", "1"],
            ]
        )
        let dispenser = try #require((shown["technologies"] as? [[String: Any]])?.first)
        #expect(dispenser["done"] as? Int == 2 && (dispenser["newWork"] as? [String: Any])?["follow-up"] as? Int == 1)
        #expect(((dispenser["netHours"] as? [String: Any])?["main"] as? Double).map { abs($0 - 0.25) < 1e-12 } == true)
    }

    /// The sentence, the table and the lineage are of the same alarms: from those closed at the centre to those that freed hours count.
    private func expectReconciled(_ municipality: ReportedMunicipality, _ zone: String?, _ views: ViewsReader, _ alarms: [LineageAlarm]) throws {
        let period = try ReportPeriod("2026-W41")
        let data = try municipality.indicators(period: period, zone: zone, views: views, now: Self.now).data
        guard let freed = data.freed, let found = data.freedReconciliation else { return }
        let left = found.otherTechnology + found.unintended + found.technical + found.outsideWholeDays
        #expect(found.closedAtCentre == found.counted + left)
        #expect(freed.rows.first { $0.technology == .safetyAlarm }?.counts.done == found.counted && alarms.count == found.counted)
    }

    @Test("the alarms behind each figure of the week add up to it, in all zones and in one")
    func lineage() throws {
        try gathered(Self.events) { municipality, views in
            for measure in IndicatorMeasure.allCases {
                for zone in [nil, "biri", "sentrum"] {
                    let (_, figure, alarms) = try municipality.lineage(
                        of: measure,
                        period: ReportPeriod("2026-W41"),
                        zone: zone,
                        views: views,
                        now: Self.now
                    )
                    if measure == .freedHours { try expectReconciled(municipality, zone, views, alarms) }
                    guard let unit = measure.lineageUnit else { continue }
                    let numerator = Double(alarms.reduce(0) { $0 + $1.numerator })
                    #expect(figure.numerator == (unit == .milliseconds ? numerator / 3_600_000 : numerator), "\(measure) \(zone ?? "all")")
                    if measure.isShareOfAlarms {
                        #expect(figure.denominator == Double(alarms.reduce(0) { $0 + $1.denominator }), "\(measure) \(zone ?? "all")")
                    }
                }
            }
        }
    }

    @Test("plans begin from a period with a whole week and ten call-outs, and say what of it they stand on; from less they begin from assumptions")
    func planned() throws {
        try gathered(Self.events) { municipality, views in
            var planner = municipality
            planner.planning = PlanningSources(population: ServedSite.sources.population, users: ServedSite.sources.usersByAge)
            planner.planning.assumptions = ServedSite.sources.projection
            func basis(_ period: String) throws -> ProjectionAnswer.Basis? {
                var report = try planner.reportInput(period: ReportPeriod(period), views: views, now: Self.now)
                try planner.add(.planning, to: &report, views: views, now: Self.now)
                return report.planning?.projection?.basis
            }
            // Data of 28 September to 11 October: eleven whole days of October with a call-out each and one more.
            #expect(try basis("2026-10") == .measured(.init(wholeDays: 11, days: 31, callOuts: 12)))
            #expect(try basis("2026-W41") == .tooLittle(.init(wholeDays: 7, days: 7, callOuts: 8)))
            #expect(try basis("2026-10-07") == .tooLittle(.init(wholeDays: 1, days: 1, callOuts: 1)))
            let input = ReportedMunicipality.ProjectionInput(
                population: try #require(ServedSite.sources.population),
                users: try #require(ServedSite.sources.usersByAge),
                assumptions: try #require(ServedSite.sources.projection),
                years: [2040]
            )
            let answer = try municipality.projection(input, measured: (try ReportPeriod("2026-10"), views), now: Self.now)
            #expect(answer.assumptions.today.callOutsPer30Days.source.hasPrefix("målt oktober\u{A0}2026, 11 av 31 hele døgn, n = 12, 95 %: "))
            // Each figure has its own n.
            let closed = try municipality.indicators(period: ReportPeriod("2026-10"), views: views, now: Self.now).data.keyFigures.closedAtCentre
            let source = answer.assumptions.today.closedAtCentre.source
            #expect(closed.denominator > 0 && source == "målt oktober\u{A0}2026, n = \(closed.denominator) lukkede alarmer")
            #expect(answer.caution?.hasPrefix("Tallet hviler på 12\u{A0}utrykninger i 11 hele døgn") == true)
            let refusal = try #require(throws: ReportedMunicipality.TooLittleMeasured.self) {
                try municipality.projection(input, measured: (try ReportPeriod("2026-W41"), views), now: Self.now)
            }
            #expect("\(refusal)".contains("2026-W41 has 7 whole days of data of 7, and 8 call-outs on them: a projection needs at least 7 whole days and 10"))
        }
    }

    @Test("a measured week with a roster is projected by what the attendance norm asks for; without a roster by the square root")
    func projection() throws {
        // Each hour of eight days an alarm that is attended after ten minutes and closed after forty; in the hour before them six at once.
        let hourly = (0..<192).map { Self.now - Int64(240 - $0) * 3_600_000 }
        let atOnce = (0..<6).map { Self.now - 241 * 3_600_000 + Int64($0) * 120_000 }
        let events = (hourly + atOnce).enumerated().flatMap { hour, begin -> [String] in
            let steps: [(String, Int64, String)] = [
                ("raised", 0, #","device":"d-1","kind":"manual""#), ("dispatched", 1, ""), ("arrived", 11, ""), ("closed", 40, #","outcome":"visited""#),
            ]
            return steps.map { type, minute, data in
                let time = Timestamp.format(begin + minute * 60_000)
                return #"{"specversion":"1.0","id":"\#(hour)-\#(type)","source":"s","type":"no.vaktlast.alarm.\#(type)","time":"\#(time)","#
                    + #""data":{"alarm":"\#(hour)"\#(data)}}"#
            }
        }
        try gathered(events) { municipality, views in
            let input = ReportedMunicipality.ProjectionInput(
                population: try #require(ServedSite.sources.population),
                users: try #require(ServedSite.sources.usersByAge),
                assumptions: try #require(ServedSite.sources.projection),
                years: [2040]
            )
            let week = (period: try ReportPeriod("2026-W41"), views: views)
            let answer = try municipality.projection(input, measured: week, now: Self.now)
            guard case .requiredPositions(let shifts, _) = answer.need else {
                Issue.record("the norm was not asked")
                return
            }
            #expect(shifts == 6 && answer.projection.readiness > 0)
            // Measured once: the levels differ by what is to come alone.
            let callOuts = answer.assumptions.today.callOutsPer30Days
            #expect(callOuts.range.low == callOuts.range.high && callOuts.source.contains("95 %: "))
            // The page of the same period has the same answer, not one by another rule.
            var planner = municipality
            planner.planning = PlanningSources(population: input.population, users: input.users, assumptions: input.assumptions)
            var report = try planner.reportInput(period: week.period, views: views, now: Self.now)
            try planner.add(.planning, to: &report, views: views, now: Self.now)
            let shown = try #require(report.planning?.projection)
            #expect(shown.need == answer.need && shown.measured?.position == answer.measured?.position)
            #expect(shown.projection.rows.filter { $0.year == 2040 } == answer.projection.rows)
            #expect(Report(report).planPage().contains("etter kravet til utrykningstid"))
            // What leaves the municipality has the same people: whole days alone, of both.
            func planned(isExternal: Bool) throws -> Projection {
                var report = try planner.reportInput(period: ReportPeriod("2026-10"), views: views, now: Self.now, isExternal: isExternal)
                try planner.add(.planning, to: &report, views: views, now: Self.now)
                return try #require(report.planning?.projection).projection
            }
            let (inside, outside) = (try planned(isExternal: false), try planned(isExternal: true))
            #expect(abs(inside.staffingToday - outside.staffingToday) < 1e-9)
            #expect(zip(inside.rows, outside.rows).allSatisfy { abs($0.fullTimeEquivalents - $1.fullTimeEquivalents) < 1e-9 })
            let command = try municipality.projection(input, measured: (try ReportPeriod("2026-10"), views), now: Self.now)
            #expect(command.projection.staffingToday == inside.staffingToday)
            // A period with too little says so, and that it is assumed.
            var early = try planner.reportInput(period: ReportPeriod("2026-W01"), views: views, now: Self.now)
            try planner.add(.planning, to: &early, views: views, now: Self.now)
            #expect(early.planning?.projection?.basis == .tooLittle(.init(wholeDays: 0, days: 7, callOuts: 0)))
            let page = Report(early).planPage()
            #expect(page.contains("Perioden har for lite å bygge på") && page.contains("Dette er forutsatt, ikke målt"))
            // Twice the load never asks for fewer, and today's need is that of today's load.
            let row = try #require(answer.projection.rows.first { $0.level == .main })
            #expect(row.fullTimeEquivalents >= answer.projection.staffingToday && answer.projection.staffingToday > 0)
            #expect(abs(row.loadFactor - 2) < 1e-9)
            var without = municipality
            without.roster = nil
            #expect(try without.projection(input, measured: week, now: Self.now).need == .squareRoot)
            #expect(try municipality.projection(input, now: Self.now).need == .squareRoot)
        }
    }

    private func responseMinutes(_ data: IndicatorData) -> Int64 { data.responseMillisecondsByDay.reduce(0, +) / 60_000 }
}
