import Foundation
import Testing

extension SystemTests {
    /// `vaktlast report` with the shipped configuration of Gjøvik and a simulated fortnight.
    @Suite("The report's files")
    struct ReportCommandTests {
        /// A configuration folder with data of the days before 1 November 2026.
        private func reported() throws -> String {
            let folder = try Folder.new("report")
            let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            try FileManager.default.copyItem(atPath: repository.appending(path: "config").path, toPath: "\(folder)/config")
            try Data("instance: t\ndata: ../data\nbroker: {url: \"mqtt://127.0.0.1:1\"}\n".utf8)
                .write(to: URL(fileURLWithPath: "\(folder)/config/vaktlast.yaml"))
            let made = try run([
                "simulate", "\(folder)/config/scenarios/gjovik.yaml", "--days", "14", "--until", "2026-11-01", "--seed", "1", "--out", "\(folder)/e",
            ])
            try #require(made.status == 0, "\(made.output)")
            let taken = try run(["import", "\(folder)/e", "--config", "\(folder)/config", "--municipality", "3407", "--source", "helsevakten"])
            try #require(taken.status == 0, "\(taken.output)")
            return folder
        }

        private func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
            try ChildProcess(Programs.vaktlast(), arguments).waitForOutput()
        }

        @Test("HTML, PDF, workbook, CSV and JSON of one period show the same figures; the PDF is tagged, with bookmarks")
        func formats() throws {
            let folder = try reported()
            defer { try? FileManager.default.removeItem(atPath: folder) }
            func file(_ format: String) throws -> String {
                let path = "\(folder)/report.\(format)"
                let made = try run([
                    "report", "--config", "\(folder)/config", "--municipality", "3407", "--period", "2026-10", "--format", format, "--out", path,
                ])
                try #require(made.status == 0, "\(format): \(made.output)")
                return path
            }
            let json = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: file("json")))) as? [String: Any])
            let tables = try #require(json["tables"] as? [[String: Any]])
            let shares = try #require(tables.first { $0["id"] as? String == "nokkeltall" }?["rows"] as? [[Any]])
            let all = try #require(shares.first { $0[0] as? String == "Framme innen 45 minutter" && $0[1] as? String == "Alle soner" })
            let (numerator, denominator) = (try #require(all[5] as? Double), try #require(all[6] as? Double))
            #expect(denominator > 100 && numerator <= denominator)
            let tenths = Int((1000 * numerator / denominator).rounded())
            let percent = "\(tenths / 10),\(tenths % 10)\u{A0}%"

            let html = try String(contentsOfFile: file("html"), encoding: .utf8)
            #expect(html.contains(percent))
            let csv = String(decoding: try Data(contentsOf: URL(fileURLWithPath: file("csv"))), as: UTF8.self)
            #expect(csv.hasPrefix("\u{FEFF}Om rapporten\r\n") && csv.contains(";\(Int(numerator));\(Int(denominator))\r\n"))
            #expect(try Data(contentsOf: URL(fileURLWithPath: file("xlsx"))).starts(with: Array("PK".utf8)))

            let pdf = try file("pdf")
            let about = try ChildProcess("/usr/bin/pdfinfo", [pdf]).waitForOutput().output
            #expect(about.contains(#/Tagged: +yes/#) && about.contains("Gjøvik") && about.contains("A4"), "\(about)")
            let text = try ChildProcess("/usr/bin/pdftotext", ["-layout", pdf, "-"]).waitForOutput().output
            #expect(text.contains(percent) || text.contains(percent.replacing("\u{A0}", with: " ")), "\(text.prefix(2000))")
            #expect(!text.contains("\u{2060}") && !text.contains("\u{200B}"), "what is found and copied holds nothing but what is seen")
            // A figure behind a dash, such as the end of an interval, is found again.
            let ends = html.matches(of: #/–\u{2060}(\d[\d,]*\d)\u{A0}%/#).map { String($0.output.1) }
            #expect(ends.count > 5 && ends.allSatisfy(text.contains), "\(ends.filter { !text.contains($0) })")
            #expect(try Data(contentsOf: URL(fileURLWithPath: pdf)).range(of: Data("/Outlines".utf8)) != nil)
        }

        @Test("the council's sheet is one sheet of A4; an external edition of a zone is refused with the reason and the way out")
        func sheet() throws {
            let folder = try reported()
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let report = ["report", "--config", "\(folder)/config", "--municipality", "3407", "--period", "2026-10", "--section", "sammendrag"]
            for more in [[], ["--external"]] {
                let made = try run(report + more + ["--format", "pdf", "--out", "\(folder)/ark.pdf"])
                #expect(made.status == 0, "\(made.output)")
                let about = try ChildProcess("/usr/bin/pdfinfo", ["\(folder)/ark.pdf"]).waitForOutput().output
                #expect(about.contains(#/Pages: +1\n/#), "\(about)")
            }
            let zone = try run(report + ["--external", "--zone", "biri"])
            #expect(zone.status != 0 && zone.output.contains("--zone biri with --external") && zone.output.contains("leave --zone out"), "\(zone.output)")
            // The sources are the whole municipality's, and in its edition alone.
            for (more, tellsSources) in [([], true), (["--zone", "biri"], false)] {
                let made = try run(report.dropLast(2) + more + ["--format", "csv"])
                #expect(made.status == 0 && made.output.contains("helsevakten;") == tellsSources, "\(made.output)")
            }
        }

        @Test("an external report of a week, a quarter or a year says what it tells beside those of months; one of a month says nothing")
        func kindsOfPeriod() throws {
            let folder = try reported()
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let report = ["report", "--config", "\(folder)/config", "--municipality", "3407", "--format", "json", "--out", "\(folder)/r.json", "--period"]
            func warnings(_ period: String, _ more: String...) throws -> [Substring] {
                let made = try run(report + [period] + more)
                #expect(made.status == 0, "\(made.output)")
                return made.output.split(separator: "\n").filter { $0.hasPrefix("warning: ") }
            }
            for (period, told) in [
                ("2026-W42", "an external report of a week can be taken from that of the month around it"),
                ("2026-Q4", "if external reports of months have been given out, they can be taken from this one of a quarter"),
                ("2026", "if external reports of months or quarters have been given out, they can be taken from this one of a year"),
            ] {
                let lines = try warnings(period, "--external")
                #expect(lines.count == 1 && lines[0].contains(told) && lines[0].contains("give out one kind of period alone"), "\(lines)")
                #expect(try warnings(period).isEmpty)
            }
            #expect(try warnings("2026-10", "--external").isEmpty)
        }

        @Test("an unknown table, and a table of another format, are refused with what there is")
        func refusals() throws {
            let folder = try reported()
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let report = ["report", "--config", "\(folder)/config", "--municipality", "3407", "--period", "2026-10"]
            let unknown = try run(report + ["--format", "csv", "--table", "lønn"])
            #expect(unknown.status == 1 && unknown.output.contains("lønn") && unknown.output.contains("bemanning"), "\(unknown.output)")
            let wrong = try run(report + ["--format", "json", "--table", "bemanning"])
            #expect(wrong.status == 2 && wrong.output.contains("--format csv"), "\(wrong.output)")
            let one = try run(report + ["--format", "csv", "--table", "bemanning", "--dialect", "rfc4180"])
            #expect(one.status == 0 && one.output.hasPrefix("Sone,Vakt,Timer i turnus (t)"), "\(one.output.prefix(200))")
        }
    }
}
