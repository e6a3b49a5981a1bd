package import Files
import Foundation
import Outbound
import Reports
import Workload
import Yams

extension ReportSchedule {
    fileprivate static let required = ["name", "every", "at"]
    fileprivate static let optional = ["day", "weekday", "period", "section", "zone", "formats", "external", "language", "folder", "mail"]
    /// Receivers of one schedule.
    package static let receiversMax = 100

    /// Reads `schedule.yaml`.
    ///
    /// - Parameters:
    ///   - file: its path: relative folders are relative to where it lies.
    ///   - zones: the municipality's zone ids.
    ///   - languages: tags of those that pages can be read in.
    ///   - hasMail: whether a mail server is named: without one nothing can be mailed.
    /// - Throws: `FileError` with line, key, value and way out of each problem.
    package static func read(
        yaml text: String,
        file: String,
        zones: Set<String>,
        languages: [String],
        hasMail: Bool
    ) throws(FileError) -> [ReportSchedule] {
        let folder = (file as NSString).deletingLastPathComponent
        return try YAMLReader.read(text, file: file, beginning: "reports") { reader, node in
            guard let top = reader.mapping(node, at: "", required: ["reports"], optional: []) else { return nil }
            var names: Set<String> = []
            return reader.list(top, "reports", canBeEmpty: true).compactMap { path, node in
                guard let section = reader.mapping(node, at: path, required: required, optional: optional) else { return nil }
                var entry = EntryReader(reader: reader, section: section, node: node)
                defer { reader = entry.reader }
                return entry.schedule(zones, languages, hasMail: hasMail, folder: folder, names: &names)
            }
        }
    }
}

/// Makes a schedule of one entry.
private struct EntryReader {
    private static let weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    private static let kinds: [(word: String, kind: ReportPeriod.Kind)] = [
        ("day", .day), ("week", .week), ("month", .month), ("quarter", .quarter), ("year", .year),
    ]

    var reader: YAMLReader
    let section: YAMLReader.Section
    let node: Node

    private mutating func fail(_ key: String, _ problem: String, _ wayOut: String) {
        let value = section.values[key]
        reader.fail(value ?? node, reader.join(section.path, key), value: value?.string, problem, wayOut)
    }

    private func has(_ key: String) -> Bool { section.values[key] != nil }

    private mutating func choice(_ key: String, _ allowed: [String]) -> String? {
        guard let text = reader.text(section, key) else { return nil }
        if allowed.contains(text) { return text }
        fail(key, "not an allowed value", "allowed: \(allowed.joined(separator: ", "))")
        return nil
    }

    mutating func schedule(_ zones: Set<String>, _ languages: [String], hasMail: Bool, folder: String, names: inout Set<String>) -> ReportSchedule? {
        let name = reader.identifier(section, "name", taken: &names)
        let every = choice("every", ["day", "week", "month"])
        let minutes = reader.text(section, "at").flatMap(EntryReader.minutes)
        if has("at"), minutes == nil { fail("at", "no time of day", "write it as 06:30, local time of Norway") }
        let rhythm = every.flatMap { self.rhythm($0) }
        let period = has("period") ? choice("period", EntryReader.kinds.map(\.word)) : every
        let kind = EntryReader.kinds.first { $0.word == period }?.kind
        let page = has("section") ? choice("section", ReportSection.allCases.map(\.rawValue)) : ReportSection.belastning.rawValue
        let part = page.flatMap(ReportSection.init(rawValue:))
        let formats = formats()
        if let part, part != .belastning, let table = formats.first(where: { !$0.isPage }) {
            fail("formats", "\(part.rawValue) is a page", "html or pdf; the tables of \(table.rawValue) hold all sections")
        }
        let zone = reader.text(section, "zone")
        if let zone, !zones.contains(zone) { fail("zone", "no zone of the municipality", "its zones: \(zones.sorted().joined(separator: ", "))") }
        if zone != nil, part == .framskriving { fail("zone", "projections are the whole municipality's", "leave zone out") }
        let target = reader.text(section, "folder").map { $0.hasPrefix("/") ? $0 : URL(fileURLWithPath: "\(folder)/\($0)").standardizedFileURL.path }
        let mail = mail()
        if has("mail"), !hasMail { fail("mail", "no mail server is named", "add smtp: with url and from to vaktlast.yaml") }
        if !has("folder"), !has("mail") { fail("folder", "goes nowhere", "name a folder:, a mail: or both") }
        let isExternal = reader.flag(section, "external", otherwise: false)
        if zone != nil, isExternal {
            let wayOut = "an external report is of the whole municipality: leave zone out, or external"
            fail("zone", "goes not with external: editions of zones and of the whole could be taken from one another", wayOut)
        }
        let language = has("language") ? choice("language", languages) : nil
        guard let name, let rhythm, let minutes, let part, let kind else { return nil }
        return ReportSchedule(
            name: name,
            rhythm: rhythm,
            atMinutes: minutes,
            periodKind: kind,
            section: part,
            zone: zone,
            formats: formats,
            isExternal: isExternal,
            language: language,
            folder: target,
            mail: mail
        )
    }

    private mutating func rhythm(_ every: String) -> ReportSchedule.Rhythm? {
        if every != "month", has("day") { fail("day", "goes with every: month", "leave it out") }
        if every != "week", has("weekday") { fail("weekday", "goes with every: week", "leave it out") }
        switch every {
        case "week":
            if !has("weekday") { fail("weekday", "missing", "name the weekday, e.g. monday") }
            return choice("weekday", EntryReader.weekdays).flatMap(EntryReader.weekdays.firstIndex).map { .weekly(weekday: $0 + 1) }
        case "month":
            if !has("day") { fail("day", "missing", "1 to 31, or last") }
            guard let text = reader.text(section, "day") else { return nil }
            if text == "last" { return .monthly(day: 31) }
            if let day = Int(text), 1...31 ~= day { return .monthly(day: day) }
            fail("day", "no day of a month", "1 to 31 (of a shorter month its last day), or last")
            return nil
        default: return .daily
        }
    }

    private mutating func formats() -> [ReportFormat] {
        guard has("formats") else { return [.pdf] }
        var found: [ReportFormat] = []
        for (path, node) in reader.list(section, "formats", canBeEmpty: false) {
            guard let format = node.string.flatMap(ReportFormat.init(rawValue:)), !found.contains(format) else {
                let wayOut = "each once of \(ReportFormat.allCases.map(\.rawValue).joined(separator: ", "))"
                reader.fail(node, path, value: node.string, "not an allowed value", wayOut)
                continue
            }
            found.append(format)
        }
        return found
    }

    private mutating func mail() -> ReportSchedule.Mail? {
        guard let node = section.values["mail"] else { return nil }
        let path = reader.join(section.path, "mail")
        guard let section = reader.mapping(node, at: path, required: ["to"], optional: ["subject"]) else { return nil }
        var to: [String] = []
        for (path, node) in reader.list(section, "to", canBeEmpty: false) {
            guard let address = node.string, MailAddress.isAddress(address), !to.contains(where: { $0.lowercased() == address.lowercased() }) else {
                reader.fail(node, path, value: node.string, "not a mail address, or named twice", "an address such as leder@kommune.no; æ, ø and å as xn--")
                continue
            }
            to.append(address)
        }
        let receiversMax = ReportSchedule.receiversMax
        if to.count > receiversMax { reader.fail(node, path, "too many receivers", "at most \(receiversMax): let the mail server have a list") }
        let subject = reader.text(section, "subject")
        if let subject, subject.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) {
            reader.fail(section.values["subject"], "\(path).subject", "holds a control character", "write it in one line")
        }
        return .init(to: to, subject: subject)
    }

    /// `06:30` in minutes.
    private static func minutes(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), hour < 24, minute < 60
        else { return nil }
        return hour * 60 + minute
    }
}
