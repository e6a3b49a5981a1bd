import Foundation
import GRDB
import GRDBSQLite

/// A row where SQLite has it, good until its statement goes on: for what is read by the ten thousand. Columns by number, from 0.
struct StoredRow {
    private let row: OpaquePointer

    fileprivate init(_ row: OpaquePointer) { self.row = row }

    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(row, column) == SQLITE_NULL }

    /// 0 for a NULL.
    func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(row, column) }

    func flag(_ column: Int32) -> Bool { sqlite3_column_int(row, column) != 0 }

    /// Bytes of a text or BLOB; none of a NULL.
    func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: sqlite3_column_blob(row, column), count: Int(sqlite3_column_bytes(row, column)))
    }

    func text(_ column: Int32) -> String { String(decoding: bytes(column), as: UTF8.self) }

    /// What a column gives that may be NULL.
    func unlessNull<Value>(_ column: Int32, _ read: (Int32) -> Value) -> Value? { isNull(column) ? nil : read(column) }
}

extension Statement {
    /// Runs it with the arguments that are set and gives each row. Throws `DatabaseError`, and what the body throws.
    @inline(__always)
    func eachRow(_ db: Database, _ body: (_ row: StoredRow) throws -> Void) throws {
        let row = sqliteStatement
        defer { sqlite3_reset(row) }
        while true {
            let code = sqlite3_step(row)
            guard code == SQLITE_ROW else {
                guard code == SQLITE_DONE else { throw DatabaseError(resultCode: ResultCode(rawValue: code), message: db.lastErrorMessage) }
                return
            }
            try body(StoredRow(row))
        }
    }
}

/// Texts that come again and again in the same turn: each is made once.
struct KnownTexts {
    /// Looked through one by one, so that more of them would take longer than making each text.
    private static let countMax = 64
    private var texts: [(bytes: [UInt8], text: String)] = []
    private var next = 0

    mutating func text(_ row: StoredRow, _ column: Int32) -> String {
        let bytes = row.bytes(column)
        for step in texts.indices {
            let place = (next + step) % texts.count
            if isSameBytes(texts[place].bytes, bytes) {
                next = place + 1
                return texts[place].text
            }
        }
        let text = String(decoding: bytes, as: UTF8.self)
        if texts.count < KnownTexts.countMax { texts.append((Array(bytes), text)) }
        next = 0
        return text
    }
}

/// Words of a small vocabulary: each is looked up by its text once.
struct KnownWords<Word: RawRepresentable<String>> {
    private var words: [(bytes: [UInt8], word: Word?)] = []

    /// Nil for a NULL, and for a word that is none.
    mutating func word(_ row: StoredRow, _ column: Int32) -> Word? {
        guard !row.isNull(column) else { return nil }
        let bytes = row.bytes(column)
        for known in words where isSameBytes(known.bytes, bytes) { return known.word }
        let word = Word(rawValue: String(decoding: bytes, as: UTF8.self))
        words.append((Array(bytes), word))
        return word
    }
}

func isSameBytes(_ left: [UInt8], _ right: UnsafeRawBufferPointer) -> Bool {
    guard left.count == right.count else { return false }
    return left.withUnsafeBytes { left in
        guard let mine = left.baseAddress, let theirs = right.baseAddress else { return true }
        return memcmp(mine, theirs, right.count) == 0
    }
}
