import Foundation
import FoundationXML

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
        var cleaner = SCAIPText(text.bytes)
        let cleaned = try cleaner.cleaned()
        if cleaner.hasBareAmpersand { oddities.note("bare-ampersand") }
        if cleaner.hasControlCharacter { oddities.note("control-character") }
        let collector = Collector()
        let parser = XMLParser(data: Data(cleaned))
        parser.shouldResolveExternalEntities = false
        parser.delegate = collector
        _ = parser.parse()
        if let refusal = collector.refusal { throw refusal }
        guard collector.isComplete else { throw CodecRefusal("no whole XML document") }
        if collector.hasSlip { oddities.note("not-well-formed") }
        if collector.hasMoreBehind { oddities.note("extra-content") }
        take(collector.elements)
        if collector.hasNested { oddities.note("nested-element") }
    }

    private mutating func take(_ elements: [(name: String, text: String)]) {
        for (name, text) in elements {
            let lower = name.lowercased()
            guard SCAIPDocument.known.contains(lower) else {
                oddities.note("unknown-element")
                continue
            }
            if lower != name { oddities.note("element-case") }
            let value = text.trimmingCharacters(in: .whitespacesAndNewlines)
            if value.isEmpty { continue }
            if fields[lower] != nil { oddities.note("duplicate-element") } else { fields[lower] = value }
        }
    }

    /// Follows the parser: the texts one level below the root.
    private final class Collector: NSObject, XMLParserDelegate {
        private(set) var elements: [(name: String, text: String)] = []
        private(set) var refusal: CodecRefusal?
        /// The root has been read to its end.
        private(set) var isComplete = false
        private(set) var hasNested = false
        /// Something is not well-formed that leaves no doubt what was meant, such as an attribute that stands twice.
        private(set) var hasSlip = false
        private(set) var hasMoreBehind = false
        private var depth = 0
        private var count = 0

        func parser(
            _ parser: XMLParser,
            didStartElement elementName: String,
            namespaceURI: String?,
            qualifiedName qName: String?,
            attributes attributeDict: [String: String]
        ) {
            guard refusal == nil, !isComplete else { return }
            depth += 1
            count += 1
            let name = elementName.split(separator: ":").last.map(String.init) ?? elementName
            switch depth {
            case 1: refusal = Collector.refusal(ofRoot: name)
            case 2: elements.append((name, ""))
            default: hasNested = true
            }
            if depth > SCAIPDocument.depthMax { refusal = CodecRefusal("nested more than \(SCAIPDocument.depthMax) deep") }
            if count > SCAIPDocument.elementsMax { refusal = CodecRefusal("more than \(SCAIPDocument.elementsMax) elements") }
            if refusal != nil { parser.abortParsing() }
        }

        /// The parser reads on behind most faults. Elements that close each other are none that may be guessed at.
        func parser(_ parser: XMLParser, parseErrorOccurred parseError: any Error) {
            let code = (parseError as NSError).code
            if isComplete {
                hasMoreBehind = true
            } else if code == Collector.tagNameMismatch {
                refusal = refusal ?? CodecRefusal("no whole XML document")
                parser.abortParsing()
            } else if code != Collector.undeclaredPrefix {
                hasSlip = true
            }
        }

        /// libxml2's XML_ERR_TAG_NAME_MISMATCH.
        private static let tagNameMismatch = 76
        /// libxml2's XML_NS_ERR_UNDEFINED_NAMESPACE: many senders use a prefix and declare none.
        private static let undeclaredPrefix = 201

        private static func refusal(ofRoot name: String) -> CodecRefusal? {
            switch name.lowercased() {
            case "mrq": nil
            case "mrs": CodecRefusal("an answer (mrs), not a request (mrq)")
            default: CodecRefusal("the root is not mrq")
            }
        }

        func parser(_ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?, qualifiedName qName: String?) {
            depth -= 1
            if depth == 0, refusal == nil { isComplete = true }
        }

        func parser(_ parser: XMLParser, foundCharacters string: String) {
            if depth == 2, !isComplete, !elements.isEmpty { elements[elements.count - 1].text += string }
        }

        func parser(_ parser: XMLParser, foundCDATA block: Data) {
            self.parser(parser, foundCharacters: String(decoding: block, as: UTF8.self))
        }
    }
}
