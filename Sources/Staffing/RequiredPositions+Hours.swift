/// The need of a group of zones in one shift, hour by hour.
struct ShiftNeed {
    private let group: GroupDemand
    private let sample: ShiftSample
    private let curve: AttendanceCurve
    private let share: Double
    private let kind: ShiftKind
    /// The cycle of a week without public holidays, 168 hours from Monday 00.
    private let week: ModifiedOfferedLoad

    /// The shift has call-outs.
    init(_ group: GroupDemand, kind: ShiftKind, settings: StaffingSettings) {
        self.group = group
        self.kind = kind
        sample = group.samples[kind.order]
        share = settings.norm.share
        curve = AttendanceCurve(
            wayMilliseconds: sample.wayMilliseconds,
            withinMilliseconds: settings.norm.withinMilliseconds,
            meanServiceSeconds: sample.meanBoundSeconds
        )
        week = group.modifiedLoad(intervals: 168) { hour in
            hour.clockDay == .holiday ? nil : (hour.clockDay.rawValue - 1) * 24 + hour.shiftHour % 24
        }
    }

    /// The shift has hours on such days.
    func outcome(days: RequiredDays, cells: [GroupHours.Cell]) -> RequiredShift.Outcome {
        guard share < 1 else { return .normForEveryone }
        guard curve.reachableShare >= share else { return .travelMissesNorm(reachableShare: curve.reachableShare) }
        // For days of several weekdays the day before is taken as one of the same kind.
        let day = group.modifiedLoad(intervals: 24) { days.contains($0.shiftDay) ? $0.shiftHour % 24 : nil }
        var hours: [RequiredHour] = []
        for (shiftHour, cell) in cells.enumerated() where cell.hours > 0 {
            var modified = day.peakErlang(interval: shiftHour % 24)
            if case .dayClass(let own) = days, own != .holiday {
                modified = week.peakErlang(interval: ((own.rawValue - 1) * 24 + shiftHour) % 168)
            }
            hours.append(hour(shiftHour % 24, cell: cell, modifiedLoadErlang: modified))
        }
        let hardest = hours.indices.max { hours[$0].offeredErlang < hours[$1].offeredErlang } ?? 0
        let positions = hours.map(\.positions.value).max() ?? 1
        let meanBoundHours = sample.meanBoundSeconds / 3600
        let asked = hours[hardest].offeredErlang / meanBoundHours
        let queue = PriorityQueue(
            callsPerHour: [asked * sample.urgentShare, asked * (1 - sample.urgentShare)],
            meanServiceHours: meanBoundHours,
            servers: Int(positions)
        )
        let waits = queue.meanWaitsHours
        return .positions(
            RequiredFigures(
                positions: Estimate(positions, low: hours.compactMap(\.positions.low).max(), high: hours.compactMap(\.positions.high).max()),
                positionsByModifiedLoad: hours.map(\.positionsByModifiedLoad).max() ?? 1,
                hardest: hardest,
                hours: hours,
                meanBoundSeconds: sample.meanBoundSeconds,
                urgentMeanWaitSeconds: waits[0] * 3600,
                otherMeanWaitSeconds: waits[1] * 3600,
                urgentWithinNormShare: curve.share(
                    waitProbability: queue.waitProbability,
                    endingPerSecond: (positions - queue.callsPerHour[0] * meanBoundHours) / sample.meanBoundSeconds
                )
            )
        )
    }

    private func hour(_ hour: Int, cell: GroupHours.Cell, modifiedLoadErlang: Double) -> RequiredHour {
        let exposure = Double(cell.hours)
        let interval = Distributions.poissonInterval(count: cell.callOuts)
        let rate = Estimate(Double(cell.callOuts) / exposure, low: interval.low / exposure, high: interval.high / exposure)
        let boundHours = sample.respondersPerCallOut * sample.meanBoundSeconds / 3600
        let offered = rate.value * boundHours
        let positions = curve.positions(offeredErlang: offered, share: share)
        let low = curve.positions(offeredErlang: (rate.low ?? 0) * boundHours, share: share)
        let high = curve.positions(offeredErlang: (rate.high ?? 0) * boundHours, share: share)
        let rostered = group.hours.hasRoster ? cell.rostered / exposure : nil
        return RequiredHour(
            hour: hour,
            callOuts: cell.callOuts,
            exposureHours: cell.hours,
            callOutsPerHour: rate,
            offeredErlang: offered,
            responseErlang: rate.value * sample.respondersPerCallOut * sample.meanResponseSeconds / 3600,
            modifiedLoadErlang: modifiedLoadErlang,
            positions: Estimate(Double(positions), low: Double(low), high: Double(high)),
            positionsByModifiedLoad: curve.positions(loadErlang: modifiedLoadErlang, share: share),
            withinNormShare: curve.share(offeredErlang: offered, positions: positions),
            rosteredPositions: rostered,
            rosteredPositionsMin: group.hours.hasRoster ? cell.rosteredMin : nil,
            rosteredWithinNormShare: rostered.map { curve.share(offeredErlang: offered, positions: Int($0 + 1e-9)) }
        )
    }
}

extension GroupDemand {
    /// Mean number bound through a cycle of hours, each arrival with the bound times of its own shift.
    ///
    /// - Parameter interval: the hour's place in the cycle; nil leaves it out.
    func modifiedLoad(intervals: Int, interval: (GroupHours.Hour) -> Int?) -> ModifiedOfferedLoad {
        var callOuts = [Double](repeating: 0, count: intervals)
        var exposures = callOuts
        var services = [Int](repeating: 0, count: intervals)
        for hour in hours.hours {
            guard let place = interval(hour) else { continue }
            exposures[place] += 1
            services[place] = hour.kind.order
            callOuts[place] += Double(hour.callOuts) * respondersPerCallOut[hour.kind.order]
        }
        return ModifiedOfferedLoad(
            arrivalsPerHour: zip(callOuts, exposures).map { $1 > 0 ? $0 / $1 : 0 },
            intervalHours: 1,
            services: serviceTimes,
            serviceOfInterval: services
        )
    }
}
