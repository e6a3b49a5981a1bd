/// The page that says why there is none, and the way on, in bokmål.
package struct ErrorPage: Sendable {
    let title: String
    let explanation: String

    /// - Parameter status: the HTTP status of the answer.
    package init(status: Int) {
        (title, explanation) =
            switch status {
            case 400: ("Adressen kan ikke leses", "Noe i adressen er skrevet feil, for eksempel sonen eller perioden.")
            case 401: ("Du må logge inn", "Oppgi tilgangsnøkkelen du har fått som passord.")
            case 403: ("Du har ikke tilgang hit", "Kommunen eller sonen hører ikke til din tilgang, eller den er ikke satt opp.")
            case 404: ("Siden finnes ikke", "Det er ingenting på denne adressen, eller ingen kommune er satt opp ennå.")
            case 422: ("For mye å regne på", "Perioden har for mange alarmer til å regnes på mens du venter. Velg en kortere periode eller én sone.")
            case 503: ("Tallene kan ikke vises akkurat nå", "Tjenesten henter seg inn. Prøv igjen om litt.")
            default: ("Noe gikk galt", "Siden kunne ikke lages. Driftsloggen sier hvorfor; alarmene blir tatt imot som før.")
            }
    }

    /// The same within the site's frame, for whoever has logged in.
    package var page: FormPage {
        FormPage(title: title, cover: explanation, parts: [.links([.init(title: "Til startsiden", path: "/")], label: "Videre")])
    }

    /// - Parameter styleAddress: where the style sheet is served.
    package func html(styleAddress: String) -> String {
        """
        <!doctype html>
        <html lang="nb">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>\(title) – Vaktlast</title>
        <link rel="stylesheet" href="\(styleAddress)">
        </head>
        <body>
        <header class="site"><div class="bar"><p class="brand">Vaktlast</p></div></header>
        <main id="innhold">
        <div class="title"><h1>\(title)</h1><p class="cover">\(explanation)</p></div>
        <p><a href="/">Til oversikten</a></p>
        </main>
        <footer class="site"><nav aria-label="Om Vaktlast"><ul><li><a href="\(AccessibilityPage.path)">Tilgjengelighet</a></li></ul></nav></footer>
        </body>
        </html>

        """
    }
}
