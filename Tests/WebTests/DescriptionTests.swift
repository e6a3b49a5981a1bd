import Foundation
import Testing

/// `/openapi.json` says what is served, and what is served is as it says.
@Suite("OpenAPI")
struct DescriptionTests {
    private struct Description {
        let root: [String: Any]

        init(_ site: ServedSite) async throws { root = try #require(try await site.get("/openapi.json").json) }

        var paths: [String: [String: Any]] { (root["paths"] as? [String: [String: Any]] ?? [:]).mapValues { $0["get"] as? [String: Any] ?? [:] } }

        /// Those of the query.
        func parameters(_ path: String) -> [[String: Any]] {
            (paths[path]?["parameters"] as? [[String: Any]] ?? []).filter { $0["in"] as? String == "query" }
        }

        /// The address of a path, with something there is in the place of words in braces.
        func address(_ path: String) -> String {
            path.replacingOccurrences(of: "{framework}", with: "ramme").replacingOccurrences(of: "{goal}", with: "teknologi")
                .replacingOccurrences(of: "{indicator}", with: "unanswered")
        }

        func resolve(_ schema: [String: Any]) throws -> [String: Any] {
            guard let reference = schema["$ref"] as? String else { return schema }
            var found: Any? = root
            for part in reference.dropFirst(2).split(separator: "/") { found = (found as? [String: Any])?[String(part)] }
            return try #require(found as? [String: Any], "\(reference) leads nowhere")
        }

        /// What of a value is not as its schema says; empty where all is.
        func faults(_ value: Any, _ schema: [String: Any], _ path: String) throws -> [String] {
            let schema = try resolve(schema)
            if let all = schema["oneOf"] as? [[String: Any]] {
                let found = try all.map { try self.faults(value, $0, path) }
                return found.contains([]) ? [] : found.min { $0.count < $1.count } ?? []
            }
            var faults: [String] = []
            let types = schema["type"] as? [String] ?? (schema["type"] as? String).map { [$0] } ?? []
            if !types.isEmpty, !types.contains(where: { Self.isOf($0, value) }) { faults.append("\(path) is no \(types)") }
            if let words = schema["enum"] as? [String], !words.contains(value as? String ?? "") { faults.append("\(path) is none of \(words)") }
            if let object = value as? [String: Any] {
                let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
                for name in schema["required"] as? [String] ?? [] where object[name] == nil { faults.append("\(path).\(name) is missing") }
                for (name, member) in object {
                    guard let rule = properties[name] ?? schema["additionalProperties"] as? [String: Any] else {
                        faults.append("\(path).\(name) is not described")
                        continue
                    }
                    faults += try self.faults(member, rule, "\(path).\(name)")
                }
            }
            if let elements = value as? [Any], let items = schema["items"] as? [String: Any] {
                for (index, element) in elements.enumerated() { faults += try self.faults(element, items, "\(path)[\(index)]") }
            }
            return faults
        }

        private static func isOf(_ type: String, _ value: Any) -> Bool {
            switch type {
            case "null": value is NSNull
            case "object": value is [String: Any]
            case "array": value is [Any]
            case "string": value is String
            case "boolean": (value as? NSNumber).map { isBoolean($0) } ?? false
            case "integer": (value as? NSNumber).map { !isBoolean($0) && $0.doubleValue == $0.doubleValue.rounded() } ?? false
            case "number": (value as? NSNumber).map { !isBoolean($0) } ?? false
            default: false
            }
        }

        /// JSON's true and false come as numbers of one byte's type.
        private static func isBoolean(_ number: NSNumber) -> Bool { String(cString: number.objCType) == "c" }
    }

    /// A good value of each parameter.
    private static let values = [
        "municipality": "3407", "from": "2026-10-26", "to": "2026-10-27", "zone": "biri", "step": "PT1H", "published": "first", "state": "closed",
        "registered": "yes", "overdue": "all", "atLeast": "1", "years": "2040", "period": "2026-W44",
    ]

    private func query(_ path: String, _ parameters: [[String: Any]]) -> String {
        let names = parameters.compactMap { $0["name"] as? String }
        // The site has no measured week to project from.
        let asked = path == "/api/v1/projection" ? names.filter { $0 != "from" && $0 != "to" } : names
        let pairs = asked.compactMap { name in Self.values[name].map { "\(name)=\($0)" } }
        return pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&")
    }

    @Test("every path that is described is served, with what it must and with all it can be asked; its answer is as described")
    func described() async throws {
        let site = try await ServedSite()
        let description = try await Description(site)
        #expect(description.paths.count >= 13)
        for path in description.paths.keys where !path.hasPrefix("/administrasjon") {
            let parameters = description.parameters(path)
            for asked in [parameters.filter { $0["required"] as? Bool == true }, parameters] {
                let answer = try await site.get(description.address(path) + query(path, asked))
                #expect(answer.status == 200, "\(path)\(query(path, asked)): \(answer.status) \(answer.detail)")
                let responses = try #require(description.paths[path]?["responses"] as? [String: [String: Any]])
                let content = try #require(responses["200"]?["content"] as? [String: [String: Any]])
                let type = try #require(answer.headers["content-type"]).prefix { $0 != ";" }
                let schema = try #require(content[String(type)]?["schema"] as? [String: Any], "\(path): \(type)")
                guard path.hasPrefix("/api/"), type == "application/json" else { continue }
                let faults = try description.faults(try #require(answer.json), schema, path)
                #expect(faults == [])
            }
        }
    }

    @Test("every path that the service names in its contract is described")
    func served() async throws {
        let description = try await Description(ServedSite())
        let api = [
            "status", "municipalities", "loads", "alarms", "kpis", "sources", "quarantine", "devices", "roster", "staffing", "goals",
            "goals/{framework}/{goal}/{indicator}/lineage", "projection",
        ].map { "/api/v1/\($0)" }
        let files = ["pdf", "xlsx", "csv", "json"].map { "/rapport.\($0)" } + ["csv", "json"].map { "/administrasjon/innsynslogg.\($0)" }
        #expect(Set(description.paths.keys) == Set(api + files + ["/healthz", "/readyz", "/metrics", "/openapi.json"]))
    }

    @Test("what is described as required is; what only other paths know is left unread, what none knows is refused")
    func strict() async throws {
        let site = try await ServedSite()
        let description = try await Description(site)
        for path in description.paths.keys where path.hasPrefix("/api/") {
            let parameters = description.parameters(path)
            for left in parameters {
                let isRequired = left["required"] as? Bool == true
                let rest = parameters.filter { $0["name"] as? String != left["name"] as? String }
                let answer = try await site.get(description.address(path) + query(path, rest))
                #expect(answer.status == (isRequired ? 400 : 200), "\(path) without \(left["name"] ?? ""): \(answer.status) \(answer.detail)")
            }
            let names = parameters.compactMap { $0["name"] as? String }
            let address = description.address(path) + query(path, parameters)
            for (name, value) in Self.values where !names.contains(name) && name != "period" {
                let mark = parameters.isEmpty ? "?" : "&"
                #expect(try await site.get("\(address)\(mark)\(name)=\(value)").status == 200, "\(path) with \(name)")
                #expect(try await site.get("\(address)\(mark)\(name)s=\(value)").status == 400, "\(path) with \(name)s")
            }
        }
    }

    @Test("a refusal is as described")
    func refusals() async throws {
        let site = try await ServedSite(tokens: ServedSite.tokens)
        let description = try await Description(site)
        let loads = "/api/v1/loads?municipality=3407&from=2026-10-26&to=2026-10-27"
        for (path, token, status) in [
            ("/api/v1/loads", "leader", "400"), (loads, "nobody", "401"), (loads, "nowhere", "403"),
        ] {
            let answer = try await site.get(path, as: token)
            let responses = try #require(description.paths["/api/v1/loads"]?["responses"] as? [String: [String: Any]])
            let response = try description.resolve(try #require(responses[status]))
            let content = try #require(response["content"] as? [String: [String: Any]])
            let schema = try #require(content["application/problem+json"]?["schema"] as? [String: Any])
            #expect("\(answer.status)" == status)
            #expect(try description.faults(try #require(answer.json), schema, path) == [])
        }
    }
}
