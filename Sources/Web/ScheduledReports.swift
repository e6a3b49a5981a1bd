package import Store
package import Telemetry

/// Reports that go out by themselves: what comes next, and what became of the others.
package struct ScheduledReports: Sendable {
    package struct Schedule: Sendable {
        package var municipality: String
        package var name: String
        /// When it goes out next, and about which period, as commands write it; nil for never.
        package var next: (due: EventTime, period: String)?
        /// Formats, and where to, in words.
        package var formats: [String]
        package var receivers: [String]
        package var isExternal: Bool

        package init(
            municipality: String,
            name: String,
            next: (due: EventTime, period: String)?,
            formats: [String],
            receivers: [String],
            isExternal: Bool
        ) {
            self.municipality = municipality
            self.name = name
            self.next = next
            self.formats = formats
            self.receivers = receivers
            self.isExternal = isExternal
        }
    }

    package var schedules: [Schedule]
    /// The oldest first.
    package var deliveries: [Delivery]
    /// Municipalities whose schedule.yaml has been changed into something that cannot be used.
    package var refused: [String]

    package init(schedules: [Schedule], deliveries: [Delivery], refused: [String]) {
        self.schedules = schedules
        self.deliveries = deliveries
        self.refused = refused
    }
}
