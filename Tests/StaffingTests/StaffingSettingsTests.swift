import Files
import Staffing
import Telemetry
import Testing

@Suite("staffing.yaml")
struct StaffingSettingsTests {
    private static let whole = """
        norm: {sharePercent: 85, withinMinutes: 30, source: kommunestyret 2025}
        turnoutMinutes: 2.5
        urgentKinds: [fall, smoke]
        firmPlannedSharePercent: 40
        betweenZonesMinutes: 18
        travel:
          - {from: biri, to: haugtun, minutes: 22}
        callOutsMin: 30
        replays: 500
        seed: 7
        zoneGroups:
          - {name: Nord, zones: [biri, haugtun]}
        restRules: {dailyHours: 9, weeklyHours: 28, source: avtale 2025}
        demandFactors:
          - {year: 2040, factor: 1.9, source: framskriving, example: true}
          - {year: 2030, factor: 1.2, source: framskriving}
        rates:
          hourlyKroner: {value: 251.5, source: lønnsregnskap}
          socialCostsPercent: {value: 40, source: regnskap, example: true}
          supplements:
            night: {percent: 25, from: "20:00", to: "06:00", source: avtale}
            weekend: {kroner: 70, source: avtale, example: true}
        capacity:
          hoursAWeek: {value: 37.5, source: avtale}
          absencePercent: {value: 12, source: fravær}
          longAbsencePercent: {value: 5, source: fravær}
        """

    @Test("a whole file is read; percent become shares, minutes milliseconds")
    func good() throws {
        let settings = try StaffingSettings(yaml: Self.whole, zones: ["biri", "haugtun"])
        #expect(settings.norm == AttendanceNorm(share: 0.85, withinMilliseconds: 1_800_000, source: "kommunestyret 2025"))
        #expect(settings.turnoutMilliseconds == 150_000 && settings.urgentKinds == [.fall, .smoke] && settings.firmPlannedShare == 0.4)
        #expect(settings.helpMinutes(from: "haugtun", to: "biri") == 22 && settings.helpMinutes(from: "biri", to: "sorbyen") == 18)
        #expect(settings.callOutsMin == 30 && settings.replays == 500 && settings.seed == 7)
        #expect(settings.zoneGroups == [.init(name: "Nord", zones: ["biri", "haugtun"])])
        #expect(settings.restRules == RestRules(dailyHours: 9, weeklyHours: 28, source: "avtale 2025"))
        #expect(
            settings.demandFactors.map(\.year) == [2030, 2040]
                && settings.demandFactors[1].factor == SourcedFigure(1.9, source: "framskriving", isExample: true)
        )
        #expect(settings.rates.hourlyKroner == SourcedFigure(251.5, source: "lønnsregnskap"))
        #expect(settings.rates.socialCostsShare == SourcedFigure(0.4, source: "regnskap", isExample: true))
        // The supplements that are not written are not paid.
        #expect(
            settings.rates.supplements == [
                .init(kind: .night, amount: .share(0.25), fromMinutes: 1200, toMinutes: 360, source: "avtale"),
                .init(kind: .weekend, amount: .kroner(70), fromMinutes: 0, toMinutes: 1440, source: "avtale", isExample: true),
            ]
        )
        #expect(settings.capacity.hoursAWeek.value == 37.5 && settings.capacity.absenceShare == SourcedFigure(0.12, source: "fravær"))
    }

    @Test("what is not written keeps its default, and every default says that it is an example or where it is from")
    func defaults() throws {
        let settings = try StaffingSettings(yaml: "seed: 1")
        #expect(settings == StaffingSettings())
        #expect(settings.turnoutMilliseconds == nil && settings.restRules == .law && settings.rates.isExample)
    }

    @Test(
        "what is wrong is named with line, key, value and way out",
        arguments: [
            ("colour: red", "1: colour: unknown key (allowed: norm, turnoutMinutes"),
            ("norm: {sharePercent: 90, withinMinutes: 45}", "1: norm.source: missing"),
            ("seed: 1\nnorm: {sharePercent: 0.9, withinMinutes: 45, source: x}", "2: norm.sharePercent: \"0.9\": not an allowed value (a number from 1 to 100"),
            ("urgentKinds: [fall, fire]", "1: urgentKinds[2]: \"fire\": not a kind of alarm (allowed: manual"),
            ("replays: 19", "1: replays: \"19\": not an allowed value (a whole number from 20 to 100000)"),
            ("travel: [{from: biri, to: oslo, minutes: 3}]", "1: travel[1].to: \"oslo\": not a zone here (one of biri, haugtun)"),
            ("travel: [{from: biri, to: biri, minutes: 3}]", "1: travel[1]: \"biri\": from and to are the same zone"),
            ("travel:\n  - {from: biri, to: haugtun, minutes: 3}\n  - {from: biri, to: haugtun, minutes: 4}", "3: travel[2]: \"biri–haugtun\": written twice"),
            ("zoneGroups: [{name: x, zones: [biri]}]", "1: zoneGroups[1].zones: \"biri\": one zone only"),
            ("restRules: {dailyHours: 7, source: x}", "1: restRules.dailyHours: \"7\": not an allowed value (a number from 8 to 11"),
            ("restRules: {dailyHours: 9}", "1: restRules.source: missing"),
            ("demandFactors: [{year: 2030, factor: 1.2}]", "1: demandFactors[1].source: missing"),
            ("capacity: {hoursAWeek: 35.5}", "1: capacity.hoursAWeek: not a mapping (write keys and values: value, source, example)"),
            ("capacity: {hoursAWeek: {value: 355, source: x}}", "1: capacity.hoursAWeek.value: \"355\": not an allowed value"),
            ("capacity: {longAbsencePercent: {value: 50, source: x}}", "1: capacity.longAbsencePercent: \"50.0\": more than all absence"),
            ("rates: {hourlyKroner: {value: 250}}", "1: rates.hourlyKroner.source: missing"),
            ("rates: {supplements: {night: {percent: 25, kroner: 3, source: x}}}", "1: rates.supplements.night: neither or both of kroner and percent"),
            ("rates: {supplements: {night: {percent: 25, from: \"25:00\", source: x}}}", "1: rates.supplements.night.from: \"25:00\": not a time of day"),
            ("", "1: norm: the file is empty"),
        ]
    )
    func problems(yaml: String, message: String) throws {
        let error = try #require(throws: FileError.self) { try StaffingSettings(yaml: yaml, zones: ["biri", "haugtun"]) }
        #expect(error.description.hasPrefix("staffing.yaml:\(message)"), "\(error.description)")
    }
}
