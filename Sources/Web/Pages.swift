import Accounts
import Foundation
import Hummingbird
import Languages
import Reports
import Staffing
import Store
import Telemetry
import Workload

/// The pages for people, in bokmål. Each is made on the server and whole without a script.
struct Pages: Sendable {
    static let htmlType = "text/html; charset=utf-8"
    static let security =
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

    struct Page {
        var body: [UInt8] = []
        var type = Pages.htmlType
        var position: Int64?
        var security = Pages.security
        /// The single alarms that it shows, which the access log must say; nil where it shows none.
        var shown: API.Shown?
        /// Whether it names devices of residents, so that a person says why first.
        var showsDevices = false
        /// Another address of this site where it stands instead; nil where it is this.
        var location: String?
        /// Whether it stands there from now on.
        var isMovedForGood = false
        /// What it answers with: a page that could not read what it was asked for shows something else, and says so.
        var status = HTTPResponse.Status.ok
    }

    static let styleAddress = "/stil.css"
    static let boardStyleAddress = "/tavle.css"
    static let scriptAddress = "/na.js"
    static let formScriptAddress = "/hva-om.js"
    static let boardAddress = "/na"

    let face: ServiceFace
    let views: ViewsReader
    let registry: RegistryBoard
    let staffing: StaffingDesk
    let boards = BoardDesk()
    let reports = ReportDesk()
    /// Nil where no benefits are entered on the pages.
    let benefits: BenefitBook?

    init(face: ServiceFace, views: ViewsReader, registry: RegistryBoard, staffing: StaffingDesk, benefits: BenefitBook?) {
        self.face = face
        self.views = views
        self.registry = registry
        self.staffing = staffing
        self.benefits = benefits
    }

    var municipalities: [ReportedMunicipality] { registry.current.municipalities }

    /// What zones and municipalities are called, which is the same in all languages.
    var placeNames: Set<String> { Set(municipalities.flatMap(\.placeNames)) }

    /// What the municipalities call their goals.
    var ownTitles: Set<String> { Set(municipalities.flatMap(\.ownTitles)) }

    /// The page at an address; nil where there is none.
    ///
    /// - Parameter withheld: why the caller's right to alarms was taken away.
    func page(_ path: String, _ query: Query, _ caller: Access.Caller, withheld: Withheld? = nil) async throws -> Page? {
        if path == Pages.boardAddress { return try await boardPart(query, caller) }
        guard let page = SitePage(path: path) else { return nil }
        guard page.isOpen(to: caller) else {
            // The first address of all leads each to the first page of his own.
            if page == .now, query.isEmpty, let first = SitePage.allCases.first(where: { $0.isInBar && $0.isOpen(to: caller) }) {
                return Page(location: first.rawValue)
            }
            throw Problem.forbidden
        }
        switch page {
        case .source: return try source(query, caller)
        case .now: return try await now(query, caller, withheld: withheld)
        case .hours: return try await hours(query, caller, withheld: withheld)
        case .lineage: return try await lineage(query, caller, withheld: withheld)
        case .staffing: return try await staffing(query, caller)
        case .load, .goals, .years, .summary: return try await report(page, page.extent ?? [], query, caller)
        case .devices: return try await devices(query, caller)
        case .quality: return try await quality(query, caller)
        case .help: return help(query, caller)
        case .accessibility: return accessibility(query, caller)
        case .administration: return nil
        }
    }

    /// What the pages refer to; the same for everyone, so that also a refusal has its looks.
    static func sheet(_ path: String) -> Page? {
        switch path {
        case styleAddress: Page(body: Array(Report.siteStyleSheet.utf8), type: "text/css; charset=utf-8")
        case boardStyleAddress: Page(body: Array(Report.boardStyleSheet.utf8), type: "text/css; charset=utf-8")
        case scriptAddress: Page(body: Array(boardScript.utf8), type: "text/javascript; charset=utf-8")
        case formScriptAddress: Page(body: Array(formScript.utf8), type: "text/javascript; charset=utf-8")
        default: nil
        }
    }

    func municipality(_ query: Query, _ caller: Access.Caller) throws(Problem) -> ReportedMunicipality {
        let visible = municipalities.filter { caller.mayRead(municipality: $0.number) }
        guard let number = query["municipality"] else {
            guard let first = visible.first?.told(to: caller.zones) else {
                throw Problem(
                    status: .notFound,
                    detail: "Ingen kommune er satt opp ennå: legg en mappe med municipality.yaml i config/municipalities."
                )
            }
            return first
        }
        guard let found = visible.first(where: { $0.number == number }) else { throw .forbidden }
        return found.told(to: caller.zones)
    }

    // MARK: - The report and its kin

    /// A report with what it was asked by.
    private struct Asked {
        var municipality: ReportedMunicipality
        var period: ReportPeriod
        var zone: String?
        var report: Report
    }

    /// A file to take along.
    struct File {
        var bytes: [UInt8]
        var name: String
        var municipality: String
        var position: Int64
    }

    static let sectionField = "seksjon"
    /// How CSV is written, in the words of `vaktlast report --dialect`.
    static let dialectField = "dialect"

    /// The report of the page with the same query, as a file with a name of its own. Of PDF a page of its own may be asked for.
    ///
    /// - Parameter translator: into what; nil for bokmål.
    func file(_ file: ReportFile, _ query: Query, _ caller: Access.Caller, _ translator: Translator?) async throws -> File {
        let period: ReportPeriod
        do { period = try ReportPeriod(query["period"] ?? "") } catch { throw Problem.badParameter("period", "\(error)") }
        let section = try section(of: file, query)
        guard period.bounds().lowerBound <= face.now() else { throw Problem.badParameter("period", "\(period) has not begun yet: ask for one that has") }
        try caller.require(period, now: face.now())
        if section == .staffing { return try await staffingFile(file, period, query, caller, translator) }
        let extent = section == .load ? [.trends, .planning, .comparison] : section.extent ?? []
        let asked = try await asked(query, caller, period, section, extent, isFile: true)
        let dialect = try dialect(of: file, section, query)
        let bytes = try await file.bytes(of: asked.report, dialect, pdf: face.pdf, in: translator) { try page(section, asked.report, query, nil, $0) }
        let goal = section == .goals ? query[Report.goalField] ?? query[Report.frameworkField] : nil
        let parts = ["vaktlast", asked.municipality.number, section.fileName, goal, "\(period)", asked.zone, dialect == .excel ? nil : dialect.rawValue]
            .compactMap(\.self)
        return File(
            bytes: bytes,
            name: "\(parts.joined(separator: "-")).\(file.rawValue)",
            municipality: asked.municipality.number,
            position: asked.report.provenance.position
        )
    }

    /// Refuses what no file can be made of, before the reader is asked why he takes it along.
    func check(_ file: ReportFile, _ query: Query, _ caller: Access.Caller) throws {
        let period: ReportPeriod
        do { period = try ReportPeriod(query["period"] ?? "") } catch { throw Problem.badParameter("period", "\(error)") }
        let section = try section(of: file, query)
        try caller.require(period, now: face.now())
        _ = try zone(query, caller, try municipality(query, caller))
        guard section.isOpen(to: caller) else { throw Problem.forbidden }
        _ = try dialect(of: file, section, query)
    }

    private func dialect(of file: ReportFile, _ section: SitePage, _ query: Query) throws(Problem) -> ReportTable.Dialect {
        guard let word = query[Pages.dialectField] else { return .excel }
        guard file == .csv, section == .load, let dialect = ReportTable.Dialect(rawValue: word) else {
            throw .badParameter(Pages.dialectField, "is of the report as CSV, one of \(ReportTable.Dialect.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return dialect
    }

    private func section(of file: ReportFile, _ query: Query) throws(Problem) -> SitePage {
        guard let name = query[Pages.sectionField] else { return .load }
        let section = SitePage(rawValue: "/" + name)
        if let section, section == .staffing ? file != .xlsx : file == .pdf && section.extent != nil { return section }
        let known = SitePage.allCases.filter { $0.extent != nil || $0 == .staffing }.compactMap(\.fileName).joined(separator: ", ")
        throw .badParameter(Pages.sectionField, "is a page as PDF: \(known), or bemanning as CSV and JSON; other files hold all sections")
    }

    private func asked(
        _ query: Query,
        _ caller: Access.Caller,
        _ period: ReportPeriod,
        _ section: SitePage,
        _ extent: ReportedMunicipality.Extent,
        isFile: Bool = false
    ) async throws -> Asked {
        // Read first: what changes meanwhile makes the report one of an earlier revision, which is not given again.
        let revision = registry.current.revision
        let municipality = try municipality(query, caller)
        let zone = try zone(query, caller, municipality)
        guard section.isOpen(to: caller) else { throw Problem.forbidden }
        let own = section == .years ? nil : zone
        var question = ReportDesk.Question(municipality.number, revision, period, own, of: section, to: caller.zones)
        question.extent = extent
        if isFile, question.staffing != nil { question.staffing = .page }
        let report = caller.told(try await report(question, municipality))
        return Asked(municipality: municipality, period: period, zone: own, report: report)
    }

    func report(_ question: ReportDesk.Question, _ municipality: ReportedMunicipality) async throws -> Report {
        do {
            return try await reports.report(question, now: face.now(), position: views.position()) { try await made(question, municipality) }
        } catch is ReportDesk.Busy {
            throw Problem(status: .serviceUnavailable, detail: "Too many reports are asked for at once; ask again in a moment.")
        }
    }

    private func page(
        _ section: SitePage,
        _ report: Report,
        _ query: Query,
        _ navigation: ReportNavigation?,
        _ style: Report.StylePlacement,
        ledger: LedgerSection? = nil
    ) throws -> String {
        switch section {
        case .load, .now, .hours, .staffing: return navigation.map { report.loadPage(navigation: $0, style: style) } ?? report.html(style: style)
        case .years: return report.planPage(navigation: navigation, style: style)
        case .summary: return report.summaryPage(navigation: navigation, style: style)
        // Made of no report.
        case .source, .lineage, .devices, .quality, .help, .administration, .accessibility: throw Problem.notFound
        case .goals:
            let choice: Report.GoalChoice?
            do { choice = try report.goals(framework: query[Report.frameworkField], goal: query[Report.goalField]) } catch {
                throw Problem.badParameter(error.isGoal ? Report.goalField : Report.frameworkField, "\(error)")
            }
            return report.goalsPage(choice, ledger: ledger, navigation: navigation, style: style)
        }
    }

    /// What is shown when no period is asked for, the same on every page: the 28 whole days up to yesterday; on the first day of a
    /// municipality's data up to today.
    func latestPeriod(_ municipality: ReportedMunicipality) throws -> ReportPeriod {
        let today = LocalTime.oslo.day(at: face.now())
        let first = try views.dataBounds(municipality: municipality.number).map { LocalTime.oslo.day(at: $0.lowerBound) }
        return ReportPeriod(.fourWeeks, containing: first.map { $0 < today } == false ? today : today.advanced(by: -1))
    }

    func report(
        _ section: SitePage,
        _ extent: ReportedMunicipality.Extent,
        _ query: Query,
        _ caller: Access.Caller,
        typed: LedgerTyping? = nil
    ) async throws -> Page {
        let chosen = AskedPeriod(query, caller, now: face.now())
        let municipality = try municipality(query, caller)
        let period = try chosen.period ?? caller.period(latestPeriod(municipality), now: face.now())
        if chosen.isChosen {
            var navigation = navigation(section, municipality, caller)
            navigation.fields += Pages.choice(section, query)
            return Page(location: navigation.path(period: period, zone: try zone(query, caller, municipality)))
        }
        let asked = try await asked(query, caller, period, section, extent)
        var navigation = navigation(section, asked.municipality, caller)
        navigation.fields += Pages.choice(section, query)
        navigation.message = chosen.message(insteadOf: period) ?? typed.flatMap { $0.form.refusal ?? $0.message }
        if chosen.message == nil, typed?.form.refusal != nil { navigation.messageForm = "#\(LedgerSection.formAnchor)" }
        navigation.zones = caller.zones
        navigation.canChooseAllZones = caller.zones == nil
        navigation.pages = pages(section, asked.municipality, asked.period, asked.zone, caller)
        navigation.downloads = downloads(asked, section, query)
        if section == .load { navigation.hoursPath = SitePage.hours.rawValue }
        if SitePage.staffing.isOpen(to: caller) { navigation.staffingPath = SitePage.staffing.rawValue }
        var ledger: LedgerSection?
        if section == .goals, asked.zone == nil { ledger = try self.ledger(asked.municipality, asked.period, query, caller, typed) }
        let html = try self.page(section, asked.report, query, navigation, .linked(Pages.styleAddress), ledger: ledger)
        var page = Page(body: Array(html.utf8), position: asked.report.provenance.position)
        if chosen.message != nil { page.status = .badRequest }
        return page
    }

    /// The framework and goal that a page of goals was asked for, to be carried along.
    private static func choice(_ section: SitePage, _ query: Query) -> [ReportNavigation.Field] {
        guard section == .goals else { return [] }
        return [Report.frameworkField, Report.goalField].compactMap { name in query[name].map { .init(name: name, value: $0) } }
    }

    /// What any page has around it: the bar, the same page of other municipalities, and who has logged in.
    func navigation(_ page: SitePage, _ municipality: ReportedMunicipality, _ caller: Access.Caller) -> ReportNavigation {
        var navigation = ReportNavigation(
            path: page.rawValue,
            fields: [.init(name: "municipality", value: municipality.number)],
            links: links(municipality, page, caller)
        )
        navigation.pages = pages(page, municipality, nil, nil, caller)
        navigation.kinds = caller.kinds
        navigation.lastDay = caller.lastDay(now: face.now())
        navigation.account = account(caller)
        return navigation
    }

    /// What a page of no municipality has around it.
    func bar(_ page: SitePage?, _ caller: Access.Caller) -> ReportNavigation {
        var navigation = ReportNavigation(path: page?.rawValue ?? "/")
        navigation.pages = SitePage.allCases.filter { $0.isInBar && $0.isOpen(to: caller) }.map {
            .init(title: $0.title, path: $0.rawValue, isCurrent: $0 == page)
        }
        navigation.account = account(caller)
        return navigation
    }

    private func account(_ caller: Access.Caller) -> ReportNavigation.Account? {
        caller.session.map { .init(name: Pages.shortName(caller.name), formToken: Secret.formToken(of: $0), logoutPath: LoginDesk.logoutPath) }
    }

    /// All pages that the caller may see, of the same municipality, period and zone.
    func pages(
        _ current: SitePage,
        _ municipality: ReportedMunicipality,
        _ period: ReportPeriod?,
        _ zone: String?,
        _ caller: Access.Caller
    ) -> [ReportNavigation.Link] {
        let field = ReportNavigation.Field(name: "municipality", value: municipality.number)
        return SitePage.allCases.filter { $0.isInBar && $0.isOpen(to: caller) }.map { page in
            let navigation = ReportNavigation(path: page.rawValue, fields: [field])
            let period = page.hasPeriod ? period : nil
            let path = period.map { navigation.path(period: $0, zone: zone) } ?? navigation.address
            return .init(title: page.title, path: path, isCurrent: page == current.barPage)
        }
    }

    private func downloads(_ asked: Asked, _ section: SitePage, _ query: Query) -> [ReportNavigation.Link] {
        func link(_ file: ReportFile, _ title: String, _ more: [ReportNavigation.Field] = []) -> ReportNavigation.Link {
            var fields = [ReportNavigation.Field(name: "municipality", value: asked.municipality.number)] + more
            if file == .pdf, let name = section.fileName { fields += [.init(name: Pages.sectionField, value: name)] + Pages.choice(section, query) }
            let address = ReportNavigation(path: ReportFile.path + file.rawValue, fields: fields).path(period: asked.period, zone: asked.zone)
            // A page of its own there is as PDF alone.
            return .init(title: file == .pdf || section == .load ? title : "\(title) (hele rapporten)", path: address)
        }
        return ReportFile.allCases.filter { $0 != .pdf || face.pdf != nil }.flatMap { file in
            let others = file == .csv ? [link(file, "CSV for programmer", [.init(name: Pages.dialectField, value: ReportTable.Dialect.rfc4180.rawValue)])] : []
            return [link(file, file.title)] + others
        }
    }

    /// The zone asked for; nil for all that the caller may see together.
    ///
    /// - Parameter isOne: who is bound to zones sees one at a time.
    func zone(_ query: Query, _ caller: Access.Caller, _ municipality: ReportedMunicipality, isOne: Bool = true) throws(Problem) -> String? {
        if let asked = try query.zone() {
            // First whether it is within reach: who is bound to zones is not told which others there are.
            if let allowed = caller.zones, !allowed.contains(asked) { throw .forbidden }
            guard municipality.zones.contains(where: { $0.id == asked }) || asked == ZonePlan.unknownZone else {
                throw .badParameter("zone", "\(municipality.name) has no zone «\(asked)»")
            }
            return asked
        }
        return isOne ? caller.zones?.first : nil
    }

    private func links(_ current: ReportedMunicipality, _ section: SitePage, _ caller: Access.Caller) -> [ReportNavigation.Link] {
        let visible = municipalities.filter { caller.mayRead(municipality: $0.number) }
        guard visible.count > 1 else { return [] }
        return visible.map {
            .init(title: $0.name, path: "\(section.rawValue)?municipality=\($0.number)", isCurrent: $0.number == current.number)
        }
    }
}
