import Foundation
package import Telemetry

/// One line of the access log: alarms shown, something taken along, or a change of who may see what.
package struct AccessEntry: Equatable, Sendable {
    /// Raw values are the words of the file, the command and exports.
    package enum Kind: String, CaseIterable, Sendable {
        /// An answer that showed single alarms.
        case view
        /// A file that was taken along.
        case export
        /// Accounts, tokens, sessions.
        case change
        /// Older entries, up to one that it names, whose time was over.
        case deletion
    }

    package var kind: Kind
    package var time: EventTime
    /// A token's name, `account:` and an account's, `command:` and a user's of this machine, or `loopback`.
    package var who: String
    /// Why, as chosen or given; nil where nobody said.
    package var purpose: String?
    package var path: String
    /// The query as it was asked.
    package var asked: String
    /// Numbers of those it is about, with commas between; empty where it is about none.
    package var municipality: String
    /// The zones the answer was limited to; nil for all.
    package var zones: [String]?
    package var alarms: [AccessLog.AlarmName]
    /// The journal position that the answer stood for.
    package var position: Int64
    /// What was changed or taken along, in words; of a deletion the hash of the last entry deleted.
    package var subject: String?

    package init(
        kind: Kind = .view,
        time: EventTime,
        who: String,
        purpose: String? = nil,
        path: String,
        asked: String = "",
        municipality: String = "",
        zones: [String]? = nil,
        alarms: [AccessLog.AlarmName] = [],
        position: Int64 = 0,
        subject: String? = nil
    ) {
        self.kind = kind
        self.time = time
        self.who = who
        self.purpose = purpose
        self.path = path
        self.asked = asked
        self.municipality = municipality
        self.zones = zones
        self.alarms = alarms
        self.position = position
        self.subject = subject
    }

    /// What people type into an address may hold a national identity number, percent-encoded or not.
    static func masked(_ asked: String) -> String {
        let decoded = asked.replacing("+", with: " ").removingPercentEncoding ?? asked
        guard let masked = PersonalData.maskPlain(Array(decoded.utf8)) else { return asked }
        return String(decoding: masked, as: UTF8.self)
    }
}
