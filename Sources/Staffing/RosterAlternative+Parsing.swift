import Files
import Yams

extension RosterAlternative {
    package static let countMax = 8

    /// A roster's file as the one found it who may read files.
    package struct File: Sendable {
        /// For messages.
        package var name: String
        package var text: String

        package init(name: String, text: String) {
            self.name = name
            self.text = text
        }
    }

    /// Reads `alternatives.yaml`: `alternatives: - {name: B, roster: roster-b.csv, note: …}`. Problems of the rosters come
    /// with their own file and line.
    ///
    /// - Parameters:
    ///   - text: the file's text.
    ///   - file: the file's name, for messages only.
    ///   - zones: the municipality's zone ids; nil lets every zone pass.
    ///   - open: gives the file of a roster as `alternatives.yaml` names it.
    /// - Throws: `FileError`, and what `open` throws.
    package static func read(
        yaml text: String,
        file: String = "alternatives.yaml",
        zones: Set<String>? = nil,
        open: (_ path: String) throws -> File
    ) throws -> [RosterAlternative] {
        let entries: [Entry] = try YAMLReader.read(text, file: file, beginning: "alternatives") { yaml, root in
            RosterAlternative.entries(&yaml, root)
        }
        var alternatives: [RosterAlternative] = []
        for entry in entries {
            let found: File
            do { found = try open(entry.path) } catch {
                let problem = FileProblem(
                    line: entry.line,
                    key: "\(entry.key).roster",
                    value: entry.path,
                    problem: "\(error)",
                    wayOut: "a file beside this one"
                )
                throw FileError(file: file, problems: [problem])
            }
            let roster = try Roster(csv: found.text, file: found.name, zones: zones)
            alternatives.append(RosterAlternative(name: entry.name, note: entry.note, file: entry.path, roster: roster))
        }
        return alternatives
    }

    private struct Entry {
        var line: Int
        var key: String
        var name: String
        var note: String?
        var path: String
    }

    private static func entries(_ yaml: inout YAMLReader, _ root: Node) -> [Entry]? {
        guard let top = yaml.mapping(root, at: "", required: ["alternatives"], optional: []) else { return nil }
        let nodes = yaml.list(top, "alternatives", canBeEmpty: false)
        guard nodes.count <= countMax else {
            yaml.fail(top.values["alternatives"], "alternatives", value: "\(nodes.count)", "too many to be held side by side", "at most \(countMax)")
            return nil
        }
        var names: Set<String> = []
        var entries: [Entry] = []
        for (path, node) in nodes {
            guard let keys = yaml.mapping(node, at: path, required: ["name", "roster"], optional: ["note"]) else { continue }
            let (name, roster, note) = (yaml.text(keys, "name"), yaml.text(keys, "roster"), yaml.text(keys, "note"))
            guard let name, let roster else { continue }
            if !names.insert(name).inserted {
                yaml.fail(keys.values["name"], yaml.join(path, "name"), value: name, "used twice", "give each its own name")
            }
            entries.append(Entry(line: keys.values["roster"]?.mark?.line ?? 1, key: path, name: name, note: note, path: roster))
        }
        return entries
    }
}
