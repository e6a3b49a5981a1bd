import Telemetry

extension Glossary {
    /// Load against staffing; docs/staffing.md tells the same at length.
    static let staffing: [Definition] = [
        .init(
            "framme-innen-normen",
            "Framme innen normen",
            "Andelen av utrykningene der den første var framme i tide, fra noen ble bedt om å rykke ut, når de spilles mot turnusen. Ventingen på at noen ble "
                + "ledig og reisen er med. Det er spilt, ikke målt: derfor kan andre turnuser spilles med de samme utrykningene."
        ),
        .init("ni-av-ti", "9 av 10 på", "Tiden ni av ti utrykninger var framme innenfor, fra noen ble bedt om å rykke ut."),
        .init("matte-vente", "Måtte vente", "Utrykninger der alle som kunne rykke ut, var opptatt da alarmen kom, slik turnusen er spilt."),
        .init(
            "trukket-om",
            "95 % sikkert, spilt på nytt",
            "Ukene i perioden trekkes tilfeldig om og om igjen, og utrykningene spilles på nytt for hver trekning."
        ),
        .init("svakeste-vakt", "Svakeste vakt", "Sonen og vakten med minst andel framme i tide, blant dem med nok utrykninger til å si noe."),
        .init(
            "bote",
            "Å bøte på det",
            "Én endring om gangen prøves, og den som gir flest i tide for pengene velges, til normen er nådd. Det er ikke sikkert det aller billigste er funnet."
        ),
        .init(
            "hva-om",
            "Hva om",
            "Endringer mot i dag, spilt med de samme utrykningene og de samme trukne ukene, så forskjellen er sikrere enn hvert av tallene."
        ),
        .init("hit-herfra", "Hit og herfra", "Hit: utrykninger til alarmer i sonen, spilt. Herfra: utrykninger sonens egne folk tok, slik det ble målt."),
        .init("vanlig-og-tung", "Vanlig og tung vakt (p50 og p90)", "Halvparten av vaktene ligger under p50, ni av ti under p90. Tallet er erlang."),
        .init(
            "ledig",
            "Ledig etter planlagt",
            "Timer i turnus minus utrykninger, planlagte besøk og reiser (planned.csv). Under null ble det bedt om mer enn det var."
        ),
        .init("overtid", "Overtid", "Tiden fra vakta var slutt til den som var ute, var ferdig. Bare utrykninger er med."),
        .init(
            "erlang-c",
            "Erlang C",
            "Hvor mange på vakt formelen krever i vaktens tyngste time for at normen holdes, når alarmene kommer tilfeldig. Tallet i parentes er usikkerheten."
        ),
        .init("tilbudt-last", "Tilbudt last", "Samme spørsmål etter kvadratrotregelen, med last som følger døgnet. Sies bare der det i snitt er minst én ute."),
        .init(
            "hyperkube",
            "Soner som hjelper hverandre",
            "Hyperkubemodellen (Larson 1974): hvor mange som trengs når soner tar hverandres utrykninger, og hvor mye lengre reise det gir."
        ),
        .init("dom", "Dom", "«Nok» når turnusen har minst det Erlang C krever, ellers «for få på vakt». «For få til å si» når det er for få utrykninger."),
        .init(
            "turnuskostnad",
            "Timer og kroner i året",
            "Turnusens rader gjennom et år på 52 uker med lønn, tillegg og sosiale kostnader. Ferievikar, sykelønn og innleie er ikke med."
        ),
        .init("hvilefunn", "Hvilefunn", "Steder i turnusens linjer der døgnhvilen eller ukehvilen er kortere enn kravet. Uten linjer kan hvile ikke prøves."),
        .init("kapasitet", "Kapasitet", "Et årsverk ledd for ledd, fra avtalte timer til tid hos brukere. Hvert ledd har en kilde."),
        .init(
            "arsverk",
            "Årsverk",
            "Turnusens timer delt på årstiden. Definisjonene skiller seg med ferie, helligdager, fravær og opplæring: si alltid hvilken du mener."
        ),
    ]

    static let devices: [Definition] = [
        .init(
            "livstegn",
            "Livstegn",
            "Enhetsdøgn (UTC) med minst én melding fra enheten, av døgnene den var registrert i sonen. En enhet som flytter, teller i hver sone for sin tid."
        ),
        .init(
            "taus",
            "Taus enhet",
            "En registrert enhet som ikke har gitt livstegn innen den tiden modellens profil sier. Etter en omstart, eller når forbindelsen har vært borte, gis den ny frist."
        ),
        .init("ikke-vurdert", "Ikke vurdert", "Modellen har ingen kjent tid mellom livstegn, eller tjenesten har vært oppe for kort tid til å si det."),
        .init(
            "utfall",
            "Utfall",
            "Mange enheter i samme sone eller fra samme kilde som ble tause samtidig. Det er som regel linjen eller sentralen, ikke enhetene."
        ),
        .init("feil", "Feil", "Feil som enheten selv har meldt, og som ikke er meldt i orden igjen."),
        .init("lavt-batteri", "Lavt batteri", "Enheten har meldt lavt batteri, eller siste avlesning ligger under grensen i modellens profil."),
        .init("registrert", "Registrert", "Enheten står i kommunens register nå. Andre enheter som sender, telles, men hører ikke til noen sone."),
    ]

    static let quality: [Definition] = [
        .init(
            "avstemming",
            "Avstemming",
            "Per kilde, i hendelser siden start: mottatt = godtatt + duplikater + avvist. Kilden kan holde sitt eget tall mot dette."
        ),
        .init(
            "manglende",
            "Manglende nummer",
            "Kildene nummererer hendelsene sine. Et hull mellom det første og det siste nummeret er hendelser som ikke er kommet fram."
        ),
        .init("duplikater", "Duplikater", "Hendelser som kom mer enn én gang. De regnes én gang, og gjør ingen skade."),
        .init(
            "avvist",
            "Avvist og karantene",
            "Hendelser som ikke kunne leses. De er ikke med i tallene, men ligger i journalen og kan leses på nytt når årsaken er rettet."
        ),
        .init(
            "forsinket",
            "Forsinket",
            "Hendelser som kom mer enn \(Norwegian.count(TimeRule.lateAfterMilliseconds / 60_000)) minutter etter at de hendte. De regnes med i timen de hørte til, så tallene kan endre seg etterpå."
        ),
        .init("klokke", "Klokkefeil", "Hendelser uten tid, med en klokke som ikke var stilt, eller med tid i framtiden. Mottakstiden er brukt i stedet."),
        .init("gjenbruk", "Gjenbrukt nummer", "Kilden har brukt samme nummer om to ulike hendelser. Begge regnes med, men hull kan da ikke finnes sikkert."),
        .init("ukjent-sone", "Ukjent sone", "Hendelser med en sone som ikke er satt opp. De føres på «ukjent sone»."),
        .init("rettelser", "Rettelser", "Kvarter som ble endret etter at de først ble vist, fordi hendelser kom sent eller ble lest på nytt."),
        .init(
            "tause-dogn",
            "Tause døgn",
            "Signaler er alt som kommer fra en kommune, også livstegn. Et helt døgn uten noe som helst er taust, ikke rolig, og er ikke med i noe tall. "
                + "Der ingen enhet sender livstegn, kan ingen skille de to."
        ),
        .init("prove-av-forbindelsen", "Prøve av forbindelsen", "Tjenesten sender en melding til seg selv gjennom megleren og ser at den kommer tilbake."),
        .init("etterslep", "Etterslep", "Meldinger som er tatt imot og lagret, men ikke med i tallene på sidene ennå. Normalt et sekund eller mindre."),
        .init("avvik", "Avvik i meldinger", "Noe i enhetenes egne formater er ikke som beskrevet, men meldingen lot seg lese. Be avsenderen rette det."),
    ]
}
