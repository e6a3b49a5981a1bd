import Files
import Strategy
import Telemetry
import Testing
import Workload

@Suite("Freed hours and realised benefit")
struct BenefitTests {
    static let good = """
        benefits:
          - technology: medication-dispenser
            replaces: legemiddelbesøk
            share: {low: 50, main: 60, high: 75, source: eksempel, example: true}
            minutes: {low: 8, main: 10, high: 12, source: eksempel, example: true}
            newWork:
              follow-up: {main: 15, source: eksempel, example: true}
              technical-visit: {low: 20, main: 30, high: 45, source: eksempel, example: true}
          - technology: safety-alarm
            replaces: utrykninger
            share: {main: 100, source: egen telling}
            minutes: {main: 40, source: målt i perioden}
            newWork:
              false-alarm: {main: 40, source: målt i perioden}
        """

    private func assumptions() throws -> BenefitAssumptions { try BenefitAssumptions(yaml: BenefitTests.good) }

    @Test("1,000 doses at 60 % of 10 min are 100 h; 40 follow-ups of 15 min and 6 visits of 30 min take 13 h: 87 h net")
    func byHand() throws {
        let counts: [Technology: FreedHours.Counts] = [.medicationDispenser: .init(done: 1000, newWork: [.followUp: 40, .technicalVisit: 6])]
        let freed = FreedHours(try assumptions(), counts: counts)
        let row = try #require(freed.rows.first)
        #expect(near(row.freed.main, 100) && near(row.newWork.main, 13) && near(row.net.main, 87))
        // Low: 1000 × 0.5 × 8/60 less 10 h and 6 × 45 min; high: 1000 × 0.75 × 12/60 less 10 h and 6 × 20 min.
        #expect(near(row.net.low, 4000.0 / 60 - 14.5) && near(row.net.high, 150 - 12))
        #expect(row.hasExample, "its assumptions are examples")
        #expect(freed.uncounted == [.safetyAlarm] && freed.count == 1046)
        var data = IndicatorData(keyFigures: .made(), responseMillisecondsByDay: [], users: 0, deviceDaysWithSign: 0, deviceDaysRegistered: 0)
        data.freed = freed
        data.freedDays = 60
        #expect(near(IndicatorFigure(.freedHours, data).value ?? 0, 43.5) && IndicatorFigure(.freedHours, data).restsOnExample)
    }

    @Test("assists count for their technology; call-outs that were for nothing or to a broken device for that of the device")
    func counted() {
        func assist(_ zone: String, _ technology: Technology, _ result: AssistResult, _ count: Int64) -> AssistRow {
            .init(municipality: "3407", zone: zone, hour: 1, technology: technology, result: result, count: count)
        }
        let sent: [Step] = [.raised, .dispatched, .closed]
        let counts = FreedHours.counts(
            assists: [
                assist("a", .digitalSupervision, .done, 30), assist("b", .digitalSupervision, .done, 4), assist("a", .digitalSupervision, .followUp, 2),
                assist("b", .electronicLock, .done, 7),
            ],
            alarms: [
                // Safety alarms, registered and not: three at the centre, of which one was for nothing; a call-out of each kind.
                .made("1", device: "s", outcome: .resolvedByVoice, steps: [.raised, .closed]),
                .made("2", device: nil, outcome: .other, steps: [.raised, .closed]),
                .made("3", device: "nobody's", outcome: .unintended, steps: [.raised, .closed]),
                .made("4", device: "s", outcome: .visited, steps: sent), .made("5", device: "s", outcome: .unintended, steps: sent),
                .made("6", device: nil, outcome: .technical, steps: sent),
                // Of a camera and a dispenser; what the centre closed of them would not have been without them.
                .made("7", device: "c", outcome: .unintended, steps: sent), .made("8", device: "c", outcome: .resolvedByVoice, steps: [.raised, .closed]),
                .made("9", device: "m", outcome: .technical, steps: sent),
                // Tests, open ones and those that nobody raised count nothing.
                .made("10", device: "s", outcome: .test, isTest: true, steps: sent), .made("11", device: "c", outcome: nil, steps: [.raised, .dispatched]),
                .made("12", device: "c", outcome: .unintended, steps: [.dispatched, .closed]),
            ],
            technologies: ["s": .safetyAlarm, "c": .digitalSupervision, "m": .medicationDispenser, "l": .electronicLock]
        )
        #expect(
            counts == [
                .safetyAlarm: .init(done: 2, newWork: [.falseAlarm: 1, .technicalVisit: 1]),
                .digitalSupervision: .init(done: 34, newWork: [.followUp: 2, .falseAlarm: 1]), .electronicLock: .init(done: 7),
                .medicationDispenser: .init(done: 0, newWork: [.technicalVisit: 1]),
            ]
        )
        #expect(FreedHours.counts(assists: [], alarms: [], technologies: [:]) == [.safetyAlarm: .init(done: 0)], "what nobody speaks of is uncounted")
    }

    @Test("counts of zones and hours add up to those of all", arguments: 1...20)
    func countsAddUp(seed: UInt64) {
        var random = TestRandom(seed: seed)
        let technologies = Dictionary(uniqueKeysWithValues: (0..<9).map { ("d\($0)", Technology.allCases[$0 % Technology.allCases.count]) })
        let zones = (0..<4).map { zone -> (assists: [AssistRow], alarms: [AlarmRecord]) in
            let assists = (0..<random.next(below: 30)).map { _ in
                AssistRow(
                    municipality: "3407",
                    zone: "z\(zone)",
                    hour: Int64(random.next(below: 5)),
                    technology: Technology.allCases[random.next(below: Technology.allCases.count)],
                    result: AssistResult.allCases[random.next(below: 2)],
                    count: Int64(1 + random.next(below: 9))
                )
            }
            let alarms = (0..<random.next(below: 30)).map { number in
                let isSent = random.next(below: 2) == 0
                return AlarmRecord.made(
                    "\(zone)-\(number)",
                    device: "d\(random.next(below: 11))",
                    outcome: Outcome.allCases[random.next(below: Outcome.allCases.count)],
                    isTest: random.next(below: 9) == 0,
                    steps: isSent ? [.raised, .accepted, .closed] : [.raised, .closed]
                )
            }
            return (assists, alarms)
        }
        var sum: [Technology: FreedHours.Counts] = [:]
        for zone in zones {
            for (technology, counts) in FreedHours.counts(assists: zone.assists, alarms: zone.alarms, technologies: technologies) {
                sum[technology, default: .init(done: 0)].done += counts.done
                for (kind, count) in counts.newWork { sum[technology, default: .init(done: 0)].newWork[kind, default: 0] += count }
            }
        }
        #expect(sum == FreedHours.counts(assists: zones.flatMap(\.assists), alarms: zones.flatMap(\.alarms), technologies: technologies))
        // The sentence that explains them, the table and the lineage are of the same alarms.
        let alarms = zones.flatMap(\.alarms)
        let found = FreedReconciliation(alarms, whole: 0..<1, technologies: technologies)
        let assisted = zones.flatMap(\.assists).filter { $0.technology == .safetyAlarm && $0.result == .done }.reduce(0) { $0 + Int($1.count) }
        #expect(
            found.counted + assisted == sum[.safetyAlarm]?.done ?? 0 && found.counted == FreedHours.closedAtCentre(alarms, technologies: technologies).count
        )
        #expect(found.closedAtCentre == found.counted + found.otherTechnology + found.unintended + found.technical + found.outsideWholeDays)
        #expect(FreedReconciliation(alarms, whole: 1..<2, technologies: technologies).outsideWholeDays == found.closedAtCentre)
    }

    @Test("new work can outweigh what is freed")
    func underZero() throws {
        let freed = FreedHours(try assumptions(), counts: [.safetyAlarm: .init(done: 3, newWork: [.falseAlarm: 6])])
        #expect(near(freed.net.main, -2) && freed.rows.first?.hasExample == false)
    }

    @Test("freed less new work adds up over technologies and months", arguments: 1...30)
    func addsUp(seed: UInt64) throws {
        var random = TestRandom(seed: seed)
        func month() -> [Technology: FreedHours.Counts] {
            var counts: [Technology: FreedHours.Counts] = [:]
            for technology in [Technology.medicationDispenser, .safetyAlarm] {
                let kinds = BenefitAssumptions.NewWork.allCases
                counts[technology] = .init(
                    done: random.next(below: 500),
                    newWork: Dictionary(uniqueKeysWithValues: kinds.map { ($0, random.next(below: 50)) })
                )
            }
            return counts
        }
        let months = (0..<6).map { _ in month() }
        let whole = months.reduce(into: [Technology: FreedHours.Counts]()) { sum, month in
            for (technology, counts) in month {
                sum[technology, default: .init(done: 0)].done += counts.done
                for (kind, count) in counts.newWork { sum[technology, default: .init(done: 0)].newWork[kind, default: 0] += count }
            }
        }
        let assumptions = try assumptions()
        let year = FreedHours(assumptions, counts: whole)
        let byMonth = months.map { FreedHours(assumptions, counts: $0).net }.reduce(.zero, +)
        #expect(near(year.net.main, byMonth.main) && near(year.net.low, byMonth.low) && near(year.net.high, byMonth.high))
        let byTechnology = whole.map { FreedHours(assumptions, counts: [$0.key: $0.value]).net }.reduce(.zero, +)
        #expect(near(year.net.main, byTechnology.main))
        #expect(near((year.freed - year.newWork).low, year.net.low) && year.net.low <= year.net.main && year.net.main <= year.net.high)
    }

    @Test(
        "what is wrong in benefits.yaml is named with line, key and way out",
        arguments: [
            ("technology: safety-alarm", "technology: dog", 9, "benefits[2].technology: \"dog\"", "allowed: digital-supervision"),
            ("technology: safety-alarm", "technology: medication-dispenser", 9, "\"medication-dispenser\": used twice", "write each technology once"),
            ("main: 60", "main: 160", 4, "benefits[1].share.main: \"160\"", "a number from 0 to 100"),
            ("low: 50, ", "", 4, "benefits[1].share.low: missing", "both low and high, or neither"),
            ("low: 50", "low: 70", 4, "benefits[1].share: \"low 70", "low ≤ main ≤ high"),
            ("follow-up:", "coffee:", 7, "newWork.coffee: unknown key", "allowed: follow-up, false-alarm, technical-visit"),
            ("source: egen telling", "example: true", 11, "share.source: missing", "required"),
        ]
    )
    func problems(from: String, to: String, line: Int, key: String, wayOut: String) throws {
        let text = BenefitTests.good.replacing(from, with: to)
        let error = try #require(throws: FileError.self) { try BenefitAssumptions(yaml: text, file: "b.yaml") }
        let isNamed = error.description.split(separator: "\n").contains { $0.hasPrefix("b.yaml:\(line):") && $0.contains(key) && $0.contains(wayOut) }
        #expect(isNamed, "\(error.description)")
    }

    static let book = """
        # Gevinstregnskap
        dato;teknologi;timer;kroner;bruk;merknad
        2026-03-31;medication-dispenser;120,5;48 000;færre vakter;en nattevakt mindre
        2026-04-01;;40;0;Flere brukere;
        2026-04-30;;-10;0;flere brukere;rettet
        """

    @Test("the ledger adds what lies in the period, corrections too, by where it went")
    func ledger() throws {
        let ledger = try BenefitLedger(csv: BenefitTests.book)
        let (march, april, may) = (day(3, 1), day(4, 1), day(5, 1))
        #expect(ledger.sum(from: march, until: april).hours == 120.5 && ledger.sum(from: march, until: april).kroner == 48_000)
        #expect(ledger.sum(from: april, until: may).hours == 30 && ledger.sum(from: april, until: may).lines == 2)
        #expect(ledger.sum(from: march, until: may, use: .fewerShifts).lines == 1 && ledger.entries[0].technology == .medicationDispenser)
        var data = IndicatorData(keyFigures: .made(), responseMillisecondsByDay: [], users: 0, deviceDaysWithSign: 0, deviceDaysRegistered: 0)
        data.realised = ledger.sum(from: march, until: may)
        let figure = IndicatorFigure(.realisedHours, data)
        #expect(figure.value == 150.5 && figure.low == 150.5 && figure.high == 150.5 && figure.count == 3)
        #expect(!figure.restsOnExample && !ledger.isExample)
        let example = try BenefitLedger(csv: "# Linjene er eksempler\n" + BenefitTests.book)
        data.realised = example.sum(from: march, until: may)
        #expect(example.isExample && IndicatorFigure(.realisedHours, data).restsOnExample)
        #expect(IndicatorFigure(.realisedKroner, data).value == 48_000 && IndicatorFigure(.freedHours, data).value == nil)
    }

    @Test("what is wrong in the ledger is named with line, column and way out")
    func ledgerProblems() throws {
        let text = "date;hours;kroner;use\n2026-02-30;1;0;færre vakter\n2026-02-03;mye;0;ferie\n;1;0;bedre tjeneste\n"
        let error = try #require(throws: FileError.self) { try BenefitLedger(csv: text, file: "l.csv") }
        #expect(error.problems.map(\.line) == [2, 3, 3, 4])
        #expect(error.description.contains("l.csv:2: column date: \"2026-02-30\": not a date (a date such as 2027-12-31)"))
        #expect(error.description.contains("one of færre vakter, flere brukere, bedre tjeneste"))
        // In the words of the file's own header.
        let own = try #require(throws: FileError.self) { try BenefitLedger(csv: "dato;timer;Kroner;bruk\n2026-02-30;x;y;ferie\n", file: "l.csv") }
        let cells = ["dato: \"2026-02-30\"", "timer: \"x\"", "Kroner: \"y\"", "bruk: \"ferie\""]
        for cell in cells { #expect(own.description.contains("l.csv:2: column \(cell)"), "\(own.description)") }
    }

    private func day(_ month: Int, _ day: Int) -> LocalTime.Day { LocalTime.Day(year: 2026, month: month, day: day) }

    private func near(_ left: Double, _ right: Double) -> Bool { abs(left - right) < 1e-9 * max(1, abs(right)) }
}
