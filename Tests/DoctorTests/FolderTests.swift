import Doctor
import Testing

@Suite("Data folder, service and the whole diagnosis")
struct FolderTests {
    static func store(_ change: (inout StoreFacts) -> Void) -> [Finding] {
        var facts = StoreFacts(folder: "/data")
        facts.permissions = 0o750
        facts.freeBytes = 100 << 30
        facts.journalPosition = 1000
        facts.viewsPosition = 1000
        facts.messagesLastDay = 1000
        facts.growth = .init(messages: 7000, bytes: 7 << 30, days: 7)
        facts.checks = ["journal.db": [], "views.db": []]
        change(&facts)
        return facts.findings.filter { $0.severity != .ok }
    }

    @Test("a folder in order has no finding")
    func goodStore() { #expect(Self.store { _ in } == []) }

    static let storeFaults: [(String, Severity, @Sendable (inout StoreFacts) -> Void)] = [
        ("enough for 6 days", .error, { $0.freeBytes = 6 << 30 }),
        ("enough for 29 days", .warning, { $0.freeBytes = 29 << 30 }),
        (
            "512.0 MiB free", .warning,
            {
                $0.freeBytes = 512 << 20; $0.growth = nil
            }
        ),
        ("open to every user", .warning, { $0.permissions = 0o755 }),
        ("not writable", .note, { $0.isWritable = false }),
        ("is not there yet", .note, { $0.exists = false }),
        ("10 messages behind", .note, { $0.viewsPosition = 990 }),
        (
            "20000 messages behind", .warning,
            {
                $0.journalPosition = 21_000; $0.isServiceRunning = true
            }
        ),
        ("20000 messages behind", .note, { $0.journalPosition = 21_000 }),
        (
            "5 events in quarantine", .note,
            {
                $0.quarantined = 5; $0.quarantinedLastDay = 5
            }
        ),
        (
            "500 events in quarantine", .warning,
            {
                $0.quarantined = 500; $0.quarantinedLastDay = 400
            }
        ),
        ("journal.db is damaged: row 7 missing, and 1 more", .error, { $0.checks["journal.db"] = ["row 7 missing", "row 8 missing"] }),
        ("views.db is damaged", .error, { $0.checks["views.db"] = ["not a database"] }),
        ("cannot be read", .error, { $0.problems = ["/data/journal.db: the journal cannot be read"] }),
    ]

    @Test("each fault of a folder is found", arguments: storeFaults)
    func eachStoreFault(_ words: String, _ severity: Severity, _ change: @Sendable (inout StoreFacts) -> Void) throws {
        let found = Self.store(change)
        try #require(found.count == 1, "\(found)")
        #expect(found[0].found.contains(words))
        #expect(found[0].severity == severity)
    }

    @Test("a service that runs, hangs, is down or has never run")
    func service() {
        var facts = ServiceFacts(address: "127.0.0.1:8080", isAnswering: true)
        facts.readyStatus = 200
        facts.metrics = ["vaktlast_canaries_total": 2, "vaktlast_connects_total": 2, "vaktlast_lanes_stuck": 0]
        #expect(facts.findings.map(\.severity) == [.ok, .ok])
        facts.metrics["vaktlast_canaries_total"] = 0
        #expect(facts.findings.map(\.severity) == [.ok, .warning, .ok])
        facts.readyStatus = 503
        facts.metrics["vaktlast_lanes_stuck"] = 1
        #expect(facts.findings.map(\.severity) == [.error, .error, .ok])
        facts.isAnswering = false
        #expect(facts.findings.map(\.severity) == [.note])
        facts.hasRunBefore = true
        #expect(facts.findings.map(\.severity) == [.warning])
        facts.lockHolder = "process 12 (serve)"
        #expect(facts.findings.map(\.severity) == [.error])
    }

    @Test("lines are grouped by subject, marks are words, JSON has the same")
    func writing() {
        var diagnosis = Diagnosis()
        diagnosis.add([.ok(.store, "fine"), .note(.broker, "«one»")])
        #expect(!diagnosis.isIll)
        diagnosis.add([.warning(.broker, "two", loss: "alarms", mend: "so")])
        #expect(diagnosis.isIll)
        #expect(
            diagnosis.lines == [
                "broker", "  note    «one»", "  warning two", "          lost: alarms", "          mend: so", "data folder", "  ok      fine",
                "0 errors, 1 warning, 1 note, 1 ok",
            ]
        )
        #expect(
            String(decoding: diagnosis.json, as: UTF8.self)
                == #"{"errors":0,"warnings":1,"notes":1,"findings":[{"severity":"ok","subject":"store","found":"fine","loss":null,"mend":null},"#
                + #"{"severity":"note","subject":"broker","found":"«one»","loss":null,"mend":null},"#
                + #"{"severity":"warning","subject":"broker","found":"two","loss":"alarms","mend":"so"}]}"#
        )
    }
}
