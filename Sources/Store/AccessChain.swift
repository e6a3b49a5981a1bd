import GRDB
import Telemetry

/// How entries of the access log hang together: each one's hash is made of its content and the hash before it, so that
/// nothing can be changed, taken out or exchanged without all that follows telling it.
///
/// `hash = SHA-256(hash before + fields)` in lower-case hexadecimal over UTF-8; the hash before entry 1 is 64 zeros. The fields
/// stand in the order of the table's columns, each as `length in bytes:value,`, and `-,` for one that is missing: so no two
/// entries can read alike. A set of alarms stands in it as its own SHA-256.
package enum AccessChain {
    package static let beginning = String(repeating: "0", count: 64)

    /// An entry as the table has it; `until` is of deletions alone: the number of the last entry deleted.
    struct Line {
        var number: Int64
        var time: EventTime
        var kind: String
        var who: String
        var purpose: String?
        var path: String
        var asked: String
        var municipality: String
        var zones: String?
        var alarmCount: Int64
        var alarmsDigest: String?
        var position: Int64
        var subject: String?
        var until: Int64?

        /// From a row of the table joined with its set of alarms.
        init(_ row: Row) {
            number = row["number"]
            time = row["time"]
            kind = row["kind"]
            who = row["who"]
            purpose = row["purpose"]
            path = row["path"]
            asked = row["asked"]
            municipality = row["municipality"]
            zones = row["zones"]
            alarmCount = row["alarms"]
            alarmsDigest = row["digest"]
            position = row["position"]
            subject = row["subject"]
            until = row["until"]
        }

        init(_ entry: AccessEntry, number: Int64, alarmsDigest: String?, until: Int64?) {
            self.number = number
            time = entry.time
            kind = entry.kind.rawValue
            who = entry.who
            purpose = entry.purpose
            path = entry.path
            asked = AccessEntry.masked(entry.asked)
            municipality = entry.municipality
            zones = entry.zones.map { AccessEntry.masked($0.joined(separator: ",")) }
            alarmCount = Int64(entry.alarms.count)
            self.alarmsDigest = alarmsDigest
            position = entry.position
            subject = entry.subject.map { AccessEntry.masked($0) }
            self.until = until
        }

        func hash(after previous: String) -> String {
            let fields: [String?] = [
                "\(number)", "\(time)", kind, who, purpose, path, asked, municipality, zones, "\(alarmCount)", alarmsDigest, "\(position)", subject,
                until.map { "\($0)" },
            ]
            return Digest.sha256(Array((previous + fields.map { $0.map { "\($0.utf8.count):\($0)," } ?? "-," }.joined()).utf8))
        }
    }

    /// Of a set of alarms, whatever order they were shown in.
    static func digest(municipality: String, _ alarms: some Sequence<AccessLog.AlarmName>) -> String {
        // No part can hold a control character.
        let names = Set(alarms).map { "\($0.source)\u{1F}\($0.alarm)" }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        return Digest.sha256(Array("\(municipality)\n\(names.joined(separator: "\n"))".utf8))
    }

    /// What is wrong in the log.
    package enum Fault: Equatable, Sendable, CustomStringConvertible {
        /// Something of the entry, or its hash, is not what was written.
        case changed(Int64)
        /// The alarms that the entry says it showed are not those written.
        case alarmsChanged(Int64)
        case missing(ClosedRange<Int64>)
        /// The log is not the one in which this entry had the hash noted.
        case notAsNoted(Int64)

        package var description: String {
            switch self {
            case .changed(let number): "entry \(number) is not as it was written: it was changed, or exchanged with another"
            case .alarmsChanged(let number): "the alarms of entry \(number) are not those that were written"
            case .missing(let numbers) where numbers.count == 1: "entry \(numbers.lowerBound) is missing"
            case .missing(let numbers): "entries \(numbers.lowerBound) to \(numbers.upperBound) are missing"
            case .notAsNoted(let number): "entry \(number) is missing or has not the hash that was noted: the log was written anew from there or before"
            }
        }
    }

    /// What looking at the whole log has found.
    package struct Finding: Equatable, Sendable {
        /// More faults than these are not looked for.
        package static let faultsMax = 100

        package var entries: Int64 = 0
        /// Number of the first entry there is; what came before was deleted when its time was over.
        package var first: Int64?
        package var last: Int64?
        /// Hash of the last entry. Noted elsewhere, it vouches for all up to here.
        package var head = AccessChain.beginning
        package var faults: [Fault] = []

        package var holds: Bool { faults.isEmpty }
    }

    /// Goes through all entries of a file of the present version, the oldest first.
    ///
    /// - Parameter noted: number and hash of an entry, noted earlier and elsewhere.
    static func verify(_ db: Database, noted: (number: Int64, hash: String)?) throws -> Finding {
        var finding = Finding()
        let falsePages = try falsePages(db)
        var deletions: [Int64: String] = [:]
        for row in try Row.fetchAll(db, sql: "SELECT until, subject FROM entry WHERE until IS NOT NULL") { deletions[row["until"]] = row["subject"] }
        var previous: String? = beginning
        var isNoted = noted == nil
        let rows = try Row.fetchCursor(db, sql: "SELECT entry.*, digest FROM entry LEFT JOIN page ON page.number = entry.page ORDER BY entry.number")
        while let row = try rows.next(), finding.faults.count < Finding.faultsMax {
            let line = Line(row)
            let expected = (finding.last ?? 0) + 1
            if line.number != expected {
                if finding.last == nil, let anchor = deletions[line.number - 1] {
                    previous = anchor
                } else {
                    finding.faults.append(.missing(min(expected, line.number - 1)...max(expected, line.number - 1)))
                    previous = nil
                }
            }
            let hash: String = row["hash"]
            // Behind a gap nobody can say what came before.
            if let previous, line.hash(after: previous) != hash { finding.faults.append(.changed(line.number)) }
            if let page = row["page"] as Int64?, line.alarmsDigest == nil || falsePages.contains(page) { finding.faults.append(.alarmsChanged(line.number)) }
            if let noted, noted.number == line.number { isNoted = noted.hash == hash }
            previous = hash
            finding.first = finding.first ?? line.number
            finding.last = line.number
            finding.head = hash
            finding.entries += 1
        }
        // The file counts numbers that it has given.
        let given = try Int64.fetchOne(db, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'entry'") ?? 0
        if finding.faults.count < Finding.faultsMax, given > finding.last ?? 0 { finding.faults.append(.missing((finding.last ?? 0) + 1...given)) }
        // What was deleted in its time cannot be held against what was noted of it.
        if let noted, !isNoted, noted.number >= finding.first ?? 1 { finding.faults.append(.notAsNoted(noted.number)) }
        return finding
    }

    /// Sets of alarms whose members are not those of their digest.
    private static func falsePages(_ db: Database) throws -> Set<Int64> {
        var found: Set<Int64> = []
        var page: (number: Int64, digest: String, municipality: String, alarms: [AccessLog.AlarmName])?
        func close() {
            guard let page else { return }
            if digest(municipality: page.municipality, page.alarms) != page.digest { found.insert(page.number) }
        }
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT page.number, digest, municipality, source, alarm.alarm AS alarm FROM page
                LEFT JOIN page_alarm ON page_alarm.page = page.number LEFT JOIN alarm ON alarm.number = page_alarm.alarm
                ORDER BY page.number
                """
        )
        while let row = try rows.next() {
            let number: Int64 = row["number"]
            if page?.number != number {
                close()
                page = (number, row["digest"], row["municipality"] ?? "", [])
            }
            guard let source = row["source"] as String?, let alarm = row["alarm"] as String? else { continue }
            page?.alarms.append(.init(source: source, alarm: alarm))
            // One of another municipality is none of this set.
            if row["municipality"] != page?.municipality { found.insert(number) }
        }
        close()
        return found
    }
}
