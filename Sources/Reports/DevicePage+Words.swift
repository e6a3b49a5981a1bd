import Strategy
package import Telemetry
import Workload

extension DevicePage.Device.State {
    /// `taus siden 3. oktober 2026 kl. 14:05`
    var text: String {
        switch self {
        case .alive: "gir livstegn"
        case .silent(let since): "taus" + DevicePage.Device.State.since(since)
        case .inOutage(let names, let since):
            "i utfall\(names.isEmpty ? "" : " (\(names.joined(separator: " eller ")))")" + DevicePage.Device.State.since(since)
        case .notJudged: "ikke vurdert"
        case .unregistered: "ikke i registeret"
        }
    }

    private static func since(_ time: EventTime?) -> String { time.map { " siden \(Norwegian.instant($0, .oslo))" } ?? "" }

    fileprivate var tone: Report.Headline.Tone {
        switch self {
        case .alive: .good
        case .silent, .inOutage: .problem
        case .notJudged, .unregistered: .neutral
        }
    }
}

extension Fault {
    /// As people say it.
    package var bokmal: String {
        switch self {
        case .batteryLow: "lavt batteri"
        case .mainsLost: "uten strøm fra nettet"
        case .linkLost: "forbindelsen er brutt"
        case .tamper: "åpnet eller flyttet"
        case .radioTestMissing: "radioprøven uteble"
        case .malfunction: "teknisk feil"
        case .memoryFull: "minnet er fullt"
        }
    }
}

extension DevicePage.Device {
    var faultTexts: [String] { faults.map { "\($0.fault.bokmal) siden \(Norwegian.instant($0.since, .oslo))" } }

    var batteryText: String {
        guard let battery else { return isBatteryLow ? "lavt" : "–" }
        return Norwegian.percent(battery.percent / 100, decimals: 0) + (isBatteryLow ? " (lavt)" : "")
    }

    func view(now: EventTime) -> View {
        [
            "reference": reference, "zone": zoneName, "model": modelName ?? model ?? "–", "technology": (technology?.bokmal).orHidden,
            "lastSeen": lastSeen.map { Norwegian.instant($0, .oslo) } ?? "aldri", "ago": lastSeen.map { DevicePage.ago($0, now) }.orHidden,
            "state": state.text, "tone": state.tone.css == "neutral" ? "unknown" : state.tone.css, "mark": state.tone == .neutral ? "–" : state.tone.mark,
            "faults": faultTexts, "hasFaults": !faults.isEmpty, "battery": batteryText, "isBatteryLow": isBatteryLow,
        ]
    }
}

extension DevicePage {
    /// As a list of choices has it.
    package static func title(of technology: Technology) -> String { technology.bokmal.uppercasedFirst }

    /// `for 3 t siden`; days beyond two days.
    static func ago(_ time: EventTime, _ now: EventTime) -> String {
        let milliseconds = max(0, now - time)
        let days = milliseconds / TimeRule.dayMilliseconds
        return "for \(days >= 2 ? Norwegian.count(days, "døgn", "døgn") : Norwegian.duration(milliseconds: milliseconds)) siden"
    }

    /// The list as CSV for Norwegian Excel, all that the choice leaves.
    package func csv() -> String {
        let table = ReportTable(
            id: "enheter",
            title: "Enheter",
            columns: [
                .init("Enhet", .text), .init("Sone", .text), .init("Modell", .text), .init("Teknologi", .text), .init("Siste livstegn", .text),
                .init("Tilstand", .text), .init("Feil", .text), .init("Batteri", .share), .init("Lavt batteri", .text),
            ],
            rows: devices.map { device in
                [
                    .text(device.reference), .text(device.zoneName), device.model.map { .text($0) } ?? .none,
                    device.technology.map { .text($0.bokmal) } ?? .none, device.lastSeen.map { .text(Norwegian.instant($0, .oslo)) } ?? .none,
                    .text(device.state.text), .text(device.faultTexts.joined(separator: ", ")), device.battery.map { .number($0.percent / 100) } ?? .none,
                    .text(device.isBatteryLow ? "ja" : "nei"),
                ]
            }
        )
        return "\u{FEFF}" + table.csv(.excel)
    }
}
