import HTTPTypes
import Hummingbird
import Languages
import Synchronization

/// In which language the pages are read: chosen in the foot of each, and kept in a cookie. What browsers say of themselves is not
/// asked: the same address would say different things to two who share it, and a Norwegian office reads what it has chosen.
extension Site {
    /// The field that chooses a language; the page is then at the address without it.
    static let languageField = "sprak"
    static let languageCookie = "vaktlast-sprak"
    private static let languageCookieSeconds = 31_536_000
    private static let scriptType = "text/javascript; charset=utf-8"

    /// The language a request is to be answered in.
    func languageTag(_ request: Request) -> String {
        Access.cookie(Site.languageCookie, of: request).flatMap { face.languages.has($0) ? $0 : nil } ?? face.language
    }

    /// What puts pages into the language of a request; nil where that is what they are written in.
    func translator(_ request: Request) -> Translator? {
        face.languages.translator(languageTag(request))?.keeping(pages.placeNames, titles: pages.ownTitles)
    }

    /// Takes the language that an address asks for, and leads to the same address without it; nil where none is asked for.
    func languageChoice(_ request: Request) -> Response? {
        guard request.method == .get || request.method == .head, !request.uri.path.hasPrefix("/api/") else { return nil }
        let pairs = (request.uri.query ?? "").split(separator: "&")
        // By the field as it is written, so that the address led to has it no more.
        let rest = pairs.filter { $0.split(separator: "=", maxSplits: 1).first.map(String.init) != Site.languageField }
        guard rest.count < pairs.count else { return nil }
        var response = Response(status: .seeOther)
        response.headers[.location] = Site.ownAddress(request.uri.path, rest.joined(separator: "&"))
        if let tag = Query(request)[Site.languageField], face.languages.has(tag) {
            response.headers[.setCookie] =
                "\(Site.languageCookie)=\(tag); Path=/; Max-Age=\(Site.languageCookieSeconds); HttpOnly; SameSite=Lax" + (request.isSecure ? "; Secure" : "")
        }
        return response
    }

    /// An address of this site from a request's own path and query; `/` for what a browser would read as another site's.
    private static func ownAddress(_ path: String, _ query: String) -> String {
        guard path.hasPrefix("/"), !path.hasPrefix("//"), (path + query).utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }) else {
            return "/"
        }
        return query.isEmpty ? path : "\(path)?\(query)"
    }

    /// A page with the chooser in its foot, in the language of the request; scripts with their words. All else as it is.
    func spoken(_ response: Response, _ request: Request) async throws -> Response {
        let type = response.headers[.contentType]
        let isPage = type == Pages.htmlType
        let translator = translator(request)
        guard isPage || (type == Site.scriptType && translator != nil) else { return response }
        var body = try await Site.bytes(of: response)
        if isPage {
            body = withChooser(body, request)
            body = translator?.page(body).html ?? OwnText.plain(body)
        } else if let translator {
            body = Array(translator.script(String(decoding: body, as: UTF8.self)).utf8)
        }
        var spoken = response
        spoken.body = .init(byteBuffer: ByteBuffer(bytes: body))
        spoken.headers[.contentLanguage] = languageTag(request)
        return spoken
    }

    private static func bytes(of response: Response) async throws -> [UInt8] {
        let kept = KeptBody()
        try await response.body.write(KeptBody.Writer(body: kept))
        return kept.bytes
    }

    /// The page with the languages that it can be read in, each by its own name; nothing where it has no foot.
    private func withChooser(_ page: [UInt8], _ request: Request) -> [UInt8] {
        let end = Array("</footer>".utf8)
        guard face.languages.choices.count > 1, let place = page.lastRange(of: end) else { return page }
        let current = languageTag(request)
        let kept = (request.method == .get ? request.uri.query : nil)?.split(separator: "&").map { "\($0)&" }.joined() ?? ""
        let items = face.languages.choices.map { choice in
            let address = Site.escaped("?\(kept)\(Site.languageField)=\(choice.tag)")
            let mark = choice.tag == current ? " aria-current=\"true\"" : ""
            return "<li><a href=\"\(address)\" lang=\"\(choice.tag)\" hreflang=\"\(choice.tag)\"\(mark)>\(Site.escaped(choice.name))</a></li>"
        }
        let chooser = "<nav class=\"languages\" aria-label=\"Språk\"><ul>\(items.joined())</ul></nav>"
        return page[..<place] + Array(chooser.utf8) + page[place...]
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
    }
}

/// A body that was made, as bytes.
private final class KeptBody: Sendable {
    private let content = Mutex<[UInt8]>([])
    var bytes: [UInt8] { content.withLock(\.self) }

    struct Writer: ResponseBodyWriter {
        let body: KeptBody

        mutating func write(_ buffer: ByteBuffer) async throws { body.content.withLock { $0 += buffer.readableBytesView } }
        consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }
}

extension [UInt8] {
    /// Where the last of some bytes begin.
    fileprivate func lastRange(of bytes: [UInt8]) -> Int? {
        guard count >= bytes.count else { return nil }
        return (0...count - bytes.count).last { self[$0..<$0 + bytes.count].elementsEqual(bytes) }
    }
}
