import Mustache

/// How values get into HTML: every template begins with `{{% CONTENT_TYPE:VAKTLAST}}`.
///
/// Mustache's own escaping goes by `Character`, so a quotation mark followed by a combining accent is one character
/// that is not `"` and slips through into an attribute. Ours goes by byte.
struct ByteEscaping: MustacheContentType {
    static let name = "VAKTLAST"

    func escapeText(_ text: String) -> String {
        guard text.utf8.contains(where: { ByteEscaping.replacement(of: $0) != nil }) else { return text }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + 16)
        for byte in text.utf8 {
            if let replacement = ByteEscaping.replacement(of: byte) {
                bytes.append(contentsOf: replacement.utf8)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func replacement(of byte: UInt8) -> String? {
        switch byte {
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&#39;"
        default: nil
        }
    }
}

/// The compiled templates, made once.
enum Templates {
    static let library: MustacheLibrary = {
        MustacheContentTypes.register(ByteEscaping(), named: ByteEscaping.name)
        let sources = [
            "page": pageTemplate, "loadPage": loadPageTemplate, "comparison": comparisonTemplate, "board": boardTemplate, "nowPage": nowPageTemplate,
            "boardTotals": boardTotalsTemplate, "boardZones": boardZonesTemplate, "wallBoard": wallBoardTemplate,
            "navigation": navigationTemplate, "periodMessage": periodMessageTemplate,
            "headlines": headlinesTemplate,
            "keyFigures": keyFiguresTemplate, "heat": heatTemplate, "heatTable": heatTableTemplate,
            "staffing": staffingTemplate, "shiftTable": shiftTableTemplate, "rosterSection": rosterSectionTemplate, "chart": chartTemplate,
            "overlap": overlapTemplate,
            "staffingAnalysis": staffingAnalysisTemplate, "overlapBars": overlapBarsTemplate, "staffingPage": staffingPageTemplate, "goals": goalsTemplate,
            "documentHead": documentHeadTemplate, "documentFoot": documentFootTemplate, "answers": answersTemplate, "traces": tracesTemplate,
            "pieces": piecesTemplate, "goal": goalTemplate,
            "exampleBanner": exampleBannerTemplate, "goalsPage": goalsPageTemplate, "freed": freedTemplate,
            "technologyLoad": technologyLoadTemplate, "sources": sourcesTemplate, "sourceLine": sourceLineTemplate, "barPicture": barPictureTemplate,
            "hourPage": hourPageTemplate, "lineagePage": lineagePageTemplate, "loadLineagePage": loadLineagePageTemplate, "staffingSite": staffingSiteTemplate,
            "whatIfForm": whatIfFormTemplate,
            "whatIfAnswer": whatIfAnswerTemplate,
            "numberField": numberFieldTemplate, "yearPicture": yearPictureTemplate, "planPage": planPageTemplate, "projection": projectionTemplate,
            "kostra": kostraTemplate,
            "capacity": capacityTemplate, "summaryPage": summaryPageTemplate,
            "formPage": formPageTemplate, "formPageTable": formPageTableTemplate, "form": formTemplate,
            "login": loginTemplate, "logout": logoutTemplate, "availability": availabilityTemplate, "quality": qualityTemplate,
            "devicePage": devicePageTemplate, "singleDevicePage": singleDevicePageTemplate, "qualityPage": qualityPageTemplate,
            "helpPage": helpPageTemplate, "accessibilityPage": accessibilityPageTemplate, "ledger": ledgerTemplate, "definitions": definitionsTemplate,
        ]
        var templates: [String: MustacheTemplate] = [:]
        for (name, source) in sources {
            do {
                templates[name] = try MustacheTemplate(string: "{{% CONTENT_TYPE:\(ByteEscaping.name)}}\n" + source)
            } catch {
                preconditionFailure("the template \(name) of this program is not Mustache: \(error)")
            }
        }
        return MustacheLibrary(templates: templates)
    }()

    static func render(_ name: String, _ view: View) -> String {
        guard let text = library.render(view, withTemplate: name) else {
            preconditionFailure("the template \(name) is missing from the library")
        }
        return text
    }
}

/// What a template sees. Absent things are written as `false`, since a missing key would be looked up further out.
typealias View = [String: Any]

extension Optional {
    /// The value for a template, or `false` for a section that is not shown.
    var orHidden: Any { map { $0 as Any } ?? false }
}
