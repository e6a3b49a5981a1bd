import Accounts
import Foundation
import Hummingbird
import Languages
import Logging
import Reports
import Store
import Telemetry
import Workload

/// The access log on a page and as files, within the reach of whoever asks. That it is read is written in it.
extension Site {
    /// Entries on a page.
    private static let logPage = 100

    func logPage(_ request: Request, _ caller: Access.Caller, _ logger: Logger) async throws -> Response {
        let query = Query(request)
        if let number = query["nummer"].flatMap(Query.number) { return try await entryPage(number, request, caller, logger) }
        let (filter, problems) = Site.filter(query)
        var wanted = filter
        wanted.isNewestFirst = true
        wanted.before = query["eldre"].flatMap(Query.number)
        let rows = problems.isEmpty ? try rows(wanted, caller, limit: Site.logPage + 1) : []
        var parts: [FormPage.Part] = [Site.places(.log), chainPart(isAskedFor: query["kontroll"] != nil)]
        parts.append(.form(Site.filterForm(query, problems)))
        let asked = ["fra", "til", "hvem", "kommune", "type"].compactMap { name in query[name].map { "\(name)=\($0.percentEncoded)" } }
        let address = AdministrationPage.log.rawValue
        var links: [ReportNavigation.Link] = [
            .init(title: "CSV for Excel", path: Site.address(AdministrationPage.logCSV.rawValue, asked)),
            .init(title: "JSON", path: Site.address(AdministrationPage.logJSON.rawValue, asked)),
            .init(title: "Kontroller kjeden nå", path: Site.address(address, asked + ["kontroll=ja"])),
        ]
        if rows.count > Site.logPage { links.append(.init(title: "Eldre", path: Site.address(address, asked + ["eldre=\(rows[Site.logPage - 1].number)"]))) }
        parts.append(.links(links, label: "Ta med og bla"))
        parts.append(.table(table(rows.prefix(Site.logPage))))
        let cover = "Hvem som har sett hvilke alarmer, tatt med seg filer og endret tilganger: når og hvorfor."
        let status: HTTPResponse.Status = problems.isEmpty ? .ok : .badRequest
        return page(.init(title: "Innsynslogg", over: "Administrasjon", cover: cover, parts: parts), caller, in: .administration, status: status)
    }

    func logFile(_ place: AdministrationPage, _ request: Request, _ caller: Access.Caller, _ logger: Logger) async throws -> Response {
        let (wanted, problems) = Site.filter(Query(request))
        if let (name, text) = problems.first { throw Problem.badParameter(name, text) }
        let isCSV = place == .logCSV
        let name = "innsynslogg-\(LocalTime.oslo.day(at: face.now()).iso).\(isCSV ? "csv" : "json")"
        // All of it is about all that the caller reaches.
        try await recordExport(name, request, caller, municipality: (caller.municipalities ?? []).joined(separator: ","), logger)
        let log = try AccessLogReader(folder: accessLog.folder)
        let rows = try rows(wanted, caller, limit: .max).map { (row: $0, alarms: $0.alarmCount == 0 ? [] : try log?.alarms(ofEntry: $0.number) ?? []) }
        let bytes = isCSV ? Array(AccessLogExport.csv(rows).utf8) : AccessLogExport.json(rows)
        var response = response(bytes, isCSV ? "text/csv; charset=utf-8" : Site.json)
        response.headers[.contentDisposition] = "attachment; filename=\"\(name)\""
        return response
    }

    /// One entry with the alarms it showed, which is a view of them itself.
    private func entryPage(_ number: Int64, _ request: Request, _ caller: Access.Caller, _ logger: Logger) async throws -> Response {
        guard let log = try AccessLogReader(folder: accessLog.folder), let row = try log.entry(number), Site.isWithin(row, caller) else {
            throw Problem.notFound
        }
        let alarms = try log.alarms(ofEntry: number) ?? []
        let entry = row.entry
        if !alarms.isEmpty {
            try await record(.init(municipality: entry.municipality, zones: entry.zones, alarms: alarms), request, caller, entry.position, logger)
        }
        let terms: [(term: String, text: String)] = [
            ("Tid", Site.shown(entry.time)), ("Hvem", OwnText.marked(entry.who)), ("Hva", Site.title(entry.kind)),
            ("Formål", entry.purpose.map(Site.purposeTitle) ?? "ikke oppgitt"), ("Kommune", entry.municipality),
            ("Soner", entry.zones.map { OwnText.marked($0.joined(separator: ", ")) } ?? "alle"),
            ("Adresse", OwnText.marked(entry.asked.isEmpty ? entry.path : "\(entry.path)?\(entry.asked)")),
            ("Gjelder", entry.subject.map(OwnText.marked) ?? "–"), ("Posisjon i journalen", "\(entry.position)"), ("Avtrykk", row.hash),
        ]
        let table = FormPage.Table(
            caption: "Alarmene som ble vist",
            columns: ["Kilde", "Alarm"],
            rows: alarms.map { [.init(OwnText.marked($0.source)), .init(OwnText.marked($0.alarm))] },
            empty: "Ingen enkeltalarmer ble vist."
        )
        let parts: [FormPage.Part] = [Site.places(.log), .terms(terms), .table(table)]
        let cover = "Én linje i innsynsloggen. At du ser alarmene i den, skrives også ned."
        return page(.init(title: "Linje \(number)", over: "Innsynslogg", cover: cover, parts: parts), caller, in: .administration)
    }

    // MARK: - Rows

    private func rows(_ wanted: AccessLogReader.Wanted, _ caller: Access.Caller, limit: Int) throws -> [AccessLogReader.Row] {
        var rows: [AccessLogReader.Row] = []
        try AccessLogReader(folder: accessLog.folder)?.entries(wanted) { row in
            if Site.isWithin(row, caller) { rows.append(row) }
            return rows.count < limit
        }
        return rows
    }

    /// An entry about several municipalities is for those who reach them all.
    private static func isWithin(_ row: AccessLogReader.Row, _ caller: Access.Caller) -> Bool {
        caller.reaches(row.entry.municipality.split(separator: ",").map(String.init))
    }

    private func table(_ rows: some Collection<AccessLogReader.Row>) -> FormPage.Table {
        FormPage.Table(
            caption: "De nyeste først. Nummeret fører til alarmene som ble vist.",
            columns: ["Nr.", "Tid", "Hvem", "Hva", "Formål", "Kommune", "Alarmer", "Gjelder"],
            rows: rows.map { row in
                let entry = row.entry
                return [
                    .init("\(row.number)", path: "\(AdministrationPage.log.rawValue)?nummer=\(row.number)"), .init(Site.shown(entry.time)),
                    .init(OwnText.marked(entry.who)),
                    .init(Site.title(entry.kind)), .init(entry.purpose.map(Site.purposeTitle) ?? "–"), .init(entry.municipality),
                    .init("\(row.alarmCount)"), .init(OwnText.marked(entry.subject ?? entry.path)),
                ]
            },
            empty: "Ingen linjer i innsynsloggen svarer til dette."
        )
    }

    /// A purpose as pages call it; what is none of them as it was written.
    private static func purposeTitle(_ purpose: String) -> String {
        purpose == Delivery.purpose ? "Planlagt rapport" : Purpose(rawValue: purpose)?.title ?? OwnText.marked(purpose)
    }

    private static func title(_ kind: AccessEntry.Kind) -> String {
        switch kind {
        case .view: "Alarmer vist"
        case .export: "Fil tatt med"
        case .change: "Tilgang endret"
        case .deletion: "Eldre linjer slettet"
        }
    }

    // MARK: - The chain

    /// Whether the chain holds, as the last look found it.
    private func chainPart(isAskedFor: Bool) -> FormPage.Part {
        guard let keeper = accessLogKeeper else { return .text("Kjeden kontrolleres med vaktlast access verify.") }
        do {
            if isAskedFor { try keeper.look(now: face.now()) }
        } catch {
            return .problem("Innsynsloggen kan ikke kontrolleres nå. Driftsloggen sier hvorfor.")
        }
        guard let look = keeper.lastLook else { return .text("Kjeden er ikke kontrollert siden tjenesten startet.") }
        guard let chain = look.chain else { return .text("Innsynsloggen er tom.") }
        if chain.holds {
            return .done("Kjeden holder: \(chain.entries) linjer, kontrollert \(Site.shown(look.time)). Ingen er endret, fjernet eller byttet om.")
        }
        let numbers = chain.faults.prefix(10).map { Site.text($0) }.joined(separator: "; ")
        return .problem("Kjeden holder ikke: \(numbers). Ta vare på filen access.db og sikkerhetskopiene, og finn ut hvem som har hatt tilgang til maskinen.")
    }

    private static func text(_ fault: AccessChain.Fault) -> String {
        switch fault {
        case .changed(let number): "linje \(number) er endret eller byttet om"
        case .alarmsChanged(let number): "alarmene i linje \(number) er endret"
        case .missing(let numbers) where numbers.count == 1: "linje \(numbers.lowerBound) mangler"
        case .missing(let numbers): "linje \(numbers.lowerBound)–\(numbers.upperBound) mangler"
        case .notAsNoted(let number): "linje \(number) er ikke som notert"
        }
    }

    // MARK: - The filter

    private static func filter(_ query: Query) -> (AccessLogReader.Wanted, problems: [String: String]) {
        var wanted = AccessLogReader.Wanted()
        var problems: [String: String] = [:]
        func midnight(_ name: String, daysLater: Int) -> EventTime? {
            guard let text = query[name] else { return nil }
            guard text.utf8.count == 10, let instant = Query.instant(text) else {
                problems[name] = "Skriv en dato, for eksempel 2026-10-05."
                return nil
            }
            return LocalTime.oslo.instant(LocalTime.oslo.day(at: instant).advanced(by: daysLater))
        }
        wanted.from = midnight("fra", daysLater: 0)
        // The last day is taken in.
        wanted.to = midnight("til", daysLater: 1)
        wanted.who = query["hvem"]
        wanted.municipality = query["kommune"]
        if let text = query["type"] {
            wanted.kind = AccessEntry.Kind(rawValue: text)
            if wanted.kind == nil { problems["type"] = "Velg en av typene." }
        }
        return (wanted, problems)
    }

    private static func filterForm(_ query: Query, _ problems: [String: String]) -> FormPage.Form {
        let kinds =
            [FormPage.Field.Option("", "Alle")] + AccessEntry.Kind.allCases.map { .init($0.rawValue, title($0), isChosen: query["type"] == $0.rawValue) }
        var form = FormPage.Form(
            action: AdministrationPage.log.rawValue,
            fields: [
                .init("fra", "Fra og med", .date(value: query["fra"] ?? ""), problem: problems["fra"]),
                .init("til", "Til og med", .date(value: query["til"] ?? ""), problem: problems["til"]),
                .init("hvem", "Hvem", .text(value: query["hvem"] ?? ""), help: "Som i listen, for eksempel account:kari."),
                .init("kommune", "Kommune", .text(value: query["kommune"] ?? ""), help: "Fire siffer."),
                .init("type", "Hva", .choice(kinds), problem: problems["type"]),
            ],
            button: "Vis"
        )
        form.isQuestion = true
        return form
    }

    private static func address(_ path: String, _ query: [String]) -> String { query.isEmpty ? path : "\(path)?\(query.joined(separator: "&"))" }
}
