import Strategy
import Telemetry
import Workload

extension Report {
    /// Missing ranges and unknown zones that are listed by name; the rest is counted.
    static let listedMax = 8

    func qualityView(_ localTime: LocalTime) -> View {
        [
            "isExternal": isExternal, "checks": checks(localTime), "hasLedgers": !dataQuality.ledgers.isEmpty,
            "ledgers": dataQuality.ledgers.map { ledger in
                [
                    "source": ledger.source, "received": Norwegian.count(ledger.received),
                    "accepted": Norwegian.count(ledger.accepted), "duplicates": Norwegian.count(ledger.duplicates),
                    "rejected": Norwegian.count(ledger.rejected), "late": Norwegian.count(ledger.late),
                    "clocks": Norwegian.count(ledger.noClock + ledger.unsetClock + ledger.future),
                    "reuse": Norwegian.count(ledger.sequenceReuse), "missing": missingText(ledger),
                ] as View
            },
        ]
    }

    private func missingText(_ ledger: LedgerRecord) -> String {
        guard !ledger.missing.isEmpty else { return ledger.firstSequence == nil ? "har ikke nummer" : "ingen" }
        let ranges = ledger.missing.prefix(Report.listedMax).map { range in
            range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound)–\(range.upperBound)"
        }
        let more = ledger.missing.count - ranges.count
        return ranges.joined(separator: ", ") + (more > 0 ? " og \(Norwegian.count(more)) spenn til" : "")
    }

    private func checks(_ localTime: LocalTime) -> [View] {
        let quality = dataQuality
        // Of nothing all is in order, and that says nothing.
        if provenance.dataUntil == nil, quality.ledgers.isEmpty { return [check("Signaler", false, "Ingenting er mottatt ennå.")] }
        var open = "Ingen åpne alarmer."
        if quality.openAlarms.count > 0 {
            open = "\(Norwegian.count(quality.openAlarms.count, "alarm står åpen", "alarmer står åpne"))"
            open += quality.openAlarms.oldest.map { ", den eldste siden \(Norwegian.instant($0, localTime))." } ?? "."
            let ofHistory = quality.openAlarms.ofHistory
            if ofHistory > 0 { open += " \(Norwegian.count(ofHistory)) av dem er hentet inn som historikk: «Nå» viser dem ikke." }
        }
        let share = Share(quality.revisedCells, of: quality.cells)
        let revised =
            "\(Norwegian.count(quality.revisedCells)) av \(Norwegian.count(quality.cells)) kvarter er rettet etter at de først ble vist"
        return (quality.isWithoutSources ? [lossCheck] : sourceChecks) + [
            check("Forsinkede hendelser", hasCoverage ? quality.lateInPeriod == 0 : nil, lateSentence),
            check("Åpne alarmer", quality.openAlarms.count == 0, open),
            check(
                "Rettelser",
                true,
                share.value.map { "\(revised) (\(Norwegian.percent($0)))." } ?? "Ingen kvarter ennå."
            ),
        ] + oddityChecks
    }

    private var lossCheck: View {
        let hasLosses = dataQuality.hasLosses
        return check("Kildene", !hasLosses, hasLosses ? "Noe mangler eller er avvist. Den som drifter Vaktlast, ser hva." : "Ingenting mangler.")
    }

    private var sourceChecks: [View] {
        let quality = dataQuality
        let unknown = quality.unknownZones.reduce(0) { $0 + $1.count }
        var zones = "Alle hendelser har kjent sone."
        if unknown > 0 {
            let names = quality.unknownZones.prefix(Report.listedMax).map {
                "«\($0.name)» (\(Norwegian.count($0.count)))"
            }
            zones =
                "\(Norwegian.count(unknown, "hendelse", "hendelser")) har en sone som ikke er satt opp: \(Norwegian.list(Array(names)))."
        }
        return [
            check("Manglende hendelser", quality.missingSequences == 0, missingSentence),
            check("Avviste hendelser", quality.rejected == 0, rejectedSentence),
            check("Klokker", quality.clockFlags == 0, clockSentence),
            check("Soner", unknown == 0, zones),
            check(
                "Enheter",
                quality.unregisteredDevices == 0,
                quality.unregisteredDevices == 0
                    ? "Alle enheter er registrert."
                    : "\(Norwegian.count(quality.unregisteredDevices, "enhet", "enheter")) er ikke i registeret."
            ),
        ]
    }

    /// What codecs found odd in devices' own formats; nothing where there was none.
    private var oddityChecks: [View] {
        var counts: [String: Int64] = [:]
        for ledger in dataQuality.ledgers { counts.merge(ledger.oddities, uniquingKeysWith: +) }
        guard !counts.isEmpty else { return [] }
        let ordered = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        let listed = ordered.prefix(Report.listedMax).map { "\($0.key) \(Norwegian.count($0.value))" }.joined(separator: ", ")
        let more = ordered.count > Report.listedMax ? " og \(Norwegian.count(Int64(ordered.count - Report.listedMax))) slag til" : ""
        let detail = "Lest likevel, men be avsenderen rette det: \(listed)\(more)."
        return [check("Avvik i enhetenes egne meldinger siden start", true, detail)]
    }

    /// - Parameter isGood: nil where nobody can say.
    private func check(_ title: String, _ isGood: Bool?, _ detail: String) -> View {
        let tone = isGood.map { $0 ? Headline.Tone.good : .problem } ?? .neutral
        return ["title": title + ":", "detail": detail, "tone": tone.css, "mark": tone.mark]
    }

    private var missingSentence: String {
        let missing = dataQuality.missingSequences
        return missing == 0
            ? "Ingen hull i nummereringen fra kildene."
            : "\(Norwegian.count(missing)) nummer er ikke mottatt. Be alarmsentralen sende spennene i tabellen på nytt."
    }

    private var rejectedSentence: String {
        dataQuality.rejected == 0
            ? "Ingen." : "\(Norwegian.count(dataQuality.rejected)) kunne ikke leses og ligger i karantene."
    }

    private var lateSentence: String {
        dataQuality.lateInPeriod == 0
            ? emptyText("Ingen i perioden.")
            : "\(Norwegian.count(dataQuality.lateInPeriod)) i perioden kom mer enn 15 minutter etter at de hendte. De er regnet med."
    }

    private var clockSentence: String {
        dataQuality.clockFlags == 0
            ? "Alle hendelser hadde troverdig tid."
            : "\(Norwegian.count(dataQuality.clockFlags, "hendelse", "hendelser")) manglet tid eller hadde feil klokke; mottakstiden er brukt."
    }

    // MARK: Definitions

    func definitionsView(_ localTime: LocalTime) -> View {
        let terms = definitions(localTime).map { ["id": $0.id.orHidden, "term": $0.term.unbrokenPercent, "text": $0.text.unbrokenPercent] as View }
        return ["title": "Slik er tallene regnet", "terms": terms]
    }

    /// Where a page says what a measure is.
    static func definitionID(_ measure: IndicatorMeasure) -> String { "d-\(measure.rawValue)" }

    /// The measures of some indicators, each once, with the name it was first met by.
    static func measures(_ rows: [IndicatorRow]) -> [(measure: IndicatorMeasure, name: String)] {
        var seen: Set<IndicatorMeasure> = []
        return rows.filter { seen.insert($0.indicator.measure).inserted }.map { ($0.indicator.measure, $0.indicator.name) }
    }

    func definitions(_ localTime: LocalTime) -> [(id: String?, term: String, text: String)] {
        let terms = Glossary.ofReport.map { definition in
            (
                id: definition.id, term: definition.term,
                text: definition.text
                    + (definition.id == "d-provealarmer"
                        ? " I perioden: \(isExternal && !Int(totals.tests).isTellable ? "noen få" : Norwegian.count(totals.tests))." : "")
            )
        }
        let known = Set(terms.map(\.id))
        let measures = Report.measures((frameworks ?? []).flatMap(\.indicators)).map { (Report.definitionID($0.measure), $0.name, $0.measure.definition) }
            .filter { !known.contains($0.0) }
        return terms.map { ($0.id, $0.term, $0.text) } + measures + [(nil, "Etterprøving", provenanceSentence(localTime))]
    }

    func provenanceSentence(_ localTime: LocalTime) -> String {
        "Tallene er regnet fra journalen til og med posisjon \(Norwegian.count(provenance.position)), for "
            + "\(Norwegian.instant(coverage.bounds.lowerBound, localTime)) til \(Norwegian.instant(coverage.bounds.upperBound, localTime)) "
            + "norsk tid. Definisjoner utgave \(provenance.definitions)."
    }
}
