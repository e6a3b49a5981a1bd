/// The page that says one has logged out here, on the way to logging out at the municipality's own login.
package enum LogoutPage {
    /// - Parameters:
    ///   - styleAddress: where the style sheet is served.
    ///   - address: where the municipality's own login ends.
    package static func html(styleAddress: String, address: String) -> String { Templates.render("logout", ["stylePath": styleAddress, "address": address]) }
}

let logoutTemplate = """
    <!doctype html>
    <html lang="nb">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>Logget ut – Vaktlast</title>
    <link rel="stylesheet" href="{{stylePath}}">
    </head>
    <body>
    <header class="site"><div class="bar"><p class="brand">Vaktlast</p></div></header>
    <main id="innhold">
    <div class="title"><h1>Du er logget ut av Vaktlast</h1><p class="cover">Nå logges du også ut av kommunens konto.</p></div>
    <p><a href="{{address}}">Gå videre hvis ingenting skjer</a></p>
    </main>
    </body>
    </html>

    """
