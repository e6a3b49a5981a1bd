import Devices
import Foundation
import Telemetry
import Testing

@Suite("The profiles in devices/")
struct ShippedProfilesTests {
    private static let read = DeviceProfiles.read([ProfileFolder.shipped])

    @Test("are all good, each with samples of what counts and of what is refused")
    func samples() throws {
        #expect(Self.read.problems.isEmpty, "\(Self.read.problems)")
        #expect(Self.read.profiles.count >= 14)
        for profile in Self.read.profiles {
            let folder = try #require(Self.read.folders[profile.id])
            let samples = ProfileSamples(of: profile, in: folder, among: Self.read.profiles)
            #expect(samples.problems.isEmpty, "\(samples.problems.joined(separator: "\n"))")
            #expect(samples.warnings.isEmpty)
            let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/samples")
            #expect(names.contains { $0.hasSuffix(".reason") }, "\(profile.id) has no bad sample")
        }
    }

    @Test("cover every codec and every kind of alarm a device can raise by itself")
    func coverage() {
        #expect(Set(Self.read.profiles.compactMap(\.codec)) == Set(CodecName.allCases))
        #expect(Self.read.profiles.contains { $0.codec == nil })
        #expect(
            Set(Self.read.profiles.map(\.technology)).isSuperset(of: [.safetyAlarm, .digitalSupervision, .medicationDispenser, .electronicLock, .location])
        )
    }

    @Test("a frame met twice becomes the same events")
    func twice() throws {
        for profile in Self.read.profiles where profile.codec?.isJSON == true {
            let folder = try #require(Self.read.folders[profile.id]) + "/samples"
            for name in try FileManager.default.contentsOfDirectory(atPath: folder) where name.hasPrefix("good-") {
                guard name.hasSuffix(".json") || name.hasSuffix(".jsonl"), !name.hasSuffix(".expected.json") else { continue }
                let stem = (name as NSString).deletingPathExtension
                let topic = try String(contentsOfFile: "\(folder)/\(stem).topic", encoding: .utf8).trimmingCharacters(in: .newlines)
                var reader = try Reader(profile)
                for (index, message) in try #require(ProfileSamples.messages(of: "\(folder)/\(name)")).enumerated() {
                    let text = String(decoding: message, as: UTF8.self)
                    let first = try reader.read(text, topic: topic, after: Int64(index) * 60)
                    #expect(try reader.read(text, topic: topic, after: Int64(index) * 60) == first, "\(profile.id) \(name) \(index)")
                }
            }
        }
    }

    @Test("ids fit an event and an alarm, and are distinct in a message")
    func identities() throws {
        for profile in Self.read.profiles where profile.codec?.isJSON == true {
            let folder = try #require(Self.read.folders[profile.id]) + "/samples"
            for name in try FileManager.default.contentsOfDirectory(atPath: folder) where name.hasSuffix(".expected.json") {
                let events = try #require(JSONValue.read(Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)")))))
                for event in events.elements { #expect((event["id"]?.text?.utf8.count ?? 0) <= 64) }
            }
        }
    }

    @Test("two folders with the same profile are an error that names both")
    func twoFolders() throws {
        let folder = try ProfileFolder()
        try folder.write("pull-cord/profile.yaml", ProfileFolder.head())
        let problems = DeviceProfiles.read([ProfileFolder.shipped, folder.path]).problems
        #expect(problems.count == 1)
        #expect(problems.first?.contains("\(folder.path)/pull-cord") == true)
        #expect(problems.first?.contains("\(ProfileFolder.shipped)/pull-cord") == true)
    }

    @Test("are found beside an installed program and in a checkout")
    func places() throws {
        let folder = try ProfileFolder()
        try folder.write("usr/share/vaktlast/devices/profile.schema.json", "{}")
        try folder.write("src/devices/profile.schema.json", "{}")
        #expect(DeviceProfiles.shippedFolder(program: "\(folder.path)/usr/bin/vaktlast") == "\(folder.path)/usr/share/vaktlast/devices")
        #expect(DeviceProfiles.shippedFolder(program: "\(folder.path)/src/.build/x86/release/vaktlast") == "\(folder.path)/src/devices")
        #expect(DeviceProfiles.shippedFolder(program: "/nowhere/bin/vaktlast") == nil)
    }
}
