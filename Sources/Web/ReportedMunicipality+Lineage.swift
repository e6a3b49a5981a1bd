import Reports
import Staffing
import Strategy
import Telemetry
import Workload

extension ReportedMunicipality {
    /// What a figure is counted from where that is not alarms that may be shown, as numbers of things: nobody can be found in it.
    func lineageSources(of measure: IndicatorMeasure, _ found: Indicators, period: ReportPeriod, zone: String?) -> [LineageAnswer.Source] {
        let data = found.data
        return switch measure {
        case .deviceAvailability:
            [
                .init(.deviceDays, "enhetsdøgn med livstegn", Double(data.deviceDaysWithSign)),
                .init(.deviceDays, "enhetsdøgn for registrerte enheter", Double(data.deviceDaysRegistered)),
            ]
        case .repeatUsers:
            [
                .init(.users, "registrerte brukere", Double(data.callOutsByUser?.count ?? 0)),
                .init(.callOuts, "utrykninger til brukernes enheter i hele døgn", Double(data.callOutsByUser?.reduce(0, +) ?? 0)),
                .init(.callOuts, "utrykninger i hele døgn, også til ukjente enheter", Double(data.callOuts ?? 0)),
            ]
        case .callOutsPer100Users, .nightCallOutsPer100Users, .callOutHoursPer100Users: usersAndDays(found, zone)
        case .unplannedShare: rostered(on: found.scope.days, zone)
        case .ladderNotRisen: ladder(data)
        case .freedHours: freed(data)
        case .realisedHours, .realisedKroner: realised(measure, period, zone)
        default: measure.unit == .usersPer1000 ? users(measure, data) : []
        }
    }

    /// What users × days are made of: the users whom call-outs are counted over, by zone, and the whole days.
    private func usersAndDays(_ found: Indicators, _ zone: String?) -> [LineageAnswer.Source] {
        let here = devices.filter { $0.isSafetyAlarm && $0.isRegistered(in: found.scope.period) && (zone == nil || $0.zone == zone) }
        let counts = Dictionary(here.map { ($0.zone, 1) }, uniquingKeysWith: +)
        let users = counts.sorted { $0.key < $1.key }.map { zone, count in
            LineageAnswer.Source(.users, "brukere med trygghetsalarm: \(name(ofZone: zone))", Double(count))
        }
        return users + [LineageAnswer.Source(.days, "hele lokale døgn", Double(found.scope.days.count))]
    }

    /// The hours at work on the whole days, by zone and shift: they add up to the denominator. A shift over midnight is on both its days,
    /// and people who serve several zones are in each by an even part.
    private func rostered(on days: [LocalTime.Day], _ zone: String?) -> [LineageAnswer.Source] {
        guard let roster else { return [] }
        let asked = zones.filter { roster.zones.contains($0.id) && (zone == nil || $0.id == zone) }
        var hours: [String: [ShiftKind: Double]] = [:]
        for day in days {
            let bounds = LocalTime.oslo.bounds(of: day)
            for span in roster.spans(in: bounds).atWork {
                let length = Double(span.time.clamped(to: bounds).lengthMilliseconds) / Double(TimeRule.hourMilliseconds)
                for zone in asked where span.zones.contains(zone.id) {
                    hours[zone.id, default: [:]][span.kind, default: 0] += span.positions(in: zone.id) * length
                }
            }
        }
        return asked.flatMap { zone in
            (hours[zone.id] ?? [:]).sorted { $0.key < $1.key }.map { kind, hours in
                LineageAnswer.Source(.rosteredHours, "timer på vakt: \(name(ofZone: zone.id)), \(kind.rawValue)", hours)
            }
        }
    }

    private func users(_ measure: IndicatorMeasure, _ data: IndicatorData) -> [LineageAnswer.Source] {
        let asked = data.uses.filter { use in
            guard case .technology(let technology) = use.kind else { return false }
            return measure.technology == nil || measure.technology == technology
        }
        let counts = asked.flatMap { use in
            [
                LineageAnswer.Source(.users, "boliger med \(use.kind.bokmal)", Double(use.users)),
                LineageAnswer.Source(.devices, "enheter: \(use.kind.bokmal)", Double(use.devices)),
            ]
        }
        let all = measure.technology == nil ? data.technologyUsers.map { LineageAnswer.Source(.users, "boliger med minst én teknologi", Double($0)) } : nil
        return (all.map { [$0] } ?? []) + counts + (data.inhabitants80.map { [.init(.inhabitants, "innbyggere 80 år og eldre", Double($0))] } ?? [])
    }

    private func ladder(_ data: IndicatorData) -> [LineageAnswer.Source] {
        guard let ladder = data.ladder else { return [] }
        let moves = ladder.moves.sorted { $0.key < $1.key }.map { move, count in
            LineageAnswer.Source(.users, "fra trinn \(move.from) til trinn \(move.to)", Double(count))
        }
        let came = LineageAnswer.Source(.users, "kom til i perioden", Double(ladder.came.values.reduce(0, +)))
        let left = LineageAnswer.Source(.users, "falt fra i perioden", Double(ladder.left.values.reduce(0, +)))
        return moves + [came, left]
    }

    private func freed(_ data: IndicatorData) -> [LineageAnswer.Source] {
        var sources: [LineageAnswer.Source] = []
        for row in data.freed?.rows ?? [] {
            let isAlarm = row.technology == .safetyAlarm
            sources.append(.init(isAlarm ? .alarms : .assists, "\(row.technology.bokmal): regnet som spart", Double(row.counts.done)))
            for kind in BenefitAssumptions.NewWork.allCases {
                guard let count = row.counts.newWork[kind] else { continue }
                let note = row.withoutMinutes.contains(kind) ? " (uten minutter i benefits.yaml: gir ingen timer)" : ""
                sources.append(.init(kind == .followUp ? .assists : .alarms, "\(row.technology.bokmal): \(kind.bokmal)\(note)", Double(count)))
            }
        }
        guard let found = data.freedReconciliation else { return sources }
        return sources + [
            .init(.alarms, "lukket på sentralen i alt", Double(found.closedAtCentre)),
            .init(.alarms, "regnet med: trygghetsalarm og enheter uten egen teknologi", Double(found.counted)),
            .init(.alarms, "utelatt: enheter av annen teknologi", Double(found.otherTechnology)),
            .init(.alarms, "utelatt: utilsiktet", Double(found.unintended)), .init(.alarms, "utelatt: teknisk", Double(found.technical)),
            .init(.alarms, "utelatt: utenfor hele døgn", Double(found.outsideWholeDays)),
        ]
    }

    /// The ledger's lines that the sum is made of, with their hours or kroner.
    private func realised(_ measure: IndicatorMeasure, _ period: ReportPeriod, _ zone: String?) -> [LineageAnswer.Source] {
        guard zone == nil, let ledger = sources.wholeLedger else { return [] }
        let year = period.endDay.advanced(by: -1).year
        // Those of the file come first, and have its own numbers; the others those of the page.
        let ofFile = sources.ledger?.entries.count ?? 0
        return ledger.entries.enumerated().filter { $1.day.year == year && $1.day < period.endDay }.map { place, entry in
            let technology = entry.technology.map { ", \($0.bokmal)" } ?? ""
            return .init(
                .lines,
                "\(place < ofFile ? "filens linje" : "linje") \(entry.line): \(entry.day.iso), \(entry.use.rawValue)\(technology)",
                measure == .realisedHours ? entry.hours : entry.kroner
            )
        }
    }
}
