import Telemetry

/// Reads SIA DC-09 frames into canonical events, exactly as the table in `docs/devices.md` says.
enum DC09Codec {
    /// More codes than a frame of the largest length can hold.
    static let codesMax = 1000

    static func read(_ message: NativeMessage, keys: DC09Keys) throws(CodecRefusal) -> NativeReading {
        let frame = try DC09Frame(message.payload)
        var oddities = frame.oddities
        let content = try content(of: frame, message, keys)
        let account = frame.account.isEmpty ? content?.account ?? "" : frame.account
        guard !account.isEmpty else { throw CodecRefusal("missing account") }
        if let other = content?.account, !other.isEmpty, other != account { oddities.note("other-account") }
        let time = content?.time.flatMap(DC09Content.time)
        if content?.time != nil, time == nil { oddities.note("bad-timestamp") }
        // The same frame sent again later cannot be told from a copy.
        if content?.time == nil { oddities.note("no-timestamp") }

        let codes: [DC09Code]
        switch frame.token {
        case .null: codes = [DC09Code(meaning: .heartbeat, number: 0)]
        case .dcs: codes = DC09Code.read(dcs: content?.data ?? [], &oddities)
        case .contactID: codes = DC09Code.read(contactID: content?.data ?? [], &oddities)
        }
        guard !codes.isEmpty else { throw CodecRefusal("no event code") }
        let id = "dc09:\(account):\(frame.sequence):\(frame.crc)"
        let events = codes.prefix(codesMax).enumerated().map { index, code in
            // The first keeps the frame's own id.
            code.event(
                id: NativeReference.eventID(index == 0 ? id : "\(id):\(index + 1)"),
                account: account,
                time: time,
                &oddities
            )
        }
        return NativeReading(events: events, oddities: oddities.words)
    }

    /// Nil for a frame without any block, as some send for `NULL`.
    private static func content(of frame: DC09Frame, _ message: NativeMessage, _ keys: DC09Keys) throws(CodecRefusal) -> DC09Content? {
        if frame.isEncrypted {
            guard let key = keys.bytes(municipality: message.municipality, source: message.source, account: frame.account) else {
                throw CodecRefusal("encrypted, and no key for the account")
            }
            return try DC09Content(encrypted: frame.content, key: key)
        }
        if frame.content.isEmpty, frame.token == .null { return nil }
        guard let content = DC09Content(clear: frame.content) else { throw CodecRefusal("no whole data block") }
        return content
    }
}
