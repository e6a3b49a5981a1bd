import Ingest

/// What pump and keepers tell about themselves, as Prometheus text.
enum Metrics {
    static func text(
        _ status: PumpStatus.Snapshot,
        instance: String,
        isStaffingRefused: Bool,
        isPlanningRefused: Bool,
        isAccessLogBroken: Bool
    ) -> String {
        let rows: [(name: String, kind: String, help: String, value: Int64)] = [
            ("vaktlast_ready", "gauge", "1 when sessions and store are up", status.isReady ? 1 : 0),
            ("vaktlast_messages_total", "counter", "Messages journaled since the start", status.messages),
            ("vaktlast_commits_total", "counter", "Journal transactions since the start", status.commits),
            ("vaktlast_ignored_total", "counter", "Messages on reserved or unread topics, not journaled", status.ignored),
            ("vaktlast_events_accepted_total", "counter", "Events accepted since the start", status.accepted),
            ("vaktlast_events_duplicate_total", "counter", "Duplicates since the start", status.duplicates),
            ("vaktlast_events_rejected_total", "counter", "Events rejected since the start", status.rejected),
            ("vaktlast_journal_position", "gauge", "Position of the last journaled message", status.journalPosition),
            ("vaktlast_fold_position", "gauge", "Position of the last folded message", status.foldPosition),
            ("vaktlast_views_position", "gauge", "Position the views stand for", status.viewPosition),
            ("vaktlast_queue_bytes", "gauge", "Payload waiting for the fold", Int64(status.queuedBytes)),
            ("vaktlast_receipts_pending", "gauge", "Receipts the broker has not acknowledged", Int64(status.receiptsPending)),
            ("vaktlast_connects_total", "counter", "Connections tried to the broker", status.reconnects),
            ("vaktlast_canaries_total", "counter", "Messages of our own that came back through the broker", status.canaries),
            ("vaktlast_lanes_stuck", "gauge", "Sessions that are connected and deliver nothing", Int64(status.lanesStuck)),
            ("vaktlast_devices_watched", "gauge", "Registered devices that are to be heard within a known time", Int64(status.devicesWatched)),
            ("vaktlast_devices_overdue", "gauge", "Of them, those silent for longer", Int64(status.devicesOverdue)),
            ("vaktlast_devices_unknown", "gauge", "Of them, those of whom nobody can say yet", Int64(status.devicesUnknown)),
            ("vaktlast_outages", "gauge", "Sources and zones of which many devices fell silent together", Int64(status.outages)),
            ("vaktlast_batteries_low", "gauge", "Registered devices with a low battery", Int64(status.batteriesLow)),
            ("vaktlast_registry_refused", "gauge", "1 while a changed registry is broken and the one before in force", status.registryProblem == nil ? 0 : 1),
            ("vaktlast_staffing_refused", "gauge", "1 while a changed file about staffing is broken and the one before in force", isStaffingRefused ? 1 : 0),
            (
                "vaktlast_planning_refused", "gauge", "1 while a changed file about goals or plans is broken and the one before in force",
                isPlanningRefused ? 1 : 0
            ),
            ("vaktlast_access_log_broken", "gauge", "1 when the last look found an entry changed or missing", isAccessLogBroken ? 1 : 0),
            ("vaktlast_journal_failing", "gauge", "1 while the journal cannot be written", status.journalProblem == nil ? 0 : 1),
            ("vaktlast_views_failing", "gauge", "1 while the views cannot be written", status.viewsProblem == nil ? 0 : 1),
        ]
        return text(rows, instance: instance)
    }

    /// What became of scheduled reports; nothing where none are scheduled.
    static func text(_ reports: ReportClerk.Status?, instance: String) -> String {
        guard let reports else { return "" }
        return text(
            [
                ("vaktlast_reports_waiting", "gauge", "Scheduled reports that are to be sent", Int64(reports.waiting)),
                ("vaktlast_reports_failing", "gauge", "Of them, those whose last try failed", Int64(reports.failing)),
                ("vaktlast_reports_given_up", "gauge", "Scheduled reports that did not get out in five days", Int64(reports.givenUp)),
                ("vaktlast_reports_skipped", "gauge", "Scheduled reports missed in a downtime and not made up for", Int64(reports.skipped)),
                ("vaktlast_reports_sent_total", "counter", "Scheduled reports sent since the start", reports.sent),
                ("vaktlast_schedule_refused", "gauge", "1 while a changed schedule is broken and the one before in force", reports.isRefused ? 1 : 0),
            ],
            instance: instance
        )
    }

    private static func text(_ rows: [(name: String, kind: String, help: String, value: Int64)], instance: String) -> String {
        rows.map { row in
            """
            # HELP \(row.name) \(row.help)
            # TYPE \(row.name) \(row.kind)
            \(row.name){instance="\(instance)"} \(row.value)

            """
        }.joined()
    }
}
