/// What codecs remember of devices between messages: the value that a table's `changed` is compared with.
///
/// Part of what the fold knows, so a function of the journal: kept with the views, given back at restart.
package struct DeviceMemory: Sendable {
    package struct Key: Hashable, Sendable {
        package var municipality: String
        package var source: String
        package var device: String
        /// The path in the device's message.
        package var path: String

        package init(municipality: String, source: String, device: String, path: String) {
            self.municipality = municipality
            self.source = source
            self.device = device
            self.path = path
        }
    }

    /// The value of a path that holds, what is known of the messages that brought it, and the value before its last
    /// change, so that the same message met again gives the same answer.
    package struct Entry: Equatable, Sendable {
        package var value: String
        package var message: String
        package var previous: String?

        package init(value: String, message: String, previous: String?) {
            self.value = value
            self.message = message
            self.previous = previous
        }
    }

    package private(set) var entries: [Key: Entry] = [:]
    private var dirty: Set<Key> = []

    package init(entries: [Key: Entry] = [:]) { self.entries = entries }

    package subscript(key: Key) -> Entry? {
        get { entries[key] }
        set {
            guard entries[key] != newValue else { return }
            entries[key] = newValue
            dirty.insert(key)
        }
    }

    /// What has changed since the last call.
    package mutating func takeDirty() -> [(key: Key, entry: Entry)] {
        defer { dirty = [] }
        return dirty.compactMap { key in entries[key].map { (key, $0) } }
    }
}
