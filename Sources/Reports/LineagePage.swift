import Strategy
import Telemetry
package import Workload

/// What a figure was made of, as a page: its definition, what was counted, and the alarms for who may see them.
package struct LineagePage: Sendable {
    /// Where an alarm is told step by step, and what its zone and the technology of its device are called.
    package struct Place: Sendable {
        package var path: String
        package var zone: String
        package var technology: String

        package init(path: String, zone: String, technology: String) {
            self.path = path
            self.zone = zone
            self.technology = technology
        }
    }

    /// Which page of a long list of alarms it is, of how many, and where the others are.
    package struct Sides: Sendable {
        fileprivate let number: Int
        fileprivate let last: Int
        fileprivate let before: String?
        fileprivate let after: String?

        /// - Parameters:
        ///   - number: from 1 to `last`.
        ///   - path: the address of a page.
        package init(number: Int, last: Int, path: (Int) -> String) {
            self.number = number
            self.last = last
            before = number > 1 ? path(number - 1) : nil
            after = number < last ? path(number + 1) : nil
        }
    }

    package typealias AlarmPlace = @Sendable (AlarmRecord) -> Place

    /// Where the page is.
    package static let path = "/maal/grunnlag"

    private let answer: LineageAnswer
    private let municipality: (name: String, number: String)
    private let zoneName: String?
    private let links: (goals: String, json: String, load: String, whole: String?)
    private let sides: Sides
    private let alarmPlace: AlarmPlace
    private let message: String?

    /// - Parameters:
    ///   - zoneName: nil for all.
    ///   - links: the page of goals, the same as JSON, the period's load, and the same page of all zones; nil for who may not see them.
    ///   - sides: the pages of its alarms.
    ///   - message: why single alarms are not shown to a reader who may see them; or what of the address was not understood.
    package init(
        _ answer: LineageAnswer,
        municipality: (name: String, number: String),
        zoneName: String?,
        links: (goals: String, json: String, load: String, whole: String?),
        sides: Sides,
        message: String?,
        alarmPlace: @escaping AlarmPlace
    ) {
        self.answer = answer
        self.municipality = municipality
        self.zoneName = zoneName
        self.links = links
        self.sides = sides
        self.message = message
        self.alarmPlace = alarmPlace
    }

    package func html(navigation: ReportNavigation, style: Report.StylePlacement) -> String {
        let indicator = answer.indicator
        let frame = PageFrame(title: "Hva tallet bygger på: \(indicator.name)", about: municipality.name, navigation: navigation, style: style, provenance: "")
        let definition = answer.figure.definition
        let facts: [(String, String)] = [
            ("Definisjon", definition.text), ("Teller", definition.numerator), ("Nevner", definition.denominator), ("Ikke med", definition.exclusions),
            ("n er", definition.counted), ("Usikkerhet", definition.uncertainty.bokmal), ("Kilde", definition.source),
            ("Definisjonens versjon", "\(definition.version)"), ("Journalposisjon", Norwegian.count(answer.position)),
        ]
        return Templates.render(
            "lineagePage",
            frame.view.merging([
                "municipality": Norwegian.municipality(municipality.name, municipality.number), "zoneTitle": zoneName ?? "alle soner",
                "periodTitle": answer.scope.period.title, "name": indicator.name, "message": message.orHidden, "value": value, "sums": sums,
                "facts": facts.filter { !$0.1.isEmpty }.map { ["term": $0.0, "text": $0.1] as View },
                "hasSources": !answer.sources.isEmpty,
                "sources": answer.sources.map { ["name": $0.name, "count": Norwegian.shortest($0.count)] as View },
                "freed": freed.orHidden, "alarms": alarms.orHidden, "isWithoutAlarms": answer.sum == nil, "seesCounts": seesCounts,
                "goals": links.goals, "json": links.json, "load": links.load,
                "whole": (answer.figure.missing == .wholeMunicipality ? links.whole : nil).orHidden, "command": command.orHidden,
            ]) { $1 }
        )
    }

    private var measure: IndicatorMeasure { answer.figure.measure }

    private var value: String {
        let row = IndicatorRow(indicator: answer.indicator, figure: answer.figure, status: .cannotSay, trend: nil)
        guard answer.figure.isMeasured else { return answer.figure.unmeasuredText }
        let value = answer.figure.value.map(measure.text) ?? "ikke målt"
        return row.interval.isEmpty ? value : "\(value) (\(row.interval))"
    }

    /// Numerator and denominator, and what the alarms add up to.
    private var sums: [String] {
        let figure = answer.figure
        guard figure.isMeasured else { return [] }
        var lines = ["Teller: \(Norwegian.shortest(figure.numerator)). Nevner: \(Norwegian.shortest(figure.denominator)). n: \(Norwegian.count(figure.count))."]
        guard let sum = answer.sum else { return lines }
        let unit =
            switch sum.unit {
            case .alarms: Norwegian.count(sum.numerator, "alarm", "alarmer")
            case .events: Norwegian.count(sum.numerator, "hendelse", "hendelser")
            case .milliseconds: "\(Norwegian.hours(Double(sum.numerator) / 3_600_000)) timer"
            }
        let of = sum.denominator.map { " av \(Norwegian.count($0))" } ?? ""
        lines.append("\(Norwegian.count(Int64(sum.alarms), "alarm", "alarmer")) ligger bak. De teller til sammen \(unit)\(of).")
        if answer.outOfReach > 0 { lines.append("\(Norwegian.count(Int64(answer.outOfReach))) av dem er i soner du ikke har tilgang til.") }
        return lines
    }

    private var freed: View? {
        guard let hours = answer.freed?.hours, !hours.rows.isEmpty else { return nil }
        return [
            "rows": hours.rows.map { row -> View in
                let kinds = BenefitAssumptions.NewWork.allCases.compactMap { kind in row.counts.newWork[kind].map(kind.counted) }
                return [
                    "name": row.technology.bokmal.uppercasedFirst, "done": Norwegian.count(row.counts.done), "newWork": kinds.joined(separator: ", "),
                    "freed": Norwegian.number(row.freed.main, decimals: 1), "cost": Norwegian.number(row.newWork.main, decimals: 1),
                    "net": Norwegian.number(row.net.main, decimals: 1),
                ]
            }
        ]
    }

    private var seesCounts: Bool {
        if case .notAllowed = answer.page { return answer.sum != nil }
        return false
    }

    private var alarms: View? {
        guard answer.sum != nil, case .alarms(let alarms, _) = answer.page else { return nil }
        let hasDenominator = answer.sum?.denominator != nil
        return [
            "isEmpty": alarms.isEmpty, "hasOthers": sides.last > 1, "before": sides.before.orHidden, "after": sides.after.orHidden,
            "place": "Side \(sides.number) av \(sides.last).", "hasDenominator": hasDenominator,
            "rows": alarms.map { row -> View in
                let place = alarmPlace(row.alarm)
                let (day, milliseconds) = LocalTime.oslo.wallClock(at: row.alarm.instant)
                return [
                    "alarm": row.alarm.alarm, "path": place.path, "zone": place.zone, "day": Norwegian.date(day),
                    "clock": Norwegian.clockTime(minutes: Int(milliseconds / 60_000)), "kind": row.alarm.kind?.bokmal ?? "ukjent",
                    "technology": place.technology,
                    "outcome": row.alarm.isOpen ? "åpen" : row.alarm.outcome?.bokmal ?? "–", "numerator": amount(row.numerator),
                    "denominator": hasDenominator ? amount(row.denominator) : false,
                ]
            },
        ]
    }

    private func amount(_ value: Int64) -> String {
        answer.sum?.unit == .milliseconds ? "\(Norwegian.number(Double(value) / 60_000, decimals: 1)) min" : Norwegian.count(value)
    }

    /// Nil of a figure that no goal has: the command tells of goals.
    private var command: String? {
        guard answer.framework != Goals.noGoal else { return nil }
        let zone = answer.scope.zone.map { " --zone \($0)" } ?? ""
        return "vaktlast goals --config config --municipality \(answer.scope.municipality) --period \(answer.scope.period)\(zone)"
    }
}

/// What a figure was made of.
let lineagePageTemplate = """
    {{> documentHead}}
    <main id="innhold" tabindex="-1">
    <div class="title">
    <p class="over">{{municipality}}, {{zoneTitle}}</p>
    <h1>Hva tallet bygger på: {{name}}</h1>
    <p class="cover">{{periodTitle}}</p>
    </div>
    {{#message}}
    <p class="message" role="alert">{{message}}</p>
    {{/message}}
    <p class="lead"><strong>{{value}}</strong></p>
    <p>{{#sums}}{{.}} {{/sums}}</p>
    <nav class="choice" aria-label="Videre"><ul>
    <li><a href="{{goals}}">Tilbake til Mål</a></li>
    {{#whole}}
    <li><a href="{{whole}}">Se hele kommunen</a></li>
    {{/whole}}
    <li><a href="{{load}}">Belastningen i perioden, time for time</a></li>
    <li><a href="{{json}}">Det samme som JSON</a></li>
    </ul></nav>
    <section aria-labelledby="h-definisjon">
    <h2 id="h-definisjon">Slik er det regnet</h2>
    <dl>
    {{#facts}}
    <div><dt>{{term}}</dt><dd>{{text}}</dd></div>
    {{/facts}}
    <div><dt>Regn det ut igjen</dt><dd>{{#command}}Kommandoen <code>{{command}}</code> gir det samme tallet når journalen er den samme.{{/command}}\
    {{^command}}JSON-adressen gir det samme tallet når journalen er den samme.{{/command}}</dd></div>
    </dl>
    </section>
    {{#freed}}
    <section aria-labelledby="h-frigjort">
    <h2 id="h-frigjort">Timene, etter teknologi</h2>
    <div class="scroll" role="region" aria-labelledby="c-frigjort" tabindex="0"><table class="figures">
    <caption id="c-frigjort"><span>Antall ganger forutsetningene i benefits.yaml, i timer i perioden.</span></caption>
    <thead><tr><th scope="col">Teknologi</th><th scope="col" class="n">Regnet som spart</th><th scope="col">Nytt arbeid</th><th scope="col" class="n">Spart</th>\
    <th scope="col" class="n">Nytt arbeid</th><th scope="col" class="n">Netto</th></tr></thead>
    <tbody>
    {{#rows}}
    <tr><th scope="row">{{name}}</th><td class="n">{{done}}</td><td>{{newWork}}</td><td class="n">{{freed}}</td><td class="n">{{cost}}</td><td class="n">{{net}}</td></tr>
    {{/rows}}
    </tbody></table></div>
    </section>
    {{/freed}}
    {{#hasSources}}
    <section aria-labelledby="h-tellinger">
    <h2 id="h-tellinger">Det er talt opp av</h2>
    <div class="scroll" role="region" aria-labelledby="c-tellinger" tabindex="0"><table class="figures">
    <caption id="c-tellinger"><span>Antall, aldri hvem.</span></caption>
    <thead><tr><th scope="col">Hva</th><th scope="col" class="n">Antall</th></tr></thead>
    <tbody>
    {{#sources}}
    <tr><th scope="row">{{name}}</th><td class="n">{{count}}</td></tr>
    {{/sources}}
    </tbody></table></div>
    </section>
    {{/hasSources}}
    <section aria-labelledby="h-alarmer">
    <h2 id="h-alarmer">Alarmene bak</h2>
    {{#isWithoutAlarms}}
    <p class="empty">Tallet bygger ikke på enkeltalarmer som kan vises.</p>
    {{/isWithoutAlarms}}
    {{#seesCounts}}
    <p class="empty">Du ser antall, ikke den enkelte alarmen.</p>
    {{/seesCounts}}
    {{#alarms}}
    {{#isEmpty}}
    <p class="empty">Ingen alarmer ligger bak tallet.</p>
    {{/isEmpty}}
    {{^isEmpty}}
    <div class="scroll" role="region" aria-labelledby="c-alarmer" tabindex="0"><table class="figures">
    <caption id="c-alarmer"><span>Alarmene bak tallet. At du ser dem, skrives i innsynsloggen. Navnet fører til timen der forløpet står.</span></caption>
    <thead><tr><th scope="col">Alarm</th><th scope="col">Dag</th><th scope="col">kl.</th><th scope="col">Sone</th><th scope="col">Slag</th>\
    <th scope="col">Teknologi</th><th scope="col">Resultat</th><th scope="col" class="n">I telleren</th>{{#hasDenominator}}<th scope="col" class="n">I nevneren</th>{{/hasDenominator}}</tr></thead>
    <tbody>
    {{#rows}}
    <tr><th scope="row"><a href="{{path}}">{{alarm}}</a></th><td>{{day}}</td><td>{{clock}}</td><td>{{zone}}</td><td>{{kind}}</td><td>{{technology}}</td><td>{{outcome}}</td>\
    <td class="n">{{numerator}}</td>{{#denominator}}<td class="n">{{denominator}}</td>{{/denominator}}</tr>
    {{/rows}}
    </tbody></table></div>
    {{#hasOthers}}
    <p class="note">{{place}}</p>
    <nav class="choice" aria-label="Flere alarmer"><ul>
    {{#before}}<li><a rel="prev" href="{{before}}">Alarmene før disse</a></li>{{/before}}
    {{#after}}<li><a rel="next" href="{{after}}">Alarmene etter disse</a></li>{{/after}}
    </ul></nav>
    {{/hasOthers}}
    {{/isEmpty}}
    {{/alarms}}
    </section>
    {{> documentFoot}}
    """
