import Staffing
import Workload

/// The picture of a zone's week: how many were out at most, against how many are at work.
struct WeekChart {
    let profile: WeekProfile
    /// Makes ids unique on the page.
    let number: Int

    private static let left = 32.0
    private static let right = 710.0
    private static let top = 14.0
    private static let plotHeight = 120.0
    private static let bottom = top + plotHeight

    /// Whole numbers of people; never more than about six lines.
    private let tickStep: Int
    private let scaleMax: Int

    init(profile: WeekProfile, number: Int) {
        self.profile = profile
        self.number = number
        let peak = profile.peaks.reduce(1) { max($0, $1 ?? 0) }
        let positions = profile.positions.reduce(1.0) { max($0, $1 ?? 0) }
        let highest = max(peak, Int(positions.rounded(.up)))
        tickStep = max(1, (highest + 4) / 5)
        scaleMax = (highest + tickStep - 1) / tickStep * tickStep
    }

    private func x(_ hour: Int) -> Double {
        WeekChart.left + (WeekChart.right - WeekChart.left) * Double(hour) / Double(PeriodGrid.hoursOfWeek)
    }

    private func y(_ people: Double) -> Double { WeekChart.bottom - WeekChart.plotHeight * people / Double(scaleMax) }

    var view: View {
        let ticks = stride(from: 0, through: scaleMax, by: tickStep).map { tick -> View in
            let height = y(Double(tick))
            return ["y": Norwegian.svg(height), "textY": Norwegian.svg(height + 4), "text": "\(tick)"]
        }
        return [
            "id": "uke-\(number)", "zone": profile.zone.name, "height": "160", "ticks": ticks,
            "dayLines": (0...7).map { Norwegian.svg(x($0 * 24)) }, "bottom": Norwegian.svg(WeekChart.bottom),
            "dayNames": (0..<7).map { day in
                ["x": Norwegian.svg(x(day * 24 + 12)), "y": "152", "name": Norwegian.weekdays[day]] as View
            },
            "band": band, "load": load.orHidden, "hasLoad": load != nil, "free": free.orHidden, "hatch": hatch, "line": line.orHidden, "caption": caption,
            "description": caption,
            "hours": hours, "days": (0..<7).map { ["long": Norwegian.weekdays[$0], "short": Report.shortDays[$0]] as View },
        ]
    }

    /// The area under the peaks, hours of equal height joined.
    private var band: String {
        var path = ""
        for run in runs(of: { profile.peaks[$0].map(Double.init) }) where run.value > 0 {
            path += box(run.hours, from: 0, to: run.value)
        }
        return path
    }

    /// What the picture's parts are, for the text above it.
    static func explanation(hasLoad: Bool) -> String {
        var text = "Det lyse feltet viser flest ute samtidig i løpet av perioden, streken hvor mange turnusen har på vakt."
        if hasLoad {
            text +=
                " Det mørke båndet er belastningen fra det vanlige (halvparten av dagene ligger under) til det tunge (ni av ti under). Den stiplede "
                + "streken er hvor mange som er ledige når planlagt arbeid er tatt fra."
        }
        return text + " Skravert rødt er timer der flere var ute enn på vakt\(hasLoad ? ", eller tung belastning er mer enn de ledige" : "")."
    }

    /// What of it who sees sums alone is not shown.
    static let withheldText =
        "For rollen din er timer med under fem utrykninger skjult («<5»), og timer som kunne regnes ut sammen med dem, og belastningen på en vanlig og "
        + "en tung dag vises ikke."

    /// The band between the load of an ordinary and a heavy day; nil where it was not analysed, or is nowhere over 0.
    private var load: String? {
        var path = ""
        for (hour, load) in profile.load.enumerated() {
            guard let load, load.p90Erlang > 0 else { continue }
            path += box(hour..<(hour + 1), from: load.p50Erlang, to: load.p90Erlang)
        }
        return path.isEmpty ? nil : path
    }

    /// At work less planned work, in an hour; nil without roster or plan.
    private func freePositions(_ hour: Int) -> Double? {
        guard profile.load.indices.contains(hour), let load = profile.load[hour], let positions = load.positions, let planned = load.plannedPositions
        else { return nil }
        return max(0, positions - planned)
    }

    private var free: String? { steps { freePositions($0).map { ($0 * 100).rounded() / 100 } } }

    /// Boxes from the positions up to the peak where more were out than at work, and from those free up to a heavy day's load.
    private var hatch: String {
        var path = ""
        for (hour, load) in profile.load.enumerated() {
            guard let load, let free = freePositions(hour), load.p90Erlang > free else { continue }
            path += box(hour..<(hour + 1), from: free, to: load.p90Erlang)
        }
        for hour in 0..<PeriodGrid.hoursOfWeek where profile.exceededQuarters[hour] > 0 {
            guard let peak = profile.peaks[hour], let positions = profile.positions[hour], Double(peak) > positions
            else { continue }
            path += box(hour..<(hour + 1), from: positions, to: Double(peak))
        }
        return path
    }

    /// The step line of positions; a gap where the data have no such hour. Nil without a roster.
    private var line: String? { steps { profile.positions[$0] } }

    private func steps(_ value: (Int) -> Double?) -> String? {
        var path = ""
        var end = -1
        for run in runs(of: value) {
            let height = Norwegian.svg(y(run.value))
            path += run.hours.lowerBound == end ? "V\(height)" : "M\(Norwegian.svg(x(run.hours.lowerBound))) \(height)"
            path += "H\(Norwegian.svg(x(run.hours.upperBound)))"
            end = run.hours.upperBound
        }
        return path.isEmpty ? nil : path
    }

    private func box(_ hours: Range<Int>, from: Double, to: Double) -> String {
        "M\(Norwegian.svg(x(hours.lowerBound))) \(Norwegian.svg(y(from)))V\(Norwegian.svg(y(to)))"
            + "H\(Norwegian.svg(x(hours.upperBound)))V\(Norwegian.svg(y(from)))Z"
    }

    private func runs(of value: (Int) -> Double?) -> [(hours: Range<Int>, value: Double)] {
        var result: [(hours: Range<Int>, value: Double)] = []
        for hour in 0..<PeriodGrid.hoursOfWeek {
            guard let value = value(hour) else { continue }
            if let last = result.last, last.hours.upperBound == hour, last.value == value {
                result[result.count - 1].hours = last.hours.lowerBound..<(hour + 1)
            } else {
                result.append((hour..<(hour + 1), value))
            }
        }
        return result
    }

    /// What the picture shows, in words.
    private var caption: String {
        var top: (hour: Int, peak: Int)?
        for (hour, peak) in profile.peaks.enumerated() {
            if let peak, peak > top?.peak ?? 0 { top = (hour, peak) }
        }
        guard let top else { return profile.withheld.isEmpty ? "Ingen utrykninger i perioden." : "Under fem utrykninger i hver time av uka: skjult." }
        let day = Norwegian.weekdays[top.hour / 24]
        var text = "Flest ute samtidig: \(top.peak) (først \(day) kl.\u{A0}\(Norwegian.twoDigits(top.hour % 24)))."
        let positions = profile.positions.compactMap(\.self)
        guard let least = positions.min(), let most = positions.max() else { return text + " Ingen turnus." }
        let range =
            least == most ? Norwegian.shortest(least) : "\(Norwegian.shortest(least))–\(Norwegian.shortest(most))"
        text += " På vakt: \(range)."
        let exceeded = profile.exceededQuarters.reduce(0, +)
        // Whether it happened in the hours that are withheld is not told.
        if !profile.withheld.isEmpty, exceeded == 0 { return text }
        return text
            + (exceeded == 0
                ? " Aldri flere ute enn på vakt."
                : " Flere ute enn på vakt i \(Norwegian.count(exceeded)) kvarter.")
    }

    /// The hours of the day as rows, its weekdays side by side: narrow enough for a sheet of paper.
    private var hours: [View] {
        (0..<24).map { hour in
            [
                "name": Report.hourNames[hour],
                "cells": (0..<7).map { day -> View in
                    let hour = day * 24 + hour
                    let positions = profile.positions[hour].map { Norwegian.shortest(($0 * 10).rounded() / 10) } ?? "–"
                    if profile.withheld.contains(hour) { return ["text": "\(fewText)/\(positions)", "load": false, "isGap": false] }
                    guard let peak = profile.peaks[hour] else { return ["text": "–", "load": false, "isGap": false] }
                    return ["text": "\(peak)/\(positions)", "load": loadText(hour).orHidden, "isGap": profile.exceededQuarters[hour] > 0]
                },
            ] as View
        }
    }

    /// The load's band in numbers, where it is over 0.
    private func loadText(_ hour: Int) -> String? {
        guard profile.load.indices.contains(hour), let load = profile.load[hour], load.p90Erlang > 0 else { return nil }
        return "\(Norwegian.number(load.p50Erlang, decimals: 1))\(Norwegian.dash)\(Norwegian.number(load.p90Erlang, decimals: 1))"
    }
}
