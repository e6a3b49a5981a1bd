import Logging
import MQTT

/// One of the gate's two sessions: when to connect again, and whether it still delivers.
final class Lane {
    let name: String
    let session: any InboundLink
    var canary: Canary
    private(set) var retryAt: Double = 0
    private(set) var pause = Lane.pauseMin
    private var readySince: Double?
    /// Sessions in a row that ended soon after they were ready, without our doing.
    private var shortLives = 0

    static let pauseMin = 0.25
    static let pauseMax = 30.0
    /// A session that holds this long has recovered; longer than the longest pause, so that two services with one
    /// client id that take it in turns are not taken for recovered.
    static let recoveredAfterSeconds = 60.0
    /// From so many short lives on, another client is the likely reason.
    static let shortLivesMax = 3

    init(name: String, session: any InboundLink, canary: Canary) {
        self.name = name
        self.session = session
        self.canary = canary
    }

    /// What keeps this lane from delivering, in words for an operator.
    var problem: String? {
        if session.wasTakenOver || shortLives >= Lane.shortLivesMax {
            return "another client takes over the session \(session.settings.clientID) again and again; "
                + "stop that client, or give one of them another broker.clientId"
        }
        if session.state == .ready, canary.isMissing {
            return "the session \(session.settings.clientID) is connected but delivers nothing; connecting again"
        }
        return session.lastProblem
    }

    /// Whether it is time to connect.
    func isDue(_ now: Double) -> Bool { session.state == .disconnected && now >= retryAt }

    /// Connects; the pause to the next try grows until a session holds.
    func connect(_ now: Double, log: Logger) -> MQTTError? {
        if let problem { log.warning("broker, \(name) lane: \(problem)") }
        defer {
            retryAt = now + pause
            pause = min(pause * 2, Lane.pauseMax)
        }
        do {
            try session.connect()
            session.flush()
            return nil
        } catch {
            log.warning("broker, \(name) lane: \(error); next try in \(pause) s")
            return error
        }
    }

    /// Notes beginnings and ends of a session that was ready.
    func watch(_ now: Double, log: Logger) {
        guard session.state == .ready else {
            if let since = readySince {
                shortLives = now - since < Lane.recoveredAfterSeconds ? shortLives + 1 : 0
                readySince = nil
            }
            return
        }
        guard let since = readySince else {
            readySince = now
            canary.begin()
            return log.info("broker, \(name) lane: ready")
        }
        if now - since > Lane.recoveredAfterSeconds {
            pause = Lane.pauseMin
            shortLives = 0
        }
    }

    /// Cuts the connection by our own will: nothing read since the last flush is acknowledged.
    func drop(because reason: String) {
        session.drop(because: reason)
        readySince = nil
    }

    /// Sends the canary when it is due; drops a session that has let two of them get lost.
    func sendCanary(_ now: Double, log: Logger) {
        guard session.state == .ready else { return }
        switch canary.step(now) {
        case .nothing: break
        case .send(let topic, let payload):
            do { try session.publish(topic: topic, payload: payload) } catch { log.warning("canary, \(name) lane: \(error)") }
        case .unproven:
            log.warning(
                "broker, \(name) lane: no canary has ever come back, so a stuck session would not be noticed; let this client write and read \(canary.topic) (ACL)"
            )
        case .reconnect:
            log.error("broker, \(name) lane: two canaries in a row are missing, the session is stuck; connecting again")
            drop(because: "the session was stuck: two canaries in a row did not come back")
        }
    }
}
