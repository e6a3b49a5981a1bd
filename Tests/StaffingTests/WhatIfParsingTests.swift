import Files
import Staffing
import Testing

@Suite("What-if files")
struct WhatIfParsingTests {
    private let zones: Set = ["biri", "haugtun", "snertingdal"]

    private let settings: StaffingSettings = {
        var settings = StaffingSettings()
        settings.demandFactors = [.init(year: 2030, factor: SourcedFigure(1.25, source: "framskriving"))]
        return settings
    }()

    private func whatIf(_ changes: String) throws -> WhatIf {
        let roster = try Roster(
            csv: RosterTests.header + "biri;pleie;kveld;alle;15:00;23:00;2\nhaugtun;pleie;kveld;alle;15:00;23:00;2\n"
                + "haugtun;pleie;natt;alle;23:00;07:00;1\nbiri;pleie;natt;alle;22:30;07:00;1\n"
        )
        return try WhatIf(yaml: changes, zones: zones, settings: settings, roster: roster)
    }

    static let changes: [(yaml: String, change: StaffingChange)] = [
        ("{positions: +1, zones: [haugtun], shift: natt, weekdays: lør-søn}", .positions(zones: ["haugtun"], kind: .night, days: .weekdays([6, 7]), delta: 1)),
        ("{positions: -0.5, shift: dag}", .positions(zones: [], kind: .day, days: nil, delta: -0.5)),
        ("{positions: 1, shift: dag, weekdays: helligdag}", .positions(zones: [], kind: .day, days: .holidays, delta: 1)),
        ("{pool: [biri, snertingdal], shifts: [natt]}", .pool(zones: ["biri", "snertingdal"], kinds: [.night])),
        ("{pool: [biri, snertingdal]}", .pool(zones: ["biri", "snertingdal"], kinds: [])),
        ("{laterMinutes: -30, shift: kveld, zones: [biri]}", .start(zones: ["biri"], kind: .evening, laterMinutes: -30)),
        ("{start: 14:30, shift: kveld}", .start(zones: [], kind: .evening, laterMinutes: -30)),
        ("{start: \"00:30\", shift: natt, zones: [haugtun]}", .start(zones: ["haugtun"], kind: .night, laterMinutes: 90)),
        ("{closedAtCentrePercent: 10}", .closedAtCentre(share: 0.1)),
        ("{travelFactor: 1.2}", .travel(factor: 1.2)),
        ("{loadFactor: 1.5}", .load(factor: 1.5)),
        ("{year: 2030}", .load(factor: 1.25)),
        (
            "{norm: {sharePercent: 95, withinMinutes: 30, source: forslag}}",
            .norm(AttendanceNorm(share: 0.95, withinMilliseconds: 1_800_000, source: "forslag"))
        ),
    ]

    @Test("each change is read", arguments: changes)
    func change(yaml: String, change: StaffingChange) throws {
        #expect(try whatIf("changes:\n  - \(yaml)") == WhatIf(name: "Hva om", changes: [change]))
    }

    @Test("several changes keep their order, and JSON is read as it is")
    func json() throws {
        let whatIf = try whatIf(#"{"name":"Natt","changes":[{"positions":1,"zones":["biri"],"shift":"natt"},{"loadFactor":1.1}]}"#)
        #expect(whatIf == WhatIf(name: "Natt", changes: [.positions(zones: ["biri"], kind: .night, days: nil, delta: 1), .load(factor: 1.1)]))
    }

    @Test(
        "what is wrong is named with line, key, value and way out",
        arguments: [
            ("name: x", "1: changes: missing"),
            ("changes: []", "1: changes: an empty list"),
            ("changes: [{shift: natt}]", "1: changes[1]: says no change (write exactly one of positions, pool"),
            ("changes: [{positionz: 1, shift: natt}]", "1: changes[1].positionz: unknown key (allowed: positions, pool"),
            ("changes: [{loadFactor: 2, travelFactor: 2}]", "1: changes[1]: says several changes at once"),
            ("changes: [{positions: 1}]", "1: changes[1].shift: missing"),
            ("changes: [{positions: 1, shift: night}]", "1: changes[1].shift: \"night\": not an allowed value (allowed: dag, kveld, natt)"),
            ("changes: [{positions: mange, shift: natt}]", "1: changes[1].positions: \"mange\": not an allowed value"),
            ("changes: [{positions: 0, shift: natt}]", "1: changes[1].positions: \"0\": no change"),
            ("changes: [{positions: 1, shift: natt, zones: [oslo]}]", "1: changes[1].zones[1]: \"oslo\": not a zone here"),
            ("changes: [{positions: 1, shift: natt, weekdays: mon}]", "1: changes[1].weekdays: \"mon\": not understood (days such as man-fre"),
            ("changes:\n  - {loadFactor: 2}\n  - {pool: [biri]}", "3: changes[2].pool: \"biri\": one zone only"),
            ("changes: [{pool: [biri, haugtun], shifts: [night]}]", "1: changes[1].shifts[1]: \"night\": not a shift"),
            ("changes: [{start: 22:00, shift: natt}]", "1: changes[1].start: \"22:00\": these shifts begin at different times (write laterMinutes"),
            ("changes: [{start: 08:00, shift: dag}]", "1: changes[1].start: \"08:00\": no such shift in the roster"),
            ("changes: [{laterMinutes: 7.5, shift: natt}]", "1: changes[1].laterMinutes: \"7.5\": not a whole number (whole minutes such as 30)"),
            ("changes: [{year: 2040}]", "1: changes[1].year: \"2040\": no demand factor for that year (known: 2030"),
            ("changes: [{loadFactor: 0}]", "1: changes[1].loadFactor: \"0\": not an allowed value (a number from 0.1 to 10, with"),
            ("changes: [{loadFactor: 2, shift: natt}]", "1: changes[1].shift: unknown key"),
        ]
    )
    func problems(yaml: String, message: String) throws {
        let error = try #require(throws: FileError.self) { try whatIf(yaml) }
        #expect(error.description.hasPrefix("what-if:\(message)"), "\(error.description)")
    }

    static let multiplied = [
        "{travelFactor: 10}, {travelFactor: 10}", "{loadFactor: 10}, {loadFactor: 1.1}", "{closedAtCentrePercent: 50}, {closedAtCentrePercent: 50}",
        "{laterMinutes: 480, shift: natt}, {laterMinutes: 480, shift: natt}",
        "{laterMinutes: -400, shift: dag, zones: [biri]}, {laterMinutes: -400, shift: dag, zones: [biri]}",
    ]

    @Test("changes that multiply one another stand once, so that a short what-if is no endless work", arguments: multiplied)
    func bounded(changes: String) throws {
        #expect(throws: FileError.self) { try WhatIf(yaml: "changes: [\(changes)]") }
        let apart = "{travelFactor: 10}, {loadFactor: 10}, {laterMinutes: 400, shift: dag, zones: [biri]}, {laterMinutes: 400, shift: dag, zones: [haugtun]}"
        #expect(try WhatIf(yaml: "changes: [\(apart)]").changes.count == 4)
    }

    @Test("more changes than anyone can look at are refused")
    func many() throws {
        let rows = Array(repeating: "{loadFactor: 2}", count: WhatIf.changesMax + 1).joined(separator: ", ")
        let error = try #require(throws: FileError.self) { try whatIf("changes: [\(rows)]") }
        #expect(error.description.contains("too many changes (at most 50)"))
    }
}
