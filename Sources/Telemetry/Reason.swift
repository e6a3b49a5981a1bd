/// Why a message or an event was refused: the words of CONTRACT 2 and 7.
package enum Reason: Equatable, Sendable {
    case tooLarge, badCompression, notUTF8, notJSON, notAnEvent, tooManyEvents
    case personalData, unknownType, badTime
    case missing(StaticWord), bad(StaticWord)
    case badTopic, unknownCodec
    case codec(String)

    package var word: String {
        switch self {
        case .tooLarge: "too-large"
        case .badCompression: "bad-compression"
        case .notUTF8: "not-utf8"
        case .notJSON: "not-json"
        case .notAnEvent: "not-an-event"
        case .tooManyEvents: "too-many-events"
        case .personalData: "personal-data"
        case .unknownType: "unknown-type"
        case .badTime: "bad-time"
        case .missing(let name): "missing:\(name.text)"
        case .bad(let name): "bad:\(name.text)"
        case .badTopic: "bad-topic"
        case .unknownCodec: "unknown-codec"
        case .codec(let detail): "codec:\(detail)"
        }
    }
}

/// The name of an attribute or member, known when compiled.
package struct StaticWord: Equatable, Sendable, ExpressibleByStringLiteral {
    package let text: String

    package init(stringLiteral value: String) { text = value }
}
