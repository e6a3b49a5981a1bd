import CSQLite
import Devices
import Files
import Foundation
import Ingest
import Logging
import MQTT
import Outbound
import Settings
import Staffing
import Store
import Strategy
import Synchronization
import Telemetry
import Web
import Workload

/// The running service: pump and web, wired.
final class Service: Sendable {
    private let settings: ServiceSettings
    private let pump: Pump
    private let site: Site
    private let registry: RegistryKeeper
    private let staffing: StaffingKeeper
    private let planning: PlanningKeeper
    private let clerk: ReportClerk?
    private let accessLogKeeper: AccessLogKeeper
    private let log: Logger
    let views: ViewsReader

    var status: PumpStatus { pump.status }

    /// Opens the store of a locked data folder. Nothing is read from the broker before `run`.
    init(settings: ServiceSettings, log: Logger) throws {
        self.settings = settings
        self.log = log
        try Service.checkAddress(settings)
        // Else a thread that nobody waits for could hold the lock of that count while the gate writes an alarm.
        if sqlite_config_without_memstatus() != 0 { log.debug("SQLite counts its memory: it was in use before") }
        let desk = StaffingDesk()
        var readable: (views: ViewsReader, benefits: BenefitBook, board: RegistryBoard)?
        pump = try Pump(
            settings: .init(
                instance: settings.instance,
                dataFolder: settings.dataFolder,
                broker: settings.broker,
                folding: settings.folding
            ),
            log: log,
            opened: {
                let (views, benefits) = (try ViewsReader(folder: settings.dataFolder), try BenefitBook(folder: settings.dataFolder))
                let municipalities = try settings.municipalities.map { try ReportedMunicipality($0, settings.profiles, benefits) }
                Site.prepare(municipalities, views, desk, now: Pump.wallClock)
                readable = (views, benefits, RegistryBoard(.init(municipalities: municipalities)))
            },
            fatal: { problem in
                Terminal.error("vaktlast: \(problem)")
                exit(1)
            }
        )
        guard let readable else { throw Failure("the pump has not opened its store") }
        let (benefits, board) = (readable.benefits, readable.board)
        views = readable.views
        let (status, liveness) = (pump.status, pump.liveness)
        let registry = RegistryKeeper(settings: settings, pump: pump, board: board, log: log)
        self.registry = registry
        let staffing = StaffingKeeper(settings: settings, board: board, log: log)
        self.staffing = staffing
        let planning = PlanningKeeper(settings: settings, board: board, log: log)
        self.planning = planning
        let clerk = try ReportClerk(settings: settings, board: board, views: views, pump: status, log: log)
        self.clerk = clerk
        let accessLog = AccessLog(folder: settings.dataFolder)
        let accessLogKeeper = AccessLogKeeper(folder: settings.dataFolder, log: accessLog, keptDays: settings.accessLogDays ?? AccessLogKeeper.keptDays)
        self.accessLogKeeper = accessLogKeeper
        let face = ServiceFace(
            instance: settings.instance,
            version: Vaktlast.version,
            startedAt: Pump.wallClock(),
            now: Pump.wallClock,
            status: { Service.status(status.current) },
            metrics: {
                Metrics.text(
                    status.current,
                    instance: settings.instance,
                    isStaffingRefused: staffing.isRefused,
                    isPlanningRefused: planning.isRefused,
                    isAccessLogBroken: accessLogKeeper.lastLook?.chain?.holds == false
                ) + Metrics.text(clerk?.status, instance: settings.instance)
            },
            liveness: { await liveness.snapshot() },
            livenessReport: { liveness.report },
            devices: DeviceImport(bytesMax: RegistryFile.bytesMax) { try await registry.take($0, $1, isPartial: $2) },
            pdf: PDFWriter.ofSite,
            roster: RosterExchange(
                bytesMax: StaffingFiles.rosterBytesMax,
                held: { staffing.roster(of: $0) },
                take: { try staffing.take($0, $1, now: Pump.wallClock()) }
            ),
            replay: QuarantineReplay(pump),
            scheduled: { [clerk] in try clerk?.scheduled(now: Pump.wallClock()) ?? ScheduledReports(schedules: [], deliveries: [], refused: []) },
            contact: settings.contact,
            languages: settings.languages,
            language: settings.language
        )
        let accounts = try AccountStore(folder: settings.dataFolder)
        // Roles and what they may see may be others now: whoever came from elsewhere comes in anew, mostly without noticing.
        try accounts.endVisits()
        site = Site(
            face: face,
            views: views,
            access: Access(
                tokens: settings.tokens.map { .init(name: $0.name, sha256: $0.sha256, reach: $0.reach, purpose: $0.purpose) },
                store: accounts,
                hasProvider: settings.identity != nil
            ),
            accessLog: accessLog,
            accessLogKeeper: accessLogKeeper,
            plan: settings.plan,
            registry: board,
            staffing: desk,
            benefits: benefits,
            identity: settings.identity.map { identity in
                let caller = HTTPCaller(caFile: settings.identityCAFile)
                return IdentityDesk(identity, isAllowed: HTTPCaller.isAllowed) { address, form, headers in
                    let answer = try await caller.ask(address, form: form, headers: headers)
                    return (answer.status, answer.body)
                }
            }
        )
    }

    /// Nothing but loopback is served: what goes further goes through a proxy with TLS.
    private static func checkAddress(_ settings: ServiceSettings) throws {
        guard ServiceSettings.isLoopback(settings.httpHost) else {
            throw Failure("http.host \(ServiceSettings.loopbackRule(settings.httpHost))")
        }
        guard Port.isFree(settings.httpPort, host: settings.httpHost) else {
            throw Failure(
                "port \(settings.httpPort) on \(settings.httpHost) is taken by another program. "
                    + "Choose another: http.port in vaktlast.yaml, VAKTLAST_HTTP_PORT, or --port for the demo."
            )
        }
    }

    /// Runs until SIGINT or SIGTERM, then stops in order.
    func run(onRunning: @escaping @Sendable () -> Void = {}) async throws {
        pump.start()
        registry.start()
        staffing.start()
        planning.start()
        clerk?.start()
        let keeping = Task { [accessLogKeeper, log] in await Service.keep(accessLogKeeper, log) }
        let readying = Task { [site] in await site.keepReady() }
        defer {
            readying.cancel()
            keeping.cancel()
            clerk?.stop()
            planning.stop()
            staffing.stop()
            registry.stop()
            pump.stop()
        }
        try await site.serve(host: settings.httpHost, port: settings.httpPort, endsOnSignals: true, logger: log) { onRunning() }
    }

    /// Once a day: what was kept for long enough goes, and the rest is gone through. The log's head in the service's log vouches
    /// for the log as long as that is kept elsewhere.
    private static func keep(_ keeper: AccessLogKeeper, _ log: Logger) async {
        while !Task.isCancelled {
            do {
                let look = try keeper.look(now: Pump.wallClock())
                if look.deleted > 0 { log.notice("access log: \(look.deleted) entries deleted, which were kept for long enough") }
                if let chain = look.chain {
                    if chain.holds {
                        log.notice("access log: \(chain.entries) entries, the chain holds; last entry \(chain.last ?? 0) \(chain.head)")
                    } else {
                        for fault in chain.faults { log.error("access log: \(fault)") }
                        log.error("access log: nothing is deleted until it is known what happened; see docs/operate.md")
                    }
                }
            } catch { log.error("access log: \(error)") }
            do { try await Task.sleep(for: .seconds(AccessLogKeeper.pauseSeconds)) } catch { return }
        }
    }

    private static func status(_ snapshot: PumpStatus.Snapshot) -> ServiceFace.Status {
        let isUp = snapshot.alarmSession == "ready" && snapshot.restSession == "ready"
        return .init(
            journalPosition: snapshot.journalPosition,
            broker: isUp ? "ready" : "alarm \(snapshot.alarmSession), rest \(snapshot.restSession)",
            isReady: snapshot.isReady,
            problem: snapshot.journalProblem ?? snapshot.viewsProblem ?? snapshot.brokerProblem,
            canaries: snapshot.canaries,
            lanesStuck: snapshot.lanesStuck
        )
    }
}

extension ReportedMunicipality {
    /// Reads roster, goals, plans and what else a configured municipality has in files, and what leaders have entered on the pages.
    init(_ settings: MunicipalitySettings, _ profiles: DeviceProfiles, _ benefits: BenefitBook?) throws {
        let files = StaffingFiles(settings)
        self.init(
            number: settings.number,
            name: settings.name,
            zones: settings.zones,
            devices: ReportedMunicipality.devices(settings, profiles),
            roster: try files.roster()?.roster,
            planned: try files.planned(),
            staffing: try files.settings(),
            alternatives: try files.alternatives().alternatives,
            goals: try PlanningReader.goals(settings)
        )
        sources.benefits = try PlanningReader.benefits(settings)
        sources.ledger = try PlanningReader.ledger(settings)
        sources.entered = try benefits?.lines(municipality: settings.number).compactMap(BenefitLedger.Entry.init) ?? []
        take(try PlanningReader.planningSources(settings))
    }
}

extension ReportedMunicipality {
    static func devices(_ settings: MunicipalitySettings, _ profiles: DeviceProfiles) -> [Device] {
        let known = Dictionary(profiles.profiles.map { ($0.id, $0) }) { first, _ in first }
        return settings.registry.map { row in
            let profile = row.profile.flatMap { known[$0] }
            return .init(
                device: row.device,
                zone: row.zone,
                profile: row.profile,
                profileName: profile?.nameNorwegian,
                technology: profile?.technology,
                accessory: profile?.accessory,
                dwelling: row.dwelling?.rawValue,
                step: row.step,
                from: row.from,
                to: row.to,
                // A row without a profile is an alarm, as registries were before there were profiles.
                isSafetyAlarm: row.profile == nil || profile.map { $0.technology == .safetyAlarm && $0.accessory == nil } == true
            )
        }
    }
}

extension QuarantineReplay {
    init(_ pump: Pump) {
        self.init(
            progress: {
                let progress = pump.replays.progress
                return Progress(running: progress.running, last: progress.last.map { .init(endedAt: $0.endedAt, who: $0.who, counts: $0.counts) })
            },
            begin: { pump.replay(askedBy: $0, now: Pump.wallClock()) }
        )
    }
}

extension BenefitBook {
    /// The book of a data folder for a command that only reads; nil where there is none.
    static func existing(_ folder: String) throws -> BenefitBook? { exists(folder: folder) ? try BenefitBook(folder: folder) : nil }
}

extension Service {
    /// A text file as Norwegian Excel or an editor writes it: UTF-8, else Windows-1252; YAML is UTF-8 alone.
    static func text(of file: String) throws -> String {
        guard let data = FileManager.default.contents(atPath: file) else { throw Failure("\(file) cannot be read: no such file, or no right to") }
        guard let text = CSVTable.text(of: data) else {
            throw Failure("\(file) is UTF-16, or no text: save it as «CSV UTF-8», or as UTF-8 in an editor")
        }
        // YAML is UTF-8 by its own rules; of Windows-1252 a reader elsewhere makes other words.
        if file.hasSuffix(".yaml"), String(data: data, encoding: .utf8) == nil {
            let lines = data.split(separator: 0x0A, omittingEmptySubsequences: false)
            let line = (lines.firstIndex { String(data: $0, encoding: .utf8) == nil } ?? 0) + 1
            throw Failure("\(file):\(line): not UTF-8 (Latin-1 or Windows-1252?): save it as UTF-8 in an editor")
        }
        return text
    }

    /// One async task run to its end by a thread that has nothing else to do.
    static func blocking(_ body: @escaping @Sendable () async throws -> Void) throws {
        let done = DispatchSemaphore(value: 0)
        let result = Mutex<Result<Void, any Error>>(.success(()))
        Task.detached {
            do { try await body() } catch { result.withLock { $0 = .failure(error) } }
            done.signal()
        }
        done.wait()
        try result.withLock { try $0.get() }
    }
}
