import Accounts
import Foundation
import Identity
import Outbound
import Telemetry
import Workload

extension ServiceSettings {
    /// The section `oidc`.
    mutating func readIdentity(_ section: YAMLReader?, folder: String, _ overrides: EnvironmentOverrides, _ problems: YAMLReader.Problems) {
        guard let section else { return }
        defer { section.finish() }
        let rule = "the provider's issuer, https://…, sign for sign as it gives it"
        func isIssuer(_ text: String) -> Bool { HTTPCaller.isAllowed(text) && !text.contains("?") && !text.contains("#") }
        func isClaim(_ text: String) -> Bool { 1...200 ~= text.utf8.count }
        func isPrintable(_ text: String) -> Bool { !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } }
        let inFile = section.text("issuer", rule, where: isIssuer)
        if let issuer = overrides["oidc.issuer"], !isIssuer(issuer) { problems.lines.append("VAKTLAST_OIDC_ISSUER: «\(issuer)» is not \(rule)") }
        let clientID = section.text("clientId", "the client's id at the provider", where: isPrintable)
        let secret = SecretFile.read("clientSecretFile", section, folder, overrides["oidc.clientSecretFile"], problems)
        let scopes = section.texts("scopes", "words such as openid and profile", where: isPrintable) ?? ["openid", "profile"]
        let rolesClaim = section.text("rolesClaim", "the name of a claim, such as roles or realm_access.roles", where: isClaim)
        let nameClaim = section.text("nameClaim", "the name of a claim, such as preferred_username", where: isClaim)
        let contact = section.text("contact")
        identityCAFile = SecretFile.path("caFile", section, folder, overrides["oidc.caFile"])
        if let file = identityCAFile, !FileManager.default.isReadableFile(atPath: file) { section.problem(key: "caFile", "cannot be read: \(file)") }
        if !scopes.contains("openid") { section.problem(key: "scopes", "must hold openid: without it no token says who has logged in") }
        let rules = (section.sections("roles") ?? []).compactMap { identityRule($0, problems) }
        if rules.isEmpty { section.problem(key: "roles", "is missing or empty: nobody could see anything; add value, role and municipalities") }
        let (issuer, client) = (overrides["oidc.issuer"] ?? inFile, overrides["oidc.clientId"] ?? clientID)
        if issuer == nil { section.problem(key: "issuer", "is missing: give \(rule)") }
        if client == nil { section.problem(key: "clientId", "is missing: give the client's id at the provider") }
        guard let address = publicAddress else {
            section.problem(key: "issuer", "needs http.publicAddress: the provider sends people back to it, e.g. https://vaktlast.kommune.no")
            return
        }
        guard let issuer, let client else { return }
        identity = IdentitySettings(
            issuer: issuer,
            clientID: client,
            clientSecret: secret,
            redirectAddress: address + "/logg-inn/tilbake",
            afterLogoutAddress: address + "/logg-inn",
            scopes: scopes,
            rolesClaim: rolesClaim ?? "roles",
            nameClaim: nameClaim ?? "preferred_username",
            rules: rules,
            contact: contact
        )
    }

    private func identityRule(_ section: YAMLReader, _ problems: YAMLReader.Problems) -> IdentitySettings.Rule? {
        defer { section.finish() }
        let value = section.required("value", "a value of the claim of roles")
        let roles = Role.allCases.map(\.rawValue).joined(separator: ", ")
        let role = section.required("role", "one of \(roles)") { Role(rawValue: $0) != nil }
        let numbers = section.texts("municipalities", "four digits in quotes", where: Topic.isMunicipality)
        let zones = section.texts("zones", "zone ids", where: Topic.isSource)
        let source = section.text("source", "the id of a source, for the role central", where: Topic.isSource)
        guard let value, let role = role.flatMap(Role.init(rawValue:)) else { return nil }
        let reach = Reach(role: role, municipalities: numbers ?? [], zones: zones, source: source)
        if let objection = reach.objection {
            section.problem(key: "municipalities", "and what goes with it: \(objection)")
            return nil
        }
        let known = municipalities.filter { reach.municipalities.contains($0.number) }
        for number in reach.municipalities where !municipalities.contains(where: { $0.number == number }) {
            problems.warnings.append("\(section.place(of: "municipalities")) of «\(value)» names municipality \(number), which is not configured")
        }
        let zoneIDs = Set(known.flatMap { $0.zones.map(\.id) })
        for zone in zones ?? [] where !zoneIDs.contains(zone) {
            let there = zoneIDs.sorted().joined(separator: ", ")
            problems.warnings.append("\(section.place(of: "zones")) of «\(value)» names zone «\(zone)», which none of its municipalities has; known: \(there)")
        }
        return .init(value: value, reach: reach)
    }
}
