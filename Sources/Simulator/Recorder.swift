package import Telemetry

/// Turns messages as they came into messages that name no device: only what the figures need is written anew, and
/// every reference in it, also in topics, ids and names of alarms, is a pseudonym.
///
/// What cannot be read is not recorded, for nobody can say what stands in it.
package struct Recorder: Sendable {
    package enum Outcome: Equatable, Sendable {
        case recorded(SimulatedMessage)
        /// Why it was left out.
        case leftOut(String)
    }

    /// Names of alarms that a frame gives, old to new; beyond so many the oldest run is forgotten.
    private static let nameCountMax = 1_000_000

    let pseudonyms: Pseudonyms
    private var names: [String: String] = [:]

    package init(pseudonyms: Pseudonyms) { self.pseudonyms = pseudonyms }

    package mutating func record(topic: String, payload: [UInt8], time: EventTime) -> Outcome {
        let levels = topic.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        var bytes = payload
        let packing = payload.withUnsafeBufferPointer { Unpacking.packing(of: $0) }
        if packing != .none {
            let unpacked = payload.withUnsafeBufferPointer { Unpacking.unpack($0, packing) }
            guard unpacked.refusal == nil else { return .leftOut("cannot be unpacked") }
            bytes = unpacked.bytes
        }
        let isOurs = levels.count >= 5 && levels[0] == "vaktlast" && levels[1] == "v1"
        let written: [UInt8]?
        if isOurs, levels[4] != "native" {
            written = canonical(bytes)
        } else {
            switch isOurs && levels.count > 5 ? levels[5] : "" {
            case "scaip": written = scaip(bytes)
            case "dc09": written = dc09(bytes)
            case _ where ["online", "offline"].contains { bytes.elementsEqual($0.utf8) }: written = bytes
            default: written = AuditJSON.read(bytes).map { DeviceJSONRecorder(pseudonyms: pseudonyms).written($0).bytes }
            }
        }
        guard let written else { return .leftOut("cannot be read") }
        let place = isOurs ? levels.prefix(6) + levels.dropFirst(6).map(level) : levels.prefix(1) + levels.dropFirst().map(level)
        let masked = PersonalData.maskPlain(written) ?? written
        return .recorded(
            SimulatedMessage(
                time: time,
                topic: place.joined(separator: "/"),
                payload: masked,
                meaning: isOurs && levels[4] != "native" ? .canonical : .unknown
            )
        )
    }

    /// Levels of topics that are the format's own words; all others may name a device.
    private static let words: Set<String> = [
        "application", "device", "devices", "event", "up", "down", "join", "status", "ack", "txack", "log", "location", "v3",
        "availability", "set", "get", "bridge", "state", "info", "push", "queued", "sent", "failed", "service",
    ]

    private func level(_ text: String) -> String { text.isEmpty || Recorder.words.contains(text) ? text : pseudonyms.pseudonym(text) }

    /// The name of an alarm: one that a device's frame gave keeps its form, so that frame and central agree.
    func alarm(_ text: String) -> String {
        if let known = names[text] { return known }
        if text.hasPrefix("scaip:"), let end = text.lastIndex(of: ":") {
            let device = text[text.index(text.startIndex, offsetBy: 6)...].prefix(upTo: max(end, text.index(text.startIndex, offsetBy: 6)))
            return "scaip:\(pseudonyms.device(String(device))):\(pseudonyms.pseudonym(String(text[text.index(after: end)...])))"
        }
        return pseudonyms.pseudonym(text)
    }

    mutating func remember(_ name: String, as new: String) {
        if names.count >= Recorder.nameCountMax { names.removeAll() }
        names[name] = new
    }

    // MARK: Canonical events

    private func canonical(_ bytes: [UInt8]) -> [UInt8]? {
        switch AuditJSON.read(bytes) {
        case .object(let members)?: return event(.object(members)).bytes
        case .array(let elements)?: return AuditJSON.array(elements.map { $0.isObject ? event($0) : .null }).bytes
        default: return nil
        }
    }

    private static let plainMembers = [
        "kind", "priority", "test", "voice", "responders", "outcome", "cause", "property", "value", "unit", "technology", "result",
        "fault", "battery", "signal",
    ]

    /// The members of the contract, and no others.
    private func event(_ event: AuditJSON) -> AuditJSON {
        var members: [(name: [UInt8], value: AuditJSON)] = []
        func add(_ name: String, _ value: AuditJSON?) { if let value { members.append((Array(name.utf8), value)) } }
        add("specversion", event.member("specversion").map { word($0) })
        add("id", event.member("id").map { text($0) { alarm($0) } })
        add("source", event.member("source").map { text($0) { _ in "recorded" } })
        add("type", event.member("type").map { word($0) })
        add("time", event.member("time").map { time($0) })
        add("subject", event.member("subject").map { text($0) { pseudonyms.device($0) } })
        if AuditCandidate.sequence(event) != nil { add("sequence", event.member("sequence")) }
        if let data = event.member("data") {
            var inner: [(name: [UInt8], value: AuditJSON)] = []
            if let device = data.member("device") { inner.append((Array("device".utf8), text(device) { pseudonyms.device($0) })) }
            if let name = data.member("alarm") { inner.append((Array("alarm".utf8), text(name) { alarm($0) })) }
            for name in Recorder.plainMembers {
                if let value = data.member(name) { inner.append((Array(name.utf8), word(value))) }
            }
            for name in ["zone", "respondingZone"] {
                if let zone = data.member(name) {
                    inner.append((Array(name.utf8), text(zone) { Topic.isSource($0) ? $0 : pseudonyms.pseudonym($0) }))
                }
            }
            add("data", .object(inner))
        }
        return .object(members)
    }

    private func text(_ value: AuditJSON, _ change: (String) -> String) -> AuditJSON {
        guard let bytes = value.stringBytes else { return scalar(value) }
        return .string(Array((bytes.isEmpty ? "" : change(String(decoding: bytes, as: UTF8.self))).utf8))
    }

    /// A word of some vocabulary stays; anything else could be a name.
    private func word(_ value: AuditJSON) -> AuditJSON {
        text(value) { text in
            let isWord = text.utf8.count <= 40 && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || "-._%/".utf8.contains($0) }
            return isWord || ["1.0", "Cel"].contains(text) ? text : pseudonyms.pseudonym(text)
        }
    }

    private func time(_ value: AuditJSON) -> AuditJSON {
        guard let bytes = value.stringBytes else { return scalar(value) }
        return .string(AuditClock.milliseconds(bytes) == nil ? Array("no time".utf8) : bytes)
    }

    private func scalar(_ value: AuditJSON) -> AuditJSON {
        switch value {
        case .bool, .number, .null: value
        default: .null
        }
    }
}

extension AuditJSON {
    /// As JSON; whole numbers without a fraction.
    var bytes: [UInt8] {
        switch self {
        case .null: Array("null".utf8)
        case .bool(let value): Array("\(value)".utf8)
        case .number(let value): Array((value == value.rounded() && abs(value) < 9e15 ? "\(Int64(value))" : "\(value)").utf8)
        case .string(let bytes): AuditJSON.quoted(bytes)
        case .array(let elements): [UInt8(ascii: "[")] + elements.map(\.bytes).joined(separator: [UInt8(ascii: ",")]) + [UInt8(ascii: "]")]
        case .object(let members):
            [UInt8(ascii: "{")]
                + members.map { AuditJSON.quoted($0.name) + [UInt8(ascii: ":")] + $0.value.bytes }.joined(separator: [UInt8(ascii: ",")])
                + [UInt8(ascii: "}")]
        }
    }

    private static func quoted(_ bytes: [UInt8]) -> [UInt8] {
        var json = JSONText()
        json.value(String(decoding: bytes, as: UTF8.self))
        return json.bytes
    }
}
