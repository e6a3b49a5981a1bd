import Telemetry

/// All findings of one run, as text for people and as JSON for programs.
package struct Diagnosis: Sendable {
    package private(set) var findings: [Finding] = []

    package init() {}

    package mutating func add(_ findings: [Finding]) { self.findings += findings }

    /// Whether something would be lost: what exit code 1 stands for.
    package var isIll: Bool { findings.contains { $0.severity >= .warning } }

    package func count(_ severity: Severity) -> Int { findings.count { $0.severity == severity } }

    /// Lines grouped by subject, in the order of the subjects; marks are words, so that no colour is needed.
    package var lines: [String] {
        var lines: [String] = []
        for subject in Subject.allCases {
            let ofSubject = findings.filter { $0.subject == subject }
            if ofSubject.isEmpty { continue }
            lines.append(subject.title)
            for finding in ofSubject {
                let mark = finding.severity.rawValue
                lines.append("  \(mark)\(String(repeating: " ", count: 8 - mark.utf8.count))\(finding.found)")
                if let loss = finding.loss { lines.append("          lost: \(loss)") }
                if let mend = finding.mend { lines.append("          mend: \(mend)") }
            }
        }
        lines.append(summary)
        return lines
    }

    private var summary: String {
        func counted(_ severity: Severity) -> String {
            let count = count(severity)
            return "\(count) \(severity.rawValue)\(count == 1 ? "" : "s")"
        }
        return "\(counted(.error)), \(counted(.warning)), \(counted(.note)), \(count(.ok)) ok"
    }

    /// One object: counts, and the findings in the order they were made.
    package var json: [UInt8] {
        var json = JSONText()
        json.object { json in
            json.member("errors", Int64(count(.error)))
            json.member("warnings", Int64(count(.warning)))
            json.member("notes", Int64(count(.note)))
            json.array("findings", findings) { json, finding in
                json.object { json in
                    json.member("severity", finding.severity.rawValue)
                    json.member("subject", finding.subject.rawValue)
                    json.member("found", finding.found)
                    json.member("loss", finding.loss)
                    json.member("mend", finding.mend)
                }
            }
        }
        return json.bytes
    }
}
