/// `mosquitto.conf` as the broker reads it: lines of key and value, with what it includes (mosquitto.conf(5)).
package struct MosquittoFile: Sendable {
    package struct Entry: Equatable, Sendable {
        package var key: String
        package var value: String
        package var file: String
        package var line: Int

        /// Where it stands and what it says.
        package var place: String { "\(file):\(line) \(key) \(value)" }
    }

    /// One way into the broker, with the entries that belong to it.
    package struct Listener: Sendable {
        package var entry: Entry?
        package var entries: [Entry] = []

        package subscript(key: String) -> Entry? { entries.last { $0.key == key } }
    }

    /// The main file, which stands in findings about what is missing.
    package let path: String
    package private(set) var entries: [Entry] = []
    /// Files and folders that could not be read.
    package private(set) var unreadable: [String] = []

    /// Files deep that `include_dir` may lead; a folder that includes itself ends here.
    package static let includeDepthMax = 5

    /// How files are read: the doctor's own disk, or a table of a test.
    package struct Reader {
        /// Nil when the file cannot be read.
        package var text: (_ path: String) -> String?
        /// The names in a folder, nil when it cannot be read.
        package var names: (_ folder: String) -> [String]?

        package init(text: @escaping (_ path: String) -> String?, names: @escaping (_ folder: String) -> [String]?) {
            self.text = text
            self.names = names
        }
    }

    package init(path: String, reader: Reader) {
        self.path = path
        read(path, reader, depth: 0)
    }

    private mutating func read(_ path: String, _ reader: Reader, depth: Int) {
        guard depth <= MosquittoFile.includeDepthMax, let text = reader.text(path) else { return unreadable.append(path) }
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() {
            let words = line.drop(while: \.isWhitespace)
            // A # that does not begin the line belongs to the value.
            guard let first = words.first, first != "#" else { continue }
            let key = words.prefix { !$0.isWhitespace }
            var value = words.dropFirst(key.count).drop(while: \.isWhitespace)
            while value.last?.isWhitespace == true { value.removeLast() }
            let entry = Entry(key: String(key), value: String(value), file: path, line: index + 1)
            entries.append(entry)
            if entry.key == "include_dir" { include(entry.value, reader, depth: depth) }
        }
    }

    /// The broker reads the folder's `*.conf` in bytewise order.
    private mutating func include(_ folder: String, _ reader: Reader, depth: Int) {
        guard let names = reader.names(folder) else { return unreadable.append(folder) }
        let ordered = names.filter { $0.hasSuffix(".conf") }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        for name in ordered { read("\(folder)/\(name)", reader, depth: depth + 1) }
    }

    /// The last entry with a key: what the broker goes by.
    package subscript(key: String) -> Entry? { entries.last { $0.key == key } }

    package func isOn(_ key: String) -> Bool { self[key]?.value.lowercased() == "true" }

    package var isPerListener: Bool { isOn("per_listener_settings") }

    /// The ways in: one an entry `listener`, and the default one of `port` or of a file that names none.
    package var listeners: [Listener] {
        var listeners = [Listener()]
        for entry in entries {
            if entry.key == "listener" {
                listeners.append(Listener(entry: entry))
            } else {
                listeners[listeners.count - 1].entries.append(entry)
            }
        }
        let isDefaultUsed = listeners.count == 1 || listeners[0]["port"] != nil
        return isDefaultUsed ? listeners : Array(listeners.dropFirst())
    }
}
