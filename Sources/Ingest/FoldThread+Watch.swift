import Glibc
import Logging
import MQTT
import Synchronization
import Telemetry
import Workload

/// What the fold's thread does besides folding: looks for silent devices, tells the live boards, takes a new plan.
extension FoldThread {
    /// From one look at all devices to the next.
    static let lookPauseSeconds = 1.0
    /// From one piece of a look to the next.
    static let piecePauseSeconds = 0.1
    /// How long a new plan waits for the views before the fold goes on with the old one for a while.
    static let replanWaitSeconds = 10.0
    static let replanRetrySeconds = 5.0

    /// Looks at the next devices where it is time.
    func watchDevices() {
        desk.serve { LivenessSnapshot(liveness, folding.state, generation: generation, now: lookedAt) }
        let seconds = Gate.monotonicSeconds()
        guard seconds >= nextLook else { return }
        let wall = clock()
        let sessions = status.current
        let isConnected = sessions.alarmSession == "ready" && sessions.restSession == "ready"
        connection.see(isConnected: isConnected, wall: wall, monotonicSeconds: seconds)
        // What waits to be folded may be a sign of life: the look goes no further than what has been folded.
        lookedAt = max(lookedAt, queue.waitingWeight == 0 ? wall : folding.received)
        let isWhole = liveness.look(at: folding.state, now: lookedAt, connectedSince: connection.since)
        nextLook = seconds + (isWhole ? FoldThread.lookPauseSeconds : FoldThread.piecePauseSeconds)
        if isWhole { desk.tell(liveness.report) }
        guard isWhole, liveness.report != told else { return }
        let (old, new) = (told, liveness.report)
        told = new
        let changed = Set(old.zones.keys).union(new.zones.keys).filter { zone in
            old.zones[zone] != new.zones[zone] || old.outages(in: zone) != new.outages(in: zone)
        }
        for zone in changed { tellBoard(zone) }
        status.update {
            $0.devicesWatched = new.watched
            $0.devicesOverdue = new.overdue
            $0.devicesUnknown = new.unknown
            $0.batteriesLow = new.batteryLow
            $0.outages = new.outages.count
        }
        if old.outages.map(\.name) != new.outages.map(\.name) { logOutages(old, new) }
    }

    private func logOutages(_ old: LivenessReport, _ new: LivenessReport) {
        for outage in new.outages where !old.outages.contains(where: { $0.name == outage.name }) {
            log.warning("outage of \(outage.name.scope.rawValue) \(outage.name.municipality)/\(outage.name.name): \(outage.devices) devices are silent")
        }
        for outage in old.outages where !new.outages.contains(where: { $0.name == outage.name }) {
            log.notice("outage of \(outage.name.scope.rawValue) \(outage.name.municipality)/\(outage.name.name) is over")
        }
    }

    /// The boards of the zones whose alarms have changed.
    func tellBoards() {
        for (municipality, zone, board) in folding.boards {
            let place = LivenessReport.Zone(municipality: municipality, zone: zone)
            boards[place] = board
            tellBoard(place)
        }
    }

    /// The retained live topic of a zone.
    private func tellBoard(_ place: LivenessReport.Zone) {
        let board = boards[place] ?? ZoneBoard()
        let figures = told.zones[place] ?? .init()
        var json = JSONText()
        json.object { json in
            json.member("openAlarms", Int64(board.openAlarms))
            json.member("openResponses", Int64(board.openResponses))
            // Where no device is watched, or none can be judged yet, nobody can say.
            json.member("devicesOverdue", figures.watched == figures.unknown ? nil : Int64(figures.overdue))
            json.member("devicesWatched", Int64(figures.watched))
            json.member("devicesUnknown", Int64(figures.unknown))
            json.member("devicesInOutage", Int64(figures.inOutage))
            json.member("batteryLow", Int64(figures.batteryLow))
            json.array("outages", told.outages(in: place)) { json, outage in json.object { $0.members(of: outage) } }
        }
        let topic = "\(Topic.root)/\(place.municipality)/zone/\(place.zone)/live"
        do {
            try publisher.publish(OutboundMessage(topic: topic, payload: json.bytes, isRetained: true), number: -1)
        } catch {
            log.warning("live board of \(place.municipality)/\(place.zone): \(error)")
        }
    }

    // MARK: - A new plan

    /// Takes a new plan where one waits: everything folded goes into the views, and a new folding starts from them.
    ///
    /// A process that ends anywhere in between finds views that stand for a position and name the plan they were made
    /// with; it makes cells and alarms anew, as at any start after a change of plan.
    func replanIfAsked() {
        let seconds = Gate.monotonicSeconds()
        guard seconds >= nextReplan, let order = plans.waiting else { return }
        var setup = folding.setup
        setup.plan = order.plan
        setup.registered = RegisteredProfiles(order.plan)
        if setup.plan == folding.setup.plan { return finishReplan(order) }
        guard settleViews(until: seconds + FoldThread.replanWaitSeconds) else {
            nextReplan = seconds + FoldThread.replanRetrySeconds
            return log.warning("the new registry waits: the views cannot be written")
        }
        do {
            let next = try refold(setup)
            next.takeOver(folding)
            var watch = Liveness(state: next.state, startedAt: liveness.startedAt, limits: liveness.limits)
            watch.takeOver(liveness, of: folding.state, in: next.state)
            (folding, liveness) = (next, watch)
        } catch {
            nextReplan = seconds + FoldThread.replanRetrySeconds
            return log.error("the new registry waits, the old one is in force: \(error)")
        }
        finishReplan(order)
        log.notice("registry taken: \(order.plan.municipalities.reduce(0) { $0 + $1.registry.count }) rows")
    }

    private func finishReplan(_ order: PlanDesk.Order) {
        generation = order.generation
        plans.remove(order.generation)
        desk.forget()
        status.update { $0.planGeneration = order.generation }
    }

    /// Has everything folded written; false when the views take too long.
    func settleViews(until end: Double) -> Bool {
        while true {
            if viewsAreIdle.load(ordering: .acquiring) {
                guard commit() else { return true }
            }
            guard Gate.monotonicSeconds() < end else { return false }
            usleep(1000)
        }
    }
}
