import Files
import Reports
import Schedules
import Testing

@Suite("schedule.yaml")
struct ScheduleFileTests {
    private func read(_ text: String, hasMail: Bool = true) throws(FileError) -> [ReportSchedule] {
        try ReportSchedule.read(yaml: text, file: "/etc/vaktlast/3407/schedule.yaml", zones: ["biri", "haugtun"], languages: ["nb", "nn"], hasMail: hasMail)
    }

    @Test("every key is read, and what is left out has its default")
    func whole() throws {
        let schedules = try read(
            """
            reports:
              - name: maaned
                every: month
                day: 1
                at: 06:30
                formats: [pdf, xlsx]
                external: true
                language: nn
                folder: ../rapporter
                mail: {to: [leder@kommune.no, Rad@kommune.no], subject: "Måneden"}
              - {name: uke-biri, every: week, weekday: monday, at: "07:00", zone: biri, section: maal, folder: /srv/r}
              - {name: kvartal, every: month, day: last, at: "23:59", period: quarter, folder: /srv/r, formats: [csv]}
              - {name: dag, every: day, at: "00:00", folder: /srv/r}
            """
        )
        #expect(schedules.map(\.name) == ["maaned", "uke-biri", "kvartal", "dag"])
        #expect(schedules.map(\.rhythm) == [.monthly(day: 1), .weekly(weekday: 1), .monthly(day: 31), .daily])
        #expect(schedules.map(\.atMinutes) == [390, 420, 1439, 0] && schedules.map(\.periodKind) == [.month, .week, .quarter, .day])
        #expect(schedules[0].formats == [.pdf, .xlsx] && schedules[0].isExternal && schedules[0].folder == "/etc/vaktlast/rapporter")
        #expect(schedules.map(\.language) == ["nn", nil, nil, nil])
        #expect(schedules[0].mail == .init(to: ["leder@kommune.no", "Rad@kommune.no"], subject: "Måneden"))
        #expect(schedules[1].zone == "biri" && schedules[1].section == .maal && schedules[1].formats == [.pdf] && !schedules[1].isExternal)
        #expect(try read("reports: []").isEmpty)
    }

    static let wrong: [(entry: String, says: String)] = [
        ("name: x, every: month, at: '06:30', folder: /r", ":2: reports[1].day: missing"),
        ("name: x, every: week, at: '06:30', folder: /r", "reports[1].weekday: missing"),
        ("name: x, every: day, day: 3, at: '06:30', folder: /r", "reports[1].day: \"3\": goes with every: month"),
        ("name: x, every: week, weekday: mandag, at: '06:30', folder: /r", "\"mandag\": not an allowed value (allowed: monday"),
        ("name: x, every: month, day: 32, at: '06:30', folder: /r", "\"32\": no day of a month"),
        ("name: x, every: hour, at: '06:30', folder: /r", "\"hour\": not an allowed value (allowed: day, week, month)"),
        ("name: x, every: day, at: '24:00', folder: /r", "\"24:00\": no time of day"), ("name: x, every: day, at: '6:30', folder: /r", "no time of day"),
        ("name: x, every: day, at: '06:30', folder: /r, zone: skogen", "\"skogen\": no zone of the municipality (its zones: biri, haugtun)"),
        ("name: x, every: day, at: '06:30'", "goes nowhere"), ("name: x, every: day, at: '06:30', folder: /r, formats: [doc]", "\"doc\": not an allowed value"),
        ("name: x, every: day, at: '06:30', folder: /r, formats: [pdf, pdf]", "reports[1].formats[2]"),
        ("name: x, every: day, at: '06:30', folder: /r, section: maal, formats: [xlsx]", "maal is a page"),
        ("name: x, every: day, at: '06:30', folder: /r, section: framskriving, zone: biri", "the whole municipality's"),
        ("name: x, every: month, day: 1, at: '06:30', folder: /r, zone: biri, external: true", ":2: reports[1].zone: \"biri\": goes not with external"),
        ("name: x, every: day, at: '06:30', mail: {to: [leder]}", "\"leder\": not a mail address"),
        ("name: x, every: day, at: '06:30', folder: /r, language: dansk", "reports[1].language: \"dansk\": not an allowed value (allowed: nb, nn)"),
        ("name: x, every: day, at: '06:30', mail: {to: []}", "an empty list"), ("name: x, every: day, at: '06:30', mail: {subject: x}", "mail.to: missing"),
        ("name: x, every: day, at: '06:30', mail: {to: [a@b.no], subject: \"a\\r\\nBcc: x@y.no\"}", "control character"),
        ("name: Å, every: day, at: '06:30', folder: /r", "not an id"), ("name: x, every: day, at: '06:30', folder: /r, hour: 3", "unknown key"),
    ]

    @Test("what is wrong is told with line, key, value and way out", arguments: wrong)
    func problems(row: (entry: String, says: String)) {
        let error = #expect(throws: FileError.self) { try read("reports:\n  - {\(row.entry)}\n") }
        #expect(error?.description.contains(row.says) == true, "\(error?.description ?? "")")
    }

    @Test("a name stands once, and mail needs a server")
    func others() {
        let twice = #expect(throws: FileError.self) {
            try read("reports:\n  - {name: x, every: day, at: '06:30', folder: /r}\n  - {name: x, every: day, at: '06:30', folder: /r}\n")
        }
        #expect(twice?.description.contains("schedule.yaml:3: reports[2].name: \"x\": used twice") == true)
        let mail = #expect(throws: FileError.self) { try read("reports:\n  - {name: x, every: day, at: '06:30', mail: {to: [a@b.no]}}\n", hasMail: false) }
        #expect(mail?.description.contains("add smtp:") == true)
    }
}
