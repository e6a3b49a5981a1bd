import Accounts
import Foundation
import Hummingbird
import Languages
import Reports
import Store
import Telemetry

/// What people do with their own account: see what it may, and choose its password.
enum OwnAccount {
    static let path = "/konto"
    /// Where the link leads by which a password is chosen.
    static let choicePath = "/velg-passord"

    /// Why a new password is not taken, in bokmål; nil where it is.
    static func objection(to password: String, again: String, of name: String) -> String? {
        if password.unicodeScalars.count < Password.lengthMin {
            return "Passordet må ha minst \(Password.lengthMin) tegn. Flere ord etter hverandre er lette å huske."
        }
        if Password.objection(to: password, of: name) != nil {
            return "Passordet må ha minst 5 ulike tegn, kan ikke inneholde brukernavnet og kan ikke være lengre enn \(Password.bytesMax) byte."
        }
        return password == again ? nil : "De to feltene er ikke like."
    }
}

extension Site {
    func ownAccountPage(_ caller: Access.Caller) throws -> Response { try ownAccountPage(caller, session: caller.session, [:]) }

    /// - Parameter problems: by the name of their field.
    private func ownAccountPage(_ caller: Access.Caller, session: String?, _ problems: [String: String], done: String? = nil) throws -> Response {
        guard let session, let account = try ownAccount(caller, session) else {
            return page(.init(title: "Konto", cover: "Du er ikke logget inn med en konto.", parts: []), caller)
        }
        let names = Dictionary(pages.municipalities.map { ($0.number, $0.name) }) { first, _ in first }
        let terms: [(term: String, text: String)] = [
            ("Brukernavn", OwnText.marked(account.name)), ("Rolle", "\(account.reach.role.title): \(account.reach.role.explanation)"),
            ("Kommuner", account.reach.municipalities.map { names[$0] ?? $0 }.joined(separator: ", ")),
            ("Soner", account.reach.zones.map { OwnText.marked($0.joined(separator: ", ")) } ?? "alle"),
            ("Formål i denne økten", caller.purpose?.title ?? "ikke valgt ennå"),
        ]
        let form = FormPage.Form(
            action: OwnAccount.path,
            hidden: [.init(name: "skjema", value: Secret.formToken(of: session))],
            fields: [
                .init("gammelt", "Passordet du har nå", .currentPassword, problem: problems["gammelt"]),
                .init("nytt", "Nytt passord", .newPassword, help: "Minst \(Password.lengthMin) tegn, gjerne flere ord.", problem: problems["nytt"]),
                .init("igjen", "Nytt passord en gang til", .newPassword),
            ],
            button: "Bytt passord"
        )
        let links: [ReportNavigation.Link] = [.init(title: "Endre formålet", path: "\(PurposeDesk.path)?neste=\(OwnAccount.path)")]
        let parts: [FormPage.Part] =
            (done.map { [.done($0)] } ?? []) + [.terms(terms), .links(links, label: "Økten")]
            + (caller.account == nil
                ? [.text("Du er logget inn med kommunens konto. Passordet byttes hos kommunen.")] : [.heading("Bytt passord"), .form(form)])
        let cover = "Hva kontoen din gir tilgang til, og passordet ditt."
        return page(.init(title: "Konto", cover: cover, parts: parts), caller, status: problems.isEmpty ? .ok : .unprocessableContent)
    }

    /// What whoever has logged in may, here or as another login vouched for.
    private func ownAccount(_ caller: Access.Caller, _ session: String) throws -> Account? {
        guard let name = caller.account else { return try access.store?.visits(now: face.now()).first { $0.name == session }?.account }
        return try access.store?.account(name)?.account
    }

    func changeOwnPassword(_ request: Request) async throws -> Response {
        let caller = try access.caller(of: request, now: face.now())
        let form = try await form(of: request)
        guard let session = caller.session, let name = caller.account, let desk, let administration else { throw Problem.notFound }
        try Site.check(form, session)
        let new = form["nytt"] ?? ""
        // The old one is guessed at no faster than at the login.
        switch try await desk.check(name: name, password: form["gammelt"] ?? "", address: Site.address(of: request), now: face.now()) {
        case .isWrong: return try ownAccountPage(caller, session: session, ["gammelt": "Passordet er feil."])
        case .mustWait(let seconds): return try ownAccountPage(caller, session: session, ["gammelt": "For mange forsøk. Vent \(seconds) sekunder."])
        case .isRight: break
        }
        if let objection = OwnAccount.objection(to: new, again: form["igjen"] ?? "", of: name) {
            return try ownAccountPage(caller, session: session, ["nytt": objection])
        }
        try await administration.setPassword(of: name, new, by: caller, now: face.now())
        guard let store = access.store else { throw Problem.notFound }
        let secret = try store.beginSession(of: name, purpose: caller.purpose, now: face.now())
        guard let begun = try store.session(secret, now: face.now()) else { throw Problem.notFound }
        var renewed = caller
        renewed.session = begun.name
        var response = try ownAccountPage(renewed, session: begun.name, [:], done: "Passordet er byttet, og alle andre økter er avsluttet.")
        Site.setCookie(Site.sessionCookie(secret), request, &response)
        return response
    }

    // MARK: - By a link

    func passwordChoicePage(_ query: Query) throws -> Response { try passwordChoicePage(query["lenke"] ?? "", problem: nil) }

    private func passwordChoicePage(_ link: String, problem: String?) throws -> Response {
        guard let name = try access.store?.invited(link, now: face.now()) else {
            let cover = "Lenken er brukt eller for gammel. Be den som ga deg den om en ny."
            return page(.init(title: "Velg passord", cover: cover, parts: []), nil, status: .notFound)
        }
        let form = FormPage.Form(
            action: OwnAccount.choicePath,
            hidden: [.init(name: "lenke", value: link)],
            fields: [
                .init("nytt", "Nytt passord", .newPassword, help: "Minst \(Password.lengthMin) tegn, gjerne flere ord.", problem: problem),
                .init("igjen", "Nytt passord en gang til", .newPassword),
            ],
            button: "Lagre passordet"
        )
        let cover = "Du velger passordet for kontoen \(OwnText.marked(name)). Ingen andre får vite det."
        return page(.init(title: "Velg passord", cover: cover, parts: [.form(form)]), nil, status: problem == nil ? .ok : .unprocessableContent)
    }

    func choosePassword(_ request: Request) async throws -> Response {
        let form = try await form(of: request)
        let link = form["lenke"] ?? ""
        guard let name = try access.store?.invited(link, now: face.now()), let administration else { return try passwordChoicePage(link, problem: nil) }
        let new = form["nytt"] ?? ""
        if let objection = OwnAccount.objection(to: new, again: form["igjen"] ?? "", of: name) { return try passwordChoicePage(link, problem: objection) }
        try await administration.setPassword(of: name, new, by: nil, now: face.now())
        return redirect(to: LoginDesk.loginPath, request)
    }
}
