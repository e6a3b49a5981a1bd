import Devices
import Foundation
import Telemetry
import Testing

/// A folder of profiles of its own, thrown away with the test.
final class ProfileFolder {
    let path: String

    /// The shipped profiles.
    static let shipped = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("devices").path

    init() throws {
        path = URL(fileURLWithPath: NSTemporaryDirectory() + "vaktlast-devices-\(UUID().uuidString)").standardizedFileURL.path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ name: String, _ text: String) throws {
        let file = "\(path)/\(name)"
        try FileManager.default.createDirectory(atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    }

    /// What is wrong with a profile, without the folder's path.
    func problems(_ yaml: String) throws -> [String] {
        try write("x/profile.yaml", yaml)
        return DeviceProfiles.read([path]).problems.map { $0.replacing(path + "/x/", with: "") }
    }

    /// A profile with these last lines, after a good head.
    static func profile(_ codec: String = "zigbee2mqtt", _ rest: String = "", id: String = "x") throws -> DeviceProfile {
        let folder = try ProfileFolder()
        try folder.write("\(id)/profile.yaml", head(codec) + rest)
        let read = DeviceProfiles.read([folder.path])
        return try #require(read.profiles.first, "\(read.problems)")
    }

    static func head(_ codec: String = "zigbee2mqtt") -> String {
        "name: {nb: Vannsensor, en: Water sensor}\ntechnology: digital-supervision\nladderStep: 2\ncodec: \(codec)\n"
    }
}

/// Messages read one after the other by one decoder with one memory.
struct Reader {
    let profile: DeviceProfile
    let codec: CodecName
    var memory = DeviceMemory()
    /// Nil: the registry names none.
    var registered: String?

    init(_ profile: DeviceProfile, isRegistered: Bool = true) throws {
        self.profile = profile
        codec = try #require(profile.codec)
        registered = isRegistered ? profile.id : nil
    }

    static let received = ProfileTrial.received

    mutating func read(_ text: String, topic: String = "stue", after seconds: Int64 = 0) throws(CodecRefusal) -> NativeReading {
        try NativeDecoder(profiles: [profile]).read(
            NativeMessage(
                payload: Array(text.utf8),
                topic: topic,
                municipality: "3407",
                source: "gw",
                received: Reader.received + seconds * 1000
            ),
            codec: codec,
            memory: &memory
        ) { [registered] _ in registered }
    }

    /// The types of the events, without the heartbeats that the engine adds.
    mutating func types(_ text: String, topic: String = "stue", after seconds: Int64 = 0) throws -> [String] {
        try read(text, topic: topic, after: seconds).events.filter { $0.type != .deviceHeartbeat }.map(\.type.word)
    }
}
