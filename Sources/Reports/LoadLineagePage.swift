package import Strategy
import Telemetry
import Workload

/// What the load of a period or of a technology is made of, as a page: its counts, and the alarms for who may see them.
package struct LoadLineagePage: Sendable {
    /// The alarms that are listed, or why there are none.
    package enum Listed: Sendable {
        /// A part of them, with the addresses of the parts before and behind.
        case alarms(ArraySlice<AlarmLoad>, outOfReach: Int, before: String?, after: String?)
        /// Whoever asks may not see single alarms.
        case notAllowed
    }

    /// Where else it leads.
    package struct Links: Sendable {
        package var goals: String
        package var load: String
        package var wholeDayCallOuts: String
        package var wholeDayHours: String

        package init(goals: String, load: String, wholeDayCallOuts: String, wholeDayHours: String) {
            self.goals = goals
            self.load = load
            self.wholeDayCallOuts = wholeDayCallOuts
            self.wholeDayHours = wholeDayHours
        }
    }

    private let lineage: LoadLineage
    private let municipality: (name: String, number: String)
    private let zoneName: String?
    private let listed: Listed
    private let links: Links
    private let message: String?
    private let alarmPlace: LineagePage.AlarmPlace

    /// - Parameter zoneName: nil for all.
    package init(
        _ lineage: LoadLineage,
        municipality: (name: String, number: String),
        zoneName: String?,
        listed: Listed,
        links: Links,
        message: String?,
        alarmPlace: @escaping LineagePage.AlarmPlace
    ) {
        self.lineage = lineage
        self.municipality = municipality
        self.zoneName = zoneName
        self.listed = listed
        self.links = links
        self.message = message
        self.alarmPlace = alarmPlace
    }

    package func html(navigation: ReportNavigation, style: Report.StylePlacement) -> String {
        let name = lineage.choice == .all ? "alarmer, utrykninger og timer i arbeid" : "belastningen fra \(subject)"
        let title = "Hva tallet bygger på: \(name)"
        let frame = PageFrame(title: title, about: municipality.name, navigation: navigation, style: style, provenance: "")
        return Templates.render(
            "loadLineagePage",
            frame.view.merging([
                "municipality": Norwegian.municipality(municipality.name, municipality.number), "zoneTitle": zoneName ?? "alle soner",
                "heading": title, "periodTitle": lineage.scope.period.title, "message": message.orHidden, "hasCounts": !counts.isEmpty, "counts": counts,
                "wholeDays": wholeDays.orHidden,
                "goals": links.goals, "load": links.load, "position": Norwegian.count(lineage.position), "alarms": alarms.orHidden, "seesCounts": alarms == nil,
            ]) { $1 }
        )
    }

    private var subject: String { lineage.choice == .unknown ? "enheter som ikke er registrert" : lineage.choice.bokmal }

    private var hours: String { "\(Norwegian.hours(Double(lineage.milliseconds) / 3_600_000)) timer" }

    private var counts: [View] {
        var rows: [(String, String)] = []
        if let registered = lineage.registered {
            rows += [
                ("Brukere: boliger med minst én slik enhet ved periodens slutt", Norwegian.count(registered.users)),
                ("Enheter ved periodens slutt", Norwegian.count(registered.devices)),
            ]
        }
        guard lineage.hasData else { return rows.map { ["name": $0.0, "count": $0.1] } }
        rows += [
            ("Alarmer utløst i perioden, uten prøvealarmer", Norwegian.count(lineage.alarms)),
            ("Av dem førte til utrykning", Norwegian.count(lineage.callOuts)), ("Av dem utilsiktede", Norwegian.count(lineage.unintended)),
            ("Av dem tekniske", Norwegian.count(lineage.technical)), ("Utrykninger bedt om i perioden", Norwegian.count(lineage.dispatched)),
            ("I arbeid i perioden, alle ute til sammen", hours),
        ]
        return rows.map { ["name": $0.0, "count": $0.1] }
    }

    /// Why indicators have other figures: they count whole days.
    private var wholeDays: View? {
        lineage.wholeDays.map { whole in
            [
                "text": "Indikatorene og framskrivingen regner bare hele døgn med data: \(Norwegian.count(whole.days, "døgn", "døgn")), "
                    + "\(Norwegian.count(whole.callOuts, "utrykning", "utrykninger")) og \(Norwegian.hours(Double(whole.milliseconds) / 3_600_000)) timer.",
                "callOuts": links.wholeDayCallOuts, "hours": links.wholeDayHours,
            ]
        }
    }

    private var alarms: View? {
        guard case .alarms(let loads, let outOfReach, let before, let after) = listed else { return nil }
        return [
            "empty": (!loads.isEmpty ? nil : lineage.hasData ? "Ingen alarmer i perioden." : "Ingen data fra perioden.").orHidden, "before": before.orHidden,
            "after": after.orHidden,
            "outOfReach": outOfReach > 0 ? "\(Norwegian.count(Int64(outOfReach))) av dem er i soner du ikke har tilgang til." : false as Any,
            "hasOthers": before != nil || after != nil,
            "rows": loads.map { load -> View in
                let place = alarmPlace(load.alarm)
                let (day, milliseconds) = LocalTime.oslo.wallClock(at: load.alarm.instant)
                return [
                    "alarm": load.alarm.alarm, "path": place.path, "zone": place.zone, "technology": place.technology, "day": Norwegian.date(day),
                    "clock": Norwegian.clockTime(minutes: Int(milliseconds / 60_000)), "kind": load.alarm.kind?.bokmal ?? "ukjent",
                    "outcome": load.alarm.isOpen ? "åpen" : load.alarm.outcome?.bokmal ?? "–",
                    "counts": [load.isRaised, load.isSent, load.isUnintended, load.isTechnical, load.isDispatched].map { $0 ? "1" : "0" },
                    "minutes": Norwegian.number(Double(load.milliseconds) / 60_000, decimals: 1),
                ]
            },
            "sums": [lineage.alarms, lineage.callOuts, lineage.unintended, lineage.technical, lineage.dispatched].map { Norwegian.count($0) },
            "minutes": Norwegian.number(Double(lineage.milliseconds) / 60_000, decimals: 1),
        ]
    }
}

/// What a period's load, or a technology's, was made of.
let loadLineagePageTemplate = """
    {{> documentHead}}
    <main id="innhold" tabindex="-1">
    <div class="title">
    <p class="over">{{municipality}}, {{zoneTitle}}</p>
    <h1>{{heading}}</h1>
    <p class="cover">{{periodTitle}}</p>
    </div>
    {{#message}}
    <p class="message" role="alert">{{message}}</p>
    {{/message}}
    <nav class="choice" aria-label="Videre"><ul>
    <li><a href="{{goals}}">Tilbake til Mål</a></li>
    <li><a href="{{load}}">Belastningen i perioden, time for time</a></li>
    </ul></nav>
    <section aria-labelledby="h-tellinger">
    <h2 id="h-tellinger">Det er talt opp av</h2>
    {{^hasCounts}}
    <p class="empty">Ingen data fra perioden.</p>
    {{/hasCounts}}
    {{#hasCounts}}
    <div class="scroll" role="region" aria-labelledby="c-tellinger" tabindex="0"><table class="figures">
    <caption id="c-tellinger"><span>Antall og timer. Journalposisjon {{position}}.</span></caption>
    <thead><tr><th scope="col">Hva</th><th scope="col" class="n">Antall</th></tr></thead>
    <tbody>
    {{#counts}}
    <tr><th scope="row">{{name}}</th><td class="n">{{count}}</td></tr>
    {{/counts}}
    </tbody></table></div>
    {{/hasCounts}}
    {{#wholeDays}}
    <p class="note">{{text}} <a href="{{callOuts}}">Utrykningene i hele døgn</a> <a href="{{hours}}">Timene i hele døgn</a></p>
    {{/wholeDays}}
    </section>
    <section aria-labelledby="h-alarmer">
    <h2 id="h-alarmer">Alarmene bak</h2>
    {{#seesCounts}}
    <p class="empty">Du ser antall, ikke den enkelte alarmen.</p>
    {{/seesCounts}}
    {{#alarms}}
    {{#outOfReach}}
    <p class="note">{{outOfReach}}</p>
    {{/outOfReach}}
    {{#empty}}
    <p class="empty">{{empty}}</p>
    {{/empty}}
    {{^empty}}
    <div class="scroll" role="region" aria-labelledby="c-alarmer" tabindex="0"><table class="figures">
    <caption id="c-alarmer"><span>Alarmene bak tallet. At du ser dem, skrives i innsynsloggen. Navnet fører til timen der forløpet står.</span></caption>
    <thead><tr><th scope="col">Alarm</th><th scope="col">Dag</th><th scope="col">kl.</th><th scope="col">Sone</th><th scope="col">Slag</th>\
    <th scope="col">Teknologi</th><th scope="col">Resultat</th><th scope="col" class="n">Alarm i perioden</th><th scope="col" class="n">Førte til utrykning</th>\
    <th scope="col" class="n">Utilsiktet</th><th scope="col" class="n">Teknisk</th><th scope="col" class="n">Utrykning i perioden</th>\
    <th scope="col" class="n">I arbeid (min)</th></tr></thead>
    <tbody>
    {{#rows}}
    <tr><th scope="row"><a href="{{path}}">{{alarm}}</a></th><td>{{day}}</td><td>{{clock}}</td><td>{{zone}}</td><td>{{kind}}</td><td>{{technology}}</td>\
    <td>{{outcome}}</td>{{#counts}}<td class="n">{{.}}</td>{{/counts}}<td class="n">{{minutes}}</td></tr>
    {{/rows}}
    <tr class="sum"><th scope="row">Sum av alle</th><td></td><td></td><td></td><td></td><td></td><td></td>{{#sums}}<td class="n">{{.}}</td>{{/sums}}<td class="n">{{minutes}}</td></tr>
    </tbody></table></div>
    {{#hasOthers}}
    <nav class="choice" aria-label="Flere alarmer"><ul>
    {{#before}}<li><a rel="prev" href="{{before}}">Alarmene før disse</a></li>{{/before}}
    {{#after}}<li><a rel="next" href="{{after}}">Alarmene etter disse</a></li>{{/after}}
    </ul></nav>
    {{/hasOthers}}
    {{/empty}}
    {{/alarms}}
    </section>
    {{> documentFoot}}
    """
