import Workload

/// Five steps of colour over zero, equally wide, with round limits.
struct HeatScale {
    let step: Double

    static let stepCount = 5

    /// The smallest of 0.01, 0.02, 0.05, 0.1, … that holds the maximum in five steps.
    init(maximum: Double) {
        let mantissas = [1.0, 2, 5]
        var power = 0.01
        var step = power
        outer: while true {
            for mantissa in mantissas {
                step = mantissa * power
                if step * Double(HeatScale.stepCount) >= maximum - 1e-12 || step > 1e6 { break outer }
            }
            power *= 10
        }
        self.step = step
    }

    /// 0 for nothing, else 1–5.
    func level(_ value: Double) -> Int {
        value <= 0 ? 0 : min(HeatScale.stepCount, max(1, Int((value / step - 1e-9).rounded(.up))))
    }

    var legend: [View] {
        let none: View = ["level": "h0", "text": "0"]
        return [none]
            + (1...HeatScale.stepCount).map { level in
                ["level": "h\(level)", "text": "til \(Norwegian.number(Double(level) * step, decimals: 2))"]
            }
    }
}

extension Report {
    static let shortDays = Norwegian.weekdays.map { String($0.prefix(3)) }
    static let hourNames = (0..<24).map(Norwegian.twoDigits)

    /// Where a heat map leads: each of its cells somewhere, or the whole map to a page where its cells do.
    enum HeatLinks {
        case cells((_ hourOfWeek: Int) -> String)
        case page(String)
    }

    func heatView(_ links: (HeatMap) -> HeatLinks?) -> View {
        let scaleOfZones = HeatScale(maximum: heatMaps.filter { $0.zone != nil }.reduce(0) { max($0, $1.maximum) })
        let isSingle = heatMaps.count == 1
        return [
            "empty": noResponsesText.orHidden, "isWithheld": isExternal, "basis": heatBasis,
            "maps": heatMaps.map { map -> View in
                let scale = map.zone == nil ? HeatScale(maximum: map.maximum) : scaleOfZones
                var cellPath: ((Int) -> String)?
                var pagePath: String?
                switch links(map) {
                case .cells(let path): cellPath = path
                case .page(let path): pagePath = path
                case nil: break
                }
                return [
                    "hasLinks": cellPath != nil, "zonePath": pagePath.orHidden,
                    "isOpen": map.zone == nil || isSingle, "name": map.zone?.name ?? "Alle soner",
                    "summary": map.summary,
                    "id": "c-varme-\(map.zone?.id ?? "alle")", "hours": Report.hourNames,
                    "days": heatDays(map, scale, cellPath), "legend": scale.legend,
                ]
            },
        ]
    }

    private func heatDays(_ map: HeatMap, _ scale: HeatScale, _ path: ((Int) -> String)?) -> [View] {
        (0..<7).map { day in
            [
                "long": Norwegian.weekdays[day], "short": Report.shortDays[day],
                "cells": ((day * 24)..<(day * 24 + 24)).map { hour -> View in
                    if map.withheld.contains(hour) { return ["level": "none", "text": fewText, "path": false] }
                    guard let value = map.erlang[hour] else { return ["level": "none", "text": "–", "path": false] }
                    // Where nothing was there is nothing behind.
                    if value == 0 { return ["level": "h0", "text": "0", "path": false] }
                    let text = Norwegian.number(value, decimals: value < 9.995 ? 2 : 1)
                    return ["level": "h\(scale.level(value))", "text": text, "path": path.map { $0(hour) }.orHidden]
                },
            ] as View
        }
    }

    /// How many hours each cell is the mean of.
    private var heatBasis: String {
        let few =
            heatMaps.allSatisfy(\.withheld.isEmpty)
            ? "" : " For rollen din er timer med under fem utrykninger skjult («\(fewText)»), og timer som kunne regnes ut sammen med dem."
        let weeks = Double(coverage.wholeDayCount) / 7
        if weeks < 1 { return "Perioden er for kort til å vise et ukemønster; «–» er timer uten data.\(few)" }
        let rounded = Int(weeks.rounded())
        return
            "Hver rute er snittet av omtrent \(rounded) \(rounded == 1 ? "time" : "timer"). Se mønsteret, ikke den enkelte "
            + "ruten: små tall svinger tilfeldig.\(few)"
    }
}

extension HeatMap {
    /// The busiest hour, for the closed row of a zone.
    var summary: String {
        if !withheld.isEmpty { return "timer med under fem utrykninger er skjult" }
        var busiest: (hour: Int, value: Double)?
        for (hour, value) in erlang.enumerated() {
            if let value, value > busiest?.value ?? 0 { busiest = (hour, value) }
        }
        guard let busiest else { return "ingen utrykninger" }
        let day = Norwegian.weekdays[busiest.hour / 24]
        let clock = Norwegian.twoDigits(busiest.hour % 24)
        return "høyest \(day) kl.\u{A0}\(clock): \(Norwegian.number(busiest.value, decimals: 2))"
    }
}
