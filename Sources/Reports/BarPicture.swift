import Foundation
/// Horizontal bars in groups, each with its number behind it, drawn to one scale from nothing on.
struct BarPicture {
    struct Bar {
        var name: String
        var value: Double
        /// Drawn as a thin line over the bar.
        var range: ClosedRange<Double>?
        var look: Look
        /// The value as it is written.
        var text: String
    }

    /// Fill and class; the fill is for programs that do not read the style sheet.
    enum Look: String {
        case own = "band", other = "plain", further = "level2", work

        var fill: String {
            switch self {
            case .own: "#5896b1"
            case .other: "#aab6bb"
            case .further: "#0c4560"
            case .work: "#a3341f"
            }
        }
    }

    struct Group {
        var name: String
        var bars: [Bar]
    }

    /// Makes ids unique on the page.
    var id: String
    var title: String
    /// What the picture shows, in words.
    var description: String
    var groups: [Group]

    private static let left = 250.0
    private static let right = 580.0
    private static let barHeight = 17.0
    private static let groupGap = 14.0

    private var range: ClosedRange<Double> {
        let all = groups.flatMap(\.bars).flatMap { [$0.value, $0.range?.lowerBound ?? $0.value, $0.range?.upperBound ?? $0.value] }
        let (least, most) = (min(0, all.min() ?? 0), max(0, all.max() ?? 0))
        return least...max(most, least + 1e-9)
    }

    var view: View {
        let range = range
        func x(_ value: Double) -> Double {
            BarPicture.left + (BarPicture.right - BarPicture.left) * (value - range.lowerBound) / (range.upperBound - range.lowerBound)
        }
        var (top, bars, names): (Double, [View], [View]) = (6, [], [])
        for group in groups {
            names.append(["x": "0", "y": Norwegian.svg(top + 13), "text": group.name])
            for bar in group.bars {
                let end = max(x(bar.value), x(0), x(bar.range?.upperBound ?? bar.value))
                let middle = top + BarPicture.barHeight / 2
                bars.append([
                    "x": Norwegian.svg(min(x(0), x(bar.value))), "y": Norwegian.svg(top + 2), "width": Norwegian.svg(max(1, abs(x(bar.value) - x(0)))),
                    "height": Norwegian.svg(BarPicture.barHeight - 4), "look": bar.look.rawValue, "fill": bar.look.fill, "name": bar.name,
                    "nameY": Norwegian.svg(top + 13), "textX": Norwegian.svg(end + 6), "text": bar.text,
                    "range": bar.range.map { "M\(Norwegian.svg(x($0.lowerBound))) \(Norwegian.svg(middle))H\(Norwegian.svg(x($0.upperBound)))" }.orHidden,
                ])
                top += BarPicture.barHeight
            }
            top += BarPicture.groupGap
        }
        return [
            "id": id, "title": title, "description": description, "height": Norwegian.svg(top), "names": names, "bars": bars, "zero": Norwegian.svg(x(0)),
            "bottom": Norwegian.svg(top - BarPicture.groupGap),
        ]
    }
}

/// Years to come: a band from low to high with its main line, and what there is to meet it with.
struct YearPicture {
    struct Point {
        var year: Int
        var low: Double
        var main: Double
        var high: Double
        /// The line to compare with; nil where nothing is known.
        var other: Double?
    }

    var id: String
    var title: String
    var description: String
    var points: [Point]
    /// The value as it is written at a point and at the scale.
    var text: (Double) -> String
    /// The top of the scale at least.
    var scaleMin = 0.0

    private static let (left, right, top, bottom) = (60.0, 690.0, 16.0, 186.0)

    /// Between two lines of the scale: 1, 2 or 5 of some power of ten, so that a reader can count on.
    private var step: Double {
        let most = max((points.map { max($0.high, $0.other ?? 0) }.max() ?? 0), scaleMin, 1e-9)
        let rough = most / 4
        let power = Foundation.pow(10, Foundation.floor(Foundation.log10(rough)))
        return ([1, 2, 5].first { $0 * power >= rough * (1 - 1e-9) } ?? 10) * power
    }

    private var stepCount: Int {
        let most = max((points.map { max($0.high, $0.other ?? 0) }.max() ?? 0), scaleMin, 1e-9)
        return max(1, Int((most / step - 1e-9).rounded(.up)))
    }

    private var scale: Double { step * Double(stepCount) }

    private func x(_ year: Int) -> Double {
        guard let first = points.first?.year, let last = points.last?.year, last > first else { return YearPicture.left }
        return YearPicture.left + (YearPicture.right - YearPicture.left) * Double(year - first) / Double(last - first)
    }

    private func y(_ value: Double) -> Double {
        YearPicture.bottom - (YearPicture.bottom - YearPicture.top) * max(0, value) / scale
    }

    private func path(_ points: [(year: Int, value: Double)]) -> String {
        points.enumerated().map { place, point in "\(place == 0 ? "M" : "L")\(Norwegian.svg(x(point.year))) \(Norwegian.svg(y(point.value)))" }.joined()
    }

    var view: View {
        let upper = points.map { ($0.year, $0.high) }
        let lower = points.reversed().map { ($0.year, $0.low) }
        let other = points.compactMap { point in point.other.map { (point.year, $0) } }
        return [
            "id": id, "title": title, "description": description, "band": path(upper + lower) + "Z", "line": path(points.map { ($0.year, $0.main) }),
            "other": other.isEmpty ? false : path(other),
            "ticks": (0...stepCount).map { place -> View in
                let value = step * Double(place)
                return ["y": Norwegian.svg(y(value)), "textY": Norwegian.svg(y(value) + 4), "text": text(value)]
            },
            "years": points.enumerated().map { place, point -> View in
                let anchor = place == 0 ? "start" : place == points.count - 1 ? "end" : "middle"
                return ["x": Norwegian.svg(x(point.year)), "name": "\(point.year)", "anchor": anchor]
            },
            "dots": points.map { point -> View in ["x": Norwegian.svg(x(point.year)), "y": Norwegian.svg(y(point.main))] },
        ]
    }
}
