/// The data folder: room, growth, files.
package struct StoreFacts: Sendable {
    /// What the journal took in over the last days.
    package struct Growth: Sendable {
        package var messages: Int64
        package var bytes: Int64
        package var days: Double

        package init(messages: Int64, bytes: Int64, days: Double) {
            self.messages = messages
            self.bytes = bytes
            self.days = days
        }
    }

    package var folder: String
    package var exists = true
    /// Permission bits, e.g. 0o750.
    package var permissions: Int?
    package var isWritable = true
    package var freeBytes: Int64?
    package var journalBytes: Int64 = 0
    package var viewsBytes: Int64 = 0
    package var journalPosition: Int64?
    package var viewsPosition: Int64?
    package var growth: Growth?
    package var quarantined: Int64 = 0
    package var quarantinedLastDay: Int64 = 0
    package var messagesLastDay: Int64 = 0
    /// What cannot be read, in the words of the store.
    package var problems: [String] = []
    /// By file: what SQLite's check said, empty when all is well; a file not checked is missing.
    package var checks: [String: [String]] = [:]
    package var isServiceRunning = false

    static let freeBytesMin: Int64 = 1 << 30
    static let daysLeftMin = 7.0
    static let daysLeftWarning = 30.0
    static let viewsBehindMax: Int64 = 10_000

    package init(folder: String) { self.folder = folder }

    package var findings: [Finding] {
        guard exists else { return [.note(.store, "\(folder) is not there yet: the service makes it when it starts")] + roomFindings }
        return permissionFindings + roomFindings + fileFindings + positionFindings + quarantineFindings
    }

    private var permissionFindings: [Finding] {
        var findings: [Finding] = []
        if let permissions, permissions & 0o007 != 0 {
            findings.append(
                .warning(
                    .store,
                    "\(folder) is open to every user of this machine (\(String(permissions, radix: 8)))",
                    loss: "alarms and who was shown them are health data: others may read them",
                    mend: "chmod o= \(folder)"
                )
            )
        }
        if !isWritable {
            findings.append(.note(.store, "\(folder) is not writable for the user who runs doctor; for the service's user it must be"))
        }
        return findings
    }

    // MARK: - Room

    private var roomFindings: [Finding] {
        guard let freeBytes else { return [.note(.store, "free space of \(folder) could not be found out")] }
        let free = StoreFacts.words(freeBytes)
        let loss = "with a full disk nothing is acknowledged: alarms wait at the broker, and centrals at the end"
        let mend = "more room, or another folder for data in vaktlast.yaml"
        guard let growth, growth.days > 0, growth.bytes > 0 else {
            if freeBytes < StoreFacts.freeBytesMin { return [.warning(.store, "\(free) free in \(folder)", loss: loss, mend: mend)] }
            return [.ok(.store, "\(free) free in \(folder); no growth to hold against it yet")]
        }
        let perDay = Double(growth.bytes) / growth.days
        let daysLeft = Double(freeBytes) / perDay
        let left = daysLeft > 3650 ? "more than ten years" : "\(Int(daysLeft)) days"
        let found = "\(free) free in \(folder); journal and views grow by \(StoreFacts.words(Int64(perDay))) a day: enough for \(left)"
        if daysLeft < StoreFacts.daysLeftMin { return [.error(.store, found, loss: loss, mend: mend)] }
        if daysLeft < StoreFacts.daysLeftWarning || freeBytes < StoreFacts.freeBytesMin {
            return [.warning(.store, found, loss: loss, mend: mend)]
        }
        return [.ok(.store, found)]
    }

    /// Bytes for people: the largest unit that leaves at least one.
    package static func words(_ bytes: Int64) -> String {
        let units = ["B", "KiB", "MiB", "GiB", "TiB"]
        var value = Double(max(bytes, 0))
        var unit = 0
        while value >= 1024, unit < units.count - 1 {
            value /= 1024
            unit += 1
        }
        return unit == 0 ? "\(Int(value)) B" : "\((value * 10).rounded(.down) / 10) \(units[unit])"
    }

    // MARK: - Files

    private var fileFindings: [Finding] {
        var findings: [Finding] = problems.map {
            .error(
                .store,
                $0,
                loss: "the service may not start, or doctor may not look: what the journal holds is in doubt",
                mend:
                    "run doctor as the service's user; if the file is damaged, restore the backup (journal.db) or delete it with the service stopped (views.db)"
            )
        }
        for (file, said) in checks.sorted(by: { $0.key < $1.key }) {
            guard let first = said.first else {
                findings.append(.ok(.store, "\(file): SQLite finds it whole"))
                continue
            }
            let isJournal = file == "journal.db"
            findings.append(
                .error(
                    .store,
                    "\(file) is damaged: \(first)\(said.count > 1 ? ", and \(said.count - 1) more" : "")",
                    loss: isJournal ? "messages that were acknowledged: the journal is the only copy" : "nothing for good: views are made from the journal",
                    mend: isJournal
                        ? "stop the service, keep the file, restore the backup or save what can be read: sqlite3 journal.db .recover"
                        : "stop the service, delete views.db, start it again (or vaktlast rebuild)"
                )
            )
        }
        return findings
    }

    private var positionFindings: [Finding] {
        guard let journalPosition else { return [] }
        let behind = journalPosition - (viewsPosition ?? 0)
        if behind <= 0 { return [.ok(.store, "journal and views at position \(journalPosition)")] }
        let found = "views are \(behind) messages behind the journal (position \(journalPosition))"
        if isServiceRunning, behind > StoreFacts.viewsBehindMax {
            return [
                .warning(
                    .store,
                    found,
                    loss: "nothing for good; receipts, pages and the live board are late",
                    mend: "look at the service's log and at vaktlast_views_failing in /metrics; wait if it has just started"
                )
            ]
        }
        return [.note(.store, found + (isServiceRunning ? "" : ": folded when the service starts"))]
    }

    private var quarantineFindings: [Finding] {
        guard quarantined > 0 else { return [] }
        let found = "\(quarantined) events in quarantine, \(quarantinedLastDay) of the last day with messages"
        // More than one in a hundred messages.
        guard quarantinedLastDay * 100 > messagesLastDay else { return [.note(.store, found, mend: "vaktlast quarantine list")] }
        return [
            .warning(
                .store,
                "\(found) (\(messagesLastDay) messages)",
                loss: "what was refused is not counted: alarms may be missing in load and report",
                mend: "vaktlast quarantine list --municipality …; tell the central the reasons"
            )
        ]
    }
}
