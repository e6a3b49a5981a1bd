package import Foundation
package import Languages
package import Telemetry
package import Workload

/// What the service tells about itself; given by the one who wires, so that Web knows no threads.
package struct ServiceFace: Sendable {
    package struct Status: Sendable {
        package var journalPosition: Int64
        package var broker: String
        package var isReady: Bool
        /// Why not, in words for the one who runs it.
        package var problem: String?

        /// Messages of its own that came back through the broker since the start; nil where none are sent.
        package var canaries: Int64?
        /// Sessions that are connected and deliver nothing.
        package var lanesStuck: Int

        package init(journalPosition: Int64, broker: String, isReady: Bool, problem: String?, canaries: Int64? = nil, lanesStuck: Int = 0) {
            self.canaries = canaries
            self.lanesStuck = lanesStuck
            self.journalPosition = journalPosition
            self.broker = broker
            self.isReady = isReady
            self.problem = problem
        }
    }

    package var instance: String
    package var version: String
    package var startedAt: EventTime
    package var now: @Sendable () -> EventTime
    package var status: @Sendable () -> Status
    /// Prometheus text.
    package var metrics: @Sendable () -> String
    /// What is known of the devices now; nil where nobody watches them.
    package var liveness: @Sendable () async -> LivenessSnapshot?
    /// What the last look at all devices found.
    package var livenessReport: @Sendable () -> LivenessReport?
    /// Nil where the registry cannot be changed over the API.
    package var devices: DeviceImport?
    /// Makes a PDF of a page; nil where nothing here can.
    package var pdf: (@Sendable (_ html: String) async throws -> Data)?
    /// Nil where rosters are not given over the API.
    package var roster: RosterExchange?
    /// Nil where refused messages are not read again while the service runs.
    package var replay: QuarantineReplay?
    /// Nil where no reports go out by themselves.
    package var scheduled: (@Sendable () throws -> ScheduledReports)?
    /// Whom readers tell what does not work; nil where nobody is named.
    package var contact: String?
    /// What the pages can be read in.
    package var languages: Languages
    /// The tag of what they are shown in to who has not chosen.
    package var language: String

    package init(
        instance: String,
        version: String,
        startedAt: EventTime,
        now: @escaping @Sendable () -> EventTime,
        status: @escaping @Sendable () -> Status,
        metrics: @escaping @Sendable () -> String,
        liveness: @escaping @Sendable () async -> LivenessSnapshot? = { nil },
        livenessReport: @escaping @Sendable () -> LivenessReport? = { nil },
        devices: DeviceImport? = nil,
        pdf: (@Sendable (_ html: String) async throws -> Data)? = nil,
        roster: RosterExchange? = nil,
        replay: QuarantineReplay? = nil,
        scheduled: (@Sendable () throws -> ScheduledReports)? = nil,
        contact: String? = nil,
        languages: Languages = .none,
        language: String = Languages.source.tag
    ) {
        self.scheduled = scheduled
        self.languages = languages
        self.language = language
        self.replay = replay
        self.contact = contact
        self.liveness = liveness
        self.livenessReport = livenessReport
        self.devices = devices
        self.pdf = pdf
        self.roster = roster
        self.instance = instance
        self.version = version
        self.startedAt = startedAt
        self.now = now
        self.status = status
        self.metrics = metrics
    }
}
