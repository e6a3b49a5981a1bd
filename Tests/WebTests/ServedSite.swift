import Accounts
import Foundation
import Ingest
import Languages
import Logging
import Staffing
import Reports
import Store
import Strategy
import Synchronization
import Telemetry
import Web
import Workload

/// Views with a little in them, served on a port of its own by the site as the service serves it.
final class ServedSite: @unchecked Sendable {
    // Unchecked: nothing changes after `init`.
    static let now: EventTime = 1_793_000_000_000  // 2026-10-26T07:33:20Z
    static let plan = ZonePlan(municipalities: [
        .init(
            number: "3407",
            name: "Gjøvik",
            zones: [.init(id: "biri", name: "Biri"), .init(id: "haugtun", name: "Haugtun")],
            registry: [
                .init(device: "d-1", zone: "biri"), .init(device: "d-3", zone: "haugtun", to: now - 1),
                .init(device: "d-3", zone: "biri", from: now - 1), .init(device: "d-5", zone: "haugtun"),
            ]
        ),
        .init(number: "3440", name: "Øyer", zones: [.init(id: "tretten", name: "Tretten")]),
    ])

    /// Gjøvik with one at work at a time in each zone, goals and plans; Øyer without.
    static let municipalities = plan.municipalities.map { planned in
        var municipality = ReportedMunicipality(planned)
        guard planned.number == "3407" else { return municipality }
        municipality.roster = Roster(
            shifts: [(ShiftKind.day, 7, 15), (.evening, 15, 23), (.night, 23, 31)].flatMap { kind, start, end in
                planned.zones.map { zone in
                    Roster.Shift(
                        zones: [zone.id],
                        role: "pleie",
                        kind: kind,
                        days: .weekdays(Set(1...7)),
                        startMinutes: start * 60,
                        endMinutes: end * 60,
                        positions: 1
                    )
                }
            }
        )
        municipality.addPlans()
        // What people write of a zone in the municipality's files.
        if let roster = municipality.roster {
            municipality.alternatives = [
                RosterAlternative(name: "A", note: "Dagens.", file: "roster.csv", roster: roster),
                RosterAlternative(name: "Natt i Haugtun", note: "Haugtuns to på natt deles med Biri.", file: "haugtun.csv", roster: roster),
            ]
        }
        municipality.staffing.capacity.meetingsShare.source = "målt i HAUGTUN i 2025"
        municipality.staffing.zoneGroups = [.init(name: "Biri og Haugtun", zones: ["biri", "haugtun"])]
        if let frameworks = municipality.goals?.frameworks, !frameworks.isEmpty { municipality.goals?.frameworks[0].note = "Gjelder også Haugtun." }
        return municipality
    }

    /// Tokens by role and reach; the secret is the name.
    static let tokens: [Access.Token] = [
        token("admin", .admin, ["3407", "3440"], nil),
        token("zone-admin", .admin, ["3407"], ["biri"]),
        token("leader", .leader, ["3407"], nil),
        token("zone-leader", .leader, ["3407"], ["biri"]),
        token("nowhere", .leader, [], nil),
        token("planner", .planner, ["3407"], nil),
        token("technician", .technician, ["3407"], nil),
        token("central", .central, ["3407"], nil),
        token("two-zones", .leader, ["3407"], ["biri", "haugtun"]),
    ]

    private static func token(_ name: String, _ role: Role, _ municipalities: [String], _ zones: [String]?) -> Access.Token {
        .init(name: name, sha256: Digest.sha256(Array(name.utf8)), reach: Reach(role: role, municipalities: municipalities, zones: zones))
    }

    let folder: String
    let port: Int
    private let task: Task<Void, any Error>

    /// Nil where the site knows no accounts.
    let store: AccountStore?
    /// What the site takes for the time.
    let time: Time

    /// What was asked to be read again.
    let replays = AskedReplays()

    final class Time: Sendable {
        private let held = Mutex<EventTime>(ServedSite.now)
        var now: EventTime {
            get { held.withLock { $0 } }
            set { held.withLock { $0 = newValue } }
        }
    }

    let keeper: AccessLogKeeper

    /// Whom it serves, and what has come from them.
    struct World: Sendable {
        var plan: ZonePlan
        var municipalities: [ReportedMunicipality]
        var events: [(topic: String, event: String)]
        /// When the first of them came.
        var received = ServedSite.now - 3_600_000

        static let own = World(plan: ServedSite.plan, municipalities: ServedSite.municipalities, events: ServedSite.events)
    }

    init(
        tokens: [Access.Token] = [],
        hasStore: Bool = false,
        identity: IdentityDesk? = nil,
        status: @escaping @Sendable () -> ServiceFace.Status = { .init(journalPosition: 0, broker: "none", isReady: true, problem: nil) },
        now: (@Sendable () -> EventTime)? = nil,
        languages: Languages = .none,
        language: String = Languages.source.tag,
        world: World = .own
    ) async throws {
        folder = NSTemporaryDirectory() + "vaktlast-web-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try ServedSite.fill(folder, world)
        let views = try ViewsReader(folder: folder)
        store = hasStore ? try AccountStore(folder: folder) : nil
        let accessLog = AccessLog(folder: folder)
        let (keeper, time) = (AccessLogKeeper(folder: folder, log: accessLog), Time())
        (self.keeper, self.time) = (keeper, time)
        let site = Site(
            face: ServiceFace(
                instance: "test",
                version: "0",
                startedAt: 0,
                now: { now?() ?? time.now },
                status: status,
                metrics: { "" },
                devices: ServedSite.devices,
                pdf: { html in Data("%PDF\(html)".utf8) },
                roster: ServedSite.roster,
                replay: replays.replay,
                scheduled: { ServedSite.scheduled },
                contact: "Servicetorget, 61 00 00 00",
                languages: languages,
                language: language
            ),
            views: views,
            access: Access(tokens: tokens, store: store, hasProvider: identity != nil),
            accessLog: accessLog,
            accessLogKeeper: keeper,
            plan: world.plan,
            registry: RegistryBoard(.init(municipalities: world.municipalities)),
            benefits: try BenefitBook(folder: folder),
            identity: identity
        )
        (port, task) = try await ServedSite.serve(site)
    }

    /// Serves on a port that is free. Another test may take it between asking and listening: then the next is asked for.
    private static func serve(_ site: Site) async throws -> (port: Int, task: Task<Void, any Error>) {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let log = logger
        for _ in 1...20 {
            let port = try HTTPExchange.freePort()
            let (running, began) = AsyncStream<Void>.makeStream()
            let task = Task {
                defer { began.finish() }
                try await site.serve(host: "127.0.0.1", port: port, logger: log) {
                    began.yield()
                    began.finish()
                }
            }
            for await _ in running { return (port, task) }
        }
        throw HTTPExchange.Failure(text: "twenty ports were taken by others")
    }

    deinit {
        task.cancel()
        try? FileManager.default.removeItem(atPath: folder)
    }

    func get(_ path: String, as token: String? = nil, method: String = "GET") async throws -> HTTPAnswer {
        try await send(Array(path.utf8), token: token, method: method)
    }

    /// The text of a page that must be there.
    func page(_ path: String, as token: String? = nil) async throws -> String {
        let answer = try await get(path, as: token)
        guard answer.status == 200 else { throw HTTPExchange.Failure(text: "\(path): \(answer.status) \(answer.detail)") }
        return String(decoding: answer.body, as: UTF8.self)
    }

    func post(_ path: String, _ body: String, as token: String?, type: String = "text/csv") async throws -> HTTPAnswer {
        let authorization = token.map { "Authorization: Bearer \($0)\r\n" } ?? ""
        let head = "POST \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\n\(authorization)Content-Type: \(type)\r\nContent-Length: \(body.utf8.count)\r\n"
        return try await HTTPExchange.send(Array("\(head)Connection: close\r\n\r\n\(body)".utf8), port: port)
    }

    /// Sends a form as a browser does.
    func form(_ path: String, _ fields: [String: String], headers: [String] = []) async throws -> HTTPAnswer {
        let allowed = CharacterSet.alphanumerics
        let body = fields.map { "\($0)=\($1.addingPercentEncoding(withAllowedCharacters: allowed) ?? "")" }.joined(separator: "&")
        let head = (headers + ["Content-Type: application/x-www-form-urlencoded", "Content-Length: \(body.utf8.count)"]).joined(separator: "\r\n")
        let text = "POST \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\n\(head)\r\nConnection: close\r\n\r\n\(body)"
        return try await HTTPExchange.send(Array(text.utf8), port: port)
    }

    /// A report of each municipality, one delivery of each state.
    private static let scheduled = ScheduledReports(
        schedules: ["3407", "3440"].map { number in
            .init(
                municipality: number,
                name: "maaned-\(number)",
                next: (now + 86_400_000, "2026-10"),
                formats: ["pdf"],
                receivers: ["leder@\(number).no"],
                isExternal: false
            )
        },
        deliveries: ["3407", "3440"].flatMap { number in
            Delivery.State.allCases.map { state in
                let key = Delivery.Key(municipality: number, schedule: "maaned-\(number)", period: "2026-09", format: "pdf", receiver: "\(state)@\(number).no")
                var delivery = Delivery(key: key, due: now, state: state)
                (delivery.tries, delivery.said) = (1, state == .waiting ? "postkassen er full" : nil)
                return delivery
            }
        },
        refused: ["3440"]
    )

    /// Takes rows without looking at them, but for those that say `bad`; only Gjøvik has a registry.
    private static let devices = DeviceImport(bytesMax: 1000) { municipality, table, isPartial in
        guard municipality == "3407" else { throw DeviceImport.Refusal(.noRegistry, "none here") }
        let lines = String(decoding: table, as: UTF8.self).split(separator: "\n")
        let bad = lines.enumerated().filter { $0.element.hasPrefix("bad") }.map { DeviceImport.Row(line: $0.offset + 1, reason: "bad") }
        let isTaken = bad.isEmpty || isPartial
        return .init(
            added: isTaken ? lines.count - 1 - bad.count : 0,
            moved: 0,
            ended: 0,
            corrected: 0,
            unchanged: 0,
            bad: bad,
            warnings: [],
            isWritten: isTaken,
            isInForce: true
        )
    }

    /// What Gjøvik's roster holds; no other municipality has one.
    static let rosterText = "zone;role\nbiri;pleie på natt\n"

    /// Takes any text, but for lines that say `bad`, and what cannot be written.
    private static let roster = RosterExchange(
        bytesMax: 1000,
        held: { $0 == "3407" ? rosterText : nil },
        take: { municipality, table in
            guard municipality == "3407" else { throw RosterExchange.Refusal.noRoster("none here") }
            let lines = String(decoding: table, as: UTF8.self).split(separator: "\n")
            let bad = lines.enumerated().filter { $0.element.hasPrefix("bad") }.map { RosterExchange.Row(line: $0.offset + 1, reason: "bad") }
            if !bad.isEmpty { throw RosterExchange.Refusal.bad(bad) }
            if lines.contains("full") { throw RosterExchange.Refusal.notWritable("no room") }
            return .init(rows: lines.count - 1, keptCopy: "roster.2026.csv", isInForce: true)
        }
    )

    /// A path given as bytes, sent as it is.
    func send(_ path: [UInt8], token: String? = nil, method: String = "GET", head: String = "") async throws -> HTTPAnswer {
        let authorization = token.map { "Authorization: Bearer \($0)\r\n" } ?? ""
        let rest = " HTTP/1.1\r\nHost: 127.0.0.1\r\n\(authorization)\(head)Connection: close\r\n\r\n"
        return try await HTTPExchange.send(Array("\(method) ".utf8) + path + Array(rest.utf8), port: port)
    }

    var accessLog: AccessLogReader? { get throws { try AccessLogReader(folder: folder) } }

    /// What the access log holds, the oldest first.
    func logged(_ wanted: AccessLogReader.Wanted = .init()) throws -> [AccessLogReader.Row] {
        var rows: [AccessLogReader.Row] = []
        try accessLog?.entries(wanted) { row in
            rows.append(row)
            return true
        }
        return rows
    }

    // MARK: - What the views hold

    private static func fill(_ folder: String, _ world: World) throws {
        let views = try Views(folder: folder, hashKey: 7) { _ in }
        let folding = try Folding(setup: .init(plan: world.plan, receipts: [:]), hashKey: 7, views: views)
        for (index, (topic, event)) in world.events.enumerated() {
            let message = JournalMessage(
                position: Int64(index) + 1,
                received: world.received + Int64(index),
                topic: topic,
                payload: Array(event.utf8)
            )
            _ = folding.fold(message)
        }
        if let commit = folding.takeCommit(outbox: []) { try views.write(commit) }
        try views.close()
    }

    private static func event(_ id: String, _ type: String, _ time: String, _ data: String) -> String {
        #"{"specversion":"1.0","id":"\#(id)","source":"s","type":"no.vaktlast.\#(type)","time":"\#(time)","data":{\#(data)}}"#
    }

    private static let events: [(topic: String, event: String)] = {
        let alarm = "vaktlast/v1/3407/a/alarm"
        let telemetry = "vaktlast/v1/3407/a/telemetry"
        return [
            (alarm, event("r1", "alarm.raised", "2026-10-26T06:00:00Z", #""alarm":"x1","device":"d-1","kind":"fall""#)),
            (alarm, event("w1", "alarm.answered", "2026-10-26T06:00:40Z", #""alarm":"x1","voice":true"#)),
            (alarm, event("p1", "alarm.dispatched", "2026-10-26T06:02:00Z", #""alarm":"x1""#)),
            (alarm, event("v1", "alarm.arrived", "2026-10-26T06:20:00Z", #""alarm":"x1""#)),
            (alarm, event("c1", "alarm.closed", "2026-10-26T06:40:00Z", #""alarm":"x1","outcome":"visited","cause":"fall""#)),
            (alarm, event("r2", "alarm.raised", "2026-10-26T06:10:00Z", #""alarm":"x2","device":"d-9","kind":"manual","zone":"haugtun""#)),
            (alarm, event("r3", "alarm.raised", "2026-10-26T06:11:00Z", #""alarm":"x3","kind":"manual""#)),
            (telemetry, event("h1", "device.heartbeat", "2026-10-26T06:15:00Z", #""device":"d-3""#)),
            (telemetry, event("h2", "device.heartbeat", "2026-10-26T06:31:00Z", #""device":"d-2","zone":"strange""#)),
            ("vaktlast/v1/34/a/alarm", event("r4", "alarm.raised", "2026-10-26T06:00:00Z", #""alarm":"x4","device":"d-1""#)),
        ]
    }()

    /// The number of messages, which is the views' position.
    static let position = events.count
}

/// Notes who asks for refused messages to be read again; it is never done.
final class AskedReplays: Sendable {
    private let names = Mutex<[String]>([])

    var asked: [String] { names.withLock { $0 } }

    var replay: QuarantineReplay {
        QuarantineReplay(
            progress: { .init(running: self.asked.first.map { (ServedSite.now, $0) }, last: nil) },
            begin: { who in
                self.names.withLock { $0.append(who) }
                return true
            }
        )
    }
}
