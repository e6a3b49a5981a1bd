import Foundation
import Ingest
import MQTT
import Store
import Telemetry
import Workload

/// A message the whole way: masked, decoded by both readers, folded twice, answered and quarantined.
///
/// The first byte chooses the topic (two bits) and what the fuzzer's bytes are packed with (two bits); the rest is the
/// payload.
final class MessagesTarget {
    nonisolated(unsafe) static let shared = MessagesTarget()

    private static let received: EventTime = 1_791_180_000_000
    private static let channels = ["alarm", "telemetry", "history", "native/scaip"]
    private static let setup = Folding.Setup(
        plan: ZonePlan(municipalities: [
            .init(number: "3407", name: "Gjøvik", zones: [.init(id: "biri", name: "Biri")], registry: [.init(device: "d-1", zone: "biri")])
        ]),
        receipts: ["3407/a": .all]
    )

    private let intake = Intake()
    private let readers = BothReaders()

    func check(_ bytes: [UInt8]) {
        guard let choice = bytes.first else { return }
        let channel = Self.channels[Int(choice & 3)]
        let rest = Array(bytes.dropFirst())
        let payload =
            switch choice >> 2 & 3 {
            case 1: Packer.gzip(rest)
            case 2: Packer.zstd(rest)
            default: rest
            }
        let inbound = InboundMessage(topic: "vaktlast/v1/3407/a/\(channel)", payload: payload, isRetained: false)
        guard var message = intake.prepare(inbound, received: Self.received) else {
            return expect(false, "a message on a topic for reading is journaled")
        }
        message.position = 1
        Journaled.expectMasked(message)
        expectSameReading(message)
        expectCounted(message)
    }

    // MARK: - Both readers

    private func expectSameReading(_ message: JournalMessage) {
        guard message.form == .whole else { return }
        let unpacked = message.payload.withUnsafeBufferPointer { Unpacking.unpack($0, Unpacking.packing(of: $0)) }
        guard unpacked.refusal == nil else { return }
        readers.check(unpacked.bytes, personal: message.personal)
    }

    // MARK: - Accounts

    private struct Account: Decodable, Equatable {
        struct Rejected: Decodable, Equatable {
            var index: Int
            var id: String?
            var reason: String
        }
        var position: Int64
        var received: String
        var events, accepted, duplicates: Int
        var rejected: [Rejected]
        var ids: [String?]
    }

    private func expectCounted(_ message: JournalMessage) {
        let folding = Folding(setup: Self.setup, hashKey: 7)
        let first = account(folding, message)
        var again = message
        again.position = 2
        let second = account(folding, again)
        expect(second.accepted == 0, "nothing is accepted twice")
        expect(second.duplicates == first.accepted + first.duplicates, "what was accepted is a duplicate the second time")
        expect(second.rejected == first.rejected && second.ids == first.ids, "what is refused once is refused again")
        let counts = folding.counts
        expect(counts.accepted == Int64(first.accepted), "the fold counts what the receipt says: accepted")
        expect(counts.duplicates == Int64(first.duplicates + second.duplicates), "duplicates")
        expect(counts.rejected == Int64(first.rejected.count * 2), "rejected")
        guard let commit = folding.takeCommit(outbox: []) else { return expect(false, "what was folded is to be written") }
        expect(commit.position == 2, "the views stand where the fold stands")
        expect(commit.quarantine.count == first.rejected.count * 2, "what is refused is in quarantine")
        for row in commit.quarantine {
            expect(row.excerpt.utf8.count <= 3 * CanonicalDecoder.excerptBytesMax, "an excerpt is short")
            let whole = row.excerpt.utf8.count < CanonicalDecoder.excerptBytesMax ? row.excerpt : String(row.excerpt.unicodeScalars.dropLast(12))
            expect(!SlowSearch.inStrings(Array(whole.utf8)), "no identity number in an excerpt")
        }
        for ledger in commit.changes.ledgers {
            let record = ledger.record
            expect(record.accepted == counts.accepted && record.duplicates == counts.duplicates, "the ledger says the same")
            expect(record.rejected == counts.rejected && record.messages == 2, "the ledger counts messages and refusals")
        }
    }

    private func account(_ folding: Folding, _ message: JournalMessage) -> Account {
        guard let receipt = folding.fold(message) else {
            expect(false, "every message is answered")
            abort()
        }
        let bytes = receipt.payload
        expect(!SlowSearch.inStrings(bytes), "no identity number in a receipt")
        guard let account = try? JSONDecoder().decode(Account.self, from: Data(bytes)) else {
            expect(false, "a receipt is JSON: \(String(decoding: bytes, as: UTF8.self))")
            abort()
        }
        expect(account.events == account.accepted + account.duplicates + account.rejected.count, "the sum is right")
        expect(account.ids.count == min(account.events, 100), "a hundred ids at most")
        expect(account.position == message.position, "the receipt is the message's")
        return account
    }
}
