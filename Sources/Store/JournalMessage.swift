package import Telemetry

/// One message as it was read, with what masking has already taken out of it.
package struct JournalMessage: Sendable {
    /// What the payload is to the one who reads it again.
    package enum Form: Int, Sendable {
        /// As it came; or, where personal data was masked in it, uncompressed.
        case whole = 0
        /// The first 4 KiB of a message that is too large, masked.
        case tooLarge = 2
        /// The first 4 KiB of a broken compressed message in which personal data was found, masked.
        case badCompression = 3
    }

    package var position: Int64
    package var received: EventTime
    package var topic: String
    package var payload: [UInt8]
    package var form: Form
    /// Of a form that is not whole: length and SHA-256 (hexadecimal) of what came.
    package var original: String?
    /// Indexes of the events in which personal data was masked.
    package var personal: [Int]
    package var responseTopic: String?
    package var correlation: [UInt8]?

    package init(
        position: Int64,
        received: EventTime,
        topic: String,
        payload: [UInt8],
        form: Form = .whole,
        original: String? = nil,
        personal: [Int] = [],
        responseTopic: String? = nil,
        correlation: [UInt8]? = nil
    ) {
        self.position = position
        self.received = received
        self.topic = topic
        self.payload = payload
        self.form = form
        self.original = original
        self.personal = personal
        self.responseTopic = responseTopic
        self.correlation = correlation
    }
}
