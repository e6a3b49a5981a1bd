package import Telemetry
package import Workload

extension Roster {
    /// A shift on one day, between instants.
    package struct Span: Equatable, Sendable {
        /// At least one; those at work serve all of them.
        package var zones: [String]
        package var role: String
        package var kind: ShiftKind
        /// The local day on which it begins.
        package var day: LocalTime.Day
        package var time: Range<EventTime>
        package var positions: Double

        /// Positions × hours, true over the nights when the clock changes.
        package var positionHours: Double {
            positions * Double(time.upperBound - time.lowerBound) / Double(TimeRule.hourMilliseconds)
        }

        /// When so many or more of its people are at work, 1 or more: of 2.5 positions the third for the first half, so that
        /// position-hours come out exactly. Empty where there are fewer.
        func time(of person: Int) -> Range<EventTime> {
            let part = min(1, max(0, positions - Double(person - 1)))
            return time.lowerBound..<time.lowerBound + Int64((Double(time.upperBound - time.lowerBound) * part).rounded())
        }

        /// A zone's even part of the positions: those that serve several zones are counted once in all.
        package func positions(in zone: String) -> Double {
            zones.contains(zone) ? positions / Double(zones.count) : 0
        }

        package func positionHours(in zone: String) -> Double {
            zones.contains(zone) ? positionHours / Double(zones.count) : 0
        }

        /// How many of them can be sent to some zones: all where they serve one of these. For whatever asks who is at work; hours and
        /// costs take the even part.
        package func people(serving zones: Set<String>) -> Double {
            self.zones.contains(where: zones.contains) ? positions : 0
        }
    }

    /// The shifts that begin on a local day, in the order of the rows. O(rows that come again + rows of that date).
    package func spans(on day: LocalTime.Day, localTime: LocalTime = .oslo) -> [Span] {
        var instants: [Int: EventTime] = [:]
        func instant(_ minutes: Int) -> EventTime {
            if let known = instants[minutes] { return known }
            let local = day.advanced(by: minutes / 1440)
            let time = localTime.instant(local, milliseconds: Int64(minutes % 1440) * 60_000)
            instants[minutes] = time
            return time
        }
        return index.places(on: day, isHoliday: Holidays.name(of: day) != nil).map { place in
            let shift = shifts[place]
            let start = instant(shift.startMinutes)
            return Span(
                zones: shift.zones,
                role: shift.role,
                kind: shift.kind,
                day: day,
                time: start..<max(start, instant(shift.endMinutes)),
                positions: shift.positions
            )
        }
    }

    /// All shifts with a part between two instants, those of the evening before too.
    package func spans(in range: Range<EventTime>, localTime: LocalTime = .oslo) -> [Span] {
        guard !range.isEmpty else { return [] }
        let first = localTime.day(at: range.lowerBound).number - 1
        let last = localTime.day(at: range.upperBound - 1).number
        return (first...last).flatMap { number in
            spans(on: LocalTime.Day(number: number), localTime: localTime).filter { $0.time.overlaps(range) }
        }
    }

    /// Positions that the roster has in a zone at an instant.
    package func positions(zone: String, at instant: EventTime, localTime: LocalTime = .oslo) -> Double {
        spans(in: instant..<(instant + 1), localTime: localTime).reduce(0) { $0 + $1.positions(in: zone) }
    }

    /// Position-hours of the shifts that begin on a local day, by true length: a night of 23:00–07:00 is 7 h or
    /// 9 h when the clock changes.
    package func positionHours(
        zone: String,
        kind: ShiftKind,
        on day: LocalTime.Day,
        localTime: LocalTime = .oslo
    ) -> Double {
        spans(on: day, localTime: localTime).reduce(0) {
            $0 + ($1.kind == kind ? $1.positionHours(in: zone) : 0)
        }
    }
}

extension [Roster.Span] {
    /// The same as people who are at work: a part of a position is one for the first part of its shift (`Roster.Span.time(of:)`). For all
    /// that asks who is at work at a time; position-hours are the same.
    package var atWork: [Roster.Span] {
        flatMap { span -> [Roster.Span] in
            let whole = span.positions.rounded(.down)
            guard whole < span.positions else { return [span] }
            var (all, part) = (span, span)
            all.positions = whole
            (part.positions, part.time) = (1, span.time(of: Int(whole) + 1))
            return whole > 0 ? [all, part] : [part]
        }
    }
}
