/// The rows of the other questions of CONTRACT 8.
extension Auditor {
    // MARK: Alarms

    /// The rows of `/api/v1/alarms`, all pages in one.
    ///
    /// - Parameter isOpen: true for open alarms only, false for closed ones only.
    package func alarms(
        municipality: String,
        from: Int64,
        to: Int64,
        zone: String? = nil,
        isOpen: Bool? = nil
    ) -> [AuditValue] {
        merged(municipality)
            .filter { from <= $0.listed && $0.listed < to }
            .filter { zone == nil || $0.zone == zone }
            .filter { isOpen == nil || ($0.steps[.closed] == nil) == isOpen }
            .sorted { left, right in
                if left.listed != right.listed { return left.listed < right.listed }
                if left.source != right.source { return left.source < right.source }
                return left.name.lexicographicallyPrecedes(right.name)
            }
            .map { Auditor.row($0) }
    }

    private static func row(_ alarm: AuditAlarm) -> AuditValue {
        let raised = alarm.steps[.raised]?.data
        let closed = alarm.steps[.closed]?.data
        var steps: [String: AuditValue] = [:]
        for (step, event) in alarm.steps {
            steps[step.rawValue] = .object([
                "t": .instant(event.time),
                "id": .string(String(decoding: event.id, as: UTF8.self)),
                "flag": .optional(event.flag),
                "late": .bool(event.isLate),
            ])
        }
        func length(_ interval: AuditInterval?) -> AuditValue {
            guard let interval, !alarm.isTest else { return .null }
            return .integer(interval.length)
        }
        return .object([
            "municipality": .string(alarm.municipality),
            "source": .string(alarm.source),
            "alarm": .string(String(decoding: alarm.name, as: UTF8.self)),
            "zone": .string(alarm.zone),
            "respondingZone": .string(alarm.respondingZone),
            "device": .optional(alarm.device),
            "kind": .optional(raised?.kind),
            "priority": raised?.priority.map { .integer($0) } ?? .null,
            "test": .bool(alarm.isTest),
            "state": .string(closed == nil ? "open" : "closed"),
            "outcome": .optional(closed?.outcome),
            "cause": .optional(closed?.cause),
            "voice": alarm.steps[.answered]?.data.voice.map { .bool($0) } ?? .null,
            "responders": .integer(alarm.responders),
            "steps": .object(steps),
            "repeats": .integer(alarm.repeats.count),
            "flags": .array(alarm.flags.map { .string($0) }),
            "intervals": .object([
                "talkMs": length(alarm.talk),
                "responseMs": length(alarm.response),
                "travelMs": length(alarm.travel),
                "onSiteMs": length(alarm.onSite),
            ]),
        ])
    }

    // MARK: Key figures

    /// The answer of `/api/v1/kpis`.
    package func kpis(municipality: String, from: Int64, to: Int64, zone: String? = nil) -> AuditValue {
        let alarms = merged(municipality).filter { alarm in
            guard let raised = alarm.time(.raised), !alarm.isTest else { return false }
            return from <= raised && raised < to && (zone == nil || alarm.zone == zone)
        }
        let closed = alarms.filter { $0.steps[.closed] != nil }
        let atCentre = closed.count { alarm in
            [AuditStep.dispatched, .accepted, .departed, .arrived].allSatisfy { alarm.steps[$0] == nil }
        }
        let unintended = closed.count { $0.steps[.closed]?.data.outcome == "unintended" }
        let dispatched = alarms.filter { $0.steps[.dispatched] != nil }
        return .object([
            "alarms": .integer(alarms.count),
            "answer": Auditor.waits(
                alarms,
                from: .raised,
                to: .answered,
                limits: [("within60s", 60_000), ("within180s", 180_000)]
            ),
            "attendance": Auditor.waits(
                dispatched,
                from: .dispatched,
                to: .arrived,
                limits: [("within45min", 2_700_000), ("within60min", 3_600_000)]
            ),
            "closedAtCentre": Auditor.share(atCentre, closed.count),
            "unintended": Auditor.share(unintended, closed.count),
        ])
    }

    private static func waits(
        _ alarms: [AuditAlarm],
        from first: AuditStep,
        to second: AuditStep,
        limits: [(String, Int64)]
    ) -> AuditValue {
        var waits: [Int64] = []
        var none = 0
        var negative = 0
        for alarm in alarms {
            guard let start = alarm.time(first) else { continue }
            guard let end = alarm.time(second) else {
                none += 1
                continue
            }
            if end < start { negative += 1 } else { waits.append(end - start) }
        }
        waits.sort()
        let n = waits.count
        var answer: [String: AuditValue] = [
            "n": .integer(n), "none": .integer(none), "negative": .integer(negative),
            "p50Ms": n == 0 ? .null : .integer(waits[(n + 1) / 2 - 1]),
            "p90Ms": n == 0 ? .null : .integer(waits[(9 * n + 9) / 10 - 1]),
        ]
        for (name, limit) in limits { answer[name] = share(waits.count { $0 <= limit }, n) }
        return .object(answer)
    }

    /// A share with its 95 % interval (Wilson 1927).
    private static func share(_ numerator: Int, _ denominator: Int) -> AuditValue {
        var answer: [String: AuditValue] = [
            "numerator": .integer(numerator), "denominator": .integer(denominator), "small": .bool(denominator < 5),
            "value": .null, "low": .null, "high": .null,
        ]
        if denominator > 0 {
            let n = Double(denominator)
            let p = Double(numerator) / n
            let z = 1.959963984540054
            let middle = (p + z * z / (2 * n)) / (1 + z * z / n)
            let half = z / (1 + z * z / n) * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
            answer["value"] = .number(p)
            answer["low"] = .number(max(0, middle - half))
            answer["high"] = .number(min(1, middle + half))
        }
        return .object(answer)
    }

    // MARK: Sources

    /// The rows of `/api/v1/sources`.
    package func sources(municipality: String) -> [AuditValue] {
        ledgers.filter { $0.key.municipality == municipality }
            .sorted { $0.key.source < $1.key.source }
            .map { key, ledger in
                let arrived = ledger.arrivedSequences.sorted()
                var missing: [AuditValue] = []
                for (one, next) in zip(arrived, arrived.dropFirst()) where next > one + 1 {
                    missing.append(.object(["from": .string("\(one + 1)"), "to": .string("\(next - 1)")]))
                }
                return .object([
                    "municipality": .string(key.municipality),
                    "source": .string(key.source),
                    "messages": .integer(ledger.messages),
                    "received": .integer(ledger.accepted + ledger.duplicates + ledger.rejected),
                    "accepted": .integer(ledger.accepted),
                    "duplicates": .integer(ledger.duplicates),
                    "rejected": .integer(ledger.rejected),
                    "late": .integer(ledger.late),
                    "clocks": .object(ledger.clocks.mapValues { .integer($0) }),
                    "firstSequence": .optional(arrived.first.map { String($0) }),
                    "lastSequence": .optional(arrived.last.map { String($0) }),
                    "missing": .array(missing),
                    "sequenceReuse": .integer(ledger.sequenceReuse),
                ])
            }
    }

    // MARK: Quarantine

    /// The rows of `/api/v1/quarantine`, without their excerpts, all pages in one.
    package func quarantine(municipality: String) -> [AuditValue] {
        refused.filter { $0.key.municipality == municipality }
            .sorted { ($0.position, $0.index) < ($1.position, $1.index) }
            .map { row in
                .object([
                    "position": .integer(row.position), "index": .integer(row.index), "reason": .string(row.reason),
                    "id": .optional(row.id.map { String(decoding: $0, as: UTF8.self) }),
                ])
            }
    }

    // MARK: What there is to ask about

    package var municipalityNumbers: [String] { Set(ledgers.keys.map(\.municipality)).sorted() }

    /// Quarters of an hour that hold everything counted of a municipality; nil when nothing is.
    package func period(municipality: String) -> Range<Int64>? {
        let quarters = events.filter { $0.municipality == municipality }.map(\.quarter)
        guard let first = quarters.min(), let last = quarters.max() else { return nil }
        return first * 900_000..<(last + 1) * 900_000
    }
}
