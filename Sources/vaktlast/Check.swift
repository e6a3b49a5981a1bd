import ArgumentParser
import Devices
import Foundation
import Ingest
import Languages
import Reports
import Schedules
import Settings
import Simulator
import Staffing
import Strategy
import Telemetry
import Web
import Workload

struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check a configuration folder: every file, every problem with file, line and key.",
        discussion: """
            Problems and warnings go to standard error, a line each, all of them in one run. Exit code 1 when there is a \
            problem, 0 when there are warnings only. Device profiles are checked with their samples; --devices checks a \
            folder of profiles alone, such as devices/.
            """
    )

    @Option(help: "The folder with vaktlast.yaml and municipalities/.")
    var config: String?
    @Option(help: "A folder of device profiles, without a configuration.")
    var devices: String?

    func validate() throws {
        if config == nil, devices == nil { throw ValidationError("name a folder: --config DIR, or --devices DIR for profiles alone") }
    }

    func run() throws {
        var problemCount = 0
        if let config {
            let check = ConfigurationCheck(folder: config)
            problemCount += tell(check.seen, check.warnings, check.problems)
        }
        if let devices {
            let check = ProfileCheck(DeviceProfiles.read([URL(fileURLWithPath: devices).standardizedFileURL.path]))
            problemCount += tell([check.seen], check.warnings, check.problems)
        }
        if problemCount > 0 { throw ExitCode(1) }
        Terminal.say("no problems found in \([config, devices].compactMap { $0 }.joined(separator: " and "))")
    }

    private func tell(_ seen: [String], _ warnings: [String], _ problems: [String]) -> Int {
        for line in seen { Terminal.say(line) }
        for warning in warnings { Terminal.error("warning: \(warning)") }
        for problem in problems { Terminal.error(problem) }
        return problems.count
    }
}

/// Device profiles held against their samples.
struct ProfileCheck {
    private(set) var problems: [String]
    private(set) var warnings: [String] = []
    private(set) var seen = ""

    init(_ read: DeviceProfiles) {
        problems = read.problems
        var sampleCount = 0
        for profile in read.profiles {
            guard let folder = read.folders[profile.id] else { continue }
            let samples = ProfileSamples(of: profile, in: folder, among: read.profiles)
            problems += samples.problems
            warnings += samples.warnings
            sampleCount += samples.count
        }
        seen = "\(read.profiles.count) device profiles, \(sampleCount) samples"
    }
}

/// A configuration folder read as far as it can be, with all that is wrong in it.
struct ConfigurationCheck {
    let folder: String
    /// Nil where there is no readable `vaktlast.yaml`.
    let settings: ServiceSettings?
    /// What stops the service, a line each with file, line and key.
    private(set) var problems: [String]
    private(set) var warnings: [String]
    /// What was read, a line each.
    private(set) var seen: [String] = []

    init(folder: String, today: LocalTime.Day = LocalTime.oslo.day(at: Pump.wallClock())) {
        let reading = ServiceSettings.read(folder: folder)
        self.folder = folder
        settings = reading.settings
        warnings = reading.warnings
        problems = reading.problems + reading.serviceProblems
        for municipality in reading.settings?.municipalities ?? [] {
            let goals = read(municipality.goalsFile) { try Goals(yaml: $0, file: $1) }
            if let goals { warnings += GoalsCheck(goals, file: municipality.goalsFile ?? "goals.yaml", municipality, today: today).warnings }
            let files = StaffingFiles(municipality)
            let roster = read { try files.roster() }
            if let roster { warnOfRoster(roster.roster, text: roster.text, municipality) }
            checkPlanning(municipality)
            seen.append(
                "\(municipality.number) \(municipality.name): \(municipality.zones.count) zones, "
                    + "\(municipality.registry.count) devices, "
                    + (roster.map { "\($0.roster.shifts.count) roster rows" } ?? missing("roster", municipality.rosterFile)) + ", "
                    + (goals.map { "\($0.indicators.count) indicators" } ?? missing("goals", municipality.goalsFile))
            )
            readStaffing(municipality, files, hasRoster: roster != nil)
            if let service = reading.settings { readSchedules(municipality, in: service) }
        }
        if let profiles = reading.settings?.profiles {
            var own = profiles
            // Told already.
            own.problems = []
            let check = ProfileCheck(own)
            problems += check.problems
            warnings += check.warnings
            seen.append(check.seen)
        }
        for catalogue in reading.settings?.languages.catalogues ?? [] {
            seen.append("language \(catalogue.tag): \(catalogue.entries.count) texts, \(catalogue.unfinished.count) not finished")
        }
        for file in scenarios() {
            guard read(file, { try Scenario(yaml: $0, file: $1) }) != nil else { continue }
            seen.append("scenario \((file as NSString).lastPathComponent)")
        }
    }

    /// Planned work, settings, alternatives and what-ifs of a municipality.
    private mutating func readStaffing(_ municipality: MunicipalitySettings, _ files: StaffingFiles, hasRoster: Bool) {
        var found: [String] = []
        if let file = municipality.plannedFile, let planned = read({ try files.planned() }) {
            found.append("\(planned.rows.count) rows of planned work")
            if let text = read({ try Service.text(of: file) }) { warnOfRepeatedLines(file, text, "both count; delete one, or write its minutes in the other") }
        }
        var settings: StaffingSettings?
        if municipality.staffingFile != nil {
            settings = read { try files.settings() }
            if settings != nil { found.append("staffing settings") }
        }
        if municipality.alternativesFile != nil, let alternatives = read({ try files.alternatives().alternatives }) {
            let names = alternatives.map(\.name).joined(separator: ", ")
            found.append("\(alternatives.count) roster alternatives (\(names))")
        }
        // A what-if is read against roster and settings: with these broken it would be blamed for their problems.
        if hasRoster || municipality.rosterFile == nil, settings != nil || municipality.staffingFile == nil {
            for file in files.whatIfs {
                if let whatIf = read({ try files.whatIf(file) }) { found.append("what-if «\(whatIf.name)»") }
            }
        }
        if !found.isEmpty { seen.append("\(municipality.number) \(municipality.name): " + found.joined(separator: ", ")) }
    }

    /// What a roster can hold that is no error and yet seldom meant: rows said twice, and hours without anybody.
    private mutating func warnOfRoster(_ roster: Roster, text: String, _ municipality: MunicipalitySettings) {
        let file = municipality.rosterFile ?? "roster.csv"
        warnOfRepeatedLines(file, text, "both count; delete one, or write its positions in the other")
        let hours = roster.unstaffed(zones: municipality.zones.map(\.id), from: LocalTime.oslo.day(at: Pump.wallClock()))
        for hours in hours {
            let weeks = hours.isEveryWeek ? "" : " in some weeks"
            warnings.append(
                "\(file): nobody is at work for the zone \(hours.zone) \(hours.words)\(weeks); add a row, or name the zone in the row of those who "
                    + "serve it too (haugtun+biri)"
            )
        }
    }

    private mutating func warnOfRepeatedLines(_ file: String, _ text: String, _ wayOut: String) {
        for (first, line) in Roster.repeatedLines(csv: text) { warnings.append("\(file):\(line): the same row as line \(first): \(wayOut)") }
    }

    private mutating func readSchedules(_ municipality: MunicipalitySettings, in service: ServiceSettings) {
        guard let file = municipality.scheduleFile, let schedules = read({ try municipality.schedules(in: service) }) else { return }
        let kinds = Set(schedules.filter(\.isExternal).map(\.periodKind))
        if kinds.count > 1 {
            let names = schedules.filter(\.isExternal).map { "\($0.name) (\($0.periodKind))" }.joined(separator: ", ")
            warnings.append(
                "\(file): external reports of several kinds of period: \(names): periods that overlap can be taken from one another, and tell then of "
                    + "small counts; give out one kind alone, months, quarters or years"
            )
        }
        for schedule in schedules {
            if schedule.isExternal, [.day, .week].contains(schedule.periodKind) {
                warnings.append(
                    "\(file): \(schedule.name): an external report of a \(schedule.periodKind == .day ? "day" : "week") can be taken from that of the month "
                        + "around it, and tells then of small counts; give out calendar months, quarters or years (period: month)"
                )
            }
            // A share that is not there now may be there when its time comes.
            guard let folder = schedule.folder, !FileManager.default.isWritableFile(atPath: folder) else { continue }
            warnings.append("\(file): \(schedule.name): folder \(folder) does not exist or cannot be written by who runs this check")
        }
        seen.append("\(municipality.number) \(municipality.name): \(schedules.count) scheduled reports")
    }

    /// What a file gives; nil where something is wrong with it, which is then among the problems.
    private mutating func read<Value>(_ body: () throws -> Value?) -> Value? {
        do { return try body() } catch {
            add(error)
            return nil
        }
    }

    /// The files of goals and plans: each by itself, and those of the projection together.
    private mutating func checkPlanning(_ municipality: MunicipalitySettings) {
        let files = municipality.planning
        _ = read(files.kostra) { try KostraComparison(csv: $0, file: $1, municipality: municipality.number) }
        _ = read(files.capacity) { try CareCapacity(csv: $0, file: $1) }
        _ = read(files.benefits) { try BenefitAssumptions(yaml: $0, file: $1) }
        if let ledger = read(files.benefitLedger, { try BenefitLedger(csv: $0, file: $1) }) {
            for (entry, line) in ledger.repeated {
                warnings.append(
                    "\(files.benefitLedger ?? ""):\(entry.line): the same entry as line \(line), so that its \(entry.hours) hours count twice "
                        + "(delete one; or write in note what tells them apart)"
                )
            }
        }
        let population = read(files.population) { try Population(csv: $0, file: $1, municipality: municipality.number) }
        let users = read(files.usersByAge) { try UsersByAge(csv: $0, file: $1) }
        let assumptions = read(files.projection) { try ProjectionAssumptions(yaml: $0, file: $1) }
        if let users { compare(users, with: municipality) }
        guard let population, let users, let assumptions else { return }
        do {
            // Every year of the table, so that whoever projects meets no surprise; how many people it takes does not matter here.
            // Those that the assumptions name are asked for as well: without them there is nothing to hold them against.
            let years = Set(population.years + assumptions.yearsNamed).filter { $0 > assumptions.today.year }.sorted()
            let names = (files.population ?? "", files.usersByAge ?? "", files.projection ?? "")
            _ = try Projection(population: population, users: users, assumptions: assumptions, years: years, files: names) { $0 }
        } catch {
            problems.append("\(error)")
        }
    }

    /// Warns where the municipality's own count of users is far from what is registered: indicators begin from the registry,
    /// projections from the count.
    private mutating func compare(_ users: UsersByAge, with municipality: MunicipalitySettings) {
        guard let profiles = settings?.profiles, !municipality.registry.isEmpty else { return }
        let now = Pump.wallClock()
        let uses = TechnologyRegister(ReportedMunicipality.devices(municipality, profiles)).uses(in: now..<(now + 1))
        for technology in users.technologies {
            let told = users.rows.reduce(0) { $0 + ($1.technology == technology ? $1.users : 0) }
            let registered = uses.first { $0.kind == .technology(technology) }?.users ?? 0
            guard abs(told - registered) * 10 > max(told, registered) else { continue }
            warnings.append(
                "\(municipality.planning.usersByAge ?? ""):\(users.rows.first { $0.technology == technology }?.line ?? 1): \(told) users of \(technology.rawValue), but \(registered) in the registry "
                    + "(count them again: projections begin from the one, indicators from the other)"
            )
        }
    }

    /// What a file holds; nil where it is not named or something is wrong with it, which is then among the problems.
    private mutating func read<Value>(_ file: String?, _ parse: (_ text: String, _ file: String) throws -> Value) -> Value? {
        guard let file else { return nil }
        do {
            return try parse(Service.text(of: file), file)
        } catch {
            add(error)
            return nil
        }
    }

    /// Each line once: a roster that is also an alternative is read twice.
    private mutating func add(_ error: any Error) {
        for line in "\(error)".split(separator: "\n").map(String.init) where !problems.contains(line) { problems.append(line) }
    }

    private func missing(_ name: String, _ file: String?) -> String { file == nil ? "no \(name)" : "\(name) with problems" }

    private func scenarios() -> [String] {
        let folder = "\(folder)/scenarios"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".yaml") }.sorted().map { "\(folder)/\($0)" }
    }
}

extension UnstaffedHours {
    /// `Monday, Tuesday 23:00–07:00`, `every day, all day`
    fileprivate var words: String {
        let names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
        let days = weekdays.count == 7 ? "every day" : weekdays.sorted().map { names[$0 - 1] }.joined(separator: ", ")
        func clock(_ minutes: Int) -> String {
            let digits = [minutes % 1440 / 60, minutes % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
            return minutes == 1440 ? "24:00" : digits.joined(separator: ":")
        }
        return startMinutes == 0 && endMinutes == 1440 ? "\(days), all day" : "\(days) \(clock(startMinutes))–\(clock(endMinutes))"
    }
}
