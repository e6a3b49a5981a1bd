import Devices
import Foundation
import Ingest
import Settings
import Testing

@Suite("devices: in vaktlast.yaml")
struct DeviceProfilesKeyTests {
    private static let profile = "name: {nb: A, en: B}\ntechnology: location\nladderStep: 1\ncodec: canonical\n"

    private func folder(_ rest: String = "devices: own\n", id: String = "water-leak", profile: String = profile) throws -> ConfigurationFolder {
        let folder = try ConfigurationFolder(ConfigurationFolder.smallest + rest)
        try folder.write("own/\(id)/profile.yaml", profile)
        return folder
    }

    @Test("own profiles stand beside the shipped ones, and the fold has them all")
    func beside() throws {
        let settings = try folder().settings()
        let ids = settings.profiles.profiles.map(\.id)
        #expect(ids.contains("water-leak") && ids.contains("door-sensor-zigbee"))
        #expect(settings.folding.profiles.map(\.id) == ids)
        #expect(try !ConfigurationFolder().settings().profiles.profiles.isEmpty)
    }

    @Test("what is wrong with them stops the start, told with file, line and key")
    func problems() throws {
        let faulty = try folder(profile: Self.profile + "colour: red\n").problems()
        #expect(faulty.count == 1 && faulty[0].hasPrefix("own/water-leak/profile.yaml:5: colour is unknown; known here: "), "\(faulty)")
        let missing = try folder("devices: other\n").problems()
        #expect(missing.count == 1 && missing[0].hasPrefix("vaktlast.yaml:2: devices is no folder: "), "\(missing)")
        let twice = try folder(id: "pull-cord").problems()
        #expect(twice.count == 1 && twice[0].contains("there is a profile pull-cord already"), "\(twice)")
    }

    @Test("a registry that names a profile that is none is a warning without any device's name")
    func unknown() throws {
        let folder = try folder()
        try folder.write("municipalities/3407-gjovik/municipality.yaml", "number: \"3407\"\nname: Gjøvik\nzones: [{id: biri}]\ndevices: devices.csv\n")
        try folder.write("municipalities/3407-gjovik/devices.csv", "device;zone;profile\nd-1;biri;water-leak\nd-2;biri;watch\nd-3;biri;watch\n")
        let warnings = ServiceSettings.read(folder: folder.path, environment: [:]).warnings
        #expect(warnings.count == 1)
        #expect(warnings.first?.contains("profile «watch» (2 of them), which is none. Known: ") == true, "\(warnings)")
        #expect(warnings.first?.contains("d-2") == false)
    }
}
