import Languages
import HTTPTypes
import Reports
import Staffing
import Store
import Telemetry
import Workload

/// Load against staffing, and what would be if something were otherwise.
extension Pages {
    /// A what-if leaves out what the page has told already, so that it is answered at once; of today's roster both say the same.
    private static let whatIfEffort =
        StaffingEffort(replays: StaffingEffort.page.replays, searchCallOutsMax: 0, comparesMends: false, comparesPooling: false)

    func staffing(_ query: Query, _ caller: Access.Caller) async throws -> Page {
        // Read first, as for a report.
        let revision = registry.current.revision
        let municipality = try municipality(query, caller)
        let zone = try zone(query, caller, municipality)
        let asked = AskedPeriod(query, caller, now: face.now())
        let period = try asked.period ?? caller.period(latestPeriod(municipality), now: face.now())
        let zones = municipality.zones.filter { zone == nil || $0.id == zone }.map { StaffingAnalysis.Zone(id: $0.id, name: $0.name) }
        var form: WhatIfForm?
        if municipality.roster != nil, !zones.isEmpty {
            let named = WhatIfForm.zoneBeginnings.flatMap { beginning in query.ticks(beginning).map { beginning + $0 } }
            form = WhatIfForm(zones: zones, settings: municipality.staffing, names: named) { query[$0] }
        }
        var navigation = navigation(.staffing, municipality, caller)
        let plainPath = navigation.path(period: period, zone: zone)
        let answerPath = ReportNavigation.address(
            SitePage.staffing.rawValue,
            navigation.fields + [.init(name: "period", value: period.description)] + (zone.map { [.init(name: "zone", value: $0)] } ?? [])
                + (form?.fields ?? [])
        )
        // A form brings its empty fields too, and a period by its parts: the address to be shared is the short one.
        let isSent = query[WhatIfForm.sentField] != nil
        let isWhole = form.map { $0.problems.isEmpty && !$0.hasOtherZones } ?? true
        if asked.message == nil, asked.isChosen || isSent, isWhole { return Page(location: answerPath) }
        navigation.message = asked.message(insteadOf: period)
        navigation.zones = caller.zones
        navigation.canChooseAllZones = caller.zones == nil
        navigation.fields += form?.fields ?? []
        navigation.pages = pages(.staffing, municipality, period, zone, caller)
        navigation.scriptPath = Pages.formScriptAddress
        if municipality.roster != nil { navigation.downloads = staffingDownloads(municipality, period, zone) }
        let (views, now) = (try views.frozen(), face.now())
        let position = try views.position()
        var shorter: [ReportNavigation.Link] = []
        var message = municipality.roster == nil ? "Det er ikke lagt inn turnus for kommunen. \(Report.askForRoster) Da kan den spilles mot utrykningene." : nil
        var (analysis, answer): (StaffingAnalysis?, StaffingAnalysis?)
        var mostOut: ShiftRow?
        do {
            if zone == nil { try requireAnswerable(period, municipality, views: views, now: now) }
            let (input, report) = try await Pages.aside { try municipality.staffingInput(period: period, zone: zone, views: views, now: now) }.value
            // What the report of the same period leads with; where none is kept it is made meanwhile, for it rests on the same rows.
            let question = ReportDesk.Question(municipality.number, revision, period, zone, of: .load, to: caller.zones)
            let known = await reports.remembered(question, now: now, position: position)
            async let told = Pages.aside { municipality.roster == nil ? nil : caller.told(known ?? Report(report)).staffing.mostOut }
            let today = try await staffing.recentAnalysis(input, effort: .page)
            analysis = caller.told(today.analysis)
            mostOut = try await told.value
            if let whatIf = form?.whatIf {
                var changed = today.input
                changed.alternatives = []
                changed.whatIfs = [whatIf]
                answer = caller.told(try await staffing.analysis(changed, effort: Pages.whatIfEffort))
            }
        } catch StaffingDesk.Refusal.busy {
            message = "Mange beregninger pågår akkurat nå. Prøv igjen om noen sekunder."
        } catch StaffingDesk.Refusal.tooLarge(let callOuts) {
            let way = zone == nil ? "Velg en kortere periode eller én sone." : "Velg en kortere periode."
            message = "\(Norwegian.count(callOuts)) alarmer er for mange til å regne på mens du venter. \(way)"
            navigation.downloads = []
            shorter = try answerable(period, zone, municipality, navigation, caller, views: views, now: now)
        }
        let page = StaffingSitePage(
            municipalityName: municipality.name,
            municipalityNumber: municipality.number,
            zones: municipality.zones.map { .init(id: $0.id, name: $0.name) },
            zone: zone,
            period: period,
            analysis: analysis,
            mostOut: mostOut,
            form: form,
            answer: answer,
            answerPath: answerPath,
            plainPath: plainPath,
            dataUntil: try views.dataBounds(municipality: municipality.number).map { min(face.now(), $0.upperBound) },
            leftOut: form?.hasOtherZones == true ? WhatIfForm.otherZonesText : nil,
            message: message,
            shorter: shorter
        )
        return Page(
            body: Array(page.html(navigation: navigation, style: .linked(Pages.styleAddress)).utf8),
            position: analysis?.position ?? position,
            status: asked.message == nil ? .ok : .badRequest
        )
    }

    /// Of a year that cannot be answered all is not read for nothing.
    private func requireAnswerable(_ period: ReportPeriod, _ municipality: ReportedMunicipality, views: ViewsReader, now: EventTime) throws {
        let alarms = try municipality.staffingAlarmCount(period: period.bounds(), zones: nil, views: views, now: now)
        guard StaffingDesk.bounded(.page, alarms: alarms, changes: municipality.alternatives.count) != nil else {
            throw StaffingDesk.Refusal.tooLarge(callOuts: alarms)
        }
    }

    /// The same page of what can be worked out of a period that is too much at once: its quarters or months, and each zone alone.
    private func answerable(
        _ period: ReportPeriod,
        _ zone: String?,
        _ municipality: ReportedMunicipality,
        _ navigation: ReportNavigation,
        _ caller: Access.Caller,
        views: ViewsReader,
        now: EventTime
    ) throws -> [ReportNavigation.Link] {
        func isAnswerable(_ alarms: Int) -> Bool { StaffingDesk.bounded(.page, alarms: alarms, changes: municipality.alternatives.count) != nil }
        let parts = period.parts.filter { caller.maySee($0, now: now) && $0.bounds().lowerBound < now }
        let zones = zone == nil ? municipality.zones.filter { caller.zones?.contains($0.id) ?? true } : []
        let ofParts = try parts.filter { part in
            isAnswerable(try municipality.staffingAlarmCount(period: part.bounds(), zones: zone.map { [$0] }, views: views, now: now))
        }.map { ReportNavigation.Link(title: $0.title, path: navigation.path(period: $0, zone: zone)) }
        let ofZones = try zones.filter { zone in
            isAnswerable(try municipality.staffingAlarmCount(period: period.bounds(), zones: [zone.id], views: views, now: now))
        }.map { ReportNavigation.Link(title: $0.name, path: navigation.path(period: period, zone: $0.id)) }
        return ofParts + ofZones
    }

    /// What the page shows of today's roster, as a file; of Excel there is the whole report, with the same figures in its sheets.
    private func staffingDownloads(_ municipality: ReportedMunicipality, _ period: ReportPeriod, _ zone: String?) -> [ReportNavigation.Link] {
        ReportFile.allCases.filter { $0 != .pdf || face.pdf != nil }.map { file in
            var fields = [ReportNavigation.Field(name: "municipality", value: municipality.number)]
            if file != .xlsx { fields.append(.init(name: Pages.sectionField, value: SitePage.staffing.fileName ?? "")) }
            let address = ReportNavigation(path: ReportFile.path + file.rawValue, fields: fields).path(period: period, zone: zone)
            return .init(title: file == .xlsx ? "\(file.title) (hele rapporten)" : file.title, path: address)
        }
    }

    /// The analysis that the page shows of the same query, in other clothes.
    func staffingFile(
        _ file: ReportFile,
        _ period: ReportPeriod,
        _ query: Query,
        _ caller: Access.Caller,
        _ translator: Translator?
    ) async throws -> File {
        let municipality = try municipality(query, caller)
        let zone = try zone(query, caller, municipality)
        guard municipality.roster != nil else { throw Problem.notFound }
        let input = try municipality.staffingInput(period: period.bounds(), zones: zone.map { [$0] }, views: views, now: face.now())
        let analysis: StaffingAnalysis
        do { analysis = caller.told(try await staffing.recentAnalysis(input, effort: .page).analysis) } catch StaffingDesk.Refusal.busy {
            throw Problem(status: .serviceUnavailable, detail: "Other analyses are being made; ask again in some seconds.")
        } catch StaffingDesk.Refusal.tooLarge {
            throw Problem(status: .unprocessableContent, detail: "The period is too long for a file in time; choose a shorter one.")
        }
        let bytes: [UInt8]
        switch file {
        case .json: bytes = analysis.json
        case .pdf: bytes = try await ReportFile.pdf(of: analysis.paper, by: face.pdf, in: translator)
        case .csv, .xlsx: bytes = Array(analysis.csv.utf8)
        }
        let name = ["vaktlast", municipality.number, SitePage.staffing.fileName, "\(period)", zone].compactMap(\.self).joined(separator: "-")
        return File(bytes: bytes, name: "\(name).\(file.rawValue)", municipality: municipality.number, position: analysis.position)
    }
}
