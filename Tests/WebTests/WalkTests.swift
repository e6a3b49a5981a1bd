import Accounts
import Foundation
import Store
import Testing

/// Whoever walks through all addresses with all roles finds nothing that is not his, nor a hint that it exists.
@Suite("The walk")
struct WalkTests {
    private static let period = "from=2026-10-26&to=2026-10-27"

    /// What is asked with an id in the place of `*`; the walk sees to it that no address of the service is missing here.
    private static let questions = [
        "/api/v1/loads?municipality=*&\(period)", "/api/v1/alarms?municipality=*&\(period)", "/api/v1/kpis?municipality=*&\(period)",
        "/api/v1/sources?municipality=*", "/api/v1/quarantine?municipality=*", "/api/v1/devices?municipality=*", "/api/v1/roster?municipality=*",
        "/api/v1/staffing?municipality=*&\(period)", "/api/v1/goals?municipality=*",
        "/api/v1/goals/ramme/teknologi/unanswered/lineage?municipality=*", "/api/v1/projection?municipality=*",
        "/?municipality=*", "/na?municipality=*", "/belastning?municipality=*", "/belastning/time?municipality=*", "/bemanning?municipality=*",
        "/enheter?municipality=*", "/enheter.csv?municipality=*", "/datakvalitet?municipality=*", "/maal?municipality=*",
        "/maal/grunnlag?municipality=*&rammeverk=ramme&maal=teknologi&indikator=unanswered", "/maal/grunnlag?municipality=*&teknologi=alle",
        "/framskriving?municipality=*",
        "/sammendrag?municipality=*", "/rapport.pdf?municipality=*&period=2026-W44", "/rapport.xlsx?municipality=*&period=2026-W44",
        "/rapport.csv?municipality=*&period=2026-W44", "/rapport.csv?municipality=*&period=2026-W44&dialect=rfc4180",
        "/rapport.json?municipality=*&period=2026-W44", "/kilde?municipality=*",
        "/rapport.pdf?municipality=*&seksjon=bemanning&period=2026-W44", "/rapport.csv?municipality=*&seksjon=bemanning&period=2026-W44",
        "/rapport.json?municipality=*&seksjon=bemanning&period=2026-W44", "/rapport.pdf?municipality=*&seksjon=maal&period=2026-W44",
    ]

    /// What is sent, likewise.
    private static let changes = [
        ("/api/v1/devices?municipality=*", "text/csv", "device;zone\nd-1;biri\n"), ("/api/v1/roster?municipality=*", "text/csv", "zone;role\nbiri;pleie\n"),
        ("/api/v1/staffing?municipality=*&\(period)", "application/json", #"{"changes":[]}"#),
        ("/api/v1/projection?municipality=*", "application/yaml", ServedSite.assumptions),
    ]

    /// Addresses without an id, which show what is the caller's own, or are for administration.
    private static let own: Set<String> = [
        "/api/v1/status", "/api/v1/municipalities", "/administrasjon", "/administrasjon/konto", "/administrasjon/tilgangsnokler",
        "/administrasjon/utsendinger", "/administrasjon/innsynslogg", "/administrasjon/innsynslogg.csv", "/administrasjon/innsynslogg.json", "/formaal",
        "/konto", "/velg-passord",
        "/logg-inn", "/logg-inn/oidc", "/logg-inn/tilbake", "/logg-ut", "/hjelp", "/tilgjengelighet", "/healthz", "/readyz", "/metrics", "/openapi.json",
    ]

    private struct Walker {
        var name: String
        var reach: Reach
        var token: String
    }

    /// Every role for the whole of Gjøvik and for one of its zones.
    private func walkers(_ site: ServedSite) throws -> [Walker] {
        try Role.allCases.flatMap { role in
            try [nil, ["biri"]].map { zones in
                let name = "\(role.rawValue)-\(zones?[0] ?? "all")"
                let reach = Reach(role: role, municipalities: ["3407"], zones: zones, source: role == .central ? "a" : nil)
                return Walker(name: name, reach: reach, token: try #require(try site.store?.issueToken(name, reach, expiresAt: nil, now: 0)))
            }
        }
    }

    /// An answer but for what tells of the question itself.
    private func told(_ answer: HTTPAnswer) -> String {
        "\(answer.status) \(answer.headers["content-type"] ?? "") \(answer.headers["allow"] ?? "") \(answer.text)"
    }

    @Test("another municipality that exists and one that does not are told alike, by every address to every role")
    func municipalities() async throws {
        let site = try await ServedSite(hasStore: true)
        for walker in try walkers(site) {
            for question in Self.questions {
                for head in ["", "Accept: text/html\r\n"] {
                    func ask(_ id: String) async throws -> HTTPAnswer {
                        try await site.send(Array(question.replacingOccurrences(of: "*", with: id).utf8), token: walker.token, head: head)
                    }
                    let (theirs, nobodys) = (try await ask("3440"), try await ask("5027"))
                    #expect([403, 404].contains(theirs.status), "\(walker.name) \(question): \(theirs.status)")
                    #expect(told(theirs) == told(nobodys), "\(walker.name) \(question)")
                    for word in ["Øyer", "3440", "Tretten", "tretten"] { #expect(!theirs.text.contains(word), "\(walker.name) \(question) says \(word)") }
                }
            }
            for (question, type, body) in Self.changes {
                func send(_ id: String) async throws -> HTTPAnswer {
                    try await site.post(question.replacingOccurrences(of: "*", with: id), body, as: walker.token, type: type)
                }
                let (theirs, nobodys) = (try await send("3440"), try await send("5027"))
                #expect([403, 404].contains(theirs.status) && told(theirs) == told(nobodys), "\(walker.name) POST \(question): \(theirs.status)")
            }
        }
    }

    @Test("another zone that exists and one that does not are told alike to who is bound to one")
    func zones() async throws {
        let site = try await ServedSite(hasStore: true)
        // The live board takes no zone: it shows all that are the reader's.
        let zoned = Self.questions.filter { !$0.hasPrefix("/na") }
        for walker in try walkers(site) where walker.reach.zones != nil {
            for question in zoned {
                func ask(_ zone: String) async throws -> HTTPAnswer {
                    let mark = question.contains("?") ? "&" : "?"
                    return try await site.get(question.replacingOccurrences(of: "*", with: "3407") + "\(mark)zone=\(zone)", as: walker.token)
                }
                let (theirs, nobodys) = (try await ask("haugtun"), try await ask("nowhere"))
                #expect([403, 404].contains(theirs.status), "\(walker.name) \(question): \(theirs.status)")
                #expect(told(theirs) == told(nobodys), "\(walker.name) \(question)")
                #expect(!theirs.text.contains("haugtun") && !theirs.text.contains("Haugtun"), "\(walker.name) \(question)")
            }
        }
    }

    @Test("what is one's own never names another's zone, device or alarm, nor what people wrote of it, in any format")
    func ownAnswers() async throws {
        let site = try await ServedSite(hasStore: true)
        var answered: Set<String> = []
        for walker in try walkers(site) where walker.reach.zones != nil {
            for question in Self.questions + Self.sums {
                let answer = try await site.get(question.replacingOccurrences(of: "*", with: "3407"), as: walker.token)
                guard answer.status == 200 else { continue }
                answered.insert(String(question.prefix { $0 != "?" }))
                let text = (question.contains("xlsx") ? try Self.texts(ofWorkbook: answer.body) : answer.text).lowercased()
                for word in ["\"x2\"", "\"d-5\"", "haugtun"] { #expect(!text.contains(word), "\(walker.name) \(question) says \(word)") }
            }
        }
        #expect(
            answered.isSuperset(of: [
                "/bemanning", "/maal", "/api/v1/staffing", "/rapport.xlsx", "/rapport.csv", "/rapport.json", "/rapport.pdf", "/enheter.csv",
            ])
        )
        // Who may see all is told all.
        for path in ["/bemanning?municipality=3407&period=2026-W44", "/api/v1/staffing?municipality=3407&\(Self.period)"] {
            let token = try #require(try site.store?.issueToken("all-\(path.count)", Reach(role: .leader, municipalities: ["3407"]), expiresAt: nil, now: 0))
            #expect(try await site.get(path, as: token).text.contains("Haugtuns to på natt"), "\(path)")
        }
    }

    /// All that is written in a workbook.
    private static func texts(ofWorkbook body: Data) throws -> String {
        let path = NSTemporaryDirectory() + "vaktlast-\(UUID().uuidString).xlsx"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try body.write(to: URL(fileURLWithPath: path))
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        let script = "import sys, zipfile; b = zipfile.ZipFile(sys.argv[1]); print(*(b.read(n).decode('utf8', 'replace') for n in b.namelist()))"
        process.arguments = ["-c", script, path]
        process.standardOutput = pipe
        try process.run()
        let data = try #require(try pipe.fileHandleForReading.readToEnd())
        process.waitUntilExit()
        let text = String(decoding: data, as: UTF8.self)
        #expect(process.terminationStatus == 0 && text.contains("Gj\u{F8}vik"))
        return text
    }

    /// What a planner may ask.
    private static let sums = [
        "/api/v1/loads?municipality=*&from=2026-01-01&to=2027-01-01&step=P1D", "/api/v1/kpis?municipality=*&from=2026-01-01&to=2027-01-01",
        "/api/v1/staffing?municipality=*&from=2026-01-01&to=2027-01-01", "/belastning?municipality=*&period=2026",
        "/belastning/time?municipality=*&period=2026&time=1-07", "/bemanning?municipality=*&period=2026", "/maal?municipality=*&period=2026",
        "/rapport.csv?municipality=*&period=2026", "/rapport.json?municipality=*&period=2026", "/rapport.xlsx?municipality=*&period=2026",
    ]

    @Test("who sees sums alone is told of calendar months, quarters and years, and of nothing in which a single event stands")
    func sumsAlone() async throws {
        let site = try await ServedSite(hasStore: true)
        for walker in try walkers(site) where walker.reach.role == .planner {
            func status(_ question: String) async throws -> Int {
                try await site.get(question.replacingOccurrences(of: "*", with: "3407"), as: walker.token).status
            }
            for question in Self.sums { #expect(try await status(question) == 200, "\(walker.name) \(question)") }
            for question in Self.questions
            where (question.contains("from=") || question.contains("period=")) && !["/api/v1/loads", "/api/v1/kpis"].contains(where: question.hasPrefix) {
                #expect(try await [403].contains(status(question)), "\(walker.name) \(question)")
            }
            for span in [
                "from=2026-10-01&to=2026-10-02", "from=2026-01-01&to=2026-10-02", "from=2026-10-26T06:00:00Z&to=2026-10-26T06:15:00Z",
                "from=2026-10-01&to=2026-11-01",
            ] {
                #expect(try await status("/api/v1/staffing?municipality=3407&\(span)") == 403, "\(span)")
                // The aggregates of CONTRACT are for programs that plan by the quarter.
                for path in ["loads", "kpis"] { #expect(try await status("/api/v1/\(path)?municipality=3407&\(span)") == 200, "\(path) \(span)") }
            }
            for period in ["2026-10-26", "2026-W44", "2026-10-26-28d", "2026-10", "2027"] {
                for path in ["/belastning", "/belastning/time", "/bemanning", "/maal", "/sammendrag"] {
                    let answer = try await site.get("\(path)?municipality=3407&period=\(period)", as: walker.token)
                    #expect(answer.status == 400 && answer.text.contains("Rollen din gir summer"), "\(path) \(period): \(answer.status)")
                }
                #expect(try await status("/rapport.json?municipality=3407&period=\(period)") == 403, "\(period)")
            }
            let hour = try await site.get("/belastning/time?municipality=3407&period=2026&time=1-07", as: walker.token).text
            #expect(hour.contains("Under fem alarmer") && !hour.contains("26.\u{A0}oktober") && !hour.contains("<table"))
            for page in ["/", "/na"] { #expect(try await [303, 403].contains(status(page)), "\(page)") }
        }
    }

    @Test("no address is left out of the walk, and none that needs a login answers without one")
    func complete() async throws {
        let site = try await ServedSite(hasStore: true)
        _ = try walkers(site)
        let walked = Set((Self.questions + Self.changes.map(\.0)).map { String($0.prefix { $0 != "?" }) })
        let described = try #require(try await site.get("/openapi.json").json?["paths"] as? [String: Any]).keys.map { path in
            path.replacingOccurrences(of: "{framework}", with: "ramme").replacingOccurrences(of: "{goal}", with: "teknologi")
                .replacingOccurrences(of: "{indicator}", with: "unanswered")
        }
        let leader = try #require(try site.store?.issueToken("bar", Reach(role: .admin, municipalities: ["3407"]), expiresAt: nil, now: 0))
        let linked = try await site.get("/?municipality=3407", as: leader).text.matches(of: #/href="(\/[^"?#]*)/#).map { String($0.1) }
        for path in Set(described + linked) where !["/tavle.css"].contains(path) {
            #expect(walked.contains(path) || Self.own.contains(path), "\(path) is in no table of the walk")
        }
        for question in Self.questions {
            let answer = try await site.get(question.replacingOccurrences(of: "*", with: "3407"))
            #expect(answer.status == 401 && answer.isProblem, "\(question)")
        }
        for path in Self.own where path.hasPrefix("/administrasjon") { #expect(try await site.get(path).status == 401, "\(path)") }
    }

    @Test("administration is for admins of whole municipalities alone, by reading and by sending")
    func administration() async throws {
        let site = try await ServedSite(hasStore: true)
        for walker in try walkers(site) {
            let isAdmin = walker.reach.role == .admin && walker.reach.zones == nil
            var refusals: Set<String> = []
            for path in Self.own where path.hasPrefix("/administrasjon") {
                for query in ["", "?navn=ingen", "?navn=sjef", "?nummer=1", "?kommune=3440"] {
                    let answer = try await site.get(path + query, as: walker.token)
                    if isAdmin { #expect([200, 404].contains(answer.status), "\(path)\(query)") } else { refusals.insert(told(answer)) }
                }
                guard !isAdmin, ["/administrasjon", "/administrasjon/konto", "/administrasjon/tilgangsnokler"].contains(path) else { continue }
                let sent = try await site.post(path, "navn=ingen&handling=slett", as: walker.token, type: "application/x-www-form-urlencoded")
                refusals.insert(told(sent))
            }
            if !isAdmin { #expect(refusals.count == 1 && refusals.first?.hasPrefix("403") == true, "\(walker.name)") }
        }
    }
}
