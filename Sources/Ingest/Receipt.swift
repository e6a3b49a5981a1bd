import Store
import Telemetry

/// Which messages of a source get a receipt (CONTRACT 7).
package enum ReceiptSetting: String, CaseIterable, Sendable {
    case all, rejections, off
}

/// Collects what becomes of a message's events, and writes the receipt.
struct ReceiptBuilder {
    static let idsMax = 100

    private(set) var events = 0
    private(set) var accepted = 0
    private(set) var duplicates = 0
    private(set) var rejected: [(index: Int, id: String?, reason: String)] = []
    private var ids: [String?] = []
    /// A receipt is sent also where nothing is rejected.
    private let answersAll: Bool

    init(answersAll: Bool) { self.answersAll = answersAll }

    mutating func count(_ verdict: Bool, id: Text) {
        events += 1
        if verdict { accepted += 1 } else { duplicates += 1 }
        if ids.count < ReceiptBuilder.idsMax { ids.append(id.string) }
    }

    /// Counts the events of a message that are all valid; their ids are needed only where a receipt is sent.
    mutating func count(_ valid: ContiguousArray<Event>, accepted: Int) {
        events += valid.count
        self.accepted += accepted
        duplicates += valid.count - accepted
        if answersAll { ids += valid.prefix(ReceiptBuilder.idsMax - ids.count).map { $0.id.string } }
    }

    mutating func reject(index: Int, id: String?, reason: Reason) {
        events += 1
        rejected.append((index, id, reason.word))
        if ids.count < ReceiptBuilder.idsMax { ids.append(id) }
    }

    func json(position: Int64, received: EventTime) -> [UInt8] {
        var json = JSONText()
        json.object { json in
            json.member("position", position)
            json.member("received", Timestamp.format(received))
            json.member("events", Int64(events))
            json.member("accepted", Int64(accepted))
            json.member("duplicates", Int64(duplicates))
            json.array("rejected", rejected) { json, row in
                json.object { json in
                    json.member("index", Int64(row.index))
                    json.member("id", row.id)
                    json.member("reason", row.reason)
                }
            }
            json.array("ids", ids) { json, id in json.value(id) }
        }
        return json.bytes
    }
}
