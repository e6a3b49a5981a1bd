import Workload

/// The description of the API at `/openapi.json` (OpenAPI 3.1), written from the table of routes.
enum OpenAPI {
    static func document(version: String) -> String {
        """
        {"openapi":"3.1.0",
        "info":{"title":"Vaktlast","version":"\(version)","summary":"Response load of safety alarms by zone and quarter of an hour","license":{"name":"Apache-2.0","identifier":"Apache-2.0"}},
        "security":[{"bearer":[]},{"password":[]},{"session":[]},{}],
        "paths":{
        "/healthz":{"get":{"operationId":"health","summary":"Alive","security":[],"responses":{"200":\(plain("The process answers"))}}},
        "/readyz":{"get":{"operationId":"readiness","summary":"Broker sessions and store are up","security":[],"responses":{"200":\(plain("Ready")),"503":\(plain("Not ready, and why"))}}},
        "/metrics":{"get":{"operationId":"metrics","summary":"Prometheus text","security":[],"responses":{"200":\(plain("Metrics"))}}},
        "/openapi.json":{"get":{"operationId":"description","summary":"This description","security":[],"responses":{"200":{"description":"OpenAPI 3.1","content":{"application/json":{"schema":{"type":"object"}}}}}}},
        \(Route.allCases.map(path).joined(separator: ",\n")),
        \(files)
        },
        "components":{"securitySchemes":{"bearer":{"type":"http","scheme":"bearer","description":"Not needed where the service has no tokens and accounts and answers loopback only"},"password":{"type":"http","scheme":"basic","description":"A token as the password, for browsers"},"session":{"type":"apiKey","in":"cookie","name":"vaktlast","description":"Of someone who has logged in at /logg-inn; __Host-vaktlast behind TLS"}},
        "responses":{
        \(Refusal.allCases.map(response).joined(separator: ",\n"))
        },
        "schemas":{
        \(schemas)
        }}}
        """
    }

    // MARK: - Paths

    private static func path(_ route: Route) -> String {
        let parameters = (route.places.map(place) + route.parameters.map { parameter($0, of: route) }).joined(separator: ",")
        let refusals = (Refusal.of(route).map(\.written) + route.ownRefusals.map { "\"\($0.0)\":\(problem($0.1, $0.0 == 422 ? "RowProblem" : "Problem"))" })
            .joined(separator: ",")
        let content =
            route == .roster
            ? #""text/csv":{"schema":{"type":"string"}}"# : "\"application/json\":{\"schema\":{\"$ref\":\"#/components/schemas/\(route.schema)\"}}"
        let post =
            switch route {
            case .devices: ",\(devicesImport)"
            case .roster: ",\(rosterImport)"
            case .staffing: ",\(whatIf)"
            case .projection: ",\(otherAssumptions)"
            default: ""
            }
        return """
            "/api/v1/\(route.rawValue)":{"get":{"operationId":"\(route.name)","summary":"\(route.summary)","parameters":[\(parameters)],"responses":{"200":{"description":"OK","headers":{"Vaktlast-Position":{"description":"journal position of the views","schema":{"type":"integer"}}},"content":{\(content)}},\(refusals)}}\(post)}
            """
    }

    /// Taking devices into the registry.
    private static let devicesImport: String = post(
        .devices,
        [.municipality, .partial],
        "importDevices",
        "Take devices into the registry, history kept; admins of the whole municipality",
        body: "device;zone[;profile;dwelling;step;from;to], as Norwegian Excel or RFC 4180 writes it",
        outcome: ("Taken; what became of the rows", "DeviceImport"),
        conflict: "The municipality has no registry",
        bad: "Bad rows, each with line and reason; nothing was taken"
    )

    /// Taking a roster in the place of the one there is.
    private static let rosterImport: String = post(
        .roster,
        [.municipality],
        "replaceRoster",
        "Take a roster in the place of the one there is, which is kept in a copy; admins of the whole municipality",
        body: "zone;role;shift;weekdays;start;end;positions[;rotation;rotationStart;weeks;line;date;from;to], as Norwegian Excel or RFC 4180 writes it",
        outcome: ("Taken", "RosterImport"),
        conflict: "The municipality names no roster",
        bad: "What is wrong, each with line and reason; nothing was taken"
    )

    /// A what-if held against today.
    private static let whatIf: String = {
        let parameters = Route.staffing.parameters.map { parameter($0, of: .staffing) }.joined(separator: ",")
        let refusals = Refusal.sent.map(\.written).joined(separator: ",")
        let body = ##"{"$ref":"#/components/schemas/WhatIfQuestion"}"##
        return """
            "post":{"operationId":"whatIf","summary":"The same with a what-if held against today; changes as in a what-if file","parameters":[\(parameters)],"requestBody":{"required":true,"description":"at most \(API.whatIfBytesMax >> 10) KiB","content":{"application/json":{"schema":\(body)},"application/yaml":{"schema":{"type":"string"}}}},"responses":{"200":{"description":"whatIfs holds the answer","content":{"application/json":{"schema":{"$ref":"#/components/schemas/Staffing"}}}},"404":\(problem("The municipality is not configured")),"409":\(problem("The municipality has no roster to change")),"415":\(problem("Neither JSON nor YAML")),"422":\(problem("What is wrong in the what-if, each with line and reason; or too many alarms for an answer in time", "RowProblem")),\(refusals)}}
            """
    }()

    /// A projection with other assumptions.
    private static let otherAssumptions: String = {
        let parameters = Route.projection.parameters.map { parameter($0, of: .projection) }.joined(separator: ",")
        let refusals = Refusal.sent.map(\.written).joined(separator: ",")
        return """
            "post":{"operationId":"projectAssumptions","summary":"The same with other assumptions, as projection.yaml has them; nothing is kept","parameters":[\(parameters)],"requestBody":{"required":true,"description":"at most \(API.whatIfBytesMax >> 10) KiB","content":{"application/json":{"schema":{"type":"object"}},"application/yaml":{"schema":{"type":"string"}}}},"responses":{"200":{"description":"OK","content":{"application/json":{"schema":{"$ref":"#/components/schemas/Projection"}}}},"404":\(problem("The municipality has no population or usersByAge")),"409":\(problem("The measured period is too short to begin from")),"415":\(problem("Neither JSON nor YAML")),"422":\(problem("What is wrong in the assumptions, each with line and reason", "RowProblem")),\(refusals)}}
            """
    }()

    static func problem(_ description: String, _ schema: String = "Problem") -> String {
        "{\"description\":\"\(description)\",\"content\":{\"application/problem+json\":{\"schema\":{\"$ref\":\"#/components/schemas/\(schema)\"}}}}"
    }

    private static func post(
        _ route: Route,
        _ parameters: [Route.Parameter],
        _ id: String,
        _ summary: String,
        body: String,
        outcome: (description: String, schema: String),
        conflict: String,
        bad: String
    ) -> String {
        let parameters = parameters.map { parameter($0, of: route) }.joined(separator: ",")
        let refusals = Refusal.sent.map(\.written).joined(separator: ",")
        return """
            "post":{"operationId":"\(id)","summary":"\(summary)","parameters":[\(parameters)],"requestBody":{"required":true,"description":"\(body)","content":{"text/csv":{"schema":{"type":"string"}}}},"responses":{"501":\(problem("This service takes none")),"200":{"description":"\(outcome.description)","content":{"application/json":{"schema":{"$ref":"#/components/schemas/\(outcome.schema)"}}}},"409":\(problem(conflict)),"415":\(problem("Not text/csv")),"422":\(problem(bad, "RowProblem")),\(refusals)}}
            """
    }

    private static func place(_ name: String) -> String {
        """
        {"name":"\(name)","in":"path","required":true,"description":"the id in goals.yaml","schema":{"type":"string","pattern":"^[a-z0-9-]{1,64}$"}}
        """
    }

    private static func parameter(_ parameter: Route.Parameter, of route: Route) -> String {
        let required = route.requires(parameter) ? "\"required\":true," : ""
        return """
            {"name":"\(parameter.rawValue)","in":"query",\(required)"description":"\(parameter.description)","schema":\(parameter.schema)}
            """
    }

    private static func plain(_ description: String) -> String {
        "{\"description\":\"\(description)\",\"content\":{\"text/plain\":{\"schema\":{\"type\":\"string\"}}}}"
    }

    // MARK: - Refusals

    private enum Refusal: Int, CaseIterable {
        case badQuery = 400, noToken = 401, tooFar = 403, tooSlow = 408, tooLarge = 413, elsewhere = 421, notNow = 503

        /// What GET of a route may be refused with.
        static func of(_ route: Route) -> [Refusal] { allCases.filter { ($0 != .tooFar || route.isBounded) && $0 != .tooSlow } }

        /// What POST may be refused with.
        static let sent = allCases

        var name: String { "\(self)".prefix(1).uppercased() + "\(self)".dropFirst() }

        /// As a member of an operation's responses.
        var written: String { "\"\(rawValue)\":{\"$ref\":\"#/components/responses/\(name)\"}" }

        var description: String {
            switch self {
            case .badQuery: "A parameter is missing, unknown, empty, given twice or ill-formed; detail names it and the way out"
            case .noToken: "No token, or one that is not known"
            case .tooFar: "The token does not reach that municipality or zone, or the whole municipality; or a person has not said why alarms are looked at"
            case .tooSlow: "The body did not come within \(Site.bodySecondsMax) s"
            case .tooLarge: "The body is larger than what is taken here"
            case .elsewhere: "Without accounts and tokens only the names of this machine are answered"
            case .notNow: "The views have not reached atLeast, the access log cannot be written, or too many ask at once"
            }
        }
    }

    private static func response(_ refusal: Refusal) -> String {
        """
        "\(refusal.name)":{"description":"\(refusal.description)","content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}}
        """
    }
}

extension Route {
    /// What this route alone may be refused with.
    fileprivate var ownRefusals: [(Int, String)] {
        switch self {
        case .roster: [(404, "The municipality has no roster")]
        case .goals: [(404, "The municipality is not configured, or has no goals")]
        case .lineage: [(404, "There is no such indicator")]
        case .staffing: [(404, "The municipality is not configured"), (422, "Too many alarms for an answer in time; ask for a shorter period")]
        case .projection:
            [
                (404, "The municipality has no files of a projection"), (409, "The measured period is too short to begin from"),
                (422, "The files do not fit together"),
            ]
        case .status, .municipalities, .loads, .alarms, .kpis, .sources, .quarantine, .devices: []
        }
    }

    fileprivate var isBounded: Bool { parameters.contains(.municipality) }

    fileprivate var summary: String {
        switch self {
        case .status: "Positions and broker"
        case .municipalities: "Configured municipalities and their zones"
        case .loads: "Load cells by start and zone; empty ones left out"
        case .alarms: "Alarms by raised, \(API.alarmPage) a page; every answer is written to the access log"
        case .kpis: "Answer, attendance, closed at the centre, unintended"
        case .sources: "Ledgers of the sources, and zones that nobody configured"
        case .quarantine: "Refused events, the oldest first"
        case .devices: "Devices of the registry and others that were heard of, \(API.devicePage) a page"
        case .staffing: "Load against staffing: observed, required, replayed, mended; 503 where too many ask at once"
        case .roster: "The roster in force, as CSV; 404 where the municipality has none"
        case .goals:
            "Goals of the municipality's plans with their indicators, in the last 28 whole days unless from and to say otherwise; 404 without goals.yaml"
        case .lineage:
            "What an indicator's figure was made of: definition, cells, and \(API.lineagePage) alarms a page for who may see alarms; an answer with alarms is written to the access log. _/_/ and a measure is a figure that no goal of the municipality has"
        case .projection: "Load and staffing in years to come; 404 without its files, 409 where from and to hold no whole week of data or under ten call-outs"
        }
    }

    fileprivate var schema: String {
        switch self {
        case .kpis: "KeyFigures"
        default: name.prefix(1).uppercased() + name.dropFirst()
        }
    }
}

extension Route.Parameter {
    fileprivate var description: String {
        switch self {
        case .municipality: "municipality number; /quarantine without it (admin): what was refused because its topic leads to no municipality"
        case .from:
            "instant with offset on a quarter of an hour, or a local date (its midnight); of goals and projections a day, ISO week, month, quarter, year or 28 days with to"
        case .to: "likewise, excluded"
        case .zone: "this zone only; ukjent for what has no known zone"
        case .step: "length of a cell: UTC quarters and hours, Oslo days"
        case .published: "first: the figures as first published"
        case .state: "open or closed alarms only"
        case .registered: "only devices that the registry knows now, or only others"
        case .overdue: "only devices that are silent for too long, or only those known not to be"
        case .partial: "take the good rows also where others are bad"
        case .years: "years from 2000 to 2200 with commas between"
        case .cursor: "next of the page before"
        case .atLeast: "wait until the views have reached this position, 5 s at most"
        }
    }

    fileprivate var schema: String {
        switch self {
        case .municipality: #"{"type":"string","pattern":"^[0-9]{4}$"}"#
        case .from, .to: #"{"type":"string","examples":["2026-10-05","2026-10-05T06:00:00Z"]}"#
        case .zone: #"{"type":"string","pattern":"^[a-z0-9-]{1,32}$"}"#
        case .step: Self.words(LoadStep.self, default: .quarter)
        case .published: Self.words(Published.self, default: .present)
        case .state: Self.words(AlarmState.self, default: .all)
        case .registered: Self.words(Registered.self, default: .all)
        case .overdue: Self.words(Overdue.self, default: .all)
        case .partial: Self.words(Partial.self, default: .false)
        case .years: "{\"type\":\"string\",\"pattern\":\"^[0-9]{4}(,[0-9]{4})*$\",\"default\":\"\(ReportedMunicipality.projectionYears)\"}"
        case .cursor: #"{"type":"string","minLength":1}"#
        case .atLeast: #"{"type":"integer","format":"int64","minimum":0}"#
        }
    }

    private static func words<Word: RawRepresentable<String> & CaseIterable>(_: Word.Type, default value: Word) -> String {
        let words = Word.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ",")
        return "{\"type\":\"string\",\"enum\":[\(words)],\"default\":\"\(value.rawValue)\"}"
    }
}
