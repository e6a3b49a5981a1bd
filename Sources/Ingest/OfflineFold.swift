package import Store

/// Folds the journal into the views without a broker, for `rebuild` and `import`.
///
/// Receipts that were never acknowledged are put into the outbox: the service sends them when it starts.
package final class OfflineFold {
    /// Messages folded between two transactions of the views.
    static let commitEvery = 4000

    private let folding: Folding
    private let views: Views
    private let outbox: Outbox
    private let receiptedBefore: Int64
    private var uncommitted = 0

    package var position: Int64 { folding.position }
    package var counts: Folding.Counts { folding.counts }

    package init(settings: Folding.Setup, journal: Journal, views: Views) throws {
        folding = try Folding(setup: settings, hashKey: journal.hashKey, views: views)
        self.views = views
        outbox = Outbox(stored: try views.stored().outbox, folded: folding.position)
        receiptedBefore = journal.receipted
    }

    /// Folds all that the journal has beyond the views.
    package func catchUp(_ reader: JournalReader, progress: (Int64) -> Void) throws {
        while true {
            let messages = try reader.messages(after: folding.position)
            if messages.isEmpty { break }
            for message in messages { fold(message) }
            uncommitted += messages.count
            if uncommitted >= OfflineFold.commitEvery { try commit() }
            progress(folding.position)
        }
        try commit()
    }

    private func fold(_ message: JournalMessage) {
        guard let (topic, payload) = folding.fold(message), message.position > receiptedBefore else { return }
        _ = outbox.add(
            position: message.position,
            topic: topic,
            payload: payload,
            correlation: message.correlation
        )
    }

    private func commit() throws {
        uncommitted = 0
        if let commit = folding.takeCommit(outbox: outbox.pending) { try views.write(commit) }
    }
}
