import Staffing
import Testing
import Workload

import Reports

@Suite("The what-if's form")
struct WhatIfFormTests {
    private static let zones: [StaffingAnalysis.Zone] = [.init(id: "biri", name: "Biri"), .init(id: "haugtun", name: "Haugtun")]

    private func form(_ values: [String: String], zones: [StaffingAnalysis.Zone] = Self.zones) -> WhatIfForm {
        var settings = StaffingSettings()
        settings.demandFactors = [.init(year: 2030, factor: .init(1.25, source: "eksempel", isExample: true))]
        return WhatIfForm(zones: zones, settings: settings) { values[$0] }
    }

    static let read: [([String: String], [StaffingChange])] = [
        ([:], []),
        (["vakt.biri.natt": "1"], [.positions(zones: ["biri"], kind: .night, days: nil, delta: 1)]),
        (["vakt.biri.natt": "−0,5"], [.positions(zones: ["biri"], kind: .night, days: nil, delta: -0.5)]),
        (["vakt.biri.natt": "+1", "vakt.haugtun.natt": " 1.0 "], [.positions(zones: ["biri", "haugtun"], kind: .night, days: nil, delta: 1)]),
        (["vakt.biri.natt": "0", "sentral": "0", "reise": "0", "ganger": "1"], []),
        (["start.kveld": "-30"], [.start(zones: ["biri", "haugtun"], kind: .evening, laterMinutes: -30)]),
        (["sammen.biri": "1", "sammen.haugtun": "on"], [.pool(zones: ["biri", "haugtun"], kinds: [.night])]),
        (["norm.minutter": "30"], [.norm(.init(share: 0.9, withinMilliseconds: 1_800_000, source: "hva om"))]),
        (["norm.andel": "95", "norm.minutter": "45"], [.norm(.init(share: 0.95, withinMilliseconds: 2_700_000, source: "hva om"))]),
        (["norm.minutter": "45"], []),
        (["sentral": "12,5"], [.closedAtCentre(share: 0.125)]),
        (["reise": "20"], [.travel(factor: 1.2)]),
        (["aar": "2030"], [.load(factor: 1.25)]),
        (["ganger": "1,5"], [.load(factor: 1.5)]),
        (["vakt.ukjent.natt": "1", "noe": "x"], []),
    ]

    @Test("fields become changes", arguments: read)
    func changes(values: [String: String], changes: [StaffingChange]) {
        let form = form(values)
        #expect(form.problems.isEmpty && form.changes == changes, "\(values)")
        #expect(form.whatIf?.changes ?? [] == changes)
    }

    static let wrong: [(field: String, value: String)] = [
        ("vakt.biri.natt", "21"), ("vakt.biri.natt", "-20,01"), ("vakt.biri.natt", "en"), ("vakt.biri.natt", "1e3"), ("vakt.biri.natt", "nan"),
        ("vakt.biri.natt", "0x1"), ("vakt.biri.natt", "1,234"), ("vakt.biri.natt", "--1"), ("vakt.biri.natt", "٣"), ("start.natt", "241"),
        ("start.natt", "0,5"),
        ("sammen.biri", "1"), ("norm.minutter", "0"), ("norm.minutter", "361"), ("norm.andel", "101"), ("sentral", "-1"), ("sentral", "101"), ("reise", "-51"),
        ("reise", "301"), ("aar", "2031"), ("ganger", "0"), ("ganger", "10,1"),
    ]

    @Test("what cannot be used is said at its field, and then nothing is changed", arguments: wrong)
    func problems(field: String, value: String) {
        let form = form([field: value, "vakt.haugtun.dag": "1"])
        #expect(form.problems.map(\.field) == [field], "\(value)")
        #expect(form.whatIf == nil && form.problems.allSatisfy { !$0.bokmal.isEmpty })
    }

    @Test("what a link brings for other zones is left out and said once, whether there are such zones or not")
    func otherZones() {
        func bound(_ values: [String: String]) -> WhatIfForm {
            WhatIfForm(zones: [Self.zones[0]], settings: StaffingSettings(), names: values.keys.filter { $0.hasPrefix("vakt.") || $0.hasPrefix("sammen.") }) {
                values[$0]
            }
        }
        for other in ["haugtun", "ingensteds"] {
            let nothing = bound(["vakt.\(other).natt": "1"])
            #expect(nothing.hasOtherZones && nothing.whatIf == nil && nothing.problems.isEmpty && nothing.fields.isEmpty)
            let some = bound(["vakt.\(other).natt": "1", "vakt.biri.natt": "1"])
            #expect(some.hasOtherZones && some.changes == [.positions(zones: ["biri"], kind: .night, days: nil, delta: 1)])
            let helped = bound(["sammen.biri": "1", "sammen.\(other)": "1"])
            #expect(helped.hasOtherZones && helped.problems.isEmpty && helped.fields.isEmpty, "nobody is left to help")
            #expect(!bound(["vakt.\(other).natt": "0", "sammen.\(other)": "0"]).hasOtherZones, "which changes nothing")
        }
        let own = bound(["vakt.biri.natt": "1", "sammen.biri": "1"])
        #expect(!own.hasOtherZones && own.problems.map(\.field) == ["sammen.biri"])
    }

    @Test("a year and a factor together are one too many")
    func both() { #expect(form(["aar": "2030", "ganger": "2"]).problems.map(\.field) == ["ganger"]) }

    @Test("the fields that say something make the same changes again")
    func again() {
        for (values, changes) in Self.read {
            let fields = form(values).fields
            #expect(form(Dictionary(uniqueKeysWithValues: fields.map { ($0.name, $0.value) })).changes == changes)
        }
        #expect(form(["vakt.biri.natt": "0", "sentral": "5", "ganger": "1"]).fields == [.init(name: "sentral", value: "5")])
    }
}
