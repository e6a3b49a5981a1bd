import Staffing
import Workload

extension WhatIfForm {
    func view(action: String, carried: [ReportNavigation.Field]) -> View {
        let norm = settings.norm
        let wrong = Dictionary(problems.map { ($0.field, $0.bokmal) }) { first, _ in first }
        func field(_ name: String, _ label: String, _ bounds: ClosedRange<Double>, step: String, unit: String, neutral: String = "0") -> View {
            [
                "id": WhatIfForm.id(name), "name": name, "label": label, "value": values[name] ?? "", "min": WhatIfForm.plain(bounds.lowerBound),
                "max": WhatIfForm.plain(bounds.upperBound), "step": step, "unit": unit, "neutral": neutral, "problem": wrong[name].orHidden,
            ]
        }
        let positions = -WhatIfForm.positionsMax...WhatIfForm.positionsMax
        return [
            "action": action, "carried": (carried + [.init(name: WhatIfForm.sentField, value: "1")]).map { ["name": $0.name, "value": $0.value] as View },
            "kinds": ShiftKind.allCases.map(\.rawValue),
            "zones": zones.map { zone -> View in
                [
                    "zone": zone.name.replacing("/", with: "/\u{200B}"),
                    "fields": ShiftKind.allCases.map { kind in
                        field(Field.positions(zone.id, kind), "\(zone.name), \(kind.rawValue): flere eller færre på vakt", positions, step: "0.5", unit: "")
                    },
                ]
            },
            "starts": ShiftKind.allCases.map { kind in
                let limit = WhatIfForm.startMinutesMax
                return field(Field.start(kind), "\(kind.theShift) begynner", -limit...limit, step: "15", unit: "min senere (− er tidligere)")
            },
            "canPool": zones.count > 1,
            "pooled": zones.map { zone -> View in
                let name = Field.pooled(zone.id)
                return [
                    "id": WhatIfForm.id(name), "name": name, "label": zone.name, "isOn": isPooled(zone.id),
                    "problem": wrong[name].orHidden,
                ]
            },
            "rest": [
                field(Field.normMinutes, "Norm: framme innen", 5...120, step: "5", unit: "min", neutral: "\(norm.withinMilliseconds / 60_000)"),
                field(Field.normPercent, "Norm: andel framme i tide", 50...100, step: "1", unit: "%", neutral: WhatIfForm.plain((norm.share * 100).rounded())),
                field(Field.centre, "Av utrykningene løses på sentralen", 0...100, step: "5", unit: "%"),
                field(Field.travel, "Reisetiden øker med", WhatIfForm.travelPercents, step: "10", unit: "%"),
                field(Field.load, "Utrykninger, ganger i dag", WhatIfForm.loadFactors, step: "0.1", unit: "×", neutral: "1"),
            ],
            "hasYears": !settings.demandFactors.isEmpty || wrong[Field.year] != nil, "yearID": WhatIfForm.id(Field.year), "yearName": Field.year,
            "yearProblem": wrong[Field.year].orHidden,
            "years": [["value": "", "label": "som i dag", "isSelected": values[Field.year] == nil] as View]
                + settings.demandFactors.map { demand in
                    [
                        "value": "\(demand.year)", "isSelected": values[Field.year] == "\(demand.year)",
                        "label": "\(demand.year): × \(Norwegian.shortest(demand.factor.value))\(demand.factor.isExample ? " (eksempel)" : "")",
                    ] as View
                },
            "hasProblems": !problems.isEmpty,
            "problems": problems.map { ["id": WhatIfForm.id($0.field), "text": $0.bokmal] as View },
        ]
    }

    private static func id(_ field: String) -> String { "f-" + field.replacing(".", with: "-") }

    /// As browsers want numbers in attributes.
    private static func plain(_ number: Double) -> String { number == number.rounded() ? "\(Int(number))" : "\(number)" }
}

extension ShiftKind {
    /// `Dagvakta`
    fileprivate var theShift: String {
        switch self {
        case .day: "Dagvakta"
        case .evening: "Kveldsvakta"
        case .night: "Nattevakta"
        }
    }
}
