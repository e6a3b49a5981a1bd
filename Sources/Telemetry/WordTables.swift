/// Bytes to words without making a String: the tables of CONTRACT 3, searched by length first.
enum WordTables {
    /// On the hot path: the prefix by two loads, then the types of the same length.
    static func eventType(_ text: Text) -> EventType? {
        guard text.count > prefixCount, Text(start: text.start, count: prefixCount).isEqual(to: "no.vaktlast.") else {
            return nil
        }
        let word = Text(start: text.start + prefixCount, count: text.count - prefixCount)
        if word.isEqual(to: "device.heartbeat") { return .deviceHeartbeat }
        if word.isEqual(to: "sensor.observed") { return .sensorObserved }
        return types.find(word)
    }

    static func kind(_ text: Text) -> AlarmKind? { kinds.find(text) }
    static func outcome(_ text: Text) -> Outcome? { outcomes.find(text) }
    static func cause(_ text: Text) -> Cause? { causes.find(text) }
    static func technology(_ text: Text) -> Technology? { technologies.find(text) }
    static func result(_ text: Text) -> AssistResult? { results.find(text) }
    static func fault(_ text: Text) -> Fault? { faults.find(text) }

    private static let prefixCount = EventType.prefix.utf8.count
    private static let types = WordTable(EventType.allCases) { $0.word }
    private static let kinds = WordTable(AlarmKind.allCases) { $0.rawValue }
    private static let outcomes = WordTable(Outcome.allCases) { $0.rawValue }
    private static let causes = WordTable(Cause.allCases) { $0.rawValue }
    private static let technologies = WordTable(Technology.allCases) { $0.rawValue }
    private static let results = WordTable(AssistResult.allCases) { $0.rawValue }
    private static let faults = WordTable(Fault.allCases) { $0.rawValue }
}

/// A few words and what they stand for; a search is a comparison with the words of the same length.
struct WordTable<Value: Sendable>: Sendable {
    private let byLength: [[(bytes: [UInt8], value: Value)]]

    init(_ values: [Value], word: (Value) -> String) {
        var byLength: [[(bytes: [UInt8], value: Value)]] = []
        for value in values {
            let bytes = Array(word(value).utf8)
            while byLength.count <= bytes.count { byLength.append([]) }
            byLength[bytes.count].append((bytes, value))
        }
        self.byLength = byLength
    }

    func find(_ text: Text) -> Value? {
        guard text.count < byLength.count else { return nil }
        for entry in byLength[text.count] {
            let isSame = entry.bytes.withUnsafeBufferPointer { Text($0) == text }
            if isSame { return entry.value }
        }
        return nil
    }
}
