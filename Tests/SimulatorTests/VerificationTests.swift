import Simulator
import Testing

/// The auditor against an API that another auditor answers, with one thing changed.
@Suite("Verification")
struct VerificationTests {
    private static let week: Result<Scenario, any Error> = Result { try scenario("normal-week") }

    private func auditor() throws -> Auditor {
        let scenario = try Self.week.get()
        var simulation = Simulation(scenario: scenario, seed: 7, start: monday)
        var auditor = Auditor(municipalities: [AuditedMunicipality(scenario)])
        for message in messages(simulation.all(before: monday + 2 * day), municipality: "3441", source: "vakta") { auditor.read(message) }
        auditor.read(AuditedMessage(position: 1_000_000, received: monday + 2 * day, topic: "vaktlast/v1/3441/vakta/alarm", payload: Array("{".utf8)))
        return auditor
    }

    /// The API of a service that is right but for what `change` does to its answers.
    private func verify(_ change: @escaping (_ path: String, _ answer: AuditValue) -> AuditValue) throws -> Verification {
        let auditor = try auditor()
        var verification = Verification(auditor: auditor, comparesFirstFigures: true) { path, query in
            func parameter(_ name: String) -> String? {
                query.split(separator: "&").first { $0.hasPrefix("\(name)=") }.map { String($0.dropFirst(name.count + 1)) }
            }
            let number = parameter("municipality") ?? ""
            let period = (auditor.period(municipality: number)?.lowerBound ?? 0) - 2 * day..<monday + 9 * day
            let from = period.lowerBound / 900_000 * 900_000
            let answer: AuditValue
            switch path {
            case "sources": answer = .object(["sources": .array(auditor.sources(municipality: number))])
            case "quarantine": answer = .object(["items": .array(auditor.quarantine(municipality: number)), "next": .null])
            case "alarms":
                // Two pages.
                let rows = auditor.alarms(municipality: number, from: from, to: period.upperBound)
                let isSecond = parameter("cursor") != nil
                answer = .object(["alarms": .array(Array(isSecond ? rows.dropFirst(5) : rows.prefix(5))), "next": isSecond ? .null : .string("c")])
            case "kpis": answer = auditor.kpis(municipality: number, from: from, to: period.upperBound, zone: parameter("zone"))
            default:
                answer = .object([
                    "cells": .array(
                        auditor.loads(
                            municipality: number,
                            from: from,
                            to: period.upperBound,
                            step: Auditor.Step(rawValue: parameter("step") ?? "") ?? .quarter,
                            publishedFirst: parameter("published") == "first"
                        )
                    )
                ])
            }
            return change(path, answer)
        }
        try verification.compareAll(atLeast: 0)
        return verification
    }

    @Test("a service that is right passes, and everything was looked at")
    func right() throws {
        let verification = try verify { $1 }
        #expect(verification.disagreements.isEmpty, "\(verification.disagreements.first.map { "\($0)" } ?? "")")
        let places = Dictionary(uniqueKeysWithValues: verification.tallies.map { ($0.answer, $0.places) })
        #expect((places["loads PT15M"] ?? 0) > 200)
        #expect((places["loads PT15M as first published"] ?? 0) > 100)
        #expect((places["alarms"] ?? 0) > 10)
        #expect(places["quarantine"] == 1)
        #expect(places["kpis"] == 4)
    }

    /// Where a list of rows stands, and the figure of its first row that is changed.
    @Test(
        "one changed figure fails, and is named",
        arguments: [
            ("loads", "cells", "heartbeats"), ("alarms", "alarms", "repeats"), ("sources", "sources", "duplicates"), ("quarantine", "items", "reason"),
        ]
    )
    func changed(path: String, list: String, figure: String) throws {
        let verification = try verify { asked, answer in
            guard asked == path, case .array(var rows)? = answer[list], case .object(var row)? = rows.first else { return answer }
            row[figure] = .integer(4711)
            rows[0] = .object(row)
            return .object([list: .array(rows), "next": answer["next"] ?? .null])
        }
        let found = try #require(verification.disagreements.first)
        #expect(found.figure == figure)
        #expect(found.got == "4711")
        #expect(found.expected != "4711")
        #expect(found.answer.hasPrefix(path))
        #expect("\(found)".contains("\(figure) expected \(found.expected), got 4711"))
    }

    @Test("a share that is off by a hair, a row too many and a row too few fail")
    func more() throws {
        let share = try verify { path, answer in
            guard path == "kpis", case .object(var members) = answer, case .object(var closed)? = members["unintended"],
                case .number(let high)? = closed["high"]
            else { return answer }
            closed["high"] = .number(high + 1e-6)
            members["unintended"] = .object(closed)
            return .object(members)
        }
        #expect(share.disagreements.first?.figure == "unintended.high")
        let fewer = try verify { path, answer in
            guard path == "sources" else { return answer }
            return .object(["sources": .array([])])
        }
        #expect(fewer.disagreements.first?.got == "none")
        let outcome = try verify { path, answer in
            guard path == "loads", case .array(var rows)? = answer["cells"], case .object(var row)? = rows.first else { return answer }
            row["outcomes"] = .object(["visited": .integer(99)])
            rows[0] = .object(row)
            return .object(["cells": .array(rows)])
        }
        #expect(outcome.disagreements.contains { $0.figure.hasPrefix("outcomes") })
        #expect(throws: Verification.Unreadable.self) { try verify { path, answer in path == "alarms" ? .object([:]) : answer } }
    }

    @Test("a message without a receipt cannot be judged, a receipt that came twice counts once")
    func hearing() throws {
        let scenario = try Self.week.get()
        var simulation = Simulation(scenario: scenario, seed: 7, start: monday)
        let sent = messages(Array(simulation.all(before: monday + day).prefix(3)), municipality: "3441", source: "vakta")
        var service = Auditor(municipalities: [AuditedMunicipality(scenario)])
        var hearing = Hearing()
        for message in sent {
            let number = hearing.sent(SimulatedMessage(time: message.received, topic: message.topic, payload: message.payload))
            if number == 2 { continue }
            let read = service.read(message)
            let receipt = try #require(read)
            for _ in 0..<2 { try hearing.answered(number, with: receipt) }
        }
        var auditor = Auditor(municipalities: [AuditedMunicipality(scenario)])
        #expect(throws: Hearing.Gap.noReceipt(count: 1, of: 3, topic: sent[2].topic)) { try hearing.audit(&auditor) }
        let read = service.read(sent[2])
        try hearing.answered(2, with: try #require(read))
        let pairs = try hearing.audit(&auditor)
        #expect(pairs.count == 3)
        #expect(pairs.allSatisfy { $0.expected == $0.got })
        #expect(hearing.isWholeJournal(upTo: 3) && !hearing.isWholeJournal(upTo: 4))
    }
}
