import Accounts
import Ingest
import Telemetry
import Workload

/// The lists of `vaktlast.yaml`: tokens and sources, each held against the others and against the municipalities.
extension ServiceSettings {
    mutating func readTokens(_ sections: [YAMLReader], _ problems: YAMLReader.Problems) {
        for section in sections {
            guard let token = ServiceSettings.token(section) else { continue }
            if tokens.contains(where: { $0.name == token.name }) {
                section.problem(key: "name", "«\(token.name)» stands twice: the access log must be able to tell tokens apart")
            }
            if let other = tokens.first(where: { $0.sha256 == token.sha256 }) {
                section.problem(key: "sha256", "is that of «\(other.name)» already: give each its own token")
            }
            warn(of: token, section, problems)
            tokens.append(token)
        }
    }

    private static func token(_ section: YAMLReader) -> Token? {
        defer { section.finish() }
        let name = section.required("name")
        let sha256 = section.required("sha256", "64 hexadecimal digits (`printf %s TOKEN | sha256sum`)") {
            $0.utf8.count == 64 && $0.allSatisfy { $0.isASCII && $0.isHexDigit }
        }
        let roles = Role.allCases.map(\.rawValue).joined(separator: ", ")
        let role = section.required("role", "one of \(roles)") { Role(rawValue: $0) != nil }
        let municipalities = section.texts("municipalities", "four digits in quotes", where: Topic.isMunicipality)
        let zones = section.texts("zones", "zone ids", where: Topic.isSource)
        let source = section.text("source", "the id of a source, for the role central", where: Topic.isSource)
        let purposes = Purpose.allCases.map(\.rawValue).joined(separator: ", ")
        let purpose = section.text("purpose", "one of \(purposes)") { Purpose(rawValue: $0) != nil }
        if municipalities == nil { section.problem(key: "municipalities", "is missing: list the municipalities it may see") }
        guard let name, let sha256, let role = role.flatMap(Role.init(rawValue:)), let municipalities else { return nil }
        // A central's token is named like its source, unless it says another.
        let own = role == .central ? source ?? name : nil
        if source != nil, role != .central { section.problem(key: "source", "is for the role central alone") }
        let reach = Reach(role: role, municipalities: municipalities, zones: zones, source: own)
        return Token(name: name, sha256: sha256.lowercased(), reach: reach, purpose: purpose.flatMap(Purpose.init(rawValue:)))
    }

    /// What a token may see that is not there: no reason to stop, for municipalities come and go.
    private func warn(of token: Token, _ section: YAMLReader, _ problems: YAMLReader.Problems) {
        func warn(_ key: String, _ text: String) {
            problems.warnings.append("\(section.place(of: key)) of «\(token.name)» \(text)")
        }
        let known = municipalities.filter { token.reach.municipalities.contains($0.number) }
        for number in token.reach.municipalities where !municipalities.contains(where: { $0.number == number }) {
            warn("municipalities", "names municipality \(number), which is not configured: it will see what arrives for it all the same")
        }
        if token.reach.municipalities.isEmpty { warn("municipalities", "is an empty list: the token sees nothing") }
        guard let zones = token.reach.zones else { return }
        if zones.isEmpty { warn("zones", "is an empty list: the token sees no zone; write null for all") }
        let zoneIDs = Set(known.flatMap { $0.zones.map(\.id) })
        for zone in zones where !zoneIDs.contains(zone) && zone != ZonePlan.unknownZone {
            warn("zones", "names zone «\(zone)», which none of its municipalities has; known: \(zoneIDs.sorted().joined(separator: ", "))")
        }
    }

    mutating func readSources(_ sections: [YAMLReader], _ problems: YAMLReader.Problems) {
        var seen: Set<String> = []
        for section in sections {
            defer { section.finish() }
            let municipality = section.required("municipality", "four digits", where: Topic.isMunicipality)
            let rule = "1–32 of a–z, 0–9 and -; zone and service are reserved"
            let source = section.required("source", rule) { Topic.isSource($0) && !Topic.isReservedSource($0) }
            let setting = section.text("receipts", "all, rejections or off") { ReceiptSetting(rawValue: $0) != nil }
            guard let municipality, let source else { continue }
            guard seen.insert("\(municipality)/\(source)").inserted else {
                section.problem(key: "source", "«\(source)» of municipality \(municipality) stands twice: keep one of the two")
                continue
            }
            if !municipalities.contains(where: { $0.number == municipality }) {
                problems.warnings.append(
                    "\(section.place(of: "municipality")) \(municipality) is not configured: all its zones will be \(ZonePlan.unknownZone)"
                )
            }
            if let setting = setting.flatMap(ReceiptSetting.init(rawValue:)) { receipts["\(municipality)/\(source)"] = setting }
        }
    }
}
