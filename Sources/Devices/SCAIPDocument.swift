/// The fields of a SCAIP request (SS 91100, CLC/TS 50134-9): the texts of the elements right below `mrq`.
///
/// A tolerant reader: what is odd is noted and read all the same, for an alarm with an odd detail is still an alarm.
/// Refused is only what is no request, and what could cost more than a message may (document types, depth, size).
struct SCAIPDocument {
    /// A request has about 300 bytes; the standard's longest texts fit many times over. With `elementsMax` it keeps any
    /// message far below a millisecond.
    static let bytesMax = 16_384
    /// The standard names about thirty.
    static let elementsMax = 256
    /// A request has two levels.
    static let depthMax = 16

    /// By name in lower case, without the prefix of a name space; trimmed, never empty. Of repeated ones the first.
    private(set) var fields: [String: String] = [:]
    private(set) var oddities = Oddities(.scaip)

    /// What the standard names, and `cha`, which many devices send.
    private static let known: Set<String> = [
        "ref", "cid", "dty", "did", "mty", "stc", "lco", "pri", "dco", "crd", "hbo", "ame", "stt", "lva", "lge", "lte", "cha", "ver", "ico",
        "mre", "cre", "tnu", "hbi", "snu",
    ]

    init(_ payload: [UInt8]) throws(CodecRefusal) {
        guard payload.count <= SCAIPDocument.bytesMax else { throw CodecRefusal("larger than 16 KiB") }
        let text = NativeText.utf8(payload)
        if text.encoding != .utf8 { oddities.note("not-utf8") }
        var scanner = SCAIPScanner(text.bytes)
        try scanner.read()
        take(scanner.elements)
        if scanner.hasNested { oddities.note("nested-element") }
        if scanner.hasBareCharacter { oddities.note("bare-character") }
        if scanner.hasControlCharacter { oddities.note("control-character") }
        if scanner.hasMoreBehind { oddities.note("extra-content") }
    }

    private mutating func take(_ elements: [(name: String, text: [UInt8])]) {
        for (name, text) in elements {
            let lower = name.lowercased()
            guard SCAIPDocument.known.contains(lower) else {
                oddities.note("unknown-element")
                continue
            }
            if lower != name { oddities.note("element-case") }
            let value = NativeReference.trimmed(String(decoding: text, as: UTF8.self))
            if value.isEmpty { continue }
            if fields[lower] != nil { oddities.note("duplicate-element") } else { fields[lower] = value }
        }
    }
}
