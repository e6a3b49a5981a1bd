import GRDB
import GRDBSQLite

extension Statement {
    /// Runs it with the arguments that are set and gives each row where SQLite has it, good until the body returns: for what is read by the
    /// ten thousand. Throws `DatabaseError`, and what the body throws.
    @inline(__always)
    func eachRow(_ db: Database, _ body: (_ row: OpaquePointer) throws -> Void) throws {
        let row = sqliteStatement
        defer { sqlite3_reset(row) }
        while true {
            let code = sqlite3_step(row)
            guard code == SQLITE_ROW else {
                guard code == SQLITE_DONE else { throw DatabaseError(resultCode: ResultCode(rawValue: code), message: db.lastErrorMessage) }
                return
            }
            try body(row)
        }
    }
}
