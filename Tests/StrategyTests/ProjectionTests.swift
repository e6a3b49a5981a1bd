import Files
import Strategy
import Telemetry
import Testing

@Suite("Projection to 2030, 2040 and 2050")
struct ProjectionTests {
    static let population = """
        region;alder;år;alternativ;personer
        5027 Midtre Gauldal;0-66;2020;hoved;4000
        5027 Midtre Gauldal;67-79;2020;hoved;600
        5027 Midtre Gauldal;80 år eller eldre;2020;hoved;400
        5027 Midtre Gauldal;0-66;2040;hoved;3900
        5027 Midtre Gauldal;67-79;2040;hoved;800
        5027 Midtre Gauldal;80 år eller eldre;2040;hoved;800
        5027 Midtre Gauldal;0-66;2040;høy;4000
        5027 Midtre Gauldal;67-79;2040;høy;800
        5027 Midtre Gauldal;80 år eller eldre;2040;høy;1000
        5027 Midtre Gauldal;67-79;2020;høy;600
        5027 Midtre Gauldal;80 år eller eldre;2020;høy;400
        3407 Gjøvik;80 år eller eldre;2040;hoved;9999
        """

    static let users = """
        alder;teknologi;brukere;vekt
        67-79;safety-alarm;20;1
        80+;safety-alarm;80;1,5
        80+;medication-dispenser;10;
        """

    static let assumptions = """
        today:
          year: 2020
          callOutsPer30Days: {main: 70, source: egen telling}
          minutesPerCallOut: {main: 60, source: egen telling}
          closedAtCentre: {main: 60, source: egen telling}
          fullTimeEquivalents: {main: 10, source: turnus}
        staffing: {margin: 1, hoursPerFullTimeEquivalent: 1700, source: eksempel}
        alternatives: {low: hoved, main: hoved, high: høy}
        dependencyRatio:
          source: "Midtre Gauldal, sak 63/21"
          years: [{year: 2020, ratio: 4}, {year: 2040, ratio: 2.5}, {year: 2050, ratio: 2.2}]
        """

    private func projection(_ assumptions: String = Self.assumptions, years: [Int] = [2040], need: @escaping (Double) -> Double = { 10 * $0 }) throws
        -> Projection
    {
        try Projection(
            population: Population(csv: Self.population, municipality: "5027"),
            users: UsersByAge(csv: Self.users),
            assumptions: ProjectionAssumptions(yaml: assumptions),
            years: years,
            need: need
        )
    }

    @Test("by hand: 20 users of 67–79 grow by 4/3, 80 of 80+ double: load (26.67 + 240)/140 = 1.9048, 133.3 call-outs, 1,623 hours")
    func byHand() throws {
        let row = try #require(try projection().rows.first { $0.level == .main })
        let factor = (20.0 * 4 / 3 + 160 * 1.5) / 140
        #expect(near(row.loadFactor, factor) && near(row.callOutsPer30Days, 70 * factor) && near(row.alarmsPer30Days ?? 0, 175 * factor))
        #expect(near(row.responseHoursPerYear, 70 * factor * 365.25 / 30) && near(row.fullTimeEquivalents, 10 * factor))
        #expect(near(row.usersByTechnology[.safetyAlarm] ?? 0, 20 * 4.0 / 3 + 160) && row.usersByTechnology[.medicationDispenser] == 20)
        #expect(row.inhabitants80 == 800)
        // 1,000 pensioners become 1,600; 4 working for each become 2.5: 4,000 for 4,000, so as many as today.
        #expect(near(row.workforceFactor ?? 0, 1) && near(row.available ?? 0, 10) && near(row.gap ?? 0, 10 * factor - 10))
        // With a need that is even in the load: 1 − 1/1.9048 of the call-outs must go.
        #expect(near(row.replacedToKeepStaffing ?? 0, 1 - 1 / factor, 1e-8) && near(row.replacedToMeetWorkforce ?? 0, 1 - 1 / factor, 1e-8))
        #expect(near(row.closedAtCentreToKeepStaffing ?? 0, 1 - 0.4 / factor, 1e-8))
    }

    @Test("the high alternative has more who are old; low, main and high never change places")
    func levels() throws {
        let rows = try projection().rows
        #expect(rows.map(\.level) == [.low, .main, .high] && rows[2].inhabitants80 == 1000)
        #expect(rows[0].loadFactor == rows[1].loadFactor && rows[2].loadFactor > rows[1].loadFactor)
    }

    @Test("the dependency ratio is straight between 4, 2.5 and 2.2: 3.25 in 2030, 2.35 in 2045, 2.2 after 2050")
    func ratio() throws {
        let ratio = try #require(try ProjectionAssumptions(yaml: Self.assumptions).dependencyRatio)
        for (year, value) in [(2010, 4), (2020, 4), (2030, 3.25), (2040, 2.5), (2045, 2.35), (2050, 2.2), (2060, 2.2)] {
            #expect(near(ratio.ratio(in: year), value), "\(year)")
        }
    }

    @Test("without a dependency ratio the workforce is those of 20–66 where the table has them, else it is not told")
    func withoutRatio() throws {
        let text = Self.assumptions.replacing(/(?s)dependencyRatio:.*/, with: "")
        #expect(try projection(text).rows.allSatisfy { $0.workforceFactor == nil && $0.gap == nil && $0.replacedToMeetWorkforce == nil })
    }

    @Test("a named change works in by degrees: users 0.8 by 2060 is 0.9 in 2040, and low keeps under high")
    func changes() throws {
        let change = """

            changes:
              - id: friskere
                name: Friskere eldre
                fullYear: 2060
                users: {low: 0.6, main: 0.8, high: 1, source: eksempel, example: true}
                minutesPerCallOut: {main: 1.2, source: eksempel, example: true}
            """
        let projection = try projection(Self.assumptions + change)
        let plain = try self.projection()
        #expect(near(projection.rows[1].callOutsPer30Days, plain.rows[1].callOutsPer30Days * 0.9))
        #expect(near(projection.rows[1].loadFactor, plain.rows[1].loadFactor * 0.9 * 1.1))
        #expect(near(projection.rows[0].callOutsPer30Days, plain.rows[0].callOutsPer30Days * 0.8))
        #expect(projection.hasExample && !plain.hasExample && projection.rows[0].loadFactor < projection.rows[2].loadFactor)
    }

    @Test("a need in steps: the smallest share that gets under the step is found, and what no share can do is said")
    func steps() throws {
        // Whole positions: 7 until 1.5 times the load, 14 above.
        let stepped = try projection { $0 <= 1.5 ? 7 : 14 }
        let row = stepped.rows[1]
        #expect(near(row.replacedToKeepStaffing ?? 0, 1 - 1.5 / row.loadFactor, 1e-7))
        #expect(try projection { _ in 11 }.rows.allSatisfy { $0.replacedToKeepStaffing == nil && $0.closedAtCentreToKeepStaffing == nil })
        #expect(try projection { _ in 9 }.rows.allSatisfy { $0.replacedToKeepStaffing == 0 })
    }

    @Test("square root staffing: 0.25 erlang with margin 1 is 0.75 people, 168 h a week, 52.18 weeks, 1,700 h: 3.867 årsverk")
    func squareRoot() throws {
        var rule = try ProjectionAssumptions(yaml: Self.assumptions).staffing
        let even = SquareRootStaffing(evenErlang: 0.25, rule: rule)
        #expect(near(even.fullTimeEquivalents(loadFactor: 1), 0.75 * 168 * (365.25 / 7) / 1700))
        #expect(near(even.fullTimeEquivalents(loadFactor: 4), 2 * 168 * (365.25 / 7) / 1700) && even.fullTimeEquivalents(loadFactor: 0) == 0)
        rule.isWhole = true
        #expect(near(SquareRootStaffing(evenErlang: 0.25, rule: rule).fullTimeEquivalents(loadFactor: 1), 168 * (365.25 / 7) / 1700))
        #expect(near(SquareRootStaffing(evenErlang: 1, rule: rule).fullTimeEquivalents(loadFactor: 1), 2 * 168 * (365.25 / 7) / 1700))
        rule.minimumOnDuty = 3
        let week = SquareRootStaffing(hourlyErlang: [[Double](repeating: 0, count: 168), [Double](repeating: 4, count: 168)], rule: rule)
        #expect(near(week.fullTimeEquivalents(loadFactor: 1), (3 + 6) * 168 * (365.25 / 7) / 1700))
    }

    @Test("the staffing that is asked for never falls as the load rises, and what is found is enough and no more", arguments: 1...20)
    func neverFalls(seed: UInt64) throws {
        var random = TestRandom(seed: seed)
        var rule = try ProjectionAssumptions(yaml: Self.assumptions).staffing
        rule.isWhole = seed % 2 == 0
        rule.margin = Double(random.next(below: 20)) / 10
        let hours = (0..<3).map { _ in (0..<168).map { _ in Double(random.next(below: 3000)) / 1000 } }
        let staffing = SquareRootStaffing(hourlyErlang: hours, rule: rule)
        let needs = stride(from: 0.0, through: 3, by: 0.05).map(staffing.fullTimeEquivalents)
        #expect(zip(needs, needs.dropFirst()).allSatisfy { $0 <= $1 + 1e-12 })
        let found = try projection(need: staffing.fullTimeEquivalents)
        for row in found.rows {
            guard let part = row.replacedToKeepStaffing, part > 0 else { continue }
            #expect(staffing.fullTimeEquivalents(loadFactor: row.loadFactor * (1 - part)) <= found.staffingToday + 1e-6)
            #expect(staffing.fullTimeEquivalents(loadFactor: row.loadFactor * (1 - part + 1e-6)) > found.staffingToday)
        }
    }

    @Test(
        "what does not fit together is told with file, line, value and way out",
        arguments: [
            ("67-79;safety", "68-79;safety", "users-by-age.csv:2: column alder: \"68-79\": the population table does not have this group in 2020"),
            ("80+;safety-alarm;80", "80-89;safety-alarm;80", "users-by-age.csv:3: column alder: \"80-89\""),
            ("67-79;safety", "70+;safety", "users-by-age.csv:3: column alder: \"80+\": overlaps an age group above"),
            ("safety-alarm", "location", "users-by-age.csv:1: column teknologi: no users of safety-alarm (add rows with safety-alarm"),
            (";20;1", ";20;mye", "users-by-age.csv:2: column vekt: \"mye\": not an allowed number"),
        ]
    )
    func problems(from: String, to: String, message: String) throws {
        let error = try #require(throws: FileError.self) {
            try Projection(
                population: Population(csv: Self.population, municipality: "5027"),
                users: UsersByAge(csv: Self.users.replacing(from, with: to)),
                assumptions: ProjectionAssumptions(yaml: Self.assumptions),
                years: [2040]
            ) { $0 }
        }
        #expect(error.description.contains(message), "\(error.description)")
    }

    @Test("a year or an alternative that the table lacks is told")
    func missingYears() throws {
        let year = try #require(throws: FileError.self) { try projection(years: [2050]) }
        #expect(year.description.contains("population.csv:1: column år: \"2050\": no such year in the table (the table has 2020, 2040; fetch 2050"))
        let past = try #require(throws: FileError.self) { try projection(years: [2020]) }
        #expect(past.description.contains("today.year: \"2020\": nothing to project (years after today.year, 2020)"))
        let other = try #require(throws: FileError.self) { try projection(Self.assumptions.replacing("high: høy", with: "high: HHMH")) }
        #expect(other.description.contains("alternatives.high: \"HHMH\"") && other.description.contains("one of hoved, høy"))
    }

    @Test("Statistics Norway's own forms are read: quoted cells, commas, K-codes, single years, both sexes")
    func statisticsNorway() throws {
        let text = """
            "region","kjønn","alder","tid","statistikkvariabel","value"
            "K-5027 Midtre Gauldal","Menn","79 år","2030","Hovedalternativet (MMM)","30"
            "K-5027 Midtre Gauldal","Kvinner","79 år","2030","Hovedalternativet (MMM)","35"
            "K-5027 Midtre Gauldal","Menn","80 år eller eldre","2030","Hovedalternativet (MMM)","100"
            """
        let population = try Population(csv: text, municipality: "5027")
        #expect(population.persons(AgeGroup(from: 79, to: 79), year: 2030, alternative: "Hovedalternativet (MMM)") == 65)
        #expect(population.persons(AgeGroup(from: 79, to: nil), year: 2030, alternative: "Hovedalternativet (MMM)") == 165)
        #expect(population.persons(AgeGroup(from: 78, to: nil), year: 2030, alternative: "Hovedalternativet (MMM)") == nil)
        let none = try #require(throws: FileError.self) { try Population(csv: text, municipality: "3441") }
        #expect(none.description.contains("no row of municipality 3441"))
    }

    @Test(
        "ages as tables write them",
        arguments: [("67", 67, 67), ("67 år", 67, 67), ("80-89", 80, 89), ("80–89 år", 80, 89), ("105 år eller eldre", 105, nil), ("90+", 90, nil)]
            as [(String, Int, Int?)]
    )
    func ages(text: String, from: Int, to: Int?) {
        #expect(AgeGroup(text) == AgeGroup(from: from, to: to))
    }

    @Test(
        "ages with Statistics Norway's code before them are the age",
        arguments: [
            ("000 0 år", 0, 0), ("001 1 år", 1, 1), ("009 9 år", 9, 9), ("010 10 år", 10, 10), ("010", 10, 10), ("10 år", 10, 10), ("104 104 år", 104, 104),
            ("105+ 105 år eller eldre", 105, nil), ("105 105 år eller eldre", 105, nil), ("067\u{A0}67 år", 67, 67), ("67-79 67–79 år", 67, 79),
            ("67 - 79 år", 67, 79), ("105 år eller eldre", 105, nil),
        ] as [(String, Int, Int?)]
    )
    func codedAges(text: String, from: Int, to: Int?) {
        #expect(AgeGroup(text) == AgeGroup(from: from, to: to))
    }

    @Test("a whole table with codes is read by age: nobody of one year is taken for one of eleven")
    func codedTable() throws {
        let rows = (0...105).map { age in
            let code = String(repeating: "0", count: 3 - "\(age)".count) + "\(age)"
            return "\"5027 Midtre Gauldal\",\"\(age == 105 ? "105+ 105 år eller eldre" : "\(code) \(age) år")\",\"2026\",\"MMM\",\"\(1000 + age)\"\n"
        }
        let population = try Population(csv: "\"region\",\"alder\",\"år\",\"alternativ\",\"personer\"\n" + rows.joined(), municipality: "5027")
        for (age, persons) in [(0, 1000), (1, 1001), (10, 1010), (11, 1011)] {
            #expect(population.persons(AgeGroup(from: age, to: age), year: 2026, alternative: "MMM") == persons)
        }
        #expect(population.persons(AgeGroup(from: 104, to: nil), year: 2026, alternative: "MMM") == 1104 + 1105)
    }

    @Test(
        "an age that does not agree with its code, or is none, is refused by the file's own column with what to write",
        arguments: [
            (
                "010 11 år",
                "population.csv:2: column Alder: \"010 11 år\": the code says 10 and the text behind it says 11 (write one of them: 10 or 11)"
            ),
            ("105+ 105 år", "the code says 105+ and the text behind it says 105 (write one of them: 105+ or 105)"),
            ("8 0-89", "the code says 8 and the text behind it says 0-89"),
            ("010 1O år", "population.csv:2: column Alder: \"010 1O år\": not an age (an age such as 67, 67 år, 80-89, 90+ or 105 år eller eldre, also with"),
            ("", "population.csv:2: column Alder: empty cell (an age such as 67"),
        ]
    )
    func badAges(age: String, message: String) throws {
        let error = try #require(throws: FileError.self) {
            try Population(csv: "region;Alder;år;alternativ;personer\n5027;\(age);2026;MMM;10\n", municipality: "5027")
        }
        #expect(error.problems.count == 1 && error.description.contains(message), "\(error.description)")
    }

    @Test("what is no age is none", arguments: ["", "alle", "89-80", "-5", "80-", "130", "8O+", "1-2-3", "010 11 år", "1 0", "105+ 104 år eller eldre"])
    func noAges(text: String) {
        #expect(AgeGroup(text) == nil)
    }

    @Test("rounded for who is outside, sentences in tenths say what the municipality's own say")
    func roundedTwice() throws {
        for need in [5.5459, 5.5551, 5.545, 6.4252, 6.0] {
            let projection = try projection { _ in need }
            for (own, outside) in zip(projection.rows, projection.rounded.rows) {
                #expect((own.fullTimeEquivalents * 10).rounded() == (outside.fullTimeEquivalents * 10).rounded(), "\(own.fullTimeEquivalents)")
                #expect(abs(own.fullTimeEquivalents - outside.fullTimeEquivalents) < 0.011)
                #expect(abs(outside.fullTimeEquivalents * 100 - (outside.fullTimeEquivalents * 100).rounded()) < 1e-9)
            }
        }
    }

    @Test("projection.yaml: every problem with line, key and way out at once")
    func yamlProblems() throws {
        let text = Self.assumptions.replacing("margin: 1,", with: "margin: stor,").replacing(
            "minutesPerCallOut: {main: 60",
            with: "minutesPerCallOut: {main: 0"
        )
        .replacing("high: høy", with: "hoy: høy").replacing("{year: 2050", with: "{year: 2040")
        let error = try #require(throws: FileError.self) { try ProjectionAssumptions(yaml: text, file: "p.yaml") }
        for part in [
            "p.yaml:4: today.minutesPerCallOut.main: \"0\"", "p.yaml:7: staffing.margin: \"stor\"", "p.yaml:8: alternatives.hoy: unknown key",
            "p.yaml:11: dependencyRatio.years[3].year: \"2040\": used twice",
        ] {
            #expect(error.description.contains(part), "\(part) in \(error.description)")
        }
    }

    private func near(_ left: Double, _ right: Double, _ tolerance: Double = 1e-9) -> Bool { abs(left - right) <= tolerance * max(1, abs(right)) }
}
