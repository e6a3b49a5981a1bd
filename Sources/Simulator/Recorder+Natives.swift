import Telemetry

/// Devices' own formats, written anew from the parts that carry no name.
extension Recorder {
    /// SCAIP: the elements that decide the event. Texts, positions, call numbers and whatever else are left out.
    mutating func scaip(_ bytes: [UInt8]) -> [UInt8]? {
        guard let text = String(validating: bytes, as: UTF8.self), !text.contains("<!"), text.contains("mrq") else { return nil }
        var fields: [(name: String, text: String)] = []
        for match in text.matches(of: /<(?:[A-Za-z0-9]+:)?([a-z]{3})(?:\s[^<>]*)?>([^<>]*)(?=<)/) {
            let name = String(match.1)
            guard !fields.contains(where: { $0.name == name }) else { continue }
            fields.append((name, String(match.2).filter { !$0.isWhitespace }))
        }
        func field(_ name: String) -> String? { fields.first { $0.name == name }?.text }
        var xml = "<mrq>"
        for (name, text) in fields {
            switch name {
            case "ref": xml += "<ref>\(pseudonyms.pseudonym(text))</ref>"
            case "cid": xml += "<cid>\(pseudonyms.device(text))</cid>"
            case "did", "dty", "mty", "stc", "lco", "pri":
                let isCode = text.utf8.count <= 4 && text.utf8.allSatisfy { $0 < 0x80 && ($0 | 0x20 >= 0x61 || (0x30...0x39).contains($0)) }
                xml += "<\(name)>\(isCode ? text : pseudonyms.pseudonym(text))</\(name)>"
            default: break
            }
        }
        if let cid = field("cid"), let ref = field("ref") {
            remember("scaip:\(cid):\(ref)", as: "scaip:\(pseudonyms.device(cid)):\(pseudonyms.pseudonym(ref))")
        }
        return Array((xml + "</mrq>").utf8)
    }

    /// DC-09: another account, the same codes, CRC and length anew; a CRC that was wrong stays wrong. Encrypted frames
    /// cannot be read, and so are not recorded.
    mutating func dc09(_ bytes: [UInt8]) -> [UInt8]? {
        let text = String(decoding: bytes, as: UTF8.self).trimmingPrefix(while: { $0 == "\n" })
        guard
            let match = text.firstMatch(
                of:
                    /^([0-9A-F]{4})([0-9A-F]{4})("(SIA-DCS|ADM-CID|NULL)"([0-9]{4})(?:R[0-9A-F]{1,6})?(?:L[0-9A-F]{1,6})?#([0-9A-Za-z]{1,16})\[([^\]]*)\](?:\[[^\]]*\])*(_[0-9:,\-]{19})?)/
            )
        else { return nil }
        let account = pseudonyms.device(String(match.6))
        let data = match.7.split(separator: "|", maxSplits: 1).dropFirst().first.map(String.init) ?? ""
        let codes: String
        switch match.4 {
        case "ADM-CID": codes = data.firstMatch(of: /^[0-9]{4} [0-9A-F]{2} [0-9]{3}/).map { String($0.0) } ?? ""
        case "SIA-DCS":
            codes =
                data.prefix(1)
                + data.dropFirst().split(separator: "/").compactMap { block in
                    block.firstMatch(of: /^(?:ri[0-9]{1,4}|[A-Z]{2}[0-9]{0,4})/).map { String($0.0) }
                }.joined(separator: "/")
        default: codes = ""
        }
        let block = codes.isEmpty ? "" : "#\(account)|\(codes)"
        let body = "\"\(match.4)\"\(match.5)L0#\(account)[\(block)]\(match.8 ?? "")"
        let wasRight = String(match.1) == DC09Writer.hexadecimal(UInt64(DC09Writer.crc(Array(match.3.utf8))))
        let crc = DC09Writer.crc(Array(body.utf8)) ^ (wasRight ? 0 : 0xFFFF)
        let check = DC09Writer.hexadecimal(UInt64(crc))
        remember("dc09:\(match.6):\(match.5):\(match.1)", as: "dc09:\(account):\(match.5):\(check)")
        return Array("\n\(check)\(DC09Writer.hexadecimal(UInt64(body.utf8.count)))\(body)\r".utf8)
    }
}

/// JSON of Zigbee2MQTT, ChirpStack and The Things Stack: numbers and flags stay, words of known members stay, every
/// other text becomes a pseudonym; positions, raw payloads and what lies around a reception are left out.
struct DeviceJSONRecorder {
    let pseudonyms: Pseudonyms

    private static let leftOut: Set<String> = [
        "data", "frm_payload", "rxinfo", "txinfo", "rx_metadata", "location", "locations", "latitude", "longitude", "lat", "lon", "lng",
        "altitude", "tags", "attributes", "variables", "user", "email", "address", "comment", "description", "key", "nwkskey", "appskey",
    ]
    private static let wordMembers: Set<String> = [
        "deviceprofilename", "model_id", "brand_id", "model", "manufacturer", "vendor", "type", "region", "state", "action", "status",
        "event", "mode", "contact", "warning", "alarm", "detection_status", "power_source", "level", "codec",
    ]

    func written(_ value: AuditJSON, under name: String = "") -> AuditJSON {
        switch value {
        case .null, .bool, .number: return value
        case .array(let elements): return .array(elements.map { written($0, under: name) })
        case .object(let members):
            return .object(
                members.compactMap { member in
                    let name = String(decoding: member.name, as: UTF8.self).lowercased()
                    return DeviceJSONRecorder.leftOut.contains(name) ? nil : (member.name, written(member.value, under: name))
                }
            )
        case .string(let bytes):
            let isWord = bytes.count <= 48 && bytes.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
            if bytes.isEmpty || AuditClock.milliseconds(bytes) != nil || DeviceJSONRecorder.wordMembers.contains(name) && isWord { return value }
            return .string(Array(pseudonyms.pseudonym(String(decoding: bytes, as: UTF8.self)).utf8))
        }
    }
}
