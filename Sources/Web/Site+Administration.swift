import Accounts
import Foundation
import Hummingbird
import Languages
import Logging
import Reports
import Store
import Telemetry
import Workload

/// Accounts and tokens on pages. For admins of whole municipalities.
extension Site {
    func administrationPage(_ place: AdministrationPage, _ request: Request, _ caller: Access.Caller, _ logger: Logger) async throws -> Response {
        let desk = try openAdministration(caller)
        switch place {
        case .accounts: return try accountsPage(caller)
        case .account: return try accountPage(Query(request)["navn"] ?? "", caller, desk)
        case .tokens: return try tokensPage(caller, desk)
        case .deliveries: return try deliveriesPage(caller)
        case .log: return try await logPage(request, caller, logger)
        case .logCSV, .logJSON: return try await logFile(place, request, caller, logger)
        }
    }

    /// The desk, for whoever may come in.
    func openAdministration(_ caller: Access.Caller) throws -> AdministrationDesk {
        guard SitePage.administration.isOpen(to: caller) else { throw Problem.forbidden }
        guard let administration else { throw Problem.notFound }
        return administration
    }

    func administer(_ place: AdministrationPage, _ request: Request, _ logger: Logger) async throws -> Response {
        let caller = try access.caller(of: request, now: face.now())
        let desk = try openAdministration(caller)
        let form = try await form(of: request)
        if let session = caller.session { try Site.check(form, session) }
        let name = form["navn"] ?? ""
        do {
            switch place {
            case .accounts: return try await addAccount(name, form, caller, desk, request)
            case .account: return try await changeAccount(name, form, caller, desk, request)
            case .tokens: return try await changeTokens(name, form, caller, desk)
            case .deliveries, .log, .logCSV, .logJSON: throw Problem.notFound
            }
        } catch let error as StoreError {
            logger.error("\(request.uri.path): \(error)")
            throw Problem(status: .serviceUnavailable, detail: "Nothing was changed: what cannot be logged is not done. The service's log says why.")
        }
    }

    // MARK: - All accounts

    private func addAccount(_ name: String, _ form: Query, _ caller: Access.Caller, _ desk: AdministrationDesk, _ request: Request) async throws -> Response {
        if form["handling"] == AdministrationDesk.Handling.endSessions.rawValue {
            return try accountsPage(caller, told: [.done(try await desk.endVisits(of: name, by: caller, now: face.now()))])
        }
        let (reach, problems) = ReachForm(pages.municipalities, caller).reach(form)
        guard problems.isEmpty else { return try accountsPage(caller, filled: (name, reach), problems) }
        do {
            let link = try await desk.add(name, reach, by: caller, now: face.now())
            let now = caller.session == nil && caller.municipalities == nil ? nil : caller
            let told: [FormPage.Part] = [.done("Kontoen \(OwnText.marked(name)) er opprettet."), Site.shownLink(link, name, request)]
            // With the first account whoever made it is nobody any more.
            guard let now else {
                return page(.init(title: "Kontoer", over: "Administrasjon", cover: "Åpne lenken, velg passord og logg inn.", parts: told), nil)
            }
            return try accountsPage(now, told: told)
        } catch let objections as AdministrationDesk.Objections {
            return try accountsPage(caller, filled: (name, reach), objections.fields)
        }
    }

    private func accountsPage(
        _ caller: Access.Caller,
        filled: (name: String, reach: Reach)? = nil,
        _ problems: [String: String] = [:],
        told: [FormPage.Part] = []
    ) throws -> Response {
        guard let store = access.store else { throw Problem.notFound }
        let sessions = try store.sessionCounts(now: face.now())
        let rows = try store.accounts().filter { caller.reaches($0.reach.municipalities) }.map { account -> [FormPage.Table.Cell] in
            [
                .init(OwnText.marked(account.name), path: Site.accountAddress(account.name)), .init(account.reach.role.title),
                .init(account.reach.municipalities.joined(separator: ", ")),
                .init(account.reach.zones.map { OwnText.marked($0.joined(separator: ", ")) } ?? "alle"),
                .init(account.isActive ? "aktiv" : "stengt"), .init("\(sessions[account.name] ?? 0)"), .init(account.lastLogin.map(Site.shown) ?? "aldri"),
            ]
        }
        let table = FormPage.Table(
            caption: "Kontoer i kommunene dine. Navnet fører til det som kan endres.",
            columns: ["Navn", "Rolle", "Kommuner", "Soner", "Tilstand", "Økter", "Siste innlogging"],
            rows: rows,
            empty: identity == nil ? "Ingen kontoer ennå. Uten kontoer og tilgangsnøkler ser alle på denne maskinen alt." : "Ingen kontoer ennå."
        )
        let name = FormPage.Field("navn", "Brukernavn", .text(value: filled?.name ?? ""), help: "For eksempel e-postadressen.", problem: problems["navn"])
        let form = FormPage.Form(
            action: AdministrationPage.accounts.rawValue,
            hidden: Site.mark(caller),
            fields: [name] + ReachForm(pages.municipalities, caller).fields(filled?.reach, problems),
            button: "Opprett konto"
        )
        let parts: [FormPage.Part] =
            [Site.places(.accounts)] + told + [.table(table)] + (try visits(caller)) + [.heading("Ny konto"), .form(form), .heading("Roller")]
            + [.terms(Role.allCases.map { ($0.title, "Ser \($0.explanation), innenfor sine kommuner og soner.") })]
        let cover = "Hvem som kan logge inn, og hva de får se. Alle endringer står i innsynsloggen."
        return page(.init(title: "Kontoer", over: "Administrasjon", cover: cover, parts: parts), caller, in: .administration, status: Site.status(problems))
    }

    /// Who is in with the municipality's own account; nothing where nobody can be.
    private func visits(_ caller: Access.Caller) throws -> [FormPage.Part] {
        guard identity != nil, let administration else { return [] }
        let byName = Dictionary(grouping: try administration.visits(of: caller, now: face.now()), by: \.account.name)
        let rows = byName.sorted { $0.key < $1.key }.map { name, sessions -> [FormPage.Table.Cell] in
            let hidden =
                Site.mark(caller) + [.init(name: "navn", value: name), .init(name: "handling", value: AdministrationDesk.Handling.endSessions.rawValue)]
            let button = FormPage.Form(action: AdministrationPage.accounts.rawValue, hidden: hidden, button: "Avslutt øktene til \(OwnText.marked(name))")
            let reaches = sessions.map { AdministrationDesk.text($0.account.reach) }
            return [
                .init(OwnText.marked(name)), .init(Set(reaches).sorted().joined(separator: "; ")), .init("\(sessions.count)"),
                .init(Site.shown(sessions.map(\.lastSeen).max() ?? 0)), .init("", button: button),
            ]
        }
        let table = FormPage.Table(
            caption: "Innlogget med kommunens konto nå, i kommunene dine. Rollene deles ut hos kommunen.",
            columns: ["Navn", "Tilgang", "Økter", "Sist sett", "Handling"],
            rows: rows,
            empty: "Ingen er innlogget med kommunens konto."
        )
        return [.heading("Innlogget med kommunens konto"), .table(table)]
    }

    // MARK: - One account

    private func changeAccount(_ name: String, _ form: Query, _ caller: Access.Caller, _ desk: AdministrationDesk, _ request: Request) async throws -> Response
    {
        guard let account = try desk.account(name, of: caller) else { throw Problem.notFound }
        guard let handling = form["handling"].flatMap(AdministrationDesk.Handling.init(rawValue:)) else {
            throw Problem.badParameter("handling", "is one of \(AdministrationDesk.Handling.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        var reach: Reach?
        if handling == .reach {
            let asked = ReachForm(pages.municipalities, caller, held: account.reach.municipalities).reach(form)
            guard asked.problems.isEmpty else { return try accountPage(name, caller, desk, filled: asked.reach, asked.problems) }
            reach = asked.reach
        }
        do {
            let (told, link) = try await desk.handle(handling, name, reach, by: caller, now: face.now())
            let parts: [FormPage.Part] = [.done(told)] + (link.map { [Site.shownLink($0, name, request)] } ?? [])
            if handling == .remove { return try accountsPage(caller, told: parts) }
            return try accountPage(name, caller, desk, told: parts)
        } catch let objections as AdministrationDesk.Objections {
            return try accountPage(name, caller, desk, filled: reach, objections.fields)
        }
    }

    private func accountPage(
        _ name: String,
        _ caller: Access.Caller,
        _ desk: AdministrationDesk,
        filled: Reach? = nil,
        _ problems: [String: String] = [:],
        told: [FormPage.Part] = []
    ) throws -> Response {
        guard let account = try desk.account(name, of: caller) else { throw Problem.notFound }
        func form(_ handling: AdministrationDesk.Handling, _ button: String, _ fields: [FormPage.Field] = []) -> FormPage.Part {
            let hidden = Site.mark(caller) + [.init(name: "navn", value: name), .init(name: "handling", value: handling.rawValue)]
            return .form(.init(action: AdministrationPage.account.rawValue, hidden: hidden, fields: fields, button: button))
        }
        let reach = ReachForm(pages.municipalities, caller, held: account.reach.municipalities)
        let terms: [(term: String, text: String)] = [
            ("Tilgang nå", AdministrationDesk.text(account.reach)), ("Tilstand", account.isActive ? "aktiv" : "stengt"),
            ("Opprettet", Site.shown(account.createdAt)), ("Siste innlogging", account.lastLogin.map(Site.shown) ?? "aldri"),
        ]
        let parts: [FormPage.Part] =
            [Site.places(.accounts)] + told + (problems.isEmpty ? [] : [.problem(problems["rolle"] ?? "Noe i skjemaet må rettes.")])
            + [.terms(terms), .heading("Rolle og tilgang"), .text("En endring avslutter øktene til kontoen.")]
            + [form(.reach, "Lagre tilgangen", reach.fields(filled ?? account.reach, problems)), .heading("Passord")]
            + [.text("Lenken gjelder i tre døgn og kan brukes én gang. Passordet velges av den som åpner den; til da gjelder det gamle.")]
            + [form(.link, "Lag lenke for nytt passord"), .heading("Økter og konto"), form(.endSessions, "Avslutt alle økter")]
            + [account.isActive ? form(.deactivate, "Steng kontoen") : form(.activate, "Åpne kontoen igjen"), form(.remove, "Slett kontoen")]
        let cover = "Innsynsloggen beholder det kontoen har sett, også når den er slettet."
        return page(
            .init(title: OwnText.marked(name), over: "Administrasjon", cover: cover, parts: parts),
            caller,
            in: .administration,
            status: Site.status(problems)
        )
    }

    // MARK: - Tokens

    private func changeTokens(_ name: String, _ form: Query, _ caller: Access.Caller, _ desk: AdministrationDesk) async throws -> Response {
        if form["handling"] == "trekk" {
            return try tokensPage(caller, desk, told: [.done(try await desk.revokeToken(name, by: caller, now: face.now()))])
        }
        let (reach, problems) = ReachForm(pages.municipalities, caller).reach(form)
        guard problems.isEmpty else { return try tokensPage(caller, desk, filled: form, reach, problems) }
        do {
            let purpose = form["formaal"].flatMap(Purpose.init(rawValue:))
            let secret = try await desk.issueToken(name, reach, days: form["dager"] ?? "", purpose: purpose, by: caller, now: face.now())
            return try tokensPage(caller, desk, told: [.once(label: "Nøkkelen \(OwnText.marked(name)), vist bare nå:", secret: secret)])
        } catch let objections as AdministrationDesk.Objections {
            return try tokensPage(caller, desk, filled: form, reach, objections.fields)
        }
    }

    private func tokensPage(
        _ caller: Access.Caller,
        _ desk: AdministrationDesk,
        filled: Query? = nil,
        _ reach: Reach? = nil,
        _ problems: [String: String] = [:],
        told: [FormPage.Part] = []
    ) throws -> Response {
        let now = face.now()
        let rows = try desk.tokens(of: caller).map { token -> [FormPage.Table.Cell] in
            let end = token.expiresAt.map { "til \(Site.shown($0))" } ?? "uten slutt"
            let state = token.revokedAt.map { "trukket tilbake \(Site.shown($0))" } ?? (token.isValid(at: now) ? end : "utløpt")
            let hidden = Site.mark(caller) + [.init(name: "navn", value: token.name), .init(name: "handling", value: "trekk")]
            let button = FormPage.Form(action: AdministrationPage.tokens.rawValue, hidden: hidden, button: "Trekk tilbake \(OwnText.marked(token.name))")
            return [
                .init(OwnText.marked(token.name)), .init(AdministrationDesk.text(token.reach)), .init(token.purpose?.title ?? "–"), .init(state),
                .init(token.lastUsed.map(Site.shown) ?? "aldri"), .init("", button: token.isValid(at: now) ? button : nil),
            ]
        }
        let table = FormPage.Table(
            caption: "Tilgangsnøkler for programmer i kommunene dine. De som står i vaktlast.yaml, gjelder ved siden av disse.",
            columns: ["Navn", "Tilgang", "Formål", "Gjelder", "Sist brukt", "Handling"],
            rows: rows,
            empty: "Ingen tilgangsnøkler er utstedt."
        )
        let purposes =
            [FormPage.Field.Option("", "ikke fast")] + Purpose.allCases.map { .init($0.rawValue, $0.title, isChosen: $0.rawValue == filled?["formaal"]) }
        let fields: [FormPage.Field] =
            [.init("navn", "Navn", .text(value: filled?["navn"] ?? ""), help: "Innsynsloggen kjenner nøkkelen ved det.", problem: problems["navn"])]
            + [.init("dager", "Gjelder i dager", .number(value: filled?["dager"] ?? "365"), problem: problems["dager"])]
            + [.init("formaal", "Formål for enkeltalarmer", .choice(purposes), help: "Skrives i innsynsloggen.")]
            + ReachForm(pages.municipalities, caller).fields(reach, problems)
        let form = FormPage.Form(action: AdministrationPage.tokens.rawValue, hidden: Site.mark(caller), fields: fields, button: "Utsted nøkkel")
        let parts: [FormPage.Part] = [Site.places(.tokens)] + told + [.table(table), .heading("Ny tilgangsnøkkel"), .form(form)]
        let cover = "Nøkler som programmer henter tall med. Hver vises én gang og lagres bare som avtrykk."
        return page(
            .init(title: "Tilgangsnøkler", over: "Administrasjon", cover: cover, parts: parts),
            caller,
            in: .administration,
            status: Site.status(problems)
        )
    }

    // MARK: - What they share

    static func places(_ current: AdministrationPage) -> FormPage.Part {
        let all: [AdministrationPage] = [.accounts, .tokens, .deliveries, .log]
        return .links(
            all.compactMap { place in place.title.map { .init(title: $0, path: place.rawValue, isCurrent: place == current) } },
            label: "Administrasjon"
        )
    }

    /// What a form must bring.
    private static func mark(_ caller: Access.Caller) -> [ReportNavigation.Field] {
        caller.session.map { [.init(name: "skjema", value: Secret.formToken(of: $0))] } ?? []
    }

    private static func status(_ problems: [String: String]) -> HTTPResponse.Status { problems.isEmpty ? .ok : .unprocessableContent }

    private static func accountAddress(_ name: String) -> String {
        "\(AdministrationPage.account.rawValue)?navn=\(name.percentEncoded)"
    }

    private static func shownLink(_ secret: String, _ name: String, _ request: Request) -> FormPage.Part {
        let address = "\(request.isSecure ? "https" : "http")://\(request.head.authority ?? "127.0.0.1")\(OwnAccount.choicePath)?lenke=\(secret)"
        return .once(
            label: "Gi denne lenken til \(OwnText.marked(name)), så velger vedkommende passord selv. Den gjelder i tre døgn og vises bare nå:",
            secret: address
        )
    }

    /// A local time for people: 2026-10-05 kl. 07:41.
    static func shown(_ time: EventTime) -> String {
        let (day, milliseconds) = LocalTime.oslo.wallClock(at: time)
        let minutes = Int(milliseconds / 60_000)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(day.iso) kl. \(two(minutes / 60)):\(two(minutes % 60))"
    }
}
