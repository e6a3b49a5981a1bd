import Accounts
import Foundation
import Languages
import Reports
import Store
import Telemetry

/// Changes of accounts and tokens over the web: one at a time, each within the reach of whoever makes it, and each in the access
/// log before it is made. Names out of reach are told as names that do not exist.
actor AdministrationDesk {
    /// What is wrong, by the field it stands in, in bokmål.
    struct Objections: Error {
        var fields: [String: String]

        init(_ field: String, _ text: String) { fields = [field: text] }
        init(_ fields: [String: String]) { self.fields = fields }
    }

    /// What can be done with an account. Raw values are those of the forms.
    enum Handling: String, CaseIterable {
        case reach = "tilgang"
        case link = "lenke"
        case deactivate = "steng"
        case activate = "apne"
        case endSessions = "avslutt"
        case remove = "slett"
    }

    static let tokenDays = 1...3650

    private let store: AccountStore
    private let log: AccessLog
    private let isConfigured: @Sendable (String) -> Bool

    /// - Parameter isConfigured: whether a token of this name stands in vaktlast.yaml.
    init(store: AccountStore, log: AccessLog, isConfigured: @escaping @Sendable (String) -> Bool) {
        self.store = store
        self.log = log
        self.isConfigured = isConfigured
    }

    /// An account within the caller's reach; nil for others, as for those that do not exist.
    nonisolated func account(_ name: String, of caller: Access.Caller) throws -> Account? {
        guard let found = try store.account(name)?.account, caller.reaches(found.reach.municipalities) else { return nil }
        return found
    }

    // MARK: - Accounts

    /// Makes an account and gives the secret of the link by which its password is chosen.
    func add(_ name: String, _ reach: Reach, by caller: Access.Caller, now: EventTime) async throws -> String {
        guard Account.isName(name) else { throw Objections("navn", "1–64 tegn av a–z, A–Z, 0–9 og . - _ @. En e-postadresse passer.") }
        guard try store.account(name) == nil else { throw Objections("navn", "Navnet er i bruk. Velg et annet.") }
        if try !store.hasAccounts(), reach.role != .admin || reach.zones != nil {
            throw Objections("rolle", "Den første kontoen må være administrator for hele kommunen: ellers slipper ingen inn hit igjen.")
        }
        try await record("kontoen \(name) opprettet: \(AdministrationDesk.text(reach))", reach.municipalities, caller, now)
        // A password that nobody knows, until the link is used.
        guard try store.add(name, reach, hash: Password.hash(Secret.make()), now: now), let link = try store.invite(name, now: now) else {
            throw Objections("navn", "Navnet er i bruk. Velg et annet.")
        }
        return link
    }

    /// Does something with an account; gives what to say, and the secret of a link where one was made.
    func handle(_ handling: Handling, _ name: String, _ reach: Reach?, by caller: Access.Caller, now: EventTime) async throws -> (String, link: String?) {
        guard let account = try account(name, of: caller) else { throw Problem.notFound }
        var told: String
        let own = OwnText.marked(name)
        switch handling {
        case .reach:
            guard let reach else { throw Problem.notFound }
            try refuseToLeaveNobody(account, after: reach)
            told = "\(own) har fått ny tilgang: \(AdministrationDesk.text(reach))"
        case .link: told = "ny lenke for passordet til \(own)"
        case .deactivate:
            try refuseToLeaveNobody(account, after: nil)
            told = "\(own) er stengt"
        case .activate: told = "\(own) er åpnet igjen"
        case .endSessions: told = "øktene til \(own) er avsluttet"
        case .remove:
            try refuseToLeaveNobody(account, after: nil)
            told = "\(own) er slettet"
        }
        try await record(told, account.reach.municipalities + (reach?.municipalities ?? []), caller, now)
        var link: String?
        switch handling {
        case .reach: _ = try store.change(name, reach: reach)
        case .link: link = try store.invite(name, now: now)
        case .deactivate: _ = try store.change(name, isActive: false)
        case .activate: _ = try store.change(name, isActive: true)
        case .endSessions: _ = try store.endSessions(of: name)
        case .remove: _ = try store.remove(name)
        }
        // A name that begins it stays as it is.
        if !told.hasPrefix(own) { told = told.prefix(1).uppercased() + told.dropFirst() }
        return (told + ".", link)
    }

    /// Sessions of people whom another login vouches for, within the caller's reach, those of a person beside one another.
    nonisolated func visits(of caller: Access.Caller, now: EventTime) throws -> [Session] {
        try store.visits(now: now).filter { caller.reaches($0.account.reach.municipalities) }
    }

    func endVisits(of visitor: String, by caller: Access.Caller, now: EventTime) async throws -> String {
        let ended = try visits(of: caller, now: now).filter { $0.account.name == visitor }
        guard !ended.isEmpty else { throw Problem.notFound }
        try await record("øktene til \(visitor) med kommunens konto er avsluttet", ended.flatMap(\.account.reach.municipalities), caller, now)
        for session in ended { try store.endVisit(session: session.name) }
        return "Øktene til \(OwnText.marked(visitor)) er avsluttet."
    }

    /// - Parameter caller: nil for someone who came by a link.
    func setPassword(of name: String, _ password: String, by caller: Access.Caller?, now: EventTime) async throws {
        let municipalities = try store.account(name)?.account.reach.municipalities ?? []
        var who = Access.Caller(name: "account:\(name)", rights: [])
        if let caller { who = caller }
        try await record("\(name) har valgt nytt passord", municipalities, who, now)
        _ = try store.change(name, hash: Password.hash(password))
    }

    /// A municipality keeps someone who can let others in.
    private func refuseToLeaveNobody(_ account: Account, after: Reach?) throws {
        func administers(_ reach: Reach, _ municipality: String) -> Bool {
            reach.role == .admin && reach.zones == nil && reach.municipalities.contains(municipality)
        }
        guard account.isActive else { return }
        let others = try store.accounts().filter { $0.isActive && $0.name != account.name }
        for municipality in account.reach.municipalities where administers(account.reach, municipality) {
            let isKept = after.map { administers($0, municipality) } ?? false
            guard isKept || others.contains(where: { administers($0.reach, municipality) }) else {
                throw Objections(
                    "rolle",
                    "\(OwnText.marked(account.name)) er den siste administratoren i kommune \(municipality). Gjør en annen til administrator først."
                )
            }
        }
    }

    // MARK: - Tokens

    func issueToken(
        _ name: String,
        _ reach: Reach,
        days: String,
        purpose: Purpose?,
        by caller: Access.Caller,
        now: EventTime
    ) async throws -> String {
        guard Account.isName(name) else { throw Objections("navn", "1–64 tegn av a–z, A–Z, 0–9 og . - _ @. Innsynsloggen kjenner nøkkelen ved dette navnet.") }
        guard let days = Int(days), AdministrationDesk.tokenDays.contains(days) else { throw Objections("dager", "Skriv et helt tall fra 1 til 3650.") }
        let taken = Objections("navn", "Navnet er i bruk, kanskje av en nøkkel som er trukket tilbake. Velg et annet.")
        guard !isConfigured(name), try !store.tokens().contains(where: { $0.name == name }) else { throw taken }
        try await record(
            "tilgangsnøkkelen \(name) utstedt for \(Norwegian.count(days, "dag", "dager")): \(AdministrationDesk.text(reach))",
            reach.municipalities,
            caller,
            now
        )
        guard let secret = try store.issueToken(name, reach, expiresAt: now + Int64(days) * 86_400_000, purpose: purpose, now: now) else { throw taken }
        return secret
    }

    nonisolated func tokens(of caller: Access.Caller) throws -> [IssuedToken] {
        try store.tokens().filter { caller.reaches($0.reach.municipalities) }
    }

    func revokeToken(_ name: String, by caller: Access.Caller, now: EventTime) async throws -> String {
        guard let token = try tokens(of: caller).first(where: { $0.name == name && $0.revokedAt == nil }) else { throw Problem.notFound }
        try await record("tilgangsnøkkelen \(name) trukket tilbake", token.reach.municipalities, caller, now)
        _ = try store.revokeToken(name, now: now)
        return "Nøkkelen \(OwnText.marked(name)) er trukket tilbake."
    }

    // MARK: - The log

    private func record(_ what: String, _ municipalities: [String], _ caller: Access.Caller, _ now: EventTime) async throws {
        try await log.record(
            AccessEntry(
                kind: .change,
                time: now,
                who: caller.name,
                path: AdministrationPage.accounts.rawValue,
                municipality: Set(municipalities).sorted().joined(separator: ","),
                subject: OwnText.plain(what)
            )
        )
    }

    static func text(_ reach: Reach) -> String {
        let zones = reach.zones.map { "sone \(OwnText.marked($0.joined(separator: ", ")))" } ?? "alle soner"
        return [
            reach.role.title.lowercased(), "kommune \(reach.municipalities.joined(separator: ", "))", zones, reach.source.map { "kilde \(OwnText.marked($0))" },
        ]
        .compactMap(\.self).joined(separator: ", ")
    }
}
