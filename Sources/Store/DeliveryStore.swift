import Foundation
import GRDB
package import Telemetry

/// `deliveries.db`: which scheduled reports are to go out, and which have. A file of its own: it can be made anew from
/// nothing, unlike `views.db`, and has nothing to do with who may log in. Several processes may use it at once.
package final class DeliveryStore: Sendable {
    package static let fileName = "deliveries.db"
    static let version = 1
    /// How long one who tries holds a delivery: longer than a try can take.
    package static let claimMilliseconds: Int64 = 10 * 60_000
    /// What has come to an end is forgotten after so long.
    package static let keptMilliseconds: Int64 = 2 * 365 * 86_400_000

    private let path: String
    private let queue: DatabaseQueue

    /// Opens the file of a data folder, made where it is missing, for its owner's eyes alone: it holds mail addresses.
    package init(folder: String) throws {
        path = "\(folder)/\(DeliveryStore.fileName)"
        do {
            try PrivateFile.make(path)
            queue = try DatabaseQueue(path: path, configuration: Journal.configuration(walAutocheckpoint: 1000))
            try queue.write { db in
                let found = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
                guard found <= DeliveryStore.version else {
                    throw StoreError("\(path) was made by a newer version of the program: run that one.")
                }
                try db.execute(sql: DeliveryStore.tables)
            }
        } catch let error as DatabaseError {
            throw DeliveryStore.failure(path, error)
        }
    }

    private static func failure(_ path: String, _ error: DatabaseError) -> StoreError {
        StoreError("\(path): what is to be sent cannot be written down: \(error.message ?? "\(error.resultCode)"). Check the folder's owner and free space.")
    }

    private func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
        do { return try queue.write(body) } catch let error as DatabaseError { throw DeliveryStore.failure(path, error) }
    }

    /// Until when a schedule's occasions have been written down. A schedule never seen before begins now: of what lies
    /// before nothing is sent. After a clock that ran ahead it is now as well; what was sent then is not sent again.
    package func plannedThrough(municipality: String, schedule: String, now: EventTime) throws -> EventTime {
        try write { db in
            let found = try EventTime.fetchOne(
                db,
                sql: "SELECT planned_through FROM schedule WHERE municipality = ? AND name = ?",
                arguments: [municipality, schedule]
            )
            if let found, found <= now { return found }
            try db.execute(sql: "REPLACE INTO schedule VALUES (?,?,?)", arguments: [municipality, schedule, now])
            return now
        }
    }

    /// Writes down what has fallen due until an instant, in one transaction. What is known already stays as it is.
    ///
    /// - Returns: those that were new.
    package func plan(_ deliveries: [Delivery], municipality: String, schedule: String, through end: EventTime) throws -> [Delivery] {
        try write { db in
            var added: [Delivery] = []
            for delivery in deliveries {
                let ended = delivery.state == .waiting ? nil : end
                try db.execute(
                    sql: """
                        INSERT INTO delivery (municipality, schedule, period, format, receiver, due, state, tries, next_try, claimed_until, ended)
                        VALUES (?,?,?,?,?,?,?,0,?,0,?) ON CONFLICT DO NOTHING
                        """,
                    arguments: StatementArguments(delivery.key.parts) + [delivery.due, delivery.state.rawValue, delivery.nextTry, ended]
                )
                if db.changesCount == 1 { added.append(delivery) }
            }
            try db.execute(sql: "REPLACE INTO schedule VALUES (?,?,?)", arguments: [municipality, schedule, end])
            try db.execute(sql: "DELETE FROM delivery WHERE ended < ?", arguments: [end - DeliveryStore.keptMilliseconds])
            return added
        }
    }

    /// Those of some states, the oldest first; all states where none is given.
    package func deliveries(_ states: [Delivery.State] = Delivery.State.allCases) throws -> [Delivery] {
        let words = states.map { "'\($0.rawValue)'" }.joined(separator: ",")
        do {
            return try queue.read { db in
                try Row.fetchAll(db, sql: "SELECT * FROM delivery WHERE state IN (\(words)) ORDER BY due, municipality, schedule, receiver, format")
                    .compactMap(DeliveryStore.delivery)
            }
        } catch let error as DatabaseError { throw DeliveryStore.failure(path, error) }
    }

    /// Takes a waiting delivery for one try, so that of two processes one alone tries. Nil where another has it, or it
    /// waits no more.
    package func claim(_ key: Delivery.Key, now: EventTime) throws -> Delivery? {
        try write { db in
            try db.execute(
                sql: """
                    UPDATE delivery SET claimed_until = ?, tries = tries + 1, first_try = coalesce(first_try, ?)
                    WHERE \(DeliveryStore.isKey) AND state = 'waiting' AND (claimed_until <= ? OR claimed_until > ?)
                    """,
                // A claim further ahead than any can be is of a clock that ran ahead.
                arguments: [now + DeliveryStore.claimMilliseconds, now] + StatementArguments(key.parts) + [now, now + DeliveryStore.claimMilliseconds]
            )
            guard db.changesCount == 1 else { return nil }
            return try Row.fetchOne(db, sql: "SELECT * FROM delivery WHERE \(DeliveryStore.isKey)", arguments: StatementArguments(key.parts))
                .flatMap(DeliveryStore.delivery)
        }
    }

    /// Writes down what became of a try.
    ///
    /// - Parameter nextTry: of one that failed; nil where there is to be none.
    package func end(_ key: Delivery.Key, _ state: Delivery.State, said: String?, nextTry: EventTime?, now: EventTime) throws {
        try write { db in
            try db.execute(
                sql: "UPDATE delivery SET state = ?, said = ?, next_try = ?, ended = ?, claimed_until = 0 WHERE \(DeliveryStore.isKey)",
                arguments: [state.rawValue, said, nextTry ?? now, state == .waiting ? nil : now] + StatementArguments(key.parts)
            )
        }
    }

    /// Lets one that has come to an end be sent again, as somebody asked; makes it where there was none.
    package func renew(_ delivery: Delivery, now: EventTime) throws {
        try write { db in
            try db.execute(sql: "DELETE FROM delivery WHERE \(DeliveryStore.isKey) AND state <> 'waiting'", arguments: StatementArguments(delivery.key.parts))
            try db.execute(
                sql: """
                    INSERT INTO delivery (municipality, schedule, period, format, receiver, due, state, tries, next_try, claimed_until)
                    VALUES (?,?,?,?,?,?,'waiting',0,?,0) ON CONFLICT DO UPDATE SET next_try = excluded.next_try
                    """,
                arguments: StatementArguments(delivery.key.parts) + [delivery.due, now]
            )
        }
    }

    private static let isKey = "municipality = ? AND schedule = ? AND period = ? AND format = ? AND receiver = ?"

    private static func delivery(_ row: Row) -> Delivery? {
        guard let state = Delivery.State(rawValue: row["state"]) else { return nil }
        var delivery = Delivery(
            key: .init(
                municipality: row["municipality"],
                schedule: row["schedule"],
                period: row["period"],
                format: row["format"],
                receiver: row["receiver"]
            ),
            due: row["due"],
            state: state
        )
        delivery.tries = row["tries"]
        delivery.firstTry = row["first_try"]
        delivery.nextTry = row["next_try"]
        delivery.ended = row["ended"]
        delivery.claimedUntil = row["claimed_until"]
        delivery.said = row["said"]
        return delivery
    }

    private static let tables = """
        CREATE TABLE IF NOT EXISTS schedule (
            municipality TEXT, name TEXT, planned_through INTEGER NOT NULL, PRIMARY KEY (municipality, name)
        ) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS delivery (
            municipality TEXT, schedule TEXT, period TEXT, format TEXT, receiver TEXT, due INTEGER NOT NULL, state TEXT NOT NULL,
            tries INTEGER NOT NULL, first_try INTEGER, next_try INTEGER NOT NULL, claimed_until INTEGER NOT NULL, ended INTEGER, said TEXT,
            PRIMARY KEY (municipality, schedule, period, format, receiver)
        ) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS delivery_by_state ON delivery (state);
        PRAGMA user_version = \(version);
        """
}
