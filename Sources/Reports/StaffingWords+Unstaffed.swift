import Staffing
import Telemetry
import Workload

/// Words for the times of the week in which nobody is at work for a zone.
extension StaffingWords {
    /// A sentence for each time, zones with the same times together: `Kl. 22:30–23:00 hver dag: ingen på vakt i Snertingdal.`
    func unstaffed(_ hours: [UnstaffedHours]) -> [String] {
        StaffingWords.byTime(hours).map { hours in
            let time = StaffingWords.time(hours[0])
            return "\(time.prefix(1).uppercased())\(time.dropFirst()): ingen på vakt i \(Norwegian.list(hours.map { analysis.name([$0.zone]) }))."
        }
    }

    /// The same for today's roster, and what to do about them; empty where somebody is always at work.
    var unstaffed: [String] {
        let lines = unstaffed(analysis.unstaffed)
        return lines.isEmpty ? [] : lines + ["Har folk i en annen sone ansvaret da, så skriv sonene sammen i turnusen, slik: haugtun+biri."]
    }

    /// What a what-if leaves without anybody, and where it asked for more than there was to take.
    func holes(of outcome: WhatIfOutcome) -> [String] {
        let places = outcome.cutShort.map { "\(analysis.name([$0.zone])) \($0.kind.during)" }
        let short = places.isEmpty ? [] : ["Så mange er det ikke å ta bort hver dag: \(Norwegian.list(places)). Bare de som er på vakt, er tatt bort."]
        return unstaffed(outcome.unstaffed) + short + displaced(outcome.comparison)
    }

    /// The same for a roster held against today's, by its name.
    func holes(of outcome: AlternativeOutcome) -> [String] {
        (unstaffed(outcome.unstaffed) + (outcome.comparison.map(displaced) ?? []))
            .map { "\(outcome.alternative.name): \($0.prefix(1).lowercased())\($0.dropFirst())" }
    }

    /// That more planned work than today has nobody to do it, as one sentence; empty where it is less than an hour.
    func displaced(_ comparison: ReplayComparison) -> [String] {
        let (today, changed) = (comparison.today.result, comparison.changed.result)
        guard let before = today.total.displacedMilliseconds, let after = changed.total.displacedMilliseconds,
            after - before >= TimeRule.hourMilliseconds
        else { return [] }
        func hours(_ milliseconds: Int64) -> String { Norwegian.hours(Double(milliseconds) / Double(TimeRule.hourMilliseconds)) }
        return ["Planlagt arbeid som ingen er ledig til å gjøre, øker fra \(hours(before)) til \(hours(after)) timer i perioden."]
    }

    /// The zones in which nobody is at work at some time, each once.
    var unstaffedZones: [String] {
        analysis.zones.filter { zone in analysis.unstaffed.contains { $0.zone == zone.id } }.map(\.name)
    }

    private static func byTime(_ hours: [UnstaffedHours]) -> [[UnstaffedHours]] {
        var groups: [[UnstaffedHours]] = []
        for hour in hours {
            func isSameTime(_ other: UnstaffedHours) -> Bool {
                var other = other
                other.zone = hour.zone
                return other == hour
            }
            if let place = groups.firstIndex(where: { isSameTime($0[0]) }) { groups[place].append(hour) } else { groups.append([hour]) }
        }
        return groups
    }

    /// `kl. 23:00–07:00 lørdag og søndag i noen uker`
    private static func time(_ hours: UnstaffedHours) -> String {
        let isWholeDay = hours.startMinutes == 0 && hours.endMinutes == 1440
        let clock = isWholeDay ? "hele døgnet" : "kl.\(Norwegian.space)\(hours.clock)"
        return "\(clock) \(hours.days)\(hours.isEveryWeek ? "" : " i noen uker")"
    }
}

extension UnstaffedHours {
    /// `23:00–07:00`
    var clock: String {
        func text(_ minutes: Int) -> String {
            let minutes = minutes > 1440 ? minutes - 1440 : minutes
            return "\(Norwegian.twoDigits(minutes / 60)):\(Norwegian.twoDigits(minutes % 60))"
        }
        return "\(text(startMinutes))\(Norwegian.dash)\(text(endMinutes))"
    }

    /// `hver dag`, `mandag–fredag`, `lørdag og søndag`
    var days: String { weekdays.count == 7 ? "hver dag" : RosterDays.weekdays(weekdays).words }
}
