import Ingest

/// Whatever comes in whatever field, no national identity number reaches the journal.
enum MaskingTarget {
    nonisolated(unsafe) private static let intake = Intake()

    static func check(_ bytes: [UInt8]) {
        guard let message = intake.prepare(Fields(bytes).message, received: 1_791_180_000_000) else { return }
        Journaled.expectMasked(message)
    }
}
