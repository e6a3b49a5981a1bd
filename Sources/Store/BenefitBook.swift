import Foundation
import GRDB
package import Telemetry
package import Workload

/// `benefits.db`: what leaders have entered as realised, on the pages. It stands for itself: the views are made anew from the
/// journal and the access log ends after two years, but a municipality's account of its benefits must do neither, and
/// `accounts.db` holds who may log in and nothing of what they said.
///
/// Lines are added and never changed or deleted: a mistake is taken back by another line.
package final class BenefitBook: Sendable {
    package static let fileName = "benefits.db"
    static let version = 1

    /// What is entered.
    package struct Entry: Equatable, Sendable {
        package var day: LocalTime.Day
        package var hours: Double
        package var kroner: Double
        /// Where it went: a word of the ledger.
        package var use: String
        package var technology: String?
        /// The id of a goal of the municipality's.
        package var goal: String?
        package var note: String
        /// The number of the line that this one takes back.
        package var corrects: Int64?

        package init(
            day: LocalTime.Day,
            hours: Double,
            kroner: Double,
            use: String,
            technology: String?,
            goal: String?,
            note: String,
            corrects: Int64? = nil
        ) {
            self.day = day
            self.hours = hours
            self.kroner = kroner
            self.use = use
            self.technology = technology
            self.goal = goal
            self.note = note
            self.corrects = corrects
        }
    }

    /// A line of the book.
    package struct Line: Equatable, Sendable {
        package var number: Int64
        package var entry: Entry
        /// As the access log has it: `account:` and a name, or a token's name.
        package var who: String
        package var enteredAt: EventTime
    }

    private let path: String
    private let queue: DatabaseQueue

    /// Opens the book of a data folder, made where it is missing.
    ///
    /// - Throws: `StoreError` with the way out.
    package init(folder: String) throws {
        path = "\(folder)/\(BenefitBook.fileName)"
        do {
            try PrivateFile.make(path)
            queue = try DatabaseQueue(path: path, configuration: Journal.configuration(walAutocheckpoint: 1000))
            try queue.write { db in
                let found = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
                guard found <= BenefitBook.version else { throw StoreError("\(path) was made by a newer version of the program: run that one.") }
                try db.execute(sql: BenefitBook.tables)
            }
        } catch let error as DatabaseError { throw BenefitBook.failure(path, error) }
    }

    /// Whether a data folder has a book, so that a command that only reads makes none.
    package static func exists(folder: String) -> Bool { FileManager.default.fileExists(atPath: "\(folder)/\(fileName)") }

    /// All lines of a municipality, the oldest first.
    package func lines(municipality: String) throws -> [Line] {
        do {
            return try queue.read { db in
                try Row.fetchAll(db, sql: "SELECT * FROM benefit WHERE municipality = ? ORDER BY number", arguments: [municipality]).map(BenefitBook.line)
            }
        } catch let error as DatabaseError { throw BenefitBook.failure(path, error) }
    }

    /// Adds a line, on the disk when it returns. Nil, and nothing is added, where it takes back a line that is not the
    /// municipality's, is taken back already, or takes one back itself.
    package func add(_ entry: Entry, municipality: String, who: String, now: EventTime) throws -> Line? {
        do {
            return try queue.write { db in
                if let corrects = entry.corrects {
                    let isThere = try Bool.fetchOne(
                        db,
                        sql: """
                            SELECT EXISTS (SELECT 1 FROM benefit WHERE number = ? AND municipality = ? AND corrects IS NULL)
                            AND NOT EXISTS (SELECT 1 FROM benefit WHERE corrects = ?)
                            """,
                        arguments: [corrects, municipality, corrects]
                    )
                    guard isThere == true else { return nil }
                }
                try db.execute(
                    sql: """
                        INSERT INTO benefit (municipality, entered, who, day, hours, kroner, use, technology, goal, note, corrects)
                        VALUES (?,?,?,?,?,?,?,?,?,?,?)
                        """,
                    arguments: [
                        municipality, now, who, entry.day.number, entry.hours, entry.kroner, entry.use, entry.technology, entry.goal, entry.note,
                        entry.corrects,
                    ]
                )
                return Line(number: db.lastInsertedRowID, entry: entry, who: who, enteredAt: now)
            }
        } catch let error as DatabaseError { throw BenefitBook.failure(path, error) }
    }

    private static func line(_ row: Row) -> Line {
        Line(
            number: row["number"],
            entry: Entry(
                day: .init(number: row["day"]),
                hours: row["hours"],
                kroner: row["kroner"],
                use: row["use"],
                technology: row["technology"],
                goal: row["goal"],
                note: row["note"],
                corrects: row["corrects"]
            ),
            who: row["who"],
            enteredAt: row["entered"]
        )
    }

    private static func failure(_ path: String, _ error: DatabaseError) -> StoreError {
        StoreError("\(path): the benefits cannot be used: \(error.message ?? "\(error.resultCode)"). Check the folder's owner and free space.")
    }

    private static let tables = """
        CREATE TABLE IF NOT EXISTS benefit (
            number INTEGER PRIMARY KEY, municipality TEXT NOT NULL, entered INTEGER NOT NULL, who TEXT NOT NULL, day INTEGER NOT NULL,
            hours REAL NOT NULL, kroner REAL NOT NULL, use TEXT NOT NULL, technology TEXT, goal TEXT, note TEXT NOT NULL, corrects INTEGER UNIQUE
        );
        CREATE INDEX IF NOT EXISTS benefit_by_municipality ON benefit (municipality, number);
        CREATE TRIGGER IF NOT EXISTS benefit_is_not_changed BEFORE UPDATE ON benefit BEGIN SELECT RAISE(ABORT, 'the book is only added to'); END;
        CREATE TRIGGER IF NOT EXISTS benefit_is_not_deleted BEFORE DELETE ON benefit BEGIN SELECT RAISE(ABORT, 'the book is only added to'); END;
        PRAGMA user_version = \(version);
        """
}
