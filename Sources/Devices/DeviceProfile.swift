package import Telemetry

/// A device model as `devices/{id}/profile.yaml` describes it.
package struct DeviceProfile: Equatable, Sendable {
    /// The folder's name.
    package var id: String
    /// Names in bokmål and English.
    package var nameNorwegian: String
    package var nameEnglish: String
    package var technology: Technology
    /// A further device of a home, such as a smoke detector: the word in bokmål that it is counted under. Whoever has it is no
    /// user of the technology for that. Nil for models that are the technology itself.
    package var accessory: String?
    /// Step of the care ladder (mestringstrappa), lowest effective level first; 1 to 9.
    package var ladderStep: Int
    /// The codec that reads the model's messages; nil for models that send canonical events only.
    package var codec: CodecName?
    /// Longest time between two signs of life of a device that works, in milliseconds; nil where it gives none.
    package var heartbeatMilliseconds: Int64?
    /// Battery, in percent, below which it counts as low, and from which on it counts as good again.
    package var battery: (low: Double, restored: Double)?
    /// Where the battery's percentage stands; nil where the codec knows.
    package var batteryPath: DevicePath?
    /// Any of them is enough.
    package var recognitions: [Recognition] = []
    /// What messages of a JSON codec become, in the profile's order.
    package var rows: [EventRow] = []

    package init(
        id: String,
        nameNorwegian: String,
        nameEnglish: String,
        technology: Technology,
        ladderStep: Int,
        codec: CodecName?,
        heartbeatMilliseconds: Int64?,
        battery: (low: Double, restored: Double)?
    ) {
        self.id = id
        self.nameNorwegian = nameNorwegian
        self.nameEnglish = nameEnglish
        self.technology = technology
        self.ladderStep = ladderStep
        self.codec = codec
        self.heartbeatMilliseconds = heartbeatMilliseconds
        self.battery = battery
    }

    package static func == (left: DeviceProfile, right: DeviceProfile) -> Bool {
        left.id == right.id && left.nameNorwegian == right.nameNorwegian && left.nameEnglish == right.nameEnglish
            && left.technology == right.technology && left.accessory == right.accessory && left.ladderStep == right.ladderStep && left.codec == right.codec
            && left.heartbeatMilliseconds == right.heartbeatMilliseconds && left.battery?.low == right.battery?.low
            && left.battery?.restored == right.battery?.restored && left.batteryPath == right.batteryPath
            && left.recognitions == right.recognitions && left.rows == right.rows
    }
}

/// The codecs, by their names in topics.
package enum CodecName: String, CaseIterable, Sendable {
    case scaip, dc09, zigbee2mqtt, chirpstack
    case thingsStack = "things-stack"

    /// Read by a profile's table; the others have their meaning in themselves.
    package var isJSON: Bool { self == .zigbee2mqtt || self == .chirpstack || self == .thingsStack }
}
