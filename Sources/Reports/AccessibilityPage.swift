/// The accessibility statement. It needs no login: whoever cannot log in must be able to read whom to tell.
package struct AccessibilityPage: Sendable {
    package static let path = "/tilgjengelighet"

    private let contact: String?

    /// - Parameter contact: whom to tell, from the configuration; nil where none is named.
    package init(contact: String?) { self.contact = contact }

    package func html(navigation: ReportNavigation, style: Report.StylePlacement) -> String {
        let frame = PageFrame(
            title: "Tilgjengelighet",
            about: nil,
            navigation: navigation,
            style: style,
            provenance: "Erklæringen gjelder nettsidene og filene som Vaktlast lager."
        )
        let whom = contact.map { "Si fra til \($0)." } ?? "Si fra til den i kommunen som drifter Vaktlast, eller til kommunens servicetorg."
        return Templates.render("accessibilityPage", frame.view.merging(["whom": whom]) { $1 })
    }
}

let accessibilityPageTemplate = """
    {{> documentHead}}
    <main id="innhold" tabindex="-1">
    <div class="title">
    <h1>{{title}}</h1>
    <p class="cover">Vaktlast skal kunne brukes av alle som leder, planlegger eller drifter hjemmetjenesten.</p>
    </div>
    <section aria-labelledby="h-krav">
    <h2 id="h-krav">Hva vi retter oss etter</h2>
    <p>Sidene og filene er laget etter WCAG 2.1 på nivå A og AA, som forskrift om universell utforming av IKT krever. Dette er vår egen vurdering; ingen \
    utenforstående har prøvd løsningen.</p>
    </section>
    <section aria-labelledby="h-provd">
    <h2 id="h-provd">Hva som er prøvd, og hvordan</h2>
    <ul class="notes">
    <li>Sidene er gått gjennom med axe-core i Chromium, i lyst og mørkt utseende.</li>
    <li>Alt kan nås med tastaturet alene. Det som har fokus, er tydelig merket, og rekkefølgen følger siden.</li>
    <li>Sidene er sett på 320 punkters bredde. Brede tabeller ruller i sin egen ramme, som også kan nås med tastaturet.</li>
    <li>Ingen mening ligger i farge alene: status har både tegn og ord, og skraveringer skiller det fargene skiller.</li>
    <li>Hvert diagram har tittel, beskrivelse og en tabell med de samme tallene.</li>
    <li>Sidene virker uten skript. Den som har bedt om mindre bevegelse, får ingen.</li>
    <li>PDF-filer er merket (PDF/UA-1) med bokmerker og overskrifter.</li>
    </ul>
    </section>
    <section aria-labelledby="h-mangler">
    <h2 id="h-mangler">Det vi vet mangler</h2>
    <ul class="notes">
    <li>Skjermlesere er ikke prøvd av noen som bruker dem til daglig.</li>
    <li>Store tabeller og varmekart er krevende å lese med skjermleser. Last heller ned CSV eller Excel.</li>
    <li>Oversikten over det som skjer nå, oppdaterer seg selv. Den leses ikke opp ved hver endring, og stanser når fanen ikke vises.</li>
    <li>Sidene finnes på bokmål, nynorsk og engelsk. Navn på soner, kilder og mål, det kommunen selv har skrevet, og koder fra leverandører står som de kom, også når siden er på et annet språk.</li>
    </ul>
    </section>
    <section aria-labelledby="h-si-fra">
    <h2 id="h-si-fra">Finner du noe som ikke virker?</h2>
    <p>{{whom}} Si hvilken side det gjelder, og hva du bruker. Du kan også klage til Tilsynet for universell utforming av IKT (uutilsynet.no).</p>
    </section>
    {{> documentFoot}}

    """
