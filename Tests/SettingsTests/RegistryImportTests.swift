import Foundation
import Settings
import Telemetry
import Testing

/// What an import does to a registry, and what it refuses.
@Suite("Importing devices")
struct RegistryImportTests {
    private final class Folder {
        let path = NSTemporaryDirectory() + "vaktlast-registry-\(UUID().uuidString)"
        var file: RegistryFile { RegistryFile(path: "\(path)/devices.csv", municipality: "3407", zones: ["biri", "haugtun"], profiles: ["button"]) }

        init(_ registry: String? = nil) throws {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            if let registry { try Data(registry.utf8).write(to: URL(fileURLWithPath: "\(path)/devices.csv")) }
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        var text: String { (try? String(contentsOfFile: "\(path)/devices.csv", encoding: .utf8)) ?? "" }
        /// The rows without the header.
        var rows: [String] { text.split(separator: "\n").dropFirst().map(String.init) }
    }

    private static let head = "device;zone;profile;dwelling;step;from;to\n"

    /// Registry before, table, rows after, counts: added moved ended corrected unchanged bad.
    static let changes: [(before: String, table: String, after: [String], counts: [Int])] = [
        ("", "device;zone\nd-1;biri\n", ["d-1;biri;;;;;"], [1, 0, 0, 0, 0, 0]),
        ("d-1;biri;;;;;\n", "device;zone\nd-1;biri\n", ["d-1;biri;;;;;"], [0, 0, 0, 0, 1, 0]),
        // A resident moves: October stays where it was.
        (
            "d-1;biri;button;own-home;2;2026-01-01;\n", head + "d-1;haugtun;button;care-home;4;2026-11-01;\n",
            ["d-1;biri;button;own-home;2;2026-01-01;2026-11-01", "d-1;haugtun;button;care-home;4;2026-11-01;"], [0, 1, 0, 0, 0, 0]
        ),
        // The same table once more changes nothing.
        (
            "d-1;biri;;;;2026-01-01;2026-11-01\nd-1;haugtun;;;;2026-11-01;\n", head + "d-1;haugtun;;;;2026-11-01;\nd-1;biri;;;;2026-01-01;2026-11-01\n",
            ["d-1;biri;;;;2026-01-01;2026-11-01", "d-1;haugtun;;;;2026-11-01;"], [0, 0, 0, 0, 2, 0]
        ),
        // Columns that the table does not have stay as they were.
        (
            "d-1;biri;button;own-home;2;;\n", "device;zone;from\nd-1;haugtun;1.11.2026\n",
            ["d-1;biri;button;own-home;2;;2026-11-01", "d-1;haugtun;button;own-home;2;2026-11-01;"], [0, 1, 0, 0, 0, 0]
        ),
        // A device is ended, and comes back.
        ("d-1;biri;;;;;\n", "device;zone;to\nd-1;biri;2026-11-01\n", ["d-1;biri;;;;;2026-11-01"], [0, 0, 1, 0, 0, 0]),
        (
            "d-1;biri;;;;;2026-11-01\n", "device;zone;from\nd-1;biri;2026-12-01\n",
            ["d-1;biri;;;;;2026-11-01", "d-1;biri;;;;2026-12-01;"], [1, 0, 0, 0, 0, 0]
        ),
        // The wrong zone from the same date is mended.
        ("d-1;biri;;;;2026-11-01;\n", "device;zone;from\nd-1;haugtun;2026-11-01\n", ["d-1;haugtun;;;;2026-11-01;"], [0, 0, 0, 1, 0, 0]),
        // Standing there already is nothing new.
        ("d-1;biri;;;;2026-01-01;\n", "device;zone;from\nd-1;biri;2026-06-01\n", ["d-1;biri;;;;2026-01-01;"], [0, 0, 0, 0, 1, 0]),
        // A whole history in one table, in any order.
        (
            "", head + "d-1;biri;;;;2026-11-01;\nd-1;haugtun;;;;;\n",
            ["d-1;haugtun;;;;;2026-11-01", "d-1;biri;;;;2026-11-01;"], [1, 1, 0, 0, 0, 0]
        ),
    ]

    @Test("history is kept", arguments: changes)
    func change(before: String, table: String, after: [String], counts: [Int]) throws {
        let folder = try Folder(Self.head + before)
        let outcome = try folder.file.take(Data(table.utf8), isPartial: false)
        #expect(outcome.bad == [])
        let made = outcome.counts
        #expect([made.added, made.moved, made.ended, made.corrected, made.unchanged, outcome.bad.count] == counts)
        #expect(folder.rows == after)
        // Twice is once.
        let again = try folder.file.take(Data(table.utf8), isPartial: false)
        #expect(!again.isWritten && again.bad == [] && folder.rows == after)
    }

    /// A table's only row under all columns, and a word of the reason.
    static let badRows: [(row: String, word: String)] = [
        ("d 9;biri;;;;;", "device «d 9»"), (";biri;;;;;", "device"), ("d-9;mars;;;;;", "zone «mars»"), ("d-9;;;;;;", "zone"),
        ("d-9;biri;Button;;;;", "profile «Button»"), ("d-9;biri;;hytte;;;", "dwelling «hytte»"), ("d-9;biri;;;10;;", "step «10»"),
        ("d-9;biri;;;en;;", "step «en»"), ("d-9;biri;;;;29.02.2026;", "from «29.02.2026»"), ("d-9;biri;;;;;snart", "to «snart»"),
        ("d-9;biri;;;;2026-11-01;2026-11-01", "to does not lie behind from"), ("d-9;biri;;;;;;;x", "cell without a column"),
        ("d-1;haugtun;;;;;", "from is missing"), ("d-1;biri;;;2;;", "from is missing"), ("d-1;biri;;;;;2025-01-01", "to lies before"),
        ("d-1;haugtun;;;;2025-01-01;", "already"), ("d-2;haugtun;;;;2026-03-01;", "already"), ("d-2;haugtun;;;;;", "give from"),
        ("15076500565;biri;;;;;", "national identity number"), ("d-9;150765 00565;;;;;", "national identity number"),
        ("\"d-9;biri;;;;;", "quote"),
    ]

    private static let stored = head + "# kept\nd-1;biri;;;;2026-01-01;\nd-2;biri;;;;2026-01-01;2026-06-01\n"

    @Test("a bad row is told with its line, and nothing is written without partial", arguments: badRows)
    func bad(row: String, word: String) throws {
        let folder = try Folder(Self.stored)
        let table = Data((Self.head + "d-8;biri;;;;;\n" + row + "\n").utf8)
        let outcome = try folder.file.take(table, isPartial: false)
        #expect(!outcome.isWritten && folder.text == Self.stored)
        #expect(outcome.bad.map(\.line) == [3])
        #expect(outcome.bad[0].reason.contains(word), "\(outcome.bad)")
        #expect(!outcome.bad[0].reason.contains("00565"))
        let partial = try folder.file.take(table, isPartial: true)
        #expect(partial.isWritten && partial.bad == outcome.bad)
        #expect(folder.text == "# kept\n" + Self.head + "d-1;biri;;;;2026-01-01;\nd-2;biri;;;;2026-01-01;2026-06-01\nd-8;biri;;;;;\n")
    }

    /// Rows of one table, and the lines that are refused.
    static let rivals: [(rows: [String], lines: [Int])] = [
        (["d-9;biri;;;;2026-11-01;", "d-9;haugtun;;;;2026-11-01;"], [2, 3]),
        (["d-9;biri;;;;;", "d-8;biri;;;;;", "d-9;haugtun;;;;;"], [2, 4]),
        (["d-9;biri;;;;2026-11-01;", "d-9;biri;;;;2026-11-01;", "d-9;biri;;;3;2026-11-01;"], [2, 4]),
        (["d-1;haugtun;;;;2026-01-01;", "d-1;biri;;;2;2026-01-01;"], [2, 3]),
        (["d-9;biri;;;;2026-11-01;", "d-9;biri;;;;2026-11-01;"], []),
        (["d-9;biri;;;;2026-11-01;", "d-9;haugtun;;;;2026-12-01;"], []),
    ]

    @Test("two rows of one list that say different things of a device from one date are both refused", arguments: rivals)
    func rivalRows(rows: [String], lines: [Int]) throws {
        let folder = try Folder(Self.stored)
        let outcome = try folder.file.take(Data((Self.head + rows.joined(separator: "\n") + "\n").utf8), isPartial: false)
        #expect(outcome.bad.map(\.line) == lines && outcome.isWritten == lines.isEmpty)
        if let first = lines.first, let last = lines.last {
            #expect(outcome.bad[0].reason.contains("line \(last) ") && outcome.bad[1].reason.contains("line \(first) "))
            #expect(folder.text == Self.stored)
        }
    }

    @Test("the table comes in Norwegian and in Windows-1252, with quotes and commas, and homes by their Norwegian names")
    func norwegian() throws {
        let folder = try Folder()
        let excel = try #require(
            "Enhet;Sone;Profil;Boform;Trinn;Fra;Til;Kommune\r\nd-1;biri;button;Omsorgsbolig;4;05.10.2026;;3407\r\n# på øya\r\n".data(using: .windowsCP1252)
        )
        #expect(try folder.file.take(excel, isPartial: false).isWritten)
        let commas = Data("\u{FEFF}device,zone,dwelling\n\"d-2\",haugtun,\"bokollektiv\"\n".utf8)
        #expect(try folder.file.take(commas, isPartial: false).isWritten)
        #expect(folder.rows == ["d-1;biri;button;care-home;4;2026-10-05;", "d-2;haugtun;;shared-housing;;;"])
        let foreign = try folder.file.take(Data("device;zone;kommune\nd-3;biri;3440\n".utf8), isPartial: false)
        #expect(foreign.bad == [.init(line: 2, reason: "municipality «3440» is not 3407")])
    }

    @Test("a trial writes nothing and says what would be")
    func trial() throws {
        let folder = try Folder(Self.stored)
        let outcome = try folder.file.take(Data("device;zone\nd-8;biri\n".utf8), isPartial: false, isTrial: true)
        #expect(outcome.counts.added == 1 && !outcome.isWritten && folder.text == Self.stored)
    }

    @Test("a profile that is none is a warning")
    func unknownProfile() throws {
        let folder = try Folder()
        let outcome = try folder.file.take(Data("device;zone;profile\nd-1;biri;radar\nd-2;biri;button\n".utf8), isPartial: false)
        #expect(outcome.isWritten && outcome.warnings.map(\.line) == [2])
    }

    @Test("a broken registry is not written over")
    func broken() throws {
        let folder = try Folder(Self.head + "d-1;mars;;;;;\n")
        let error = try #require(throws: SettingsError.self) {
            try folder.file.take(Data("device;zone\nd-2;biri\n".utf8), isPartial: false)
        }
        #expect(error.problems.count == 1 && error.problems[0].contains("devices.csv:2: zone «mars»"))
    }

    @Test("many writers at once lose nothing of each other")
    func together() async throws {
        let folder = try Folder(Self.head)
        let file = folder.file
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 1...20 {
                group.addTask { _ = try file.take(Data("device;zone\nd-\(number);biri\n".utf8), isPartial: false) }
            }
            try await group.waitForAll()
        }
        #expect(Set(folder.rows) == Set((1...20).map { "d-\($0);biri;;;;;" }))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["devices.csv", "devices.csv.lock"])
    }

    @Test("a registry behind a link is changed where it lies")
    func link() throws {
        let folder = try Folder()
        try Data(Self.head.utf8).write(to: URL(fileURLWithPath: "\(folder.path)/real.csv"))
        try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/devices.csv", withDestinationPath: "real.csv")
        #expect(try folder.file.take(Data("device;zone\nd-1;biri\n".utf8), isPartial: false).isWritten)
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: "\(folder.path)/devices.csv") == "real.csv")
        #expect(try String(contentsOfFile: "\(folder.path)/real.csv", encoding: .utf8).hasSuffix("d-1;biri;;;;;\n"))
    }
}
