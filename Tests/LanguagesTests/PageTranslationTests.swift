import Languages
import Testing

/// A page in another language: its words, and nothing else of it.
@Suite("A page in another language")
struct PageTranslationTests {
    private func page(_ html: String, _ pairs: [(String, String)] = [("Sone", "Zone"), ("natt", "night"), ("Nå", "Now")], keeping names: Set<String> = [])
        throws -> String
    {
        String(decoding: try TranslatorTests.translator(pairs, keeping: names).page(Array(html.utf8)).html, as: UTF8.self)
    }

    @Test("texts and attributes that are read are translated, and the language is said")
    func words() throws {
        let html =
            "<!doctype html><html lang=\"nb\"><head><title>Nå</title></head><body><p title='Sone'>Sone</p>"
            + "<svg aria-label=\"Sone\"><title>natt</title><desc>Sone</desc><text>Nå</text></svg><input placeholder=\"Sone\" value=\"Sone\" name=\"Sone\">"
            + "<input type=\"submit\" value=\"Sone\"><button value=\"Sone\">Sone</button><img alt=\"Sone\"></body></html>"
        let made =
            "<!doctype html><html lang=\"en\"><head><title>Now</title></head><body><p title='Zone'>Zone</p>"
            + "<svg aria-label=\"Zone\"><title>night</title><desc>Zone</desc><text>Now</text></svg><input placeholder=\"Zone\" value=\"Sone\" name=\"Sone\">"
            + "<input type=\"submit\" value=\"Zone\"><button value=\"Sone\">Zone</button><img alt=\"Zone\"></body></html>"
        #expect(try page(html) == made)
    }

    @Test(
        "addresses, ids, scripts, styles, code, comments and what says its own language stay byte for byte",
        arguments: [
            "<a href=\"/Sone?Sone=natt\" id=\"Sone\" class=\"Sone\" data-text=\"Sone\">", "<script>Sone</script>", "<style>Sone</style>",
            "<textarea>Sone</textarea>", "<code>Sone</code>", "<!-- Sone > natt -->", "<a lang=\"nn\" title=\"Sone\">Sone <b>Sone</b> <a>Sone</a></a>",
            "&lt;Sone&gt; &ukjent; Sone", "a < b > c", "<", "<p", "&", "&#xZZ;", "",
        ]
    )
    func kept(_ html: String) throws {
        #expect(try page(html) == html)
        #expect(try page(html + "<p>Sone</p>").hasPrefix(html) || html == "<p")
    }

    @Test("after an element with a language of its own the page goes on in the page's")
    func foreign() throws { #expect(try page("<p lang=\"nn\"><i>Sone</i></p><p>Sone</p>") == "<p lang=\"nn\"><i>Sone</i></p><p>Zone</p>") }

    @Test("what is not to be translated stays, with its attributes and the language that it is in, and the page goes on after it")
    func untranslated() throws {
        #expect(
            try page("<button>Sone <bdi translate=\"no\" title=\"natt\">natt <b>Sone</b></bdi></button><p>Sone</p>")
                == "<button>Zone <bdi lang=\"nb\" translate=\"no\" title=\"natt\">natt <b>Sone</b></bdi></button><p>Zone</p>"
        )
        // An element without an end says it of itself alone.
        #expect(
            try page("<img translate=\"no\" alt=\"Sone\"><p translate=\"yes\">Sone</p>")
                == "<img lang=\"nb\" translate=\"no\" alt=\"Sone\"><p translate=\"yes\">Zone</p>"
        )
    }

    @Test(
        "hostile names are written as text again, whatever surrounds them",
        arguments: [
            "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onfocus='x", "&lt;b&gt;", "a\"\u{301}b", "{1}", "Sone & natt", "-->", "]]>",
            "\u{202E}x",
        ]
    )
    func hostile(_ name: String) throws {
        func escaped(_ text: String) -> String {
            String(
                decoding: text.utf8.flatMap { byte -> [UInt8] in
                    switch byte {
                    case UInt8(ascii: "<"): Array("&lt;".utf8)
                    case UInt8(ascii: ">"): Array("&gt;".utf8)
                    case UInt8(ascii: "&"): Array("&amp;".utf8)
                    case UInt8(ascii: "\""): Array("&quot;".utf8)
                    case UInt8(ascii: "'"): Array("&#39;".utf8)
                    default: [byte]
                    }
                },
                as: UTF8.self
            )
        }
        let pairs = [("Sone {1} nå", "Zone {1} now")]
        let html = "<p title=\"Sone \(escaped(name)) nå\">Sone \(escaped(name)) nå</p>"
        #expect(try page(html, pairs, keeping: [name]) == "<p title=\"Zone \(escaped(name)) now\">Zone \(escaped(name)) now</p>")
        // A translation that holds marks of HTML does no harm either.
        #expect(try page("<p title=\"Sone\">Sone</p>", [("Sone", "<b>'&")]) == "<p title=\"&lt;b&gt;&#39;&amp;\">&lt;b&gt;&#39;&amp;</p>")
    }

    @Test("a script gets its words and nothing that ends them")
    func scripts() throws {
        let translator = try TranslatorTests.translator([("Logg inn", "Log in"), ("Vent litt", "Wait \\\\"), ("strict", "loose")])
        #expect(
            translator.script("\"use strict\"; say(\"Logg inn\", 'x', \"Vent litt\", \"strict\")")
                == "\"use strict\"; say(\"Log in\", 'x', \"Vent litt\", \"strict\")"
        )
    }
}
