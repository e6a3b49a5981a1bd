import GRDB
import GRDBSQLite

/// One execution of a prepared statement with values bound by place, from 1; what is not bound is NULL.
///
/// For the gate's insert alone: everything else goes through GRDB.
struct RowBinding {
    private let statement: OpaquePointer

    init(_ statement: OpaquePointer) { self.statement = statement }

    func bind(_ place: Int32, _ value: Int64) { sqlite3_bind_int64(statement, place, value) }

    /// SQLite takes a copy.
    func bind(_ place: Int32, _ text: String?) {
        guard var text else { return }
        text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                _ = sqlite3_bind_text(statement, place, characters.baseAddress, Int32(characters.count), RowBinding.copied)
            }
        }
    }

    /// Lends text for the time of a body, which steps.
    func lending(_ place: Int32, _ text: String, _ body: () -> Int32) -> Int32 {
        var text = text
        return text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                _ = sqlite3_bind_text(statement, place, characters.baseAddress, Int32(characters.count), nil)
                return body()
            }
        }
    }

    /// Lends bytes for the time of a body, which steps. No bytes are an empty BLOB, not NULL.
    func lending(_ place: Int32, _ bytes: [UInt8], _ body: () -> Int32) -> Int32 {
        guard !bytes.isEmpty else {
            sqlite3_bind_zeroblob(statement, place, 0)
            return body()
        }
        return bytes.withUnsafeBytes { buffer in
            _ = sqlite3_bind_blob(statement, place, buffer.baseAddress, Int32(buffer.count), nil)
            return body()
        }
    }

    /// Runs the statement and makes it ready for other values; the result code is that of the failure, if there is one.
    func step() -> Int32 {
        let code = sqlite3_step(statement)
        let reset = sqlite3_reset(statement)
        sqlite3_clear_bindings(statement)
        return code == SQLITE_DONE ? code : reset
    }

    /// What went wrong last, in SQLite's words.
    var problem: String { String(cString: sqlite3_errmsg(sqlite3_db_handle(statement))) }

    /// SQLITE_TRANSIENT of C.
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}
