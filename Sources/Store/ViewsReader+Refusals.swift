import GRDB
package import Telemetry

extension ViewsReader {
    /// What is in quarantine from one topic for one reason.
    package struct RefusalCount: Equatable, Sendable {
        package var topic: String
        package var reason: String
        package var count: Int64
        /// Receive times.
        package var first: EventTime
        package var last: EventTime
    }

    /// Everything of a municipality in quarantine by topic and reason, the most frequent first. O(refused events).
    package func refusals(municipality: String) throws -> [RefusalCount] {
        try look { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT topic, reason, count(*), min(received), max(received) FROM quarantine WHERE municipality = ?
                    GROUP BY topic, reason ORDER BY 3 DESC, reason, topic
                    """,
                arguments: [municipality]
            ).map { RefusalCount(topic: $0[0], reason: $0[1], count: $0[2], first: $0[3], last: $0[4]) }
        }
    }
}
