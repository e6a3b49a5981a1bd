import Store
import Telemetry
import Workload

/// Rows as the members of JSON objects (CONTRACT 8).
extension JSONText {
    /// `start` is the cell's, written.
    mutating func members(of cell: borrowing LoadCell, start: String) {
        member("zone", cell.zone)
        member("start", start)
        let figures = cell.measures.figures
        members(MeasureNames.ready, figures.span)
        object("outcomes") { json in
            for index in OutcomeCounts.indices where cell.measures.outcomes[index] > 0 {
                json.member(Outcome.allCases[index].rawValue, cell.measures.outcomes[index])
            }
        }
        member("revised", cell.revised)
    }

    mutating func members(of alarm: AlarmRecord) {
        member("municipality", alarm.municipality)
        member("source", alarm.source)
        member("alarm", alarm.alarm)
        member("zone", alarm.zone)
        member("respondingZone", alarm.respondingZone)
        member("device", alarm.device)
        member("kind", alarm.kind?.rawValue)
        member("priority", alarm.priority.map { Int64($0) })
        member("test", alarm.isTest)
        member("state", alarm.isOpen ? "open" : "closed")
        member("outcome", alarm.outcome?.rawValue)
        member("cause", alarm.cause?.rawValue)
        member("voice", alarm.voice)
        member("responders", Int64(alarm.responders))
        object("steps") { json in
            for step in alarm.steps {
                json.object(step.step.word) { json in
                    json.member("t", Timestamp.format(step.t))
                    json.member("id", step.id)
                    json.member("flag", step.flag?.word)
                    json.member("late", step.late)
                }
            }
        }
        member("repeats", Int64(alarm.repeats))
        let intervals = alarm.intervals
        array("flags", intervals.flags) { json, flag in json.value(flag.rawValue) }
        // A test contributes nothing, so it has no intervals.
        let counts = !alarm.isTest
        object("intervals") { json in
            json.member("talkMs", counts ? intervals.talk?.lengthMilliseconds : nil)
            json.member("responseMs", counts ? intervals.response?.lengthMilliseconds : nil)
            json.member("travelMs", counts ? intervals.travel?.lengthMilliseconds : nil)
            json.member("onSiteMs", counts ? intervals.onSite?.lengthMilliseconds : nil)
        }
    }

    mutating func members(of figures: KeyFigures) {
        member("alarms", Int64(figures.alarms))
        waits("answer", figures.answer, names: ["within60s", "within180s"])
        waits("attendance", figures.attendance, names: ["within45min", "within60min"])
        share("closedAtCentre", figures.closedAtCentre)
        share("unintended", figures.unintended)
    }

    private mutating func waits(_ name: String, _ waits: WaitFigures, names: [String]) {
        object(name) { json in
            json.member("n", Int64(waits.n))
            json.member("none", Int64(waits.none))
            json.member("negative", Int64(waits.negative))
            for (name, share) in zip(names, waits.within) { json.share(name, share) }
            json.member("p50Ms", waits.p50Milliseconds)
            json.member("p90Ms", waits.p90Milliseconds)
        }
    }

    private mutating func share(_ name: String, _ share: Share) {
        object(name) { json in
            json.member("numerator", Int64(share.numerator))
            json.member("denominator", Int64(share.denominator))
            json.member("value", share.value)
            json.member("low", share.interval?.low)
            json.member("high", share.interval?.high)
            json.member("small", share.small)
        }
    }

    mutating func members(of record: LedgerRecord) {
        member("municipality", record.municipality)
        member("source", record.source)
        member("messages", record.messages)
        member("received", record.received)
        member("accepted", record.accepted)
        member("duplicates", record.duplicates)
        member("rejected", record.rejected)
        member("late", record.late)
        object("clocks") { json in
            json.member(ClockFlag.noClock.word, record.noClock)
            json.member(ClockFlag.unsetClock.word, record.unsetClock)
            json.member(ClockFlag.future.word, record.future)
        }
        member("firstSequence", record.firstSequence.map(String.init))
        member("lastSequence", record.lastSequence.map(String.init))
        array("missing", record.missing) { json, range in
            json.object { json in
                json.member("from", String(range.lowerBound))
                json.member("to", String(range.upperBound))
            }
        }
        member("sequenceReuse", record.sequenceReuse)
        member("sequenceReuseFirst", record.sequenceReuseFirst.map(Timestamp.format))
        object("oddities") { json in
            for (word, count) in record.oddities.sorted(by: { $0.key < $1.key }) { json.member(word, count) }
        }
    }

    mutating func members(of row: QuarantineRow) {
        member("position", row.position)
        member("received", Timestamp.format(row.received))
        member("topic", row.topic)
        member("index", Int64(row.index))
        member("id", row.id)
        member("reason", row.reason)
        member("excerpt", row.excerpt)
    }
}
