/// The running service, as it answers over HTTP.
package struct ServiceFacts: Sendable {
    /// `host:port`.
    package var address: String
    package var isAnswering: Bool
    /// What `/readyz` said.
    package var readyStatus: Int?
    package var readyText: String = ""
    /// By name, without labels.
    package var metrics: [String: Int64] = [:]
    /// Who the lock of the data folder names, if that process lives.
    package var lockHolder: String?
    /// It has run before: there is a journal.
    package var hasRunBefore = false
    package var hasCanary = true

    package init(address: String, isAnswering: Bool) {
        self.address = address
        self.isAnswering = isAnswering
    }

    package var findings: [Finding] { isAnswering ? runningFindings : downFindings }

    private var downFindings: [Finding] {
        if let lockHolder {
            return [
                .error(
                    .service,
                    "\(lockHolder) holds the data folder, and nothing answers on \(address)",
                    loss: "if it hangs, nothing is read; pages and API are away",
                    mend: "look at its log; http.port in the configuration it was started with may be another"
                )
            ]
        }
        guard hasRunBefore else { return [.note(.service, "not running on \(address), and never has on this data folder")] }
        return [
            .warning(
                .service,
                "not running: nothing answers on \(address), and nobody holds the data folder",
                loss: "alarms wait in the broker's queue until it is full; nobody sees them here",
                mend: "start it: systemctl start vaktlast, or vaktlast serve --config DIR"
            )
        ]
    }

    private var runningFindings: [Finding] {
        var findings: [Finding] = []
        if readyStatus == 200 {
            findings.append(.ok(.service, "answers on \(address) and is ready: both sessions read, the store takes what comes"))
        } else {
            findings.append(
                .error(
                    .service,
                    "answers on \(address), but /readyz is \(readyStatus.map(String.init) ?? "silent"): \(readyText)",
                    loss: "nothing is read or nothing is kept until this is mended; alarms wait at the broker",
                    mend: "as it says; findings on broker and data folder below may name the cause"
                )
            )
        }
        func failing(_ name: String, _ found: String, loss: String, mend: String) {
            guard let value = metrics[name], value > 0 else { return }
            findings.append(.error(.service, "\(found) (\(name) \(value))", loss: loss, mend: mend))
        }
        failing(
            "vaktlast_lanes_stuck",
            "a session is connected and delivers nothing",
            loss: "alarms wait at the broker",
            mend: "it connects again by itself; if it comes back, restart the broker and take mosquitto 2.0.13 or later"
        )
        failing(
            "vaktlast_journal_failing",
            "the journal cannot be written",
            loss: "nothing is acknowledged: alarms wait at the broker",
            mend: "free space and owner of the data folder; it goes on by itself"
        )
        failing(
            "vaktlast_views_failing",
            "the views cannot be written",
            loss: "nothing for good; pages and receipts stand still",
            mend: "free space and owner of the data folder; it goes on by itself"
        )
        return findings + figureFindings
    }

    private var figureFindings: [Finding] {
        var findings: [Finding] = []
        if hasCanary, readyStatus == 200, metrics["vaktlast_canaries_total"] == 0 {
            findings.append(
                .warning(
                    .service,
                    "no canary has come back since it started (vaktlast_canaries_total 0)",
                    loss: "a stuck session is not noticed: alarms wait unread",
                    mend: "let the service write and read vaktlast/v1/0000/service/# (ACL); if it has just started, ask again"
                )
            )
        }
        if !hasCanary {
            findings.append(
                .warning(
                    .service,
                    "broker.canarySeconds is 0: no canary is sent",
                    loss: "a stuck session is not noticed: alarms wait unread",
                    mend: "broker.canarySeconds 60 in vaktlast.yaml"
                )
            )
        }
        if let connects = metrics["vaktlast_connects_total"] {
            // Two lanes connect once each.
            let again = max(0, connects - 2)
            findings.append(
                again == 0
                    ? .ok(.service, "both sessions stand since its start") : .note(.service, "it connected again \(again) times since its start, or tried to")
            )
        }
        if let pending = metrics["vaktlast_receipts_pending"], pending > 0 {
            findings.append(.note(.service, "\(pending) receipts are not acknowledged by the broker yet"))
        }
        return findings
    }
}
