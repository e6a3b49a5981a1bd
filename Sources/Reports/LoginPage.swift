/// The page where people log in, in bokmål.
package struct LoginPage: Sendable {
    package enum Message: Sendable {
        case wrong
        case wait(seconds: Int)
        /// The municipality's own login said no, or something came in between.
        case elsewhereFailed
        /// Logged in there, but with no role that may see anything here.
        case noRole(contact: String?)

        var text: String {
            switch self {
            case .wrong: "Navnet eller passordet er feil. Prøv igjen, eller be den som drifter Vaktlast om et nytt passord."
            case .wait(let seconds): "For mange forsøk. Vent \(Norwegian.count(seconds, "sekund", "sekunder")) og prøv igjen."
            case .elsewhereFailed:
                "Innloggingen med kommunens konto ble ikke fullført. Prøv igjen. Skjer det flere ganger, si fra til den som drifter Vaktlast."
            case .noRole(let contact):
                "Du er logget inn hos kommunen, men kontoen din har ingen rolle i Vaktlast. Be \(contact ?? "den som drifter Vaktlast") om tilgang."
            }
        }
    }

    private let next: String
    private let name: String
    private let message: Message?
    private let elsewhere: String?

    /// - Parameters:
    ///   - next: the path to go on to.
    ///   - name: what stood in the field, after a wrong try.
    ///   - elsewhere: where one logs in with the municipality's own account; nil where one cannot.
    package init(next: String, name: String = "", message: Message? = nil, elsewhere: String? = nil) {
        self.elsewhere = elsewhere
        self.next = next
        self.name = name
        self.message = message
    }

    package func html(styleAddress: String, action: String) -> String {
        Templates.render(
            "login",
            [
                "stylePath": styleAddress, "action": action, "next": next, "name": name, "message": (message?.text).orHidden,
                "isNameEmpty": name.isEmpty, "elsewhere": elsewhere.orHidden, "accessibility": AccessibilityPage.path,
            ]
        )
    }
}

let loginTemplate = """
    <!doctype html>
    <html lang="nb">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>Logg inn – Vaktlast</title>
    <link rel="stylesheet" href="{{stylePath}}">
    </head>
    <body>
    <header class="site"><div class="bar"><p class="brand">Vaktlast</p></div></header>
    <main id="innhold">
    <div class="title"><h1>Logg inn</h1><p class="cover">Se hvordan alarmene belaster hjemmetjenesten.</p></div>
    {{#message}}
    <p class="message" role="alert">{{message}}</p>
    {{/message}}
    {{#elsewhere}}
    <p><a href="{{elsewhere}}">Logg inn med kommunens konto</a></p>
    {{/elsewhere}}
    <form class="login" method="post" action="{{action}}">
    <input type="hidden" name="neste" value="{{next}}">
    <label for="navn">Brukernavn</label>
    <input id="navn" name="navn" value="{{name}}" autocomplete="username" autocapitalize="none" spellcheck="false" required{{#isNameEmpty}} autofocus{{/isNameEmpty}}>
    <label for="passord">Passord</label>
    <input id="passord" name="passord" type="password" autocomplete="current-password" required{{^isNameEmpty}} autofocus{{/isNameEmpty}}>
    <button type="submit">Logg inn</button>
    </form>
    </main>
    <footer class="site"><nav aria-label="Om Vaktlast"><ul><li><a href="{{accessibility}}">Tilgjengelighet</a></li></ul></nav></footer>
    </body>
    </html>

    """
