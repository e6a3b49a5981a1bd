import Accounts
import Reports
import Telemetry
import Workload

/// The part of a form that says what an account or token may: role, municipalities, zones, source.
struct ReachForm {
    private static let municipality = "kommune-"
    private static let zone = "sone-"

    /// What may be chosen: numbers and names of municipalities with ids and names of zones.
    let choices: [(number: String, name: String, zones: [(id: String, name: String)])]

    /// What is configured and within the caller's reach, and what an account has already though it is not configured.
    init(_ municipalities: [ReportedMunicipality], _ caller: Access.Caller, held: [String] = []) {
        let configured = municipalities.filter { caller.mayRead(municipality: $0.number) }
            .map { ($0.number, $0.name, $0.zones.map { (id: $0.id, name: $0.name) }) }
        let others = held.filter { number in !configured.contains { $0.0 == number } && caller.mayRead(municipality: number) }
        choices = configured + others.map { ($0, "\($0) (ikke satt opp)", []) }
    }

    /// The fields as they were filled in.
    func fields(_ reach: Reach?, _ problems: [String: String]) -> [FormPage.Field] {
        let municipalities = choices.map { choice in
            FormPage.Field.Option(
                ReachForm.municipality + choice.number,
                choice.name,
                isChosen: reach?.municipalities.contains(choice.number) ?? (choices.count == 1)
            )
        }
        let zones = choices.flatMap { choice in
            choice.zones.map { zone in
                FormPage.Field.Option(
                    "\(ReachForm.zone)\(choice.number)-\(zone.id)",
                    choices.count == 1 ? zone.name : "\(choice.name): \(zone.name)",
                    isChosen: reach?.zones?.contains(zone.id) == true && reach?.municipalities.contains(choice.number) == true
                )
            }
        }
        return [
            .init(
                "rolle",
                "Rolle",
                .choice(Role.allCases.map { .init($0.rawValue, $0.title, isChosen: $0 == reach?.role ?? .leader) }),
                problem: problems["rolle"]
            ),
            .init("kilde", "Kilde", .text(value: reach?.source ?? ""), help: "Bare for rollen alarmsentral.", problem: problems["kilde"]),
            .init("kommuner", "Kommuner", .ticks(municipalities), problem: problems["kommuner"]),
            .init("soner", "Soner", .ticks(zones), help: "Ingen valgt betyr alle soner i kommunene.", problem: problems["soner"]),
        ]
    }

    /// The reach that a form asks for, and what is wrong in it. Nobody gives what lies beyond the choices.
    func reach(_ form: Query) -> (reach: Reach, problems: [String: String]) {
        var problems: [String: String] = [:]
        let role = form["rolle"].flatMap(Role.init(rawValue:))
        if role == nil { problems["rolle"] = "Velg en av rollene." }
        let municipalities = form.ticks(ReachForm.municipality)
        if municipalities.isEmpty { problems["kommuner"] = "Velg minst én kommune." }
        if !municipalities.allSatisfy({ number in choices.contains { $0.number == number } }) { problems["kommuner"] = "Velg blant kommunene i listen." }
        let asked = form.ticks(ReachForm.zone)
        let known = choices.filter { municipalities.contains($0.number) }.flatMap { choice in choice.zones.map { "\(choice.number)-\($0.id)" } }
        if !asked.allSatisfy(known.contains) { problems["soner"] = "Velg soner i kommunene du har valgt." }
        var zones: [String] = []
        for name in asked where known.contains(name) {
            let id = String(name.dropFirst(5))
            if !zones.contains(id) { zones.append(id) }
        }
        let source = form["kilde"]
        if role == .central, source.map(Topic.isSource) != true { problems["kilde"] = "Rollen alarmsentral trenger kilden sin: 1–32 tegn av a–z, 0–9 og -." }
        if role != .central, source != nil { problems["kilde"] = "Bare rollen alarmsentral har en kilde. La feltet stå tomt." }
        return (Reach(role: role ?? .planner, municipalities: municipalities, zones: zones.isEmpty ? nil : zones, source: source), problems)
    }
}
