import Accounts
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Reports
import Store
import Telemetry

/// Why someone sees single alarms or devices, or takes figures along: asked once a session, before the first time.
enum PurposeDesk {
    static let path = "/formaal"
    static let field = "formaal"

    /// Something would have been shown or given to someone who has not said why.
    struct Needed: Error {}

    /// Throws `Needed` for a person who has not said why.
    static func ask(_ caller: Access.Caller) throws(Needed) {
        guard !caller.mustSayWhy else { throw Needed() }
    }
}

extension Purpose {
    /// As the page calls it.
    var title: String {
        switch self {
        case .followUp: "Oppfølging av tjenesten"
        case .complaint: "Avvik eller klage"
        case .control: "Kontroll av data"
        case .operation: "Drift og feilsøking"
        case .insight: "Innsyn"
        }
    }
}

extension Site {
    /// Writes down who is shown which alarms, and why, before the answer leaves. Whatever shows single alarms calls it.
    ///
    /// Throws `PurposeDesk.Needed` for a person who has not said why: the page that asks is then the answer.
    func record(
        _ shown: API.Shown,
        _ request: Request,
        _ caller: Access.Caller,
        _ position: Int64,
        _ logger: Logger
    ) async throws {
        try PurposeDesk.ask(caller)
        try await record(
            AccessEntry(
                time: face.now(),
                who: caller.name,
                purpose: caller.purpose?.rawValue,
                path: request.uri.path,
                asked: request.uri.query ?? "",
                municipality: shown.municipality,
                zones: shown.zones,
                alarms: shown.alarms,
                position: position
            ),
            logger
        )
    }

    /// Writes down what is taken along as a file, before it leaves. Throws `PurposeDesk.Needed`; whoever makes the file asks before that.
    func recordExport(
        _ name: String,
        _ request: Request,
        _ caller: Access.Caller,
        municipality: String,
        position: Int64 = 0,
        _ logger: Logger
    ) async throws {
        try PurposeDesk.ask(caller)
        try await record(
            AccessEntry(
                kind: .export,
                time: face.now(),
                who: caller.name,
                purpose: caller.purpose?.rawValue,
                path: request.uri.path,
                asked: request.uri.query ?? "",
                municipality: municipality,
                zones: caller.zones,
                position: position,
                subject: name
            ),
            logger
        )
    }

    func record(_ entry: AccessEntry, _ logger: Logger) async throws {
        do { try await accessLog.record(entry) } catch {
            logger.error("\(entry.path): \(error)")
            throw Problem(
                status: .serviceUnavailable,
                detail: "This is done only when the access log has it, and it cannot be written now; the service's log says why."
            )
        }
    }

    /// The answer in the place of alarms: for a page the one that asks why, for a script a refusal.
    func askWhy(_ request: Request) -> Response {
        let isPage = request.method == .get && request.headers[.accept]?.contains("text/html") == true
        guard isPage else {
            return response(Problem(status: .forbidden, detail: "Say why first, at \(PurposeDesk.path) in the same session: the access log keeps it."), request)
        }
        return redirect(to: Site.address(PurposeDesk.path, onTo: request), request)
    }

    func purposePage(_ query: Query, _ caller: Access.Caller) -> Response {
        guard let session = caller.session else {
            let text = "Du er ikke logget inn med en konto, og blir ikke spurt om formål."
            return page(.init(title: "Formål", cover: text, parts: []), caller)
        }
        return purposeForm(next: Site.localPath(query["neste"]), session: session, caller, problem: nil)
    }

    private func purposeForm(next: String, session: String, _ caller: Access.Caller, problem: String?) -> Response {
        let field = FormPage.Field(
            PurposeDesk.field,
            "Hvorfor ser du på dette?",
            .radios(Purpose.allCases.map { .init($0.rawValue, $0.title, isChosen: $0 == caller.purpose) }),
            help: "Valget gjelder til du logger ut, og kan endres under Konto.",
            problem: problem
        )
        let form = FormPage.Form(
            action: PurposeDesk.path,
            hidden: [.init(name: "skjema", value: Secret.formToken(of: session)), .init(name: "neste", value: next)],
            fields: [field],
            button: "Fortsett"
        )
        let cover =
            "Enkeltalarmer og enheter handler om mennesker, og tall som tas med som fil, forlater tjenesten. Innsynsloggen viser hvem som har "
            + "sett hvilke alarmer og tatt med hvilke filer, når og hvorfor."
            + (Site.isFile(next) ? " Når du har valgt, lastes filen ned, og du kan gå tilbake." : "")
        return page(.init(title: "Formål", cover: cover, parts: [.form(form)]), caller, status: problem == nil ? .ok : .unprocessableContent)
    }

    func choosePurpose(_ request: Request) async throws -> Response {
        let caller = try access.caller(of: request, now: face.now())
        let form = try await form(of: request)
        guard let session = caller.session else { throw Problem.notFound }
        try Site.check(form, session)
        let next = Site.localPath(form["neste"])
        guard let purpose = form[PurposeDesk.field].flatMap(Purpose.init(rawValue:)) else {
            return purposeForm(next: next, session: session, caller, problem: "Velg ett av formålene.")
        }
        try access.store?.setPurpose(purpose, ofSession: session)
        return Site.isFile(next) ? filePage(next, caller) : redirect(to: next, request)
    }

    /// Whether an address is answered with a file to take along, which leaves the browser on the page it was asked from.
    private static func isFile(_ address: String) -> Bool {
        let path = String(address.prefix { $0 != "?" })
        let isLog = [AdministrationPage.logCSV, .logJSON].contains { $0.rawValue == path }
        return ReportFile(path: path) != nil || path == DevicePage.tablePath || isLog
    }

    /// What is shown while a file comes: that it is on its way, and the way back. The browser fetches it by itself; scripts need not run.
    private func filePage(_ address: String, _ caller: Access.Caller) -> Response {
        let back =
            address.hasPrefix(ReportFile.path)
            ? Site.reportPage(address) : address.hasPrefix(DevicePage.tablePath) ? DevicePage.path : AdministrationPage.log.rawValue
        let links: [ReportNavigation.Link] = [.init(title: "Last ned filen", path: address), .init(title: "Tilbake", path: back)]
        let text =
            "Filen lages nå, og lastes ned av seg selv når den er klar. Det kan ta noen sekunder. Kommer den ikke, så bruk lenken. Når du har den, "
            + "kan du gå tilbake."
        var response = page(.init(title: "Filen er på vei", cover: text, parts: [.links(links, label: "Filen")]), caller)
        if let refresh = HTTPField.Name("Refresh") { response.headers[refresh] = "0;url=\(address)" }
        return response
    }

    /// The page of the report that a file is made of.
    private static func reportPage(_ address: String) -> String {
        let query = address.drop { $0 != "?" }.dropFirst().split(separator: "&").filter { field in
            ["municipality=", "period=", "zone="].contains { field.hasPrefix($0) }
        }
        let section = address.split { $0 == "?" || $0 == "&" }.first { $0.hasPrefix("\(Pages.sectionField)=") }
        let page = section.flatMap { SitePage(path: "/\($0.dropFirst(Pages.sectionField.count + 1))") } ?? .load
        let path = page.rawValue
        return query.isEmpty ? path : "\(path)?\(query.joined(separator: "&"))"
    }

    /// A page of words and forms within the site's frame.
    func page(_ page: FormPage, _ caller: Access.Caller?, in place: SitePage? = nil, status: HTTPResponse.Status = .ok) -> Response {
        let html = page.html(navigation: caller.map { pages.bar(place, $0) }, style: .linked(Pages.styleAddress))
        return response(Array(html.utf8), Pages.htmlType, status: status, security: Pages.security)
    }
}
